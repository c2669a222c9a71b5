// Usage maps as every widget draws them.
import { inkOn, mix } from "./pens.js";

/**
 * Paint a usage map from the counts of one axis: a cell a pixel, its count written in it, a cross on every hole.
 * Returns the walkable cells. Maps of fewer than `least` pixels are drawn in the middle, on the same scale.
 */
export function paintUsageMap(pen, { width, colours }, counts, least = 13) {
  const span = counts.length;
  const cell = pen.whole(width / Math.max(least, span));
  const start = Math.floor((width - span * cell) / 2);
  paintProduct(pen, colours, [start, start, cell], counts, counts);
  const place = (index) => start + index * cell;
  return {
    rows: span,
    columns: span,
    box: (row, column) => ({ x: place(column), y: place(row), width: cell, height: cell }),
    describe: (row, column) => `Row ${row + 1}, column ${column + 1}: ${times(counts[row] * counts[column])}.`,
  };
}

/** Paint cells with the counts rows[row] * columns[column] from a corner on; equal rows are painted once. */
export function paintProduct(pen, colours, [left, top, cell], rows, columns) {
  const most = (counts) => counts.reduce((high, count) => Math.max(high, count), 0);
  const highest = most(rows) * most(columns);
  const bands = groupBy(rows.map((count, row) => [count, top + row * cell]), ([count]) => count).map(([count, alike]) => ({
    tops: alike.map(([, y]) => y),
    paint: (band) => paintCells(band, colours, cell, columns.map((other, column) => [column * cell, 0, count * other]), highest),
  }));
  pen.bands(left, columns.length * cell, cell, bands);
}

/** [key, items] of the items that have the same key. */
export function groupBy(items, keyOf) {
  const groups = new Map();
  items.forEach((item) => {
    const key = keyOf(item);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(item);
  });
  return [...groups];
}

/** How often a pixel is used, in words. */
export function times(count) {
  if (count === 0) return "never used, a hole";
  return count === 1 ? "used once" : `used ${count} times`;
}

/**
 * Cells [x, y, count] of one size, those of equal count together. Numbers are left out where they would not be
 * legible; a hole has a cross.
 */
export function paintCells(pen, colours, cell, entries, top) {
  groupBy(entries, (entry) => entry[2]).forEach(([count, group]) => paintAlike(pen, colours, cell, group, count, top));
}

/** Colour of a count, `top` being the largest; a hole has its own. */
export function countFill(colours, count, top) {
  return count === 0 ? colours["hole-ground"] : mix(colours.low, colours.high, 0.12 + 0.88 * Math.sqrt(count / top));
}

function paintAlike(pen, colours, cell, group, count, top) {
  const fill = countFill(colours, count, top);
  const side = cell - (cell > 8 ? 1 : 0);
  pen.rects(group.map(([x, y]) => [x, y, side, side]), { fill });
  if (count === 0) {
    const ends = group.flatMap(([x, y]) => crossLines([x + side / 2, y + side / 2], cell * 0.2));
    pen.lines(ends, { stroke: colours.hole, lineWidth: cell > 14 ? 1.5 : 1 });
    return;
  }
  const words = String(count);
  const size = Math.min(cell * 0.5, (cell * 1.3) / words.length, 16);
  const ink = inkOn(fill);
  if (size >= 6.5) group.forEach(([x, y]) => pen.text(x + side / 2, y + side / 2, words, { fill: ink, size }));
}

function crossLines([x, y], half) {
  return [[x - half, y - half, x + half, y + half], [x - half, y + half, x + half, y - half]];
}

/** A cross: the sign of a hole. */
export function paintCross(pen, middle, half, stroke, lineWidth) {
  pen.lines(crossLines(middle, half), { stroke, lineWidth });
}
