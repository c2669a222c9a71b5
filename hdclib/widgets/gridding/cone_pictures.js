// The same stack on a photograph and on noise: input, output, and the output sorted by sub-grid.
import { commonDivisor, stackOf } from "../kit/dilation.js";
import { filterImage, spreadOf, whiteNoise } from "../signal/signal_maths.js";
import { mix } from "../kit/pens.js";
import { CONE_KERNEL } from "./cone_maths.js";

const SIDE = 64;
const SEED = 1;
const CONE_GAP = 14; // CSS pixels between two pictures
const TITLE = 22; // CSS pixels for the name of each
const SHADES_ON_PAPER = 64;
const STACKED = 430; // on less, two pictures stand side by side and the third below them
const LOUDER = 4; // times that what is left of noise is raised, to be seen

/** Grey values 0 to 1 of a picture of 64 × 64: the photograph in base64, or noise. */
export function conePicture(kind, photograph) {
  if (kind === "noise") return whiteNoise(SIDE, SIDE, SEED).map((row) => row.map((value) => 0.5 + 0.25 * value));
  const bytes = Uint8Array.from(atob(photograph), (sign) => sign.charCodeAt(0));
  return Array.from({ length: SIDE }, (_, row) => Array.from(bytes.subarray(row * SIDE, (row + 1) * SIDE), (grey) => grey / 255));
}

/**
 * What a stack of plain averages makes of it. Edges are joined, so the side is cut to a multiple of the common
 * divisor: then no sub-grid meets another at the edge.
 */
export function coneApplied(image, dilations) {
  const step = commonDivisor(dilations);
  const side = Math.floor(SIDE / step) * step;
  const input = image.slice(0, side).map((row) => row.slice(0, side));
  const output = filterImage(input, stackOf(dilations, CONE_KERNEL));
  return { step, input, output };
}

/** The picture with all pixels of a sub-grid together: step × step small pictures. */
export function sortedByGrid(image, step) {
  const part = image.length / step;
  const from = (at) => (at % part) * step + Math.floor(at / part);
  return image.map((_, row) => image.map((__, column) => image[from(row)][from(column)]));
}

/** Whole pixels for each cell, and the corner of each picture. */
export function conePicturesLayout(width, side) {
  const across = width < STACKED ? 2 : 3;
  const cell = Math.max(1, Math.floor((width - 2 - (across - 1) * CONE_GAP) / across / side));
  const size = cell * side;
  const corner = (place) => [1 + (place % across) * (size + CONE_GAP), TITLE + Math.floor(place / across) * (size + TITLE)];
  return { cell, size, corner, height: Math.ceil(3 / across) * (size + TITLE) + 2 };
}

/** Paint the input, the output, and the output with its sub-grids side by side. */
export function paintConePictures(pen, { width, colours }, kind, { step, input, output }) {
  const layout = conePicturesLayout(width, input.length);
  const loud = kind === "noise" ? output.map((row) => row.map((value) => 0.5 + LOUDER * (value - 0.5))) : output;
  const name = kind === "noise" ? `output, contrast × ${LOUDER}` : "output";
  const pictures = [["input", input], [name, loud], ["the output, sorted by sub-grid", sortedByGrid(loud, step)]];
  pictures.forEach(([title, image], place) => {
    const [x, y] = layout.corner(place);
    pen.text(x, y - TITLE / 2, title, { fill: colours.ink, size: 13, anchor: "left", bold: true, most: layout.size });
    paintGreys(pen, image, x, y, layout.cell);
    pen.rect(x - 0.5, y - 0.5, layout.size + 1, layout.size + 1, { stroke: colours.line });
  });
}

/** One rectangle for each run of equal grey in a row; a photograph keeps black and white, by day and by night. */
function paintGreys(pen, image, x, y, cell) {
  const shadeOf = (value) => Math.max(0, Math.min(SHADES_ON_PAPER, Math.round(value * SHADES_ON_PAPER)));
  const runs = new Map();
  image.forEach((row, down) => {
    let start = 0;
    row.forEach((value, at) => {
      const shade = shadeOf(value);
      if (at + 1 < row.length && shadeOf(row[at + 1]) === shade) return;
      if (!runs.has(shade)) runs.set(shade, []);
      runs.get(shade).push([x + start * cell, y + down * cell, (at + 1 - start) * cell, cell]);
      start = at + 1;
    });
  });
  runs.forEach((boxes, shade) => pen.rects(boxes, { fill: mix("#000000", "#ffffff", shade / SHADES_ON_PAPER) }));
}

/** What happened, in words, with the standard deviation of greys from 0 to 1. */
export function conePictureWords(kind, { step, input, output }) {
  const what = kind === "noise" ? "noise" : "the photograph";
  const [before, after] = [input, output].map((image) => spreadOf(image).deviation.toFixed(3));
  const spread = `The standard deviation of the greys is ${before} before and ${after} after.`;
  if (step === 1) return `Each layer takes the mean of its nine taps. Applied to ${what}, this stack mixes every pixel with its neighbours: the output is one picture. ${spread}`;
  return `Each layer takes the mean of its nine taps. Applied to ${what}, this stack mixes only pixels that are a multiple of ${step} apart: the output is ${step * step} pictures, shuffled together. Sorted, they stand side by side. ${spread}`;
}
