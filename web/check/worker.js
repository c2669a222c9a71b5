// Python for the page "Check your network", in a thread of its own: Pyodide from this site, numpy and hdclib.
import { loadPyodide } from "../static/pyodide/pyodide.mjs";

const PYODIDE = new URL("../static/pyodide/", import.meta.url).href;
const DESK = "from hdclib.networks.inspecting.from_page import Desk\nDesk()";
const desk = start();

async function start() {
  self.postMessage({ stage: "core" });
  const pyodide = await loadPyodide({ indexURL: PYODIDE });
  self.postMessage({ stage: "numpy" });
  await pyodide.loadPackage("numpy", { messageCallback: () => {} });
  self.postMessage({ stage: "hdclib" });
  // matplotlib and widgets are not needed; the list of an earlier site would name a wheel that is gone
  const list = await (await fetch(`${PYODIDE}pyodide-lock.json`, { cache: "no-cache" })).json();
  const wheel = await fetch(PYODIDE + list.packages.hdclib.file_name);
  pyodide.unpackArchive(await wheel.arrayBuffer(), "wheel");
  const made = pyodide.runPython(DESK);
  self.postMessage({ stage: "ready" });
  return made;
}

/** The last line of Python's report on an error: it names what happened. */
function lastLine(error) {
  return String(error.message ?? error).trim().split("\n").pop();
}

self.onmessage = async ({ data: { number, ask, given } }) => {
  try {
    self.postMessage({ number, answer: JSON.parse((await desk)[ask](...given)) });
  } catch (error) {
    self.postMessage({ number, answer: { error: lastLine(error) } });
  }
};
