// The same layer in other frameworks.
import { causalPadding, convSize, kerasConvTransposeSize, onnxTransposedPadding, poolDivisor, tensorflowSamePadding, tensorflowSameSize, tensorflowTransposedPadding, tensorflowTransposedSizes } from "./sizes.js";

/** Rows of the comparison: [setting, output, added before and after]. */
export function frameworkRows({ operation, drawn, out, wanted }) {
  if (!drawn) return [];
  return operation === "conv_transpose" ? transposedRows(drawn, out, wanted) : windowRows(operation, drawn, out);
}

function windowRows(operation, drawn, out) {
  const { padding, stride, dilation } = drawn;
  const [before, after] = tensorflowSamePadding(drawn);
  const same = tensorflowSameSize(drawn);
  const valid = convSize({ ...drawn, padding: 0 }); // a pool counts its windows as a convolution does
  const keras = stride > 1 && dilation > 1 ? ' (tf.nn; Keras layers refuse stride and dilation above 1 together)' : "";
  const given = [`PyTorch, padding=${padding}; ONNX, pads=[${padding}, ${padding}]`, out, `${padding}, ${padding}`];
  const runtime = dilation > 1 ? " (ONNX Runtime refuses it with a dilation above 1)" : "";
  const dilated = operation === "pool" && dilation > 1;
  const none = valid ?? "none: no window fits";
  return [
    given,
    dilated ? ['TensorFlow "same": refused for dilated pools', "none", "none"] : [`TensorFlow "same"${keras}`, same, `${before}, ${after}`],
    [`ONNX SAME_UPPER${runtime}`, same, `${before}, ${after}`],
    [`ONNX SAME_LOWER${runtime}`, same, `${after}, ${before}`],
    dilated ? dilatedPoolRow(stride, none) : [`TensorFlow "valid"${keras}`, none, "0, 0"],
    ...(operation === "pool" ? averageRows(drawn, out) : causalRows(drawn)),
  ];
}

/** Keras' pooling layers have no dilation; TensorFlow's function has, at stride 1. */
function dilatedPoolRow(stride, out) {
  return stride > 1 ? ["TensorFlow, tf.nn.pool: refuses stride and dilation above 1 together", "none", "none"] : ['TensorFlow "valid" (tf.nn.pool; Keras pools have no dilation)', out, "0, 0"];
}

/** Zeros in front only: the fewest with which no block is lost, and as many as Keras adds. */
function causalRows(drawn) {
  const { size, stride, dilation, kernelSize } = drawn;
  const least = causalPadding(drawn);
  const keras = dilation * (kernelSize - 1);
  const outputs = (before) => convSize({ ...drawn, size: size + before, padding: 0 });
  const note = stride > 1 && dilation > 1 ? " (Keras layers refuse stride and dilation above 1 together)" : "";
  return [
    ["Causal, fewest zeros whose last window ends with the input", outputs(least), `${least}, 0`],
    [`Keras "causal"${note}`, outputs(keras), `${keras}, 0`],
  ];
}

/** What an average pool divides by in the first and in the last window. */
function averageRows(drawn, out) {
  if (drawn.dilation > 1) return [];
  const words = (included) => {
    const [first, last] = [0, out - 1].map((index) => poolDivisor(index, { ...drawn, included }));
    return `divides by ${first} in the first window, by ${last} in the last`;
  };
  return [true, false].map((included) => [`PyTorch average pool, count_include_pad=${included ? "True" : "False"}: ${words(included)}`, out, `${drawn.padding}, ${drawn.padding}`]);
}

function transposedRows(drawn, out, wanted) {
  const { padding, outputPadding, stride } = drawn;
  const keras = (same, given) => kerasConvTransposeSize({ ...drawn, same, outputPadding: given }) ?? "refused";
  const runtime = outputPadding >= stride ? "; ONNX Runtime refuses output_padding that is not less than stride" : "";
  return [
    [`PyTorch and ONNX, padding ${padding}, output_padding=${outputPadding}${runtime}`, out],
    ...sameRows(drawn),
    ...shapeRows(drawn, wanted),
    ['Keras "same", output_padding left out', keras(true, null)],
    [`Keras "same", output_padding=${outputPadding}`, keras(true, outputPadding)],
    ['Keras "valid", output_padding left out', keras(false, null)],
    [`Keras "valid", output_padding=${outputPadding}`, keras(false, outputPadding)],
  ];
}

/** Where the framework is told a word, and chooses itself what to cut off. */
function sameRows(drawn) {
  const [least, most] = tensorflowTransposedSizes(drawn);
  const sizes = least === most ? String(least) : `any from ${least} to ${most}`;
  return [
    ['TensorFlow "same": output_shape says which', sizes],
    ...[["UPPER", true], ["LOWER", false]].map(([word, upper]) => [`ONNX SAME_${word}${cutWords(onnxTransposedPadding(drawn, upper), ": asks for negative pads")}`, most]),
  ];
}

/** Where it is told the size itself, as output_shape. */
function shapeRows(drawn, wanted) {
  const tensorflow = tensorflowTransposedPadding(drawn, wanted);
  const onnx = onnxTransposedPadding(drawn, false, wanted);
  return [
    [`TensorFlow "same", output_shape=${wanted}${cutWords(tensorflow, "")}`, tensorflow ? wanted : "refused"],
    [`ONNX, output_shape=[${wanted}]${cutWords(onnx, ": asks for negative pads")}`, onnx ? wanted : "refused"],
  ];
}

function cutWords(pads, none) {
  return pads ? `, cuts ${pads.join(" and ")} off` : none;
}
