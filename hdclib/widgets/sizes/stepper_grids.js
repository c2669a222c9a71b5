// The two grids of the stepper: the input with the kernel on it, and the output.
import { walkBounds, walkFeeds, walkKind, walkPlaces, walkReads } from "./stepper_maths.js";
import { groupBy, paintCross, paintProduct } from "../kit/maps.js";
import { inkOn, mix } from "../kit/pens.js";
import { decimalWords } from "./stepper_values.js";

const RULER = 20; // pixels above and left of a grid, for the numbers of columns and rows
const LARGEST = 38; // pixels, the side of a cell
const LEAST_FOR_WORDS = 13; // smaller cells hold no text
const LEAST_FOR_PRODUCTS = 26; // smaller taps show their weight alone
const LEAST_FOR_VALUES = 17; // and smaller ones none of the values, which may have three digits

/** Where the two grids lie in pictures of one width: both have the same scale. */
export function stepperGrids({ axes, out }, width) {
  const bounds = axes.map(walkBounds);
  const [rows, columns] = bounds.map(({ low, high }) => high - low + 1);
  const cell = Math.min(LARGEST, Math.max(1, Math.floor((width - RULER - 2) / Math.max(columns, out[1], 5))));
  const height = (count) => RULER + Math.max(1, count) * cell + 2;
  return { bounds, rows, columns, cell, inputHeight: height(rows), outputHeight: height(out[0]) };
}

/** The narrowest picture whose cells hold their words. */
export function legibleWidth(state) {
  const { columns } = stepperGrids(state, 1);
  return Math.max(200, RULER + 2 + Math.max(columns, state.out[1]) * LEAST_FOR_WORDS);
}

/**
 * Paint what the kernel moves over, and the kernel. `shown`, if there is one, is what stands in the cells: { values,
 * weights, shade }. Returns the walkable cells.
 */
export function paintInputGrid(pen, { width, colours }, state, { probe, left, words, shown }) {
  const grid = stepperGrids(state, width);
  const { bounds, cell } = grid;
  const corner = (place, axis) => RULER + (place - bounds[axis].low) * cell;
  const unread = state.axes.map((axis) => (state.out[0] ? unreadPlaces(axis) : new Set()));
  const kindOf = (axis, index) => walkKind(state.axes[axis], index + bounds[axis].low);
  const isUnread = (axis, index) => unread[axis].has(index + bounds[axis].low);
  paintRows(pen, cell, [grid.rows, grid.columns], (row) => `${kindOf(0, row)} ${isUnread(0, row)}`, (band, row, column) => {
    const kinds = [kindOf(0, row), kindOf(1, column)];
    paintPlace(band, colours, [column * cell, 0, cell], kinds, isUnread(0, row) || isUnread(1, column));
  });
  const jumps = state.axes.map((axis) => (axis.transposed ? axis.stride : 1));
  bounds.forEach((bound, axis) => paintRuler(pen, colours, state.axes[axis], bound, cell, axis, jumps[axis]));
  if (shown) {
    const places = shown.values.map((row, i) => row.map((value, j) => [corner(j * jumps[1], 1), corner(i * jumps[0], 0), value])).flat();
    paintValues(pen, colours, cell, places, shown.shade);
    const crossed = ([x, y]) => paintCross(pen, [x + cell / 2, y + cell / 2], cell * 0.2, colours.hole, 1.5);
    places.filter((_, at) => [Math.floor(at / shown.values[0].length), at % shown.values[0].length].some((index, axis) => (
      unread[axis].has(index * jumps[axis])))).forEach(crossed);
  }
  if (!probe) paintKernel(pen, colours, state, corner, cell, left, shown);
  return {
    rows: grid.rows,
    columns: grid.columns,
    box: (row, column) => ({ x: RULER + column * cell, y: RULER + row * cell, width: cell, height: cell }),
    describe: (row, column) => words([row + bounds[0].low, column + bounds[1].low]),
  };
}

/** Values [x, y, value] as shades of their cells, written where there is room. */
function paintValues(pen, colours, cell, places, shade) {
  const side = cell > 8 ? cell - 1 : cell;
  const fillOf = ([, , value]) => shade(colours, value);
  groupBy(places, fillOf).forEach(([fill, alike]) => pen.rects(alike.map(([x, y]) => [x, y, side, side]), { fill }));
  if (cell < LEAST_FOR_VALUES) return;
  places.forEach(([x, y, value]) => {
    const style = { fill: inkOn(shade(colours, value)), size: Math.min(14, cell * 0.42), most: side - 2 };
    pen.text(x + side / 2, y + side / 2, decimalWords(value), style);
  });
}

