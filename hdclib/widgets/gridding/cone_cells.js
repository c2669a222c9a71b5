// The cells of a layer: how often the output uses each, or which of two outputs does.
import { groupBy } from "../kit/maps.js";
import { inkOn, mix } from "../kit/pens.js";

const LEGIBLE = 6.5; // CSS pixels, the smallest letters that are written
const CROSSED = 3.5; // CSS pixels, the smallest cell that gets its cross

/**
 * What has arrived in one layer, as the painters want it, or null: the counts around an output, their largest, the
 * columns that any output sees, and along(column), how often each output uses a column.
 */
export function coneReaders(scene, layer) {
  const counts = scene.at.counts[layer];
  if (counts === null) return null;
  const half = (counts.length - 1) / 2;
  const top = counts.reduce((most, count) => Math.max(most, count), 1);
  const used = (output, column) => counts[column - output.column + half] ?? 0;
  const seen = scene.outputs.flatMap((output) => counts.map((_, at) => output.column + at - half));
  const columns = [...new Set(seen)].sort((a, b) => a - b);
  return { counts, half, top, columns, along: (column) => scene.outputs.map((output) => used(output, column)) };
}

/** The same of a layer in which counts have arrived. */
export function arrivedIn(scene, layer) {
  const readers = coneReaders(scene, layer);
  if (readers === null) throw new RangeError(`nothing has arrived in layer ${layer}`);
  return readers;
}

/** "A", "B", "AB" or "". */
export function readersWord([first, second = 0]) {
  return `${first > 0 ? "A" : ""}${second > 0 ? "B" : ""}`;
}

/** Colour of a cell by its counts; `top` is the largest count of its layer. */
export function coneFill(colours, counts, top) {
  const readers = readersWord(counts);
  if (!readers) return colours["hole-ground"];
  if (counts.length > 1) return { A: colours.tap, B: colours.second, AB: colours.both }[readers];
  return mix(colours.low, colours.high, 0.12 + 0.88 * Math.sqrt(counts[0] / top));
}

/** What is written in a cell: its count, or the outputs that use it. */
export function coneWord(counts) {
  return counts.length > 1 ? readersWord(counts) : String(counts[0]);
}

/** Entries [x, y, counts] of one size: those that look alike together; a cross where nobody reads. */
export function paintConeCells(pen, colours, { width, height }, entries, top) {
  groupBy(entries, ([, , counts]) => counts.join()).forEach(([, alike]) => {
    const counts = alike[0][2];
    const fill = coneFill(colours, counts, top);
    const gap = width > 6 ? 1 : width > 3 ? 0.5 : 0;
    pen.rects(alike.map(([x, y]) => [x, y, width - gap, height - gap]), { fill });
    if (readersWord(counts)) writeCounts(pen, alike, { width: width - gap, height: height - gap }, coneWord(counts), inkOn(fill));
    else if (width >= CROSSED) crossCells(pen, colours, alike, { width: width - gap, height: height - gap });
  });
}

function writeCounts(pen, alike, { width, height }, words, fill) {
  const size = Math.min(height * 0.5, (width * 1.3) / words.length, 15);
  if (size < LEGIBLE) return;
  alike.forEach(([x, y]) => pen.text(x + width / 2, y + height / 2, words, { fill, size }));
}

function crossCells(pen, colours, alike, { width, height }) {
  const half = Math.min(width, height) * 0.22;
  const lineWidth = width > 14 ? 1.6 : 1;
  pen.lines(alike.flatMap(([x, y]) => crossEnds(x + width / 2, y + height / 2, half)), { stroke: colours.hole, lineWidth });
}

/** The two strokes of a cross. */
export function crossEnds(x, y, half) {
  return [[x - half, y - half, x + half, y + half], [x - half, y + half, x + half, y - half]];
}

/**
 * Print copies of a part of the picture: painted once, for as long as `key` stays, and moved by each of `ways`, [x, y].
 * `box` is the part, in the picture's own places, which paint(pen) keeps to.
 */
export function stampCopies(pen, store, key, { x, y, width, height }, ways, paint) {
  ways.forEach(([right, low]) => pen.moved(Math.round(x + right), Math.round(y + low), () => {
    pen.still(store, key, width, height, (sheet) => sheet.moved(-x, -y, () => paint(sheet)));
  }));
}
