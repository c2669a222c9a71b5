// A stack seen from one output: which cells of every layer it reads, and where the values are on their way down.
// Layers are counted from 0, the input; convolution i leads from Layer i + 1 to Layer i + 2 of the book.
// Positions along a row are counted from the middle of the map, which is the same for every layer.
import { sharedInputs, stackOf, tapCounts } from "../kit/dilation.js";

export const CONE_KERNEL = 3;
export const CONE_ROOM = 3; // cells that the output may move to each side of the middle
const LATER = 0.16; // of a step, between the starts of two neighbouring taps
const FLIGHT = 1 - 2 * LATER; // of a step, that a value is on its way

/** Cells of each layer to either side of the middle, input first: no padding, so the maps grow smaller upwards. */
export function coneHalves(dilations) {
  return dilations.reduceRight((halves, dilation) => [halves[0] + dilation, ...halves], [CONE_ROOM]);
}

/** Paths from each cell of layer `from` to one cell of layer `to` above it, along one axis, the middle one straight below. */
export function conePaths(dilations, from, to) {
  return tapCounts(stackOf(dilations.slice(from, to), CONE_KERNEL));
}

/** What the output uses of each layer, input first; the output itself is the last. */
export function coneCounts(dilations) {
  return [...dilations.keys(), dilations.length].map((layer) => conePaths(dilations, layer, dilations.length));
}

/** Where output B stands beside output A: to the right, or to the left where the row ends. */
export function secondColumn(column, shift) {
  return column + shift <= CONE_ROOM ? column + shift : column - shift;
}

/** Cells that outputs `shift` apart both use, along a row and on an image, for each layer, input first. */
export function coneShared(dilations, shift) {
  return coneCounts(dilations).map((counts) => {
    const along = sharedInputs(counts, shift);
    return { along, image: along * counts.filter((count) => count > 0).length };
  });
}

/** Slow at both ends of the way. */
export function eased(share) {
  const within = Math.max(0, Math.min(1, share));
  return within * within * (3 - 2 * within);
}

/** How far the value of each of the three taps has come, 0 to 1, at a part of a step: the left one leaves first. */
export function tapShares(part) {
  return [0, 1, 2].map((tap) => eased((part - tap * LATER) / FLIGHT));
}

/** What has arrived in a layer: copies of the counts above, shifted by the taps that are down. */
function arrivedCounts(above, dilation, shares) {
  const counts = new Array(above.length + 2 * dilation).fill(0);
  shares.forEach((share, tap) => {
    if (share >= 1) above.forEach((count, at) => { counts[at + tap * dilation] += count; });
  });
  return counts;
}

/**
 * The way down at a position from 0, only the output, to the number of convolutions, all of it.
 *
 * counts: for each layer, input first, what has arrived along a row, or null where nothing is on its way yet.
 * moving: null between two steps, else { from, to, dilation, shares } with the share of each tap.
 */
export function coneAt(dilations, position) {
  const steps = Math.floor(position);
  const whole = coneCounts(dilations);
  const lowest = dilations.length - steps;
  const counts = whole.map((settled, layer) => (layer >= lowest ? settled : null));
  if (position === steps) return { counts, moving: null };
  const shares = tapShares(position - steps);
  const dilation = dilations[lowest - 1];
  counts[lowest - 1] = arrivedCounts(whole[lowest], dilation, shares);
  return { counts, moving: { from: lowest, to: lowest - 1, dilation, shares } };
}

/** How far each of the nine taps has carried its value: [columns, rows, share], the taps of a column together. */
export function coneShifts(dilation, shares) {
  return shares.flatMap((share, tap) => (
    share > 0 ? [-1, 0, 1].map((low) => [(tap - 1) * dilation * share, low * dilation * share, share]) : []
  ));
}

/** Positions of the cells of a row that are used, around `middle`. */
export function usedPlaces(counts, middle) {
  const half = (counts.length - 1) / 2;
  return counts.flatMap((count, at) => (count > 0 ? [middle + at - half] : []));
}

/** For each layer, input first, the positions along a row that a cell reads (below it) or that read it (above it). */
export function coneLinks(dilations, layer, place) {
  const halves = coneHalves(dilations);
  return halves.map((half, other) => {
    const paths = conePaths(dilations, Math.min(layer, other), Math.max(layer, other));
    return usedPlaces(paths, place).filter((at) => Math.abs(at) <= half);
  });
}

/** The dilation that brings the outer taps of a convolution `by` cells further out, within what is allowed. */
export function draggedDilation(dilation, by, most) {
  return Math.max(1, Math.min(most, dilation + by));
}

/** A number within −limit to limit. */
export function clampTo(value, limit) {
  return Math.max(-limit, Math.min(limit, value));
}
