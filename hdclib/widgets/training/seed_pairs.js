// Two schedules of one setting: a pair of networks a seed, their difference, whether it was tested, and what both read.
import { shareInAddress } from "../kit/address.js";
import { choiceField } from "../kit/choices.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeFrame, redrawOn, setWords } from "../kit/parts.js";
import { listed } from "./schedules.js";
import { pairOf, scaleOf, testOf } from "./seed_pairs_maths.js";

const READ = {
  field: "field along an axis",
  holes: "holes along an axis",
  paths: "paths to a neighbour along it",
  near: "pixels read of the middle 5 × 5",
  divisor: "common divisor of the dilations",
};
const SAID = {
  field: "field", holes: "holes", paths: "paths to a neighbour", near: "pixels read near the middle", divisor: "common divisor",
};
const ROW = 24;
const HEAD = 34;
const AXIS = 44;
const SIDES = { left: 62, right: 66 };

function signed(value) {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}

function joined(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** Everything that is shown, from the traits alone. */
function stateOf(model) {
  const setting = model.get("settings")[model.get("setting")];
  const names = [model.get("first"), model.get("second")];
  const [first, second] = names.map((name) => (Object.hasOwn(setting.schedules, name) ? setting.schedules[name] : null));
  const pair = first && second && names[0] !== names[1] ? pairOf(first, second) : null;
  const [test, again] = [setting.tests, setting.again].map((tests) => testOf(tests, ...names));
  return { setting, names, first, second, pair, test, again };
}

/** All schedules of a setting share their seeds. */
function seedsOf({ setting }) {
  return Object.values(setting.schedules)[0].scores.length;
}

function saySure({ difference, halfWidth, p, family }) {
  const corrected = p < 0.0001 ? "below 0.0001" : p.toFixed(4);
  return `95 % interval of this pair alone ${signed(difference - halfWidth)} to ${signed(difference + halfWidth)}; p ${corrected} after correction for ${family} tests`;
}

/** What a test with seeds that nobody had seen says of the pair; nothing where there was none. */
function describeAgain(again) {
  return again ? ` With new seeds: difference ${signed(again.difference)} (${saySure(again)}).` : "";
}

function describeFailed({ names, first, second, pair }) {
  const failed = [first, second].flatMap((one, place) => one.failed.map((seed) => `seed ${seed} of ${listed(names[place])}`));
  if (!failed.length) return "";
  const { seeds, difference } = pair.learned;
  const rest = seeds ? ` Where both learned, the mean difference is ${signed(difference)}, over ${seeds} seeds.` : "";
  return ` Failed: ${joined(failed)}.${rest}`;
}

function describePair(state) {
  const { setting, names, first, second, pair, test, again } = state;
  const missing = names.filter((_, place) => ![first, second][place]);
  if (missing.length) return `In this setting (${setting.words}) no network has dilations ${joined(missing.map(listed))}: choose others.`;
  if (!pair) return "Both are the same schedule: choose another.";
  const [one, other] = names.map(listed);
  const means = `Mean IoU ${pair.means[0].toFixed(3)} for ${one} and ${pair.means[1].toFixed(3)} for ${other}`;
  const asked = again ? "this pair was not tested with these seeds" : "this pair was not tested, so there is no p";
  const counts = Object.keys(SAID).filter((name) => pair.differsIn.includes(name)).map((name) => SAID[name]);
  const apart = counts.length ? `They differ in ${joined(counts)}.` : "None of the five counts in the table differs.";
  const lengths = names.map((name) => name.split(" ").length);
  const layers = lengths[0] === lengths[1] ? "" : ` They have ${joined(lengths.map(String))} dilated layers, so they did not start from the same weights.`;
  return `${means}. Difference ${signed(pair.difference)} (${test ? saySure(test) : asked}); ${one} is above in ${pair.ahead} of ${pair.differences.length} seeds and below in ${pair.behind}.${describeFailed(state)}${describeAgain(again)} ${apart}${layers}`;
}

function paintMark(pen, place, x, y, colour, hollow, ground) {
  const style = hollow ? { fill: ground, stroke: colour, lineWidth: 2 } : { fill: colour };
  if (place === 0) pen.circle(x, y, 5.5, style);
  else pen.rect(x - 5, y - 5, 10, 10, style);
}

function paintLegend(pen, { width, colours }, names, marks) {
  let x = SIDES.left;
  names.forEach((name, place) => {
    paintMark(pen, place, x + 6, HEAD / 2, marks[place], false, colours.ground);
    pen.text(x + 18, HEAD / 2, listed(name), { fill: colours.ink, size: 13, anchor: "left", bold: true, most: width - SIDES.right - x - 22 });
    x += 34 + 7.5 * listed(name).length;
  });
  pen.text(width - 2, HEAD / 2, "difference", { fill: colours.quiet, size: 12, anchor: "right" });
}

function paintAxis(pen, { width, colours }, { from, to, step }, x, top, bottom) {
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  pen.lines(ticks.map((tick) => [x(tick), top, x(tick), bottom]), { stroke: colours.line });
  const every = (width - SIDES.left - SIDES.right) / ticks.length < 34 ? 2 : 1;
  ticks.filter((_, i) => i % every === 0).forEach((tick) => {
    pen.text(x(tick), bottom + 12, tick.toFixed(step < 0.01 ? 3 : 2), { fill: colours.quiet, size: 12 });
  });
  pen.text((x(from) + x(to)) / 2, bottom + 30, "mean IoU", { fill: colours.quiet, size: 12 });
}

function paintPairs(pen, size, { setting, names, first, second, pair }) {
  const { width, height, colours } = size;
  const marks = [colours.second, colours.tap];
  if (!pair) {
    pen.text(width / 2, height / 2, "Nothing to compare: choose two schedules.", { fill: colours.ink, size: 13, most: width - 10 });
    return null;
  }
  const both = [first, second];
  const scale = scaleOf([...first.scores, ...second.scores]);
  const across = width - SIDES.left - SIDES.right;
  const x = (score) => SIDES.left + ((score - scale.from) / (scale.to - scale.from)) * across;
  const seeds = seedsOf({ setting });
  const y = (row) => HEAD + (row + 0.5) * ROW + (row === seeds ? 6 : 0);
  paintLegend(pen, size, names, marks);
  paintAxis(pen, size, scale, x, HEAD, height - AXIS);
  pen.line(2, HEAD + seeds * ROW + 3, width - 2, HEAD + seeds * ROW + 3, { stroke: colours.quiet });
  const rows = [...pair.differences.map((difference, seed) => ({
    name: `seed ${seed}`, values: both.map((one) => one.scores[seed]), failed: both.map((one) => one.failed.includes(seed)), difference,
  })), { name: "mean", values: pair.means, failed: [false, false], difference: pair.difference }];
  rows.forEach(({ name, values, failed, difference }, row) => {
    const style = { fill: colours.ink, size: 12, bold: row === seeds };
    pen.text(2, y(row), name, { ...style, anchor: "left" });
    pen.line(x(values[0]), y(row), x(values[1]), y(row), { stroke: colours.quiet, lineWidth: 2 });
    values.forEach((value, place) => paintMark(pen, place, x(value), y(row), marks[place], failed[place], colours.ground));
    pen.text(width - 2, y(row), signed(difference), { ...style, anchor: "right" });
  });
  return {
    rows: rows.length,
    columns: 1,
    box: (row) => ({ x: 1, y: y(row) - ROW / 2 + 1, width: width - 2, height: ROW - 2 }),
    describe: (row) => describeRow(rows[row], names),
  };
}

function describeRow({ name, values, failed, difference }, names) {
  const said = values.map((value, place) => `${listed(names[place])} ${value.toFixed(3)}${failed[place] ? ", failed" : ""}`);
  return `${name[0].toUpperCase()}${name.slice(1)}: ${said.join("; ")}; difference ${signed(difference)}.`;
}

/** What both read, as a table; `show` fills it anew. */
function makeReadTable() {
  const heads = [make("th", { textContent: "one output reads", scope: "col" }), ...[0, 1].map(() => make("th", { scope: "col" }))];
  const body = make("tbody");
  const element = make("table", { className: "hdc-read" }, make("thead", {}, make("tr", {}, ...heads)), body);
  function show({ names, first, second, pair }) {
    element.hidden = !pair;
    if (!pair) return;
    names.forEach((name, place) => setWords(heads[place + 1], listed(name)));
    body.replaceChildren(...Object.entries(READ).map(([count, words]) => {
      const differs = pair.differsIn.includes(count);
      const cells = [first, second].map(({ read }) => make("td", {}, make(differs ? "strong" : "span", { textContent: String(read[count]) })));
      return make("tr", {}, make("th", { scope: "row", textContent: words }), ...cells);
    }));
  }
  return { element, show };
}

function pairsPython({ setting, names, first, second }) {
  const shown = names.filter((_, place) => [first, second][place]).map((name) => `found[${listed(name)}]`);
  return [
    "import hdclib as hdc",
    "",
    `found = hdc.training.every_seed("${setting.condition}")`,
    ...(shown.length === 2 ? [`print((${shown.join(" - ")}).round(3))`] : shown.map((one) => `print(${one})`)),
    "",
  ].join("\n");
}

/** Whoever chooses a setting sees two schedules that were trained in it: those chosen before, where they were. */
function chooseTrained(model) {
  const there = Object.keys(model.get("settings")[model.get("setting")].schedules);
  const chosen = ["first", "second"].map((trait) => model.get(trait));
  const rest = there.filter((name) => !chosen.includes(name));
  ["first", "second"].forEach((trait, place) => {
    if (!there.includes(chosen[place])) model.set(trait, rest.shift());
  });
  model.save_changes();
}

function render({ model, el }) {
  const frame = makeFrame(el, "Two schedules, seed by seed", model);
  const unshare = shareInAddress(model, frame.warn);
  const { setting, first } = model.get("bounds");
  const settings = Object.fromEntries(setting.options.map((name) => [name, model.get("settings")[name].words]));
  const schedules = Object.fromEntries(first.options.map((name) => [name, listed(name)]));
  const where = choiceField(model, "setting", "Setting", settings);
  where.select.addEventListener("change", () => chooseTrained(model));
  const which = ["first", "second"].map((trait) => choiceField(model, trait, trait === "first" ? "Dilations of the dots" : "Dilations of the squares", schedules));
  frame.controls.append(...[where, ...which].map(({ element }) => element));
  let state = stateOf(model);
  const picture = makePicture(frame.body, {
    name: "Two networks a seed",
    paint: (pen, size) => paintPairs(pen, size, state),
    heightFor: () => HEAD + (seedsOf(state) + 1) * ROW + 12 + AXIS, // a row more for the means
    maxWidth: 640,
  });
  const table = makeReadTable();
  frame.body.append(table.element);
  addTools(frame, [picture], () => pairsPython(state));
  const stop = redrawOn(model, ["setting", "first", "second", "settings"], () => {
    state = stateOf(model);
    where.show();
    which.forEach(({ show }) => show(Object.keys(state.setting.schedules)));
    const words = describePair(state);
    picture.draw(`${state.setting.words}. ${words}`);
    table.show(state);
    frame.say(words);
    Object.assign(el.dataset, { setting: model.get("setting"), difference: state.pair ? state.pair.difference.toFixed(6) : "" });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
