// The cone from the side: the layers as rows of cells, the input below, the ways of the values as lines.
import { clampTo, coneLinks, usedPlaces } from "./cone_maths.js";
import { coneReaders, paintConeCells } from "./cone_cells.js";

const GUTTER = 128; // CSS pixels for the names of the rows where there is room beside them
const ROOMY = 560; // CSS pixels, the least width with such a gutter
const NAME_LINE = 18; // CSS pixels for a name above its row where there is none
const FAN = 58; // CSS pixels between two rows
const LARGEST = 34; // CSS pixels, of a cell
const BELOW = 8; // CSS pixels under the last row, for its name
const LEAST_HIGH = 13; // CSS pixels: narrow cells are higher than wide

/** Places of everything for a width. `half` is how many columns are shown to each side of the middle. */
export function coneSideLayout(width, layers, half) {
  const gutter = width >= ROOMY ? GUTTER : 0;
  const line = gutter ? 4 : NAME_LINE;
  const cell = Math.min(LARGEST, (width - gutter - 2) / (2 * half + 1));
  const high = Math.max(LEAST_HIGH, Math.min(cell, 30));
  const pitch = high + FAN + (gutter ? 0 : NAME_LINE - 6);
  const middle = gutter + (width - gutter) / 2;
  return {
    gutter, cell, high, pitch, unit: cell, height: line + (layers - 1) * pitch + high + BELOW,
    left: (column) => middle + (column - 0.5) * cell,
    centre: (column) => middle + column * cell,
    top: (layer) => line + (layers - 1 - layer) * pitch,
  };
}

/** Paint the scene; returns the walkable cells. */
export function paintConeSide(pen, size, scene, stores) {
  const { width, colours } = size;
  const place = coneSideLayout(width, scene.halves.length, scene.shown);
  pen.still(stores.filling, scene.key(colours), width, place.height, (sheet) => paintStill(sheet, colours, scene, place));
  if (scene.at.moving) paintFlight(pen, colours, scene, place);
  if (scene.lit) paintLit(pen, colours, scene, place);
  return sideCells(scene, place, colours);
}

function paintStill(pen, colours, scene, place) {
  scene.halves.forEach((half, layer) => {
    if (scene.at.counts[layer - 1] && scene.at.moving?.from !== layer) paintFan(pen, colours, scene, place, layer);
  });
  scene.halves.forEach((half, layer) => {
    paintRow(pen, colours, scene, place, layer);
    paintName(pen, colours, scene, place, layer);
  });
}

/** The lines of a convolution that is done: from each cell used of the layer to its three taps below. */
function paintFan(pen, colours, scene, place, layer) {
  scene.outputs.forEach((output, i) => {
    const reach = scene.dilations[layer - 1];
    const from = usedPlaces(scene.at.counts[layer], output.column);
    const ends = from.flatMap((column) => [-reach, 0, reach].map((tap) => wire(place, layer, column, column + tap)));
    pen.lines(ends, { stroke: `${i ? colours.second : colours.tap}99`, lineWidth: i ? 2 : 1.2 });
  });
}

/** A line from a cell down to one of the layer below it, `share` of the way. */
function wire(place, layer, column, below, share = 1) {
  const [x, y] = [place.centre(column), place.top(layer) + place.high];
  return [x, y, x + (place.centre(below) - x) * share, y + (place.top(layer - 1) - y) * share];
}

function paintRow(pen, colours, scene, place, layer) {
  const half = scene.halves[layer];
  const [left, top] = [place.left(-half), place.top(layer)];
  const wide = (2 * half + 1) * place.cell;
  pen.rect(left, top, wide, place.high, { fill: colours.ground, stroke: colours.line });
  if (place.cell >= 7) {
    const borders = Array.from({ length: 2 * half }, (_, i) => place.left(i + 1 - half));
    pen.lines(borders.map((x) => [x, top, x, top + place.high]), { stroke: colours.line, lineWidth: 0.6 });
  }
  const readers = coneReaders(scene, layer);
  if (!readers) return;
  const cells = readers.columns.map((column) => [place.left(column), top, readers.along(column)]);
  paintConeCells(pen, colours, { width: place.cell, height: place.high }, cells, readers.top);
  if (layer < scene.dilations.length) paintGrips(pen, colours, place, layer, readers.columns);
}

/** Two small arrows beside the outer taps, which can be dragged. */
function paintGrips(pen, colours, place, layer, columns) {
  const y = place.top(layer) + place.high / 2;
  const ends = [[columns[0], -1], [columns.at(-1), 1]];
  const strokes = ends.flatMap(([column, way]) => {
    const x = place.centre(column) + way * (place.cell / 2 + 3);
    return [[x, y - 4, x + way * 4, y], [x + way * 4, y, x, y + 4]];
  });
  pen.lines(strokes, { stroke: colours.ink, lineWidth: 1.6 });
}

