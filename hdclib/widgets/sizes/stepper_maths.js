// One axis of a layer that walks over its input, as pure functions; tests/widgets/sizes/test_stepper_js.py compares them with hdclib.
// An axis is { transposed, size, kernelSize, stride, padding, dilation, outputPadding } of whole numbers. Places are
// counted on the grid over which the kernel moves: the padded input of a convolution, where place and input position
// are the same, or the stretched input of a transposed one, where the inputs lie a stride apart.
import { convSize, convTransposeSize, effectiveSize, readPositions, transposedReadPositions } from "./sizes.js";

/** Output samples along the axis; 0 where the layer is refused. */
export function walkSize(axis) {
  return (axis.transposed ? convTransposeSize(axis) : convSize(axis)) || 0;
}

/** Why the layer is refused, in the words of hdclib; "" if it is not. */
export function walkProblem(axis) {
  const { transposed, size, kernelSize, stride, padding, dilation, outputPadding } = axis;
  const span = effectiveSize(kernelSize, dilation);
  if (!transposed) {
    const room = size + 2 * padding;
    const shrinks = dilation > 1 ? "dilation" : "kernel_size";
    if (span <= room) return "";
    return `the kernel spans ${span} samples (kernel_size=${kernelSize}, dilation=${dilation}) but the padded input has ${room}: lower ${shrinks} or pad ${Math.floor((span - room + 1) / 2)} more on each side`;
  }
  if (outputPadding >= stride && outputPadding >= dilation) {
    return `output_padding must be less than stride=${stride} or less than dilation=${dilation}, got ${outputPadding}: give at most ${Math.max(stride, dilation) - 1}`;
  }
  const whole = (size - 1) * stride + span + outputPadding;
  if (whole > 2 * padding) return "";
  return `padding=${padding} cuts ${2 * padding} samples off a result of ${whole}: lower padding to at most ${Math.floor((whole - 1) / 2)}, or give more input samples`;
}

/** The formula of the output size, with the numbers put in. */
export function walkFormula(axis) {
  const { transposed, size, kernelSize, stride, padding, dilation, outputPadding } = axis;
  if (transposed) {
    return `(${size} − 1)·${stride} − 2·${padding} + ${dilation}·(${kernelSize} − 1) + ${outputPadding} + 1 = ${walkSize(axis)}`;
  }
  return `⌊(${size} + 2·${padding} − ${dilation}·(${kernelSize} − 1) − 1) / ${stride}⌋ + 1 = ${walkSize(axis)}`;
}

/** Place of each tap while output `index` is made, first tap first. */
export function walkPlaces(axis, index) {
  if (!axis.transposed) return readPositions(index, axis);
  return Array.from({ length: axis.kernelSize }, (_, tap) => index + axis.padding - tap * axis.dilation);
}

/** Input position under each tap while output `index` is made; null for a tap on anything else. */
export function walkReads(axis, index) {
  const positions = axis.transposed ? transposedReadPositions(index, axis) : readPositions(index, axis);
  return positions.map((at) => (at !== null && at >= 0 && at < axis.size ? at : null));
}

/** Outputs that one place feeds, through each tap; null for a tap that never lies there. */
export function walkFeeds(axis, place) {
  const out = walkSize(axis);
  const made = axis.transposed
    ? Array.from({ length: axis.kernelSize }, (_, tap) => place + tap * axis.dilation - axis.padding)
    : transposedReadPositions(place, axis);
  return made.map((index) => (index !== null && index >= 0 && index < out ? index : null));
}

/** First and last place to draw: all that the kernel meets, and a kernel that does not fit. */
export function walkBounds(axis) {
  const reach = effectiveSize(axis.kernelSize, axis.dilation) - 1;
  const last = axis.size - 1;
  if (!axis.transposed) return { low: -axis.padding, high: Math.max(last + axis.padding, reach - axis.padding) };
  const high = Math.max(last * axis.stride, walkSize(axis) - 1 + axis.padding);
  return { low: Math.min(0, axis.padding - reach), high };
}

/** What lies at a place: "input", "padding", "gap" between two inputs, "outside", or "off" beyond the padding. */
export function walkKind(axis, place) {
  if (!axis.transposed) {
    if (place >= 0 && place < axis.size) return "input";
    return place < axis.size + axis.padding ? "padding" : "off";
  }
  if (place < 0 || place > (axis.size - 1) * axis.stride) return "outside";
  return place % axis.stride === 0 ? "input" : "gap";
}

/** Input positions that no output reads. */
export function walkUnread(axis) {
  const place = (position) => (axis.transposed ? position * axis.stride : position);
  const positions = Array.from({ length: axis.size }, (_, position) => position);
  return positions.filter((position) => walkFeeds(axis, place(position)).every((index) => index === null));
}
