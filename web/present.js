// A chapter as slides, in place: a section a slide. No part of the page is moved or made anew, so its widgets live on.
const OFF = "data-off-slide";
const OWN_ARROWS = "input, select, textarea, [contenteditable=true], [tabindex='0']"; // controls that take arrow keys
const SCREEN = 0.8; // of the free height, for the next part of a long section: a line or two are seen twice
const WHOLE = "figure, table, canvas, .widget-subarea"; // shown whole on one screen, if they fit on one
const AT_HOME = "In a hurry?"; // the title of a box for those who read alone

const article = /** @type {HTMLElement} */ (document.querySelector(".bd-article")); // the theme makes one on every page
const root = document.documentElement;
let slides = []; // each a list of elements
let current = 0;
const seen = new ResizeObserver(sayMore); // a picture that came, a fold that was opened
let restore = () => {}; // brings the page back as it was

/** The boxes that no slide shows. */
function atHome() {
  const title = (box) => box.querySelector(":scope > .admonition-title")?.textContent.trim() ?? "";
  return [...article.querySelectorAll(".admonition")].filter((box) => title(box).startsWith(AT_HOME));
}

/** The slides of a section and its subsections, each a list of elements; a bare heading goes with what follows it. */
function slidesOf(section, headings = []) {
  const isSection = (part) => part.tagName === "SECTION";
  const left = atHome();
  const parts = [...headings, ...[...section.children].filter((part) => !isSection(part) && !left.includes(part))];
  const below = [...section.children].filter(isSection);
  const bare = below.length > 0 && parts.every((part) => /^(H\d|SPAN)$/.test(part.tagName));
  const [first = [], ...others] = below.map((part, at) => slidesOf(part, bare && at === 0 ? parts : []));
  return bare ? [...first, ...others.flat()] : [parts, ...first, ...others.flat()];
}

const isHeading = (part) => /^H\d$/.test(part.tagName);
const headingOf = (parts) => parts.findLast(isHeading);

function wordsOf(heading) {
  const copy = heading.cloneNode(true);
  copy.querySelectorAll(".headerlink, .katex-html, annotation").forEach((part) => part.remove());
  return copy.textContent.trim();
}

/** The slide that holds what an address leads to, -1 if there is none. */
function slideAt(hash) {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  const holds = (part) => part.contains(target) || (part.parentElement === target && isHeading(part));
  return target ? slides.findIndex((parts) => parts.some(holds)) : -1;
}

function makeButton(words, label, act) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: words });
  if (label) button.setAttribute("aria-label", label);
  button.addEventListener("click", act);
  return button;
}

const opener = makeButton("Present", "", begin);
opener.className = "hdc-present";
opener.title = "This chapter as slides: the arrow keys turn them, Esc ends them";
const bar = document.createElement("nav");
bar.className = "hdc-slides";
bar.setAttribute("aria-label", "Slides");
const told = document.createElement("p");
told.setAttribute("role", "status");
const back = makeButton("←", "Previous slide", () => show(current - 1));
const next = makeButton("→", "Next slide", () => show(current + 1));
const more = makeButton("↓", "More of this slide", () => scroll(1));
more.title = "More of this slide: Page Down";
bar.append(back, next, more, told, makeButton("End", "End the slides", end));

