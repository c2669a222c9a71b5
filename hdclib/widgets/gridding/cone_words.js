// What the cone shows, in whole sentences.
import { coneCounts, coneHalves, coneLinks, coneShared, secondColumn } from "./cone_maths.js";

const MOST_LISTED = 5; // cells that are named one by one

/** What is looked at after a number of steps, both ends of it. */
export function coneTitle(dilations, step) {
  const top = dilations.length + 1;
  return step === 0 ? `Layer ${top}, the output` : `Layer ${top - step}, seen from Layer ${top}`;
}

/** Name of each layer, input first, and what is used of it once the values are there, along a row and on an image. */
export function coneNames(dilations, step) {
  const top = dilations.length;
  return coneCounts(dilations).map((counts, layer) => {
    const short = `Layer ${layer + 1}`;
    const name = `${short}${layer === 0 ? ", input" : layer === top ? ", output" : ""}`;
    if (layer === top || layer < top - step) return { name, short, along: "", image: "" };
    const [used, seen] = [usedOf(counts), counts.length];
    return { name, short, along: `${used} of ${seen} used`, image: `${used * used} of ${seen * seen} used` };
  });
}

function usedOf(counts) {
  return counts.filter((count) => count > 0).length;
}

/** The finding after a number of steps, for one output or for two. */
export function coneWords({ dilations, second }, step) {
  const title = coneTitle(dilations, step);
  if (second > 0) return `${title}: ${pairWords(dilations, second, step)}`;
  if (step === 0) return `${title}: one value. Each step shows what it uses of the layer below.`;
  const counts = coneCounts(dilations)[dilations.length - step];
  const [used, seen] = [usedOf(counts), counts.length];
  const image = `${used * used} of ${seen * seen} on an image`;
  const holes = seen === used ? "Nothing between them is left out." : `A cross marks each of the ${seen - used} that it never uses.`;
  return `${title}: one output uses ${used} of ${seen} cells along a row, ${image}. ${holes}`;
}

function pairWords(dilations, second, step) {
  const apart = second === 1 ? "A and B are neighbours." : `A and B are ${second} apart.`;
  if (step === 0) return `${apart} Each step shows what they use of the layer below.`;
  const layer = dilations.length - step;
  const used = usedOf(coneCounts(dilations)[layer]);
  const shared = coneShared(dilations, second);
  const here = shared[layer];
  const each = `Each uses ${used} cells along a row, ${used * used} on an image, and they share ${here.along} along the row, ${here.image} on the image.`;
  return `${apart} ${each} ${meetingWords(shared, layer, step === dilations.length)}`;
}

/** Whether the two have met so far, counted in all layers on the way. */
function meetingWords(shared, layer, atInput) {
  const met = shared.slice(layer, -1).some(({ along }) => along > 0);
  if (met) return "They meet.";
  return atInput ? "They do not meet in any layer." : "They have not met yet.";
}

/** A cell: what the output makes of it, what it reads, and what reads it. `row` is null where there is one axis. */
export function coneCellWords({ dilations, column, row, second }, cell) {
  const halves = coneHalves(dilations);
  const number = (place, layer) => place + halves[layer] + 1;
  const along = `Layer ${cell.layer + 1}, ${cell.row === null ? "cell" : `row ${number(cell.row, cell.layer)}, column`} ${number(cell.column, cell.layer)}`;
  const outputs = second > 0 ? [column, secondColumn(column, second)] : [column];
  const uses = outputs.map((at) => countOf(dilations, cell, at, row));
  return [`${along}.`, second > 0 ? pairUse(uses) : useWords(uses[0], cell.layer === dilations.length), linkWords(dilations, cell)].join(" ");
}

/** How often an output uses a cell; null outside of what it sees. */
function countOf(dilations, cell, column, row) {
  const counts = coneCounts(dilations)[cell.layer];
  const half = (counts.length - 1) / 2;
  const across = counts[cell.column - column + half];
  const down = cell.row === null ? 1 : counts[cell.row - row + half];
  return across === undefined || down === undefined ? null : across * down;
}

function useWords(count, isTop) {
  if (count === null) return isTop ? "Another output." : "It lies outside of what the output sees.";
  if (isTop) return "The output.";
  if (count === 0) return "The output never uses it: a hole.";
  return count === 1 ? "The output uses it once." : `The output uses it ${count} times.`;
}

function pairUse(/** @type {(number | null)[]} */ [first, second]) {
  if (first && second) return "Both outputs use it.";
  if (first) return "Output A uses it, B does not.";
  return second ? "Output B uses it, A does not." : "Neither output uses it.";
}

function linkWords(dilations, { layer, column, row }) {
  const halves = coneHalves(dilations);
  const across = coneLinks(dilations, layer, column);
  const down = row === null ? null : coneLinks(dilations, layer, row);
  const name = (other) => cellList(across[other], down?.[other], halves[other], other + 1);
  const reads = layer > 0 ? `It reads ${name(layer - 1)}.` : "";
  const readBy = layer < dilations.length ? `It is read by ${name(layer + 1)}.` : "";
  return [reads, readBy].filter(Boolean).join(" ");
}

function cellList(across, down, half, number) {
  if (down) return across.length * down.length === 0 ? `no cell of Layer ${number}` : `${across.length * down.length} cells of Layer ${number}`;
  if (across.length === 0) return `no cell of Layer ${number}`;
  if (across.length > MOST_LISTED) return `${across.length} cells of Layer ${number}`;
  return `cell ${across.map((place) => place + half + 1).join(", ")} of Layer ${number}`;
}
