// Two pens with the same strokes: one draws on a canvas, one writes SVG.

/** Red, green and blue, 0 to 255, of "#rrggbb" or "rgb(r,g,b)". */
function channels(colour) {
  if (!colour.startsWith("#")) return colour.match(/\d+/g).map(Number);
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

const packedColours = new Map();

/** A colour as a pixel of an image, opaque. */
function packColour(colour) {
  if (!packedColours.has(colour)) {
    const [red, green, blue] = channels(colour);
    packedColours.set(colour, ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0);
  }
  return packedColours.get(colour);
}

/** A colour between two; share runs from 0 to 1. */
export function mix(from, to, share) {
  const end = channels(to);
  return `rgb(${channels(from).map((part, i) => Math.round(part + (end[i] - part) * share))})`;
}

/** Two colours, the darker one first. */
export function byLightness(one, other) {
  const lightness = (colour) => channels(colour).reduce((sum, part) => sum + part, 0);
  return lightness(one) <= lightness(other) ? [one, other] : [other, one];
}

/** Black or white, whichever stands out more from a ground: by at least 4.58 to 1, whatever the ground (WCAG 2.2). */
export function inkOn(ground) {
  const linear = channels(ground).map((part) => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  return luminance > Math.sqrt(0.0525) - 0.05 ? "#000000" : "#ffffff";
}

/** @type {HTMLCanvasElement | undefined} */
let bandSheet; // where rows are painted before they are printed, one for all pictures
/** @type {HTMLCanvasElement | undefined} */
let pixelSheet; // where cells are pixels before they are printed, one for all pictures

/** What draws on a canvas; there is always one for "2d". */
export function inkOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
}

/** Draws on a 2-D canvas context with `scale` device pixels for each unit. SvgPen has the same methods. */
export class CanvasPen {
  constructor(context, scale) {
    this.context = context;
    this.scale = scale;
    this.font = ""; // the last one set
  }

  /** A length of at least one device pixel, cut to whole ones, so that edges are sharp and bands fit. */
  whole(length) {
    return Math.max(1, Math.floor(length * this.scale + 1e-6)) / this.scale;
  }

  /**
   * Paint bands of one size, each once, and print each at all its places: rows that look alike cost one row.
   * bands: [{ tops, paint }]; paint(pen) draws with its origin at the band's own corner.
   */
  bands(left, width, height, bands) {
    const { context, scale } = this;
    const [wide, high] = [Math.ceil(width * scale), Math.round(height * scale)];
    bandSheet ??= document.createElement("canvas");
    Object.assign(bandSheet, { width: wide, height: high * bands.length });
    const sheet = inkOf(bandSheet);
    bands.forEach(({ paint }, i) => {
      sheet.save();
      sheet.setTransform(scale, 0, 0, scale, 0, i * high);
      sheet.beginPath();
      sheet.rect(0, 0, wide / scale, high / scale);
      sheet.clip(); // a frame around a cell must not reach into the band above
      paint(new CanvasPen(sheet, scale));
      sheet.restore();
    });
    const { e, f } = context.getTransform();
    const device = (place, shift) => Math.floor(place * scale + shift + 0.49); // half a pixel always goes the same way
    context.save();
    context.resetTransform(); // printed between device pixels, bands would leave lines between them
    bands.forEach(({ tops }, i) => tops.forEach((top) => {
      context.drawImage(bandSheet, 0, i * high, wide, high, device(left, e), device(top, f), wide, high);
    }));
    context.restore();
  }

  /** Let `paint` draw with the origin moved to (x, y). */
  moved(x, y, paint) {
    const { context } = this;
    context.translate(x, y);
    paint();
    context.translate(-x, -y);
  }

  /** Let `paint` draw in a plane whose axes, and whose origin, are given in this pen's units: [ax, ay, bx, by, x, y]. */
  inPlane(plane, paint) {
    this.context.save();
    this.context.transform(...plane);
    paint();
    this.context.restore();
  }

  /** Let `paint` draw with ink that hides only a share of what is below. */
  faint(share, paint) {
    const { context } = this;
    context.save();
    context.globalAlpha *= share;
    paint();
    context.restore();
    this.font = ""; // the context has its old one back
  }

  /** What stands still while the rest moves: painted again when `key` changes, else printed from what `store` keeps. */
  still(store, key, width, height, paint) {
    const { context, scale } = this;
    const wanted = `${scale} ${width} ${height} ${key}`;
    if (store.key !== wanted) {
      store.canvas ??= document.createElement("canvas");
      Object.assign(store.canvas, { width: Math.round(width * scale), height: Math.round(height * scale) });
      const sheet = store.canvas.getContext("2d");
      sheet.setTransform(scale, 0, 0, scale, 0, 0);
      paint(new CanvasPen(sheet, scale));
      store.key = wanted;
    }
    context.drawImage(store.canvas, 0, 0, width, height);
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
    boxes.forEach(([x, y, width, height]) => context.fillRect(x, y, width, height)); // quicker than one path of many
  }

  /** Rows of cells that touch, [colour, …] each, from a corner on: one print, however many there are. */
  pixels(left, top, side, rows) {
    const { context } = this;
    pixelSheet ??= document.createElement("canvas");
    Object.assign(pixelSheet, { width: rows[0].length, height: rows.length });
    const sheet = inkOf(pixelSheet);
    const image = sheet.createImageData(rows[0].length, rows.length);
    const words = new Uint32Array(image.data.buffer); // a cell each, red in the lowest byte
    const packed = new Map([...new Set(rows)].map((row) => [row, Uint32Array.from(row, packColour)]));
    rows.forEach((row, at) => words.set(packed.get(row) ?? [], at * row.length));
    sheet.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(pixelSheet, left, top, side * rows[0].length, side * rows.length);
    context.imageSmoothingEnabled = true;
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

  /** A line through points [x, y]. */
  curve(points, { stroke, lineWidth = 1 }) {
    const { context } = this;
    context.strokeStyle = stroke;
    context.lineWidth = lineWidth;
    context.lineJoin = "round";
    context.beginPath();
    points.forEach(([x, y]) => context.lineTo(x, y));
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

  circle(x, y, radius, style) {
    this.circles([[x, y]], radius, style);
  }

  /** Many circles [x, y] of one radius and colour. */
  circles(centres, radius, { fill, stroke, lineWidth = 1 }) {
    const { context } = this;
    context.beginPath();
    centres.forEach(([x, y]) => {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    });
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

  /** Words at a place; `most` is a width that they are made to fit. */
  text(x, y, words, { fill, size = 12, anchor = "center", bold = false, most = Infinity }) {
    const { context } = this;
    this.setFont(size, bold);
    const width = most < Infinity ? context.measureText(words).width : 0;
    if (width > most) this.setFont((size * most) / width, bold);
    context.textAlign = anchor;
    context.textBaseline = "middle";
    context.fillStyle = fill;
    context.fillText(words, x, y);
  }

  setFont(size, bold) {
    const font = `${bold ? "600 " : ""}${size}px system-ui, sans-serif`;
    if (this.font !== font) this.context.font = this.font = font; // setting a font is slow
  }
}

const WIDE_LETTER = 0.65; // of its size, the mean width of letters of a wide font: a file cannot be measured

/** Writes the same picture as SVG. */
export class SvgPen {
  constructor() {
    this.parts = [];
  }

  add(name, attributes, words = "") {
    const listed = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeMarkup(value)}"`);
    this.parts.push(`<${name}${listed.join("")}>${escapeMarkup(words)}</${name}>`);
  }

  whole(length) {
    return length;
  }

  bands(left, width, height, bands) {
    bands.forEach(({ tops, paint }) => tops.forEach((top) => this.moved(left, top, () => paint(this))));
  }

  moved(x, y, paint) {
    this.parts.push(`<g transform="translate(${x} ${y})">`);
    paint();
    this.parts.push("</g>");
  }

  inPlane(plane, paint) {
    this.parts.push(`<g transform="matrix(${plane.join(" ")})">`);
    paint();
    this.parts.push("</g>");
  }

  faint(share, paint) {
    this.parts.push(`<g opacity="${share}">`);
    paint();
    this.parts.push("</g>");
  }

  still(store, key, width, height, paint) {
    paint(this);
  }

  rect(x, y, width, height, { fill = "none", stroke = "none", lineWidth = 1 }) {
    this.add("rect", { x, y, width, height, fill, stroke, "stroke-width": lineWidth });
  }

  rects(boxes, { fill }) {
    this.add("path", { d: boxes.map(([x, y, width, height]) => `M${x} ${y}h${width}v${height}h${-width}z`).join(""), fill });
  }

  pixels(left, top, side, rows) {
    const boxes = rows.flatMap((row, at) => row.map((fill, i) => [fill, [left + i * side, top + at * side, side, side]]));
    [...new Set(rows.flat())].forEach((fill) => {
      this.rects(boxes.filter(([colour]) => colour === fill).map(([, box]) => box), { fill });
    });
  }

  lines(ends, { stroke, lineWidth = 1 }) {
    const d = ends.map(([x1, y1, x2, y2]) => `M${x1} ${y1}L${x2} ${y2}`).join("");
    this.add("path", { d, stroke, "stroke-width": lineWidth, fill: "none" });
  }

  curve(points, { stroke, lineWidth = 1 }) {
    const d = `M${points.map(([x, y]) => `${x} ${y}`).join("L")}`;
    this.add("path", { d, stroke, "stroke-width": lineWidth, "stroke-linejoin": "round", fill: "none" });
  }

  line(x1, y1, x2, y2, { stroke, lineWidth = 1, dash = [] }) {
    this.add("line", { x1, y1, x2, y2, stroke, "stroke-width": lineWidth, "stroke-dasharray": dash.join(" ") || "none" });
  }

  circle(cx, cy, r, { fill = "none", stroke = "none", lineWidth = 1 }) {
    this.add("circle", { cx, cy, r, fill, stroke, "stroke-width": lineWidth });
  }

  circles(centres, radius, style) {
    centres.forEach(([x, y]) => this.circle(x, y, radius, style));
  }

  text(x, y, words, { fill, size = 12, anchor = "center", bold = false, most = Infinity }) {
    const align = { center: "middle", left: "start", right: "end" }[anchor];
    const fitting = Math.min(size, most / (WIDE_LETTER * String(words).length));
    this.add("text", { x, y, fill, "font-size": fitting, "font-weight": bold ? 600 : 400, "text-anchor": align,
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
