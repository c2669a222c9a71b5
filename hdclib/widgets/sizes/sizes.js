// Output sizes and window positions along one axis, as pure functions; the stepper and the size calculator share them.
// tests/widgets/sizes/test_sizes_js.py compares every function here with hdclib.sizes, frameworks and positions on random cases.
// A case is { size, kernelSize, stride = 1, padding = 0, dilation = 1, … } of whole numbers within the limits of hdclib;
// null stands for a case that hdclib refuses.

/** Samples that a dilated kernel spans, the skipped ones included. */
export function effectiveSize(kernelSize, dilation = 1) {
  return dilation * (kernelSize - 1) + 1;
}

/** Windows of a convolution that fit into the padded input. */
export function convSize({ size, kernelSize, stride = 1, padding = 0, dilation = 1 }) {
  const room = size + 2 * padding - effectiveSize(kernelSize, dilation);
  return room < 0 ? null : Math.floor(room / stride) + 1;
}

/** Windows of a pool; with ceilMode one may hang over the end, unless it would start in the right padding. */
export function poolSize({ size, kernelSize, stride = kernelSize, padding = 0, dilation = 1, ceilMode = false }) {
  if (padding > Math.floor(kernelSize / 2)) return null;
  const room = size + 2 * padding - effectiveSize(kernelSize, dilation) + (ceilMode ? stride - 1 : 0);
  const windows = Math.floor(room / stride) + 1;
  if (windows < 1) return null;
  return ceilMode && (windows - 1) * stride >= size + padding ? windows - 1 : windows;
}

/** Output samples of a transposed convolution. */
export function convTransposeSize({ size, kernelSize, stride = 1, padding = 0, outputPadding = 0, dilation = 1 }) {
  if (outputPadding >= stride && outputPadding >= dilation) return null;
  const out = (size - 1) * stride + effectiveSize(kernelSize, dilation) + outputPadding - 2 * padding;
  return out < 1 ? null : out;
}

/** Zeros [before, after] that keep the size at stride 1; an odd one comes after. */
export function samePadding(kernelSize, dilation = 1) {
  return halves(effectiveSize(kernelSize, dilation) - 1);
}

/** Output samples of TensorFlow's "same": the input divided by the stride, rounded up. */
export function tensorflowSameSize({ size, stride = 1 }) {
  return Math.ceil(size / stride);
}

/** Zeros [before, after] of TensorFlow's "same" and ONNX's SAME_UPPER; SAME_LOWER swaps them. */
export function tensorflowSamePadding({ size, kernelSize, stride = 1, dilation = 1 }) {
  const last = (tensorflowSameSize({ size, stride }) - 1) * stride;
  return halves(Math.max(0, last + effectiveSize(kernelSize, dilation) - size));
}

/** Output samples of Keras's transposed convolution; outputPadding null means that it is left out. */
export function kerasConvTransposeSize({ size, kernelSize, stride = 1, same, outputPadding = null, dilation = 1 }) {
  if (stride > 1 && dilation > 1) return null;
  const span = effectiveSize(kernelSize, dilation);
  if (outputPadding === null) return same ? size * stride : (size - 1) * stride + Math.max(span, stride);
  if (outputPadding >= stride) return null;
  const out = (size - 1) * stride + (same ? span % 2 : span) + outputPadding;
  return out < 1 ? null : out;
}

/** Input position under each tap for one output sample; those outside 0 … size - 1 lie in the padding. */
export function readPositions(index, { kernelSize, stride = 1, padding = 0, dilation = 1 }) {
  return Array.from({ length: kernelSize }, (_, tap) => index * stride - padding + tap * dilation);
}

/** Input position that the last tap of the last of `out` windows reads. */
export function lastRead(out, { kernelSize, stride = 1, padding = 0, dilation = 1 }) {
  return (out - 1) * stride - padding + (kernelSize - 1) * dilation;
}

/** Input position that each tap of a transposed convolution brings to one output; null between two inputs. */
export function transposedReadPositions(index, { kernelSize, stride = 1, padding = 0, dilation = 1 }) {
  return Array.from({ length: kernelSize }, (_, tap) => {
    const at = index + padding - tap * dilation; // in the stretched input
    return at % stride === 0 ? at / stride : null;
  });
}

/** Zeros in front of a causal layer with which its last window ends with the input. */
export function causalPadding({ size, kernelSize, stride = 1, dilation = 1 }) {
  return Math.max(0, (Math.ceil(size / stride) - 1) * stride + effectiveSize(kernelSize, dilation) - size);
}

/**
 * Samples [before, after] that ONNX cuts off a transposed result of which `out` samples are to be left, what "same" means
 * if it is left out; null where they would be negative. Only `upper` takes an odd sample off the end.
 */
export function onnxTransposedPadding({ size, kernelSize, stride = 1, outputPadding = 0, dilation = 1 }, upper, out = size * stride) {
  const total = (size - 1) * stride + effectiveSize(kernelSize, dilation) + outputPadding - out;
  if (total < 0) return null;
  return upper ? halves(total) : halves(total).reverse();
}

/** The sizes [least, most] that TensorFlow's "same" takes as output_shape of a transposed convolution. */
export function tensorflowTransposedSizes({ size, stride = 1 }) {
  return [(size - 1) * stride + 1, size * stride];
}

/** Samples [before, after] that TensorFlow's "same" cuts off to leave `out`; null where it refuses that size. */
export function tensorflowTransposedPadding({ size, kernelSize, stride = 1, dilation = 1 }, out) {
  const [least, most] = tensorflowTransposedSizes({ size, stride });
  if (out < least || out > most) return null;
  return halves(Math.max(0, (size - 1) * stride + effectiveSize(kernelSize, dilation) - out));
}

/** What an average pool divides the sum of one window by; included says whether padding counts. */
export function poolDivisor(index, { size, kernelSize, stride = kernelSize, padding = 0, included = true }) {
  const start = index * stride - padding;
  const [first, behind] = included ? [-padding, size + padding] : [0, size];
  return Math.min(start + kernelSize, behind) - Math.max(start, first);
}

function halves(total) {
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
