// The cone from above: the map of one layer, as one value of the last layer uses it.
import { clampTo, coneLinks, coneShifts, usedPlaces } from "./cone_maths.js";
import { arrivedIn, paintConeCells, stampCopies } from "./cone_cells.js";
import { groupBy } from "../kit/maps.js";

const WIDEST_CELL = 28; // CSS pixels

/** Which layer is seen: the lowest that something has arrived in, or is on its way to. */
export function layerFromAbove({ counts }) {
  return counts.findIndex((arrived) => arrived !== null);
}

/** Places of everything for a width: all layers lie over each other, on the grid of the input. */
export function coneAboveLayout(width, half) {
  const cell = Math.min(WIDEST_CELL, (width - 2) / (2 * half + 1));
  return { cell, unit: cell, height: (2 * half + 1) * cell + 2, left: (column) => 1 + (column + half) * cell, top: (row) => 1 + (row + half) * cell };
}

/** Paint the scene; returns the walkable cells of the layer that is seen. */
export function paintConeAbove(pen, size, scene, stores) {
  const { width, colours } = size;
  const place = coneAboveLayout(width, scene.shown);
  const layer = layerFromAbove(scene.at);
  pen.still(stores.filling, scene.key(colours), width, place.height, (sheet) => paintLayer(sheet, colours, scene, place, layer));
  if (scene.at.moving) paintGliding(pen, colours, scene, place, stores.flight);
  paintOutputs(pen, colours, scene, place);
  if (scene.lit) paintLitMap(pen, colours, scene, place, layer);
  return aboveCells(scene, place, colours, layer);
}

function paintLayer(pen, colours, scene, place, layer) {
  const half = scene.halves[layer];
  const box = [place.left(-half), place.top(-half), (2 * half + 1) * place.cell, (2 * half + 1) * place.cell];
  pen.rect(...box, { stroke: colours.quiet });
  const readers = arrivedIn(scene, layer);
  const { columns } = readers;
  const { row } = scene.outputs[0];
  const first = columns[0];
  const rows = readers.counts.map((count, at) => [count, place.top(row + at - readers.half)]);
  const bands = groupBy(rows, ([count]) => count).map(([count, alike]) => ({
    tops: alike.map(([, top]) => top),
    paint: (band) => {
      const entries = columns.map((column) => [(column - first) * place.cell, 0, readers.along(column).map((along) => along * count)]);
      paintConeCells(band, colours, { width: place.cell, height: place.cell }, entries, readers.top ** 2);
    },
  }));
  pen.bands(place.left(first), (columns.at(-1) - first + 1) * place.cell, place.cell, bands);
}

/** A ring where each output stands. */
function paintOutputs(pen, colours, scene, place) {
  scene.outputs.forEach(({ column, row }, i) => {
    const centre = [place.left(column) + place.cell / 2, place.top(row) + place.cell / 2];
    pen.circle(...centre, Math.max(3, place.cell * 0.55), { stroke: i ? colours.second : colours.ink, lineWidth: 2 });
  });
}

/** The copies of what is used above, on their way to their places: glassy, since they pass over each other. */
function paintGliding(pen, colours, scene, place, store) {
  const { from, dilation, shares } = scene.at.moving;
  const { half, columns } = arrivedIn(scene, from);
  const [x, y] = [place.left(columns[0]), place.top(scene.outputs[0].row - half)].map(Math.floor);
  const box = { x, y, width: Math.ceil(columns.length * place.cell) + 1, height: Math.ceil((2 * half + 1) * place.cell) + 1 };
  const ways = coneShifts(dilation, shares).map(([column, row]) => [column * place.cell, row * place.cell]);
  stampCopies(pen, store, scene.restKey(colours), box, ways, (sheet) => paintGlass(sheet, colours, scene, place, from));
}

function paintGlass(pen, colours, scene, place, layer) {
  const side = place.cell * 0.86;
  scene.outputs.forEach((output, i) => {
    const columns = usedPlaces(scene.at.counts[layer], output.column);
    const squares = usedPlaces(scene.at.counts[layer], output.row).flatMap((row) => (
      columns.map((column) => [place.left(column), place.top(row), side, side])
    ));
    pen.rects(squares, { fill: `${i ? colours.second : colours.tap}50` });
  });
}

/** The cells of the output's layer that read the cell that the reader points at. */
function paintLitMap(pen, colours, scene, place, layer) {
  const top = scene.dilations.length;
  const [across, down] = [scene.lit.column, scene.lit.row].map((at) => coneLinks(scene.dilations, layer, at)[top]);
  const rings = down.flatMap((row) => across.map((column) => [place.left(column) + place.cell / 2, place.top(row) + place.cell / 2]));
  pen.circles(rings, Math.max(2, place.cell * 0.38), { stroke: colours.both, lineWidth: 2 });
}

function aboveCells(scene, place, colours, layer) {
  const half = scene.halves[layer];
  const box = (row, column) => ({ x: place.left(column - half), y: place.top(row - half), width: place.cell, height: place.cell });
  const cellOf = ({ row, column }) => ({ layer, column: column - half, row: row - half });
  return {
    rows: 2 * half + 1,
    columns: 2 * half + 1,
    box,
    cellOf,
    nearest: ({ row, column }) => ({ row: clampTo(row - half, half) + half, column: clampTo(column - half, half) + half }),
    describe: (row, column) => scene.describe(cellOf({ row, column })),
  };
}
