// The lattice of a common divisor: read, missed although on the lattice, or on another sub-grid and out of reach.
import { shareInAddress } from "../kit/address.js";
import { commonDivisor, coverage, stackOf, stackWords, tapCounts } from "../kit/dilation.js";
import { latticeLimit } from "../rules/gaps_maths.js";
import { groupBy, paintCross } from "../kit/maps.js";
import { mix } from "../kit/pens.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeFrame, redrawOn } from "../kit/parts.js";

const KERNEL_SIZE = 3;
const KEY = "Filled, A: read. Cross: on the same sub-grid, not read. Grey: another sub-grid, out of reach.";

function latticeOf(model) {
  const dilations = new Array(model.get("repeats")).fill(model.get("dilations")).flat();
  const counts = tapCounts(stackOf(dilations, KERNEL_SIZE));
  return { dilations, counts, step: commonDivisor(dilations), ...coverage(counts) };
}

/** Name of a sub-grid: A for the output's own, then B, C, …; a number after Z. */
function nameOf(row, column, step) {
  const number = (row % step) * step + (column % step);
  return number < 26 ? String.fromCharCode(65 + number) : String(number + 1);
}

function paintLattice(pen, { width, colours }, lattice) {
  const { counts, step, span } = lattice;
  const cell = pen.whole(width / span);
  const start = Math.floor((width - span * cell) / 2);
  const rows = Array.from({ length: span }, (_, row) => row);
  const bands = groupBy(rows, (row) => `${row % step} ${counts[row] > 0}`).map(([, [row, ...others]]) => ({
    tops: [row, ...others].map((like) => start + like * cell),
    paint: (band) => rows.forEach((column) => paintPixel(band, colours, cell, lattice, row, column)),
  }));
  pen.bands(start, span * cell, cell, bands);
  return {
    rows: span,
    columns: span,
    box: (row, column) => ({ x: start + column * cell, y: start + row * cell, width: cell, height: cell }),
    describe: (row, column) => pixelWords(counts, step, row, column),
  };
}

/** One pixel of a row, at the height 0. */
function paintPixel(pen, colours, cell, { counts, step }, row, column) {
  const own = row % step === 0 && column % step === 0;
  const read = counts[row] > 0 && counts[column] > 0;
  const shade = 0.05 + (0.3 * ((row % step) + (column % step))) / Math.max(1, 2 * (step - 1));
  const fill = read ? colours.tap : own ? colours["hole-ground"] : mix(colours.ground, colours.quiet, shade);
  const side = cell - (cell > 6 ? 1 : 0.5);
  pen.rect(column * cell, 0, side, side, { fill });
  const [x, y] = [column * cell + cell / 2, cell / 2];
  const ink = read ? colours.ground : colours.ink;
  if (own && !read) paintCross(pen, [x, y], Math.max(1.5, cell * 0.22), colours.hole, 1.3);
  else if (cell >= 10) pen.text(x, y, nameOf(row, column, step), { fill: ink, size: Math.min(13, cell * 0.55) });
}

function pixelWords(counts, step, row, column) {
  const place = `Row ${row + 1}, column ${column + 1}`;
  if (counts[row] > 0 && counts[column] > 0) return `${place}: read.`;
  if (row % step === 0 && column % step === 0) return `${place}: on sub-grid A, but not read.`;
  return `${place}: on sub-grid ${nameOf(row, column, step)}, out of reach.`;
}

function describe({ step, span, read }) {
  const reached = `One output sees ${span} × ${span} = ${span * span} pixels and reads ${read * read}, ${percent((read / span) ** 2)}.`;
  const own = ((span - 1) / step + 1) ** 2;
  const missed = own - read * read;
  const gaps = missed === 0 ? "It misses none on its own sub-grid." : `It misses ${missed} on its own sub-grid: holes that no divisor explains.`;
  if (step === 1) return `The common divisor is 1: one grid, nothing is out of reach. ${reached} ${missed === 0 ? "There are no holes." : gaps}`;
  const limit = `At most ${own} lie on its own sub-grid, ${percent(latticeLimit(span, step))}; in the long run ${percent(1 / step ** 2)}.`;
  return `The common divisor is ${step}: ${step * step} sub-grids. ${reached} ${limit} ${gaps}`;
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

function render({ model, el }) {
  const frame = makeFrame(el, "Sub-grids of a common divisor", model);
  const unshare = shareInAddress(model, frame.warn);
  let lattice = latticeOf(model);
  frame.controls.append(make("p", { className: "hdc-cell", textContent: KEY }));
  const picture = makePicture(frame.body, {
    name: "Sub-grids",
    paint: (pen, size) => paintLattice(pen, size, lattice),
    maxWidth: 560,
  });
  addTools(frame, [picture], () => `import hdclib as hdc\n\nprint(hdc.check([${lattice.dilations.join(", ")}], kernel_size=${KERNEL_SIZE}))\n`);
  const stop = redrawOn(model, ["repeats", "dilations"], () => {
    lattice = latticeOf(model);
    const words = describe(lattice);
    picture.draw(`${stackWords(lattice.dilations, KERNEL_SIZE)} ${words} ${KEY}`);
    frame.say(words);
    Object.assign(el.dataset, { step: lattice.step, span: lattice.span, read: lattice.read });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
