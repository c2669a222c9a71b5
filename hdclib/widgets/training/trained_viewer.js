// What two trained networks say of one test picture, above the picture itself and the truth.
import { shareInAddress } from "../kit/address.js";
import { gridEnergy } from "../signal/signal_maths.js";
import { unpackSquare, wrongPixels } from "./packed.js";
import { byLightness, mix } from "../kit/pens.js";
import { listed } from "./schedules.js";
import { choiceField } from "../kit/choices.js";
import { makePicture } from "../kit/picture.js";
import { addTools, makeFrame, redrawOn } from "../kit/parts.js";

const TRAINED_SIDE = 48;
const TRAINED_CONDITIONS = {
  centre: "Made fields, noise 1, lines 2 pixels wide",
  "noise-low": "Less noise: 0.5",
  "noise-high": "More noise: 2",
  thin: "Lines 1 pixel wide",
  thick: "Lines 4 pixels wide",
  ordinary: "An ordinary layer before the dilated ones",
  "ordinary-low": "An ordinary layer before, less noise: 0.5",
  "ordinary-high": "An ordinary layer before, more noise: 2",
  after: "An ordinary layer after the dilated ones",
  stride: "A layer with stride 2 before the dilated ones",
  photograph: "A photograph, noise 1",
  long: "As the first, trained three times as long",
};
const TRAINED_VIEWS = { predictions: "Predictions, wrong pixels marked", errors: "Wrong pixels alone" };
const CLASS_NAMES = { fields: ["line", "ground", "blob"], photograph: ["dark", "middle", "light"] };
const TILE_GAP = 14;
const TILE_LABEL = 22;
const TILE_LEGEND = 26;

/** Everything that is shown, from the traits alone. */
function comparisonOf(model) {
  const condition = model.get("condition");
  const { call, input, truth: packedTruth, predicted, scores } = model.get("pictures")[condition];
  const truth = unpackSquare(packedTruth, 2, TRAINED_SIDE);
  /** @type {any[]} */
  const networks = ["first", "second"].map((trait) => {
    const schedule = model.get(trait);
    if (!Object.hasOwn(predicted, schedule)) return { schedule, trained: false };
    const labels = unpackSquare(predicted[schedule], 2, TRAINED_SIDE);
    const wrong = wrongPixels(labels, truth);
    const count = wrong.flat().reduce((sum, value) => sum + value, 0);
    return { schedule, trained: true, labels, wrong, share: count / TRAINED_SIDE ** 2, grid: gridEnergy(wrong, 2), scores: scores[schedule] };
  });
  const names = CLASS_NAMES[condition === "photograph" ? "photograph" : "fields"];
  return { call, names, truth, schedules: Object.keys(predicted), condition: TRAINED_CONDITIONS[condition], networks, view: model.get("view"), given: unpackSquare(input, 4, TRAINED_SIDE) };
}

function describeNetwork({ schedule, trained, share, grid, scores }) {
  if (!trained) return `Dilations ${listed(schedule)} were not trained in this condition: choose others.`;
  const [iou, boundary] = scores.map(([mean, half]) => `${mean.toFixed(3)} ± ${half.toFixed(3)}`);
  return `Dilations ${listed(schedule)}: ${(100 * share).toFixed(1)} % of this picture's pixels are wrong; `
    + `${(100 * grid).toFixed(0)} % of the error's energy is grain finer than four pixels. `
    + `Over all test pictures and seeds: mean IoU ${iou}, boundary F-score ${boundary}.`;
}

function tilesFor(width) {
  const cell = Math.max(1, Math.floor((width - TILE_GAP) / 2 / TRAINED_SIDE));
  const side = cell * TRAINED_SIDE;
  const left = Math.round((width - 2 * side - TILE_GAP) / 2);
  const corner = (place) => ({
    x: left + (place % 2) * (side + TILE_GAP),
    y: TILE_LABEL + Math.floor(place / 2) * (side + TILE_LABEL + 4),
  });
  return { cell, side, corner, height: 2 * (side + TILE_LABEL) + 10 + TILE_LEGEND };
}

function paintTile(pen, colours, values, { x, y }, cell, shadeOf) {
  const boxes = new Map();
  values.forEach((row, down) => row.forEach((value, across) => {
    const fill = shadeOf(value);
    if (!boxes.has(fill)) boxes.set(fill, []);
    boxes.get(fill).push([x + across * cell, y + down * cell, cell, cell]);
  }));
  boxes.forEach((list, fill) => pen.rects(list, { fill }));
  pen.rect(x - 0.5, y - 0.5, TRAINED_SIDE * cell + 1, TRAINED_SIDE * cell + 1, { stroke: colours.line });
}

function paintWrong(pen, colours, wrong, { x, y }, cell) {
  const dot = pen.whole((2 * cell) / 3);
  const rim = pen.whole((cell - dot) / 2); // what is marked is still seen around its mark
  const edge = pen.whole(dot / 6);
  const edged = edge < dot / 5; // else the edge, a whole pixel of the screen, would leave too little of the mark
  const corners = [];
  wrong.forEach((row, down) => row.forEach((value, across) => {
    if (value) corners.push([x + across * cell, y + down * cell]);
  }));
  const squares = (inset) => corners.map(([left, top]) => {
    const side = dot - 2 * inset;
    return [left + rim + inset, top + rim + inset, side, side];
  });
  if (edged) pen.rects(squares(0), { fill: colours.ground }); // some pixels are as light as the mark
  pen.rects(squares(edged ? edge : 0), { fill: colours.second });
}

