// What stands in the cells and in the kernel of the stepper, and what comes of them.
import { walkReads } from "./stepper_maths.js";

const PHOTOGRAPH_SIDE = 16; // pixels that the photograph has along each axis
const OWN_SIDE = 5; // the reader's own weights are kept for the largest kernel, row by row

function grid(rows, columns, valueAt) {
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => valueAt(row, column)));
}

/** Whole numbers from 0 to 9: a bright block on dark ground. */
export function stepperNumbers(rows, columns) {
  const inside = (at, size) => at >= size / 4 && at < (3 * size) / 4;
  return grid(rows, columns, (row, column) => (
    inside(row, rows) && inside(column, columns) ? 7 + ((2 * row + column) % 3) : (row + 2 * column) % 3
  ));
}

/** A photograph, 16 × 16 bytes in base64, in so many cells: each takes the pixel in its middle. */
export function stepperPhotograph(bytes, rows, columns) {
  const pixels = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
  const place = (at, size) => Math.floor(((at + 0.5) * PHOTOGRAPH_SIDE) / size);
  return grid(rows, columns, (row, column) => pixels[PHOTOGRAPH_SIDE * place(row, rows) + place(column, columns)] ?? 0);
}

/** Whole weights, a row of taps each, and what their sum of products is divided by. */
export function stepperWeights(kind, rows, columns, own) {
  if (kind === "blur") return { taps: grid(rows, columns, () => 1), divisor: rows * columns };
  if (kind === "own") return { taps: grid(rows, columns, (row, column) => own[OWN_SIDE * row + column]), divisor: 1 };
  const side = (at, size) => Math.sign(2 * at - size + 1);
  const edge = (row, column) => (columns > 1 ? side(column, columns) : rows > 1 ? side(row, rows) : 1);
  return { taps: grid(rows, columns, edge), divisor: 1 };
}

/** Products of one output cell, tap by tap: [weight, value]; the value is null where the tap meets no input. */
export function stepperProducts(axes, values, { taps }, at) {
  const [rows, columns] = axes.map((axis, i) => walkReads(axis, at[i]));
  return taps.flatMap((weights, i) => weights.map((weight, j) => (
    [weight, rows[i] === null || columns[j] === null ? null : values[rows[i]][columns[j]]]
  )));
}

function sumOf(products) {
  return products.reduce((sum, [weight, value]) => sum + weight * (value ?? 0), 0);
}

/** Every output cell of a layer, row by row. */
export function stepperOutputs(axes, values, weights, [rows, columns]) {
  return grid(rows, columns, (row, column) => sumOf(stepperProducts(axes, values, weights, [row, column])) / weights.divisor);
}

/** The products of one output cell and their sum, written out. */
export function productWords(products, divisor, transposed) {
  const shown = transposed ? products.filter(([, value]) => value !== null) : products.map(([weight, value]) => [weight, value ?? 0]);
  if (shown.length === 0) return "0, since no tap meets an input";
  const written = shown.map(([weight, value], i) => {
    const sign = weight < 0 ? (i ? " − " : "−") : i ? " + " : "";
    return `${sign}${Math.abs(weight)}·${value}`;
  }).join("");
  const sum = sumOf(products);
  if (divisor === 1) return `${written} = ${decimalWords(sum)}`;
  const [quotient, equals] = [sum / divisor, Number.isInteger((sum / divisor) * 100) ? "=" : "≈"];
  return `(${written}) / ${divisor} = ${decimalWords(sum)} / ${divisor} ${equals} ${decimalWords(quotient)}`;
}

/** A number with at most two decimals and a true minus sign. */
export function decimalWords(number) {
  return String(Math.round(number * 100) / 100).replace("-", "−");
}

/** The layer as PyTorch writes it; two numbers where the axes differ. */
export function torchWords({ axes, transposed }) {
  const [rows, columns] = axes;
  const pair = (name) => (rows[name] === columns[name] ? rows[name] : `(${rows[name]}, ${columns[name]})`);
  const layer = `1, 1, kernel_size=${pair("kernelSize")}, stride=${pair("stride")}, padding=${pair("padding")}, dilation=${pair("dilation")}`;
  return transposed ? `nn.ConvTranspose2d(${layer}, output_padding=${pair("outputPadding")})` : `nn.Conv2d(${layer})`;
}
