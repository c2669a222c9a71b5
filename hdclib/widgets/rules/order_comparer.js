// Two stacks side by side, layer by layer: what each layer reads of the input, or the output of each layer.
import { shareInAddress } from "../kit/address.js";
import { choiceField } from "../kit/choices.js";
import { coverage, stackOf } from "../kit/dilation.js";
import { descentCounts, holeFreePairs, stageCounts } from "./gaps_maths.js";
import { setTraits } from "../kit/models.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeFrame, redrawOn } from "../kit/parts.js";
import { makePlayer } from "../kit/player.js";
import { eased } from "../gridding/cone_maths.js";
import { paintStrips, stripPitch } from "../kit/strips.js";

const KERNEL_SIZE = 3;
const SIDES = [["first", "Stack A"], ["second", "Stack B"]];
const VIEWS = { down: "From the final output, down to each layer", up: "From each layer, down to the input" };
const GUTTER = 2; // columns between the two stacks
const SAW = 36; // room for the dilations of each stack as a saw, in CSS pixels
const HEAD = 40 + SAW; // room for the name, the dilations and the saw

/** Dilations typed by the reader, or words that say what is wrong. */
function readDilations(text, { fewest, most, min, max }) {
  const parts = text.trim().split(/[\s,;]+/).filter(Boolean);
  if (parts.length < fewest || parts.length > most) return { error: `Type ${fewest} to ${most} dilations, with commas between them.` };
  const allowed = (part) => /^\d{1,6}$/.test(part) && Number(part) >= min && Number(part) <= max;
  if (!parts.every(allowed)) return { error: `Each dilation must be a whole number from ${min} to ${max}.` };
  return { dilations: parts.map(Number) };
}

/** One stack: a row of samples for each layer, and how many of its pairs of layers read without a hole. */
function sideOf(dilations, view) {
  const layers = stackOf(dilations, KERNEL_SIZE);
  const found = view === "up" ? stageCounts(layers) : descentCounts(layers);
  const rows = found.map((counts, i) => rowOf(counts, view === "up" ? `Layer 1, seen from Layer ${i + 2}` : `Layer ${i + 1}, seen from Layer ${found.length + 1}`));
  const pairs = holeFreePairs(layers).flat().filter(Boolean).length;
  return { dilations, rows: rows.reverse(), found, pairs, all: (layers.length * (layers.length + 1)) / 2 };
}

function rowOf(counts, ends) {
  const { span, read } = coverage(counts);
  const label = `${ends}: ${read} of ${span}`;
  return { label: read === span ? label : `${label} ✗`, from: -(span - 1) / 2, counts, crossed: true, bracket: null };
}

function comparisonOf(model) {
  const view = model.get("view");
  return SIDES.map(([trait]) => sideOf(model.get(trait), view));
}

function reachOf(sides) {
  return Math.max(...sides.flatMap(({ found }) => found.map((counts) => (counts.length - 1) / 2)));
}

/** Samples in a row of one stack, and the width of one. */
function gridOf(width, sides) {
  const each = 2 * reachOf(sides) + 1;
  return { each, cell: width / (2 * each + GUTTER) };
}

/** Which convolution, counted from 0, a step makes: from the input up, or from the output down. */
function convolutionOf({ dilations }, view, turn) {
  return view === "up" ? turn : dilations.length - 1 - turn;
}

/** The rows of a stack after `position` steps: later ones are empty, and one may be three copies on their way. */
function rowsAt(side, view, position, colours) {
  const { rows, found, dilations } = side;
  const made = view === "up" ? found : [...found].reverse(); // in the order of making
  return rows.map((row, at) => {
    const turn = view === "up" ? dilations.length - 1 - at : at;
    const [name, share] = [row.label.split(":")[0], position - turn];
    if (share >= 1) return row;
    if (share <= 0) return { ...row, label: `${name}: not yet`, counts: [] };
    const before = turn === 0 ? [1] : made[turn - 1];
    const way = dilations[convolutionOf(side, view, turn)] * eased(share);
    const parts = [colours.second, colours.tap, colours.both].map((fill, tap) => (
      { from: (tap - 1) * way - (before.length - 1) / 2, counts: before, fill }
    ));
    return { ...row, label: `${name}: three copies`, crossed: false, parts };
  });
}

/** The dilations as bars under one line that rises and falls; those of layers that are made are filled. */
function paintSaw(pen, colours, side, view, position, { x, width, most }) {
  const each = width / side.dilations.length;
  const bars = side.dilations.map((dilation, i) => [x + i * each, HEAD - 6, each - 2, (-(SAW - 10) * dilation) / most]);
  const turns = side.dilations.map((_, turn) => convolutionOf(side, view, turn));
  pen.rects(turns.filter((_, turn) => turn < position).map((i) => bars[i]), { fill: colours.tap });
  pen.lines(bars.map(([left, low, wide]) => [left, low, left + wide, low]), { stroke: colours.quiet });
  pen.curve(bars.map(([left, low, wide, high]) => [left + wide / 2, low + high]), { stroke: colours.ink, lineWidth: 1.6 });
}