/** What the shades mean, under the pictures. */
function paintTrainedLegend(pen, colours, { names, view }, width, y, shade) {
  const pitch = Math.min(78, width / (names.length + 1));
  const classes = names.map((name, number) => ({ name, fill: shade(number / 2), inset: 0 }));
  const wrong = { name: "wrong", fill: view === "errors" ? colours.ink : colours.second, inset: view === "errors" ? 0 : 3 };
  [...classes, wrong].forEach(({ name, fill, inset }, place) => {
    const x = 1 + place * pitch;
    pen.rect(x + inset, y + inset, 12 - 2 * inset, 12 - 2 * inset, { fill });
    if (!inset) pen.rect(x, y, 12, 12, { stroke: colours.line });
    pen.text(x + 18, y + 6, name, { fill: colours.ink, size: 12, anchor: "left", most: pitch - 24 });
  });
}

function paintComparison(pen, { width, height, colours }, state) {
  const { cell, corner } = tilesFor(width);
  const [dark, light] = byLightness(colours.low, colours.high); // as in a photograph, on any ground
  const shade = (share) => mix(dark, light, share);
  const title = (place, words) => {
    const { x, y } = corner(place);
    pen.text(x, y - TILE_LABEL / 2, words, { fill: colours.ink, size: 13, anchor: "left", bold: true });
  };
  state.networks.forEach((network, place) => {
    title(place, listed(network.schedule));
    if (!network.trained) {
      const { x, y } = corner(place);
      pen.text(x, y + 12, "not trained here", { fill: colours.ink, size: 12, anchor: "left" });
      return;
    }
    if (state.view === "errors") paintTile(pen, colours, network.wrong, corner(place), cell, (value) => (value ? colours.ink : colours.ground));
    else paintTile(pen, colours, network.labels, corner(place), cell, (value) => shade(value / 2));
    if (state.view === "predictions") paintWrong(pen, colours, network.wrong, corner(place), cell);
  });
  title(2, "input");
  paintTile(pen, colours, state.given, corner(2), cell, (value) => shade(value / 15));
  title(3, "truth");
  paintTile(pen, colours, state.truth, corner(3), cell, (value) => shade(value / 2));
  paintTrainedLegend(pen, colours, state, width, height - TILE_LEGEND + 8, shade);
  const { x, y } = corner(0);
  return {
    rows: TRAINED_SIDE,
    columns: TRAINED_SIDE,
    box: (row, column) => ({ x: x + column * cell, y: y + row * cell, width: cell, height: cell }),
    describe: (row, column) => describeTrained(state, row, column),
  };
}

function describeTrained({ given, truth, networks, names }, row, column) {
  const steps = ((given[row][column] - 8) / 2).toFixed(1).replace("-", "−");
  const said = networks.filter(({ trained }) => trained).map(({ schedule, labels }) => `${listed(schedule)} says ${names[labels[row][column]]}`);
  return `Row ${row + 1}, column ${column + 1}: input about ${steps}, ${[`truth ${names[truth[row][column]]}`, ...said].join("; ")}.`;
}

function trainedPython({ call, networks }) {
  const shown = networks.filter(({ trained }) => trained).map(({ schedule }) => `scores[${listed(schedule)}]["mean_iou"]`);
  return [
    "import hdclib as hdc",
    "",
    `given, truth, predicted = hdc.training.pictures(${call})`,
    `scores = hdc.training.scores(${call})`,
    `print(${shown.join(", ")})`,
    "",
  ].join("\n");
}

function render({ model, el }) {
  const frame = makeFrame(el, "Trained networks", model);
  const unshare = shareInAddress(model, frame.warn);
  const schedules = Object.fromEntries(model.get("bounds").first.options.map((schedule) => [schedule, listed(schedule)]));
  const fields = [
    choiceField(model, "condition", "Condition", TRAINED_CONDITIONS),
    choiceField(model, "first", "Dilations on the left", schedules),
    choiceField(model, "second", "Dilations on the right", schedules),
    choiceField(model, "view", "Show", TRAINED_VIEWS),
  ];
  frame.controls.append(...fields.map(({ element }) => element));
  let state = comparisonOf(model);
  const picture = makePicture(frame.body, {
    name: "Two predictions, input and truth",
    paint: (pen, size) => paintComparison(pen, size, state),
    heightFor: (width) => tilesFor(width).height,
    maxWidth: 640,
  });
  addTools(frame, [picture], () => trainedPython(state));
  const stop = redrawOn(model, ["condition", "first", "second", "view", "pictures"], () => {
    state = comparisonOf(model);
    fields.forEach(({ show }, place) => show([1, 2].includes(place) ? state.schedules : undefined));
    const words = state.networks.map(describeNetwork).join(" ");
    picture.draw(`${state.condition}. ${words}`);
    frame.say(words);
    const known = state.networks.filter(({ trained }) => trained);
    el.dataset.share = known.map(({ share }) => share.toFixed(6)).join(" ");
    el.dataset.grid = known.map(({ grid }) => grid.toFixed(6)).join(" ");
    Object.assign(el.dataset, { condition: model.get("condition"), view: state.view });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
