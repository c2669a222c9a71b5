// A U-Net's sizes, level by level: which inputs let both sides of every join agree?
import { shareInAddress } from "../kit/address.js";
import { choiceField } from "../kit/choices.js";
import { paintCross } from "../kit/maps.js";
import { addTools, make, makeFrame, redrawOn } from "../kit/parts.js";
import { makePicture } from "../kit/picture.js";
import { fittingSizes, misfit, nearestSizes, sizesThrough } from "./u_net_maths.js";

const TRAITS = ["size", "depth", "convolutions", "dilation", "padded", "join"];
const PADDED = { true: "each keeps its size", false: "none" };
const JOINS = { equal: "as they are", crop: "the left side cropped" };
const KEY = "Left: down, level by level; each box says what enters and, bold, what waits at the join. Right: the same level on the way up, bold what arrives. A cross on the way down: the pool leaves a sample unread. A cross at a join: the network stops here; later joins that differ are only dashed.";
const [BOX, LEVEL, GAP] = [34, 58, 6]; // heights, and the least distance of two boxes, in CSS pixels
const WIDEST = 96; // of a box

function netOf(model) {
  /** @type {any} */
  const net = Object.fromEntries(TRAITS.map((trait) => [trait, model.get(trait)]));
  const through = sizesThrough(net.size, net);
  return { net, through, fitting: fittingSizes(net), bad: through.lost ? null : misfit(through, net) };
}

function verdictWords({ net, through, bad }) {
  const { size, join } = net;
  if (through.lost) return `${size} samples are too few: on level ${through.lost} nothing is left.`;
  const { left, up } = through.levels[(bad ?? 1) - 1];
  if (bad === null) return join === "crop" ? `${size} samples fit: every pool comes out even.` : `${size} samples fit: on every level both sides have one size.`;
  if (join === "crop") return `${size} samples do not fit: the pool of level ${bad} takes ${left} and leaves 1 unread.`;
  return `${size} samples do not fit: on level ${bad} the left side has ${left}, and ${up} come back from below.`;
}

function ruleWords({ net, fitting }) {
  const { step, remainders, least } = fitting;
  if (!remainders.length) return "No size fits: without padding the right side comes back smaller on every level. Crop the left side.";
  const near = nearestSizes(net.size, fitting).filter((size) => size !== null && size !== net.size);
  const nearest = near.length ? ` Nearest: ${near.join(" and ")}.` : "";
  if (step === 1) return `Every size from ${least} on fits.${nearest}`;
  return `A size fits if it leaves ${remainders.join(" or ")} when divided by ${step}, from ${least} on.${nearest}`;
}

/** Boxes of the picture, one { row, side, x, y, width, head, size, words } for each end of a level; the bottom last. */
function boxesOf({ net, through }, width) {
  const wide = Math.min(WIDEST, (width - GAP) / 2 - GAP * net.depth);
  const indent = Math.min(34, (width / 2 - wide - GAP) / net.depth);
  const boxes = through.levels.flatMap(({ entered, left, up, out }, row) => {
    const shared = { row, y: row * LEVEL + 1, width: wide };
    return [
      { ...shared, side: 0, x: row * indent + 1, head: `in ${entered}`, size: left, words: `Level ${row + 1}, left: ${entered} enter, ${left} wait at the join.` },
      { ...shared, side: 1, x: width - row * indent - wide - 1, head: `out ${out}`, size: up, words: `Level ${row + 1}, right: ${up} come back from below, ${out} leave.` },
    ];
  });
  const { entered, left } = through.bottom;
  return [...boxes, { row: net.depth, side: 0, x: (width - wide) / 2, y: net.depth * LEVEL + 1, width: wide, head: `in ${entered}`, size: left, words: `The bottom: ${entered} enter, ${left} leave.` }];
}

