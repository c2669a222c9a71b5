// The report on a network, as a page shows it: in words, a table of views, a map of the chosen one, repairs to copy.
import { make, makeButton } from "../kit/parts.js";
import { makePicture } from "../kit/picture.js";
import { paintCross } from "../kit/maps.js";

const PARTS = { field: "Field", holes: "Holes", border: "Border", views: "Views", trust: "How sure" };
const MOST_SHOWN = 60; // rows of the table before the reader asks for all
const times = (numbers) => numbers.join(" × ");
const percent = (share) => (share === 1 ? "100 %" : `${(100 * share).toFixed(1)} %`);
const isWide = (view) => Math.max(...view.kernel_size) > 1;

/** What was found, in one sentence. */
function headline(report) {
  const wide = report.wide_views; // before the judged output
  const most = report.exact ? "" : "At most: ";
  if (report.views_with_holes === 0 && !report.exact) return "No view with holes is known, but not all operations are understood: see How sure.";
  if (wide === 0) return "No convolution here has more than one tap.";
  if (wide === 1 && report.views_with_holes === 0) return "The output sees the one convolution of more than one tap without holes.";
  if (report.views_with_holes === 0) return `The output sees all ${wide} convolutions of more than one tap without holes.`;
  return `${most}The output sees ${report.views_with_holes} of ${wide} convolutions of more than one tap with holes.`;
}

/** Show a report in `el`; `askMap(number)` resolves to the window of a view. Returns { repairs(answer), close() }. */
export function showReport(el, report, askMap) {
  const title = make("h2", { tabIndex: -1, textContent: headline(report) });
  const told = make("p", { textContent: `${report.name}, input ${times(report.input_shape)}, output ${report.output}.` });
  const repairs = make("section", {}, make("h3", { textContent: "Repairs" }), make("p", { textContent: "Looking for other dilations …" }));
  const maps = mapOf(report, askMap);
  el.replaceChildren(title, told, findingsOf(report.findings), maps.element, tableOf(report.views), repairs);
  maps.start();
  title.focus({ preventScroll: true });
  return {
    repairs: (answer) => showRepairs(repairs, answer),
    close: maps.close,
  };
}

function findingsOf(findings) {
  const list = make("dl", { className: "hdc-findings" });
  Object.entries(PARTS).filter(([part]) => findings[part]?.length).forEach(([part, name]) => {
    list.append(make("dt", { textContent: name }), make("dd", {}, ...findings[part].map((words) => make("p", { textContent: words }))));
  });
  return list;
}

function tableOf(views) {
  const head = ["Convolution", "Kernel", "Dilation", "Read of its input", "Share", "Gap"];
  const body = make("tbody");
  const add = (shown) => body.append(...shown.map(rowOf));
  add(views.slice(0, MOST_SHOWN));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...head.map((words) => make("th", { scope: "col", textContent: words })))), body);
  const holder = make("div", { className: "hdc-scroll", tabIndex: 0 }, table);
  holder.setAttribute("role", "region");
  holder.setAttribute("aria-label", "Every convolution");
  const section = make("section", {}, make("h3", { textContent: "Every convolution" }), holder);
  if (views.length > MOST_SHOWN) {
    const more = makeButton(`Show all ${views.length}`, () => { add(views.slice(MOST_SHOWN)); more.remove(); });
    section.append(more);
  }
  return section;
}

function rowOf(view) {
  const { seen } = view;
  const cells = [times(view.kernel_size), times(view.dilation)];
  if (seen) cells.push(`${seen.read} of ${seen.positions}`, `${percent(seen.share)}${view.has_holes ? " ✗" : ""}`, times(seen.gaps));
  else cells.push("nothing", "", "");
  const row = make("tr", { className: view.has_holes ? "hdc-with-holes" : "" }, make("th", { scope: "row", textContent: view.path }));
  row.append(...cells.map((words) => make("td", { textContent: words })));
  return row;
}

