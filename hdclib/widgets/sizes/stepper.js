// A kernel walks over its input: which inputs each output reads, and which outputs each input feeds.
import { shareInAddress } from "../kit/address.js";
import { choiceField } from "../kit/choices.js";
import { addTools, make, makeFrame, redrawOn } from "../kit/parts.js";
import { makePicture } from "../kit/picture.js";
import { makePlayer } from "../kit/player.js";
import { legibleWidth, paintInputGrid, paintOutputGrid, shadeOf, stepperGrids } from "./stepper_grids.js";
import { walkPlaces, walkProblem, walkReads, walkSize } from "./stepper_maths.js";
import { productWords, stepperNumbers, stepperOutputs, stepperPhotograph, stepperProducts, stepperWeights, torchWords } from "./stepper_values.js";
import { feedsOf, formulaWords, placeWords, stepperRefusal, stepperWords } from "./stepper_words.js";

const TAPS = "Numbered squares are taps: filled on an input, outlined where there is none.";
const WEIGHTS = "Blue squares are taps, with their weights: filled on an input, outlined where there is none.";
const KEY = "Hatched cells lie outside the input, and a 0 there is padding. A cross marks an input that no output reads, an output that reads no input, or a place beyond the padding.";
const OPERATION_WORDS = { convolution: "convolution", transposed: "transposed convolution" };
const AXES_WORDS = { alike: "the same for rows and columns", apart: "each axis its own" };
const VALUES_WORDS = { none: "which cells are read", numbers: "numbers", photograph: "a photograph" };
const WEIGHTS_WORDS = { edge: "edges, right minus left", blur: "blur, the mean", own: "your own" };
const LAYER = ["operation", "rows", "columns", "kernel_rows", "kernel_columns", "stride", "padding", "dilation", "output_padding",
  "axes", "column_stride", "column_padding", "column_dilation"];
const CONTENTS = ["values", "weights", "own", "photograph"];
const PACE = 0.5; // of the player's seconds for a step: a kernel does not go far

/** The layer as two axes, its output and what is wrong with it. */
function stepperState(model) {
  const read = (name) => model.get(name);
  const both = { transposed: read("operation") === "transposed", outputPadding: read("output_padding") };
  const layerOf = (prefix) => Object.fromEntries(["stride", "padding", "dilation"].map((name) => [name, read(prefix + name)]));
  const axes = [
    { ...both, ...layerOf(""), size: read("rows"), kernelSize: read("kernel_rows") },
    { ...both, ...layerOf(read("axes") === "apart" ? "column_" : ""), size: read("columns"), kernelSize: read("kernel_columns") },
  ];
  const problems = axes.map(walkProblem);
  const out = problems.some(Boolean) ? [0, 0] : axes.map(walkSize);
  return { transposed: both.transposed, axes, problems, out, at: [read("at_row"), read("at_column")] };
}

/** What stands in the cells, or null: values, weights, all outputs, and how each grid is shaded. */
function contentsOf(model, { axes, out }) {
  const kind = model.get("values");
  if (kind === "none") return null;
  const [rows, columns] = axes;
  const values = kind === "numbers"
    ? stepperNumbers(rows.size, columns.size)
    : stepperPhotograph(model.get("photograph"), rows.size, columns.size);
  const weights = stepperWeights(model.get("weights"), rows.kernelSize, columns.kernelSize, model.get("own"));
  const outputs = stepperOutputs(axes, values, weights, out);
  return {
    values, weights, outputs,
    shade: shadeOf(kind, 0, kind === "numbers" ? 9 : 255),
    outShade: shadeOf(kind, Math.min(...outputs.flat()), Math.max(...outputs.flat())),
  };
}

/** Whether the output has the cell that the state points at. */
function cellExists({ out, at }) {
  return at[0] < out[0] && at[1] < out[1];
}

/** The output cell of a step, counted in reading order. */
function cellOfStep({ out }, step) {
  return [Math.floor(step / out[1]), step % out[1]];
}

function setCell(model, row, column) {
  model.set("at_row", row);
  model.set("at_column", column);
  model.save_changes();
}

