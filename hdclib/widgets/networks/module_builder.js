// A module that the reader builds: the same layers one after the other or side by side, and what it reads.
import { shareInAddress } from "../kit/address.js";
import { alignmentFor, bothCounts, coverageOf, joinLayers, moduleSpan } from "./branches_maths.js";
import { choiceField, selectField } from "../kit/choices.js";
import { secondDistance } from "../kit/dilation.js";
import { groupBy, paintCells, paintCross, times } from "../kit/maps.js";
import { setTraits } from "../kit/models.js";
import { mix } from "../kit/pens.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeButton, makeFrame, redrawOn } from "../kit/parts.js";

const WIDEST_MAP = 131; // pixels along each side that are drawn
const WIDEST_LINE = 4096; // samples of one axis that are drawn
const LINE_HEIGHT = 190;
const JOINS = {
  cascade: "one after the other (cascade)",
  parallel: "side by side (branches)",
  summed: "one after the other, input and all outputs added",
  skips: "one after the other, each with a skip",
};
const VIEWS = { map: "an image", axis: "one axis" };
const PRESETS = [
  ["ESP unit (ESPNet)", "parallel", "map", [3, 3, 3, 3, 3], [1, 2, 4, 8, 16]],
  ["ASPP (DeepLab v2)", "parallel", "map", [3, 3, 3, 3], [6, 12, 18, 24]],
  ["ASPP (DeepLab v3, stride 16)", "parallel", "map", [1, 3, 3, 3], [1, 6, 12, 18]],
  ["Centre of D-LinkNet-34", "summed", "map", [3, 3, 3, 3], [1, 2, 4, 8]],
  ["Context module (Yu and Koltun)", "cascade", "map", [3, 3, 3, 3, 3, 3, 3], [1, 1, 2, 4, 8, 16, 1]],
  ["UniRepLKNet, K = 13", "parallel", "map", [5, 7, 3, 3, 3], [1, 2, 3, 4, 5]],
  ["UniRepLKNet, K = 17", "parallel", "map", [5, 9, 3, 3, 3], [1, 2, 4, 5, 7]],
  ["Large kernel attention (VAN)", "cascade", "map", [5, 7], [1, 3]],
  ["WaveNet, one block", "cascade", "axis", [2, 2, 2, 2, 2, 2, 2, 2, 2, 2], [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]],
].map(([name, join, view, kernels, dilations]) => ({ name, join, view, kernels, dilations }));
const OWN = "Your own";

/** Layers that the traits hold; lists of different length are cut to the shorter one. */
function layersOf(model) {
  const [kernels, dilations] = [model.get("kernels"), model.get("dilations")];
  const depth = Math.min(kernels.length, dilations.length);
  return dilations.slice(0, depth).map((dilation, i) => ({ kernelSize: kernels[i], dilation }));
}

/** Everything that is drawn and said, from the traits alone. */
function findingOf(model) {
  const layers = layersOf(model);
  const join = model.get("join");
  const module = joinLayers(layers, join);
  const align = alignmentFor(layers);
  const span = moduleSpan(module);
  const axes = model.get("view") === "map" && span <= WIDEST_MAP ? 2 : 1;
  const both = bothCounts(module, align, WIDEST_MAP);
  const line = span <= WIDEST_LINE ? both.line : null;
  return { layers, join, align, span, axes, counts: axes === 2 ? both.map : line, found: coverageOf(both), wanted: model.get("view") };
}

function describe(finding) {
  const { layers, join, align, span, axes, found, wanted, counts } = finding;
  const words = [axes === 2 ? imageWords(found) : `The module spans ${span} samples.`];
  words.push(`Along one axis it reads ${found.read} of ${span}${found.holes ? `, and the largest gap is ${found.largestGap}` : ""}.`);
  words.push(verdictWords(finding));
  if (wanted === "map" && axes === 1) words.push(`An image of more than ${WIDEST_MAP} pixels a side is not drawn, so one axis is shown.`);
  if (!counts) words.push(`More than ${WIDEST_LINE} samples are not drawn.`);
  if (align === "last" && join !== "cascade") words.push("A window has no middle sample, so the branches meet at their last tap.");
  if (layers.length > 1) words.push(distanceWords(finding));
  return words.join(" ");
}

/** M₂ of layers in a row; for branches it is not defined. */
function distanceWords({ layers, join }) {
  if (join === "parallel") return "M₂ is about layers in a row, so it is not defined for branches.";
  return `M₂ of these dilations is ${secondDistance(layers.map((layer) => layer.dilation))}.`;
}

