// The same layer in other frameworks.
import { convSize, kerasConvTransposeSize, poolSize, tensorflowSamePadding, tensorflowSameSize } from "./sizes.js";

/** Rows of the comparison: [setting, output, added before and after]. */
export function frameworkRows({ operation, drawn, out }) {
  if (!drawn) return [];
  return operation === "conv_transpose" ? transposedRows(drawn, out) : windowRows(operation, drawn, out);
}

function windowRows(operation, drawn, out) {
  const { padding, stride, dilation } = drawn;
  const [before, after] = tensorflowSamePadding(drawn);
  const same = tensorflowSameSize(drawn);
  const bare = { ...drawn, padding: 0, ceilMode: false };
  const valid = operation === "pool" ? poolSize(bare) : convSize(bare);
  const keras = stride > 1 && dilation > 1 ? ' (tf.nn; Keras layers refuse stride and dilation above 1 together)' : "";
  const given = [`PyTorch, padding=${padding}; ONNX, pads=[${padding}, ${padding}]`, out, `${padding}, ${padding}`];
  if (operation === "pool" && dilation > 1) return [given, ["TensorFlow and Keras: their pooling layers have no dilation", "none", "none"]];
  const runtime = dilation > 1 ? " (ONNX Runtime refuses it with a dilation above 1)" : "";
  return [
    given,
    [`TensorFlow "same"${keras}; ONNX SAME_UPPER`, same, `${before}, ${after}`],
    [`ONNX SAME_LOWER${runtime}`, same, `${after}, ${before}`],
    ['TensorFlow "valid"', valid ?? "none: no window fits", "0, 0"],
  ];
}

function transposedRows(drawn, out) {
  const { padding, outputPadding, stride } = drawn;
  const keras = (same, given) => kerasConvTransposeSize({ ...drawn, same, outputPadding: given }) ?? "refused";
  const runtime = outputPadding >= stride ? "; ONNX Runtime refuses output_padding that is not less than stride" : "";
  return [
    [`PyTorch and ONNX, padding ${padding}, output_padding=${outputPadding}${runtime}`, out],
    ['Keras "same", output_padding left out', keras(true, null)],
    [`Keras "same", output_padding=${outputPadding}`, keras(true, outputPadding)],
    ['Keras "valid", output_padding left out', keras(false, null)],
    [`Keras "valid", output_padding=${outputPadding}`, keras(false, outputPadding)],
  ];
}
