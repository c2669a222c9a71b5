// A line of samples with the windows of a layer under it: what the size calculator and the sampling widget draw.
import { paintCross } from "./maps.js";

const LABEL = 52; // room for a row's name, in CSS pixels
const NARROWEST = 17; // of a cell that holds a number
const WIDEST = 26;
export const ROW = 22;

/** Positions from first to last, at most `most` of them: both ends, with null for what is left out between. */
export function columnsThatFit(first, last, most) {
  const all = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  if (last - first + 1 <= most) return all(first, last);
  const head = Math.ceil((most - 1) / 2);
  return [...all(first, first + head - 1), null, ...all(last - (most - head - 1) + 1, last)];
}

/** The first and the last of many rows, with null for those left out between. */
export function rowsThatFit(count, most = 8) {
  return columnsThatFit(0, count - 1, most);
}

/**
 * Paint rows of cells under each other and return the walkable cells. Rows are
 * { label, samples: (position) => { kind, text, words } }: a line of samples, kind one of SAMPLES; or
 * { label, taps, isZero: (position) => boolean, words: (position) => string }: a window and its taps; or
 * { label, words: (position) => string }: a row of dots for rows left out; or { title, words: () => string }.
 */
export function paintBoard(pen, { width, colours }, { first, last, rows }) {
  const columns = columnsThatFit(first, last, Math.floor((width - LABEL) / NARROWEST));
  const cell = Math.min(WIDEST, (width - LABEL) / columns.length);
  const box = (row, column) => ({ x: LABEL + column * cell, y: row * ROW, width: cell, height: ROW });
  rows.forEach((row, index) => {
    const [words, fill] = row.title ? [row.title, colours.ink] : [row.label, colours.quiet];
    pen.text(0, index * ROW + ROW / 2, words, { fill, size: row.title ? 13 : 12, anchor: "left", bold: Boolean(row.title) });
    columns.forEach((position, column) => {
      if (row.samples) paintSampleCell(pen, colours, box(index, column), position === null ? { kind: "gap" } : row.samples(position));
    });
    if (row.taps) paintTaps(pen, colours, columns, row, (column) => box(index, column));
  });
  return {
    rows: rows.length,
    columns: columns.length,
    box,
    describe: (row, column) => describeCell(rows[row], columns[column]),
  };
}

function describeCell(row, position) {
  if (position === null) return "Samples left out of the picture.";
  return row.samples ? row.samples(position).words : row.words(position);
}

const SAMPLES = {
  gap: (pen, colours, { middle }) => pen.text(...middle, "…", { fill: colours.quiet, size: 13 }),
  outside: () => {},
  input: (pen, colours, at) => paintFilled(pen, colours, at, colours.low),
  padding: (pen, colours, at) => paintFramed(pen, colours, at, colours.quiet),
  cut: (pen, colours, at) => {
    paintFramed(pen, colours, at, colours.line);
    pen.line(at.x, at.y + at.side, at.x + at.side, at.y, { stroke: colours.quiet });
  },
  extra: (pen, colours, at) => {
    SAMPLES[at.text === 0 ? "unread" : "input"](pen, colours, at);
    pen.rect(at.x + 1, at.y + 1, at.side - 2, at.side - 2, { stroke: colours.second, lineWidth: 2 });
  },
  unread: (pen, colours, at) => {
    pen.rect(at.x, at.y, at.side, at.side, { fill: colours["hole-ground"] });
    paintCross(pen, at.middle, at.side * 0.25, colours.hole, 1.5);
  },
};

function paintSampleCell(pen, colours, { x, y, width, height }, { kind, text }) {
  const side = Math.min(width - 1, height - 3);
  const middle = [x + side / 2, y + height / 2];
  SAMPLES[kind](pen, colours, { x, y: y + (height - side) / 2, side, middle, text: text ?? "" });
}

function paintFilled(pen, colours, { x, y, side, middle, text }, fill) {
  pen.rect(x, y, side, side, { fill });
  pen.text(...middle, text, { fill: colours.ink, size: textSize(side, text) });
}

function paintFramed(pen, colours, { x, y, side, middle, text }, stroke) {
  pen.rect(x + 0.5, y + 0.5, side - 1, side - 1, { stroke });
  pen.text(...middle, text, { fill: colours.quiet, size: textSize(side, text) });
}

function textSize(side, text) {
  return Math.min(12, (side * 1.3) / Math.max(2, String(text).length));
}

/** A dot for every tap, hollow where it reads a zero, joined by a line; hidden columns count as passed through. */
function paintTaps(pen, colours, columns, { taps, isZero }, box) {
  const [low, high] = [taps[0], taps[taps.length - 1]];
  const inside = new Set(taps);
  const centre = (column) => box(column).x + (box(column).width - 1) / 2;
  const y = box(0).y + ROW / 2;
  const shown = columns.map((position, column) => ({ position, column })).filter(({ position, column }) => {
    if (position !== null) return position >= low && position <= high;
    return columns[column - 1] < high && columns[column + 1] > low;
  });
  if (shown.length > 1) pen.line(centre(shown[0].column), y, centre(shown[shown.length - 1].column), y, { stroke: colours.tap, lineWidth: 1.5 });
  shown.filter(({ position }) => inside.has(position)).forEach(({ position, column }) => {
    const fill = isZero(position) ? colours.ground : colours.tap;
    pen.circle(centre(column), y, Math.min(6, box(column).width * 0.3), { fill, stroke: colours.tap, lineWidth: 1.5 });
  });
}
