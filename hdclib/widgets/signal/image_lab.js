// A small noisy picture, what a stack of averages makes of it, and what is wrong with that.
import { shareInAddress } from "../kit/address.js";
import { choiceField } from "../kit/choices.js";
import { commonDivisor, stackOf } from "../kit/dilation.js";
import { filterImage, grain, gridEnergy, makeScene, spreadOf, whiteNoise } from "./signal_maths.js";
import { mix } from "../kit/pens.js";
import { makePicture } from "../kit/picture.js";
import { addTools, makeFrame, redrawOn } from "../kit/parts.js";

const NAMES = {
  shapes: "Disc, bar and line",
  step: "Step edge",
  line: "Line of one pixel",
  checkerboard: "Checkerboard, to be smoothed away",
  offsets: "Four greys, one for each sub-grid",
  flat: "Flat grey",
};
const KERNEL_SIZE = 3;
const SIZE = 48;
const SEED = 1;
const NOISE = whiteNoise(SIZE, SIZE, SEED);
const SHADES = 64;
const GAP = 14;
const LABEL = 22;
const LEGEND = 52; // room for what the shades mean
const NARROW = 430; // on less, two pictures stand side by side and the third below them

function measure(model) {
  const dilations = model.get("dilations");
  const { picture, target } = makeScene(model.get("kind"), SIZE);
  const amount = model.get("noise") / 100;
  const input = picture.map((row, y) => row.map((grey, x) => grey + amount * NOISE[y][x]));
  const output = filterImage(input, stackOf(dilations, KERNEL_SIZE));
  const error = output.map((row, y) => row.map((grey, x) => grey - target[y][x]));
  return { dilations, input, output, target, error, step: commonDivisor(dilations), ...numbersOf(input, output, error, target) };
}

function numbersOf(input, output, error, target) {
  const before = rootMeanSquare(input.map((row, y) => row.map((grey, x) => grey - target[y][x])));
  const grid = gridEnergy(output, 2);
  const grainOut = spreadOf(output).deviation * Math.sqrt(Math.max(0, grid));
  return { before, after: rootMeanSquare(error), grainIn: grain(input, 2), grainOut, grid };
}