function imageWords({ span, pixelsRead }) {
  const share = ((100 * pixelsRead) / span ** 2).toFixed(1);
  return `The module spans ${span} × ${span} = ${span ** 2} pixels and reads ${pixelsRead} of them (${share} %).`;
}

function verdictWords({ axes, found }) {
  if (found.holes > 0) return "There are holes.";
  if (axes === 2 && found.pixelsRead < found.span ** 2) return "One axis alone shows no hole, the image does.";
  return "No holes.";
}

/** How often, for counts of any size. */
function timesWords(count) {
  return count > Number.MAX_SAFE_INTEGER ? `used about ${count.toExponential(2)} times` : times(count);
}

function paintModule(pen, size, { counts, axes }) {
  if (!counts) return null;
  return axes === 2 ? paintImage(pen, size, counts) : paintLine(pen, size, counts);
}

function paintImage(pen, { width, colours }, { span, cells }) {
  const cell = pen.whole(width / span);
  const start = Math.floor((width - span * cell) / 2);
  const top = cells.reduce((most, count) => Math.max(most, count), 0);
  const rows = Array.from({ length: span }, (_, row) => ({ row, counts: cells.slice(row * span, (row + 1) * span) }));
  const bands = groupBy(rows, ({ counts }) => counts.join()).map(([, alike]) => ({
    tops: alike.map(({ row }) => start + row * cell),
    paint: (band) => paintCells(band, colours, cell, Array.from(alike[0].counts, (count, column) => [column * cell, 0, count]), top),
  }));
  pen.bands(start, span * cell, cell, bands);
  return {
    rows: span,
    columns: span,
    box: (row, column) => ({ x: start + column * cell, y: start + row * cell, width: cell, height: cell }),
    describe: (row, column) => `Row ${row + 1}, column ${column + 1}: ${timesWords(cells[row * span + column])}.`,
  };
}

function paintLine(pen, { width, colours }, { span, cells }) {
  const cell = width / span;
  const base = LINE_HEIGHT - 18;
  const top = cells.reduce((most, count) => Math.max(most, count), 0);
  const [gap, bar] = [cell > 6 ? 1 : 0, Math.max(cell, 0.75)];
  const places = Array.from(cells, (count, at) => ({ count, at }));
  groupBy(places, ({ count }) => count).forEach(([count, alike]) => {
    const high = count === 0 ? base : (0.12 + 0.88 * Math.sqrt(count / top)) * base;
    const fill = count === 0 ? colours["hole-ground"] : mix(colours.low, colours.high, 0.35 + 0.65 * Math.sqrt(count / top));
    pen.rects(alike.map(({ at }) => [at * cell, base - high, bar - gap, high]), { fill });
  });
  if (cell >= 4) places.forEach(({ count, at }) => {
    if (count === 0 && cell >= 5) paintCross(pen, [at * cell + cell / 2, base - 10], Math.min(5, cell * 0.3), colours.hole, 1.4);
    else if (cell * 1.6 > 8 * String(count).length) pen.text(at * cell + cell / 2, base + 9, String(count), { fill: colours.ink, size: 11 });
  });
  pen.line(0, base, width, base, { stroke: colours.quiet });
  return {
    rows: 1,
    columns: span,
    box: (row, column) => ({ x: column * cell, y: 0, width: cell, height: base }),
    describe: (row, column) => `Sample ${column + 1} of ${span}: ${timesWords(cells[column])}.`,
  };
}

