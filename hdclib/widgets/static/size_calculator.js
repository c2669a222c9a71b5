// Any one quantity of an output size as the unknown: all answers, the formula, the picture, the other frameworks.
import { convSize, convTransposeSize, effectiveSize, kerasConvTransposeSize, poolSize, readPositions } from "./sizes.js";
import { tensorflowSamePadding, tensorflowSameSize } from "./sizes.js";
import { OPERATIONS, SEARCHED, readCounts, solveSize, spreadCounts } from "./unknowns.js";
import { ROW, paintBoard, rowsThatFit } from "./size_drawing.js";
import { makePicture } from "./picture.js";
import { addTools, make, makeFrame, redrawOn, shareInAddress } from "./parts.js";

const NAMES = { size: "size", kernelSize: "kernel_size", stride: "stride", padding: "padding", dilation: "dilation", outputPadding: "output_padding" };
const MOST_OUT = 300000;
const LIMITS = { out: [1, MOST_OUT] };
Object.keys(NAMES).forEach((name) => { LIMITS[NAMES[name]] = SEARCHED[name]; });
const KINDS = { conv: "convolution", pool: "pooling", conv_transpose: "transposed convolution" };
const UNKNOWNS = ["out", ...Object.values(NAMES)];
const TRAITS = ["operation", "unknown", ...Object.values(NAMES), "ceil_mode", "out"];
const SHARED = { operation: { options: Object.keys(KINDS) }, unknown: { options: UNKNOWNS }, ceil_mode: { options: [true, false] } };
Object.entries(LIMITS).forEach(([trait, [min, max]]) => { SHARED[trait] = { min, max }; });

/** Traits that the operation has, the output included. */
function traitsOf(operation) {
  return UNKNOWNS.filter((trait) => trait !== "output_padding" || operation === "conv_transpose");
}

/** Everything the page shows follows from this: the question, its answers, and the layer that is drawn. */
function solve(model) {
  const operation = model.get("operation");
  const unknown = traitsOf(operation).includes(model.get("unknown")) ? model.get("unknown") : "out";
  const given = {};
  Object.entries(NAMES).forEach(([name, trait]) => { given[name] = model.get(trait); });
  if (operation !== "conv_transpose") delete given.outputPadding;
  if (operation === "pool") given.ceilMode = model.get("ceil_mode");
  return unknown === "out" ? solveForward(operation, given) : solveBackward(operation, unknown, given, model.get("out"));
}

function solveForward(operation, given) {
  const out = OPERATIONS[operation](given);
  const values = out === null ? [] : [out];
  return { operation, unknown: "out", given, values, candidates: values, chosen: out, wanted: out, out, drawn: out === null ? null : given };
}

function solveBackward(operation, unknown, given, wanted) {
  const name = Object.keys(NAMES).find((key) => NAMES[key] === unknown);
  const { [name]: now, ...known } = given;
  const { values, below, above, legal } = solveSize(operation, name, wanted, known);
  const candidates = values.length ? values : [below, above].filter(Boolean).map(([value]) => value);
  const chosen = candidates.includes(now) ? now : candidates[0] ?? null;
  const drawn = chosen === null ? null : { ...known, [name]: chosen };
  const out = drawn && OPERATIONS[operation](drawn);
  return { operation, unknown, name, given: drawn || { ...known, [name]: SEARCHED[name][0] }, values, below, above, legal, candidates, chosen, wanted, out, drawn };
}

// --- in words ---

