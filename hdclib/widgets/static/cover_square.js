// The book's question as a game: choose three dilations so that one output uses every pixel of a square.
import { stackOf, tapCounts } from "./dilation.js";
import { paintUsageMap } from "./maps.js";
import { makePicture } from "./picture.js";
import { addTools, makeFrame, redrawOn, shareInAddress } from "./parts.js";

const DILATIONS = ["dilation_1", "dilation_2", "dilation_3"];
const SHARED = { side: { options: [7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27] } };
DILATIONS.forEach((trait) => { SHARED[trait] = { min: 1, max: 12 }; });
const KERNEL_SIZE = 3;

/** Counts of the square's columns (or rows): the stack's counts, cut or filled with zeros to the side. */
function countsInSquare(model) {
  const counts = tapCounts(stackOf(DILATIONS.map((trait) => model.get(trait)), KERNEL_SIZE));
  const side = model.get("side");
  const shift = (counts.length - side) / 2; // both odd, so a whole number
  return Array.from({ length: side }, (_, at) => counts[at + shift] ?? 0);
}

function describe(model) {
  const counts = countsInSquare(model);
  const used = counts.filter((count) => count > 0).length ** 2;
  const all = counts.length ** 2;
  const dilations = DILATIONS.map((trait) => model.get(trait)).join(", ");
  if (used === all) return `Dilations ${dilations} cover the square: all ${all} pixels are used.`;
  return `Dilations ${dilations} use ${used} of the ${all} pixels of the square; ${all - used} are missing.`;
}

function render({ model, el }) {
  const frame = makeFrame(el, "Cover the square");
  const unshare = shareInAddress(model, SHARED, frame.warn);
  const picture = makePicture(frame.body, {
    name: "The square",
    paint: (pen, size) => paintUsageMap(pen, size, countsInSquare(model), 1),
    maxWidth: 480,
  });
  addTools(frame, [picture], () => {
    const dilations = DILATIONS.map((trait) => model.get(trait)).join(", ");
    return `import hdclib as hdc\n\nprint(hdc.check([${dilations}], kernel_size=${KERNEL_SIZE}))\n`;
  });
  const stop = redrawOn(model, ["side", ...DILATIONS], () => {
    const words = describe(model);
    picture.draw(`${words} Kernel size ${KERNEL_SIZE}.`);
    frame.say(words);
    el.dataset.counts = countsInSquare(model).join(" ");
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

export default { render };