function paintComparison(pen, { width, colours }, sides, view, position) {
  const { each, cell } = gridOf(width, sides);
  const reach = reachOf(sides);
  const most = Math.max(...sides.flatMap(({ dilations }) => dilations));
  const start = (side) => side * (each + GUTTER);
  const cells = sides.map((one, side) => {
    const { dilations } = one;
    const x = start(side) * cell;
    paintSaw(pen, colours, one, view, position, { x, width: each * cell, most });
    const rows = rowsAt(one, view, position, colours);
    pen.text(x, 9, SIDES[side][1], { fill: colours.ink, size: 14, anchor: "left", bold: true });
    pen.text(x, 27, dilations.join(", "), { fill: colours.ink, size: 12, anchor: "left", most: each * cell });
    return paintStrips(pen, colours, rows, { x, y: HEAD, width: each * cell, low: -reach, high: reach });
  });
  return {
    rows: Math.max(...cells.map(({ rows }) => rows)),
    columns: 2 * each + GUTTER,
    box: (row, column) => ({ ...cells[0].box(row, 0), x: column * cell }),
    describe: (row, column) => {
      const side = column < each ? 0 : 1;
      const at = column - start(side);
      if (at < 0 || row >= cells[side].rows) return "Nothing here.";
      return `${SIDES[side][1]}. ${cells[side].describe(row, at)}`;
    },
  };
}

function sideWords({ dilations, found, pairs, all }, name, view) {
  const full = found.filter((counts) => counts.every((count) => count > 0)).length;
  const what = view === "up" ? "layers read the input without a hole" : "layers are read by the output without a hole";
  return `${name}, dilations ${dilations.join(", ")}: ${full} of ${found.length} ${what}; of all ${all} pairs of layers, ${pairs} read without a hole.`;
}

/** What the convolution of a step makes, for each stack. */
function stepWords(sides, view, step) {
  if (step === lastOf(sides)) return describe(sides, view);
  if (step === 0) return "Nothing is made yet: one sample. Each step adds a convolution, and the saw says its dilation.";
  return sides.map((side, i) => turnWords(side, SIDES[i][1], view, step)).join(" ");
}

function turnWords(side, name, view, step) {
  const { dilations, found } = side;
  if (step > dilations.length) return `${name} is complete.`;
  const made = convolutionOf(side, view, step - 1);
  const { span, read } = coverage(found[made]);
  const layer = view === "up" ? `Layer ${made + 2} reads ${read} of ${span} samples of Layer 1` : `${read} of ${span} samples of Layer ${made + 1} are read`;
  return `${name}, convolution ${made + 1}, dilation ${dilations[made]}${turnOf(side, view, step)}: ${layer}.`;
}

/** Whether the dilation rises or falls, in the order in which the layers are made. */
function turnOf(side, view, step) {
  if (step < 2) return "";
  const [before, now] = [step - 2, step - 1].map((turn) => side.dilations[convolutionOf(side, view, turn)]);
  if (now === before) return ", the same again";
  return now > before ? `, up from ${before}` : `, down from ${before}`;
}

function lastOf(sides) {
  return Math.max(...sides.map(({ dilations }) => dilations.length));
}

function describe(sides, view) {
  const counts = sides.map(({ found }) => (view === "up" ? found[found.length - 1] : found[0]).join(" "));
  const same = counts[0] === counts[1]
    ? "From the final output to the input both count the same, sample for sample."
    : "From the final output to the input the two do not count the same.";
  return `${sides.map((side, i) => sideWords(side, SIDES[i][1], view)).join(" ")} ${same}`;
}

function stackField(model, trait, name) {
  const input = make("input", { type: "text", size: 15, autocomplete: "off" });
  const reason = make("span");
  reason.setAttribute("role", "alert");
  input.addEventListener("change", () => {
    const { dilations, error } = readDilations(input.value, model.get("bounds")[trait]);
    reason.textContent = error || "";
    input.setAttribute("aria-invalid", String(Boolean(error)));
    if (error) return;
    model.set(trait, dilations);
    model.save_changes();
  });
  const show = () => {
    input.value = model.get(trait).join(", ");
    reason.textContent = "";
    input.setAttribute("aria-invalid", "false");
  };
  return { element: make("span", {}, make("label", {}, `${name} `, input), " ", reason), show };
}

function render({ model, el }) {
  const frame = makeFrame(el, "Two stacks, layer by layer", model);
  const unshare = shareInAddress(model, frame.warn);
  let sides = comparisonOf(model);
  const fields = [...SIDES.map(([trait, name]) => stackField(model, trait, name)), choiceField(model, "view", "Look", VIEWS)];
  frame.controls.append(...fields.map(({ element }) => element));
  let position = 0;
  const { max } = model.get("bounds").step; // all steps, however many there are
  const stepNow = () => Math.min(model.get("step"), lastOf(sides));
  const player = makePlayer({
    name: "Layer after layer",
    last: () => lastOf(sides),
    read: stepNow,
    write: (step) => setTraits(model, { step: step === lastOf(sides) ? max : step }),
    words: (step) => stepWords(sides, model.get("view"), step),
    draw: (at) => {
      position = at;
      picture.draw();
    },
  });
  frame.controls.append(player.element);
  const picture = makePicture(frame.body, {
    name: "Samples read, two stacks",
    paint: (pen, size) => paintComparison(pen, size, sides, model.get("view"), position),
    heightFor: (width) => heightOf(width, sides),
    maxWidth: 720,
  });
  addTools(frame, [picture]);
  const stop = redrawOn(model, ["first", "second", "view", "step"], () => {
    sides = comparisonOf(model);
    fields.forEach(({ show }) => show());
    const words = stepWords(sides, model.get("view"), stepNow());
    player.follow();
    picture.draw(`${words} Kernel size ${KERNEL_SIZE}.`);
    frame.say(words);
    sides.forEach(({ pairs, found }, i) => {
      el.dataset[`pairs${i + 1}`] = pairs;
      el.dataset[`read${i + 1}`] = found.map((counts) => coverage(counts).read).join(" ");
    });
  });
  return () => [stop, unshare, player.close, picture.close].forEach((end) => end());
}

function heightOf(width, sides) {
  return HEAD + Math.max(...sides.map(({ rows }) => rows.length)) * stripPitch(gridOf(width, sides).cell, false);
}

export default { render };