/** "63 and 64", "1 to 64", "1, 3 to 5": whole numbers in rising order, runs of three or more drawn together. */
function listNumbers(values) {
  const runs = [];
  values.forEach((value) => {
    const run = runs[runs.length - 1];
    if (run && value === run[run.length - 1] + 1) run.push(value);
    else runs.push([value]);
  });
  const parts = runs.flatMap((run) => (run.length < 3 ? run.map(String) : [`${run[0]} to ${run[run.length - 1]}`]));
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

/** Why there is no output, as hdclib says it. */
function refusal({ operation, given }) {
  const { size, kernelSize, stride, padding, dilation, outputPadding } = given;
  const span = effectiveSize(kernelSize, dilation);
  if (operation === "conv_transpose") {
    if (outputPadding >= stride && outputPadding >= dilation) {
      return `output_padding must be less than stride ${stride} or less than dilation ${dilation}, so at most ${Math.max(stride, dilation) - 1}.`;
    }
    return `Padding ${padding} cuts ${2 * padding} samples off a result of ${(size - 1) * stride + span + outputPadding}: nothing is left.`;
  }
  if (operation === "pool" && padding > Math.floor(kernelSize / 2)) {
    return `PyTorch refuses a pool whose padding is more than half of its kernel_size: at most ${Math.floor(kernelSize / 2)} for kernel_size ${kernelSize}.`;
  }
  return `The window spans ${span} samples and the padded input has only ${size + 2 * padding}.`;
}

function answerWords(state) {
  const { unknown, name, values, wanted, candidates, chosen, below, above, out } = state;
  if (unknown === "out") return out === null ? `There is no output. ${refusal(state)}` : `out = ${out}.`;
  const [low, high] = SEARCHED[name];
  if (values.length === 1) return `${unknown} = ${chosen} gives an output of ${wanted}.`;
  const more = values[values.length - 1] === high ? ` Values up to ${high} were tried.` : "";
  if (values.length) return `${values.length} answers for an output of ${wanted}: ${unknown} = ${listNumbers(values)}. The picture shows ${chosen}.${more}`;
  const none = `No ${unknown} from ${low} to ${high} gives an output of ${wanted}.`;
  if (!candidates.length) return `${none} ${refusal(state)}`;
  const under = below ? ` Nearest below: ${unknown} = ${below[0]} gives ${below[1]}.` : " Nothing below can be had.";
  const over = above ? ` Nearest above: ${unknown} = ${above[0]} gives ${above[1]}.` : " Nothing above can be had.";
  return `${none}${under}${over} The picture shows ${unknown} = ${chosen}.`;
}

function pictureWords({ operation, drawn, out }) {
  if (!drawn) return "";
  return operation === "conv_transpose" ? spreadWords(drawn) : windowWords(operation, drawn, out);
}

function windowWords(operation, drawn, out) {
  const { size, stride, padding } = drawn;
  const end = readPositions(out - 1, drawn).pop();
  const unread = unreadOf(out, drawn);
  const behind = unread.filter((at) => at > end).length;
  const over = end - (size + padding - 1);
  const hangs = over > 0 ? ` The last window hangs over the padded end by ${over}.` : "";
  const all = unread.length ? `Input samples that no window reads: ${unread.length}; behind the last window: ${behind}.` : "Every input sample is read.";
  return `Each window spans ${effectiveSize(drawn.kernelSize, drawn.dilation)}, and the next starts ${stride} further on.${hangs} ${all}`;
}

function spreadWords(drawn) {
  const counts = spreadCounts(drawn);
  const middle = counts.slice(Math.floor(counts.length / 3), Math.ceil((2 * counts.length) / 3) + 1);
  const [least, most] = [Math.min(...middle), Math.max(...middle)];
  const even = least === most ? `Away from the ends every output is reached by ${least} inputs.` : `The outputs are reached unevenly, by ${least} to ${most} inputs in the middle.`;
  const empty = counts.filter((count) => count === 0).length;
  return `${even}${empty ? ` Outputs that no input reaches: ${empty}.` : ""}`;
}

function unreadOf(out, drawn) {
  return readCounts(out, drawn).flatMap((count, at) => (count ? [] : [at]));
}

/** The formula with the numbers filled in, and a second line that works it out. */
function formulaWords(state) {
  const { operation, unknown, given, drawn, out, wanted } = state;
  const show = (name) => (NAMES[name] === unknown ? unknown : given[name]);
  const left = unknown === "out" ? "out" : wanted;
  const [H, k, s, p, d] = ["size", "kernelSize", "stride", "padding", "dilation"].map(show);
  if (operation === "conv_transpose") {
    const filled = `${left} = (${H} − 1)·${s} − 2·${p} + ${d}·(${k} − 1) + ${show("outputPadding")} + 1`;
    return drawn ? [filled, `${out} = ${(drawn.size - 1) * drawn.stride} − ${2 * drawn.padding} + ${drawn.dilation * (drawn.kernelSize - 1)} + ${drawn.outputPadding} + 1`] : [filled];
  }
  const [open, close] = given.ceilMode ? ["⌈", "⌉"] : ["⌊", "⌋"];
  const filled = `${left} = ${open}(${H} + 2·${p} − ${d}·(${k} − 1) − 1) / ${s}${close} + 1`;
  return drawn ? [filled, workedOut(drawn, out, open, close)] : [filled];
}

function workedOut(drawn, out, open, close) {
  const room = drawn.size + 2 * drawn.padding - effectiveSize(drawn.kernelSize, drawn.dilation);
  const steps = drawn.ceilMode ? Math.ceil(room / drawn.stride) : Math.floor(room / drawn.stride);
  const dropped = steps + 1 > out ? ` − 1 = ${out}, since the last window would start in the right padding` : "";
  return `${open}${room} / ${drawn.stride}${close} + 1 = ${steps} + 1 = ${steps + 1}${dropped}`;
}

// --- the picture ---

function boardOf({ operation, drawn, out }) {
  if (!drawn) return null;
  return operation === "conv_transpose" ? spreadBoard(drawn) : windowBoard(drawn, out);
}

function windowBoard(drawn, out) {
  const { size, padding } = drawn;
  const counts = readCounts(out, drawn);
  const last = Math.max(size + padding - 1, readPositions(out - 1, drawn).pop());
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
  const counts = spreadCounts({ ...drawn, padding: 0 });
  const last = Math.max(counts.length - outputPadding, padding + out) - 1;
  const samples = (at) => {
    const text = counts[at] ?? 0;
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

const LEGENDS = {
  conv: "Top line: the input, with empty frames for padding and a cross on samples that no window reads. Below it one row for each output; dots are taps, hollow ones read padding.",
  conv_transpose: "Top line: the output before it is cut; each number says how many inputs reach the sample. Struck out: cut off by padding. Framed: kept through output_padding. A cross: no input reaches it. Below it one row for each input; dots are taps.",
};

// --- the other frameworks ---

/** Rows of the comparison: [setting, output, added before and after]. */
function frameworkRows({ operation, drawn, out }) {
  if (!drawn) return [];
  return operation === "conv_transpose" ? transposedRows(drawn, out) : windowRows(operation, drawn, out);
}

function windowRows(operation, drawn, out) {
  const { padding, stride, dilation } = drawn;
  const [before, after] = tensorflowSamePadding(drawn);
  const same = tensorflowSameSize(drawn);
  const bare = { ...drawn, padding: 0, ceilMode: false };
  const valid = operation === "pool" ? poolSize(bare) : convSize(bare);
  const keras = stride > 1 && dilation > 1 ? ' (tf.nn; Keras layers refuse stride and dilation above 1 together)' : "";
  const given = [`PyTorch, padding=${padding}; ONNX, pads=[${padding}, ${padding}]`, out, `${padding}, ${padding}`];
  if (operation === "pool" && dilation > 1) return [given, ["TensorFlow and Keras: their pooling layers have no dilation", "none", "none"]];
  const runtime = dilation > 1 ? " (ONNX Runtime refuses it with a dilation above 1)" : "";
  return [
    given,
    [`TensorFlow "same"${keras}; ONNX SAME_UPPER`, same, `${before}, ${after}`],
    [`ONNX SAME_LOWER${runtime}`, same, `${after}, ${before}`],
    ['TensorFlow "valid"', valid ?? "none: no window fits", "0, 0"],
  ];
}

function transposedRows(drawn, out) {
  const { padding, outputPadding, stride } = drawn;
  const keras = (same, given) => kerasConvTransposeSize({ ...drawn, same, outputPadding: given }) ?? "refused";
  const runtime = outputPadding >= stride ? "; ONNX Runtime refuses output_padding that is not less than stride" : "";
  return [
    [`PyTorch and ONNX, padding ${padding}, output_padding=${outputPadding}${runtime}`, out],
    ['Keras "same", output_padding left out', keras(true, null)],
    [`Keras "same", output_padding=${outputPadding}`, keras(true, outputPadding)],
    ['Keras "valid", output_padding left out', keras(false, null)],
    [`Keras "valid", output_padding=${outputPadding}`, keras(false, outputPadding)],
  ];
}

function fillTable(table, state) {
  const rows = frameworkRows(state);
  const heads = state.operation === "conv_transpose" ? ["Framework and setting", "Output"] : ["Framework and setting", "Output", "Added before, after"];
  const head = make("tr", {}, ...heads.map((words) => make("th", { scope: "col", textContent: words })));
  const body = rows.map(([setting, ...cells]) => make("tr", {}, make("th", { scope: "row", textContent: setting }), ...cells.map((cell) => make("td", { textContent: cell }))));
  table.replaceChildren(make("caption", { textContent: "The same layer elsewhere" }), make("thead", {}, head), make("tbody", {}, ...body));
  table.querySelectorAll("th, caption").forEach((cell) => { cell.style.textAlign = "left"; });
  table.querySelectorAll("tbody th").forEach((cell) => { cell.style.fontWeight = "400"; });
}

// --- the fields ---

function makeSelect(name, options, act) {
  const select = make("select", {}, ...Object.entries(options).map(([value, textContent]) => make("option", { value, textContent })));
  select.setAttribute("aria-label", name); // a label around a select would be read with all its options
  select.addEventListener("change", () => act(select.value));
  return select;
}

/** A number field that says its own limits, in the browser's words for a field and in ours. */
function makeField(trait, warn, act) {
  const [min, max] = LIMITS[trait];
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
  const set = (changes) => {
    Object.entries(changes).forEach(([trait, value]) => model.set(trait, value));
    model.save_changes();
  };
  const keep = () => { // the answer becomes a given
    const { unknown, chosen, out } = solve(model);
    return { ...(chosen === null ? {} : { [unknown]: chosen }), ...(out === null ? {} : { out }) };
  };
  const operation = makeSelect("Layer", KINDS, (value) => set(traitsOf(value).includes(model.get("unknown")) ? { operation: value } : { ...keep(), unknown: "out", operation: value }));
  const unknown = makeSelect("Find", {}, (value) => set({ ...keep(), unknown: value }));
  const fields = {};
  [...Object.values(NAMES), "out"].forEach((trait) => {
    const input = makeField(trait, frame.warn, (value) => set({ [trait]: value }));
    fields[trait] = { input, label: make("label", {}, trait, input) };
  });
  const box = make("input", { type: "checkbox" });
  box.addEventListener("change", () => set({ ceil_mode: box.checked }));
  const ceil = make("label", {}, box, "ceil_mode");
  const answers = makeSelect("Found", {}, (value) => set({ [solve(model).unknown]: Number(value) }));
  const name = make("span");
  const answer = make("span", {}, name, " ", answers);
  const groups = [[make("span", {}, "Layer ", operation), make("span", {}, "Find ", unknown)], [...Object.values(fields).map(({ label }) => label), ceil], [answer]];
  groups.forEach((parts) => frame.controls.append(make("div", { className: "hdc-controls" }, ...parts)));
  frame.controls.style.display = "block";
  return { operation, unknown, fields, box, ceil, answers, name, warn: frame.warn };
}

/** Make the controls say what the state is. */
function followState(controls, model, state) {
  const { operation, unknown, candidates, values, chosen, below, above } = state;
  controls.operation.value = operation;
  controls.unknown.replaceChildren(...traitsOf(operation).map((trait) => make("option", { value: trait, textContent: trait === "out" ? "out, the output size" : trait })));
  controls.unknown.value = unknown;
  Object.entries(controls.fields).forEach(([trait, { input, label }]) => {
    label.hidden = trait === unknown || !traitsOf(operation).includes(trait);
    label.style.display = label.hidden ? "none" : "";
    if (document.activeElement !== input) resetField(input, model.get(trait), controls.warn);
    else if (input.validity.valid && Number(input.value) !== model.get(trait)) input.value = model.get(trait);
  });
  controls.box.checked = model.get("ceil_mode");
  controls.ceil.style.display = operation === "pool" ? "" : "none";
  controls.name.textContent = `${unknown}, found:`;
  controls.answers.setAttribute("aria-label", `${unknown}, found:`);
  const near = new Map([below, above].filter(Boolean));
  const words = (value) => (values.length ? String(value) : `${value} gives ${near.get(value)}`);
  controls.answers.replaceChildren(...candidates.map((value) => make("option", { value, textContent: words(value) })));
  if (!candidates.length) controls.answers.append(make("option", { textContent: "none" }));
  else controls.answers.value = String(chosen);
  controls.answers.disabled = candidates.length < 2;
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
  if (unknown === "out") return `import hdclib as hdc\n\nprint(hdc.${operation}_size(${keywords.join(", ")}))\n`;
  return `import hdclib as hdc\n\nfound = hdc.solve_size("${operation}", "${unknown}", ${wanted}, ${keywords.join(", ")})\nprint(found.explanation)\n`;
}

function render({ model, el }) {
  const frame = makeFrame(el, "Size calculator");
  const unshare = shareInAddress(model, SHARED, frame.warn);
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
    heightFor: () => (state.drawn ? boardOf(state).rows.length : 1) * ROW + 4,
    maxWidth: 720,
  });
  const table = make("table");
  table.style.margin = "0";
  frame.body.append(legend, make("div", { className: "hdc-scroll" }, table));
  addTools(frame, [picture], () => pythonOf(state));
  const stop = redrawOn(model, TRAITS, () => {
    state = solve(model);
    const words = `${answerWords(state)} ${pictureWords(state)}`.trim();
    followState(controls, model, state);
    picture.draw(words);
    frame.say(words);
    formula.replaceChildren(...formulaWords(state).flatMap((line, index) => (index ? [make("br"), line] : [line])));
    legend.textContent = LEGENDS[state.operation] || LEGENDS.conv;
    fillTable(table, state);
    Object.assign(el.dataset, { out: String(state.out), values: state.values.join(" "), chosen: String(state.chosen) });
    el.dataset.nearest = state.values.length ? "" : [state.below, state.above].map((pair) => (pair ? pair.join(":") : "-")).join(" ");
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
