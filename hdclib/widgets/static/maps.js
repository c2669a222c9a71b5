// Usage maps as every widget draws them.
import { mix } from "./pens.js";

/**
 * Paint a usage map from the counts of one axis: a cell a pixel, its count written in it, a cross on every hole.
 * Returns the walkable cells. Maps of fewer than `least` pixels are drawn in the middle, on the same scale.
 */
export function paintUsageMap(pen, { width, colours }, counts, least = 13) {
  const span = counts.length;
  const frame = Math.max(least, span);
  const cell = width / frame;
  const start = ((frame - span) / 2) * cell;
  const top = counts.reduce((most, count) => Math.max(most, count), 0) ** 2;
  const place = (index) => start + index * cell;
  const entries = [];
  for (let row = 0; row < span; row += 1) {
    for (let column = 0; column < span; column += 1) entries.push([place(column), place(row), counts[row] * counts[column]]);
  }
  paintCells(pen, colours, cell, entries, top);
  return {
    rows: span,
    columns: span,
    box: (row, column) => ({ x: place(column), y: place(row), width: cell, height: cell }),
    describe: (row, column) => `Row ${row + 1}, column ${column + 1}: ${times(counts[row] * counts[column])}.`,
  };
}

/** How often a pixel is used, in words. */
export function times(count) {
  if (count === 0) return "never used, a hole";
  return count === 1 ? "used once" : `used ${count} times`;
}

/** One cell of a map; see paintCells. */
export function paintCell(pen, colours, x, y, cell, count, top) {
  paintCells(pen, colours, cell, [[x, y, count]], top);
}

/**
 * Cells [x, y, count] of one size, those of equal count together. Numbers are left out where they would not be
 * legible; a hole has a cross.
 */
export function paintCells(pen, colours, cell, entries, top) {
  const alike = new Map();
  entries.forEach((entry) => {
    if (!alike.has(entry[2])) alike.set(entry[2], []);
    alike.get(entry[2]).push(entry);
  });
  alike.forEach((group, count) => paintAlike(pen, colours, cell, group, count, top));
}

function paintAlike(pen, colours, cell, group, count, top) {
  const share = count === 0 ? 0 : 0.12 + 0.88 * Math.sqrt(count / top);
  const fill = count === 0 ? colours["hole-ground"] : mix(colours.low, colours.high, share);
  const side = cell - (cell > 8 ? 1 : 0);
  pen.rects(group.map(([x, y]) => [x, y, side, side]), { fill });
  if (count === 0) {
    const ends = group.flatMap(([x, y]) => crossLines([x + side / 2, y + side / 2], cell * 0.2));
    pen.lines(ends, { stroke: colours.hole, lineWidth: cell > 14 ? 1.5 : 1 });
    return;
  }
  const words = String(count);
  const size = Math.min(cell * 0.5, (cell * 1.45) / words.length, 16);
  const ink = share > 0.55 ? colours["on-high"] : colours.ink;
  if (size >= 6.5) group.forEach(([x, y]) => pen.text(x + side / 2, y + side / 2, words, { fill: ink, size }));
}

function crossLines([x, y], half) {
  return [[x - half, y - half, x + half, y + half], [x - half, y + half, x + half, y - half]];
}

/** A cross: the sign of a hole. */
export function paintCross(pen, middle, half, stroke, lineWidth) {
  pen.lines(crossLines(middle, half), { stroke, lineWidth });
}
