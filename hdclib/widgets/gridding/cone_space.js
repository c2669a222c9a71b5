// The cone in space: the layers as tilted planes one above the other, drawn by an affine projection.
import { clampTo, coneLinks, coneShifts, usedPlaces } from "./cone_maths.js";
import { arrivedIn, stampCopies, coneFill, coneReaders, coneWord, crossEnds, readersWord } from "./cone_cells.js";
import { groupBy } from "../kit/maps.js";
import { inkOn } from "../kit/pens.js";

const ACROSS = [0.97, 0.09]; // where a step along a row leads on the screen, in cells
const DOWN = [-0.52, 0.34]; // and a step along a column
const MARGIN = 6; // CSS pixels
const MOST_CELL = 30; // CSS pixels
const MOST_WIRES = 100; // of one convolution; where there are more, the outline stands for them
const READABLE = 6.5; // CSS pixels, the smallest counts that are written
const CROSSABLE = 2.5; // CSS pixels, the lowest cells that get a cross
const CHECKED = 8; // CSS pixels, the smallest cells that get a grid
const NAME_ROOM = 108; // CSS pixels

/** Places of everything for a width. */
export function coneSpaceLayout(width, halves, half) {
  const cell = Math.min(MOST_CELL, (width - 2 * MARGIN) / ((2 * half + 1) * (ACROSS[0] - DOWN[0])));
  const storey = Math.max(84, Math.min(140, width * 0.2));
  const high = (cells) => ((2 * cells + 1) * (ACROSS[1] + DOWN[1]) * cell) / 2;
  const last = halves.length - 1;
  const top = MARGIN + Math.max(...halves.map((cells, layer) => high(cells) - (last - layer) * storey));
  const level = (layer) => top + (last - layer) * storey;
  const project = (column, row, layer) => [
    width / 2 + cell * (column * ACROSS[0] + row * DOWN[0]),
    level(layer) + cell * (column * ACROSS[1] + row * DOWN[1]),
  ];
  const plane = (layer) => [...ACROSS, ...DOWN].map((part) => part * cell).concat(project(0, 0, layer));
  return { cell, level, project, plane, unit: cell * ACROSS[0], height: level(0) + Math.max(high(halves[0]), high(half)) + MARGIN };
}

/** The cell of a plane at a point of the screen. */
export function unprojectCone(place, layer, x, y) {
  const [left, top] = place.project(0, 0, layer);
  const [right, low] = [(x - left) / place.cell, (y - top) / place.cell];
  const area = ACROSS[0] * DOWN[1] - ACROSS[1] * DOWN[0];
  return { column: Math.round((right * DOWN[1] - low * DOWN[0]) / area), row: Math.round((low * ACROSS[0] - right * ACROSS[1]) / area) };
}

/** Paint the scene; returns the walkable cells: the planes one under the other, the output's first. */
export function paintConeSpace(pen, size, scene, stores) {
  const { width, colours } = size;
  const place = coneSpaceLayout(width, scene.halves, scene.shown);
  const filling = scene.at.moving?.to; // the plane that changes while values arrive is kept apart from the others
  if (filling !== undefined) pen.still(stores.filling, scene.key(colours), width, place.height, (sheet) => paintPlane(sheet, colours, scene, place, filling));
  pen.still(stores.rest, scene.restKey(colours), width, place.height, (sheet) => {
    scene.halves.forEach((half, layer) => {
      if (layer === filling) return;
      paintPlane(sheet, colours, scene, place, layer);
      if (scene.at.counts[layer] && layer < scene.dilations.length) paintWires(sheet, colours, scene, place, layer);
    });
  });
  if (scene.at.moving) paintFalling(pen, colours, scene, place, stores.flight);
  if (scene.lit) paintLitPlanes(pen, colours, scene, place);
  return spaceCells(scene, place, colours);
}

/** Corners of a square of cells around (column, row) in a plane. */
function corners(place, layer, column, row, half) {
  return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([right, low]) => (
    place.project(column + right * (half + 0.5), row + low * (half + 0.5), layer)
  ));
}

function paintPlane(pen, colours, scene, place, layer) {
  const half = scene.halves[layer];
  const readers = coneReaders(scene, layer);
  pen.inPlane(place.plane(layer), () => {
    if (readers) pen.rect(-half - 0.5, -half - 0.5, 2 * half + 1, 2 * half + 1, { fill: `${colours.ground}aa` });
    if (place.cell >= CHECKED) paintGrid(pen, colours, half, 0.6 / place.cell);
    if (readers) paintUsed(pen, colours, scene, place, readers);
  });
  const outline = corners(place, layer, 0, 0, half);
  pen.curve([...outline, outline[0]], { stroke: colours.quiet, lineWidth: 1 });
  if (readers) writeUsed(pen, colours, scene, place, layer, readers);
  paintPlaneName(pen, colours, scene, place, layer);
}

