// One layer, padded to the same size in three ways: which samples do its windows sit on?
import { shareInAddress } from "../kit/address.js";
import { convSize, lastRead, readPositions, samePadding, tensorflowSamePadding, tensorflowSameSize } from "./sizes.js";
import { windowCentres } from "./unknowns.js";
import { ROW, paintBoard, rowsThatFit } from "./size_drawing.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeFrame, redrawOn } from "../kit/parts.js";

const KEY = "Squares with numbers are samples of the input, empty frames are padding. Below them one row for each output; dots are taps, hollow ones read padding.";
const QUANTITIES = ["size", "kernel_size", "stride", "dilation"];

/** The three ways: { name, before, after, out, centres }. */
function waysOf(given) {
  const [half] = samePadding(given.kernelSize, given.dilation);
  const [fewer, more] = tensorflowSamePadding(given);
  const same = tensorflowSameSize(given);
  const ways = [
    { name: "alike", words: `PyTorch, padding ${half}`, before: half, after: half, out: convSize({ ...given, padding: half }) },
    { name: "upper", words: "TensorFlow SAME", before: fewer, after: more, out: same },
    { name: "lower", words: "ONNX SAME_LOWER", before: more, after: fewer, out: same },
  ];
  return ways.map((way) => ({ ...way, centres: way.out === null ? [] : windowCentres(way.out, { ...given, before: way.before }) }));
}

/** The three ways, and the picture of them. */
function stateOf(model) {
  const given = { size: model.get("size"), kernelSize: model.get("kernel_size"), stride: model.get("stride"), dilation: model.get("dilation") };
  const ways = waysOf(given);
  return { ways, board: boardOf(given, ways) };
}

function wayWords({ words, out, centres }) {
  if (out === null) return `${words}: no window fits.`;
  return `${words}: ${out} outputs, centred on samples ${centres.join(", ").replaceAll("-", "−")}.`;
}

function verdict(/** @type {any[]} */ [alike, upper]) {
  if (alike.out === null) return "With equal padding no window fits.";
  const shift = upper.centres[0] - alike.centres[0];
  if (alike.out !== upper.out) return `The first two do not even agree on the size: ${alike.out} and ${upper.out}.`;
  if (shift === 0) return "PyTorch and TensorFlow read the same samples here.";
  return `Equal size, other samples: TensorFlow's windows sit ${Math.abs(shift)} ${shift > 0 ? "further right" : "further left"} than PyTorch's.`;
}

/** For each way a title, the line of samples, and its windows. */
function boardOf(given, ways) {
  const first = -Math.max(...ways.map((way) => way.before));
  const last = Math.max(...ways.map((way) => Math.max(given.size - 1 + way.after, lastTap(given, way))));
  return { first, last, rows: ways.flatMap((way) => [titleOf(way), lineOf(given, way), ...windowsOf(given, way)]) };
}

function lastTap(given, { out, before }) {
  return out === null ? 0 : lastRead(out, { ...given, padding: before });
}

function titleOf(way) {
  return { title: `${way.words}: ${way.before} before, ${way.after} after`, words: () => wayWords(way) };
}

function lineOf({ size }, { words, before, after }) {
  const samples = (at) => {
    if (at >= 0 && at < size) return { kind: "input", text: at, words: `${words}, input sample ${at}.` };
    if (at >= -before && at < size + after) return { kind: "padding", words: `${words}, position ${at}: padding.` };
    return { kind: "outside", words: `${words}, position ${at}: outside.` };
  };
  return { label: "input", samples };
}

function windowsOf(given, way) {
  const isZero = (at) => at < 0 || at >= given.size;
  return rowsThatFit(way.out ?? 0, 5).map((index) => {
    if (index === null) return { label: "⋮", words: () => "Windows left out of the picture." };
    const taps = readPositions(index, { ...given, padding: way.before });
    const words = (at) => `${way.words}, window of output ${index}: ${taps.includes(at) ? "a tap" : "no tap"} here.`;
    return { label: `out ${index}`, taps, isZero, words };
  });
}

function render({ model, el }) {
  const frame = makeFrame(el, "Three ways of padding", model);
  const unshare = shareInAddress(model, frame.warn);
  let state = stateOf(model);
  const picture = makePicture(frame.body, {
    name: "Windows of three ways of padding",
    paint: (pen, size) => paintBoard(pen, size, state.board),
    heightFor: () => state.board.rows.length * ROW + 4,
    maxWidth: 720,
  });
  frame.body.append(make("p", { className: "hdc-cell", textContent: KEY }));
  addTools(frame, [picture]);
  const stop = redrawOn(model, QUANTITIES, () => {
    state = stateOf(model);
    const { ways } = state;
    const words = [verdict(ways), ...ways.map(wayWords)].join(" ");
    picture.draw(words);
    frame.say(words);
    ways.forEach(({ name, out, before, after, centres }) => { el.dataset[name] = `${out}; ${before} ${after}; ${centres.join(" ")}`; });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
