// The size formulas turned round, and what the size calculator draws, as pure functions.
// tests/widgets/sizes/test_sizes_js.py compares every function here with hdclib.sizes.unknowns and hdclib.sizes.windows on random cases.
import { convSize, convTransposeSize, effectiveSize, poolSize } from "./sizes.js";

export const OPERATIONS = { conv: convSize, pool: poolSize, conv_transpose: convTransposeSize };

/**
 * Every value of one quantity, from min to max, that gives the wanted output: { values, below, above, legal }.
 * Without any, below and above are the nearest that can be had, each [value, its output] or null; legal says whether
 * any value tried is accepted at all.
 */
export function solveSize(operation, unknown, out, known, { min: low, max: high }) {
  const values = [];
  /** @type {[number, number] | null} */
  let below = null;
  /** @type {[number, number] | null} */
  let above = null;
  let legal = false;
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
  const { size, stride = 1, padding = 0 } = given;
  return tapCounts(size + padding, out, stride, given).slice(padding);
}

/**
 * How many taps lie on each of the first `length` places, if `starts` windows begin 0, stride, 2 stride, … A place is
 * met by what meets the place one dilation before it, but for the window that begins here and the one that ends there.
 */
function tapCounts(length, starts, stride, { kernelSize, dilation = 1 }) {
  const counts = new Array(length).fill(0);
  const begins = (at) => (at >= 0 && at % stride === 0 && at / stride < starts ? 1 : 0);
  for (let at = 0; at < length; at += 1) {
    counts[at] = (at < dilation ? 0 : counts[at - dilation]) + begins(at) - begins(at - kernelSize * dilation);
  }
  return counts;
}

/** How many inputs reach each output of a transposed convolution. */
export function spreadCounts(given) {
  const { size, stride = 1, padding = 0 } = given;
  return tapCounts(convTransposeSize(given) + padding, size, stride, given).slice(padding);
}

/** Inputs that reach one place of a transposed result before it is cut. */
export function spreadCountAt(place, { size, kernelSize, stride = 1, dilation = 1 }) {
  let count = 0;
  for (let tap = 0; tap < kernelSize; tap += 1) {
    const start = place - tap * dilation;
    if (start >= 0 && start % stride === 0 && start / stride < size) count += 1;
  }
  return count;
}

/** Input position in the middle of each of `out` windows, with `before` zeros in front. */
export function windowCentres(out, { kernelSize, stride = 1, before = 0, dilation = 1 }) {
  const half = (effectiveSize(kernelSize, dilation) - 1) / 2;
  return Array.from({ length: out }, (_, index) => index * stride - before + half);
}
