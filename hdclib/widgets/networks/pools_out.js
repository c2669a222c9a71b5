// VGG16 with each pool as a switch: what happens to size, field and cost.
import { shareInAddress } from "../kit/address.js";
import { layerTable, networkCost, vgg16 } from "./backbone_maths.js";
import { choiceField } from "../kit/choices.js";
import { setTraits } from "../kit/models.js";
import { makePicture } from "../kit/picture.js";
import { addTools, closedTable, make, makeButton, makeFrame, redrawOn } from "../kit/parts.js";

const INPUT_SIZE = 224;
const POOL_WORDS = { keep: "keep", remove: "remove", dilate: "dilate instead" };
const PRESETS = {
  "VGG16": ["keep", "keep", "keep", "keep", "keep"],
  "Remove all": ["remove", "remove", "remove", "remove", "remove"],
  "Remove the last two": ["keep", "keep", "keep", "remove", "remove"],
  "Dilate instead of the last two": ["keep", "keep", "keep", "dilate", "dilate"],
};
const ORIGINAL = layerTable(vgg16(PRESETS["VGG16"]), INPUT_SIZE);
const TABLE_HEAD = ["Block", "Size", "Stride", "Dilation", "Field", "Numbers (millions)", "Multiplications (billions)"];

/** One entry for conv1, pool1, … pool5: the last row of the block with the block's cost, or null if it is gone. */
function blocksOf(rows) {
  return [1, 2, 3, 4, 5].flatMap((number) => [`conv${number}`, `pool${number}`]).map((name) => {
    const members = rows.filter((row) => row.name.split("_")[0] === name);
    if (!members.length) return { name, row: null };
    const [values, multiplyAdds] = networkCost(members);
    return { name, row: { ...members[members.length - 1], values, multiplyAdds } };
  });
}

const USUAL_BLOCKS = blocksOf(ORIGINAL);

function describeNetwork(rows) {
  const last = rows[rows.length - 1];
  const [values, products] = networkCost(rows);
  const [usual, usualProducts] = networkCost(ORIGINAL);
  return `Output ${last.size} × ${last.size}, one feature every ${pixels(last.stride)}. Receptive field ${pixels(last.field)}. `
    + `${(values / 1e6).toFixed(1)} million numbers to keep for training (${(values * 4 / 1e6).toFixed(0)} MB, ${times(values / usual)} VGG16), `
    + `${(products / 1e9).toFixed(1)} billion multiplications (${times(products / usualProducts)} VGG16).`;
}

function pixels(count) {
  return count === 1 ? "1 pixel" : `${count} pixels`;
}

function times(ratio) {
  return `${ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0)} ×`;
}

function paintNetwork(pen, { width, height, colours }, blocks) {
  const column = width / blocks.length;
  const narrow = column < 40; // names of pools then stand on a second line
  const foot = narrow ? 34 : 20;
  const band = (height - foot) / 2;
  const small = Math.min(12, column * 0.34);
  const frame = { column, band, small, colours };
  paintBars(pen, { top: 0, title: "Output size, pixels a side (outline: VGG16)", fill: colours.second, value: (row) => row.size }, frame, blocks);
  paintBars(pen, { top: band, title: "Receptive field, pixels (outline: VGG16)", fill: colours.tap, value: (row) => row.field }, frame, blocks);
  blocks.forEach(({ name, row }, i) => {
    const line = height - (narrow && i % 2 === 0 ? 25 : 9);
    const middle = Math.min(Math.max((i + 0.5) * column, 16), width - 16); // whole names at both edges
    pen.text(middle, line, name, { fill: row ? colours.ink : colours.quiet, size: narrow ? 10 : small });
  });
  return {
    rows: 2,
    columns: blocks.length,
    box: (line, place) => ({ x: place * column, y: line * band, width: column, height: band }),
    describe: (line, place) => describeBlock(blocks[place], line),
  };
}