function paintGrid(pen, colours, half, lineWidth) {
  const borders = Array.from({ length: 2 * half }, (_, at) => at + 0.5 - half);
  const end = half + 0.5;
  pen.lines(borders.flatMap((at) => [[at, -end, at, end], [-end, at, end, at]]), { stroke: colours.line, lineWidth });
}

/** The name of a plane, left of it. */
function paintPlaneName(pen, colours, scene, place, layer) {
  const [left] = place.project(-scene.halves[0] - 1, 0, 0);
  const [y, most] = [place.level(layer), Math.min(NAME_ROOM, Math.max(48, left))];
  const { name, short, image } = scene.names[layer];
  pen.text(0, image ? y - 8 : y, most < NAME_ROOM ? short : name, { fill: colours.ink, size: 13, anchor: "left", bold: true, most });
  if (image) pen.text(0, y + 8, image, { fill: colours.quiet, size: 12, anchor: "left", most });
}

/** The cells that the outputs see, in the plane's own units: many small ones as one image. */
function paintUsed(pen, colours, scene, place, readers) {
  const [left, top] = [readers.columns[0], scene.outputs[0].row - readers.half];
  if (place.cell < CHECKED) return pen.pixels(left - 0.5, top - 0.5, 1, colourRows(colours, readers));
  pen.rect(left - 0.5, top - 0.5, readers.columns.length, readers.counts.length, { fill: colours["hole-ground"] });
  const read = seenCells(scene, readers).filter(([, , counts]) => readersWord(counts));
  return groupBy(read, ([, , counts]) => counts.join()).forEach(([, alike]) => {
    pen.rects(alike.map(([column, row]) => [column - 0.45, row - 0.45, 0.9, 0.9]), { fill: coneFill(colours, alike[0][2], readers.top ** 2) });
  });
}

/** The colour of every cell in the window of the outputs; rows that are used alike share theirs. */
function colourRows(colours, { counts, columns, along, top }) {
  const across = columns.map(along);
  const rows = new Map([...new Set(counts)].map((down) => (
    [down, across.map((used) => coneFill(colours, used.map((count) => count * down), top ** 2))]
  )));
  return counts.map((down) => rows.get(down));
}

/** [column, row, counts] of every cell in the window of an output. */
function seenCells(scene, { counts, half, columns, along }) {
  const { row } = scene.outputs[0];
  const across = columns.map((column) => [column, along(column)]);
  return counts.flatMap((down, at) => across.map(([column, used]) => [column, row + at - half, used.map((count) => count * down)]));
}

/** Counts and crosses, upright in their cells where they are legible. */
function writeUsed(pen, colours, scene, place, layer, readers) {
  const high = place.cell * DOWN[1];
  if (high < CROSSABLE) return;
  const cells = seenCells(scene, readers);
  const holes = cells.filter(([, , counts]) => !readersWord(counts));
  const read = cells.filter(([, , counts]) => readersWord(counts));
  const middles = holes.map(([column, row]) => place.project(column, row, layer));
  pen.lines(middles.flatMap(([x, y]) => crossEnds(x, y, high * 0.3)), { stroke: colours.hole, lineWidth: high > 5 ? 1.2 : 0.8 });
  if (high * 0.85 < READABLE) return;
  read.forEach(([column, row, counts]) => {
    const words = coneWord(counts);
    const size = Math.min(high * 0.85, (place.cell * 1.2) / words.length, 13);
    const [x, y] = place.project(column, row, layer);
    if (size >= READABLE) pen.text(x, y, words, { fill: inkOn(coneFill(colours, counts, readers.top ** 2)), size });
  });
}

/** The lines from the layer above down to this one: each of them, or the four edges of the cone. */
function paintWires(pen, colours, scene, place, layer) {
  scene.outputs.forEach((output, i) => {
    const style = { stroke: `${i ? colours.second : colours.tap}88`, lineWidth: i ? 1.8 : 1.1 };
    pen.lines(wiresOf(scene, place, output, layer, [1, 1, 1]), style);
  });
}