/** How values from `low` to `high` are shaded: as numbers in the colours of all maps, as a photograph in greys. */
export function shadeOf(kind, low, high) {
  const share = (value) => (high > low ? (value - low) / (high - low) : 0.5);
  if (kind === "photograph") return (colours, value) => mix("#000000", "#ffffff", share(value));
  return (colours, value) => mix(colours.low, colours.high, share(value));
}

/** Places of inputs that no output reads. */
function unreadPlaces(axis) {
  const jump = axis.transposed ? axis.stride : 1;
  const places = Array.from({ length: axis.size }, (_, position) => position * jump);
  return new Set(places.filter((place) => walkFeeds(axis, place).every((index) => index === null)));
}

function paintPlace(pen, colours, [x, y, cell], kinds, unread) {
  const side = cell > 8 ? cell - 1 : cell;
  const middle = [x + side / 2, y + side / 2];
  if (kinds.includes("off")) {
    pen.rect(x, y, side, side, { fill: colours["hole-ground"] });
    paintCross(pen, middle, cell * 0.2, colours.hole, 1.5);
  } else if (kinds.includes("padding") || kinds.includes("outside")) {
    paintHatching(pen, colours, [x, y, side]);
    if (kinds.includes("padding") && cell >= LEAST_FOR_WORDS) paintOn(pen, colours, middle, "0", cell);
  } else if (kinds.includes("gap")) {
    pen.circle(...middle, Math.max(1, cell * 0.06), { fill: colours.quiet });
  } else {
    pen.rect(x, y, side, side, { fill: colours.low, stroke: colours.line });
    if (unread) paintCross(pen, middle, cell * 0.2, colours.hole, 1.5);
  }
}

function paintHatching(pen, colours, [x, y, side]) {
  const step = side > 10 ? 0.5 : 1; // fewer lines in small cells, of which there are many
  const lines = [];
  for (let at = step / 2; at < 2; at += step) {
    const [from, to] = [Math.max(0, at - 1) * side, Math.min(1, at) * side];
    lines.push([x + from, y + to, x + to, y + from]);
  }
  pen.lines(lines, { stroke: colours.line });
}

/** A sign on a spot of ground, so that it can be read on hatching. */
function paintOn(pen, colours, /** @type {number[]} */ [x, y], words, cell) {
  pen.circle(x, y, cell * 0.24, { fill: colours.ground });
  pen.text(x, y, words, { fill: colours.quiet, size: Math.min(13, cell * 0.45) });
}

/** The numbers of the rows (axis 0) or columns (axis 1); padding has negative ones and ones past the end. */
function paintRuler(pen, colours, axis, { low, high }, cell, which, jump) {
  const every = cell * jump >= 20 ? 1 : 5;
  for (let place = low; place <= high; place += 1) {
    const number = place / jump;
    const shown = Number.isInteger(number) && number % every === 0 && (!axis.transposed || walkKind(axis, place) === "input");
    const along = RULER + (place - low + 0.5) * cell;
    const [x, y] = which === 0 ? [RULER / 2, along] : [along, RULER / 2];
    if (shown) pen.text(x, y, String(number).replace("-", "−"), { fill: colours.quiet, size: 11 });
  }
}

/** The taps, numbered in reading order or with their products: filled on an input, outlined where they bring nothing. */
function paintKernel(pen, colours, { axes, at, out }, corner, cell, left, shown) {
  const here = out[0] ? at : [0, 0]; // a kernel that does not fit is shown at its first place
  const places = axes.map((axis, i) => walkPlaces(axis, here[i]));
  const reads = axes.map((axis, i) => walkReads(axis, here[i]));
  const [y, x] = places.map((place, axis) => corner(Math.min(...place) + left[axis], axis));
  const spans = places.map((place) => (Math.max(...place) - Math.min(...place) + 1) * cell);
  pen.rect(x, y, spans[1] - 1, spans[0] - 1, { stroke: colours.tap, lineWidth: 2 });
  places[0].forEach((row, i) => places[1].forEach((column, j) => {
    const box = [corner(column + left[1], 1), corner(row + left[0], 0), cell];
    const meets = reads[0][i] !== null && reads[1][j] !== null;
    const words = shown ? tapWords(shown, cell, [i, j], meets && [reads[0][i], reads[1][j]]) : String(i * places[1].length + j + 1);
    paintTap(pen, colours, box, words, meets);
  }));
}

