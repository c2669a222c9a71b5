// The size formulas turned round, and what the size calculator draws, as pure functions.
// tests/test_sizes_js.py compares every function here with hdclib.unknowns and hdclib.positions on random cases.
import { convSize, convTransposeSize, effectiveSize, poolSize, readPositions } from "./sizes.js";

export const OPERATIONS = { conv: convSize, pool: poolSize, conv_transpose: convTransposeSize };

/** The smallest and the largest value tried for each unknown, as hdclib.unknowns.SEARCHED. */
export const SEARCHED = {
  size: [1, 4096],
  kernelSize: [1, 64],
  stride: [1, 64],
  padding: [0, 64],
  dilation: [1, 64],
  outputPadding: [0, 63],
};

/**
 * Every value of one quantity that gives the wanted output: { values, below, above, legal }.
 * Without any, below and above are the nearest that can be had, each [value, its output] or null; legal says whether
 * any value tried is accepted at all.
 */
export function solveSize(operation, unknown, out, known, [low, high] = SEARCHED[unknown]) {
  const values = [];
  let [below, above, legal] = [null, null, false];
  for (let value = low; value <= high; value += 1) {
    const size = OPERATIONS[operation]({ ...known, [unknown]: value });
    if (size !== null) {
      legal = true;
      if (size === out) values.push(value);
      else if (size < out && (below === null || size > below[1])) below = [value, size];
      else if (size > out && (above === null || size < above[1])) above = [value, size];
    }
  }
  return values.length ? { values, below: null, above: null, legal } : { values, below, above, legal };
}

/** Input sizes [first, last] that one convolution maps to the same output size; null if there are none. */
export function inputSizesWithOutput(out, { kernelSize, stride = 1, padding = 0, dilation = 1 }) {
  const smallest = (out - 1) * stride + effectiveSize(kernelSize, dilation) - 2 * padding;
  const last = smallest + stride - 1;
  return last < 1 ? null : [Math.max(1, smallest), last];
}

/** The outputPadding that turns `size` into `out`; null if none does. */
export function outputPaddingFor(size, out, { kernelSize, stride = 1, padding = 0, dilation = 1 }) {
  const missing = out - ((size - 1) * stride + effectiveSize(kernelSize, dilation) - 2 * padding);
  return missing >= 0 && missing < Math.max(stride, dilation) ? missing : null;
}

/** How many of `out` windows read each input sample; a zero is a sample that no window reads. */
export function readCounts(out, given) {
  const counts = new Array(given.size).fill(0);
  for (let index = 0; index < out; index += 1) {
    readPositions(index, given).forEach((at) => {
      if (at >= 0 && at < given.size) counts[at] += 1;
    });
  }
  return counts;
}

/** How many inputs reach each output of a transposed convolution. */
export function spreadCounts(given) {
  const { size, kernelSize, stride = 1, padding = 0, dilation = 1 } = given;
  const counts = new Array(convTransposeSize(given)).fill(0);
  for (let at = 0; at < size; at += 1) {
    for (let tap = 0; tap < kernelSize; tap += 1) {
      const place = at * stride + tap * dilation - padding;
      if (place >= 0 && place < counts.length) counts[place] += 1;
    }
  }
  return counts;
}

/** Input position in the middle of each of `out` windows, with `before` zeros in front. */
export function windowCentres(out, { kernelSize, stride = 1, before = 0, dilation = 1 }) {
  const half = (effectiveSize(kernelSize, dilation) - 1) / 2;
  return Array.from({ length: out }, (_, index) => index * stride - before + half);
}
