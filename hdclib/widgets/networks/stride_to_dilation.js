// A stride turns into a dilation, in motion: the same feature is computed, and new ones between.
import { shareInAddress } from "../kit/address.js";
import { setTraits } from "../kit/models.js";
import { addTools, makeFrame, redrawOn } from "../kit/parts.js";
import { makePicture } from "../kit/picture.js";
import { makePlayer } from "../kit/player.js";
import { eased } from "../gridding/cone_maths.js";
import { STRIDE_SAMPLES, strideCells, strideOutput, strideSpan, tapDistance } from "./stride_maths.js";

const LAST = 3;
const LINE = 20; // CSS pixels for the words above a row
const PITCH = 92; // CSS pixels from one row to the next
const LARGEST = 26; // CSS pixels, of a cell
const NTH = { 2: "second", 3: "third", 4: "fourth" };

/** What a step shows, in sentences. */
function stepWords(stride, step) {
  const { strided, dense } = strideCells(stride);
  const span = strideSpan(stride, step);
  return [
    `Stride ${stride}: Layer 2 has ${strided[0].length} cells, ${stride} apart in Layer 1. The output reads three of them and spans ${span} cells of Layer 1.`,
    `The stride is 1: Layer 2 has ${dense[0].length} cells. The taps of convolution 2 are neighbours now, and the output spans only ${span} cells of Layer 1.`,
    `Dilation ${stride}: the taps of convolution 2 are ${stride} apart, on the same cells as with the stride. The output spans ${span} cells again and is the same number.`,
    `The outputs between: Layer 3 has ${dense[1].length} cells in place of ${strided[1].length}. Every ${NTH[stride]} one is a feature of the network with the stride.`,
  ][step];
}

/** What a row is called after a number of steps. */
function rowNames(stride, step) {
  const convolutions = [step >= 1 ? "stride 1" : `stride ${stride}`, step >= 2 ? `dilation ${stride}` : "dilation 1"];
  return ["Layer 1, input", `Layer 2, by convolution 1 with ${convolutions[0]}`, `Layer 3, by convolution 2 with ${convolutions[1]}`];
}

function layoutFor(width) {
  const cell = Math.min(LARGEST, width / STRIDE_SAMPLES);
  const left = (width - STRIDE_SAMPLES * cell) / 2;
  return { cell, centre: (place) => left + (place + 0.5) * cell, top: (layer) => LINE + (2 - layer) * PITCH, height: 2 * PITCH + LINE + LARGEST + 6 };
}

/** A row of cells: those of the network with the stride filled, those that come with the dilation as large as `share`. */
function paintRow(pen, colours, place, layer, { old, all, share }) {
  const side = place.cell - 2;
  const box = (at, size) => [place.centre(at) - size / 2, place.top(layer) + (place.cell - size) / 2, size, size];
  const added = all.filter((at) => !old.includes(at));
  if (share > 0) pen.rects(added.map((at) => box(at, side * share)), { fill: colours.second });
  pen.rects(old.map((at) => box(at, side)), { fill: layer ? colours.tap : colours.low });
}

/** The output that is followed, its taps, and what they read. */
function paintTaps(pen, colours, place, output, distance) {
  const taps = [-1, 0, 1].map((tap) => output + tap * distance);
  const wire = (from, layer, to) => [place.centre(from), place.top(layer) + place.cell, place.centre(to), place.top(layer - 1)];
  pen.lines(taps.map((tap) => wire(output, 2, tap)), { stroke: colours.ink, lineWidth: 2 });
  pen.lines(taps.flatMap((tap) => [-1, 0, 1].map((by) => wire(tap, 1, tap + by))), { stroke: colours.quiet, lineWidth: 1.2 });
  const frame = (at, layer) => [place.centre(at) - place.cell / 2, place.top(layer), place.cell - 1, place.cell - 1];
  [[output, 2], ...taps.map((tap) => [tap, 1])].forEach(([at, layer]) => pen.rect(...frame(at, layer), { stroke: colours.focus, lineWidth: 2.5 }));
}

function paintInstead(pen, { width, colours }, stride, position) {
  const place = layoutFor(width);
  const { strided, dense } = strideCells(stride);
  const whole = Math.floor(position);
  const moved = whole + eased(position - whole);
  const samples = Array.from({ length: STRIDE_SAMPLES }, (_, at) => at);
  const shares = [1, Math.min(1, moved), Math.max(0, moved - 2)];
  const rows = [samples, ...strided].map((old, layer) => ({ old, all: [samples, ...dense][layer], share: shares[layer] }));
  rows.forEach((row, layer) => paintRow(pen, colours, place, layer, row));
  paintTaps(pen, colours, place, strideOutput(stride), tapDistance(stride, Math.min(2, moved)));
  rowNames(stride, Math.round(position)).forEach((words, layer) => {
    pen.rect(0, place.top(layer) - LINE + 2, Math.min(width, 7.2 * words.length), LINE - 4, { fill: colours.ground }); // over the lines
    pen.text(0, place.top(layer) - LINE / 2, words, { fill: colours.ink, size: 13, anchor: "left", bold: true, most: width });
  });
}

function render({ model, el }) {
  const frame = makeFrame(el, "A stride turns into a dilation", model);
  const unshare = shareInAddress(model, frame.warn);
  let position = model.get("step");
  const player = makePlayer({
    name: "From stride to dilation",
    last: () => LAST,
    read: () => model.get("step"),
    write: (step) => setTraits(model, { step }),
    words: (step) => stepWords(model.get("stride"), step),
    draw: (at) => {
      position = at;
      picture.draw();
    },
  });
  const picture = makePicture(frame.body, {
    name: "Three layers",
    paint: (pen, size) => paintInstead(pen, size, model.get("stride"), position),
    heightFor: (width) => layoutFor(width).height,
    maxWidth: 620,
  });
  frame.controls.append(player.element);
  addTools(frame, [picture], () => pythonOf(model.get("stride")));
  const stop = redrawOn(model, ["stride", "step"], () => {
    const [stride, step] = [model.get("stride"), model.get("step")];
    const words = stepWords(stride, step);
    player.follow();
    picture.draw(words);
    frame.say(words);
    const { strided, dense } = strideCells(stride);
    const shown = [step >= 1 ? dense[0] : strided[0], step >= 3 ? dense[1] : strided[1]];
    Object.assign(el.dataset, { step, span: strideSpan(stride, step), cells: shown.map(({ length }) => length).join(" ") });
  });
  return () => [stop, unshare, player.close, picture.close].forEach((end) => end());
}

function pythonOf(stride) {
  return `import hdclib as hdc\n\nstrided = [hdc.ConvLayer(3, stride=${stride}), hdc.ConvLayer(3)]\nprint(hdc.networks.dilate_instead(strided))\n`;
}

export default { render };
