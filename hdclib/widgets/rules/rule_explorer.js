// A rule against the truth on every stack up to a size, counted in the page, and the smallest stack it misjudges.
import { shareInAddress } from "../kit/address.js";
import { choiceField } from "../kit/choices.js";
import { LEAST_CELL, paintCoarseMap } from "../kit/coarse_map.js";
import { commonDivisor, coverage, firstHole, stackOf, tapCounts } from "../kit/dilation.js";
import { paintUsageMap } from "../kit/maps.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeFrame, redrawOn } from "../kit/parts.js";
import { continueSurvey, paperDistance, repairedDistance, startSurvey } from "./survey_maths.js";

const CHOICES = {
  rule: {
    label: "Rule",
    options: {
      distance: "M₂ ≤ K, as printed",
      repaired: "M₂ ≤ K, with K − 1 for 2",
      divisor: "no common divisor",
      coprime: "no divisor shared by two",
      largest: "no dilation above K",
      exact: "exact criterion",
    },
  },
  layers: { label: "Layers", options: { 2: "2", 3: "3", 4: "4", "2-4": "2 to 4" } },
  order: { label: "Dilations", options: { sorted: "sorted", any: "in any order" } },
  demand: {
    label: "Ask only",
    options: { none: "all stacks", first: "those whose first is 1", divisor: "those without common divisor" },
  },
  shown: {
    label: "Show",
    options: { either: "the smallest mistake", acceptance: "a false acceptance", rejection: "a false rejection" },
  },
};
const SURVEYED = ["rule", "kernel_size", "layers", "order", "demand", "largest"];
const FRAME_TIME = 3; // milliseconds of counting before the page may answer again
const NEWS_TIME = 120; // milliseconds between two reports of a count that goes on
const BATCH = 500; // stacks between two looks at the clock

function depthsOf(model) {
  const layers = model.get("layers");
  return layers === "2-4" ? [2, 3, 4] : [Number(layers)];
}

function questionOf(model) {
  const { rule, order, demand, largest } = Object.fromEntries(SURVEYED.map((trait) => [trait, model.get(trait)]));
  return { rule, order, demand, largest, kernelSize: model.get("kernel_size"), depths: depthsOf(model) };
}

/** The misjudged stack to draw, and whether the rule accepted it; null if there is none of the kind asked for. */
function mistakeOf(survey, shown) {
  const { falseAcceptances, falseRejections } = survey.smallest;
  if (falseAcceptances && shown !== "rejection") return { stack: falseAcceptances, accepted: true };
  if (falseRejections && shown !== "acceptance") return { stack: falseRejections, accepted: false };
  return null;
}

const written = (stack) => `[${stack.join(", ")}]`;
const GROUPS = new Intl.NumberFormat("en-US");
const grouped = (count) => GROUPS.format(count);

/** Why the rule says what it says of a stack, in one sentence. */
function reasonOf({ rule, kernelSize }, stack, accepted) {
  const distance = rule === "repaired" ? repairedDistance(stack, kernelSize) : paperDistance(stack);
  const largest = Math.max(...stack);
  return {
    distance: accepted ? `M₂ = ${distance} is at most ${kernelSize}.` : `M₂ = ${distance} is more than ${kernelSize}.`,
    repaired: accepted
      ? `With K − 1 in place of 2, M₂ = ${distance} is at most ${kernelSize}.`
      : `With K − 1 in place of 2, M₂ = ${distance} is more than ${kernelSize}.`,
    divisor: accepted ? "No number above 1 divides all dilations." : `All dilations are multiples of ${commonDivisor(stack)}.`,
    coprime: accepted ? "No two dilations share a divisor above 1." : "Two dilations share a divisor above 1.",
    largest: accepted
      ? `The largest dilation, ${largest}, is at most ${kernelSize}.`
      : `The largest dilation, ${largest}, is more than ${kernelSize}.`,
    exact: "",
  }[rule];
}

function describeMistake(survey, mistake) {
  if (!mistake) return "There is no stack of the kind to show.";
  const { stack, accepted } = mistake;
  const layers = stackOf(stack, survey.question.kernelSize);
  const { span, holes } = coverage(tapCounts(layers));
  const reason = reasonOf(survey.question, stack, accepted);
  return accepted
    ? `Smallest false acceptance: ${written(stack)}. ${reason} Yet unread along an axis: ${holes} of ${span} samples, the first at sample ${firstHole(layers)}.`
    : `Smallest false rejection: ${written(stack)}. ${reason} Yet it reads all ${span} samples along an axis.`;
}

function describeSurvey(survey, shown) {
  if (!survey.done) return `Counting: ${grouped(survey.seen)} of ${grouped(survey.total)} stacks so far.`;
  const { rightAcceptances, falseAcceptances, falseRejections, rightRejections } = survey.counts;
  const stacks = rightAcceptances + falseAcceptances + falseRejections + rightRejections;
  if (falseAcceptances + falseRejections === 0) {
    return `Rule and truth agree on all ${grouped(stacks)} stacks. Without holes: ${grouped(rightAcceptances)}.`;
  }
  const head = `Stacks: ${grouped(stacks)}. False acceptances: ${grouped(falseAcceptances)}. False rejections: ${grouped(falseRejections)}.`;
  return `${head} ${describeMistake(survey, mistakeOf(survey, shown))}`;
}

