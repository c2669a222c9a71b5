// Two stacks side by side, layer by layer: what each layer reads of the input, or the output of each layer.
import { coverage, stackOf } from "./dilation.js";
import { descentCounts, holeFreeViews, stageCounts } from "./gaps_maths.js";
import { makePicture } from "./picture.js";
import { addTools, make, makeFrame, redrawOn, shareInAddress } from "./parts.js";
import { paintStrips, stripPitch } from "./strips.js";

const KERNEL_SIZE = 3;
const MOST_LAYERS = 8;
const LARGEST = 9;
const SIDES = [["first", "Stack A"], ["second", "Stack B"]];
const VIEWS = [["down", "From the final output, down to each layer"], ["up", "From each layer, down to the input"]];
const GUTTER = 2; // columns between the two stacks
const HEAD = 40; // room for the name and the dilations of each stack, in CSS pixels

/** Dilations typed by the reader, or words that say what is wrong. */
function readDilations(text) {
  const parts = text.trim().split(/[\s,;]+/).filter(Boolean);
  if (parts.length < 1 || parts.length > MOST_LAYERS) return { error: `Type 1 to ${MOST_LAYERS} dilations, with commas between them.` };
  if (!parts.every((part) => /^[1-9]$/.test(part))) return { error: `Each dilation must be a whole number from 1 to ${LARGEST}.` };
  return { dilations: parts.map(Number) };
}

/** One stack: a row of samples for each layer, and how many of its views have no hole. */
function sideOf(dilations, view) {
  const layers = stackOf(dilations, KERNEL_SIZE);
  const found = view === "up" ? stageCounts(layers) : descentCounts(layers);
  const rows = found.map((counts, i) => rowOf(counts, view === "up" ? i + 2 : i + 1));
  const views = holeFreeViews(layers).flat().filter(Boolean).length;
  return { dilations, rows: rows.reverse(), found, views, all: (layers.length * (layers.length + 1)) / 2 };
}

function rowOf(counts, layer) {
  const { span, read } = coverage(counts);
  const label = `Layer ${layer}: ${read} of ${span}`;
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

function paintComparison(pen, { width, colours }, sides) {
  const { each, cell } = gridOf(width, sides);
  const reach = reachOf(sides);
  const start = (side) => side * (each + GUTTER);
  const cells = sides.map(({ rows, dilations }, side) => {
    const x = start(side) * cell;
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

function sideWords({ dilations, found, views, all }, name, view) {
  const full = found.filter((counts) => counts.every((count) => count > 0)).length;
  const what = view === "up" ? "layers read the input without a hole" : "layers are read by the output without a hole";
  return `${name}, dilations ${dilations.join(", ")}: ${full} of ${found.length} ${what}; of all ${all} views between layers ${views} have no hole.`;
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
    const { dilations, error } = readDilations(input.value);
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

function viewField(model) {
  const select = make("select", {}, ...VIEWS.map(([value, words]) => make("option", { value, textContent: words })));
  select.addEventListener("change", () => {
    model.set("view", select.value);
    model.save_changes();
  });
  return { element: make("label", {}, "Look ", select), show: () => { select.value = model.get("view"); } };
}

function render({ model, el }) {
  const frame = makeFrame(el, "Two stacks, layer by layer");
  const list = { min: 1, max: LARGEST, most: MOST_LAYERS };
  const unshare = shareInAddress(model, { first: list, second: list, view: { options: ["up", "down"] } }, frame.warn);
  const fields = [...SIDES.map(([trait, name]) => stackField(model, trait, name)), viewField(model)];
  frame.controls.append(...fields.map(({ element }) => element));
  const picture = makePicture(frame.body, {
    name: "Samples read, two stacks",
    paint: (pen, size) => paintComparison(pen, size, comparisonOf(model)),
    heightFor: (width) => heightOf(width, comparisonOf(model)),
    maxWidth: 720,
  });
  addTools(frame, [picture]);
  const stop = redrawOn(model, ["first", "second", "view"], () => {
    const sides = comparisonOf(model);
    fields.forEach(({ show }) => show());
    const words = describe(sides, model.get("view"));
    picture.draw(`${words} Kernel size ${KERNEL_SIZE}.`);
    frame.say(words);
    sides.forEach(({ views, found }, i) => {
      el.dataset[`views${i + 1}`] = views;
      el.dataset[`read${i + 1}`] = found.map((counts) => coverage(counts).read).join(" ");
    });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

function heightOf(width, sides) {
  return HEAD + Math.max(...sides.map(({ rows }) => rows.length)) * stripPitch(gridOf(width, sides).cell, false);
}

export default { render };