function wiresOf(scene, place, output, layer, shares) {
  const [counts, reach] = [scene.at.counts[layer + 1], scene.dilations[layer]];
  const rows = usedPlaces(counts, output.row);
  const columns = usedPlaces(counts, output.column);
  const all = 9 * rows.length * columns.length <= MOST_WIRES;
  const ends = (places) => (all ? places : [...new Set([places[0], places.at(-1)])]);
  const taps = (places, at) => (all || places.length === 1 ? [-1, 0, 1] : [at === places[0] ? -1 : 1]);
  return ends(rows).flatMap((row) => ends(columns).flatMap((column) => (
    taps(rows, row).flatMap((low) => taps(columns, column).map((right) => {
      const share = shares[right + 1];
      const [from, to] = [place.project(column, row, layer + 1), place.project(column + right * reach, row + low * reach, layer)];
      return [...from, from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    }))
  )));
}

/** Values on their way down: copies of the plane above, which keep to a plane between the two. */
function paintFalling(pen, colours, scene, place, store) {
  const { from, to, dilation, shares } = scene.at.moving;
  scene.outputs.forEach((output, i) => {
    pen.lines(wiresOf(scene, place, output, to, shares), { stroke: `${i ? colours.second : colours.tap}88`, lineWidth: i ? 1.8 : 1.1 });
  });
  const start = place.project(0, 0, from);
  const ways = coneShifts(dilation, shares).map(([column, row, share]) => {
    const [x, y] = place.project(column, row, from);
    return [x - start[0], y - start[1] + (place.level(to) - place.level(from)) * share];
  });
  stampCopies(pen, store, scene.restKey(colours), windowBox(scene, place, from), ways, (sheet) => paintValues(sheet, colours, scene, place, from));
}

/** The values of a plane as small squares. */
function paintValues(pen, colours, scene, place, layer) {
  const side = Math.max(0.5, 2 / place.cell);
  pen.inPlane(place.plane(layer), () => scene.outputs.forEach((output, i) => {
    const columns = usedPlaces(scene.at.counts[layer], output.column);
    const squares = usedPlaces(scene.at.counts[layer], output.row).flatMap((row) => (
      columns.map((column) => [column - side / 2, row - side / 2, side, side])
    ));
    pen.rects(squares, { fill: scene.outputs.length < 2 ? colours.focus : i ? colours.second : colours.tap });
  }));
}

/** The box on the screen around what the outputs see of a plane. */
function windowBox(scene, place, layer) {
  const { half, columns } = arrivedIn(scene, layer);
  const wide = (columns.at(-1) - columns[0]) / 2;
  const points = corners(place, layer, columns[0] + wide, scene.outputs[0].row, Math.max(half, wide));
  const [left, top] = [0, 1].map((axis) => Math.floor(Math.min(...points.map((point) => point[axis]))));
  const [right, low] = [0, 1].map((axis) => Math.ceil(Math.max(...points.map((point) => point[axis]))));
  return { x: left, y: top, width: right - left, height: low - top };
}

/** All that a cell reads and that reads it, as frames; the planes say which is which: below it and above it. */
function paintLitPlanes(pen, colours, scene, place) {
  const { layer, column, row } = scene.lit;
  const [across, down] = [coneLinks(scene.dilations, layer, column), coneLinks(scene.dilations, layer, row)];
  scene.halves.forEach((_, other) => {
    if (other === layer) return;
    const stroke = other < layer ? colours.focus : colours.both;
    const ends = down[other].flatMap((low) => across[other].flatMap((right) => edges(corners(place, other, right, low, -0.05))));
    pen.lines(ends, { stroke, lineWidth: 1.6 });
    const home = place.project(column, row, layer);
    const nearest = Math.abs(other - layer) === 1 ? down[other].flatMap((low) => across[other].map((right) => place.project(right, low, other))) : [];
    pen.lines(nearest.map((end) => [...home, ...end]), { stroke, lineWidth: 1.2 });
  });
}

function edges(points) {
  return points.map((point, i) => [...point, ...points[(i + 1) % points.length]]);
}

function spaceCells(scene, place, colours) {
  const { halves } = scene;
  const last = halves.length - 1;
  const starts = halves.map((_, layer) => halves.slice(layer + 1).reduce((sum, half) => sum + 2 * half + 1, 0));
  const layerOf = (row) => starts.findIndex((start, layer) => row >= start && row < start + 2 * halves[layer] + 1);
  const cellOf = ({ row, column }) => {
    const layer = layerOf(row);
    return { layer, column: column - halves[0], row: row - starts[layer] - halves[layer] };
  };
  return {
    rows: starts[0] + 2 * halves[0] + 1,
    columns: 2 * halves[0] + 1,
    cellOf,
    at: (x, y) => {
      for (let layer = last; layer >= 0; layer -= 1) {
        const { column, row } = unprojectCone(place, layer, x, y);
        if (Math.max(Math.abs(column), Math.abs(row)) <= halves[layer]) return { row: row + starts[layer] + halves[layer], column: column + halves[0] };
      }
      return null;
    },
    nearest: ({ row, column }) => ({ row, column: halves[0] + clampTo(column - halves[0], halves[layerOf(row)]) }),
    describe: (row, column) => scene.describe(cellOf({ row, column })),
    mark: (pen, cell) => {
      const { layer, column, row } = cellOf(cell);
      const outline = corners(place, layer, column, row, 0);
      pen.curve([...outline, outline[0], outline[1]], { stroke: colours.focus, lineWidth: 3 });
    },
  };
}
