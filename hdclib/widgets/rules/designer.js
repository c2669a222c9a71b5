// The designer: layers, kernel and target field in; every hole-free schedule out, ranked, each with its map.
import { shareInAddress } from "../kit/address.js";
import { MOST_SCHEDULES, designSchedules, leastDepth, nearestField } from "./design_maths.js";
import { choiceField } from "../kit/choices.js";
import { stackOf, tapCounts } from "../kit/dilation.js";
import { paintUsageMap } from "../kit/maps.js";
import { setTraits } from "../kit/models.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeButton, makeFrame, redrawOn, setAttribute, setWords } from "../kit/parts.js";

const RANKINGS = {
  evenness: "evenness, most first",
  squares: "squares, smallest first",
  nearness: "largest dilation, smallest first",
};
const ROWS = 8; // schedules on a page of the list

/** A function that finds everything that is shown, from the traits alone; a list is made once, not for each choice. */
function makeFinder() {
  /** @type {[string, any[] | null]} */
  let [known, schedules] = ["", null];
  return (model) => {
    const [depth, kernelSize, target, rank] = ["depth", "kernel_size", "target", "rank"].map((trait) => model.get(trait));
    const asked = [depth, kernelSize, target, rank].join();
    if (asked !== known) [known, schedules] = [asked, designSchedules(target, depth, kernelSize, rank)];
    const total = schedules?.length ?? 0;
    const number = Math.min(model.get("choice"), total);
    const before = ROWS * Math.max(0, Math.ceil(number / ROWS) - 1);
    const listed = (schedules ?? []).slice(before, before + ROWS);
    return { depth, kernelSize, target, rank, schedules, total, number, before, listed, chosen: schedules?.[number - 1] ?? null };
  };
}

function layersInWords(depth) {
  return depth === 1 ? "1 layer" : `${depth} layers`;
}

function describeDesign({ depth, kernelSize, target, schedules, chosen }) {
  const asked = `${layersInWords(depth)} of kernel size ${kernelSize}`;
  if (nearestField(target, depth, kernelSize) === null) {
    return `${asked} reach ${kernelSize ** depth} at most without a hole. For ${target} take at least ${layersInWords(leastDepth(target, kernelSize))}, or a larger kernel.`;
  }
  if (schedules === null) return `More than ${MOST_SCHEDULES} schedules fit ${asked}. Design fewer layers for a smaller field, then add layers whose dilations are at most the field so far.`;
  const count = schedules.length === 1 ? "One schedule has" : `${schedules.length} schedules have`;
  const near = chosen.field === target ? `exactly the field ${target}` : `the field ${chosen.field}, the nearest above ${target}`;
  const rule = chosen.passesM2 ? "M₂ ≤ K accepts it." : "M₂ ≤ K would reject it, although it has no hole.";
  return `${count} ${near}, with ${asked} and no hole. Shown: ${chosen.dilations.join(", ")}, evenness ${(100 * chosen.evenness).toFixed(0)} %, sum of squares ${chosen.squares}, ${chosen.weights} weights for each pair of channels. ${rule}`;
}

const HEADS = ["dilations", "evenness", "squares", "M₂ ≤ K"];
const SORTED = { evenness: ["evenness", "descending"], squares: ["squares", "ascending"], nearness: ["dilations", "other"] };

/**
 * All schedules, a page at a time: radio buttons choose the one whose map is drawn, and the arrow keys lead on to the
 * next page. `choose` is called with the number of a schedule in the whole list.
 */
