// Any one quantity of an output size as the unknown: all answers, the formula, the picture, the other frameworks.
import { shareInAddress } from "../kit/address.js";
import { selectField } from "../kit/choices.js";
import { setTraits } from "../kit/models.js";
import { addTools, closedTable, make, makeFrame, redrawOn } from "../kit/parts.js";
import { makePicture } from "../kit/picture.js";
import { boardOf } from "./size_boards.js";
import { ROW, paintBoard } from "./size_drawing.js";
import { frameworkRows } from "./size_frameworks.js";
import { NAMES, answerWords, formulaWords, pictureWords } from "./size_words.js";
import { OPERATIONS, solveSize } from "./unknowns.js";

const KINDS = { conv: "convolution", pool: "pooling", conv_transpose: "transposed convolution" };
const TRAITS = ["operation", "unknown", ...Object.values(NAMES), "ceil_mode", "out"];

/** What can be looked for in an operation, the output included. */
function unknownsOf(model, operation) {
  return model.get("bounds").unknown.options.filter((trait) => trait !== "output_padding" || operation === "conv_transpose");
}

/** Everything the page shows follows from this: the question, its answers, and the layer that is drawn. */
function solve(model) {
  const operation = model.get("operation");
  const unknown = unknownsOf(model, operation).includes(model.get("unknown")) ? model.get("unknown") : "out";
  const given = {};
  Object.entries(NAMES).forEach(([name, trait]) => { given[name] = model.get(trait); });
  if (operation !== "conv_transpose") delete given.outputPadding;
  if (operation === "pool") given.ceilMode = model.get("ceil_mode");
  return unknown === "out" ? solveForward(operation, given) : solveBackward(operation, unknown, given, model);
}

function solveForward(operation, given) {
  const out = OPERATIONS[operation](given);
  const values = out === null ? [] : [out];
  return { operation, unknown: "out", given, values, candidates: values, chosen: out, wanted: out, out, drawn: out === null ? null : given };
}

function solveBackward(operation, unknown, given, model) {
  const [wanted, range] = [model.get("out"), model.get("bounds")[unknown]];
  const [name] = Object.keys(NAMES).filter((key) => NAMES[key] === unknown);
  const { [name]: now, ...known } = given;
  const { values, below, above, legal } = solveSize(operation, name, wanted, known, range);
  const candidates = values.length ? values : [below, above].flatMap((near) => (near ? near[0] : []));
  const chosen = candidates.includes(now) ? now : candidates[0] ?? null;
  const drawn = chosen === null ? null : { ...known, [name]: chosen };
  const out = drawn && OPERATIONS[operation](drawn);
  return { operation, unknown, name, range, given: drawn || { ...known, [name]: range.min }, values, below, above, legal, candidates, chosen, wanted, out, drawn };
}

const CUT = "Two strokes across a row: some of its taps lie where the line is cut short.";
const LEGENDS = {
  conv: `Top line: the input, with empty frames for padding and a cross on samples that no window reads. Below it one row for each output; dots are taps, hollow ones read padding. ${CUT}`,
  conv_transpose: `Top line: the output before it is cut; each number says how many inputs reach the sample. Struck out: cut off by padding. Framed: kept through output_padding. A cross: no input reaches it. Below it one row for each input; dots are taps. ${CUT}`,
};

function fillTable(table, state) {
  const rows = frameworkRows(state);
  const heads = state.operation === "conv_transpose" ? ["Framework and setting", "Output"] : ["Framework and setting", "Output", "Added before, after"];
  const head = make("tr", {}, ...heads.map((words) => make("th", { scope: "col", textContent: words })));
  const body = rows.map(([setting, ...cells]) => make("tr", {}, make("th", { scope: "row", textContent: setting }), ...cells.map((cell) => make("td", { textContent: cell }))));
  table.replaceChildren(make("thead", {}, head), make("tbody", {}, ...body));
  table.querySelectorAll("th").forEach((cell) => { cell.style.textAlign = "left"; });
  table.querySelectorAll("tbody th").forEach((cell) => { cell.style.fontWeight = "400"; });
}

/** A number field that says its own limits, in the browser's words for a field and in ours. */
function makeField(trait, { min, max }, warn, act) {
  const input = make("input", { type: "number", min, max, step: 1, required: true });
  const rule = `${trait} must be a whole number from ${min} to ${max}.`;
  input.title = rule;
  input.style.width = "5.5em";
  input.addEventListener("input", () => {
    const number = Number(input.value);
    const good = input.value !== "" && Number.isInteger(number) && number >= min && number <= max;
    input.setCustomValidity(good ? "" : rule);
    input.setAttribute("aria-invalid", String(!good));
    warn(good ? "" : rule);
    if (good) act(number);
  });
  input.addEventListener("change", () => input.reportValidity());
  return input;
}