/** The table of four cells; set(survey) fills it. */
function makeTable() {
  const heads = ["verdict", "no holes", "holes"].map((words) => make("th", { textContent: words, scope: "col" }));
  const rows = { accepted: ["rightAcceptances", "falseAcceptances"], rejected: ["falseRejections", "rightRejections"] };
  const cells = {};
  const lines = Object.entries(rows).map(([words, names]) => {
    const line = names.map((name) => (cells[name] = make("td")));
    return make("tr", {}, make("th", { textContent: words, scope: "row" }), ...line);
  });
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...lines));
  table.setAttribute("aria-label", "Stacks by verdict and truth");
  function set({ counts }) {
    Object.entries(cells).forEach(([name, cell]) => {
      const mistaken = name.startsWith("false") && counts[name] > 0;
      cell.textContent = `${mistaken ? "✗" : "✓"} ${grouped(counts[name])}`;
      Object.assign(cell.style, { color: mistaken ? "var(--hdc-hole)" : "", fontWeight: mistaken ? "600" : "" });
    });
  }
  return { table, set };
}

function paintMistake(pen, size, survey, shown) {
  const mistake = survey && mistakeOf(survey, shown);
  if (!mistake) {
    const words = survey && survey.done ? "no such stack" : "counting";
    pen.text(size.width / 2, size.height / 2, words, { fill: size.colours.quiet, size: 14 });
    return null;
  }
  const counts = tapCounts(stackOf(mistake.stack, survey.question.kernelSize));
  const paint = size.width / counts.length < LEAST_CELL ? paintCoarseMap : paintUsageMap;
  return paint(pen, size, counts, Math.max(5, counts.length));
}

/** The question in words, for a picture that stands alone. */
function askedOf(model) {
  return `Rule: ${CHOICES.rule.options[model.get("rule")]}. Kernel size ${model.get("kernel_size")}.`;
}

function pythonOf(model) {
  const { rule, kernelSize, depths, largest, order, demand } = questionOf(model);
  return `import hdclib as hdc\n\nprint(hdc.survey("${rule}", ${kernelSize}, depths=[${depths.join(", ")}], largest=${largest}, order="${order}", demand="${demand}"))\n`;
}

/** Count stacks until the time of one frame is used up. */
function countForOneFrame(survey) {
  const until = performance.now() + FRAME_TIME;
  do continueSurvey(survey, BATCH); while (!survey.done && performance.now() < until);
}

function render({ model, el }) {
  const frame = makeFrame(el, "Rule against truth", model);
  const unshare = shareInAddress(model, frame.warn);
  const choices = Object.entries(CHOICES).map(([trait, { label, options }]) => choiceField(model, trait, label, options));
  frame.controls.append(...choices.map(({ element }) => element));
  const { table, set } = makeTable();
  const progress = make("progress", { max: 1, value: 0 });
  progress.setAttribute("aria-label", "Stacks counted");
  frame.body.append(make("div", { className: "hdc-scroll" }, table), progress);
  /** @type {any} what startSurvey makes, null before the first */
  let survey = null;
  let [timer, paint, told] = [0, 0, 0];
  let [asked, drawn] = ["", ""];
  const picture = makePicture(frame.body, {
    name: "Usage map of a misjudged stack",
    paint: (pen, size) => paintMistake(pen, size, survey, model.get("shown")),
    heightFor: () => (survey && survey.done && !mistakeOf(survey, model.get("shown")) ? 48 : null),
    maxWidth: 360,
  });
  addTools(frame, [picture], () => pythonOf(model));
  function show() {
    const words = describeSurvey(survey, model.get("shown"));
    set(survey);
    progress.value = survey.seen / survey.total;
    progress.style.visibility = survey.done ? "hidden" : "visible";
    const mistake = JSON.stringify([asked, survey.done, mistakeOf(survey, model.get("shown"))]);
    if (mistake !== drawn) picture.draw(`${askedOf(model)} ${words}`); // the same map stands through most of the counting
    drawn = mistake;
    frame.say(words);
    publish(el, survey);
    told = performance.now();
  }
  const soon = () => { timer = setTimeout(more, 0); };
  function halt() {
    clearTimeout(timer);
    cancelAnimationFrame(paint);
  }
  function more() {
    countForOneFrame(survey);
    const news = survey.done || performance.now() - told > NEWS_TIME; // else the page need not be painted again
    if (news) show();
    if (survey.done) return;
    if (news) paint = requestAnimationFrame(soon);
    else soon();
  }
  const stop = redrawOn(model, [...SURVEYED, "shown"], () => {
    choices.forEach((choice) => choice.show());
    const question = questionOf(model);
    if (asked === JSON.stringify(question)) return show();
    asked = JSON.stringify(question);
    halt();
    survey = startSurvey(question);
    told = 0; // what the first moments find is shown at once
    return more();
  });
  return () => {
    halt();
    [stop, unshare, picture.close].forEach((end) => end());
  };
}

/** What is shown, for tests. */
function publish(el, { counts, smallest, done }) {
  const { rightAcceptances, falseAcceptances, falseRejections, rightRejections } = counts;
  el.dataset.counts = [rightAcceptances, falseAcceptances, falseRejections, rightRejections].join(" ");
  el.dataset.acceptance = (smallest.falseAcceptances || []).join(" ");
  el.dataset.rejection = (smallest.falseRejections || []).join(" ");
  el.dataset.done = String(done);
}

export default { render };
