// The exact criterion as a picture: sorted by dilation, each layer adds copies of the run that is covered so far.
import { reachSteps, receptiveField, tapCounts } from "./dilation.js";
import { paintCross } from "./maps.js";
import { makePicture } from "./picture.js";
import { addTools, make, makeFrame, redrawOn, shareInAddress } from "./parts.js";
import { firstHole, readRuns } from "./survey_maths.js";

const MOST = 5;
const NUMBERS = Array.from({ length: MOST }, (_, i) => i + 1);
const SHARED = { layers: { min: 1, max: MOST } };
NUMBERS.forEach((number) => {
  SHARED[`dilation_${number}`] = { min: 1, max: 81 };
  SHARED[`kernel_${number}`] = { min: 2, max: 7 };
});
const ROW = 58; // height of one step, in CSS pixels
const BAR = 14; // height of one copy of the run

function stateOf(model) {
  const used = NUMBERS.slice(0, model.get("layers"));
  const layers = used.map((number) => ({ dilation: model.get(`dilation_${number}`), kernelSize: model.get(`kernel_${number}`) }));
  const steps = reachSteps(layers);
  return { layers, steps, field: receptiveField(layers), hole: firstHole(layers), runs: readRuns(tapCounts(layers)) };
}

const grownRun = ({ reach, kernelSize, spacing }) => reach + (kernelSize - 1) * spacing;

function labelOf(step) {
  const head = `dilation ${step.spacing}, kernel ${step.kernelSize}:`;
  return step.passed ? `${head} ${step.spacing} ≤ ${step.reach} ✓ run of ${grownRun(step)}` : `${head} ${step.spacing} > ${step.reach} ✗ hole at ${step.reach}`;
}

/** One step in a sentence, for those who walk over the picture. */
function sentenceOf(step) {
  const head = `Dilation ${step.spacing}, kernel size ${step.kernelSize}: ${step.kernelSize} copies of a run of ${step.reach}, ${step.spacing} apart.`;
  if (!step.passed) return `${head} They leave open ${step.spacing - step.reach} between neighbouring copies: sample ${step.reach} is the first hole.`;
  const meet = step.spacing === step.reach ? "They touch and do not overlap." : "They overlap.";
  return `${head} ${meet} The run grows to ${grownRun(step)}.`;
}

function describeReach({ layers, steps, field, hole, runs }) {
  const paths = layers.reduce((product, { kernelSize }) => product * kernelSize, 1);
  const read = runs.reduce((sum, [, length]) => sum + length, 0);
  const limit = `The kernels have ${paths} paths, so no choice of dilations covers more than ${paths} samples.`;
  if (hole === null) return `No holes: all ${field} samples are read. ${limit}`;
  const last = steps[steps.length - 1];
  return `Dilation ${last.spacing} jumps further than the run of ${last.reach}: the first hole is sample ${hole}. Read: ${read} of ${field} samples. ${limit}`;
}

const blockOf = ([start, length], cell, y) => [start * cell, y, length * cell, BAR];
const samplesOf = ([start, length]) => Array.from({ length }, (_, i) => start + i);

/** Runs of samples; single samples are told apart where there is room. */
function paintRuns(pen, runs, cell, y, fill, ground) {
  pen.rects(runs.map((run) => blockOf(run, cell, y)), { fill });
  if (cell < 5) return;
  const edges = runs.flatMap(([start, length]) => samplesOf([start, length + 1]));
  pen.lines(edges.map((at) => [at * cell, y, at * cell, y + BAR]), { stroke: ground });
}

/** What lies between the runs: crosses where there is room, else framed blocks. */
function paintOpens(pen, opens, cell, y, colours) {
  pen.rects(opens.map((open) => blockOf(open, cell, y)), { fill: colours["hole-ground"] });
  if (cell < 4) {
    pen.lines(opens.flatMap((open) => frameOf(blockOf(open, cell, y))), { stroke: colours.hole });
    return;
  }
  opens.flatMap(samplesOf).forEach((sample) => {
    paintCross(pen, [(sample + 0.5) * cell, y + BAR / 2], Math.min(4, cell * 0.3), colours.hole, 1.4);
  });
}

/** The four sides of a block, just inside. */
function frameOf([x, y, width, height]) {
  const [left, top, right, bottom] = [x + 0.5, y + 0.5, Math.max(x + 1.5, x + width - 0.5), y + height - 0.5];
  return [[left, top, right, top], [right, top, right, bottom], [right, bottom, left, bottom], [left, bottom, left, top]];
}

