// Shows the Jupyter widgets of a built page: no kernel, no server, nothing from another host.
import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import { Widget } from "@lumino/widgets";
import makeAnywidget from "anywidget";
import controls from "./controls.js";
import "@lumino/widgets/style/index.css";
import "@jupyter-widgets/controls/css/labvariables.css";
import "@jupyter-widgets/controls/css/widgets-base.css";

const MODULES = {
  "@jupyter-widgets/base": base,
  "@jupyter-widgets/controls": controls,
  anywidget: makeAnywidget(base),
};
const STATE = 'script[type="application/vnd.jupyter.widget-state+json"]';
const VIEW = 'script[type="application/vnd.jupyter.widget-view+json"]';

/** A widget manager for a page without a kernel. */
class PageManager extends ManagerBase {
  async loadClass(className, moduleName) {
    const found = MODULES[moduleName]?.[className];
    if (!found) throw new Error(`this page has no widget ${className} of ${moduleName}`);
    return found;
  }

  async _get_comm_info() {
    return {};
  }

  /** @returns {Promise<never>} */
  async _create_comm() {
    throw new Error("a page has no kernel");
  }
}

/** Point every anywidget model at its script on this site and load the scripts; return why any of them failed. */
async function loadScripts(models) {
  const failures = new Map();
  const loads = Object.entries(models).map(async ([id, { state }]) => {
    if (!state.page_script) return;
    state._esm = new URL(state.page_script, import.meta.url).href;
    state._css = "";
    await import(state._esm).catch((error) => failures.set(id, error));
  });
  await Promise.all(loads);
  if (failures.size > 0) spread(failures, models);
  return failures;
}

/** Let what refers to a model that failed fail too, such as the box of its picture: it would be waited for in vain. */
function spread(failures, models) {
  for (let before = 0; before < failures.size;) {
    before = failures.size;
    for (const [id, { state }] of Object.entries(models)) {
      const named = [...JSON.stringify(state).matchAll(/IPY_MODEL_(\w+)/g)].map(([, other]) => other);
      const cause = named.find((other) => failures.has(other));
      if (cause !== undefined && !failures.has(id)) failures.set(id, failures.get(cause));
    }
  }
}

/** Put a sentence where a widget should have been. */
function explain(place, error) {
  const message = document.createElement("p");
  message.className = "hdc-widget-failed";
  message.setAttribute("role", "alert");
  message.textContent = `This interactive figure could not be loaded (${error.message}). Reload the page to try again.`;
  place.append(message);
}

/** A view and all the views that it holds, such as the sliders and the picture of a box, once they are there. */
async function partsOf(view) {
  const children = await Promise.all(view.children_views?.views ?? []);
  const parts = await Promise.all(children.map(partsOf));
  return [view, ...parts.flat()];
}

/** Sliders stand beside their picture, outside its own group: a group with the picture's name holds both. */
async function nameGroup(place, view) {
  const parts = await partsOf(view);
  const picture = parts.find(({ model }) => model.get("_view_module") === "anywidget");
  if (!picture || picture === view) return;
  picture.el.id = `hdc-${picture.cid}`;
  place.setAttribute("role", "group");
  place.setAttribute("aria-labelledby", picture.el.id);
}

/** Show one view where its script tag stands. */
async function show(manager, tag, failures) {
  const id = JSON.parse(tag.textContent).model_id;
  const place = document.createElement("div");
  place.className = "widget-subarea";
  tag.before(place);
  try {
    if (failures.has(id)) throw failures.get(id);
    const view = await manager.create_view(await manager.get_model(id));
    Widget.attach(view.luminoWidget, place);
    await nameGroup(place, view);
  } catch (error) {
    explain(place, error);
    tag.dispatchEvent(new CustomEvent("hdc-widget-failed", { bubbles: true }));
  }
}

const SETTLED = 1000; // milliseconds after which widgets have their height

/** Stay with the target of the address while widgets above it get their height, until the reader goes on. */
function stayWithTarget() {
  const gone = new AbortController();
  const grown = new ResizeObserver(() => {
    document.querySelector(":target")?.scrollIntoView({ behavior: "instant" }); // a smooth way ends where it aimed
  });
  gone.signal.addEventListener("abort", () => grown.disconnect());
  ["wheel", "touchmove", "pointerdown", "keydown"].forEach((kind) => {
    window.addEventListener(kind, () => gone.abort(), { passive: true, signal: gone.signal });
  });
  grown.observe(document.body);
  return () => gone.abort();
}

async function showAll() {
  const leave = stayWithTarget();
  document.documentElement.dataset.hdcPage = ""; // tells the widgets' scripts that they are on the site
  const manager = new PageManager();
  for (const tag of document.querySelectorAll(STATE)) {
    const page = JSON.parse(tag.textContent);
    const failures = await loadScripts(page.state);
    for (const id of failures.keys()) delete page.state[id];
    await manager.set_state(page);
    const views = [...document.querySelectorAll(VIEW)];
    await Promise.all(views.map((view) => show(manager, view, failures)));
  }
  document.documentElement.dataset.widgets = "ready";
  setTimeout(leave, SETTLED);
  performance.mark("widgets-ready");
}

showAll();
