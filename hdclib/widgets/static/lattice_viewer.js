// The lattice of a common divisor: read, missed although on the lattice, or on another sub-grid and out of reach.
import { commonDivisor, coverage, stackOf, tapCounts } from "./dilation.js";
import { latticeLimit } from "./gaps_maths.js";
import { paintCross } from "./maps.js";
import { mix } from "./pens.js";
import { makePicture } from "./picture.js";
import { addTools, make, makeFrame, redrawOn, shareInAddress } from "./parts.js";

const KERNEL_SIZE = 3;
const DILATIONS = ["dilation_1", "dilation_2", "dilation_3"];
const SHARED = { repeats: { min: 1, max: 3 } };
DILATIONS.forEach((trait) => { SHARED[trait] = { min: 1, max: 8 }; });

function latticeOf(model) {
  const once = DILATIONS.map((trait) => model.get(trait));
  const dilations = new Array(model.get("repeats")).fill(once).flat();
  const counts = tapCounts(stackOf(dilations, KERNEL_SIZE));
  return { once, dilations, counts, step: commonDivisor(dilations), ...coverage(counts) };
}

/** Name of a sub-grid: A for the output's own, then B, C, …; a number after Z. */
function nameOf(row, column, step) {
  const number = (row % step) * step + (column % step);
  return number < 26 ? String.fromCharCode(65 + number) : String(number + 1);
}

function paintLattice(pen, { width, colours }, { counts, step, span }) {
  const cell = width / span;
  const room = cell > 6 ? 1 : 0.5;
  const letters = cell >= 10;
  for (let row = 0; row < span; row += 1) {
    for (let column = 0; column < span; column += 1) {
      const own = row % step === 0 && column % step === 0;
      const read = counts[row] > 0 && counts[column] > 0;
      const shade = 0.05 + (0.3 * ((row % step) + (column % step))) / Math.max(1, 2 * (step - 1));
      const fill = read ? colours.tap : own ? colours["hole-ground"] : mix(colours.ground, colours.quiet, shade);
      pen.rect(column * cell, row * cell, cell - room, cell - room, { fill });
      const [x, y] = [column * cell + cell / 2, row * cell + cell / 2];
      if (own && !read) paintCross(pen, [x, y], Math.max(1.5, cell * 0.22), colours.hole, 1.3);
      else if (letters) pen.text(x, y, nameOf(row, column, step), { fill: read ? colours.ground : colours.ink, size: Math.min(13, cell * 0.55) });
    }
  }
  return {
    rows: span,
    columns: span,
    box: (row, column) => ({ x: column * cell, y: row * cell, width: cell, height: cell }),
    describe: (row, column) => pixelWords(counts, step, row, column),
  };
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
  const frame = makeFrame(el, "Sub-grids of a common divisor");
  const unshare = shareInAddress(model, SHARED, frame.warn);
  const key = "Filled, A: read. Cross: on the same sub-grid, not read. Grey: another sub-grid, out of reach.";
  frame.controls.append(make("p", { className: "hdc-cell", textContent: key }));
  const picture = makePicture(frame.body, {
    name: "Sub-grids",
    paint: (pen, size) => paintLattice(pen, size, latticeOf(model)),
    maxWidth: 560,
  });
  addTools(frame, [picture], () => `import hdclib as hdc\n\nprint(hdc.check([${latticeOf(model).dilations.join(", ")}], kernel_size=${KERNEL_SIZE}))\n`);
  const stop = redrawOn(model, ["repeats", ...DILATIONS], () => {
    const lattice = latticeOf(model);
    const words = describe(lattice);
    picture.draw(words);
    frame.say(words);
    Object.assign(el.dataset, { step: lattice.step, span: lattice.span, read: lattice.read });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
