// The weights of a stack, layer by layer, against the bell of the same width.
import { shareInAddress } from "../kit/address.js";
import { choiceField } from "../kit/choices.js";
import { stackOf } from "../kit/dilation.js";
import { averagingWeights, bellDistance, effectiveInputs, gaussianMatch, largestVarianceShare, middleShare, usageVariance } from "./signal_maths.js";
import { makePicture } from "../kit/picture.js";
import { addTools, makeFrame, redrawOn } from "../kit/parts.js";

const KERNEL_SIZE = 3;
const NAMES = {
  ones: "1, 1, 1, … (ordinary)",
  twos: "2, 2, 2, … (common divisor)",
  sawtooth: "1, 2, 3, 1, 2, 3, … (sawtooth)",
  rising: "1, 2, 3, 4, … (rising)",
  doubling: "1, 2, 4, 8, … (doubling)",
  tripling: "1, 3, 9, 27, … (tripling)",
};
const MARGIN = { left: 14, right: 14, top: 26, bottom: 46 };

function measure(model) {
  const dilations = model.get("schedules")[model.get("schedule")].slice(0, model.get("layers"));
  const layers = stackOf(dilations, KERNEL_SIZE);
  return {
    dilations,
    weights: averagingWeights(layers),
    bell: gaussianMatch(layers),
    deviation: Math.sqrt(usageVariance(layers)),
    middle: middleShare(layers),
    inputs: effectiveInputs(layers),
    distance: bellDistance(layers),
    widest: largestVarianceShare(layers),
  };
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

function describe({ dilations, weights, deviation, middle, inputs, distance, widest }) {
  const span = weights.length;
  const width = `Dilations ${dilations.join(", ")}: a window of ${span} samples, standard deviation ${deviation.toFixed(2)} samples, ${percent(deviation / span)} of the window.`;
  const even = `The middle half of the window has ${percent(middle)} of the weight. As good against noise as ${inputs.toFixed(1)} equal inputs.`;
  const bell = `${percent(distance)} of the weight is not where the bell has it; the widest layer makes ${percent(widest)} of the variance.`;
  return `${width} ${even} ${bell}`;
}

function paintBell(pen, { width, height, colours }, { weights, bell, deviation }) {
  const span = weights.length;
  const [across, down] = [width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
  const top = Math.max(...weights, ...bell);
  const step = across / span;
  const x = (at) => MARGIN.left + at * step;
  const y = (weight) => MARGIN.top + (1 - weight / top) * down;
  pen.rect(x(span / 4), MARGIN.top, across / 2, down, { fill: colours.low });
  pen.text(x(span / 2), 12, "middle half of the window", { fill: colours.quiet, size: 12 });
  const bar = Math.max(step > 4 ? step - 1 : step, 0.75);
  const bars = weights.map((weight, at) => [x(at), y(weight), bar, y(0) - y(weight)]);
  pen.rects(bars.filter((_, at) => weights[at] > 0), { fill: colours.tap });
  const steps = Math.max(span - 1, Math.round(across / 3)); // fine enough to look round
  const points = Array.from({ length: steps + 1 }, (_, step) => (step * (span - 1)) / steps);
  const bellAt = (at) => bell[(span - 1) / 2] * Math.exp(-((at - (span - 1) / 2) ** 2) / (2 * deviation ** 2));
  pen.curve(points.map((at) => [x(at + 0.5), y(bellAt(at))]), { stroke: colours.second, lineWidth: 2.5 });
  pen.line(x(0), y(0), x(span), y(0), { stroke: colours.quiet });
  const last = (span - 1) / 2;
  [[0.5, -last], [span / 2, 0], [span - 0.5, last]].forEach(([at, sample]) => {
    pen.text(Math.max(18, Math.min(width - 18, x(at))), y(0) + 14, String(sample).replace("-", "−"), { fill: colours.quiet, size: 12 });
  });
  pen.text(width / 2, y(0) + 34, "bars: weight of each sample; line: the bell", { fill: colours.ink, size: 12 });
  return {
    rows: 1,
    columns: span,
    box: (row, column) => ({ x: x(column), y: MARGIN.top, width: step, height: down }),
    describe: (row, column) => `Sample ${column - last}: weight ${weights[column].toFixed(4)}, bell ${bell[column].toFixed(4)}.`,
  };
}

function render({ model, el }) {
  const frame = makeFrame(el, "Usage counts and the bell", model);
  const unshare = shareInAddress(model, frame.warn);
  const schedule = choiceField(model, "schedule", "Dilations", NAMES);
  frame.controls.append(schedule.element);
  let state = measure(model);
  const picture = makePicture(frame.body, {
    name: "Weights and bell",
    paint: (pen, size) => paintBell(pen, size, state),
    heightFor: (width) => Math.max(220, Math.round(width * 0.5)),
  });
  addTools(frame, [picture], () => `import hdclib as hdc\n\nprint(hdc.signal.bell_distance([${state.dilations.join(", ")}], kernel_size=${KERNEL_SIZE}))\n`);
  const stop = redrawOn(model, ["layers", "schedule", "schedules"], () => {
    state = measure(model);
    schedule.show();
    const words = describe(state);
    picture.draw(`${words} Kernel size ${KERNEL_SIZE}.`);
    frame.say(words);
    el.dataset.dilations = state.dilations.join(" ");
    ["deviation", "middle", "inputs", "distance", "widest"].forEach((name) => { el.dataset[name] = state[name].toFixed(6); });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
