// The designer: layers, kernel and target field in; every hole-free schedule out, ranked, each with its map.
import { shareInAddress } from "../kit/address.js";
import { MOST_SCHEDULES, designSchedules, leastDepth, nearestField } from "./design_maths.js";
import { choiceField } from "../kit/choices.js";
import { stackOf, tapCounts } from "../kit/dilation.js";
import { paintUsageMap } from "../kit/maps.js";
import { setTraits } from "../kit/models.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeFrame, redrawOn } from "../kit/parts.js";

const RANKINGS = { evenness: "most even use first", nearness: "smallest largest dilation first" };

/** Everything that is shown, from the traits alone. */
function findDesign(model) {
  const [depth, kernelSize, target] = ["depth", "kernel_size", "target"].map((trait) => model.get(trait));
  const schedules = designSchedules(target, depth, kernelSize, model.get("rank"));
  const listed = (schedules || []).slice(0, model.get("bounds").choice.max);
  const chosen = listed[Math.min(model.get("choice"), listed.length) - 1] || null;
  return { depth, kernelSize, target, schedules, listed, chosen };
}

function layersInWords(depth) {
  return depth === 1 ? "1 layer" : `${depth} layers`;
}

function describeDesign({ depth, kernelSize, target, schedules, listed, chosen }) {
  const asked = `${layersInWords(depth)} of kernel size ${kernelSize}`;
  if (nearestField(target, depth, kernelSize) === null) {
    return `${asked} reach ${kernelSize ** depth} at most without a hole. For ${target} take at least ${layersInWords(leastDepth(target, kernelSize))}, or a larger kernel.`;
  }
  if (schedules === null) return `More than ${MOST_SCHEDULES} schedules fit ${asked}. Design fewer layers for a smaller field, then add layers whose dilations are at most the field so far.`;
  const count = schedules.length === 1 ? "One schedule has" : `${schedules.length} schedules have`;
  const near = chosen.field === target ? `exactly the field ${target}` : `the field ${chosen.field}, the nearest above ${target}`;
  const rule = chosen.passesM2 ? "The paper's rule accepts it." : "The paper's rule would reject it, although it has no hole.";
  const cut = schedules.length > listed.length ? ` The first ${listed.length} are listed; hdc.design gives all.` : "";
  return `${count} ${near}, with ${asked} and no hole.${cut} Shown: ${chosen.dilations.join(", ")}, evenness ${(100 * chosen.evenness).toFixed(0)} %, ${chosen.weights} weights for each pair of channels. ${rule}`;
}

/** A table of schedules; its radio buttons choose the one whose map is drawn. */
function makeTable(onChoose) {
  const body = make("tbody");
  const heads = ["dilations", "evenness", "largest", "M₂ ≤ K"].map((words) => make("th", { textContent: words, scope: "col" }));
  const caption = make("caption", { className: "hdc-hidden" });
  const table = make("table", {}, caption, make("thead", {}, make("tr", {}, ...heads)), body);
  const group = `hdc-schedules-${Math.random().toString(36).slice(2)}`;
  function fill(listed, chosen) {
    body.replaceChildren(...listed.map((schedule, i) => {
      const radio = make("input", { type: "radio", name: group, checked: schedule === chosen });
      radio.addEventListener("change", () => onChoose(i + 1));
      const label = make("label", {}, radio, ` ${schedule.dilations.join(", ")}`);
      const cells = [`${(100 * schedule.evenness).toFixed(1)} %`, Math.max(...schedule.dilations), schedule.passesM2 ? "yes" : "no"];
      return make("tr", {}, make("td", {}, label), ...cells.map((words) => make("td", { textContent: words })));
    }));
  }
  return { element: make("div", { className: "hdc-scroll" }, table), caption, fill };
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
  const ranking = choiceField(model, "rank", "Rank:", RANKINGS);
  const table = makeTable((choice) => setTraits(model, { choice }));
  frame.controls.append(ranking.element);
  let design = findDesign(model);
  const picture = makePicture(frame.body, {
    name: "Usage map of the chosen schedule",
    paint: (pen, size) => paintChosen(pen, size, design),
    maxWidth: 460,
  });
  frame.body.append(table.element); // below the map, which would move with its length
  addTools(frame, [picture], () => inPython(design));
  const start = () => model.set("choice", 1);
  const renewed = ["depth", "kernel_size", "target", "rank"];
  renewed.forEach((trait) => model.on(`change:${trait}`, start));
  const stop = redrawOn(model, [...renewed, "choice"], () => {
    const before = design.listed;
    design = findDesign(model);
    ranking.show();
    if (JSON.stringify(before) !== JSON.stringify(design.listed) || !table.element.querySelector("tbody tr")) table.fill(design.listed, design.chosen);
    table.caption.textContent = `Schedules without holes, ${RANKINGS[model.get("rank")]}`;
    const words = describeDesign(design);
    picture.draw(words);
    frame.say(words);
    el.dataset.schedules = JSON.stringify(design.listed.map((schedule) => schedule.dilations));
    el.dataset.found = String(design.schedules ? design.schedules.length : 0);
    el.dataset.chosen = design.chosen ? design.chosen.dilations.join(" ") : "";
  });
  return () => {
    renewed.forEach((trait) => model.off(`change:${trait}`, start));
    [stop, unshare, picture.close].forEach((end) => end());
  };
}

export default { render };
