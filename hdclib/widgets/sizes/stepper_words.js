// What the stepper shows, in sentences.
import { walkFeeds, walkFormula, walkKind, walkPlaces, walkReads, walkUnread } from "./stepper_maths.js";

/** Everything about the current cell and the layer, in sentences. */
export function stepperWords(state) {
  const refused = stepperRefusal(state);
  if (refused) return refused;
  return [cellWords(state), sizeWords(state), unreadWords(state)].filter(Boolean).join(" ");
}

export function stepperRefusal({ problems }) {
  const [rows, columns] = problems;
  if (!rows && !columns) return "";
  if (rows === columns) return `This layer has no output. Rows and columns: ${rows}.`;
  const parts = [rows && `Rows: ${rows}.`, columns && `Columns: ${columns}.`];
  return ["This layer has no output.", ...parts.filter(Boolean)].join(" ");
}

function cellWords({ axes, at, out, transposed }) {
  const taps = axes[0].kernelSize * axes[1].kernelSize;
  const reads = axes.map((axis, i) => walkReads(axis, at[i]));
  const met = reads.map((read) => read.filter((position) => position !== null).length);
  const number = at[0] * out[1] + at[1] + 1;
  const head = `Output row ${at[0]}, column ${at[1]} (${number} of ${out[0] * out[1]})`;
  const missed = taps - met[0] * met[1];
  if (transposed) {
    if (met[0] * met[1] === 0) return `${head} meets no input: none of its ${taps} taps lies on one, so only the bias fills it.`;
    const found = reads.map((read) => read.filter((position) => position !== null).reverse().join(", "));
    return `${head} gets input rows ${found[0]} and columns ${found[1]}, through ${taps - missed} of ${taps} taps. The others lie between the inputs or outside.`;
  }
  const places = axes.map((axis, i) => walkPlaces(axis, at[i]).map(signed).join(", "));
  const zeros = missed === 0 ? `All ${taps} taps fall on inputs.` : `${missed} of ${taps} taps fall on padding, which is zero.`;
  return `${head} reads rows ${places[0]} and columns ${places[1]}. ${zeros}`;
}

function sizeWords({ axes, out }) {
  return `Input ${axes[0].size} × ${axes[1].size}, output ${out[0]} × ${out[1]}.`;
}

function unreadWords({ axes, transposed }) {
  const [rows, columns] = axes.map((axis) => axis.size - walkUnread(axis).length);
  const all = axes[0].size * axes[1].size;
  if (rows * columns === all) return "";
  return transposed
    ? `${all - rows * columns} of ${all} inputs feed no output (crosses).`
    : `${all - rows * columns} of ${all} inputs are read by no output (crosses).`;
}

/** A number as text with a true minus sign. */
function signed(number) {
  return number < 0 ? `−${-number}` : String(number);
}

/** Outputs that the cell at two places feeds, along each axis. */
export function feedsOf({ axes }, places) {
  return axes.map((axis, i) => walkFeeds(axis, places[i]).filter((index) => index !== null).sort((a, b) => a - b));
}

/** What a cell of the input grid is and feeds, in a sentence. */
export function placeWords(state, places) {
  const kinds = state.axes.map((axis, i) => walkKind(axis, places[i]));
  if (kinds.includes("off")) return "Outside the padded input: the kernel does not fit.";
  if (kinds.includes("outside")) return "Outside the input: nothing is here.";
  if (kinds.includes("gap")) return "Between inputs: a stride leaves room here, and nothing is in it.";
  const [row, column] = state.axes.map((axis, i) => signed(places[i] / (axis.transposed ? axis.stride : 1)));
  const name = `row ${row}, column ${column}`;
  const what = kinds.includes("padding") ? `Padding at ${name}, a zero,` : `Input ${name}`;
  const [rows, columns] = feedsOf(state, places);
  const count = rows.length * columns.length;
  if (count === 0) return `${what} feeds no output.`;
  if (count === 1) return `${what} feeds 1 output: row ${rows[0]}, column ${columns[0]}.`;
  return `${what} feeds ${count} outputs: rows ${rows.join(", ")} and columns ${columns.join(", ")}.`;
}

export function formulaWords({ axes, problems }) {
  if (problems.some(Boolean)) return "";
  const [rows, columns] = axes.map(walkFormula);
  return rows === columns ? `Output size, rows and columns: ${rows}` : `Output rows: ${rows}. Output columns: ${columns}`;
}