/** A weight, and the input that it is multiplied with where there is room. */
function tapWords({ values, weights }, cell, [i, j], place) {
  const weight = decimalWords(weights.taps[i][j]);
  if (cell < LEAST_FOR_PRODUCTS || !place) return weight;
  return `${weight}·${values[place[0]][place[1]]}`;
}

function paintTap(pen, colours, /** @type {number[]} */ [x, y, cell], words, meets) {
  const gap = cell > 12 ? 2 : 0.5;
  const side = cell - 2 * gap - 1;
  const style = meets ? { fill: colours.tap } : { fill: colours.ground, stroke: colours.tap, lineWidth: 1.5 };
  pen.rect(x + gap, y + gap, side, side, style);
  if (cell < LEAST_FOR_WORDS) return;
  const fill = meets ? colours.ground : colours.ink;
  pen.text(x + gap + side / 2, y + gap + side / 2, words, { fill, size: Math.min(15, cell * 0.48), bold: true, most: side - 1 });
}

/**
 * Paint the output: in each cell how many inputs it reads, or, where an input is pointed at, what that one feeds, or
 * what has been made so far of `shown`, { outputs, shade }. The walkable cells have no words of their own: a walk moves
 * the kernel, and the widget's status tells where to.
 */
export function paintOutputGrid(pen, { width, colours }, state, { fed, shown }) {
  const { out, axes, at } = state;
  const { cell } = stepperGrids(state, width);
  if (!out[0]) {
    pen.text(RULER, RULER / 2, "no output", { fill: colours.hole, size: 14, anchor: "left", bold: true });
    return null;
  }
  const counts = axes.map((axis, i) => Array.from({ length: out[i] }, (_, index) => countOf(walkReads(axis, index))));
  const box = (row, column) => ({ x: RULER + column * cell, y: RULER + row * cell, width: cell, height: cell });
  if (fed) paintFed(pen, colours, cell, out, fed);
  else if (shown) paintMade(pen, colours, cell, state, shown);
  else paintProduct(pen, colours, [RULER, RULER, cell], ...counts);
  [0, 1].forEach((axis) => paintRuler(pen, colours, {}, { low: 0, high: out[axis] - 1 }, cell, axis, 1));
  if (!fed) paintCurrent(pen, colours, box(...at));
  return { rows: out[0], columns: out[1], box, describe: () => "" };
}

/** The outputs up to the one that is being made; the others are empty frames. */
function paintMade(pen, colours, cell, { out, at }, { outputs, shade }) {
  const made = at[0] * out[1] + at[1];
  const places = outputs.flatMap((row, i) => row.map((value, j) => [RULER + j * cell, RULER + i * cell, value]));
  pen.rect(RULER, RULER, out[1] * cell, out[0] * cell, { stroke: colours.line });
  paintValues(pen, colours, cell, places.slice(0, made + 1), shade);
}

function countOf(read) {
  return read.filter((position) => position !== null).length;
}

/** The outputs that one input feeds have a dot. */
function paintFed(pen, colours, cell, out, fed) {
  const side = cell > 8 ? cell - 1 : cell;
  paintRows(pen, cell, out, (row) => fed[0].includes(row), (band, row, column) => {
    const isFed = fed[0].includes(row) && fed[1].includes(column);
    band.rect(column * cell, 0, side, side, { fill: isFed ? colours.second : colours.low });
    if (isFed) band.circle(column * cell + side / 2, side / 2, cell * 0.18, { fill: colours.ground });
  });
}

/** Paint a grid beside its ruler; rows of the same kind, as kindOf(row) says, are painted once. */
function paintRows(pen, cell, [rows, columns], kindOf, paintOne) {
  const indices = (count) => Array.from({ length: count }, (_, index) => index);
  const bands = groupBy(indices(rows), kindOf).map(([, alike]) => ({
    tops: alike.map((row) => RULER + row * cell),
    paint: (band) => indices(columns).forEach((column) => paintOne(band, alike[0], column)),
  }));
  pen.bands(RULER, columns * cell, cell, bands);
}

/** The cell that is being made: a frame within a frame. */
function paintCurrent(pen, colours, { x, y, width, height }) {
  pen.rect(x, y, width - 1, height - 1, { stroke: colours.ground, lineWidth: 5 });
  pen.rect(x, y, width - 1, height - 1, { stroke: colours.second, lineWidth: 3 });
}
