// What the chapters on the rules need, as pure functions. tests/widgets/rules/test_gaps_scripts.py compares each with hdclib.
import { isHoleFree, tapCounts } from "../kit/dilation.js";

/** What one final output reads of each layer's input, first layer first: hdclib.descent_counts. */
export function descentCounts(layers) {
  return layers.map((_, first) => tapCounts(layers.slice(first)));
}

/** What one value of Layer 2, 3, … reads of the stack's input: hdclib.stage_counts. */
export function stageCounts(layers) {
  return layers.map((_, last) => tapCounts(layers.slice(0, last + 1)));
}

/** The two neighbouring samples read that are furthest apart, or null: hdclib.widest_step. */
export function widestStep(counts) {
  /** @type {[number, number] | null} */
  let ends = null;
  let last = -1;
  counts.forEach((count, at) => {
    if (count === 0) return;
    if (last >= 0 && (!ends || at - last > ends[1] - ends[0])) ends = [last, at];
    last = at;
  });
  return ends;
}

/** Which layers see which earlier ones without a hole: hdclib.hole_free_pairs. */
export function holeFreePairs(layers) {
  return layers.map((_, first) => layers.map((__, last) => last >= first && isHoleFree(layers.slice(first, last + 1))));
}

/** Largest share of the window that a stack on a lattice of this step can read: hdclib.lattice_limit. */
export function latticeLimit(span, step) {
  return (((span - 1) / step + 1) / span) ** 2;
}