function show(at) {
  if (!slides[at]) return; // before the first, after the last
  current = at;
  slides.forEach((parts, number) => parts.forEach((part) => part.toggleAttribute(OFF, number !== current)));
  const heading = headingOf(slides[current]);
  told.textContent = `Slide ${current + 1} of ${slides.length}: ${wordsOf(heading)}`;
  back.setAttribute("aria-disabled", String(current === 0));
  next.setAttribute("aria-disabled", String(current === slides.length - 1));
  window.scrollTo({ top: 0, behavior: "instant" });
  sayMore();
  if (bar.contains(document.activeElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Whether the slide goes on above (-1) or below (1) what is seen of it. */
const goesOn = (way) => (way > 0 ? root.scrollTop + root.clientHeight < root.scrollHeight - 1 : root.scrollTop > 1);

function sayMore() {
  more.setAttribute("aria-disabled", String(!goesOn(1)));
}

/** Scroll by most of a screen, down (1) or up (-1), but pass over nothing that fits on a screen and was not seen whole. */
function scroll(way) {
  const high = parseFloat(getComputedStyle(article).paddingTop);
  const low = bar.getBoundingClientRect().top;
  const rest = ({ top, bottom, height }) => {
    if (height === 0 || height > low - high) return 0;
    return way > 0 ? Number(bottom > low) * (top - high) : Number(top < high) * (low - bottom);
  };
  const rests = [...article.querySelectorAll(WHOLE)].map((part) => rest(part.getBoundingClientRect()));
  const by = Math.min(SCREEN * low, ...rests.filter((far) => far >= 1));
  window.scrollBy({ top: way * by, behavior: "instant" });
}

/** How the page is now, as a function that brings it back; what readers do to a widget meanwhile stays theirs. */
function remember() {
  const scrolled = [...document.querySelectorAll("*")].filter((part) => part.scrollTop || part.scrollLeft);
  const places = scrolled.map((part) => ({ part, top: part.scrollTop, left: part.scrollLeft }));
  const folds = [...article.querySelectorAll("details")].map((fold) => ({ fold, open: fold.open }));
  const focused = document.activeElement;
  return () => {
    folds.forEach(({ fold, open }) => { fold.open = open; });
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    places.forEach(({ part, top, left }) => part.scrollTo({ top, left, behavior: "instant" }));
    if (places.every(({ part }) => part !== document.scrollingElement)) window.scrollTo({ top: 0, behavior: "instant" });
  };
}

function begin() {
  slides = slidesOf(article.querySelector(":scope > section"));
  restore = remember();
  article.querySelectorAll("details.hdc-code:not([data-stays])").forEach((code) => code.removeAttribute("open"));
  atHome().forEach((part) => part.setAttribute(OFF, ""));
  root.dataset.presenting = "";
  document.body.append(bar);
  seen.observe(article);
  window.addEventListener("scroll", sayMore, { passive: true });
  root.addEventListener("keydown", turn); // before Sphinx, which takes every Escape for itself
  article.addEventListener("click", follow);
  show(Math.max(0, slideAt(window.location.hash)));
}

function end() {
  root.removeEventListener("keydown", turn);
  article.removeEventListener("click", follow);
  window.removeEventListener("scroll", sayMore);
  seen.disconnect();
  bar.remove();
  delete root.dataset.presenting;
  [...slides.flat(), ...atHome()].forEach((part) => part.removeAttribute(OFF));
  slides.forEach((parts) => headingOf(parts).removeAttribute("tabindex"));
  restore();
  requestAnimationFrame(() => requestAnimationFrame(restore)); // when pictures have their width again, which moves text
}

/** The keys that turn slides, unless the focused control wants them. */
function turn(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (event.key !== "Escape" && event.target.closest(OWN_ARROWS)) return;
  if (event.key === "Escape" && event.target.type === "search" && event.target.value) return; // clears the field first
  if (event.key === "Escape") end();
  else if (event.key === "PageDown" && goesOn(1)) scroll(1);
  else if (event.key === "PageUp" && goesOn(-1)) scroll(-1);
  else if (event.key === "ArrowRight" || event.key === "PageDown") show(current + 1);
  else if (event.key === "ArrowLeft" || event.key === "PageUp") show(current - 1);
  else return;
  event.preventDefault();
}

/** A link to another part of the chapter leads to its slide. */
function follow(event) {
  const link = event.target.closest("a[href^='#']");
  const at = link ? slideAt(link.hash) : -1;
  if (at >= 0) show(at);
}

document.querySelector(".hdc-launch")?.append(opener);