/** Fields for the reader's own weights, one for each tap. */
function makeOwnWeights(model) {
  const { min, max, most } = model.get("bounds").own;
  const side = Math.sqrt(most);
  const inputs = Array.from({ length: most }, (_, at) => make("input", { type: "number", min, max, step: 1, className: "hdc-weight" }));
  inputs.forEach((input, at) => {
    input.setAttribute("aria-label", `Weight in row ${Math.floor(at / side) + 1}, column ${(at % side) + 1}`);
    input.addEventListener("change", () => {
      if (!input.reportValidity() || input.value === "") return;
      model.set("own", model.get("own").map((old, i) => (i === at ? Number(input.value) : old)));
      model.save_changes();
    });
  });
  const element = make("div", { className: "hdc-weights" }, ...inputs);
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Your own weights");
  function show() {
    const [rows, columns] = [model.get("kernel_rows"), model.get("kernel_columns")];
    element.hidden = model.get("values") === "none" || model.get("weights") !== "own";
    element.style.gridTemplateColumns = `repeat(${columns}, 3.6rem)`;
    inputs.forEach((input, at) => {
      input.value = model.get("own")[at];
      input.hidden = Math.floor(at / side) >= rows || at % side >= columns;
    });
  }
  return { element, show };
}

function render({ model, el }) {
  const frame = makeFrame(el, "Stepper", model);
  const unshare = shareInAddress(model, frame.warn);
  let state = stepperState(model);
  if (!cellExists(state) && !stepperRefusal(state)) {
    frame.warn("The address asks for an output cell that this layer does not have; the walk starts at the first one.");
  }
  let probe = null; // places of the input cell that the reader points at
  let contents = contentsOf(model, state);
  let position = 0; // of the walk: between two whole steps the kernel is on its way
  const choices = [["operation", "Operation", OPERATION_WORDS], ["axes", "Stride, padding, dilation", AXES_WORDS],
    ["values", "In the cells", VALUES_WORDS], ["weights", "Weights", WEIGHTS_WORDS]].map((choice) => choiceField(model, ...choice));
  const own = makeOwnWeights(model);
  const player = makePlayer({
    name: "The walk",
    pace: PACE,
    last: () => Math.max(0, state.out[0] * state.out[1] - 1),
    read: () => stepOf(state),
    write: (step) => setCell(model, ...cellOfStep(state, step)),
    words: (step) => (stepperRefusal(state) ? stepperRefusal(state) : stepperWords({ ...state, at: cellOfStep(state, step) })),
    draw: (at) => {
      position = at;
      [inputs, outputs].forEach((picture) => picture.draw());
    },
  });
  /** The state in which the kernel was last at rest, and what is left of its way, in places. */
  function motion() {
    if (!state.out[0]) return { here: state, left: [0, 0] };
    const at = cellOfStep(state, Math.floor(position));
    const next = kernelPlaces({ ...state, at: cellOfStep(state, Math.ceil(position)) });
    const share = position - Math.floor(position);
    return { here: { ...state, at }, left: kernelPlaces({ ...state, at }).map((place, axis) => share * (next[axis] - place)) };
  }
  const formula = make("p", { className: "hdc-cell" });
  const key = make("p", { className: "hdc-cell" });
  const products = make("p", { className: "hdc-products" });
  const torch = make("code", { className: "hdc-torch" });
  const heads = ["Input", "Output: inputs read"].map((words) => make("p", { className: "hdc-head", textContent: words }));
  const sides = heads.map((head) => make("div", { className: "hdc-side" }, head));
  frame.controls.append(...choices.map(({ element }) => element), own.element, player.element);
  frame.body.append(make("div", { className: "hdc-sides" }, ...sides), products, make("p", {}, "In PyTorch: ", torch), key, formula);

  const inputs = makePicture(sides[0], {
    name: "Input",
    paint: (pen, size) => {
      const { here, left } = motion();
      return paintInputGrid(pen, size, here, { probe, left, words: (places) => placeWords(state, places), shown: contents });
    },
    heightFor: (width) => stepperGrids(state, width).inputHeight,
    maxWidth: 420,
    visited: (cell) => {
      const { bounds } = stepperGrids(state, 1);
      probe = cell && [cell.row + bounds[0].low, cell.column + bounds[1].low];
      if (probe) player.pause();
      el.dataset.feeds = probe ? feedsOf(state, probe).join(";") : "";
      outputs.draw();
    },
  });
  const outputs = makePicture(sides[1], {
    name: "Output",
    paint: (pen, size) => paintOutputGrid(pen, size, motion().here, {
      fed: probe && feedsOf(state, probe),
      shown: contents && { outputs: contents.outputs, shade: contents.outShade },
    }),
    heightFor: (width) => stepperGrids(state, width).outputHeight,
    maxWidth: 420,
    start: () => ({ row: model.get("at_row"), column: model.get("at_column") }),
    visited: (cell) => {
      if (!cell) return;
      player.pause();
      setCell(model, cell.row, cell.column);
    },
  });
  addTools(frame, [inputs, outputs], () => stepperPython(state));

  function draw() {
    state = stepperState(model);
    if (!stepperRefusal(state) && !cellExists(state)) {
      setCell(model, 0, 0); // the sizes changed under the walk: it starts again
      state = stepperState(model);
    }
    contents = stepperRefusal(state) ? null : contentsOf(model, state);
    [...choices, own].forEach((choice) => choice.show());
    choices[3].element.hidden = model.get("values") === "none";
    heads[0].textContent = state.transposed ? "Input, a stride apart" : "Input";
    heads[1].textContent = contents ? "Output: sums of products" : "Output: inputs read";
    key.textContent = `${contents ? WEIGHTS : TAPS} ${KEY}`;
    torch.textContent = torchWords(state);
    const sum = contents && productWords(stepperProducts(state.axes, contents.values, contents.weights, state.at), contents.weights.divisor, state.transposed);
    products.textContent = sum ? `Output (${state.at.join(", ")}) = ${sum}` : "";
    sides.forEach((side) => { side.style.flexBasis = `${legibleWidth(state)}px`; }); // they stand under each other if both need more
    const words = stepperWords(state);
    formula.textContent = formulaWords(state);
    const told = `${words} ${formula.textContent}`; // a saved file then names the layer
    position = stepOf(state);
    inputs.draw(told);
    outputs.draw(told);
    player.follow();
    frame.say(words);
    record(el, state, contents);
  }
  const stop = redrawOn(model, [...LAYER, ...CONTENTS, "at_row", "at_column"], draw);
  return () => [stop, unshare, player.close, inputs.close, outputs.close].forEach((end) => end());
}

