// A drawn picture that anyone can use: sharp canvas, light and dark, print, keyboard and words.
import { CanvasPen, inkOf } from "./pens.js";

/** Colours by role, read from widgets.css so that page, print and dark mode agree. */
export function palette(el) {
  const style = getComputedStyle(el);
  const read = (name) => style.getPropertyValue(`--hdc-${name}`).trim();
  const roles = ["ground", "ink", "quiet", "line", "hole", "hole-ground", "low", "high", "tap", "second", "both", "focus"];
  return Object.fromEntries(roles.map((role) => [role, read(role)]));
}

const LEAST_SQUARE = 260; // CSS pixels that a square picture may take however low the window
const SHARE_OF_WINDOW = 0.75; // of the window's height, for a square picture: its sliders are to be seen with it

/** The widest that a square picture may be. The page's box, unlike the window, stays when a phone hides its bars. */
function widestSquare() {
  return Math.max(LEAST_SQUARE, Math.floor(SHARE_OF_WINDOW * document.documentElement.clientHeight));
}

/**
 * Put a picture into `el` and keep it right.
 *
 * name      what the picture is, in a few words: "Usage map"
 * paint     (pen, { width, height, colours }) => cells or nothing. Cells make the picture walkable:
 *           { rows, columns, box(row, column) => { x, y, width, height }, describe(row, column) => words }, and where
 *           cells are no grid of boxes: at(x, y) => cell or null, nearest(cell) => one that exists, mark(pen, cell)
 * heightFor (width) => height, in CSS pixels; null, or left out, is square and never higher than the window
 * maxWidth  in CSS pixels
 * start     () => { row, column } of the cell that a walk leaves from; left out, it begins with the middle one
 * visited   (cell) is called with the { row, column } that the reader points at or walks to, null when they leave
 *
 * Returns { draw(summary), canvas, sheet(), close() }. draw() paints at once and keeps `summary` as the text
 * alternative; the widget's own status line says it aloud. sheet() is what savePictures writes to a file.
 */
