// A line of samples with the windows of a layer under it: what the size calculator and the sampling widget draw.
import { paintCross } from "../kit/maps.js";

const LABEL = 52; // room for a row's name, in CSS pixels
const WIDEST = 26; // of a cell, in CSS pixels
const NUMBERED = 17; // wide enough for a number
const NARROW = 9; // as narrow as cells get before samples that no tap needs are left out
const NARROWEST = 6.5; // and so narrow where then nothing at all is left out
const LEGIBLE = 6.5; // of a number
const EVERY = 5; // where a number is wider than its cell, one in so many is written
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
 * Positions that are drawn on `room` pixels, with null for what is left out between. Cells become narrower before a
 * tap of any window is left out; only what does not fit on the narrowest cells is.
 */
export function boardColumns({ first, last, rows }, room) {
  const taps = rows.flatMap((row) => row.taps ?? []);
  for (let most = Math.floor(room / NUMBERED); most <= room / NARROW; most += 1) {
    const columns = columnsThatFit(first, last, most);
    const shown = new Set(columns);
    if (taps.every((tap) => shown.has(tap))) return columns;
  }
  const fits = (last - first + 1) * NARROWEST <= room;
  return columnsThatFit(first, last, fits ? last - first + 1 : Math.floor(room / NARROW));
}

/** Taps of one window that lie where columns are left out. */
function hiddenTaps(columns, taps) {
  const gap = columns.indexOf(null);
  return gap < 0 ? [] : taps.filter((tap) => tap > columns[gap - 1] && tap < columns[gap + 1]);
}

/**
 * Paint rows of cells under each other and return the walkable cells. Rows are
 * { label, samples: (position) => { kind, text, words } }: a line of samples, kind one of SAMPLES; or
 * { label, taps, isZero: (position) => boolean, words: (position) => string }: a window and its taps; or
 * { label, words: (position) => string }: a row of dots for rows left out; or { title, words: () => string }.
 */
export function paintBoard(pen, { width, colours }, board) {
  const { rows } = board;
  const columns = boardColumns(board, width - LABEL);
  const cell = Math.min(WIDEST, (width - LABEL) / columns.length);
  const box = (row, column) => ({ x: LABEL + column * cell, y: row * ROW, width: cell, height: ROW });
  rows.forEach((row, index) => {
    const [words, fill] = row.title ? [row.title, colours.ink] : [row.label, colours.quiet];
    pen.text(0, index * ROW + ROW / 2, words, { fill, size: row.title ? 13 : 12, anchor: "left", bold: Boolean(row.title), most: width });
    if (row.samples) paintSamples(pen, colours, columns, row, (column) => box(index, column));
    if (row.taps) paintTaps(pen, colours, columns, row, (column) => box(index, column));
  });
  return {
    rows: rows.length,
    columns: columns.length,
    box,
    describe: (row, column) => describeCell(rows[row], columns[column], columns),
  };
}

function describeCell(row, position, columns) {
  if (position !== null) return row.samples ? row.samples(position).words : row.words(position);
  const taps = hiddenTaps(columns, row.taps ?? []).length;
  return `Samples left out of the picture${taps ? `; taps of this window among them: ${taps}` : ""}.`;
}

const SHAPES = {
  gap: () => {},
  outside: () => {},
  input: (pen, colours, { x, y, side }) => pen.rect(x, y, side, side, { fill: colours.low }),
  padding: (pen, colours, { x, y, side }) => pen.rect(x + 0.5, y + 0.5, side - 1, side - 1, { stroke: colours.quiet }),
  cut: (pen, colours, { x, y, side }) => {
    pen.rect(x + 0.5, y + 0.5, side - 1, side - 1, { stroke: colours.line });
    pen.line(x, y + side, x + side, y, { stroke: colours.quiet });
  },
  extra: (pen, colours, at) => {
    SHAPES[at.text === 0 ? "unread" : "input"](pen, colours, at);
    pen.rect(at.x + 1, at.y + 1, at.side - 2, at.side - 2, { stroke: colours.second, lineWidth: 2 });
  },
  unread: (pen, colours, { x, y, side, middle }) => {
    pen.rect(x, y, side, side, { fill: colours["hole-ground"] });
    paintCross(pen, middle, side * 0.25, colours.hole, 1.5);
  },
};

/** A line of samples: first their shapes, then their numbers, which may be wider than a cell. */
function paintSamples(pen, colours, columns, { samples }, box) {
  const cells = columns.map((position, column) => {
    const { x, y, width, height } = box(column);
    const side = Math.min(width - 1, height - 3);
    const middle = [x + side / 2, y + height / 2];
    return { position, x, y: y + (height - side) / 2, side, middle, ...(position === null ? { kind: "gap" } : samples(position)) };
  });
  cells.forEach((cell) => SHAPES[cell.kind](pen, colours, cell));
  const numbered = cells.filter(({ kind, text }) => text !== undefined && kind !== "unread" && !(kind === "extra" && text === 0));
  const { size, written } = numbersThatFit(numbered, cells[0].side);
  written.forEach(({ kind, text, middle }) => {
    pen.text(...middle, text, { fill: kind === "cut" ? colours.quiet : colours.ink, size });
  });
  cells.filter(({ kind }) => kind === "gap").forEach(({ middle }) => pen.text(...middle, "…", { fill: colours.quiet, size: 13 }));
}

/** All numbers in their cells; or, where these are too narrow, a few of them, away from the ends if they are long. */
function numbersThatFit(cells, side) {
  const longest = cells.reduce((most, { text }) => Math.max(most, String(text).length), 1);
  const size = Math.min(12, side, (side * 1.3) / Math.max(1.3, longest));
  if (size >= LEGIBLE) return { size, written: cells };
  const isRoomy = (at) => longest < 3 || [-1, 1].every((step) => cells[at + step]?.position === cells[at].position + step);
  return { size: 9, written: cells.filter(({ position }, at) => position % EVERY === 0 && isRoomy(at)) };
}

/**
 * A dot for every tap, hollow where it reads a zero, joined by a line that passes through hidden columns; two strokes
 * across it where taps are hidden.
 */
function paintTaps(pen, colours, columns, { taps, isZero }, box) {
  const [low, high] = [taps[0], taps[taps.length - 1]];
  const inside = new Set(taps);
  const { width } = box(0);
  const centre = (column) => box(column).x + (width - 1) / 2;
  const y = box(0).y + ROW / 2;
  const shown = columns.map((position, column) => ({ position, column })).filter(({ position, column }) => {
    if (position !== null) return position >= low && position <= high;
    return columns[column - 1] < high && columns[column + 1] > low;
  });
  if (shown.length > 1) pen.line(centre(shown[0].column), y, centre(shown[shown.length - 1].column), y, { stroke: colours.tap, lineWidth: 1.5 });
  if (hiddenTaps(columns, taps).length) paintBreak(pen, colours, centre(columns.indexOf(null)), y);
  shown.filter(({ position }) => inside.has(position)).forEach(({ position, column }) => {
    const fill = isZero(position) ? colours.ground : colours.tap;
    pen.circle(centre(column), y, Math.min(6, width * 0.33), { fill, stroke: colours.tap, lineWidth: Math.min(1.5, width * 0.13) });
  });
}

/** Two slanted strokes: here something is left out. */
function paintBreak(pen, colours, x, y) {
  pen.lines([-2, 2].map((shift) => [x + shift - 2, y + 6, x + shift + 2, y - 6]), { stroke: colours.ink, lineWidth: 1.5 });
}
