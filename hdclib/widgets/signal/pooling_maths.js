// Pooling and enlarging of square images, as lists of rows: the twin of hdclib.signal.pooling.
// tests/widgets/signal/test_pooling_js.py compares every function here with it.

const RULES = {
  max: (four) => Math.max(...four),
  average: (four) => (four[0] + four[1] + four[2] + four[3]) / 4,
  stride: (four) => four[0],
};

/** Pool 2 × 2 with stride 2, several times over; kind is "max", "average" or "stride". */
export function poolImage(image, times, kind) {
  let small = image;
  for (let time = 0; time < times; time += 1) small = halve(small, RULES[kind]);
  return small;
}

function halve(image, rule) {
  const half = [];
  for (let row = 0; row < image.length; row += 2) {
    const [upper, lower] = [image[row], image[row + 1]];
    half.push(upper.flatMap((value, x) => (x % 2 ? [] : [rule([value, upper[x + 1], lower[x], lower[x + 1]])])));
  }
  return half;
}

/** Enlarge by a whole factor; kind is "nearest" or "bilinear". */
export function enlarge(image, factor, kind) {
  if (kind === "nearest") return repeated(image.map((row) => repeated(row, factor)), factor);
  return turned(turned(image.map((row) => between(row, factor))).map((column) => between(column, factor)));
}

function repeated(list, factor) {
  return list.flatMap((item) => new Array(factor).fill(item));
}

function turned(image) {
  return image[0].map((_, column) => image.map((row) => row[column]));
}

/** Straight lines between the centres of the old pixels, flat at both ends. */
function between(row, factor) {
  const last = row.length - 1;
  return Array.from({ length: row.length * factor }, (_, at) => {
    const place = Math.min(Math.max((at + 0.5) / factor - 0.5, 0), last);
    const left = Math.floor(place);
    const share = place - left;
    return row[left] * (1 - share) + row[Math.min(left + 1, last)] * share;
  });
}

/** Root of the mean squared difference. */
export function rmsError(image, other) {
  const total = image.reduce((sum, row, y) => sum + row.reduce((part, value, x) => part + (value - other[y][x]) ** 2, 0), 0);
  return Math.sqrt(total / (image.length * image[0].length));
}