/** The step of the walk that the state is at. */
function stepOf({ out, at }) {
  return out[0] ? at[0] * out[1] + at[1] : 0;
}

/** First place that the kernel covers along each axis. */
function kernelPlaces({ axes, at }) {
  return axes.map((axis, i) => Math.min(...walkPlaces(axis, at[i])));
}

/** The numbers shown, where the tests read them. */
function record(el, state, contents) {
  const refused = Boolean(stepperRefusal(state));
  const reads = refused ? [[], []] : state.axes.map((axis, i) => walkReads(axis, state.at[i]));
  const text = (read) => read.map((position) => (position === null ? "-" : position)).join(",");
  Object.assign(el.dataset, { out: state.out.join(","), at: state.at.join(","), rows: text(reads[0]), columns: text(reads[1]) });
  el.dataset.outputs = contents ? contents.outputs.map((row) => row.join(" ")).join(";") : "";
}

function stepperPython({ axes, transposed }) {
  const name = transposed ? "conv_transpose_size" : "conv_size";
  const call = ({ size, kernelSize, stride, padding, dilation, outputPadding }) => {
    const last = transposed ? `, output_padding=${outputPadding}` : "";
    return `hdc.${transposed ? "sizes." : ""}${name}(${size}, kernel_size=${kernelSize}, stride=${stride}, padding=${padding}, dilation=${dilation}${last})`;
  };
  return `import hdclib as hdc\n\nprint(${call(axes[0])},\n      ${call(axes[1])})\n`;
}

export default { render };
