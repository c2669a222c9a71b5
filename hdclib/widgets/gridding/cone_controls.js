// The controls of the cone: view, outputs, layers, dilations, where the output stands, and a picture beside it.
import { make } from "../kit/parts.js";
import { CONE_ROOM } from "./cone_maths.js";

const CONE_VIEWS = { side: "Side", space: "Space", above: "Above" };
const OUTPUTS = { 0: "one output", 1: "two neighbours", 2: "two, 2 apart", 3: "two, 3 apart" };
const PICTURES = { none: "no picture", photograph: "a photograph", noise: "noise" };

/** Controls for a state; `change` stores what the reader asks for. Returns { element, show(state) }. */
export function makeConeControls(stateOf, change, bounds) {
  const views = coneRadios("View", CONE_VIEWS, (view) => change({ view }));
  const outputs = coneSelect("Show", OUTPUTS, (second) => change({ second: Number(second) }));
  const pictures = coneSelect("Apply it to", PICTURES, (picture) => change({ picture }));
  const kept = new Array(bounds.dilations.most).fill(1); // dilations of layers that were taken away
  const layers = coneSlider("Convolutions", 1, bounds.dilations.most, (many) => {
    const { dilations } = stateOf();
    dilations.forEach((dilation, i) => { kept[i] = dilation; });
    change({ dilations: kept.slice(0, many), step: many });
  });
  const sliders = kept.map((_, i) => coneSlider(`Dilation ${i + 1}`, 1, bounds.dilations.max, (dilation) => {
    change({ dilations: stateOf().dilations.map((old, at) => (at === i ? dilation : old)) });
  }));
  const column = coneSlider("Output column", 1, 2 * CONE_ROOM + 1, (at) => change({ column: at - CONE_ROOM - 1 }));
  const row = coneSlider("Output row", 1, 2 * CONE_ROOM + 1, (at) => change({ row: at - CONE_ROOM - 1 }));
  const choices = make("div", { className: "hdc-controls" }, views.element, outputs.element, pictures.element);
  const numbers = make("div", { className: "hdc-ranges" }, ...[layers, ...sliders, column, row].map(({ element }) => element));

  function show(state) {
    [[views, state.view], [outputs, state.second], [pictures, state.picture]].forEach(([choice, value]) => choice.show(value));
    layers.show(state.dilations.length);
    sliders.forEach((slider, i) => slider.show(state.dilations[i]));
    column.show(state.column + CONE_ROOM + 1);
    row.show(state.view === "side" ? undefined : state.row + CONE_ROOM + 1);
  }
  return { element: make("div", {}, choices, numbers), show };
}

let radioGroups = 0; // a name for each group of buttons on the page

function coneRadios(name, options, act) {
  radioGroups += 1;
  const inputs = Object.keys(options).map((value) => make("input", { type: "radio", name: `hdc-cone-${radioGroups}`, value }));
  inputs.forEach((input) => input.addEventListener("change", () => act(input.value)));
  const labels = inputs.map((input) => make("label", { className: "hdc-segment" }, input, make("span", { textContent: options[input.value] })));
  const element = make("div", { className: "hdc-segments" }, ...labels);
  element.setAttribute("role", "radiogroup");
  element.setAttribute("aria-label", name);
  return { element, show: (value) => inputs.forEach((input) => { input.checked = input.value === value; }) };
}

function coneSelect(name, options, act) {
  const select = make("select", {}, ...Object.entries(options).map(([value, words]) => make("option", { value, textContent: words })));
  select.addEventListener("change", () => act(select.value));
  return { element: make("label", {}, `${name} `, select), show: (value) => { select.value = value; } };
}

/** A range with its number; show(undefined) takes it off the page. */
function coneSlider(name, min, max, act) {
  const input = make("input", { type: "range", min, max, step: 1 });
  input.setAttribute("aria-label", name);
  const number = make("output");
  const element = make("label", { className: "hdc-range" }, make("span", { textContent: name }), input, number);
  input.addEventListener("input", () => act(Number(input.value)));
  function show(value) {
    element.hidden = value === undefined;
    if (value === undefined) return;
    input.value = value;
    number.textContent = value;
  }
  return { element, show };
}
