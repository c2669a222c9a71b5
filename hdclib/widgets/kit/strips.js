// Patterns of one axis, drawn as rows of squares under each other.
import { paintCross } from "./maps.js";

const LABEL = 18; // room for a row's words, in CSS pixels
const BRACKET = 24; // room for a distance above the squares

/** Height of one row of strips, in CSS pixels, with or without room for a distance above it. */
export function stripPitch(cell, bracketed = true) {
  return LABEL + (bracketed ? BRACKET : 2) + Math.max(6, Math.min(20, cell)) + 8;
}

/**
 * Paint rows of samples. Each row is { label, from, counts, crossed, bracket }: words, position of its first sample,
 * a number a sample (0 is unread), whether unread samples get a cross, and [first, last, words] or null. It may have
 * a `fill` of its own, and `parts`, patterns { from, counts, fill } that lie over each other in its line.
 * `frame` is { x, y, width, low, high }: where, and which positions. Returns walkable cells.
 */
export function paintStrips(pen, colours, rows, { x, y, width, low, high }) {
  const cell = width / (high - low + 1);
  const bracketed = rows.some(({ bracket }) => bracket);
  const pitch = stripPitch(cell, bracketed);
  const side = Math.max(6, Math.min(20, cell));
  const place = (position) => x + (position - low) * cell;
  rows.forEach((row, index) => {
    const top = y + index * pitch;
    const line = top + LABEL + (bracketed ? BRACKET : 2);
    pen.text(x, top + LABEL / 2, row.label, { fill: colours.ink, size: 13, anchor: "left" });
    pen.line(x, line + side / 2, x + width, line + side / 2, { stroke: colours.line });
    (row.parts ?? [row]).forEach(({ from, counts, fill = colours.tap }) => counts.forEach((count, at) => {
      paintSample(pen, colours, { x: place(from + at), y: line, cell, side, fill }, count, row.crossed);
    }));
    if (row.bracket) paintBracket(pen, colours, place, cell, line - 4, row.bracket);
  });
  return {
    rows: rows.length,
    columns: high - low + 1,
    box: (row, column) => ({ x: place(low + column), y: y + row * pitch + LABEL, width: cell, height: pitch - LABEL }),
    describe: (row, column) => sampleWords(rows[row], low + column),
  };
}

function paintSample(pen, colours, { x, y, cell, side, fill }, count, crossed) {
  const gap = cell > 4 ? 1 : 0;
  if (count > 0) pen.rect(x, y, cell - gap, side, { fill });
  else if (crossed) {
    pen.rect(x, y, cell - gap, side, { fill: colours["hole-ground"] });
    if (cell >= 4) paintCross(pen, [x + (cell - gap) / 2, y + side / 2], Math.min(cell, side) * 0.25, colours.hole, 1.3);
  }
}

function paintBracket(pen, colours, place, cell, base, [first, last, words]) {
  const [left, right] = [place(first) + cell / 2, place(last) + cell / 2];
  const style = { stroke: colours.ink, lineWidth: 1.2 };
  pen.line(left, base - 4, right, base - 4, style);
  pen.line(left, base - 4, left, base + 2, style);
  pen.line(right, base - 4, right, base + 2, style);
  pen.text((left + right) / 2, base - 12, words, { fill: colours.ink, size: 12, bold: true });
}

function sampleWords({ label, from, counts }, position) {
  const count = counts[position - from];
  if (count === undefined) return `${label}. Sample ${position} lies outside.`;
  return count > 0 ? `${label}. Sample ${position} is read.` : `${label}. Sample ${position} is not read.`;
}
