// What the size calculator draws: windows on samples, or samples that spread.
import { rowsThatFit } from "./size_drawing.js";
import { convTransposeSize, effectiveSize, lastRead, readPositions } from "./sizes.js";
import { readCounts, spreadCountAt } from "./unknowns.js";

export function boardOf({ operation, drawn, out }) {
  if (!drawn) return null;
  return operation === "conv_transpose" ? spreadBoard(drawn) : windowBoard(drawn, out);
}

function windowBoard(drawn, out) {
  const { size, padding } = drawn;
  const counts = readCounts(out, drawn);
  const last = Math.max(size + padding - 1, lastRead(out, drawn));
  const isZero = (at) => at < 0 || at >= size;
  const samples = (at) => {
    if (at >= size + padding) return { kind: "outside", words: `Position ${at}: behind the padded input.` };
    if (isZero(at)) return { kind: "padding", words: `Position ${at}: padding.` };
    if (counts[at] === 0) return { kind: "unread", words: `Input sample ${at}: read by no window.` };
    return { kind: "input", text: at, words: `Input sample ${at}: windows that read it: ${counts[at]}.` };
  };
  const windows = rowsThatFit(out).map((index) => tapRow("out", index, index === null ? [] : readPositions(index, drawn), isZero));
  return { first: -padding, last, rows: [{ label: "input", samples }, ...windows] };
}

function spreadBoard(drawn) {
  const { size, kernelSize, stride, padding, dilation, outputPadding } = drawn;
  const out = convTransposeSize(drawn);
  const whole = (size - 1) * stride + effectiveSize(kernelSize, dilation);
  const last = Math.max(whole, padding + out) - 1;
  const samples = (at) => {
    const text = spreadCountAt(at, drawn);
    if (at < padding || at >= padding + out) return { kind: "cut", text, words: `A result that padding cuts off; inputs that reach it: ${text}.` };
    const words = `Output ${at - padding}: inputs that reach it: ${text}.`;
    if (at >= padding + out - outputPadding) return { kind: "extra", text, words: `${words} It is there through output_padding.` };
    return text === 0 ? { kind: "unread", words } : { kind: "input", text, words };
  };
  const taps = (index) => Array.from({ length: kernelSize }, (_, tap) => index * stride + tap * dilation);
  const inputs = rowsThatFit(size).map((index) => tapRow("in", index, index === null ? [] : taps(index), () => false));
  return { first: 0, last, rows: [{ label: "output", samples }, ...inputs] };
}

function tapRow(word, index, taps, isZero) {
  if (index === null) return { label: "⋮", words: () => "Rows left out of the picture." };
  const side = word === "out" ? `Window of output ${index}` : `Input ${index}`;
  const words = (at) => (taps.includes(at) ? `${side}: tap ${taps.indexOf(at)}${isZero(at) ? ", on padding" : ""}.` : `${side}: no tap here.`);
  return { label: `${word} ${index}`, taps, isZero, words };
}
