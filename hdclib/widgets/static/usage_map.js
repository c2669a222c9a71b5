// How often each input pixel is used by one output pixel, for a stack the reader builds with sliders.
import { coverage, stackOf, tapCounts } from "./dilation.js";
import { makePicture, mix } from "./picture.js";
import { addTools, makeFrame, redrawOn, shareInAddress } from "./parts.js";

const MOST_LAYERS = 4;
const DILATIONS = ["dilation_1", "dilation_2", "dilation_3", "dilation_4"];
const SHARED = { kernel_size: { min: 2, max: 5 }, layers: { min: 1, max: MOST_LAYERS }, seen_from: { min: 2, max: 5 } };
DILATIONS.forEach((trait) => { SHARED[trait] = { min: 1, max: 9 }; });

/** Dilations of the layers in use. */
function dilationsOf(model) {
  return DILATIONS.slice(0, model.get("layers")).map((trait) => model.get(trait));
}

/** Counts of one value of the layer that the reader looks from. */
function countsOf(model) {
  const depth = Math.min(model.get("seen_from") - 1, model.get("layers"));
  return tapCounts(stackOf(dilationsOf(model).slice(0, depth), model.get("kernel_size")));
}

/** The finding in words. */
function describe(model) {
  const { span, read, largestGap } = coverage(countsOf(model));
  const [layers, seen] = [model.get("layers"), model.get("seen_from")];
  const missing = seen - 1 > layers ? `There is no Layer ${seen} with ${layers} layers. ` : "";
  const from = `One pixel of Layer ${Math.min(seen, layers + 1)}`;
  const unread = span * span - read * read;
  const verdict = unread === 0 ? "No holes." : `${unread} never used: holes. Largest gap ${largestGap}.`;
  return `${missing}${from} sees ${span} × ${span} = ${span * span} pixels of Layer 1 and uses ${read * read} (${percent(read * read, span * span)}). ${verdict}`;
}

function percent(part, whole) {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

/** Paint the map: one cell a pixel, its count written in it, a cross on every hole. */
function paintMap(pen, { width, colours }, counts) {
  const span = counts.length;
  const frame = Math.max(13, span);
  const cell = width / frame;
  const start = ((frame - span) / 2) * cell;
  const top = counts.reduce((most, count) => Math.max(most, count), 0) ** 2;
  const place = (index) => start + index * cell;
  for (let row = 0; row < span; row += 1) {
    for (let column = 0; column < span; column += 1) {
      paintCell(pen, colours, place(column), place(row), cell, counts[row] * counts[column], top);
    }
  }
  return {
    rows: span,
    columns: span,
    box: (row, column) => ({ x: place(column), y: place(row), width: cell, height: cell }),
    describe: (row, column) => `Row ${row + 1}, column ${column + 1}: ${times(counts[row] * counts[column])}.`,
  };
}

function times(count) {
  if (count === 0) return "never used, a hole";
  return count === 1 ? "used once" : `used ${count} times`;
}

/** One cell of the map. Numbers are left out where they would not be legible. */
export function paintCell(pen, colours, x, y, cell, count, top) {
  const share = count === 0 ? 0 : 0.12 + 0.88 * Math.sqrt(count / top);
  const fill = count === 0 ? colours["hole-ground"] : mix(colours.low, colours.high, share);
  const gap = cell > 8 ? 1 : 0;
  pen.rect(x, y, cell - gap, cell - gap, { fill });
  const middle = [x + (cell - gap) / 2, y + (cell - gap) / 2];
  const words = String(count);
  const size = Math.min(cell * 0.5, (cell * 1.45) / words.length, 16);
  if (count === 0) paintCross(pen, middle, cell * 0.2, colours.hole, cell > 14 ? 1.5 : 1);
  else if (size >= 6.5) pen.text(...middle, words, { fill: share > 0.55 ? colours["on-high"] : colours.ink, size });
}

function paintCross(pen, [x, y], half, stroke, lineWidth) {
  pen.line(x - half, y - half, x + half, y + half, { stroke, lineWidth });
  pen.line(x - half, y + half, x + half, y - half, { stroke, lineWidth });
}

/** Sliders of layers that are not in use are taken off the page; the view starts at the new top layer. */
function followLayers(model) {
  const layers = model.get("layers");
  for (let number = 2; number <= MOST_LAYERS; number += 1) {
    model.set(`display_${number}`, number <= layers ? "flex" : "none");
  }
  model.set("seen_from", layers + 1);
  model.save_changes();
}

function render({ model, el }) {
  const frame = makeFrame(el, "Usage map");
  const unshare = shareInAddress(model, SHARED, frame.warn);
  const picture = makePicture(frame.body, {
    name: "Usage map",
    paint: (pen, size) => paintMap(pen, size, countsOf(model)),
  });
  addTools(frame, picture, () => pythonOf(model));
  const follow = () => followLayers(model);
  model.on("change:layers", follow);
  const stop = redrawOn(model, ["kernel_size", "layers", "seen_from", ...DILATIONS], () => {
    const words = describe(model);
    picture.draw(words);
    frame.say(words);
    el.dataset.counts = countsOf(model).join(" ");
  });
  return () => {
    model.off("change:layers", follow);
    [stop, unshare, picture.close].forEach((end) => end());
  };
}

function pythonOf(model) {
  return `import hdclib as hdc\n\nprint(hdc.check([${dilationsOf(model).join(", ")}], kernel_size=${model.get("kernel_size")}))\n`;
}

export default { render };
