// A page without a browser: happy-dom for its elements, a clock that is moved by hand, canvases that remember what was
// drawn. Reads one request a line from standard input, {do, ...}, and answers each with a line: tests/node_page.py.
import { readFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { Watcher, coloursOf, takeAnyValue } from "../web/pretended.mjs";

const [domPath, cssPath, base] = process.argv.slice(2);

// A script of the site may lie elsewhere than it is served: "../kit/" of web/check is the widgets'.
const KIT = new URL("./", pathToFileURL(cssPath));
registerHooks({
  resolve: (name, context, next) => next(name.startsWith("../kit/") ? new URL(name.slice(7), KIT).href : name, context),
});
const { Window } = await import(pathToFileURL(domPath).href);
const window = new Window({ url: base, width: 1000, height: 900 });
const { document } = window;

const colours = coloursOf(await readFile(cssPath, "utf8"));

const clock = { now: 0, timers: new Map(), frames: new Map(), next: 1 };
const numbered = (kind, entry) => {
  clock.next += 1;
  clock[kind].set(clock.next, entry);
  return clock.next;
};
const media = { still: false };
const saved = [];
const heard = []; // what scripts told the page
["hdc-answered", "hdc-predicted"].forEach((name) => document.addEventListener(name, () => heard.push(name)));
const copied = [];

/** A drawing context that remembers each call and each colour set, and what words would take. */
function contextOf(canvas) {
  const calls = [];
  const own = {
    canvas,
    calls,
    measureText: (words) => ({ width: 0.55 * Number(/([\d.]+)px/.exec(own.font ?? "12px")[1]) * String(words).length }),
    getTransform: () => ({ a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }),
    createImageData: (width, height) => ({ width, height, data: new Uint8ClampedArray(4 * width * height) }),
    putImageData: (image, x, y) => calls.push(["putImageData", [...image.data], x, y]),
  };
  return new Proxy(own, {
    get: (target, name) => (name in target ? target[name] : (...given) => {
      calls.push([name, ...given.map((one) => (one && one.tagName ? { drawn: one.context?.calls ?? [] } : one))]);
    }),
    set: (target, name, value) => {
      calls.push([`set ${String(name)}`, value]);
      target[name] = value;
      return true;
    },
  });
}

Object.assign(window.HTMLCanvasElement.prototype, {
  getContext() { return (this.context ??= contextOf(this)); },
  toBlob(act) { act(new Blob([JSON.stringify(this.getContext("2d").calls)])); },
});
Object.defineProperty(window.HTMLElement.prototype, "clientWidth", { get: () => 600 });
Object.defineProperty(document.documentElement, "clientHeight", { get: () => 900 });

takeAnyValue(window);

const given = {
  window, document, HTMLElement: window.HTMLElement, MutationObserver: window.MutationObserver, ResizeObserver: Watcher,
  CustomEvent: window.CustomEvent, localStorage: window.localStorage,
  getComputedStyle: () => ({ getPropertyValue: (name) => colours.get(name) ?? "" }),
  performance: { now: () => clock.now },
  setTimeout: (act, wait = 0) => numbered("timers", { act, at: clock.now + wait }),
  clearTimeout: (id) => clock.timers.delete(id),
  requestAnimationFrame: (act) => numbered("frames", act),
  cancelAnimationFrame: (id) => clock.frames.delete(id),
  ImageData: class {
    constructor(first, second, third) {
      const isData = typeof first !== "number";
      const [width, height] = isData ? [second, third] : [first, second];
      Object.assign(this, { data: isData ? first : new Uint8ClampedArray(4 * width * height), width, height });
    }
  },
};

/** Give scripts what a page has; anew for each, since a test may have put something of its own in its place. */
function asGiven() {
  Object.entries(given).forEach(([name, value]) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true }));
}

