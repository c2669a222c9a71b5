// Usage maps as every widget draws them.
import { mix } from "./picture.js";

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

/** How often a pixel is used, in words. */
export function times(count) {
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

/** A cross: the sign of a hole. */
export function paintCross(pen, [x, y], half, stroke, lineWidth) {
  pen.line(x - half, y - half, x + half, y + half, { stroke, lineWidth });
  pen.line(x - half, y + half, x + half, y - half, { stroke, lineWidth });
}
