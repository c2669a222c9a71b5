// The parts that every widget is made of: frame, status line, tools, redraw on any change, state in the address.
import { listen } from "./picture.js";
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
 * The frame around a widget: a labelled group with a place for controls, pictures, a status line and tools.
 *
 * say(words) shows the words at once and reads them to a screen reader once the reader pauses; warn(words) shows
 * and reads what was refused.
 */
export function makeFrame(el, name) {
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
  return { controls, body, status, tools, say, warn };
}

/** Buttons that take the pictures or the schedule home. `python` returns the code to copy. */
export function addTools(frame, pictures, python) {
  frame.tools.append(
    makeButton("Save PNG", () => savePictures(pictures, "png")),
    makeButton("Save SVG", () => savePictures(pictures, "svg")),
  );
  if (python) frame.tools.append(copyButton("Copy as Python", python));
  if (onPage()) frame.tools.append(copyButton("Copy link", () => window.location.href));
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

/** True on the built site, false in a notebook front end. */
export function onPage() {
  return "hdcPage" in document.documentElement.dataset;
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

/**
 * Keep traits in the page's address, and take them from it.
 *
 * fields maps a trait to what is allowed: { min, max } for a whole number, { options: [...] } for a choice, or
 * { min, max, most } for a list of at most that many whole numbers. Anything else in the address is refused in
 * words through `warn`, and the widget keeps its own value. Does nothing outside the built site.
 */
export function shareInAddress(model, fields, warn) {
  const key = model.get("key");
  if (!onPage() || !key) return () => {};
  const initial = Object.fromEntries(Object.keys(fields).map((trait) => [trait, writeField(model.get(trait))]));
  const refused = takeFromAddress(model, key, fields);
  if (refused.length) warn(`The address was not followed: ${refused.join("; ")}.`);
  let timer = 0;
  const save = () => {
    clearTimeout(timer);
    timer = setTimeout(() => putInAddress(model, key, initial), 150);
  };
  const traits = Object.keys(fields);
  traits.forEach((trait) => model.on(`change:${trait}`, save));
  return () => traits.forEach((trait) => model.off(`change:${trait}`, save));
}

function takeFromAddress(model, key, fields) {
  const refused = [];
  for (const [name, text] of new URLSearchParams(window.location.search)) {
    if (!name.startsWith(`${key}.`)) continue;
    const trait = name.slice(key.length + 1);
    const value = Object.hasOwn(fields, trait) ? parseField(text, fields[trait]) : undefined;
    if (value === undefined) refused.push(`${name.slice(0, 40)}=${text.slice(0, 40)} is not ${allowed(fields, trait)}`);
    else model.set(trait, value);
  }
  model.save_changes();
  return refused;
}

function allowed(fields, trait) {
  if (!Object.hasOwn(fields, trait)) return "known here";
  const { options, min, max, most } = fields[trait];
  if (options) return `one of ${options.join(", ")}`;
  const numbers = `from ${min} to ${max}`;
  return most ? `1 to ${most} whole numbers ${numbers}` : `a whole number ${numbers}`;
}

function parseField(text, { options, min, max, most }) {
  if (options) return options.find((option) => String(option) === text);
  const numbers = text.split(",");
  if (numbers.length > (most || 1) || !numbers.every((part) => /^-?\d{1,6}$/.test(part))) return undefined;
  const values = numbers.map(Number);
  if (!values.every((value) => value >= min && value <= max)) return undefined;
  return most ? values : values[0];
}

function writeField(value) {
  return Array.isArray(value) ? value.join(",") : String(value);
}

function putInAddress(model, key, initial) {
  const address = new URL(window.location.href);
  Object.keys(initial).forEach((trait) => {
    const [name, value] = [`${key}.${trait}`, writeField(model.get(trait))];
    if (value === initial[trait]) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  });
  window.history.replaceState(window.history.state, "", address);
}

export { listen };