asGiven();
Object.defineProperty(globalThis, "navigator", { value: { clipboard: { writeText: async (text) => { copied.push(text); } } }, configurable: true });
window.matchMedia = (query) => ({ get matches() { return query.includes("reduce") && media.still; }, addEventListener() {}, removeEventListener() {} });
window.devicePixelRatio = 1;
URL.createObjectURL = (blob) => { saved.push(blob); return "blob:saved"; };
URL.revokeObjectURL = () => {};
window.HTMLAnchorElement.prototype.click = function click() { copied.push(this.download); };

/** Move the clock on by frames of 16 ms: what waited for a time comes first, then what waited for a frame. */
async function moveOn(frames) {
  for (let frame = 0; frame < frames; frame += 1) {
    clock.now += 16;
    [...clock.timers].filter(([, { at }]) => at <= clock.now).forEach(([id, { act }]) => { clock.timers.delete(id); act(); });
    const waiting = [...clock.frames.values()];
    clock.frames.clear();
    waiting.forEach((act) => act(clock.now));
    await Promise.resolve();
  }
}

let [model, el, close] = [null, null, null];

function makeModel(state) {
  const listeners = {};
  const own = {
    sets: [],
    saves: 0,
    state: { ...state },
    get: (name) => own.state[name],
    set(name, value) {
      own.sets.push([name, value]);
      const old = own.state[name];
      own.state[name] = value;
      if (JSON.stringify(old) !== JSON.stringify(value)) (listeners[`change:${name}`] ?? []).slice().forEach((act) => act());
    },
    save_changes() { own.saves += 1; },
    on(name, act) { (listeners[name] ??= []).push(act); },
    off(name, act) { listeners[name] = (listeners[name] ?? []).filter((other) => other !== act); },
    listening: () => Object.values(listeners).flat().length,
  };
  return own;
}

const wordsOf = (element) => element.textContent.replace(/\s+/g, " ").trim();

/** The name of a field: its own, or the words of its label without those of the field. */
function nameOf(field) {
  const label = field.closest("label");
  if (field.hasAttribute("aria-label") || !label) return field.getAttribute("aria-label") ?? wordsOf(field);
  return [...label.childNodes].filter((part) => part !== field).map((part) => part.textContent).join(" ").replace(/\s+/g, " ").trim();
}

/** The field or button with this name, or whose name begins so. */
function found(name) {
  const fields = [...el.querySelectorAll("button, input, select, summary, canvas")];
  const field = fields.find((one) => nameOf(one) === name) ?? fields.find((one) => nameOf(one).startsWith(name));
  if (!field) throw new Error(`no ${name}; there are ${fields.map(nameOf).join("; ")}`);
  return field;
}

const fieldOf = (field) => {
  const value = field.tagName === "BUTTON" ? [] : [field.type === "checkbox" || field.type === "radio" ? field.checked : field.value];
  const held = field.disabled || field.getAttribute("aria-disabled") === "true";
  return [nameOf(field), ...value, ...(held ? ["held back"] : [])];
};

