// The maths of a stack that a page needs without Python, as pure functions: what most widgets share. What one chapter
// needs alone stands in the *_maths.js of its folder. tests/widgets/kit/test_dilation_js.py compares with hdclib.
// A layer is { kernelSize, dilation = 1, stride = 1, padding = 0 }; stacks list the first layer first.

/** Layers of stride 1 from plain dilations; kernelSize is one number, or one for each. */
export function stackOf(dilations, kernelSize) {
  return dilations.map((dilation, i) => ({
    kernelSize: Array.isArray(kernelSize) ? kernelSize[i] : kernelSize,
    dilation,
  }));
}

/** Distance between neighbouring taps of each layer, in input samples. */
export function tapSpacings(layers) {
  let jump = 1; // input samples between two neighbouring samples of this layer
  return layers.map(({ dilation = 1, stride = 1 }) => {
    const spacing = dilation * jump;
    jump *= stride;
    return spacing;
  });
}

/** Input samples from the first read to the last, both included. */
export function receptiveField(layers) {
  return tapSpacings(layers).reduce((size, spacing, i) => size + (layers[i].kernelSize - 1) * spacing, 1);
}

/** Paths from each input sample to one output; exact while the total stays below 2 ** 53. */
export function tapCounts(layers) {
  let counts = [1];
  tapSpacings(layers).forEach((spacing, i) => {
    const { kernelSize } = layers[i];
    const total = new Array(counts.length + (kernelSize - 1) * spacing).fill(0);
    for (let tap = 0; tap < kernelSize; tap += 1) {
      for (let at = 0; at < counts.length; at += 1) total[at + tap * spacing] += counts[at];
    }
    counts = total;
  });
  return counts;
}

/** Largest distance between neighbouring read samples; 1 where they all touch, 0 if only one is read. */
export function largestGap(counts) {
  let last = -1;
  let gap = 0;
  counts.forEach((count, at) => {
    if (count === 0) return;
    if (last >= 0) gap = Math.max(gap, at - last);
    last = at;
  });
  return gap;
}

/** { span, read, holes, largestGap } along one axis. */
export function coverage(counts) {
  const read = counts.filter((count) => count > 0).length;
  return { span: counts.length, read, holes: counts.length - read, largestGap: largestGap(counts) };
}

/** Samples that two outputs, `shift` input samples apart, both read. */
export function sharedInputs(counts, shift) {
  return counts.filter((count, at) => count > 0 && counts[at + shift] > 0).length;
}

/** The exact criterion step by step, smallest spacing first, up to the first step that fails. */
export function reachSteps(layers) {
  const spacings = tapSpacings(layers);
  const pairs = layers
    .map(({ kernelSize }, i) => ({ spacing: spacings[i], kernelSize }))
    .filter(({ kernelSize }) => kernelSize > 1)
    .sort((a, b) => a.spacing - b.spacing || a.kernelSize - b.kernelSize);
  const steps = [];
  let reach = 1;
  for (const { spacing, kernelSize } of pairs) {
    steps.push({ spacing, kernelSize, reach, passed: spacing <= reach });
    if (spacing > reach) break;
    reach += (kernelSize - 1) * spacing;
  }
  return steps;
}

/** Whether one output reads every sample of its receptive field. */
export function isHoleFree(layers) {
  return reachSteps(layers).every((step) => step.passed);
}

/** The paper's recurrence M_i, first layer first: { layer, dilation, candidates, distance }. */
export function distanceChain(dilations) {
  const steps = [];
  for (let i = dilations.length - 1; i >= 0; i -= 1) {
    const rate = dilations[i];
    const after = steps.length ? steps[0].distance : null;
    const candidates = after === null ? [rate] : [after - 2 * rate, 2 * rate - after, rate];
    steps.unshift({ layer: i + 1, dilation: rate, candidates, distance: Math.max(...candidates) });
  }
  return steps;
}

/** The first unread sample, from the theorem alone; null if there is no hole. */
export function firstHole(layers) {
  const last = reachSteps(layers).at(-1);
  return last && !last.passed ? last.reach : null;
}

/** Greatest common divisor of two whole numbers. */
export function divisorOfTwo(a, b) {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** Greatest common divisor of a list of whole numbers. */
export function commonDivisor(numbers) {
  let divisor = 0;
  for (let i = 0; i < numbers.length && divisor !== 1; i += 1) divisor = divisorOfTwo(numbers[i], divisor);
  return divisor;
}

/** M_2 of the paper; a single layer has none, and M_1 stands in. */
export function secondDistance(dilations) {
  return distanceChain(dilations)[Math.min(1, dilations.length - 1)].distance;
}

function holesOf(dilations, kernelSize) {
  return coverage(tapCounts(stackOf(dilations, kernelSize))).holes;
}

/** What an exercise can ask of a stack, as hdclib.rules.exercises.PROPERTIES. */
export const PROPERTIES = {
  holes: (dilations, kernelSize) => holesOf(dilations, kernelSize),
  ends: (dilations, kernelSize) => dilations.filter((_, start) => holesOf(dilations.slice(start), kernelSize) > 0).length,
  field: (dilations, kernelSize) => receptiveField(stackOf(dilations, kernelSize)),
  distance: (dilations) => secondDistance(dilations),
  divisor: (dilations) => commonDivisor(dilations),
  first: (dilations) => dilations[0],
  largest: (dilations) => Math.max(...dilations),
};

const SIGNS = { "=": (a, b) => a === b, "<=": (a, b) => a <= b, ">=": (a, b) => a >= b };

/** Each condition [property, sign, wanted] with what the stack measures: { property, sign, wanted, value, met }. */
export function checkStack(dilations, kernelSize, conditions) {
  return conditions.map(([property, sign, wanted]) => {
    const value = PROPERTIES[property](dilations, kernelSize);
    return { property, sign, wanted, value, met: SIGNS[sign](value, wanted) };
  });
}

/** What a picture is of, in words: "Dilations 1, 2, 5 with kernel size 3." */
export function stackWords(dilations, kernelSize) {
  return `Dilation${dilations.length > 1 ? "s" : ""} ${dilations.join(", ")} with kernel size ${kernelSize}.`;
}

/** Runs of neighbouring samples that are read: [first sample, number of samples], from left to right. */
export function readRuns(counts) {
  const runs = [];
  counts.forEach((count, at) => {
    if (count === 0) return;
    const last = runs[runs.length - 1];
    if (last && last[0] + last[1] === at) last[1] += 1;
    else runs.push([at, 1]);
  });
  return runs;
}
