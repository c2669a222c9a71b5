// Says that Python cannot be loaded. JupyterLite itself waits for it for ever, with [*] at every cell.
/* global hdcNotice */
const PLUGIN = "@jupyterlite/pyodide-kernel-extension:kernel";
const SOON = 5_000; // milliseconds until the files are looked for
const LONG = 90_000; // milliseconds after which a slow start is said, too
const CORE = ["pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"];
const READY = ["idle", "busy"];
const later = (time) => new Promise((done) => { setTimeout(done, time); });

/** The addresses without which Python does not start. */
function needed() {
  const { baseUrl, litePluginSettings } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "");
  const { pyodideUrl, loadPyodideOptions } = litePluginSettings[PLUGIN];
  const core = new URL(pyodideUrl, window.location.href);
  const site = new URL(baseUrl, window.location.href);
  return [...CORE.map((name) => new URL(name, core)), new URL(loadPyodideOptions.lockFileURL, site)];
}

/** Why a file cannot be had, in words; nothing if it can. */
async function trouble(address) {
  try {
    const { ok, status } = await fetch(address, { method: "HEAD", cache: "no-store" });
    return ok ? null : `${address.href} is not there (${status})`;
  } catch {
    return `${address.host} does not answer for ${address.href}`;
  }
}

const again = { "Load the page again": () => window.location.reload() };

/** Look after the start of a notebook's Python; what is said goes away once it answers. */
export async function watchPython({ sessionContext }) {
  let close = () => {};
  const isReady = () => READY.includes(sessionContext.session?.kernel?.status);
  const say = (words) => { if (!isReady()) close = hdcNotice("python", words, again); };
  sessionContext.statusChanged.connect(() => { if (isReady()) close(); });
  await later(SOON);
  if (isReady()) return;
  const [missing] = (await Promise.all(needed().map(trouble))).filter(Boolean);
  if (missing) {
    say(`Python cannot start, so no cell will run: ${missing}. The notebook can be read and edited.`);
    return;
  }
  await later(LONG - SOON);
  say("Python has not started yet, so the cells wait. The network or this machine is slow, or a file is missing.");
}
