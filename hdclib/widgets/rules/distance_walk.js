// The rule's distances, layer by layer from the output down, beside the gaps that counting finds.
import { shareInAddress } from "../kit/address.js";
import { coverage, distanceChain, isHoleFree, largestGap, stackOf, stackWords } from "../kit/dilation.js";
import { descentCounts, widestStep } from "./gaps_maths.js";
import { paintUsageMap } from "../kit/maps.js";
import { onNewLength, setTraits } from "../kit/models.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeFrame, redrawOn, setWords } from "../kit/parts.js";
import { makePlayer } from "../kit/player.js";
import { paintStrips, stripPitch } from "../kit/strips.js";

const KERNEL_SIZE = 3;
const ORIGINS = ["the old gap, shortened", "the outer copies", "the edge"];

/**
 * Everything that the picture and the words need. `position` counts steps from 0; between two of them the copies are on
 * their way, `share` of it.
 */
function walkOf(model, position = model.get("step") - 1) {
  const dilations = model.get("dilations");
  const layers = stackOf(dilations, KERNEL_SIZE);
  const descent = [...descentCounts(layers), [1]]; // the output itself comes last
  const step = Math.min(Math.ceil(position) + 1, dilations.length);
  const share = position >= step - 1 ? 1 : 1 + position - Math.ceil(position);
  const number = dilations.length + 1 - step; // the layer that is being made
  const chain = distanceChain(dilations);
  const here = chain[number - 1];
  const gap = largestGap(descent[number - 1]);
  return { dilations, layers, descent, chain, step, share, number, here, gap };
}

function halfOf(counts) {
  return (counts.length - 1) / 2;
}

function bracketOf(counts) {
  const ends = widestStep(counts);
  return ends && [ends[0] - halfOf(counts), ends[1] - halfOf(counts), String(ends[1] - ends[0])];
}

/** The five rows: what is read of the layer above, its three copies on their way, and the three together. */
function rowsOf({ dilations, descent, number, share }, colours) {
  const [old, now] = [descent[number], descent[number - 1]];
  const rate = dilations[number - 1];
  const above = number === dilations.length ? "The output" : `Layer ${number + 1}: what the output reads`;
  const row = (label, counts) => ({ label, from: -halfOf(counts), counts, crossed: true, bracket: bracketOf(counts) });
  const shifts = [
    [-rate, colours.second, `copy shifted by −${rate}`],
    [0, colours.tap, "copy not shifted"],
    [rate, colours.both, `copy shifted by +${rate}`],
  ];
  const copies = shifts.map(([shift, fill, label]) => (
    { label, from: share * shift - halfOf(old), counts: old, crossed: false, bracket: null, fill }
  ));
  const together = row(`Layer ${number}: the three together`, now);
  const last = share < 1 ? { ...together, crossed: false, bracket: null, parts: copies } : together;
  return [row(above, old), ...copies, last];
}

function paintWalk(pen, { width, colours }, walk) {
  const reach = halfOf(walk.descent[0]);
  return paintStrips(pen, colours, rowsOf(walk, colours), { x: 0, y: 0, width, low: -reach, high: reach });
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

function wordsOf(walk) {
  return `${equation(walk)}. ${compared(walk)} ${verdict(walk)}`;
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

function render({ model, el }) {
  const frame = makeFrame(el, "The distances, layer by layer", model);
  const unshare = shareInAddress(model, frame.warn);
  let walk = walkOf(model);
  let shown = walk; // what the strips show: between two steps the copies are on their way
  const last = () => model.get("dilations").length - 1;
  const player = makePlayer({
    name: "From the last layer to the first",
    forth: "Next layer down",
    last,
    read: () => Math.min(model.get("step") - 1, last()),
    write: (at) => setTraits(model, { step: at + 1 }),
    words: (at) => wordsOf(walkOf(model, at)),
    draw: (at) => {
      shown = walkOf(model, at);
      setWords(where, `Layer ${shown.number}, step ${shown.step} of ${shown.dilations.length}`);
      strips.draw();
    },
  });
  const where = make("p", { className: "hdc-head" });
  frame.controls.append(player.element);
  frame.body.append(where);
  const strips = makePicture(frame.body, {
    name: "Samples read, layer by layer",
    paint: (pen, size) => paintWalk(pen, size, shown),
    heightFor: (width) => 5 * stripPitch(width / shown.descent[0].length),
  });
  const { body, scroll } = makeTable();
  const mapTitle = make("p", { className: "hdc-cell" });
  frame.body.append(scroll, frame.status, mapTitle);
  const map = makePicture(frame.body, {
    name: "Usage map of this layer",
    paint: (pen, size) => paintUsageMap(pen, size, walk.descent[walk.number - 1]),
    maxWidth: 340,
  });
  addTools(frame, [strips, map], () => `import hdclib as hdc\n\nfor step in hdc.distance_chain([${walk.dilations.join(", ")}])[::-1]:\n    print(step)\n`);
  const stay = onNewLength(model, "dilations", () => setTraits(model, { step: 1 })); // the walk starts again at the last layer
  const stop = redrawOn(model, ["dilations", "step"], () => {
    walk = walkOf(model);
    shown = walk;
    fillTable(body, walk);
    const words = wordsOf(walk);
    strips.draw(`${stackWords(walk.dilations, KERNEL_SIZE)} ${words}`);
    player.follow();
    const { span, read } = coverage(walk.descent[walk.number - 1]);
    const used = `On an image, one output pixel uses ${read * read} of ${span * span} pixels of Layer ${walk.number}`;
    mapTitle.textContent = `${used}:`;
    map.draw(`${used}.`);
    frame.say(words);
    Object.assign(el.dataset, { layer: walk.number, distance: walk.here.distance, gap: walk.gap, candidates: walk.here.candidates.join(" ") });
  });
  return () => [stop, stay, unshare, player.close, strips.close, map.close].forEach((end) => end());
}

export default { render };
