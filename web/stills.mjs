// What each widget shows at first, as a picture: its own script draws it, on a document that nobody sees.
// Reads [{ models, views }], a page each: the stored states of all widgets, and which of them are on the page. Writes
// for each page a list, with { svg } or, for a widget that has no picture, { lines } for each view: what it asks, and
// what may be chosen.
import { readFileSync } from "node:fs";
import { Window } from "happy-dom";
import { Watcher, coloursOf, takeAnyValue } from "./pretended.mjs";

const WIDGETS = new URL("../hdclib/widgets/", import.meta.url);
const REFERENCE = "IPY_MODEL_";
const PAUSE = 50; // milliseconds, longer than a step of those that count
const ASKED = ".hdc-status, legend, label";
const WINDOW = { clientWidth: 1400, clientHeight: 900 }; // CSS pixels
const MEAN_LETTER = 0.5; // of its size, in a system's font: nothing is measured here
const COLOURS = coloursOf(readFileSync(new URL("kit/widgets.css", WIDGETS), "utf8"));

/** The pixels of a canvas. */
class Pixels {
  constructor(width, height) {
    this.data = new Uint8ClampedArray(4 * width * height);
  }
}

/** A canvas's context that draws nothing. */
function idleContext() {
  const known = {
    font: "12px",
    measureText: (words) => ({ width: MEAN_LETTER * parseFloat(known.font.match(/[\d.]+px/)[0]) * words.length }),
    createImageData: (width, height) => new Pixels(width, height),
    getTransform: () => ({ e: 0, f: 0 }),
  };
  return new Proxy(known, { get: (from, name) => from[name] ?? (() => {}) });
}

let saved = null; // what a widget would have the reader's browser download

/** Make a browser of this process, as far as the widgets' scripts look. */
function pretend() {
  const window = new Window({ url: "https://live.invalid/" });
  const { document } = window;
  for (const [name, value] of Object.entries(WINDOW)) Object.defineProperty(document.documentElement, name, { value });
  const nothing = () => {};
  const made = {
    window: globalThis,
    document,
    location: window.location,
    localStorage: window.localStorage,
    CustomEvent: window.CustomEvent,
    ImageData: Pixels,
    devicePixelRatio: 1,
    ResizeObserver: Watcher,
    MutationObserver: Watcher,
    IntersectionObserver: Watcher,
    addEventListener: nothing,
    removeEventListener: nothing,
    requestAnimationFrame: (act) => setTimeout(() => act(performance.now())),
    cancelAnimationFrame: nothing,
    matchMedia: () => ({ matches: false, addEventListener: nothing, removeEventListener: nothing }),
    getComputedStyle: () => ({ getPropertyValue: (name) => COLOURS.get(name) ?? "" }),
  };
  for (const [name, value] of Object.entries(made)) Object.defineProperty(globalThis, name, { value, configurable: true });
  window.HTMLCanvasElement.prototype.getContext = idleContext;
  takeAnyValue(window);
  window.HTMLAnchorElement.prototype.click = nothing; // saving stays here
  URL.createObjectURL = (blob) => { saved = blob; return "blob:"; };
  URL.revokeObjectURL = nothing;
}

/** A model with a stored state, which no kernel and no slider changes. */
function fakeModel(state, all) {
  const held = { ...state };
  return {
    get: (name) => held[name],
    set: (name, value) => { held[name] = value; },
    save_changes() {},
    on() {},
    off() {},
    widget_manager: { get_model: async (id) => all.get(id) },
  };
}

/** The picture's model among a view and what it holds: the first with a script that shows something. */
function* withScript(id, models) {
  const { state } = models[id];
  if (state.page_script) yield id;
  for (const child of state.children ?? []) yield* withScript(child.slice(REFERENCE.length), models);
}

/** The numbers of an attribute to a hundredth of a pixel; what is written in the picture stays as it is. */
function shortened(attribute) {
  return attribute.replace(/\d+\.\d{3,}/g, (number) => String(Math.round(100 * number) / 100));
}

/** Wait until a widget that counts in many short steps has told its result. */
async function settled(el) {
  for (let before = null; before !== el.textContent;) {
    before = el.textContent;
    await new Promise((done) => { setTimeout(done, PAUSE); });
  }
}

async function still(id, models, all) {
  for (const part of withScript(id, models)) {
    const { default: script } = await import(new URL(models[part].state.page_script, WIDGETS));
    if (!script.render) continue;
    const el = document.createElement("div");
    document.body.append(el);
    await script.render({ model: all.get(part), el });
    await settled(el);
    const button = [...el.querySelectorAll("button")].find(({ textContent }) => textContent === "Save SVG");
    button?.click();
    el.remove();
    if (!button) return { lines: [...el.querySelectorAll(ASKED)].map(({ textContent }) => textContent.trim()) };
    const svg = await saved.text();
    return { svg: svg.replace(/="[^"]*"/g, shortened) };
  }
  return { lines: [] };
}

async function stillsOf({ models, views }) {
  const all = new Map();
  for (const [id, { state }] of Object.entries(models)) all.set(id, fakeModel(state, all));
  const found = [];
  for (const id of views) found.push(await still(id, models, all));
  return found;
}

pretend();
const results = [];
for (const page of JSON.parse(readFileSync(0, "utf8"))) results.push(await stillsOf(page));
process.stdout.write(JSON.stringify(results), () => process.exit()); // players have timers
