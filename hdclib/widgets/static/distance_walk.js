// The rule's distances, layer by layer from the output down, beside the gaps that counting finds.
import { coverage, distanceChain, isHoleFree, largestGap, stackOf, stackWords } from "./dilation.js";
import { descentCounts, widestStep } from "./gaps_maths.js";
import { paintUsageMap } from "./maps.js";
import { makePicture } from "./picture.js";
import { addTools, make, makeButton, makeFrame, redrawOn, shareInAddress } from "./parts.js";
import { paintStrips, stripPitch } from "./strips.js";

const KERNEL_SIZE = 3;
const MOST_LAYERS = 5;
const DILATIONS = ["dilation_1", "dilation_2", "dilation_3", "dilation_4", "dilation_5"];
const SHARED = { layers: { min: 2, max: MOST_LAYERS }, step: { min: 1, max: MOST_LAYERS } };
DILATIONS.forEach((trait) => { SHARED[trait] = { min: 1, max: 9 }; });
const ORIGINS = ["the old gap, shortened", "the outer copies", "the edge"];

/** Everything that the picture and the words need. */
function walkOf(model) {
  const dilations = DILATIONS.slice(0, model.get("layers")).map((trait) => model.get(trait));
  const layers = stackOf(dilations, KERNEL_SIZE);
  const descent = [...descentCounts(layers), [1]]; // the output itself comes last
  const step = Math.min(model.get("step"), dilations.length);
  const number = dilations.length + 1 - step; // the layer that is being made
  const chain = distanceChain(dilations);
  const here = chain[number - 1];
  const gap = largestGap(descent[number - 1]);
  return { dilations, layers, descent, chain, step, number, here, gap };
}

function halfOf(counts) {
  return (counts.length - 1) / 2;
}

function bracketOf(counts) {
  const ends = widestStep(counts);
  return ends && [ends[0] - halfOf(counts), ends[1] - halfOf(counts), String(ends[1] - ends[0])];
}

/** The five rows: what is read of the layer above, its three copies, and the three together. */
function rowsOf({ dilations, descent, number }) {
  const [old, now] = [descent[number], descent[number - 1]];
  const rate = dilations[number - 1];
  const above = number === dilations.length ? "The output" : `Layer ${number + 1}: what the output reads`;
  const copy = (shift, label) => ({ label, from: shift - halfOf(old), counts: old, crossed: false, bracket: null });
  return [
    { ...copy(0, above), crossed: true, bracket: bracketOf(old) },
    copy(-rate, `copy shifted by −${rate}`),
    copy(0, "copy not shifted"),
    copy(rate, `copy shifted by +${rate}`),
    { label: `Layer ${number}: the three together`, from: -halfOf(now), counts: now, crossed: true, bracket: bracketOf(now) },
  ];
}

function paintWalk(pen, { width, colours }, walk) {
  const reach = halfOf(walk.descent[0]);
  return paintStrips(pen, colours, rowsOf(walk), { x: 0, y: 0, width, low: -reach, high: reach });
}

/** The recurrence with its numbers, as the paper writes it. */
function equation({ here, number, dilations }) {
  if (here.candidates.length === 1) return `M${sub(number)} = r${sub(dilations.length)} = ${here.distance}`;
  return `M${sub(number)} = max[${here.candidates.map(signed).join(", ")}] = ${here.distance}`;
}

function sub(number) {
  return String.fromCharCode(0x2080 + number);
}

function signed(number) {
  return String(number).replace("-", "−");
}

function compared({ here, gap, number }) {
  if (here.distance === gap) return `Counted, the largest gap in Layer ${number} is ${gap}: the same.`;
  return `Counted, the largest gap in Layer ${number} is only ${gap}: the rule says too much.`;
}

function verdict({ chain, number, layers, descent }) {
  if (number > 2) return "The verdict falls at Layer 2.";
  const second = chain[1].distance;
  const accepted = second <= KERNEL_SIZE;
  const rule = accepted ? `M₂ = ${second} is at most 3: the rule accepts.` : `M₂ = ${second} is more than 3: the rule rejects.`;
  if (number === 2) return rule;
  const { holes } = coverage(descent[0]);
  const truth = holes === 0 ? "Layer 1 has no holes." : `Layer 1 has ${holes} holes along an axis.`;
  const right = accepted === isHoleFree(layers) ? "The rule is right here." : "The rule is wrong here.";
  return `${rule} ${truth} ${right}`;
}

