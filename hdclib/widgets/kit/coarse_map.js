// A usage map too large for counts in its cells.
import { groupBy, times } from "./maps.js";
import { mix } from "./pens.js";
import { readRuns } from "./dilation.js";

const SHADES = 64;
export const LEAST_CELL = 6; // CSS pixels; smaller cells are drawn without their counts

/** Large maps, without counts: blocks shaded by use where nothing is left out, else what is read. */
export function paintCoarseMap(pen, { width, colours }, counts) {
  const cell = width / counts.length;
  const runs = readRuns(counts);
  if (runs.length === 1) paintShades(pen, cell, colours, counts);
  else paintBlocks(pen, cell, colours, runs, width);
  return {
    rows: counts.length,
    columns: counts.length,
    box: (row, column) => ({ x: column * cell, y: row * cell, width: cell, height: cell }),
    describe: (row, column) => `Row ${row + 1}, column ${column + 1}: ${times(counts[row] * counts[column])}.`,
  };
}

function paintShades(pen, cell, colours, counts) {
  const step = Math.ceil(LEAST_CELL / cell);
  const places = counts.map((_, at) => at).filter((at) => at % step === 0);
  const size = (at) => Math.min(step, counts.length - at) * cell + 0.6; // no seams
  const top = Math.max(...counts);
  const blocks = places.flatMap((row) => places.map((column) => [row, column, (counts[row] / top) * (counts[column] / top)]));
  groupBy(blocks, ([, , share]) => Math.round(SHADES * Math.sqrt(share))).forEach(([shade, alike]) => {
    const fill = mix(colours.low, colours.high, 0.12 + (0.88 * shade) / SHADES);
    pen.rects(alike.map(([row, column]) => [column * cell, row * cell, size(column), size(row)]), { fill });
  });
}

function paintBlocks(pen, cell, colours, runs, width) {
  pen.rect(0, 0, width, width, { fill: colours["hole-ground"] });
  const blocks = runs.flatMap(([row, high]) => runs.map(([column, wide]) => [column * cell, row * cell, wide * cell, high * cell]));
  pen.rects(blocks, { fill: colours.high });
}
