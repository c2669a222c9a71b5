// A kernel walks over its input: which inputs each output reads, and which outputs each input feeds.
import { addTools, listen, make, makeButton, makeFrame, redrawOn, shareInAddress } from "./parts.js";
import { makePicture } from "./picture.js";
import { legibleWidth, paintInputGrid, paintOutputGrid, stepperGrids } from "./stepper_grids.js";
import { walkPlaces, walkProblem, walkReads, walkSize } from "./stepper_maths.js";
import { feedsOf, formulaWords, placeWords, stepperRefusal, stepperWords } from "./stepper_words.js";

const PACE = 700; // milliseconds between two steps of Play
const GLIDE = 220; // milliseconds that the kernel takes from one place to the next
const KEY = "Numbered squares are taps: filled on an input, outlined where there is none. Hatched cells lie outside the input, and a 0 there is padding. A cross marks an input that no output reads, an output that reads no input, or a place beyond the padding.";
const FIELDS = {
  operation: { options: ["convolution", "transposed"] },
  rows: { min: 1, max: 9 },
  columns: { min: 1, max: 9 },
  kernel_rows: { min: 1, max: 5 },
  kernel_columns: { min: 1, max: 5 },
  stride: { min: 1, max: 3 },
  padding: { min: 0, max: 6 },
  dilation: { min: 1, max: 4 },
  output_padding: { min: 0, max: 3 },
  at_row: { min: 0, max: 43 },
  at_column: { min: 0, max: 43 },
};

/** The layer as two axes, its output and what is wrong with it. */
function stepperState(model) {
  const read = (name) => model.get(name);
  const both = { transposed: read("operation") === "transposed", stride: read("stride"), padding: read("padding"),
    dilation: read("dilation"), outputPadding: read("output_padding") };
  const axes = [
    { ...both, size: read("rows"), kernelSize: read("kernel_rows") },
    { ...both, size: read("columns"), kernelSize: read("kernel_columns") },
  ];
  const problems = axes.map(walkProblem);
  const out = problems.some(Boolean) ? [0, 0] : axes.map(walkSize);
  return { transposed: both.transposed, axes, problems, out, at: [read("at_row"), read("at_column")] };
}

/** Whether the output has the cell that the state points at. */
function cellExists({ out, at }) {
  return at[0] < out[0] && at[1] < out[1];
}

/** Buttons that move the current cell, in reading order of the output. */
function makeWalkButtons(model, player) {
  const go = (step) => () => {
    player.stop();
    moveStep(model, step);
  };
  const buttons = [
    makeButton("First", go(() => 0)),
    makeButton("Back", go((now) => now - 1)),
    makeButton("Next", go((now) => now + 1)),
    makeButton("Last", go((now, count) => count - 1)),
  ];
  return make("div", { className: "hdc-controls" }, ...buttons, player.button);
}

/** Move to another cell, counted in reading order; false if there is none. */
function moveStep(model, step) {
  const { out, at } = stepperState(model);
  const now = at[0] * out[1] + at[1];
  const next = step(now, out[0] * out[1]);
  if (next < 0 || next >= out[0] * out[1]) return false;
  setCell(model, Math.floor(next / out[1]), next % out[1]);
  return true;
}

function setCell(model, row, column) {
  model.set("at_row", row);
  model.set("at_column", column);
  model.save_changes();
}

/** Play: a button that steps until the last cell, and stops as soon as the reader takes over. */
function makePlayer(model, began) {
  let timer = 0;
  const button = makeButton("Play", () => (timer ? stop() : start()));
  function stop() {
    clearInterval(timer);
    timer = 0;
    button.textContent = "Play";
  }
  function step() {
    began();
    if (!moveStep(model, (now) => now + 1)) stop();
  }
  function start() {
    button.textContent = "Pause";
    moveStep(model, (now, count) => (now === count - 1 ? 0 : now));
    timer = setInterval(step, PACE);
  }
  return { button, stop, playing: () => timer !== 0 };
}

/** Slides the drawn kernel from where it was to where it is; `draw` is called with what is left of the way. */
function makeGlide(draw) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let frame = 0;
  let left = [0, 0];
  function slide(way) {
    if (still.matches) return;
    const began = performance.now();
    const paint = (now) => {
      const rest = Math.max(0, 1 - (now - began) / GLIDE);
      left = way.map((part) => part * rest * rest);
      frame = rest > 0 ? requestAnimationFrame(paint) : 0;
      draw();
    };
    cancelAnimationFrame(frame);
    left = way;
    frame = requestAnimationFrame(paint);
  }
  return { slide, left: () => left, stop: () => cancelAnimationFrame(frame) };
}

function operationSelect(model) {
  const options = [["convolution", "convolution"], ["transposed", "transposed convolution"]];
  const select = make("select", {}, ...options.map(([value, words]) => make("option", { value, textContent: words })));
  const show = () => { select.value = model.get("operation"); };
  select.addEventListener("change", () => {
    model.set("operation", select.value);
    model.save_changes();
  });
  show();
  return { label: make("label", {}, "Operation ", select), show };
}