/** A choice of views and the map of the chosen one, the worst at first. */
function mapOf(report, askMap) {
  const drawn = report.views.map((view, number) => ({ view, number })).filter(({ view }) => view.seen && isWide(view));
  const element = make("section", {}, make("h3", { textContent: "What the output reads" }));
  if (drawn.length === 0) return { element: make("div"), start() {}, close() {} };
  const select = make("select", {}, ...drawn.map(({ view, number }) => make("option", { value: number, textContent: `${view.path}: ${percent(view.seen.share)}` })));
  select.value = drawn.reduce((worst, one) => (one.view.seen.share < worst.view.seen.share ? one : worst)).number;
  /** @type {{ rows: string[], starts: number[] } | null} */
  let found = null;
  element.append(make("label", {}, "On the input of ", select));
  const words = make("p", { className: "hdc-status" });
  const picture = makePicture(element, {
    name: "Map of a view",
    paint: (pen, size) => (found ? paintMap(pen, size, found) : null),
    heightFor: (width) => (found ? heightOf(width, found) : 40),
    maxWidth: 480,
  });
  element.append(words);
  async function draw() {
    const answer = await askMap(Number(select.value));
    if (!answer || answer.number !== Number(select.value)) return;
    found = answer.rows ? answer : null;
    const { seen } = report.views[answer.number];
    words.textContent = answer.error ?? `${seen.read} of ${seen.positions} positions are read, ${percent(seen.share)}; a cross is one that is not.`;
    element.dataset.read = found ? found.rows.join("").replaceAll("0", "").length : "";
    picture.draw(words.textContent);
  }
  select.addEventListener("change", draw);
  return { element, start: draw, close: picture.close };
}

const cellOf = (width, rows) => width / Math.max(rows[0].length, rows.length, 9);
const heightOf = (width, { rows }) => Math.max(16, Math.ceil(cellOf(width, rows) * rows.length));

function paintMap(pen, { width, colours }, { rows, starts }) {
  const cell = cellOf(width, rows);
  const gap = cell > 8 ? 1 : 0;
  /** @type {Record<string, number[][]>} */
  const boxes = { 0: [], 1: [] };
  rows.forEach((row, y) => [...row].forEach((mark, x) => boxes[mark].push([x * cell, y * cell, cell - gap, cell - gap])));
  pen.rects(boxes[1], { fill: colours.tap });
  pen.rects(boxes[0], { fill: colours["hole-ground"] });
  if (cell >= 5) boxes[0].forEach(([x, y]) => paintCross(pen, [x + (cell - gap) / 2, y + (cell - gap) / 2], cell * 0.2, colours.hole, 1));
  const [top, left] = rows.length > 1 ? starts.slice(-2) : [0, starts[0]];
  return {
    rows: rows.length,
    columns: rows[0].length,
    box: (row, column) => ({ x: column * cell, y: row * cell, width: cell - gap, height: cell - gap }),
    describe: (row, column) => `Row ${top + row}, column ${left + column}: ${rows[row][column] === "1" ? "read" : "not read"}.`,
  };
}

function showRepairs(section, { repairs, words, error }) {
  const lines = error ? [make("p", { textContent: error })] : repairs.map((repair, number) => repairOf(repair, number));
  if (!error && repairs.length === 0) lines.push(...words.map((sentence) => make("p", { textContent: `${sentence[0].toUpperCase()}${sentence.slice(1)}.` })));
  section.replaceChildren(section.firstChild, ...lines);
}

function repairOf({ with_holes: left, before, input_has_holes: holed, modules, copy }, number) {
  const changes = Object.entries(modules).map(([path, { dilation }]) => `${path}: ${Math.max(...dilation)}`);
  const text = make("pre", { textContent: copy });
  const button = makeButton("Copy", async () => {
    try {
      await navigator.clipboard.writeText(copy);
      button.textContent = "Copied";
    } catch {
      getSelection()?.selectAllChildren(text); // no clipboard here: it is selected, to be copied by hand
      button.textContent = "Selected: copy it";
    }
  });
  button.setAttribute("aria-label", `Copy repair ${number + 1}`);
  return make("details", { open: number === 0 },
    make("summary", { textContent: `${left} instead of ${before} views with holes${holed ? ", and the input keeps holes" : ""}, the same field and cost: ${changes.join(", ")}` }),
    text, button);
}
