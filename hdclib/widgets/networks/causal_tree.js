// A causal network over time: which inputs one output reads, through which nodes.
import { shareInAddress } from "../kit/address.js";
import { treeLevels } from "./branches_maths.js";
import { makePicture } from "../kit/picture.js";
import { addTools, make, makeFrame, redrawOn } from "../kit/parts.js";

const [LEFT, TOP, BOTTOM] = [8, 22, 40];
const DIGIT = 7; // width of a digit of a path count, in CSS pixels
const MOST_EDGES = 1200; // of one layer; beyond that the layer is drawn as a band

/** Layers and sizes of the network that the traits describe; `columns` has room for the furthest step back. */
function networkOf(model) {
  const [depth, blocks, kernelSize] = ["layers", "blocks", "kernel_size"].map((trait) => model.get(trait));
  const block = Array.from({ length: depth }, (_, i) => ({ kernelSize, dilation: 2 ** i }));
  const layers = Array.from({ length: blocks }, () => block).flat();
  const blockSpan = (kernelSize - 1) * (2 ** depth - 1) + 1;
  const span = blocks * (blockSpan - 1) + 1;
  return { depth, blocks, kernelSize, layers, blockSpan, span, back: model.get("back"), columns: span + model.get("bounds").back.max, levels: treeLevels(layers) };
}

function timeName(back) {
  return back === 0 ? "t" : `t\u00a0−\u00a0${back}`;
}

function usedWords(counts) {
  const most = counts.reduce((top, count) => Math.max(top, count), 0);
  const least = counts.reduce((low, count) => Math.min(low, count), most);
  return most === least ? (most === 1 ? "each along one path" : `each along ${most} paths`) : `each along ${least} to ${most} paths`;
}

function describe({ depth, blocks, kernelSize, blockSpan, span, back, levels }) {
  const dilations = depth === 1 ? "dilation 1" : `dilations 1 to ${2 ** (depth - 1)}`;
  const built = `${blocks === 1 ? "One block" : `${blocks} blocks`} of kernel size ${kernelSize}, ${dilations}.`;
  const reads = `The output at time ${timeName(back)} reads ${span} inputs, from ${timeName(back + span - 1)} to ${timeName(back)}, ${usedWords(levels[0])}.`;
  if (blocks === 1) return `${built} ${reads}`;
  return `${built} ${reads} Each further block adds ${blockSpan - 1}, so it is ${blocks} × ${blockSpan - 1} + 1 = ${span} and not ${blocks} × ${blockSpan} = ${blocks * blockSpan}.`;
}

function pitchOf({ layers }) {
  return Math.max(15, Math.min(46, 330 / layers.length));
}

function heightOf(network) {
  return TOP + pitchOf(network) * network.layers.length + BOTTOM;
}

/** Where things are: level 0 is the input, at the bottom; steps back in time run to the left. */
function frameOf(width, network) {
  const { columns } = network;
  const cell = (width - 2 * LEFT) / columns;
  const pitch = pitchOf(network);
  const depth = network.layers.length;
  return {
    columns,
    cell,
    pitch,
    x: (back) => LEFT + (columns - 1 - back + 0.5) * cell,
    y: (level) => TOP + (depth - level) * pitch,
    radius: Math.max(1.2, Math.min(6.5, cell * 0.34, pitch * 0.3)),
  };
}

/** Paint the network and the tree below one node: { level, back }. */
function paintTree(pen, { width, colours }, network, top) {
  const at = frameOf(width, network);
  if (at.cell >= 5) paintNodes(pen, colours, network, at);
  const levels = top.level === network.layers.length ? network.levels : treeLevels(network.layers.slice(0, top.level));
  for (let level = top.level; level >= 0; level -= 1) {
    const backs = backsOf(levels[level], top.back);
    if (level > 0) paintEdges(pen, colours, at, backs, level, network.layers[level - 1]);
    paintReached(pen, colours, at, level, backs, level === top.level);
  }
  paintCounts(pen, colours, at, levels[0], top.back);
  paintWords(pen, colours, at, network, top, width);
  return cellsOf(network, at, top, levels);
}

/** Steps back in time of the nodes that are reached; the last count belongs to the output's own time. */
function backsOf(counts, back) {
  const found = [];
  counts.forEach((count, i) => { if (count > 0) found.push(back + counts.length - 1 - i); });
  return found;
}

function paintNodes(pen, colours, { layers }, at) {
  const centres = [];
  for (let level = 0; level <= layers.length; level += 1) {
    for (let back = 0; back < at.columns; back += 1) centres.push([at.x(back), at.y(level)]);
  }
  pen.circles(centres, at.radius, { stroke: colours.line });
}

function paintEdges(pen, colours, at, backs, level, { kernelSize, dilation }) {
  if (backs.length * kernelSize > MOST_EDGES) {
    const [first, last] = [Math.max(...backs), Math.min(...backs)];
    pen.rect(at.x(first), at.y(level), at.x(last) - at.x(first), at.pitch, { fill: colours.low });
    return;
  }
  const taps = Array.from({ length: kernelSize }, (_, tap) => tap * dilation);
  const ends = backs.flatMap((back) => taps.map((tap) => [at.x(back), at.y(level), at.x(back + tap), at.y(level - 1)]));
  pen.lines(ends, { stroke: colours.tap, lineWidth: at.cell < 5 ? 0.6 : 1.3 });
}