/** Every copy of one step, every second one a level lower. */
function paintStep(pen, step, { cell, width }, top, colours) {
  const fill = step.passed ? colours.ink : colours.hole;
  pen.text(0, top + 9, labelOf(step), { fill, size: 13, anchor: "left", bold: true, most: width });
  for (let tap = 0; tap < step.kernelSize; tap += 1) {
    const start = tap * step.spacing;
    const [lower, run] = tap % 2 ? [BAR + 2, colours.second] : [0, colours.tap];
    paintRuns(pen, [[start, step.reach]], cell, top + 20 + lower, run, colours.ground);
    if (!step.passed && tap > 0) {
      const open = [start - step.spacing + step.reach, step.spacing - step.reach];
      paintOpens(pen, [open], cell, top + 20 + BAR / 2, colours);
    }
  }
}

/** The whole stack in one line. */
function paintWhole(pen, { runs, field, steps, layers }, { cell, width }, top, colours) {
  const left = layers.length - steps.length;
  const words = left > 0 ? `all layers, also the ${left} left out above` : "all layers";
  pen.text(0, top + 9, words, { fill: colours.ink, size: 13, anchor: "left", bold: true, most: width });
  const opens = runs.slice(1).map(([start], i) => [runs[i][0] + runs[i][1], start - runs[i][0] - runs[i][1]]);
  paintOpens(pen, opens, cell, top + 20, colours);
  paintRuns(pen, runs, cell, top + 20, colours.both, colours.ground);
  pen.text(0, top + 20 + BAR + 10, "0", { fill: colours.quiet, size: 12, anchor: "left" });
  pen.text(field * cell, top + 20 + BAR + 10, String(field - 1), { fill: colours.quiet, size: 12, anchor: "right" });
}

function paintReach(pen, { width, colours }, state) {
  const frame = { width, cell: width / state.field };
  state.steps.forEach((step, i) => paintStep(pen, step, frame, i * ROW, colours));
  paintWhole(pen, state, frame, state.steps.length * ROW, colours);
  return {
    rows: state.steps.length + 1,
    columns: 1,
    box: (row) => ({ x: 2, y: row * ROW, width: width - 4, height: ROW - 4 }),
    describe: (row) => (row < state.steps.length ? sentenceOf(state.steps[row]) : describeReach(state)),
  };
}

/** A labelled list of kernel sizes for each layer. */
function makeKernelChoice(model, number) {
  const trait = `kernel_${number}`;
  const sizes = [2, 3, 4, 5, 6, 7].map((size) => new Option(String(size), String(size)));
  const select = make("select", {}, ...sizes);
  select.setAttribute("aria-label", `Kernel ${number}`);
  select.addEventListener("change", () => {
    model.set(trait, Number(select.value));
    model.save_changes();
  });
  const element = make("label", {}, `Kernel ${number} `, select);
  function show() {
    select.value = String(model.get(trait));
    element.style.display = number <= model.get("layers") ? "" : "none";
  }
  return { element, show };
}

/** Sliders of layers that are not in use are taken off the page. */
function followDepth(model) {
  NUMBERS.slice(1).forEach((number) => model.set(`display_${number}`, number <= model.get("layers") ? "flex" : "none"));
  model.save_changes();
}

function pythonOf(model) {
  const listed = stateOf(model).layers.map(({ kernelSize, dilation }) => `hdc.ConvLayer(${kernelSize}, ${dilation})`);
  return `import hdclib as hdc\n\nlayers = [${listed.join(", ")}]\nprint(hdc.reach_steps(layers), hdc.first_hole(layers))\n`;
}

function render({ model, el }) {
  const frame = makeFrame(el, "Reach builder");
  const follow = () => followDepth(model);
  model.on("change:layers", follow); // before the address sets it
  const unshare = shareInAddress(model, SHARED, frame.warn);
  const choices = NUMBERS.map((number) => makeKernelChoice(model, number));
  frame.controls.append(...choices.map(({ element }) => element));
  const picture = makePicture(frame.body, {
    name: "Copies of the covered run",
    paint: (pen, size) => paintReach(pen, size, stateOf(model)),
    heightFor: () => (stateOf(model).steps.length + 1) * ROW,
    maxWidth: 640,
  });
  addTools(frame, [picture], () => pythonOf(model));
  const stop = redrawOn(model, Object.keys(SHARED), () => {
    choices.forEach((choice) => choice.show());
    const state = stateOf(model);
    const words = describeReach(state);
    picture.draw(words);
    frame.say(words);
    publish(el, state);
  });
  return () => {
    model.off("change:layers", follow);
    [stop, unshare, picture.close].forEach((end) => end());
  };
}

/** What is shown, for tests. */
function publish(el, { steps, hole, field, runs }) {
  el.dataset.steps = steps.map(({ spacing, kernelSize, reach }) => `${spacing},${kernelSize},${reach}`).join(" ");
  el.dataset.hole = hole === null ? "" : String(hole);
  el.dataset.field = String(field);
  el.dataset.runs = runs.map((run) => run.join("+")).join(" ");
}

export default { render };