function makeList(choose) {
  const body = make("tbody");
  const heads = HEADS.map((words) => make("th", { textContent: words, scope: "col" }));
  const caption = make("caption", { className: "hdc-hidden" });
  const table = make("table", {}, caption, make("thead", {}, make("tr", {}, ...heads)), body);
  const group = `hdc-schedules-${Math.random().toString(36).slice(2)}`;
  let [filled, shown] = ["", { before: 0, total: 0 }];
  const turn = (way) => {
    const next = shown.before + way * ROWS + 1;
    if (next >= 1 && next <= shown.total) choose(next);
  };
  const [back, on] = [makeButton(`Previous ${ROWS}`, () => turn(-1)), makeButton(`Next ${ROWS}`, () => turn(1))];
  const place = make("span");
  body.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const at = [...body.querySelectorAll("input")].findIndex((radio) => radio === event.target) + (way ?? 0);
    const next = shown.before + at + 1;
    if (!way || (at >= 0 && at < ROWS && next <= shown.total)) return; // the browser's own way within the page
    event.preventDefault();
    if (next >= 1 && next <= shown.total) choose(next);
  });

  function rowOf(schedule, at) {
    const radio = make("input", { type: "radio", name: group });
    radio.addEventListener("change", () => choose(shown.before + at + 1));
    const label = make("label", {}, radio, ` ${schedule.dilations.join(", ")}`);
    const cells = [`${(100 * schedule.evenness).toFixed(1)} %`, schedule.squares, schedule.passesM2 ? "yes" : "no"];
    return make("tr", {}, make("td", {}, label), ...cells.map((words) => make("td", { textContent: words })));
  }

  function show(design) {
    const { listed, before, number, rank, total } = shown = design;
    const focused = body.contains(document.activeElement);
    const wanted = JSON.stringify(listed.map(({ dilations }) => dilations));
    if (wanted !== filled) body.replaceChildren(...listed.map(rowOf));
    filled = wanted;
    const radios = body.querySelectorAll("input");
    radios.forEach((radio, at) => { radio.checked = before + at + 1 === number; });
    if (focused) radios[number - before - 1]?.focus();
    const part = `${before + 1} to ${before + listed.length} of ${total}`;
    setWords(place, total === 0 ? "None" : part);
    setWords(caption, `Schedules without holes, ${total === 0 ? "none" : part}, sorted by ${RANKINGS[rank]}`);
    heads.forEach((head) => {
      if (head.textContent === SORTED[rank][0]) setAttribute(head, "aria-sort", SORTED[rank][1]);
      else head.removeAttribute("aria-sort");
    });
    setAttribute(back, "aria-disabled", String(before === 0));
    setAttribute(on, "aria-disabled", String(before + ROWS >= total));
  }

  const scroller = make("div", { className: "hdc-scroll" }, table);
  return { element: make("div", { className: "hdc-list" }, scroller, make("div", { className: "hdc-controls" }, back, on, place)), show };
}

/** The map of the chosen schedule; without one, the words for it. */
function paintChosen(pen, size, { chosen, kernelSize }) {
  if (chosen) return paintUsageMap(pen, size, tapCounts(stackOf(chosen.dilations, kernelSize)));
  pen.text(size.width / 2, size.height / 2, "no schedule", { fill: size.colours.ink, size: 15 });
  return null;
}

function inPython({ chosen, target, depth, kernelSize }) {
  const [listed, rest] = [chosen?.dilations.join(", "), `kernel_size=${kernelSize}`];
  const call = chosen ? `check([${listed}], ${rest})` : `design(${target}, depth=${depth}, ${rest})`;
  return `import hdclib as hdc\n\nprint(hdc.${call})\n`;
}

function render({ model, el }) {
  const frame = makeFrame(el, "Schedule designer", model);
  const unshare = shareInAddress(model, frame.warn);
  const sorting = choiceField(model, "rank", "Sort by:", RANKINGS);
  const list = makeList((choice) => setTraits(model, { choice }));
  frame.controls.append(sorting.element);
  const findDesign = makeFinder();
  let design = findDesign(model);
  const stage = make("div", { className: "hdc-beside" });
  frame.body.append(make("div", { className: "hdc-listed" }, list.element, stage));
  const picture = makePicture(stage, {
    name: "Usage map of the chosen schedule",
    paint: (pen, size) => paintChosen(pen, size, design),
    maxWidth: 460,
  });
  addTools(frame, [picture], () => inPython(design));
  const start = () => model.set("choice", 1);
  const renewed = ["depth", "kernel_size", "target", "rank"];
  renewed.forEach((trait) => model.on(`change:${trait}`, start));
  const stop = redrawOn(model, [...renewed, "choice"], () => {
    design = findDesign(model);
    sorting.show();
    list.show(design);
    const words = describeDesign(design);
    picture.draw(words);
    frame.say(words);
    el.dataset.schedules = JSON.stringify(design.listed.map((schedule) => schedule.dilations));
    el.dataset.found = String(design.total);
    el.dataset.chosen = design.chosen ? design.chosen.dilations.join(" ") : "";
  });
  return () => {
    renewed.forEach((trait) => model.off(`change:${trait}`, start));
    [stop, unshare, picture.close].forEach((end) => end());
  };
}

export default { render };
