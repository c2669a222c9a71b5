// How often each input pixel is used by one output pixel, for a stack the reader builds with sliders.
import { shareInAddress } from "../kit/address.js";
import { coverage, stackOf, stackWords, tapCounts } from "../kit/dilation.js";
import { countFill, groupBy, paintUsageMap } from "../kit/maps.js";
import { onNewLength, setTraits } from "../kit/models.js";
import { makePicture } from "../kit/picture.js";
import { addTools, makeFrame, redrawOn } from "../kit/parts.js";
import { makePlayer } from "../kit/player.js";
import { stampCopies } from "./cone_cells.js";
import { eased } from "./cone_maths.js";

const GLASS = 0.6; // how much of a copy hides what it passes over
const LEAST = 13; // cells that a map is wide at least: smaller ones have the same scale

/** The stack, and the counts of one value of the layer that the reader looks from. */
function stateOf(model, seen = model.get("seen_from")) {
  const [dilations, kernelSize] = ["dilations", "kernel_size"].map((trait) => model.get(trait));
  return { dilations, kernelSize, seen, counts: tapCounts(stackOf(dilations.slice(0, seen - 1), kernelSize)) };
}

/** The finding in words. */
function describe({ dilations, seen, counts }) {
  const { span, read, largestGap } = coverage(counts);
  const layers = dilations.length;
  const missing = seen - 1 > layers ? `There is no Layer ${seen} with ${layers} layers. ` : "";
  const from = `One pixel of Layer ${Math.min(seen, layers + 1)}`;
  const unread = span * span - read * read;
  const verdict = unread === 0 ? "No holes." : `${unread} never used: holes. Largest gap ${largestGap}.`;
  return `${missing}${from} sees ${span} × ${span} = ${span * span} pixels of Layer 1 and uses ${read * read} (${percent(read * read, span * span)}). ${verdict}`;
}

function percent(part, whole) {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

/** What is seen from the layer of a step: step 0 looks from Layer 2. */
function stepState(model, step) {
  return stateOf(model, Math.min(step + 2, model.get("dilations").length + 1));
}

/** A map without its numbers, which could not be read while copies pass over each other. */
function paintGlass(pen, colours, counts, [corner, cell]) {
  const side = cell - (cell > 8 ? 1 : 0);
  const top = counts.reduce((most, count) => Math.max(most, count)) ** 2;
  const cells = counts.flatMap((down, row) => counts.map((across, column) => [down * across, corner + column * cell, corner + row * cell]));
  groupBy(cells.filter(([count]) => count > 0), ([count]) => count).forEach(([count, alike]) => {
    pen.rects(alike.map(([, x, y]) => [x, y, side, side]), { fill: countFill(colours, count, top) });
  });
}

/** One map becomes the next: a copy for each tap of one more convolution glides to its place, and they add up. */
function paintGrowing(pen, { width, colours }, { from, to, share }, store) {
  const span = to.counts.length;
  const cell = pen.whole(width / Math.max(LEAST, span));
  const start = Math.floor((width - span * cell) / 2);
  const dilation = to.dilations[to.seen - 2];
  const taps = Array.from({ length: to.kernelSize }, (_, tap) => (tap - (to.kernelSize - 1) / 2) * dilation * cell * eased(share));
  const corner = start + ((span - from.counts.length) / 2) * cell;
  const side = from.counts.length * cell;
  pen.rect(start, start, span * cell, span * cell, { stroke: colours.line });
  const key = `${from.dilations} ${from.kernelSize} ${from.seen} ${span} ${colours.ground}`;
  stampCopies(pen, store, key, { x: corner, y: corner, width: side, height: side }, taps.flatMap((right) => taps.map((low) => [right, low])), (sheet) => {
    sheet.faint(GLASS, () => paintGlass(sheet, colours, from.counts, [corner, cell]));
  });
}

function render({ model, el }) {
  const frame = makeFrame(el, "Usage map", model);
  const stay = onNewLength(model, "dilations", (layers) => setTraits(model, { seen_from: layers + 1 })); // the view starts at the new top layer
  const unshare = shareInAddress(model, frame.warn);
  let state = stateOf(model);
  let position = 0; // of the motion: whole where a map is finished
  const store = {}; // the copy that glides
  const picture = makePicture(frame.body, {
    name: "Usage map",
    paint: (pen, size) => {
      const [from, to] = [Math.floor(position), Math.ceil(position)].map((step) => stepState(model, step));
      if (from.seen === to.seen) return paintUsageMap(pen, size, to.counts, LEAST);
      return paintGrowing(pen, size, { from, to, share: position - Math.floor(position) }, store);
    },
  });
  const last = () => model.get("dilations").length - 1;
  const player = makePlayer({
    name: "One convolution after the other",
    forth: "Next layer up",
    last,
    read: () => Math.min(model.get("seen_from") - 2, last()),
    write: (step) => setTraits(model, { seen_from: step + 2 }),
    words: (step) => describe(stepState(model, step)),
    draw: (at) => {
      position = at;
      picture.draw();
    },
  });
  frame.controls.append(player.element);
  addTools(frame, [picture], () => pythonOf(state));
  const stop = redrawOn(model, ["kernel_size", "dilations", "seen_from"], () => {
    state = stateOf(model);
    const words = describe(state);
    player.follow();
    picture.draw(`${stackWords(state.dilations, state.kernelSize)} ${words}`);
    frame.say(words);
    el.dataset.counts = state.counts.join(" ");
  });
  return () => [stop, stay, unshare, player.close, picture.close].forEach((end) => end());
}

function pythonOf({ dilations, kernelSize }) {
  return `import hdclib as hdc\n\nprint(hdc.check([${dilations.join(", ")}], kernel_size=${kernelSize}))\n`;
}

export default { render };
