// Filters, bells and test pictures, as pure functions.
// tests/widgets/signal/test_signal_js.py compares every function here with hdclib.
import { divisorOfTwo, tapCounts, tapSpacings } from "../kit/dilation.js";

const LOBE_STEPS = 5040;
const LOBE_FINER = 100;
const [DARK, LIGHT, GREY] = [0.25, 0.75, 0.5];

/** Weight of each input sample in one output of a stack of averages. */
export function averagingWeights(layers) {
  const counts = tapCounts(layers);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}

/** Gain for a wave of `frequency` cycles per sample. */
export function frequencyResponse(layers, frequency) {
  return tapSpacings(layers).reduce((gain, spacing, i) => {
    const { kernelSize } = layers[i];
    let sum = 0;
    for (let tap = 0; tap < kernelSize; tap += 1) {
      sum += Math.cos(2 * Math.PI * frequency * spacing * (tap - (kernelSize - 1) / 2));
    }
    return (gain * sum) / kernelSize;
  }, 1);
}

/** Frequencies up to 1/2 that are wiped out, as [numerator, denominator] in lowest terms, rising. */
export function responseZeros(layers) {
  const found = new Map();
  tapSpacings(layers).forEach((spacing, i) => {
    const { kernelSize } = layers[i];
    const periods = kernelSize * spacing;
    for (let j = 1; 2 * j <= periods; j += 1) {
      if (j % kernelSize === 0) continue;
      const shared = divisorOfTwo(j, periods);
      found.set(`${j / shared}/${periods / shared}`, [j / shared, periods / shared]);
    }
  });
  return [...found.values()].sort((a, b) => a[0] / a[1] - b[0] / b[1]);
}

/** { gain, frequency } of the strongest gain beyond the first zero. */
export function sideLobe(layers) {
  const zeros = responseZeros(layers);
  if (!zeros.length) return { gain: 1, frequency: 0.5 };
  const coarse = strongest(layers, zeros[0], LOBE_STEPS, 0, Infinity);
  if (coarse.step === undefined) return { gain: 0, frequency: 0.5 };
  const [low, high] = [coarse.step - 1, coarse.step + 1].map((step) => step * LOBE_FINER);
  const { gain, step } = strongest(layers, zeros[0], LOBE_STEPS * LOBE_FINER, low, high);
  return { gain, frequency: step / (LOBE_STEPS * LOBE_FINER) };
}

/** { gain, step } of the strongest gain at step / steps, from `low` to `high`, beyond a zero and up to 1/2. */
function strongest(layers, [numerator, denominator], steps, low, high) {
  const best = { gain: -1 };
  const first = Math.max(low, Math.floor((numerator * steps) / denominator) + 1);
  for (let step = first; step <= high && 2 * step <= steps; step += 1) {
    const gain = Math.abs(frequencyResponse(layers, step / steps));
    if (gain > best.gain) Object.assign(best, { gain, step });
  }
  return best;
}

/** Equally used inputs that would average noise as well; one axis. */
export function effectiveInputs(layers) {
  return 1 / averagingWeights(layers).reduce((sum, weight) => sum + weight * weight, 0);
}

function variancesOf(layers) {
  return tapSpacings(layers).map((spacing, i) => (spacing * spacing * (layers[i].kernelSize ** 2 - 1)) / 12);
}

/** Variance of the usage counts, in squared samples. */
export function usageVariance(layers) {
  return variancesOf(layers).reduce((sum, part) => sum + part, 0);
}

/** Share of the variance that the widest layer contributes. */
export function largestVarianceShare(layers) {
  const parts = variancesOf(layers);
  return usageVariance(layers) ? Math.max(...parts) / usageVariance(layers) : 1;
}

/** The Gaussian with the mean and variance of the counts, scaled to sum 1; the variance must be above 0. */
export function gaussianMatch(layers) {
  const variance = usageVariance(layers);
  const span = averagingWeights(layers).length;
  const bell = Array.from({ length: span }, (_, at) => Math.exp(-((at - (span - 1) / 2) ** 2) / (2 * variance)));
  const total = bell.reduce((sum, part) => sum + part, 0);
  return bell.map((part) => part / total);
}

/** Half the summed differences between weights and Gaussian. */
export function bellDistance(layers) {
  const bell = gaussianMatch(layers);
  return averagingWeights(layers).reduce((sum, weight, at) => sum + Math.abs(weight - bell[at]), 0) / 2;
}

/** Share of the weight on the middle half of the window. */
export function middleShare(layers) {
  const weights = averagingWeights(layers);
  const span = weights.length;
  if (span === 1) return 0.5;
  return weights.reduce((sum, weight, at) => {
    const inside = span / 4 - Math.abs(at - (span - 1) / 2) + 0.5;
    return sum + weight * Math.max(0, Math.min(1, inside));
  }, 0);
}

/** Noise of mean 0 and variance 1, the same as hdclib's for the same seed; rows of a picture. */
export function whiteNoise(rows, columns, seed) {
  let state = seed;
  function draw() {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  }
  for (let skipped = 0; skipped < 8; skipped += 1) draw();
  const row = () => Array.from({ length: columns }, () => (draw() / 2 ** 31 - 1) * Math.sqrt(3));
  return Array.from({ length: rows }, row);
}

