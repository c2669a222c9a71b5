// The book's question as a game: choose three dilations so that one output uses every pixel of a square.
import { shareInAddress } from "../kit/address.js";
import { stackOf, tapCounts } from "../kit/dilation.js";
import { paintUsageMap } from "../kit/maps.js";
import { makePicture } from "../kit/picture.js";
import { addTools, makeFrame, redrawOn } from "../kit/parts.js";
import { makeLevels } from "./cover_levels.js";

const KERNEL_SIZE = 3;

/** The dilations, and the counts of the square's columns (or rows): the stack's, cut or filled with zeros to the side. */
function stateOf(model) {
  const dilations = model.get("dilations");
  const counts = tapCounts(stackOf(dilations, KERNEL_SIZE));
  const side = model.get("side");
  const shift = (counts.length - side) / 2; // both odd, so a whole number
  return { dilations: dilations.join(", "), counts: Array.from({ length: side }, (_, at) => counts[at + shift] ?? 0) };
}

function describe({ dilations, counts }) {
  const used = counts.filter((count) => count > 0).length ** 2;
  const all = counts.length ** 2;
  if (used === all) return `Dilations ${dilations} cover the square: all ${all} pixels are used.`;
  return `Dilations ${dilations} use ${used} of the ${all} pixels of the square; ${all - used} are missing.`;
}

function render({ model, el }) {
  const frame = makeFrame(el, "Cover the square", model);
  const unshare = shareInAddress(model, frame.warn);
  const { side: { options }, dilations: { max } } = model.get("bounds");
  const choose = (side) => {
    model.set("side", side);
    model.save_changes();
  };
  const levels = makeLevels(options, choose, max, KERNEL_SIZE);
  frame.controls.append(levels.row);
  let state = stateOf(model);
  const picture = makePicture(frame.body, {
    name: "The square",
    paint: (pen, size) => paintUsageMap(pen, size, state.counts, 1),
    maxWidth: 480,
  });
  frame.body.append(levels.line);
  addTools(frame, [picture], () => `import hdclib as hdc\n\nprint(hdc.check([${state.dilations}], kernel_size=${KERNEL_SIZE}))\n`);
  const stop = redrawOn(model, ["side", "dilations"], () => {
    state = stateOf(model);
    const words = describe(state);
    picture.draw(`${words} Kernel size ${KERNEL_SIZE}.`);
    const won = state.counts.every((count) => count > 0);
    frame.say([words, levels.show(model.get("side"), won)].filter(Boolean).join(" "));
    el.dataset.won = String(won);
    el.dataset.counts = state.counts.join(" ");
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
