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
    localStorage.setItem(CODE, shown ? "shown" : "closed");
    showCode(shown);
  });
  row.append(button);
  showCode(localStorage.getItem(CODE) === "shown");
}
document.addEventListener("DOMContentLoaded", addCodeSwitch);

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
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "light";
});
