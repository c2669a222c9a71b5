// What the theme and its extensions set in inline scripts and handlers; a page without any can refuse all of them.
/* exported toggleHintShow, toggleHintHide, toggleOpenOnPrint, togglebuttonSelector */
const toggleHintShow = "Click to show";
const toggleHintHide = "Click to hide";
const toggleOpenOnPrint = "true";
const togglebuttonSelector = ".toggle, .admonition.dropdown";

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.closest(".btn-download-pdf-button")) window.print();
  if (target.closest(".btn-fullscreen-button")) window.toggleFullScreen();
});

/** What this browser keeps; nothing where it keeps nothing, as in some frames and private windows. */
function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

// Code is closed until a reader asks for it: one switch for the whole book, kept for the next page and the next visit.
const CODE = "hdc-code";
const codeLines = () => document.querySelectorAll("details.hdc-code:not([data-stays])");

function showCode(shown) {
  codeLines().forEach((line) => line.toggleAttribute("open", shown));
  document.querySelector(".hdc-show-code")?.setAttribute("aria-pressed", String(shown));
}

function addCodeSwitch() {
  const row = document.querySelector(".hdc-launch");
  if (!row || codeLines().length === 0) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "hdc-show-code";
  button.textContent = "Show code";
  button.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    storage()?.setItem(CODE, shown ? "shown" : "closed");
    showCode(shown);
  });
  row.append(button);
  showCode(storage()?.getItem(CODE) === "shown");
}
document.addEventListener("DOMContentLoaded", addCodeSwitch);

// Where widgets cannot be loaded, each leaves its first picture or its question, and says why it is no more than that.
const LOADER = 'script[src*="/loader.js"]';

function whyNot() {
  if (window.location.protocol === "file:") {
    return "Browsers load no modules for a page that is opened from a disk. README.txt in the book's folder says how to start its server.";
  }
  if (window.origin === "null") return "The frame around this page keeps its scripts out. Open the page in a tab of its own.";
  return "Its script did not arrive. Load the page again.";
}

function showStill(kept) {
  kept.insertAdjacentHTML("afterend", kept.textContent);
  kept.nextElementSibling.querySelectorAll(".hdc-why span").forEach((why) => { why.textContent = whyNot(); });
  kept.remove();
}

const showStills = () => document.querySelectorAll("noscript.hdc-kept").forEach(showStill);
document.addEventListener("error", ({ target }) => {
  if (!(target instanceof Element) || !target.matches(LOADER)) return;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", showStills);
  else showStills();
}, true);
document.addEventListener("hdc-widget-failed", ({ target }) => {
  if (target instanceof Element && target.nextElementSibling) showStill(target.nextElementSibling);
});

// In a frame, as on a platform for courses, Python gets a tab of its own: the frame has little room, and often no storage.
function openRunsInTabs() {
  if (window.top === window.self) return;
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll('a[href*="/lite/lab/"]');
  for (const link of links) {
    link.target = "_blank";
    link.append(" (in a new tab)");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (!window.open(link.href, "_blank")) sayAddress(link);
    });
  }
}
document.addEventListener("DOMContentLoaded", openRunsInTabs);

/** Say where a link leads, where a frame lets it lead nowhere. */
function sayAddress(link) {
  document.querySelector(".hdc-refused")?.remove();
  const line = document.createElement("p");
  line.className = "hdc-refused";
  line.setAttribute("role", "alert");
  line.textContent = `The frame around this page opens no tab. Copy this address into your browser: ${link.href}`;
  (link.closest("nav") ?? link).after(line);
}

// How many exercises of the chapter are solved: the questions tell when an answer changes.
function countSolved() {
  /** @type {NodeListOf<HTMLElement>} */
  const asked = document.querySelectorAll(".hdc-question");
  const heading = document.querySelector("#exercises > h2");
  if (!heading || asked.length === 0) return;
  const solved = [...asked].filter((question) => question.dataset.right === "true").length;
  let line = document.querySelector(".hdc-solved");
  if (!line) {
    line = document.createElement("p");
    line.className = "hdc-solved";
    heading.after(line);
  }
  line.textContent = `Solved: ${solved} of ${asked.length}. What you answer stays in this browser.`;
}
document.addEventListener("hdc-answered", countSolved);

// Over a table to look names up in stands a field: it leaves the rows whose first entry holds what is written there.
/** @param {string | null} words letters and digits alone, so that dlinknet finds D-LinkNet */
const bare = (words) => (words ?? "").normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** @param {HTMLTableElement} table */
function addFinder(table) {
  const label = document.createElement("label");
  const field = document.createElement("input");
  const told = document.createElement("span");
  const rows = [...table.tBodies[0].rows];
  field.type = "search";
  told.setAttribute("role", "status");
  label.append(`${table.dataset.find} `, field);
  field.addEventListener("input", () => {
    const wanted = field.value.split(/\s+/).map(bare);
    rows.forEach((row) => {
      const name = bare(row.cells[0].textContent);
      row.hidden = !wanted.every((word) => name.includes(word));
    });
    const left = rows.filter((row) => !row.hidden).length;
    const hint = left === 0 ? "; less of the name may find more. Without dilated layers no row is needed; else the text below helps" : "";
    told.textContent = `${left} of ${rows.length} rows${hint}`;
  });
  const line = document.createElement("p");
  line.className = "hdc-find";
  line.append(label, told);
  table.before(line);
}
document.addEventListener("DOMContentLoaded", () => {
  /** @type {NodeListOf<HTMLTableElement>} */
  const tables = document.querySelectorAll("table[data-find]");
  tables.forEach(addFinder);
});

/** @returns {NodeListOf<HTMLDetailsElement>} what is closed until a reader asks for it */
const folds = () => document.querySelectorAll("details.hdc-proof, details.hdc-closed");

// A link into what is closed opens it, in every browser.
function openTarget() {
  const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  const within = [...folds()].filter((fold) => !fold.open && fold.contains(target));
  within.forEach((fold) => { fold.open = true; });
  if (within.length > 0) target?.scrollIntoView();
}
window.addEventListener("hashchange", openTarget);
document.addEventListener("DOMContentLoaded", openTarget);

// Paper is white, whatever the screen is, and shows what is closed.
window.addEventListener("beforeprint", () => {
  folds().forEach((fold) => { fold.open = true; });
  document.documentElement.dataset.theme = "light";
});
window.addEventListener("afterprint", () => {
  folds().forEach((fold) => { fold.open = false; });
  document.documentElement.dataset.theme = storage()?.getItem("theme") ?? "light";
});