function paintName(pen, colours, scene, place, layer) {
  const { name, along } = scene.names[layer];
  const style = { fill: colours.ink, size: 13, anchor: "left" };
  if (!place.gutter) {
    const words = along ? `${name}: ${along}` : name;
    const y = place.top(layer) - NAME_LINE / 2;
    pen.rect(0, y - 8, 6.6 * words.length, 16, { fill: colours.ground });
    return pen.text(1, y, words, style);
  }
  const y = place.top(layer) + place.high / 2;
  pen.text(0, along ? y - 8 : y, name, { ...style, bold: true, most: GUTTER - 10 });
  if (along) pen.text(0, y + 8, along, { ...style, fill: colours.quiet, size: 12, most: GUTTER - 10 });
}

/** Values on their way down one convolution. */
function paintFlight(pen, colours, scene, place) {
  const { from, dilation, shares } = scene.at.moving;
  const radius = Math.max(2, Math.min(6, place.cell * 0.3));
  scene.outputs.forEach((output, i) => {
    const stroke = i ? colours.second : colours.tap;
    const parents = usedPlaces(scene.at.counts[from], output.column);
    const ways = shares.flatMap((share, tap) => (
      share > 0 ? parents.map((column) => wire(place, from, column, column + (tap - 1) * dilation, share)) : []
    ));
    pen.lines(ways, { stroke: `${stroke}99`, lineWidth: i ? 2 : 1.2 });
    pen.circles(ways.map(([, , x, y]) => [x, y]), radius, { fill: scene.outputs.length > 1 ? stroke : colours.focus });
  });
}

/** The cell that the reader points at: lines to all that it reads and that read it, and a frame around each. */
function paintLit(pen, colours, scene, place) {
  const { layer, column } = scene.lit;
  const links = coneLinks(scene.dilations, layer, column);
  links.forEach((columns, other) => {
    if (other < layer) paintThreads(pen, colours.focus, scene, place, links[other + 1], other + 1, columns);
    if (other > layer) paintThreads(pen, colours.both, scene, place, columns, other, links[other - 1]);
    if (other !== layer) frameCells(pen, other < layer ? colours.focus : colours.both, place, other, columns);
  });
}

function paintThreads(pen, stroke, scene, place, from, layer, targets) {
  const reach = scene.dilations[layer - 1];
  const wanted = new Set(targets);
  const taps = (column) => [-reach, 0, reach].map((tap) => column + tap).filter((below) => wanted.has(below));
  pen.lines(from.flatMap((column) => taps(column).map((below) => wire(place, layer, column, below))), { stroke, lineWidth: 1.8 });
}

function frameCells(pen, stroke, place, layer, columns) {
  const sides = columns.flatMap((column) => {
    const [x, y] = [place.left(column), place.top(layer)];
    const [right, low] = [x + place.cell - 1, y + place.high - 1];
    return [[x, y, right, y], [right, y, right, low], [right, low, x, low], [x, low, x, y]];
  });
  pen.lines(sides, { stroke, lineWidth: 2 });
}

function sideCells(scene, place, colours) {
  const last = scene.halves.length - 1;
  const { halves } = scene;
  const layerOf = ({ row }) => last - row;
  return {
    rows: halves.length,
    columns: 2 * halves[0] + 1,
    at: (x, y) => {
      const column = Math.round((x - place.centre(0)) / place.cell);
      const row = halves.findIndex((_, i) => Math.abs(y - place.top(last - i) - place.high / 2) <= place.high / 2 + 5);
      return row >= 0 && Math.abs(column) <= halves[last - row] ? { row, column: column + halves[0] } : null;
    },
    nearest: ({ row, column }) => ({ row, column: halves[0] + clampTo(column - halves[0], halves[last - row]) }),
    describe: (row, column) => scene.describe({ layer: last - row, column: column - halves[0], row: null }),
    cellOf: (cell) => ({ layer: layerOf(cell), column: cell.column - halves[0], row: null }),
    mark: (pen, cell) => {
      const [layer, column] = [layerOf(cell), cell.column - halves[0]];
      const box = [place.left(column) - 0.5, place.top(layer) - 0.5, place.cell, place.high];
      pen.rect(...box, { stroke: colours.ground, lineWidth: 5 });
      pen.rect(...box, { stroke: colours.focus, lineWidth: 3 });
    },
  };
}