function rootMeanSquare(image) {
  const values = image.flat();
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

function describe({ dilations, before, after, grainIn, grainOut, grid, step }) {
  const errors = `Dilations ${dilations.join(", ")}: the output is ${after.toFixed(3)} away from the ideal picture (root mean square); the input was ${before.toFixed(3)} away.`;
  const grains = `Grain finer than four pixels: ${grainIn.toFixed(3)} in the input, ${grainOut.toFixed(3)} in the output${left(grainIn, grainOut)}. The grain of the output is ${(100 * grid).toFixed(1)} % of all its energy, the picture's included.`;
  const reason = step > 1
    ? `All dilations are multiples of ${step}: ${step ** 2} sub-grids are smoothed without knowledge of each other.`
    : "No number above 1 divides all dilations: every sub-grid is mixed with the others.";
  return `${errors} ${grains} ${reason}`;
}

function left(grainIn, grainOut) {
  return grainIn > 1e-9 ? ` (${((100 * grainOut) / grainIn).toFixed(0)} % of the input's)` : "";
}

/** Whole pixels for each cell, where the three pictures stand, and where their two scales. */
function layoutFor(width) {
  const across = width < NARROW ? 2 : 3;
  const cell = Math.max(1, Math.floor((width - (across - 1) * GAP) / across / SIZE));
  const side = cell * SIZE;
  const start = (width - across * side - (across - 1) * GAP) / 2;
  const corner = (place) => ({
    x: Math.round(start + (place % across) * (side + GAP)),
    y: LABEL + Math.floor(place / across) * (side + LABEL),
  });
  const long = Math.min(180, side);
  const under = side + LABEL + 10;
  const scales = across === 2
    ? [0, 1].map((place) => ({ ...corner(3), y: corner(3).y + place * LEGEND, long }))
    : [{ x: corner(0).x + (2 * side + GAP - long) / 2, y: under, long }, { x: corner(2).x + (side - long) / 2, y: under, long }];
  const height = across === 2 ? corner(2).y + Math.max(side, 2 * LEGEND) + 2 : under + LEGEND;
  return { cell, side, height, corner, scales };
}

/** Shades for 0 to 1, and for an error of −0.5 to 0.5: the ground where there is none, one hue for each sign. */
function shadesOf(colours) {
  const shares = Array.from({ length: SHADES + 1 }, (_, i) => i / SHADES);
  const signed = (share) => mix(colours.ground, share < 0 ? colours.tap : colours.second, Math.abs(share));
  return { grey: shares.map((share) => mix(colours.low, colours.high, share)), error: shares.map((share) => signed(2 * share - 1)) };
}

function paintLab(pen, { width, colours }, state) {
  const layout = layoutFor(width);
  const { grey, error } = shadesOf(colours);
  const pictures = [["input", state.input, grey, 0], ["output", state.output, grey, 0], ["error", state.error, error, 0.5]];
  pictures.forEach(([name, image, shades, middle], place) => {
    const { x, y } = layout.corner(place);
    const shade = (value) => shades[Math.max(0, Math.min(SHADES, Math.round((value + middle) * SHADES)))];
    pen.text(x, y - LABEL / 2, name, { fill: colours.ink, size: 13, anchor: "left", bold: true });
    paintImage(pen, image, { x, y, cell: layout.cell }, shade);
    pen.rect(x - 0.5, y - 0.5, layout.side + 1, layout.side + 1, { stroke: colours.line });
  });
  paintScale(pen, colours, layout.scales[0], grey, ["0", "grey", "1"]);
  paintScale(pen, colours, layout.scales[1], error, ["−0.5", "0", "0.5"], ["too low", "too high"]);
  const output = layout.corner(1);
  const { cell } = layout;
  return {
    rows: SIZE,
    columns: SIZE,
    box: (row, column) => ({ x: output.x + column * cell, y: output.y + row * cell, width: cell, height: cell }),
    describe: (row, column) => describePixel(state, row, column),
  };
}

/** One rectangle for each run of equal shade in a row. */
function paintImage(pen, image, { x, y, cell }, shadeOf) {
  image.forEach((values, row) => {
    let start = 0;
    let fill = shadeOf(values[0]);
    for (let column = 1; column <= SIZE; column += 1) {
      const next = column < SIZE ? shadeOf(values[column]) : null;
      if (next === fill) continue;
      pen.rect(x + start * cell, y + row * cell, (column - start) * cell, cell, { fill });
      [start, fill] = [column, next];
    }
  });
}

/** What the shades mean: words at the two ends and in the middle of a bar, and words for its halves. */
function paintScale(pen, colours, { x, y, long }, shades, [least, middle, most], [below, above] = []) {
  const words = { fill: colours.quiet, size: 12, most: long / 2 - 4 };
  const step = long / shades.length;
  shades.forEach((fill, i) => pen.rect(x + i * step, y, long - i * step, 12, { fill })); // each over the last: no seams
  pen.rect(x - 0.5, y - 0.5, long + 1, 13, { stroke: colours.line });
  pen.text(x, y + 22, least, { ...words, anchor: "left" });
  pen.text(x + long / 2, y + 22, middle, words);
  pen.text(x + long, y + 22, most, { ...words, anchor: "right" });
  if (!below) return;
  pen.text(x, y + 38, below, { ...words, anchor: "left" });
  pen.text(x + long, y + 38, above, { ...words, anchor: "right" });
}

function describePixel({ input, output, target }, row, column) {
  const [given, made, ideal] = [input, output, target].map((image) => image[row][column].toFixed(2));
  return `Row ${row + 1}, column ${column + 1}: input ${given}, output ${made}, ideal ${ideal}.`;
}

function pythonOf(model, { dilations }) {
  return [
    "import hdclib as hdc",
    "",
    `picture, target = hdc.signal.scene("${model.get("kind")}")`,
    `noisy = picture + ${model.get("noise") / 100} * hdc.white_noise((${SIZE}, ${SIZE}), seed=${SEED})`,
    `output = hdc.signal.filter_image(noisy, [${dilations.join(", ")}], kernel_size=${KERNEL_SIZE})`,
    "print(hdc.signal.grain(noisy), hdc.signal.grain(output), hdc.grid_energy(output))",
    "",
  ].join("\n");
}

function render({ model, el }) {
  const frame = makeFrame(el, "Picture laboratory", model);
  const unshare = shareInAddress(model, frame.warn);
  const kind = choiceField(model, "kind", "Picture", NAMES);
  frame.controls.append(kind.element);
  let state = measure(model);
  const picture = makePicture(frame.body, {
    name: "Input, output and error",
    paint: (pen, size) => paintLab(pen, size, state),
    heightFor: (width) => layoutFor(width).height,
    maxWidth: 760,
  });
  addTools(frame, [picture], () => pythonOf(model, state));
  const stop = redrawOn(model, ["kind", "noise", "dilations"], () => {
    state = measure(model);
    kind.show();
    const words = describe(state);
    picture.draw(`${NAMES[model.get("kind")]}, noise ${model.get("noise")} %. ${words} Kernel size ${KERNEL_SIZE}.`);
    frame.say(words);
    ["before", "after", "grainIn", "grainOut", "grid"].forEach((name) => { el.dataset[name] = state[name].toFixed(6); });
    Object.assign(el.dataset, { dilations: state.dilations.join(" "), kind: model.get("kind"), noise: model.get("noise") });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