function paintReached(pen, colours, at, level, backs, isTop) {
  const y = at.y(level);
  if (isTop) pen.circle(at.x(backs[0]), y, at.radius + 3.5, { stroke: colours.ink, lineWidth: 2 });
  if (at.cell < 2.5) pen.rects(marksOf(backs.map(at.x)).map(([from, to]) => [from, y - 2.5, to - from, 5]), { fill: colours.high });
  else pen.circles(backs.map((back) => [at.x(back), y]), at.radius, { fill: colours.high });
}

/** Narrow marks at these places, from left to right, as [from, to]; those that touch are one. */
function marksOf(places) {
  const marks = [];
  places.forEach((x) => {
    const last = marks.at(-1);
    if (last && x - 0.6 < last[1] + 0.2) last[1] = x + 0.6;
    else marks.push([x - 0.6, x + 0.6]);
  });
  return marks;
}

function paintCounts(pen, colours, at, counts, back) {
  const longest = String(counts.reduce((most, count) => Math.max(most, count), 0)).length;
  if (at.cell < DIGIT * longest + 3) return;
  counts.forEach((count, i) => {
    pen.text(at.x(back + counts.length - 1 - i), at.y(0) + 15, String(count), { fill: colours.ink, size: 11 });
  });
}

function paintWords(pen, colours, at, { layers, back }, top, width) {
  const quiet = { fill: colours.quiet, size: 12 };
  pen.text(LEFT, 8, `output, layer ${layers.length}`, { ...quiet, anchor: "left" });
  pen.text(LEFT, at.y(0) + 31, "input", { ...quiet, anchor: "left" });
  pen.text(width - LEFT, at.y(0) + 31, "time →", { ...quiet, anchor: "right" });
  if (top.back === 0) return;
  const edge = at.x(top.back) + Math.max(at.cell, 2) / 2;
  pen.line(edge, 16, edge, at.y(0) + 22, { stroke: colours.hole, dash: [4, 3] });
  if (width - LEFT - edge > 66) pen.text(edge + 4, 8, "not read yet", { fill: colours.hole, size: 12, anchor: "left" });
}

function cellsOf({ layers }, at, top, levels) {
  const reach = (level) => treeLevels(layers.slice(0, level))[0].length;
  return {
    rows: layers.length + 1,
    columns: at.columns,
    box: (row, column) => {
      const back = at.columns - 1 - column;
      const [wide, high] = [Math.max(at.cell, 4), Math.max(8, Math.min(at.pitch, 3 * at.radius))];
      return { x: at.x(back) - wide / 2, y: at.y(layers.length - row) - high / 2, width: wide, height: high };
    },
    describe: (row, column) => {
      const [level, back] = [layers.length - row, at.columns - 1 - column];
      if (level === 0) return `Input at time ${timeName(back)}.`;
      const span = reach(level);
      return `Layer ${level + 1}, time ${timeName(back)}: reads ${span} inputs, from ${timeName(back + span - 1)} to ${timeName(back)}.`;
    },
  };
}

function render({ model, el }) {
  const frame = makeFrame(el, "A causal network over time", model);
  const unshare = shareInAddress(model, frame.warn);
  frame.controls.append(make("p", { className: "hdc-cell", textContent: "Filled nodes are read by the ringed one. In the picture the arrow keys move the ring: left and right in time, up and down from layer to layer." }));
  let network = networkOf(model);
  /** @type {{ row: number, column: number } | null} */
  let visited = null;
  const topOf = () => {
    const depth = network.layers.length;
    if (!visited) return { level: depth, back: network.back };
    const [row, column] = [Math.min(visited.row, depth), Math.min(visited.column, network.columns - 1)];
    return { level: depth - row, back: network.columns - 1 - column };
  };
  const picture = makePicture(frame.body, {
    name: "Tree of inputs",
    paint: (pen, size) => paintTree(pen, size, network, topOf()),
    heightFor: () => heightOf(network),
    maxWidth: 720,
    start: () => ({ row: 0, column: network.columns - 1 - network.back }),
    visited: (cell) => {
      visited = cell;
      const { level, back } = topOf();
      el.dataset.ring = `${level} ${back}`;
    },
  });
  addTools(frame, [picture], () => `import hdclib as hdc\n\nblock = [2**level for level in range(${network.depth})]\nprint(hdc.coverage(block * ${network.blocks}, kernel_size=${network.kernelSize}))\n`);
  const stop = redrawOn(model, ["layers", "blocks", "kernel_size", "back"], () => {
    network = networkOf(model);
    const words = describe(network);
    picture.draw(words);
    frame.say(words);
    const { level, back } = topOf();
    const most = network.levels[0].reduce((high, count) => Math.max(high, count), 0);
    Object.assign(el.dataset, { span: network.span, most, ring: `${level} ${back}` });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