function render({ model, el }) {
  const frame = makeFrame(el, "Stepper");
  const unshare = shareInAddress(model, FIELDS, frame.warn);
  if (!cellExists(stepperState(model)) && !stepperRefusal(stepperState(model))) {
    frame.warn("The address asks for an output cell that this layer does not have; the walk starts at the first one.");
  }
  let probe = null; // places of the input cell that the reader points at
  let before = null; // where the kernel was drawn last
  const glide = makeGlide(() => inputs.draw());
  const player = makePlayer(model, () => { before = kernelPlaces(stepperState(model)); });
  const operation = operationSelect(model);
  const buttons = makeWalkButtons(model, player);
  const formula = make("p", { className: "hdc-cell" });
  const key = make("p", { className: "hdc-cell", textContent: KEY });
  const heads = ["Input", "Output: inputs read"].map((words) => make("p", { className: "hdc-head", textContent: words }));
  const sides = heads.map((head) => make("div", { className: "hdc-side" }, head));
  frame.controls.append(operation.label, buttons);
  frame.body.append(make("div", { className: "hdc-sides" }, ...sides), key, formula);

  const inputs = makePicture(sides[0], {
    name: "Input",
    paint: (pen, size) => {
      const state = stepperState(model);
      return paintInputGrid(pen, size, state, { probe, left: glide.left(), words: (places) => placeWords(state, places) });
    },
    heightFor: (width) => stepperGrids(stepperState(model), width).inputHeight,
    maxWidth: 420,
    visited: (cell) => {
      const { bounds } = stepperGrids(stepperState(model), 1);
      probe = cell && [cell.row + bounds[0].low, cell.column + bounds[1].low];
      if (probe) player.stop();
      el.dataset.feeds = probe ? feedsOf(stepperState(model), probe).join(";") : "";
      outputs.draw();
    },
  });
  const outputs = makePicture(sides[1], {
    name: "Output",
    paint: (pen, size) => {
      const state = stepperState(model);
      const fed = probe && feedsOf(state, probe);
      return paintOutputGrid(pen, size, state, fed);
    },
    heightFor: (width) => stepperGrids(stepperState(model), width).outputHeight,
    maxWidth: 420,
    start: () => ({ row: model.get("at_row"), column: model.get("at_column") }),
    visited: (cell) => {
      if (!cell) return;
      player.stop();
      setCell(model, cell.row, cell.column);
    },
  });
  addTools(frame, [inputs, outputs], () => stepperPython(stepperState(model)));
  const arrows = listen(buttons, "keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    player.stop();
    moveStep(model, (now) => now + step);
  });

  function draw() {
    let state = stepperState(model);
    if (!stepperRefusal(state) && !cellExists(state)) {
      setCell(model, 0, 0); // the sizes changed under the walk: it starts again
      state = stepperState(model);
    }
    operation.show();
    const shown = state.transposed ? "flex" : "none";
    if (model.get("display_output_padding") !== shown) {
      model.set("display_output_padding", shown);
      model.save_changes();
    }
    if (before && player.playing()) glide.slide(kernelPlaces(state).map((place, i) => before[i] - place));
    before = null;
    heads[0].textContent = state.transposed ? "Input, a stride apart" : "Input";
    sides.forEach((side) => { side.style.flexBasis = `${legibleWidth(state)}px`; }); // they stand under each other if both need more
    const words = stepperWords(state);
    formula.textContent = formulaWords(state);
    const told = `${words} ${formula.textContent}`; // a saved file then names the layer
    inputs.draw(told);
    outputs.draw(told);
    frame.say(words);
    record(el, state);
  }
  const stop = redrawOn(model, Object.keys(FIELDS), draw);
  return () => [stop, unshare, arrows, player.stop, glide.stop, inputs.close, outputs.close].forEach((end) => end());
}

/** First place that the kernel covers along each axis. */
function kernelPlaces({ axes, at }) {
  return axes.map((axis, i) => Math.min(...walkPlaces(axis, at[i])));
}

/** The numbers shown, where the tests read them. */
function record(el, state) {
  const refused = Boolean(stepperRefusal(state));
  const reads = refused ? [[], []] : state.axes.map((axis, i) => walkReads(axis, state.at[i]));
  const text = (read) => read.map((position) => (position === null ? "-" : position)).join(",");
  Object.assign(el.dataset, { out: state.out.join(","), at: state.at.join(","), rows: text(reads[0]), columns: text(reads[1]) });
}

function stepperPython({ axes, transposed }) {
  const [rows, columns] = axes;
  const layer = `kernel_size=${rows.kernelSize}, stride=${rows.stride}, padding=${rows.padding}`;
  const layerOf = (axis) => layer.replace(/kernel_size=\d/, `kernel_size=${axis.kernelSize}`);
  const name = transposed ? "conv_transpose_size" : "conv_size";
  const last = transposed ? `, output_padding=${rows.outputPadding}` : "";
  const call = (axis) => `hdc.${name}(${axis.size}, ${layerOf(axis)}, dilation=${axis.dilation}${last})`;
  return `import hdclib as hdc\n\nprint(${call(rows)},\n      ${call(columns)})\n`;
}

export default { render };
