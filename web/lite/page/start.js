// What the book adds to JupyterLite, once that is there.
import { compareWithSite } from "./chapter.js";
import { makeRoom } from "./narrow.js";
import { watchPython } from "./python.js";

const LOOK = 100; // milliseconds between two looks for the app

async function theApp() {
  while (!window.jupyterapp) await new Promise((done) => { setTimeout(done, LOOK); });
  await window.jupyterapp.restored;
  return window.jupyterapp;
}

const app = await theApp();
const known = new WeakSet();

/** Look after every notebook that is open, once each. */
function lookAfter() {
  for (const panel of app.shell.widgets("main")) {
    if (known.has(panel) || !panel.context || !panel.sessionContext) continue;
    known.add(panel);
    compareWithSite(app, panel);
    watchPython(panel);
  }
}

makeRoom(app);
lookAfter();
app.shell.currentChanged.connect(lookAfter);