const ACTS = {
  /** Render a widget anew; with `search` as on a page of the site with that address. */
  async show({ script, state, search, still = false, keep = false }) {
    close?.();
    asGiven();
    Object.assign(clock, { now: 0, timers: new Map(), frames: new Map() });
    media.still = still;
    document.body.replaceChildren();
    heard.length = 0;
    if (!keep) window.localStorage.clear();
    if (search === null) delete document.documentElement.dataset.hdcPage;
    else document.documentElement.dataset.hdcPage = "";
    window.happyDOM.setURL(base + (search ?? ""));
    const { default: widget } = await import(script);
    model = makeModel(state);
    el = document.createElement("div");
    document.body.append(el);
    close = widget.render({ model, el });
    await moveOn(1);
  },
  async set({ values }) {
    Object.entries(values).forEach(([name, value]) => model.set(name, value));
    await moveOn(1);
  },
  async press({ name }) {
    found(name).click();
    await moveOn(1);
  },
  async fill({ name, value, event = "change" }) {
    const field = found(name);
    field.value = value;
    field.dispatchEvent(new window.Event(event, { bubbles: true }));
    await moveOn(1);
  },
  async submit() {
    el.querySelector("form").dispatchEvent(new window.Event("submit", { bubbles: true, cancelable: true }));
    await moveOn(1);
  },
  async key({ name, key }) {
    const event = new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    (name ? found(name) : el.querySelector("canvas")).dispatchEvent(event);
    await moveOn(1);
    return event.defaultPrevented;
  },
  async point({ x, y, type = "pointermove" }) {
    const event = new window.MouseEvent(type, { clientX: x, clientY: y, bubbles: true });
    el.querySelector("canvas").dispatchEvent(event);
    await moveOn(1);
  },
  frames: ({ count }) => moveOn(count),
  /** Run a function in an empty page; each load() is a new copy of the script. */
  async run({ script, body, given }) {
    asGiven();
    document.body.replaceChildren();
    Object.assign(clock, { now: 0, timers: new Map(), frames: new Map() });
    const holder = document.body.appendChild(document.createElement("div"));
    const load = () => import(`${script}?${numbered("timers", { act() {}, at: 0 })}`);
    const press = (key, target) => {
      const event = new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    };
    const run = Object.getPrototypeOf(async () => {}).constructor;
    return run("load", "el", "given", "moveOn", "press", body)(load, holder, given, moveOn, press);
  },
  /** What is on the page now, in words. */
  told: () => ({
    words: wordsOf(el.querySelector(".hdc-status") ?? el),
    aloud: wordsOf(el.querySelector(".hdc-hidden[role=status]") ?? el),
    notice: el.querySelector(".hdc-notice")?.textContent ?? "",
    pictures: [...el.querySelectorAll("canvas")].map((canvas) => canvas.getAttribute("aria-label")),
    cells: [...el.querySelectorAll(".hdc-cell")].filter((one) => !one.closest(".hdc-picture")).map(wordsOf),
    spoken: [...el.querySelectorAll(".hdc-picture .hdc-cell")].map(wordsOf).filter(Boolean).join(" / "),
    rows: [...el.querySelectorAll("tr")].map((row) => [...row.children].map(wordsOf)),
    fields: [...el.querySelectorAll("input, select, button")].map(fieldOf),
    lines: [...el.querySelectorAll(".hdc-body p:not(.hdc-cell), .hdc-body li")].map(wordsOf).filter(Boolean),
    options: Object.fromEntries([...el.querySelectorAll("select")].map((one) => [nameOf(one), [...one.options].map(wordsOf)])),
    reply: [...el.querySelectorAll(".hdc-reply p")].map(wordsOf),
    worked: [...el.querySelectorAll(".hdc-worked p")].map(wordsOf),
    data: { ...el.dataset },
    state: model.state,
    sets: model.sets,
    saves: model.saves,
    listening: model.listening(),
    search: window.location.search,
  }),
  /** What the first canvas was asked to draw since the last time. */
  drawn: () => el.querySelector("canvas").getContext("2d").calls.splice(0),
  async svg() {
    saved.length = 0;
    found("Save SVG").click();
    return saved[0].text();
  },
  async png() {
    saved.length = 0;
    found("Save PNG").click();
    return JSON.parse(await saved[0].text());
  },
  async copy({ name }) {
    copied.length = 0;
    found(name).click();
    await Promise.resolve();
    return copied[0];
  },
  file: () => copied.at(-1),
  heard: () => heard,
  screen({ pixels }) { window.devicePixelRatio = pixels; },
  canvas() {
    const { width, height, style } = el.querySelector("canvas");
    return { width, height, style: `${style.width} ${style.height}` };
  },
  closed() {
    close();
    close = null;
    return model.listening();
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: act, ...rest } = JSON.parse(line);
  let answer;
  try {
    answer = { answer: (await ACTS[act](rest)) ?? null };
  } catch (error) {
    answer = { error: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
