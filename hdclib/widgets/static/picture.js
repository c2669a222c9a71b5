// A drawn picture that anyone can use: sharp canvas, light and dark, print, keyboard, words, PNG and SVG.

/** Colours by role, read from widgets.css so that page, print and dark mode agree. */
export function palette(el) {
  const style = getComputedStyle(el);
  const read = (name) => style.getPropertyValue(`--hdc-${name}`).trim();
  const roles = ["ground", "ink", "quiet", "line", "hole", "hole-ground", "low", "high", "on-high", "tap", "second", "both", "focus"];
  return Object.fromEntries(roles.map((role) => [role, read(role)]));
}

/** A colour between two "#rrggbb" colours; share runs from 0 to 1. */
export function mix(from, to, share) {
  const part = (colour, at) => parseInt(colour.slice(at, at + 2), 16);
  const channel = (at) => Math.round(part(from, at) + (part(to, at) - part(from, at)) * share);
  return `rgb(${channel(1)},${channel(3)},${channel(5)})`;
}

/** Draws on a 2-D canvas context. SvgPen has the same methods. */
class CanvasPen {
  constructor(context) {
    this.context = context;
  }

  rect(x, y, width, height, { fill, stroke, lineWidth = 1 }) {
    const { context } = this;
    if (fill) {
      context.fillStyle = fill;
      context.fillRect(x, y, width, height);
    }
    if (stroke) {
      context.strokeStyle = stroke;
      context.lineWidth = lineWidth;
      context.strokeRect(x, y, width, height);
    }
  }

  /** Many rectangles [x, y, width, height] of one colour, in one stroke of work. */
  rects(boxes, { fill }) {
    const { context } = this;
    context.fillStyle = fill;
    context.beginPath();
    boxes.forEach((box) => context.rect(...box));
    context.fill();
  }

  /** Many lines [x1, y1, x2, y2] of one colour. */
  lines(ends, { stroke, lineWidth = 1 }) {
    const { context } = this;
    context.strokeStyle = stroke;
    context.lineWidth = lineWidth;
    context.beginPath();
    ends.forEach(([x1, y1, x2, y2]) => {
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
    });
    context.stroke();
  }

  line(x1, y1, x2, y2, { stroke, lineWidth = 1, dash = [] }) {
    const { context } = this;
    context.strokeStyle = stroke;
    context.lineWidth = lineWidth;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
    context.setLineDash([]);
  }

  circle(x, y, radius, { fill, stroke, lineWidth = 1 }) {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    if (fill) {
      context.fillStyle = fill;
      context.fill();
    }
    if (stroke) {
      context.strokeStyle = stroke;
      context.lineWidth = lineWidth;
      context.stroke();
    }
  }

  text(x, y, words, { fill, size = 12, anchor = "center", bold = false }) {
    const { context } = this;
    const font = `${bold ? "600 " : ""}${size}px system-ui, sans-serif`;
    if (this.font !== font) context.font = this.font = font; // setting a font is slow
    context.textAlign = anchor;
    context.textBaseline = "middle";
    context.fillStyle = fill;
    context.fillText(words, x, y);
  }
}

/** Writes the same picture as SVG. */
class SvgPen {
  constructor() {
    this.parts = [];
  }