function paintBox(pen, { x, y, width, head, size }, colours) {
  pen.rect(x, y, width, BOX, { fill: colours.low, stroke: colours.ink });
  pen.text(x + width / 2, y + 10, head, { fill: colours.ink, size: 11, most: width });
  pen.text(x + width / 2, y + 24, String(size), { fill: colours.ink, size: 14, bold: true, most: width });
}

function paintLevel(pen, { net, through, bad }, [left, right, below, belowRight], colours) {
  const level = through.levels[left.row];
  const middle = left.y + BOX / 2;
  const fits = net.join === "crop" || level.left === level.up;
  const [from, to] = [left.x + left.width, right.x];
  pen.line(from, middle, to, middle, { stroke: fits ? colours.ink : colours.hole, lineWidth: 2, dash: fits ? [] : [4, 3] });
  if (!fits && bad === left.row + 1) paintCross(pen, [(from + to) / 2, middle], 7, colours.hole, 2.5);
  pen.line(left.x + left.width / 2, left.y + BOX, below.x + below.width / 2, below.y, { stroke: colours.ink });
  pen.line(belowRight.x + belowRight.width / 2, belowRight.y, right.x + right.width / 2, right.y + BOX, { stroke: colours.ink });
  if (level.over) paintCross(pen, [(left.x + below.x + (left.width + below.width) / 2) / 2, (left.y + BOX + below.y) / 2], 6, colours.hole, 2.5);
}

function paintNet(pen, { width, colours }, state) {
  if (state.through.lost) {
    pen.text(0, 12, "Nothing to draw.", { fill: colours.ink, anchor: "left" });
    return null;
  }
  const boxes = boxesOf(state, width);
  const at = (row, side) => boxes.find((box) => box.row === row && (box.side === side || row === state.net.depth));
  for (let row = 0; row < state.net.depth; row += 1) paintLevel(pen, state, [at(row, 0), at(row, 1), at(row + 1, 0), at(row + 1, 1)], colours);
  boxes.forEach((box) => paintBox(pen, box, colours));
  const box = (row, column) => ({ ...at(row, column), height: BOX });
  return { rows: state.net.depth + 1, columns: 2, box, at: (x, y) => cellAt(boxes, x, y), describe: (row, column) => at(row, column).words };
}

function cellAt(boxes, x, y) {
  const found = boxes.find((box) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + BOX);
  return found ? { row: found.row, column: found.side } : null;
}

function pythonOf({ net: { depth, convolutions, dilation, padded, join } }) {
  const shape = `${depth}, ${convolutions}, dilation=${dilation}, padded=${padded ? "True" : "False"}`;
  const asked = join === "crop" ? "layers, whole=True" : "layers, joins";
  return `from hdclib.sizes import fitting_sizes, u_net_layers\n\nlayers, joins = u_net_layers(${shape})\nprint(fitting_sizes(${asked}).explanation)\n`;
}

function render({ model, el }) {
  const frame = makeFrame(el, "Sizes of a U-Net", model);
  const unshare = shareInAddress(model, frame.warn);
  let state = netOf(model);
  const padded = choiceField(model, "padded", "Padding", PADDED);
  const join = choiceField(model, "join", "Joined", JOINS);
  frame.controls.append(padded.element, join.element);
  const picture = makePicture(frame.body, {
    name: "Both sides of a U-Net",
    paint: (pen, size) => paintNet(pen, size, state),
    heightFor: () => (state.through.lost ? 24 : state.net.depth * LEVEL + BOX + 2),
    maxWidth: 620,
  });
  frame.body.append(make("p", { className: "hdc-cell", textContent: KEY }));
  addTools(frame, [picture], () => pythonOf(state));
  const stop = redrawOn(model, TRAITS, () => {
    state = netOf(model);
    padded.show();
    join.show();
    const words = `${verdictWords(state)} ${ruleWords(state)}`;
    picture.draw(words);
    frame.say(words);
    const { step, remainders, least } = state.fitting;
    Object.assign(el.dataset, { step, remainders: remainders.join(" "), least: String(least), bad: String(state.through.lost ? "lost" : state.bad) });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
