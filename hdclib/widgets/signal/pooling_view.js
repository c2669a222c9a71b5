// A small grey image: pooled, enlarged again, and what is lost.
import { shareInAddress } from "../kit/address.js";
import { enlarge, poolImage, rmsError } from "./pooling_maths.js";
import { choiceField } from "../kit/choices.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeFrame, redrawOn } from "../kit/parts.js";

const POOL_KINDS = { max: "the largest of four", average: "the mean of four", stride: "the first of four" };
const ENLARGE_KINDS = { nearest: "repeat each pixel", bilinear: "straight lines between" };
const DARKEST = 128; // a difference of this many grey levels or more is drawn black

/** The rows of a square picture of one byte a pixel. */
function imageOf(text) {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const side = Math.sqrt(bytes.length);
  return Array.from({ length: side }, (_, row) => Array.from(bytes.subarray(row * side, (row + 1) * side)));
}

function viewOf(model) {
  const image = imageOf(model.get("pixels"));
  const [times, kind, enlarging] = ["times", "kind", "enlarging"].map((trait) => model.get(trait));
  const pooled = poolImage(image, times, kind);
  const restored = enlarge(pooled, 2 ** times, enlarging);
  const difference = image.map((row, y) => row.map((value, x) => Math.abs(value - restored[y][x])));
  return { times, image, pooled, restored, difference };
}

function plainError(image) {
  const mean = image.flat().reduce((sum, value) => sum + value, 0) / image.length ** 2;
  return rmsError(image, image.map((row) => row.map(() => mean)));
}

function describeView({ times, image, pooled, restored, difference }) {
  const side = pooled.length;
  const error = rmsError(image, restored);
  if (times === 0) return "No pooling: all 64 × 64 = 4096 numbers are kept, and nothing is lost.";
  const worst = Math.round(Math.max(...difference.flat()));
  const share = Math.round((100 * error) / plainError(image));
  return `Pooled to ${side} × ${side} = ${side * side} of 4096 numbers; each stands for ${2 ** times} × ${2 ** times} pixels. `
    + `The enlarged picture is off by ${error.toFixed(1)} of 255 grey levels (root mean square), at worst by ${worst}. `
    + `One plain grey everywhere would be off by ${plainError(image).toFixed(1)}: the error is ${share} % of that.`;
}

/** A grey picture: stamped at once on a canvas, as bars of equal pixels in a saved SVG. */
function paintGrey(pen, image, left, top, side) {
  if (pen.context) return stampGrey(pen.context, image, left, top, side);
  const at = (index) => Math.round((index * side) / image.length);
  image.forEach((row, y) => {
    let start = 0;
    for (let x = 1; x <= row.length; x += 1) {
      if (x < row.length && Math.round(row[x]) === Math.round(row[start])) continue;
      const grey = Math.round(row[start]);
      pen.rect(left + at(start), top + at(y), at(x) - at(start), at(y + 1) - at(y), { fill: `rgb(${grey},${grey},${grey})` });
      start = x;
    }
  });
  return undefined;
}

function stampGrey(context, image, left, top, side) {
  const stamp = make("canvas", { width: image.length, height: image.length });
  const data = new ImageData(image.length, image.length);
  image.forEach((row, y) => row.forEach((value, x) => {
    const first = 4 * (y * image.length + x);
    data.data.fill(value, first, first + 3);
    data.data[first + 3] = 255;
  }));
  stamp.getContext("2d").putImageData(data, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(stamp, left, top, side, side);
}

function panelsOf({ times, image, pooled, restored, difference }) {
  const dark = difference.map((row) => row.map((value) => 255 * (1 - Math.min(1, value / DARKEST))));
  return [
    ["Original, 64 × 64", image],
    [`Pooled, ${pooled.length} × ${pooled.length}`, pooled],
    [times ? `Enlarged ${2 ** times} times` : "Enlarged", restored],
    ["Error (white: none)", dark],
  ];
}

function paintView(pen, { width, colours }, view) {
  const gap = 12;
  const head = 22;
  const side = Math.floor((width - gap) / 2);
  panelsOf(view).forEach(([title, image], i) => {
    const [left, top] = [(i % 2) * (side + gap), Math.floor(i / 2) * (side + head + 6) + head];
    pen.text(left, top - head / 2, title, { fill: colours.ink, size: width < 360 ? 11.5 : 13, anchor: "left" });
    const shown = i === 1 ? Math.max(4, Math.round(side / 2 ** view.times)) : side; // in its true size
    pen.rect(left, top, side, side, { fill: colours.low });
    paintGrey(pen, image, left, top, shown);
  });
  const count = view.image.length;
  const cell = side / count;
  return {
    rows: count,
    columns: count,
    box: (row, column) => ({ x: column * cell, y: head + row * cell, width: cell, height: cell }),
    describe: (row, column) => {
      const [before, after] = [view.image[row][column], Math.round(view.restored[row][column])];
      return `Row ${row + 1}, column ${column + 1}: grey ${before} became ${after}.`;
    },
  };
}

function render({ model, el }) {
  const frame = makeFrame(el, "Pooling and what it loses", model);
  const unshare = shareInAddress(model, frame.warn);
  const kind = choiceField(model, "kind", "One pooling keeps", POOL_KINDS);
  const enlarging = choiceField(model, "enlarging", "Enlarge:", ENLARGE_KINDS);
  frame.controls.append(kind.element, enlarging.element);
  let view = viewOf(model);
  const picture = makePicture(frame.body, {
    name: "Portrait before and after pooling",
    paint: (pen, size) => paintView(pen, size, view),
    heightFor: (width) => 2 * Math.floor((width - 12) / 2) + 50,
    maxWidth: 560,
  });
  addTools(frame, [picture]);
  const stop = redrawOn(model, ["times", "kind", "enlarging", "pixels"], () => {
    view = viewOf(model);
    kind.show();
    enlarging.show();
    const words = describeView(view);
    picture.draw(words);
    frame.say(words);
    el.dataset.error = rmsError(view.image, view.restored).toFixed(4);
    el.dataset.left = String(view.pooled.length ** 2);
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
