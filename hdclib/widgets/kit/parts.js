// The parts that every widget is made of: frame, status line, tools, redraw on any change.
import { listsFirst, onPage } from "./address.js";
import { setTraits } from "./models.js";
import { listen, setAttribute, setWords } from "./picture.js";
import { savePictures } from "./saving.js";

/** Make an element: make("p", { className: "x", textContent: "…" }, child, …). */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A native button. */
export function makeButton(words, act, properties = {}) {
  const button = make("button", { type: "button", className: "hdc-button", textContent: words, ...properties });
  button.addEventListener("click", act);
  return button;
}

/**
 * The frame around a widget: a labelled group with a place for controls, pictures, a status line and tools, of which
 * *Reset* is the first. Made before anything changes the model, so that Reset leads back to how the page shows it.
 *
 * say(words) shows the words at once and reads them to a screen reader once the reader pauses; warn(words) shows
 * and reads what was refused.
 */
export function makeFrame(el, name, model) {
  const controls = make("div", { className: "hdc-controls" });
  const body = make("div", { className: "hdc-body" });
  const status = make("p", { className: "hdc-status" });
  const aloud = make("p", { className: "hdc-hidden" });
  aloud.setAttribute("role", "status");
  const notice = make("p", { className: "hdc-notice" });
  notice.setAttribute("role", "alert");
  const tools = make("div", { className: "hdc-tools" });
  el.classList.add("hdc");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", name);
  el.append(notice, controls, body, status, tools, aloud);
  let timer = 0;
  let first = true;
  function say(words) {
    if (status.textContent === words) return;
    status.textContent = words;
    clearTimeout(timer);
    if (!first) timer = setTimeout(() => { aloud.textContent = words; }, 400);
    first = false;
  }
  function warn(words) {
    notice.textContent = words;
  }
  const reset = resetButton(model, warn);
  tools.append(reset);
  return { controls, body, status, tools, reset, say, warn };
}

/** A button that takes every trait with bounds back to what it is now. */
function resetButton(model, warn) {
  const bounds = model.get("bounds");
  const first = Object.fromEntries(listsFirst(bounds, bounds).map((trait) => [trait, model.get(trait)]));
  return makeButton("Reset", () => {
    warn("");
    setTraits(model, first);
  });
}

/** A menu of what takes the pictures or the schedule home. `python` returns the code to copy. */
export function addTools(frame, pictures, python) {
  const buttons = [
    makeButton("Save PNG", () => savePictures(pictures, "png")),
    makeButton("Save SVG", () => savePictures(pictures, "svg")),
  ];
  if (python) buttons.push(copyButton("Copy as Python", python));
  if (onPage()) buttons.push(copyButton("Copy link", () => linkTo(frame.tools)));
  const summary = make("summary", { className: "hdc-button", textContent: "Save or copy" });
  frame.tools.append(make("details", { className: "hdc-menu" }, summary, make("div", { className: "hdc-controls" }, ...buttons)));
}

/** A table that opens with a click or a key; whoever has no mouse scrolls it too. */
export function closedTable(words, table) {
  const scroller = make("div", { className: "hdc-scroll", tabIndex: 0 }, table);
  scroller.setAttribute("role", "region");
  scroller.setAttribute("aria-label", words);
  return make("details", {}, make("summary", { textContent: words }), scroller);
}

/** The address of the page as it is, which leads to the section that an element stands in. */
function linkTo(element) {
  const address = new URL(window.location.href);
  const section = element.closest("section[id]");
  if (section) address.hash = section.id;
  return address.href;
}

function copyButton(words, text) {
  const button = makeButton(words, async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      window.prompt("Copy this:", text());
    }
    setTimeout(() => { button.textContent = words; }, 1500);
  });
  return button;
}

/** Call `draw` once now, and once after each batch of changes of the traits named. Returns the stop function. */
export function redrawOn(model, traits, draw) {
  let waiting = false;
  function soon() {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => {
      waiting = false;
      draw();
    });
  }
  traits.forEach((trait) => model.on(`change:${trait}`, soon));
  draw();
  return () => traits.forEach((trait) => model.off(`change:${trait}`, soon));
}

export { listen, setAttribute, setWords };
