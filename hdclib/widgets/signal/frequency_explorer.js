// Which waves a stack of averages lets through.
import { shareInAddress } from "../kit/address.js";
import { choiceField } from "../kit/choices.js";
import { commonDivisor, coverage, stackOf, tapCounts } from "../kit/dilation.js";
import { frequencyResponse, responseZeros, sideLobe } from "./signal_maths.js";
import { makePicture } from "../kit/picture.js";
import { addTools, makeFrame, redrawOn } from "../kit/parts.js";

const KERNEL_SIZE = 3;
const STOPS = 72; // stops of the walk from frequency 0 to 1
const FLOOR = 0.001; // lowest gain on the logarithmic scale
const MARGIN = { left: 46, right: 14, top: 44, bottom: 62 };

function measure(model) {
  const dilations = model.get("dilations");
  const layers = stackOf(dilations, KERNEL_SIZE);
  const zeros = responseZeros(layers).map(([top, below]) => `${top}/${below}`);
  const nyquist = frequencyResponse(layers, 0.5);
  return { dilations, layers, zeros, nyquist, step: commonDivisor(dilations), lobe: sideLobe(layers), scale: model.get("scale") };
}

/** What is shown: the gain of the finest wave, and what else comes through. */
function describe({ dilations, layers, nyquist, step, lobe }) {
  const finest = `Dilations ${dilations.join(", ")}: the finest wave (frequency 1/2: plus, minus, plus) has gain ${gainWords(nyquist)}.`;
  const period = `Fault: all dilations are multiples of ${step}: the curve repeats every 1/${step}, so a wave of frequency 1/${step} comes through like a constant.`;
  const leak = `Side lobe, the strongest gain beyond the first zero: ${lobe.gain.toFixed(3)} at frequency ${lobe.frequency.toFixed(3)}. ${faultWords(layers)}`;
  return `${finest} ${step > 1 ? period : leak}`;
}

/** Which fault a stack without a common divisor has. */
function faultWords(layers) {
  const counts = tapCounts(layers);
  const { holes } = coverage(counts);
  if (holes === 0) return "No fault: every sample is read.";
  return counts[(counts.length + 1) / 2] === 0
    ? `Fault: the samples beside the middle one are missed (${holes} holes along an axis).`
    : `Fault: ${holes} holes along an axis; the samples beside the middle one are read.`;
}

/** What the picture says besides to whoever does not see it. */
function describeZeros({ zeros, step }) {
  const shown = zeros.length > 8 ? `${zeros.slice(0, 8).join(", ")} and ${zeros.length - 8} more` : zeros.join(", ");
  const once = step > 1 ? "" : " No number above 1 divides all dilations: within 0 to 1 the curve repeats nowhere.";
  return `Wiped out: ${shown}.${once}`;
}

/** A gain; a negative one turns the wave around, and the curve shows its size. */
function gainWords(gain) {
  const size = Math.abs(gain).toFixed(3);
  return gain < 0 && Number(size) > 0 ? `−${size} (size ${size})` : size;
}