const MARKED = {
  step: (row, column, size) => column >= Math.floor(size / 2),
  line: (row, column, size) => column === Math.floor(size / 2),
  shapes: (row, column, size) => inDisc(row, column, size) || inBar(row, column, size) || onLine(row, column, size),
};

function inDisc(row, column, size) {
  return (4 * row - size) ** 2 + (4 * column - size) ** 2 <= (size * 0.6) ** 2;
}

function inBar(row, column, size) {
  const [eighth, five, seven] = [1, 5, 7].map((part) => Math.floor((size * part) / 8));
  return row >= five && row < seven && column >= eighth && column < five;
}

function onLine(row, column, size) {
  const [eighth, seven] = [1, 7].map((part) => Math.floor((size * part) / 8));
  return column === Math.floor((size * 13) / 16) && row >= eighth && row < seven;
}

/** Grey value of one pixel of a test picture. */
function greyAt(kind, row, column, size) {
  if (kind === "flat") return GREY;
  if (kind === "checkerboard") return (row + column) % 2 ? LIGHT : DARK;
  if (kind === "offsets") return 0.2 + 0.2 * (row % 2) + 0.4 * (column % 2);
  return MARKED[kind](row, column, size) ? LIGHT : DARK;
}

/** { picture, target }: a test picture and what a perfect smoother would make of it. */
export function makeScene(kind, size) {
  const rows = Array.from({ length: size }, (_, row) => row);
  const picture = rows.map((row) => rows.map((column) => greyAt(kind, row, column, size)));
  const kept = kind in MARKED;
  return { picture, target: kept ? picture : rows.map(() => rows.map(() => GREY)) };
}

/** The picture after a stack of averages; its edges are joined. */
export function filterImage(image, layers) {
  const turn = (rows) => rows[0].map((_, column) => rows.map((row) => row[column]));
  const along = (row) => layers.reduce(averageRow, row);
  return turn(turn(image.map(along)).map(along));
}

function averageRow(row, { kernelSize, dilation = 1 }) {
  const size = row.length;
  const first = dilation * Math.floor((kernelSize - 1) / 2);
  const averaged = new Array(size).fill(0);
  for (let tap = 0; tap < kernelSize; tap += 1) {
    let from = (((tap * dilation - first) % size) + size) % size;
    for (let at = 0; at < size; at += 1) {
      averaged[at] += row[from] / kernelSize;
      from = from + 1 === size ? 0 : from + 1;
    }
  }
  return averaged;
}

/** Mean and root mean square about the mean. */
export function spreadOf(image) {
  const values = image.flat();
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(square) };
}

/** Share of the energy about the mean that is nearer to a grid frequency of `step` than to 0. */
export function gridEnergy(image, step) {
  const { mean, deviation } = spreadOf(image);
  if (image.every((row) => row.every((value) => Math.abs(value - mean) < 1e-12))) return 0;
  const [rows, columns] = [image.length, image[0].length];
  const [down, across] = [centralWaves(rows, step), centralWaves(columns, step)];
  const partial = across.map((wave) => projectRows(image, mean, wave));
  const central = down.reduce((sum, wave) => sum + partial.reduce((part, spectrum) => part + energyOf(spectrum, wave), 0), 0);
  return 1 - central / (deviation * deviation * (rows * columns) ** 2);
}

/** Root mean square of the part that gridEnergy measures. */
export function grain(image, step) {
  return spreadOf(image).deviation * Math.sqrt(Math.max(0, gridEnergy(image, step)));
}

/** { cosine, sine } of every wave nearer to frequency 0 than to another multiple of 1/step. */
function centralWaves(size, step) {
  const waves = [];
  for (let k = -Math.floor(size / 2); k < Math.ceil(size / 2); k += 1) {
    if (2 * step * k < -size || 2 * step * k >= size) continue;
    const angle = (-2 * Math.PI * k) / size;
    waves.push({
      cosine: Float64Array.from({ length: size }, (_, at) => Math.cos(angle * at)),
      sine: Float64Array.from({ length: size }, (_, at) => Math.sin(angle * at)),
    });
  }
  return waves;
}

/** The part of one wave in each row. */
function projectRows(image, mean, { cosine, sine }) {
  const [real, imaginary] = [new Float64Array(image.length), new Float64Array(image.length)];
  for (let row = 0; row < image.length; row += 1) {
    const values = image[row];
    for (let at = 0; at < values.length; at += 1) {
      real[row] += (values[at] - mean) * cosine[at];
      imaginary[row] += (values[at] - mean) * sine[at];
    }
  }
  return { real, imaginary };
}

/** Energy of one wave along a column of complex numbers. */
function energyOf({ real, imaginary }, { cosine, sine }) {
  let [first, second] = [0, 0];
  for (let at = 0; at < real.length; at += 1) {
    first += cosine[at] * real[at] - sine[at] * imaginary[at];
    second += cosine[at] * imaginary[at] + sine[at] * real[at];
  }
  return first * first + second * second;
}