export function makePicture(el, options) {
  const { name, paint, heightFor = () => null, maxWidth = 620, start, visited = () => {} } = options;
  const holder = document.createElement("div");
  holder.className = "hdc-picture";
  holder.style.maxWidth = `${maxWidth}px`;
  const canvas = document.createElement("canvas");
  const spoken = document.createElement("p");
  spoken.className = "hdc-cell";
  spoken.setAttribute("aria-live", "polite");
  holder.append(canvas, spoken);
  el.append(holder);

  /** @type {any} what `paint` returned of cells to walk over */
  let cells = null;
  /** @type {{ row: number, column: number } | null} the cell being walked */
  let cursor = null;
  let summary = "";
  /** @type {{ width: number, square: number, colours: Record<string, string> } | null} */
  let look = null; // kept, since to ask for them makes the browser lay out the page

  function size() {
    look ??= { ...measure(), colours: palette(holder) };
    const { width, square, colours } = look;
    const height = heightFor(width);
    return height === null ? { width: square, height: square, colours } : { width, height: Math.round(height), colours };
  }

  function measure() {
    const width = Math.max(200, Math.min(maxWidth, Math.floor(holder.clientWidth || maxWidth)));
    return { width, square: Math.min(width, widestSquare()) };
  }

  function draw(words = summary) {
    summary = words;
    const { width, height, colours } = size();
    if (!colours.ground) look = null; // not in the page yet, as in JupyterLab at first: painted when it gets its width
    else paintAll(width, height, colours);
    label();
  }

  function paintAll(width, height, colours) {
    const scale = window.devicePixelRatio || 1;
    const [pixelWidth, pixelHeight] = [Math.round(width * scale), Math.round(height * scale)];
    if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
      Object.assign(canvas, { width: pixelWidth, height: pixelHeight });
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    const context = inkOf(canvas);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const pen = new CanvasPen(context, scale);
    cells = paint(pen, { width, height, colours }) || null;
    if (cursor && cells) showCursor(pen, colours, cursor);
  }

  function label() {
    setAttribute(canvas, "aria-label", `${name}. ${summary}`);
    const role = cells ? "application" : "img";
    if (canvas.getAttribute("role") === role) return;
    canvas.setAttribute("role", role);
    if (cells) {
      canvas.tabIndex = 0;
      canvas.setAttribute("aria-roledescription", "picture; the arrow keys walk over its cells");
    } else {
      canvas.removeAttribute("tabindex");
      canvas.removeAttribute("aria-roledescription");
    }
  }

  function showCursor(pen, colours, { row, column }) {
    const kept = { row: Math.min(row, cells.rows - 1), column: Math.min(column, cells.columns - 1) };
    const at = cells.nearest ? cells.nearest(kept) : kept;
    cursor = at;
    if (cells.mark) cells.mark(pen, at);
    else {
      const { x, y, width, height } = cells.box(at.row, at.column);
      pen.rect(x, y, width, height, { stroke: colours.ground, lineWidth: 5 });
      pen.rect(x, y, width, height, { stroke: colours.focus, lineWidth: 3 });
    }
    spoken.textContent = cells.describe(at.row, at.column);
  }

  function walk(event) {
    if (!cells) return;
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const last = { row: cells.rows - 1, column: cells.columns - 1 };
    const at = cursor || start?.() || { row: Math.floor(last.row / 2), column: Math.floor(last.column / 2) };
    if (event.key in steps) {
      const [down, right] = cursor || start ? steps[event.key] : [0, 0];
      cursor = { row: within(at.row + down, last.row), column: within(at.column + right, last.column) };
    } else if (event.key === "Home") cursor = { row: at.row, column: 0 };
    else if (event.key === "End") cursor = { row: at.row, column: last.column };
    else if (event.key === "Escape" && cursor) forget();
    else return;
    if (cursor && cells.nearest) cursor = cells.nearest(cursor);
    event.preventDefault();
    visited(cursor);
    draw();
  }

  function point(event) {
    if (!cells) return;
    const frame = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    const found = cells.at ? cells.at(x, y) : cellInGrid(cells, x, y);
    if (found === null && cursor === null) return;
    if (found === null) forget();
    else if (cursor && cursor.row === found.row && cursor.column === found.column) return;
    else cursor = found;
    visited(cursor);
    draw();
  }

  function forget() {
    cursor = null;
    spoken.textContent = "";
  }

  function leave(event) {
    if (event.pointerType === "touch") return; // a lifted finger still points at its cell
    forget();
    visited(null);
    draw();
  }

  /** The picture as it would be drawn now, without the reader's cursor, for a file. */
  function sheet() {
    const { width, height, colours } = size();
    return { name, words: summary, width, height, colours, paint: (pen) => paint(pen, { width, height, colours }) };
  }

  function repaint() {
    look = null;
    draw();
  }

  const stops = [
    listen(canvas, "keydown", walk),
    listen(canvas, "pointermove", point),
    listen(canvas, "pointerdown", point),
    listen(canvas, "pointerleave", leave),
    listen(canvas, "blur", leave),
    listen(window.matchMedia("(prefers-color-scheme: dark)"), "change", repaint),
    listen(window.matchMedia("print"), "change", repaint),
    watchTheme(repaint),
    watchWidth(holder, repaint),
    listen(window, "resize", () => { if (look && look.square !== measure().square) repaint(); }),
  ];
  return { draw, canvas, sheet, close: () => stops.forEach((stop) => stop()) };
}

/** The cell of a grid of equal boxes at a point, or null. */
export function cellInGrid({ rows, columns, box }, x, y) {
  const first = box(0, 0);
  const [row, column] = [Math.floor((y - first.y) / first.height), Math.floor((x - first.x) / first.width)];
  return row >= 0 && column >= 0 && row < rows && column < columns ? { row, column } : null;
}

function within(value, last) {
  return Math.max(0, Math.min(last, value));
}

/** Write an attribute only if it changes: in every frame of a motion the browser would look at the page again. */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Write the words of an element only if they change, for the same reason. */
export function setWords(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Add a listener and return the function that takes it away again. */
export function listen(target, event, act) {
  target.addEventListener(event, act);
  return () => target.removeEventListener(event, act);
}

function watchTheme(act) {
  const watcher = new MutationObserver(act);
  const options = { attributes: true, attributeFilter: ["data-theme", "data-jp-theme-light"] };
  [document.documentElement, document.body].forEach((root) => watcher.observe(root, options));
  return () => watcher.disconnect();
}

function watchWidth(el, act) {
  let width = 0;
  const watcher = new ResizeObserver(() => {
    if (el.clientWidth === width) return;
    width = el.clientWidth;
    act();
  });
  watcher.observe(el);
  return () => watcher.disconnect();
}