function describeBlock({ name, row }, line) {
  if (!row) return `${name} is removed.`;
  if (line === 0) return `${name}: output ${row.size} × ${row.size}, one feature every ${pixels(row.stride)}.`;
  return `${name}: receptive field ${pixels(row.field)}, dilation ${row.dilation}.`;
}

/** One band of bars, with the outline of what VGG16 has there; `value` takes the number from a row. */
function paintBars(pen, { top, title, fill, value }, { column, band, small, colours }, blocks) {
  pen.text(2, top + 9, title, { fill: colours.quiet, size: 12, anchor: "left" });
  const ground = top + band - 4;
  const usual = USUAL_BLOCKS.map(({ row }) => value(row));
  const scale = (band - 42) / INPUT_SIZE;
  const wide = Math.round(column * 0.62);
  blocks.forEach(({ row }, i) => {
    const left = Math.round((i + 0.5) * column - wide / 2);
    const [own, outline] = [row ? value(row) * scale : 0, usual[i] * scale];
    if (row) pen.rect(left, ground - own, wide, own, { fill });
    pen.rect(left, ground - outline, wide, outline, { stroke: colours.quiet });
    const words = row ? { text: String(value(row)), fill: colours.ink, bold: true } : { text: "out", fill: colours.quiet };
    const inside = outline - own > 18 ? own : Math.max(own, outline); // a number may stand inside a tall outline
    pen.text(left + wide / 2, ground - inside - 8, words.text, { fill: words.fill, size: small, bold: words.bold });
  });
}

function fillTable(body, blocks) {
  body.replaceChildren(...blocks.map(({ name, row }) => {
    const texts = row
      ? [row.size, row.stride, row.dilation, row.field, (row.values / 1e6).toFixed(2), (row.multiplyAdds / 1e9).toFixed(2)]
      : ["removed", "", "", "", "", ""];
    const head = make("th", { textContent: name, scope: "row" });
    return make("tr", {}, head, ...texts.map((text) => make("td", { textContent: String(text) })));
  }));
}

function makeTable() {
  const body = make("tbody");
  const head = make("tr", {}, ...TABLE_HEAD.map((words) => make("th", { textContent: words, scope: "col" })));
  const table = make("table", {}, make("thead", {}, head), body);
  return { body, element: closedTable("The same numbers as a table", table) };
}

function render({ model, el }) {
  const frame = makeFrame(el, "VGG16 with and without its pools", model);
  const unshare = shareInAddress(model, frame.warn);
  const selects = model.get("pools").map((_, i) => choiceField(model, "pools", `Pool ${i + 1}`, POOL_WORDS, i));
  const presets = Object.entries(PRESETS).map(([words, choices]) => makeButton(words, () => setTraits(model, { pools: choices })));
  frame.controls.append(...selects.map(({ element }) => element));
  frame.controls.after(make("div", { className: "hdc-controls" }, ...presets));
  let blocks = [];
  const picture = makePicture(frame.body, {
    name: "Sizes and receptive fields of VGG16",
    paint: (pen, size) => paintNetwork(pen, size, blocks),
    heightFor: (width) => Math.max(270, Math.min(340, width * 0.52)),
    maxWidth: 720,
  });
  const table = makeTable();
  frame.status.after(table.element);
  addTools(frame, [picture], () => pythonForPools(model.get("pools")));
  const stop = redrawOn(model, ["pools"], () => {
    const rows = layerTable(vgg16(model.get("pools")), INPUT_SIZE);
    blocks = blocksOf(rows);
    selects.forEach(({ show }) => show());
    const words = describeNetwork(rows);
    picture.draw(words);
    frame.say(words);
    fillTable(table.body, blocks);
    const last = rows[rows.length - 1];
    Object.assign(el.dataset, { size: last.size, stride: last.stride, field: last.field, cost: networkCost(rows).join(" ") });
  });
  return () => [stop, unshare, picture.close].forEach((end) => end());
}

function pythonForPools(pools) {
  return `import hdclib as hdc\n\nfor row in hdc.networks.layer_table(hdc.networks.vgg16(${JSON.stringify(pools)})):\n    print(row)\n`;
}

export default { render };