function makeControls(frame, model) {
  const set = (changes) => setTraits(model, changes);
  const keep = () => { // the answer becomes a given
    const { unknown, chosen, out } = solve(model);
    return { ...(chosen === null ? {} : { [unknown]: chosen }), ...(out === null ? {} : { out }) };
  };
  const operation = selectField("Layer", Object.entries(KINDS), (value) => set(unknownsOf(model, value).includes(model.get("unknown")) ? { operation: value } : { ...keep(), unknown: "out", operation: value }));
  const unknown = selectField("Find", [], (value) => set({ ...keep(), unknown: value }));
  const fields = {};
  [...Object.values(NAMES), "out"].forEach((trait) => {
    const input = makeField(trait, model.get("bounds")[trait], frame.warn, (value) => set({ [trait]: value }));
    fields[trait] = { input, label: make("label", {}, trait, input) };
  });
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", () => set({ ceil_mode: box.checked }));
  const ceil = make("label", {}, box, "ceil_mode");
  const answers = selectField("Found", [], (value) => set({ [solve(model).unknown]: Number(value) }));
  const name = make("span");
  const answer = make("span", {}, name, " ", answers.select);
  const groups = [[operation.element, unknown.element], [...Object.values(fields).map(({ label }) => label), ceil], [answer]];
  groups.forEach((parts) => frame.controls.append(make("div", { className: "hdc-controls" }, ...parts)));
  frame.controls.style.display = "block";
  return { operation, unknown, fields, box, ceil, answers, name, warn: frame.warn };
}

/** Make the controls say what the state is. */
function followState(controls, model, state) {
  const { operation, unknown, candidates, values, chosen, below, above } = state;
  controls.operation.select.value = operation;
  controls.unknown.fill(unknownsOf(model, operation).map((trait) => [trait, trait === "out" ? "out, the output size" : trait]));
  controls.unknown.select.value = unknown;
  Object.entries(controls.fields).forEach(([trait, { input, label }]) => {
    label.hidden = trait === unknown || !unknownsOf(model, operation).includes(trait);
    label.style.display = label.hidden ? "none" : "";
    if (document.activeElement !== input) resetField(input, model.get(trait), controls.warn);
    else if (input.validity.valid && Number(input.value) !== model.get(trait)) input.value = model.get(trait);
  });
  controls.box.checked = model.get("ceil_mode");
  controls.ceil.style.display = operation === "pool" ? "" : "none";
  controls.name.textContent = `${unknown}, found:`;
  controls.answers.select.setAttribute("aria-label", `${unknown}, found:`);
  const near = new Map([below, above].filter(Boolean));
  const words = (value) => (values.length ? String(value) : `${value} gives ${near.get(value)}`);
  controls.answers.fill(candidates.length ? candidates.map((value) => [String(value), words(value)]) : [["none", "none"]]);
  if (candidates.length) controls.answers.select.value = String(chosen);
  controls.answers.select.disabled = candidates.length < 2;
}

/** Show the state's number; what was refused is forgotten as soon as the reader does something else. */
function resetField(input, value, warn) {
  if (input.validity.customError) warn("");
  input.setCustomValidity("");
  input.setAttribute("aria-invalid", "false");
  input.value = value;
}

function pythonOf({ operation, unknown, given, wanted }) {
  const pairs = Object.entries(NAMES).filter(([name, trait]) => trait !== unknown && given[name] !== undefined);
  const keywords = pairs.map(([name, trait]) => `${trait}=${given[name]}`);
  if (operation === "pool") keywords.push(`ceil_mode=${given.ceilMode ? "True" : "False"}`);
  if (unknown === "out") return `import hdclib as hdc\n\nprint(hdc.sizes.${operation}_size(${keywords.join(", ")}))\n`;
  return `import hdclib as hdc\n\nfound = hdc.sizes.solve_size("${operation}", "${unknown}", ${wanted}, ${keywords.join(", ")})\nprint(found.explanation)\n`;
}

function render({ model, el }) {
  const frame = makeFrame(el, "Size calculator", model);
  const unshare = shareInAddress(model, frame.warn);
  let state = solve(model);
  const controls = makeControls(frame, model);
  frame.body.before(frame.status);
  const formula = make("p");
  formula.style.overflowWrap = "anywhere";
  frame.body.before(formula);
  const legend = make("p", { className: "hdc-cell" });
  const picture = makePicture(frame.body, {
    name: "Windows",
    paint: (pen, size) => (state.drawn ? paintBoard(pen, size, boardOf(state)) : pen.text(0, ROW / 2, "Nothing to draw.", { fill: size.colours.ink, anchor: "left" })),
    heightFor: () => (boardOf(state)?.rows.length ?? 1) * ROW + 4,
    maxWidth: 720,
  });
  const table = make("table");
  table.style.margin = "0";
  frame.body.append(legend, closedTable("The same layer elsewhere: TensorFlow, Keras, ONNX", table));
  addTools(frame, [picture], () => pythonOf(state));
  const stop = redrawOn(model, TRAITS, () => {
    state = solve(model);
    const words = `${answerWords(state)} ${pictureWords(state)}`.trim();
    followState(controls, model, state);
    const lines = formulaWords(state);
    picture.draw(`${words} ${lines.join(" ")}`);
    frame.say(words);
    formula.replaceChildren(...lines.flatMap((line, index) => (index ? [make("br"), line] : [line])));
    legend.textContent = LEGENDS[state.operation] || LEGENDS.conv;
    fillTable(table, state);
    Object.assign(el.dataset, { out: String(state.out), values: state.values.join(" "), chosen: String(state.chosen) });
    el.dataset.nearest = state.values.length ? "" : [state.below, state.above].map((pair) => (pair ? pair.join(":") : "-")).join(" ");
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
