// The exact criterion as a picture: sorted by dilation, each layer adds copies of the run that is covered so far.
import { shareInAddress } from "../kit/address.js";
import { choiceField } from "../kit/choices.js";
import { firstHole, reachSteps, readRuns, receptiveField, stackOf, tapCounts } from "../kit/dilation.js";
import { paintCross } from "../kit/maps.js";
import { onNewLength, setTraits } from "../kit/models.js";
import { makePicture } from "../kit/picture.js";
import { addTools, makeFrame, redrawOn } from "../kit/parts.js";
import { makePlayer } from "../kit/player.js";
import { eased } from "../gridding/cone_maths.js";

const ROW = 58; // height of one step, in CSS pixels
const BAR = 14; // height of one copy of the run

function stateOf(model) {
  const layers = stackOf(model.get("dilations"), model.get("kernels"));
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
function frameOf(/** @type {number[]} */ [x, y, width, height]) {
  const [left, top, right, bottom] = [x + 0.5, y + 0.5, Math.max(x + 1.5, x + width - 0.5), y + height - 0.5];
  return [[left, top, right, top], [right, top, right, bottom], [right, bottom, left, bottom], [left, bottom, left, top]];
}

/** Every copy of one step, every second one a level lower; `share` of the way from the first to their places. */
function paintStep(pen, step, { cell, width }, top, colours, share) {
  const there = share === 1;
  const fill = step.passed || !there ? colours.ink : colours.hole;
  const words = there ? labelOf(step) : `dilation ${step.spacing}, kernel ${step.kernelSize}: copies of a run of ${step.reach}`;
  pen.text(0, top + 9, words, { fill, size: 13, anchor: "left", bold: true, most: width });
  for (let tap = 0; tap < step.kernelSize; tap += 1) {
    const start = tap * step.spacing * eased(share);
    const run = [colours.tap, colours.second, colours.both][tap % 3];
    paintRuns(pen, [[start, step.reach]], cell, top + 20 + (tap % 2) * (BAR + 2), run, colours.ground);
    if (there && !step.passed && tap > 0) {
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
  paintRuns(pen, runs, cell, top + 20, colours.ink, colours.ground);
  pen.text(0, top + 20 + BAR + 10, "0", { fill: colours.quiet, size: 12, anchor: "left" });
  pen.text(field * cell, top + 20 + BAR + 10, String(field - 1), { fill: colours.quiet, size: 12, anchor: "right" });
}

/** The picture after `position` steps, whole or not; the row of all layers comes with the last. */
function paintReach(pen, { width, colours }, state, position) {
  const frame = { width, cell: width / state.field };
  const begun = state.steps.slice(0, Math.ceil(position));
  begun.forEach((step, i) => paintStep(pen, step, frame, i * ROW, colours, Math.min(1, position - i)));
  const done = position === state.steps.length;
  if (done) paintWhole(pen, state, frame, state.steps.length * ROW, colours);
  if (begun.length === 0) return null;
  return {
    rows: begun.length + (done ? 1 : 0),
    columns: 1,
    box: (row) => ({ x: 2, y: row * ROW, width: width - 4, height: ROW - 4 }),
    describe: (row) => (row < state.steps.length ? sentenceOf(state.steps[row]) : describeReach(state)),
  };
}

/** A choice of kernel size for each layer; those of layers that are not in use are hidden. */
function makeKernelChoices(model) {
  const choices = model.get("kernels").map((_, i) => choiceField(model, "kernels", `Kernel ${i + 1}`, null, i));
  function show() {
    choices.forEach((choice, i) => {
      choice.show();
      choice.element.style.display = i < model.get("dilations").length ? "" : "none";
    });
  }
  return { elements: choices.map(({ element }) => element), show };
}

/** What is said after a number of steps. */
function stepWords(state, step) {
  if (step === state.steps.length) return describeReach(state);
  return step === 0 ? "One sample, a run of 1. Each step lays down copies of the run." : sentenceOf(state.steps[step - 1]);
}

function pythonOf({ layers }) {
  const listed = layers.map(({ kernelSize, dilation }) => `hdc.ConvLayer(${kernelSize}, ${dilation})`);
  return `import hdclib as hdc\n\nlayers = [${listed.join(", ")}]\nprint(hdc.rules.reach_steps(layers), hdc.rules.first_hole(layers))\n`;
}

function render({ model, el }) {
  const frame = makeFrame(el, "Reach builder", model);
  const unshare = shareInAddress(model, frame.warn);
  const kernels = makeKernelChoices(model);
  frame.controls.append(...kernels.elements);
  let state = stateOf(model);
  let position = 0;
  const { max } = model.get("bounds").step; // all steps, however many there are
  const stepNow = () => Math.min(model.get("step"), state.steps.length);
  const player = makePlayer({
    name: "Copy after copy",
    last: () => state.steps.length,
    read: stepNow,
    write: (step) => setTraits(model, { step: step === state.steps.length ? max : step }),
    words: (step) => stepWords(state, step),
    draw: (at) => {
      position = at;
      picture.draw();
    },
  });
  frame.controls.append(player.element);
  const picture = makePicture(frame.body, {
    name: "Copies of the covered run",
    paint: (pen, size) => paintReach(pen, size, state, position),
    heightFor: () => (state.steps.length + 1) * ROW,
    maxWidth: 640,
  });
  addTools(frame, [picture], () => pythonOf(state));
  const whole = onNewLength(model, "dilations", () => setTraits(model, { step: max }));
  const stop = redrawOn(model, ["dilations", "kernels", "step"], () => {
    kernels.show();
    state = stateOf(model);
    const words = stepWords(state, stepNow());
    player.follow();
    picture.draw(words);
    frame.say(words);
    publish(el, state);
  });
  return () => [stop, whole, unshare, player.close, picture.close].forEach((end) => end());
}

/** What is shown, for tests. */
function publish(el, { steps, hole, field, runs }) {
  el.dataset.steps = steps.map(({ spacing, kernelSize, reach }) => `${spacing},${kernelSize},${reach}`).join(" ");
  el.dataset.hole = hole === null ? "" : String(hole);
  el.dataset.field = String(field);
  el.dataset.runs = runs.map((run) => run.join("+")).join(" ");
}

export default { render };