/** Where a frequency and a gain lie in the picture. */
function makeAxes(width, height, scale) {
  const [across, down] = [width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
  const share = (gain) => (scale === "linear" ? gain : 1 - Math.log(Math.max(gain, FLOOR)) / Math.log(FLOOR));
  return {
    across,
    down,
    x: (frequency) => MARGIN.left + frequency * across,
    y: (gain) => MARGIN.top + (1 - share(gain)) * down,
  };
}

function paintGround(pen, colours, axes, state) {
  const ticks = state.scale === "linear" ? [0, 0.5, 1] : [0.001, 0.01, 0.1, 1];
  pen.rect(axes.x(0.5), MARGIN.top, axes.across / 2, axes.down, { fill: colours.low });
  ticks.forEach((gain) => {
    pen.line(axes.x(0), axes.y(gain), axes.x(1), axes.y(gain), { stroke: colours.line });
    pen.text(axes.x(0) - 6, axes.y(gain), String(gain), { fill: colours.quiet, size: 12, anchor: "right" });
  });
  [0, 0.25, 0.5, 0.75, 1].forEach((frequency) => {
    pen.text(axes.x(frequency), axes.y(state.scale === "linear" ? 0 : FLOOR) + 14, String(frequency), { fill: colours.quiet, size: 12 });
  });
  pen.text(axes.x(0.5), axes.y(0) + 32, "frequency, in cycles per sample", { fill: colours.ink, size: 12 });
  pen.text(axes.x(0.5), axes.y(0) + 50, "shaded: the first half again, mirrored", { fill: colours.quiet, size: 12 });
  pen.text(4, 10, "size of the gain", { fill: colours.ink, size: 12, anchor: "left" });
}

function paintPeriod(pen, colours, axes, { step }) {
  for (let part = 1; part < step; part += 1) {
    const x = axes.x(part / step);
    pen.line(x, MARGIN.top - 2, x, MARGIN.top + axes.down, { stroke: colours.hole, lineWidth: 2, dash: [6, 4] });
    pen.text(x, MARGIN.top - 14, `${part}/${step}`, { fill: colours.hole, size: 12, bold: true });
  }
}

function paintCurve(pen, colours, axes, { layers }) {
  const steps = Math.round(axes.across * 2);
  const frequencies = Array.from({ length: steps + 1 }, (_, step) => step / steps);
  const points = frequencies.map((frequency) => [axes.x(frequency), axes.y(Math.abs(frequencyResponse(layers, frequency)))]);
  pen.curve(points, { stroke: colours.tap, lineWidth: 2.5 });
}

function paintResponse(pen, { width, height, colours }, state) {
  const axes = makeAxes(width, height, state.scale);
  paintGround(pen, colours, axes, state);
  paintPeriod(pen, colours, axes, state);
  paintCurve(pen, colours, axes, state);
  const stop = axes.across / STOPS;
  return {
    rows: 1,
    columns: STOPS + 1,
    box: (row, column) => ({ x: axes.x(column / STOPS) - stop / 2, y: MARGIN.top, width: stop, height: axes.down }),
    describe: (row, column) => describeStop(state.layers, column),
  };
}

function describeStop(layers, column) {
  const gain = gainWords(frequencyResponse(layers, column / STOPS));
  const wave = column ? `a wave of ${(STOPS / column).toFixed(2)} samples` : "a constant";
  return `Frequency ${column}/${STOPS} = ${(column / STOPS).toFixed(3)}, ${wave}: gain ${gain}.`;
}

function render({ model, el }) {
  const frame = makeFrame(el, "Frequency response", model);
  const unshare = shareInAddress(model, frame.warn);
  const scale = choiceField(model, "scale", "Scale of the gain");
  frame.controls.append(scale.element);
  let state = measure(model);
  const picture = makePicture(frame.body, {
    name: "Frequency response",
    paint: (pen, size) => paintResponse(pen, size, state),
    heightFor: (width) => Math.max(250, Math.round(width * 0.6)),
  });
  addTools(frame, [picture], () => `import hdclib as hdc\n\nprint(hdc.signal.frequency_response([${state.dilations.join(", ")}], [0, 0.25, 0.5], kernel_size=${KERNEL_SIZE}))\n`);
  const stop = redrawOn(model, ["dilations", "scale"], () => {
    state = measure(model);
    scale.show();
    const words = describe(state);
    picture.draw(`${words} ${describeZeros(state)} Kernel size ${KERNEL_SIZE}.`);
    frame.say(words);
    Object.assign(el.dataset, { dilations: state.dilations.join(" "), nyquist: state.nyquist.toFixed(6), step: state.step });
    Object.assign(el.dataset, { zeros: state.zeros.join(" "), lobe: state.lobe.gain.toFixed(6), scale: state.scale });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