  add(name, attributes, words = "") {
    const listed = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeMarkup(value)}"`);
    this.parts.push(`<${name}${listed.join("")}>${escapeMarkup(words)}</${name}>`);
  }

  rect(x, y, width, height, { fill = "none", stroke = "none", lineWidth = 1 }) {
    this.add("rect", { x, y, width, height, fill, stroke, "stroke-width": lineWidth });
  }

  rects(boxes, { fill }) {
    this.add("path", { d: boxes.map(([x, y, width, height]) => `M${x} ${y}h${width}v${height}h${-width}z`).join(""), fill });
  }

  lines(ends, { stroke, lineWidth = 1 }) {
    const d = ends.map(([x1, y1, x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`).join("");
    this.add("path", { d, stroke, "stroke-width": lineWidth, fill: "none" });
  }

  line(x1, y1, x2, y2, { stroke, lineWidth = 1, dash = [] }) {
    this.add("line", { x1, y1, x2, y2, stroke, "stroke-width": lineWidth, "stroke-dasharray": dash.join(" ") || "none" });
  }

  circle(cx, cy, r, { fill = "none", stroke = "none", lineWidth = 1 }) {
    this.add("circle", { cx, cy, r, fill, stroke, "stroke-width": lineWidth });
  }

  text(x, y, words, { fill, size = 12, anchor = "center", bold = false }) {
    const align = { center: "middle", left: "start", right: "end" }[anchor];
    this.add("text", { x, y, fill, "font-size": size, "font-weight": bold ? 600 : 400, "text-anchor": align,
      "dominant-baseline": "central", "font-family": "system-ui, sans-serif" }, words);
  }

  markup(width, height, title) {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"><title>${escapeMarkup(title)}</title>${this.parts.join("")}</svg>`;
  }
}

function escapeMarkup(value) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return String(value).replace(/[&<>"]/g, (sign) => entities[sign]);
}

/**
 * Put a picture into `el` and keep it right.
 *
 * name      what the picture is, in a few words: "Usage map"
 * paint     (pen, { width, height, colours }) => cells or nothing. Cells make the picture walkable:
 *           { rows, columns, box(row, column) => { x, y, width, height }, describe(row, column) => words }
 * heightFor (width) => height, in CSS pixels; square if left out
 * maxWidth  in CSS pixels
 * start     () => { row, column } of the cell that a walk leaves from; left out, it begins with the middle one
 * visited   (cell) is called with the { row, column } that the reader points at or walks to, null when they leave
 *
 * Returns { draw(summary), canvas, save(kind), close() }. draw() paints at once and keeps `summary` as the text
 * alternative; the widget's own status line says it aloud.
 */
export function makePicture(el, options) {
  const { name, paint, heightFor = (width) => width, maxWidth = 620, start, visited = () => {} } = options;
  const holder = document.createElement("div");
  holder.className = "hdc-picture";
  holder.style.maxWidth = `${maxWidth}px`;
  const canvas = document.createElement("canvas");
  const spoken = document.createElement("p");
  spoken.className = "hdc-cell";
  spoken.setAttribute("aria-live", "polite");
  holder.append(canvas, spoken);
  el.append(holder);

  let cells = null;
  let cursor = null; // { row, column } of the cell being walked
  let summary = "";

  function size() {
    const width = Math.max(200, Math.min(maxWidth, Math.floor(holder.clientWidth || maxWidth)));
    return { width, height: Math.round(heightFor(width)) };
  }

  function draw(words = summary) {
    summary = words;
    const { width, height } = size();
    const scale = window.devicePixelRatio || 1;
    const [pixelWidth, pixelHeight] = [Math.round(width * scale), Math.round(height * scale)];
    if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
      Object.assign(canvas, { width: pixelWidth, height: pixelHeight });
      Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    }
    const context = canvas.getContext("2d");
    const colours = palette(holder);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    const pen = new CanvasPen(context);
    cells = paint(pen, { width, height, colours }) || null;
    if (cursor && cells) showCursor(pen, colours);
    label();
  }

  function label() {
    canvas.setAttribute("aria-label", `${name}. ${summary}`);
    canvas.setAttribute("role", cells ? "application" : "img");
    canvas.toggleAttribute("tabindex", Boolean(cells));
    if (cells) {
      canvas.tabIndex = 0;
      canvas.setAttribute("aria-roledescription", "picture; the arrow keys walk over its cells");
    }
  }

  function showCursor(pen, colours) {
    cursor.row = Math.min(cursor.row, cells.rows - 1);
    cursor.column = Math.min(cursor.column, cells.columns - 1);
    const { x, y, width, height } = cells.box(cursor.row, cursor.column);
    pen.rect(x, y, width, height, { stroke: colours.ground, lineWidth: 5 });
    pen.rect(x, y, width, height, { stroke: colours.focus, lineWidth: 3 });
    spoken.textContent = cells.describe(cursor.row, cursor.column);
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
    else if (event.key === "Escape") forget();
    else return;
    event.preventDefault();
    visited(cursor);
    draw();
  }

  function point(event) {
    if (!cells) return;
    const frame = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    const first = cells.box(0, 0);
    const [row, column] = [Math.floor((y - first.y) / first.height), Math.floor((x - first.x) / first.width)];
    if (row < 0 || column < 0 || row >= cells.rows || column >= cells.columns) forget();
    else if (cursor && cursor.row === row && cursor.column === column) return;
    else cursor = { row, column };
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

  function toSvg() {
    const { width, height } = size();
    const pen = new SvgPen();
    const colours = palette(holder);
    pen.rect(0, 0, width, height, { fill: colours.ground });
    paint(pen, { width, height, colours });
    return pen.markup(width, height, `${name}. ${summary}`);
  }

  async function save(kind) {
    const file = `${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.${kind}`;
    if (kind === "svg") return download(new Blob([toSvg()], { type: "image/svg+xml" }), file);
    return canvas.toBlob((blob) => download(blob, file));
  }

  const repaint = () => draw();
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
  ];
  return { draw, canvas, save, toSvg, close: () => stops.forEach((stop) => stop()) };
}

function within(value, last) {
  return Math.max(0, Math.min(last, value));
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

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
