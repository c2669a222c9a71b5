// How often each input pixel is used by one output pixel, for a stack the reader builds with sliders.
import { coverage, stackOf, stackWords, tapCounts } from "./dilation.js";
import { paintUsageMap } from "./maps.js";
import { makePicture } from "./picture.js";
import { addTools, makeFrame, redrawOn, shareInAddress } from "./parts.js";

const MOST_LAYERS = 4;
const DILATIONS = ["dilation_1", "dilation_2", "dilation_3", "dilation_4"];
const SHARED = { kernel_size: { min: 2, max: 5 }, layers: { min: 1, max: MOST_LAYERS }, seen_from: { min: 2, max: 5 } };
DILATIONS.forEach((trait) => { SHARED[trait] = { min: 1, max: 9 }; });

/** Dilations of the layers in use. */
function dilationsOf(model) {
  return DILATIONS.slice(0, model.get("layers")).map((trait) => model.get(trait));
}

/** Counts of one value of the layer that the reader looks from. */
function countsOf(model) {
  const depth = Math.min(model.get("seen_from") - 1, model.get("layers"));
  return tapCounts(stackOf(dilationsOf(model).slice(0, depth), model.get("kernel_size")));
}

/** The finding in words. */
function describe(model) {
  const { span, read, largestGap } = coverage(countsOf(model));
  const [layers, seen] = [model.get("layers"), model.get("seen_from")];
  const missing = seen - 1 > layers ? `There is no Layer ${seen} with ${layers} layers. ` : "";
  const from = `One pixel of Layer ${Math.min(seen, layers + 1)}`;
  const unread = span * span - read * read;
  const verdict = unread === 0 ? "No holes." : `${unread} never used: holes. Largest gap ${largestGap}.`;
  return `${missing}${from} sees ${span} × ${span} = ${span * span} pixels of Layer 1 and uses ${read * read} (${percent(read * read, span * span)}). ${verdict}`;
}

function percent(part, whole) {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

/** Sliders of layers that are not in use are taken off the page; the view starts at the new top layer. */
function followLayers(model) {
  const layers = model.get("layers");
  for (let number = 2; number <= MOST_LAYERS; number += 1) {
    model.set(`display_${number}`, number <= layers ? "flex" : "none");
  }
  model.set("seen_from", layers + 1);
  model.save_changes();
}

function render({ model, el }) {
  const frame = makeFrame(el, "Usage map");
  const follow = () => followLayers(model);
  model.on("change:layers", follow); // before the address is read, which may ask for other layers
  const unshare = shareInAddress(model, SHARED, frame.warn);
  const picture = makePicture(frame.body, {
    name: "Usage map",
    paint: (pen, size) => paintUsageMap(pen, size, countsOf(model)),
  });
  addTools(frame, [picture], () => pythonOf(model));
  const stop = redrawOn(model, ["kernel_size", "layers", "seen_from", ...DILATIONS], () => {
    const words = describe(model);
    picture.draw(`${stackWords(dilationsOf(model), model.get("kernel_size"))} ${words}`);
    frame.say(words);
    el.dataset.counts = countsOf(model).join(" ");
  });
  return () => {
    model.off("change:layers", follow);
    [stop, unshare, picture.close].forEach((end) => end());
  };
}

function pythonOf(model) {
  return `import hdclib as hdc\n\nprint(hdc.check([${dilationsOf(model).join(", ")}], kernel_size=${model.get("kernel_size")}))\n`;
}

export default { render };
