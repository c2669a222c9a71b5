// What the browser lets JupyterLite keep. It stops at its start where the browser keeps nothing for it: in a private
// window of some, where storage is blocked, in another site's frame. Then it gets a storage that forgets, and says so.
/* global hdcNotice */
{
  const HERE = `${window.location.pathname.split("/").pop()}${window.location.search}`;
  const ALONE = { "Open in a tab of its own": () => window.open(HERE, "_blank") };
  const IN_A_FRAME = window.top !== window.self;
  const MUTE = "This page stands in a frame that lets it neither keep files nor start Python. Open it in a tab of its "
    + "own; if the frame refuses that too, copy the address of the chapter into your browser.";
  const FORGETS = "This browser keeps nothing for this page: its storage is blocked or switched off, as in a private "
    + "window. Python runs, but what you change here is gone when you close the tab. Download what you want to keep "
    + "(File, Download).";

  /** As much of the Web's Storage as is used, in memory. */
  class Forgetful {
    #items = new Map();
    get length() { return this.#items.size; }
    key(at) { return [...this.#items.keys()][at] ?? null; }
    getItem(name) { return this.#items.get(String(name)) ?? null; }
    setItem(name, value) { this.#items.set(String(name), String(value)); }
    removeItem(name) { this.#items.delete(String(name)); }
    clear() { this.#items.clear(); }
  }

  /** Whether a value can be written to one of the two storages and read again. */
  function keeps(name) {
    try {
      const storage = /** @type {any} */ (window)[name]; // to ask for it is an error where it is blocked
      storage.setItem("hdc-probe", "1");
      storage.removeItem("hdc-probe");
      return true;
    } catch {
      return false;
    }
  }

  /** Whether a database can be opened. */
  function opens() {
    return new Promise((done) => {
      try {
        const asked = window.indexedDB.open("hdc-probe");
        asked.onsuccess = () => {
          asked.result.close();
          done(true);
        };
        asked.onerror = () => done(false);
      } catch {
        done(false);
      }
    });
  }

  const put = (name, value) => Object.defineProperty(window, name, { value, configurable: true });

  async function prepare() {
    const kept = ["localStorage", "sessionStorage"].filter(keeps);
    const database = await opens();
    if (!database) put("indexedDB", undefined);
    for (const name of ["localStorage", "sessionStorage"]) {
      if (!kept.includes(name) || !database) put(name, new Forgetful()); // else files would fill the few MB that it has
    }
    if (database && kept.length === 2) return;
    hdcNotice("storage", FORGETS, IN_A_FRAME ? ALONE : {});
  }

  // A page of no origin may start no worker and load no module: JupyterLite would stay a blank page.
  const refused = () => {
    document.addEventListener("DOMContentLoaded", () => hdcNotice("storage", MUTE, ALONE));
    return new Promise(() => {});
  };
  const whole = new Promise((done) => { document.addEventListener("DOMContentLoaded", done); });
  window.hdcMayStart = window.origin === "null" ? refused() : whole.then(prepare);
}
