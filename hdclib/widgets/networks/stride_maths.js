// Two convolutions of kernel size 3 along one axis, the first with a stride that turns into the dilation of the second.
// Cells of Layers 2 and 3 stand over the middle of what they read of Layer 1.
export const STRIDE_SAMPLES = 21; // of Layer 1, without padding

function places(first, step, last) {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step);
}

/** Cells of Layers 2 and 3 with the stride, and with a dilation in its place: [first to last of each]. */
export function strideCells(stride) {
  const [first, last] = [1, STRIDE_SAMPLES - 2];
  const second = places(first, stride, last);
  return {
    strided: [second, second.slice(1, -1)],
    dense: [places(first, 1, last), places(first + stride, 1, last - stride)],
  };
}

/** The output that is followed: the middle one of those with the stride. */
export function strideOutput(stride) {
  const [, outputs] = strideCells(stride).strided;
  return outputs[Math.floor((outputs.length - 1) / 2)];
}

/** How far apart the taps of the second convolution are, in cells of Layer 1, at a position from 0 to 3. */
export function tapDistance(stride, position) {
  return 1 + (stride - 1) * Math.min(1, Math.abs(1 - position));
}

/** Cells of Layer 1 from the first to the last that the output reads after a whole number of steps. */
export function strideSpan(stride, step) {
  return 3 + 2 * tapDistance(stride, step);
}