function fillTable(body, { here, number, dilations }) {
  const [next, rate] = [`M${sub(number + 1)}`, `r${sub(number)}`];
  const names = here.candidates.length === 1
    ? [[`r${sub(dilations.length)}`, "the taps of the last layer"]]
    : [`${next} − 2${rate}`, `2${rate} − ${next}`, rate].map((name, i) => [name, ORIGINS[i]]);
  body.replaceChildren(...names.map(([name, origin], i) => {
    const wins = here.candidates[i] === here.distance;
    const cells = [name, origin, signed(here.candidates[i]), wins ? "▶ largest" : ""];
    const row = make("tr", {}, ...cells.map((words, at) => make(at ? "td" : "th", { textContent: words })));
    row.firstChild.scope = "row";
    row.children[1].style.textAlign = "left";
    if (wins) row.style.fontWeight = "700";
    return row;
  }));
}

function makeTable() {
  const body = make("tbody");
  const titles = ["Candidate", "Where it comes from", "Value", "Which wins"];
  const head = make("tr", {}, ...titles.map((words) => make("th", { textContent: words, scope: "col" })));
  head.children[1].style.textAlign = "left";
  const caption = make("caption", { textContent: "The candidates" });
  caption.className = "hdc-hidden";
  const scroll = make("div", { className: "hdc-scroll", tabIndex: 0 }, make("table", {}, caption, make("thead", {}, head), body));
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "The candidates");
  return { body, scroll };
}

/** Sliders of layers that are not in use are taken off the page. */
function showSliders(model) {
  const layers = model.get("layers");
  for (let number = 3; number <= MOST_LAYERS; number += 1) model.set(`display_${number}`, number <= layers ? "flex" : "none");
}

/** With another number of layers the walk starts again at the last one. */
function startAgain(model) {
  showSliders(model);
  model.set("step", 1);
  model.save_changes();
}

function render({ model, el }) {
  const frame = makeFrame(el, "The distances, layer by layer");
  const unshare = shareInAddress(model, SHARED, frame.warn);
  showSliders(model);
  const move = (by) => {
    const { step, dilations } = walkOf(model);
    model.set("step", Math.max(1, Math.min(dilations.length, step + by)));
    model.save_changes();
  };
  const back = makeButton("Back", () => move(-1));
  const next = makeButton("Next layer down", () => move(1));
  const where = make("span");
  frame.controls.append(back, next, where);
  const strips = makePicture(frame.body, {
    name: "Samples read, layer by layer",
    paint: (pen, size) => paintWalk(pen, size, walkOf(model)),
    heightFor: (width) => 5 * stripPitch(width / walkOf(model).descent[0].length),
  });
  const { body, scroll } = makeTable();
  const mapTitle = make("p", { className: "hdc-cell" });
  frame.body.append(scroll, frame.status, mapTitle);
  const map = makePicture(frame.body, {
    name: "Usage map of this layer",
    paint: (pen, size) => paintUsageMap(pen, size, walkOf(model).descent[walkOf(model).number - 1]),
    maxWidth: 340,
  });
  addTools(frame, [strips, map], () => `import hdclib as hdc\n\nfor step in hdc.distance_chain([${walkOf(model).dilations.join(", ")}])[::-1]:\n    print(step)\n`);
  const again = () => startAgain(model);
  model.on("change:layers", again);
  const stop = redrawOn(model, ["layers", "step", ...DILATIONS], () => {
    const walk = walkOf(model);
    where.textContent = `Layer ${walk.number}, step ${walk.step} of ${walk.dilations.length}`;
    holdBack(back, walk.step === 1);
    holdBack(next, walk.step === walk.dilations.length);
    fillTable(body, walk);
    const words = `${equation(walk)}. ${compared(walk)} ${verdict(walk)}`;
    strips.draw(`${stackWords(walk.dilations, KERNEL_SIZE)} ${words}`);
    const { span, read } = coverage(walk.descent[walk.number - 1]);
    const used = `On an image, one output pixel uses ${read * read} of ${span * span} pixels of Layer ${walk.number}`;
    mapTitle.textContent = `${used}:`;
    map.draw(`${used}.`);
    frame.say(words);
    Object.assign(el.dataset, { layer: walk.number, distance: walk.here.distance, gap: walk.gap, candidates: walk.here.candidates.join(" ") });
  });
  return () => {
    model.off("change:layers", again);
    [stop, unshare, strips.close, map.close].forEach((end) => end());
  };
}

/** Keep a button focusable, so that the keyboard does not lose its place, but say that it does nothing. */
function holdBack(button, idle) {
  button.setAttribute("aria-disabled", String(idle));
  button.style.opacity = idle ? "0.55" : "";
}

export default { render };