function same(a, b) {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Which known module the layers are, however they are shown; -1 if none. */
function presetOf(model) {
  const [join, kernels, dilations] = ["join", "kernels", "dilations"].map((trait) => model.get(trait));
  return PRESETS.findIndex((preset) => preset.join === join && same(preset.kernels, kernels) && same(preset.dilations, dilations));
}

/** The select of known modules; it says "Your own" as soon as anything else is built. */
function presetField(model) {
  const entries = [["-1", OWN], ...PRESETS.map(({ name }, i) => [String(i), name])];
  const { element, select } = selectField("Module", entries, (chosen) => {
    if (chosen === "-1") return;
    const { join, view, kernels, dilations } = PRESETS[Number(chosen)];
    setTraits(model, { join, view, kernels, dilations });
  });
  return { element, show: () => { select.value = String(presetOf(model)); } };
}

/** A number of one layer: kernel size or dilation. */
function numberField(model, trait, index, word) {
  const { min, max } = model.get("bounds")[trait];
  const input = make("input", { type: "number", min, max, step: 1, required: true });
  input.setAttribute("aria-label", `Convolution ${index + 1} ${word}`);
  input.style.width = "4.2em";
  input.addEventListener("input", () => {
    if (!input.checkValidity() || !/^\d+$/.test(input.value)) return;
    const values = [...model.get(trait)];
    values[index] = Number(input.value);
    setTraits(model, { [trait]: values });
  });
  input.addEventListener("change", () => input.reportValidity());
  input.addEventListener("blur", () => { input.value = model.get(trait)[index] ?? input.value; });
  return input;
}

/** One group of fields a layer, with buttons to add a layer and to take the last away. */
function layerFields(model) {
  const list = make("div", { className: "hdc-controls" });
  const more = makeButton("Add a layer", () => resize(1));
  const fewer = makeButton("Take the last away", () => resize(-1));
  let inputs = [];
  function resize(change) {
    const layers = layersOf(model);
    const last = layers[layers.length - 1];
    const kept = change > 0 ? [...layers, last] : layers.slice(0, -1);
    setTraits(model, { kernels: kept.map((layer) => layer.kernelSize), dilations: kept.map((layer) => layer.dilation) });
  }
  function rebuild(depth) {
    inputs = Array.from({ length: depth }, (_, i) => [numberField(model, "kernels", i, "kernel size"), numberField(model, "dilations", i, "dilation")]);
    list.replaceChildren(...inputs.map(([kernel, dilation], i) => {
      const group = make("span", {}, make("strong", { textContent: `${i + 1}` }), " kernel ", kernel, " dilation ", dilation);
      Object.assign(group.style, { border: "1px solid var(--hdc-line)", borderRadius: "6px", padding: ".2rem .45rem", whiteSpace: "nowrap" });
      return group;
    }));
  }
  function show() {
    const layers = layersOf(model);
    if (layers.length !== inputs.length) rebuild(layers.length);
    layers.forEach(({ kernelSize, dilation }, i) => [kernelSize, dilation].forEach((value, j) => {
      const input = inputs[i][j];
      if (input.value !== String(value)) input.value = value;
    }));
    more.disabled = layers.length >= model.get("bounds").dilations.most;
    fewer.disabled = layers.length <= 1;
  }
  const buttons = make("div", { className: "hdc-controls" }, more, fewer);
  return { elements: [buttons, list], show }; // the list grows and shrinks: the buttons stay where they are
}

function pythonOf(model) {
  const layers = layersOf(model);
  const [dilations, kernels] = [layers.map((layer) => layer.dilation), layers.map((layer) => layer.kernelSize)];
  const given = `([${dilations.join(", ")}], kernel_size=[${kernels.join(", ")}])`;
  const module = {
    cascade: `hdc.networks.Cascade${given}`,
    parallel: `hdc.networks.Parallel${given}`,
    summed: `hdc.networks.summed${given}`,
    skips: `hdc.networks.with_skips(hdc.networks.Cascade${given})`,
  }[model.get("join")];
  return `import hdclib as hdc\n\nmodule = ${module}\nprint(hdc.coverage(module, align="${alignmentFor(layers)}"))\n`;
}

function tell(el, { span, found, counts, align, axes }) {
  const { read, holes, largestGap, pixelsRead } = found;
  const cells = counts && counts.cells.length <= 4200 ? Array.from(counts.cells).join(" ") : "";
  Object.assign(el.dataset, { span, read, holes, gap: largestGap, pixels: pixelsRead ?? "", align, axes, counts: cells });
}

function render({ model, el }) {
  const frame = makeFrame(el, "Build a module", model);
  const unshare = shareInAddress(model, frame.warn);
  const fields = [presetField(model), choiceField(model, "join", "Layers are joined", JOINS), choiceField(model, "view", "Show", VIEWS)];
  const layers = layerFields(model);
  frame.controls.append(...fields.map(({ element }) => element));
  frame.controls.after(...layers.elements);
  let finding = findingOf(model);
  const picture = makePicture(frame.body, {
    name: "What the module reads",
    paint: (pen, size) => paintModule(pen, size, finding),
    heightFor: () => (finding.axes === 2 ? null : LINE_HEIGHT),
  });
  addTools(frame, [picture], () => pythonOf(model));
  const stop = redrawOn(model, ["join", "view", "kernels", "dilations"], () => {
    finding = findingOf(model);
    [...fields, layers].forEach(({ show }) => show());
    const words = describe(finding);
    picture.draw(`Kernel sizes ${model.get("kernels").join(", ")}, dilations ${model.get("dilations").join(", ")}. ${words}`);
    frame.say(words);
    tell(el, finding);
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
