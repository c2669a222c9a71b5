// Twins of hdclib/rules/schedules.py: every hole-free schedule of a depth and field, ranked.
import { distanceChain } from "../kit/dilation.js";

export const MOST_SCHEDULES = 20000;

/** Fewest layers whose field can be hole-free and at least `target` wide. */
export function leastDepth(target, kernelSize) {
  let depth = 1;
  while (kernelSize ** depth < target) depth += 1;
  return depth;
}

/** Smallest field of at least `target` that `depth` layers can have without a hole, or null if none is so wide. */
export function nearestField(target, depth, kernelSize) {
  if (target > kernelSize ** depth) return null;
  return 1 + (kernelSize - 1) * Math.max(depth, Math.ceil((target - 1) / (kernelSize - 1)));
}

/** Every rising list of dilations with exactly this field and no hole, or null if there are too many. */
export function holeFreeSchedules(field, depth, kernelSize) {
  const step = kernelSize - 1;
  const found = [];
  function extend(chosen, total, left, reach) {
    if (left === 0) {
      if (total === 0) found.push(chosen);
      return found.length <= MOST_SCHEDULES;
    }
    const last = Math.min(reach, Math.floor(total / left));
    for (let dilation = chosen.at(-1) ?? 1; dilation <= last; dilation += 1) {
      if (!extend([...chosen, dilation], total - dilation, left - 1, reach + step * dilation)) return false;
    }
    return true;
  }
  if ((field - 1) % step !== 0) return found;
  return extend([], (field - 1) / step, depth, 1) ? found : null;
}

/** Schedules of the field nearest above `target`, best first; null if there is none, or too many. */
export function designSchedules(target, depth, kernelSize, rank) {
  const field = nearestField(target, depth, kernelSize);
  const lists = field === null ? null : holeFreeSchedules(field, depth, kernelSize);
  if (lists === null) return null;
  const squaredCountsOf = countsSquarer(kernelSize);
  const schedules = lists.map((dilations) => judge(dilations, field, kernelSize, squaredCountsOf(dilations)));
  return schedules.sort(ORDERS[rank]);
}

/** Best first, as `design` of the library ranks; what is level comes in the order of a dictionary. */
const ORDERS = {
  evenness: (a, b) => a.squaredCounts - b.squaredCounts || compare(a.dilations, b.dilations),
  squares: (a, b) => a.squares - b.squares || compare(a.dilations, b.dilations),
  nearness: (a, b) => compare([...a.dilations].reverse(), [...b.dilations].reverse()),
};

/** A function from dilations to the sum of their squared counts; lists in dictionary order share their first layers. */
function countsSquarer(kernelSize) {
  const known = []; // dilations of the last list
  const counts = [Float64Array.of(1)]; // after none, one, two ... of its layers
  return (dilations) => {
    let same = 0;
    while (same < dilations.length - 1 && known[same] === dilations[same]) same += 1;
    for (let i = same; i < dilations.length; i += 1) counts[i + 1] = spreadBy(counts[i], kernelSize, dilations[i]);
    dilations.forEach((dilation, i) => { known[i] = dilation; });
    return counts[dilations.length].reduce((sum, count) => sum + count * count, 0);
  };
}

function spreadBy(counts, kernelSize, dilation) {
  const total = new Float64Array(counts.length + (kernelSize - 1) * dilation);
  for (let start = 0; start < kernelSize * dilation; start += dilation) {
    for (let at = 0; at < counts.length; at += 1) total[start + at] += counts[at];
  }
  return total;
}

function judge(dilations, field, kernelSize, squaredCounts) {
  const evenness = kernelSize ** (2 * dilations.length) / (squaredCounts * field);
  const squares = dilations.reduce((sum, dilation) => sum + dilation ** 2, 0);
  const passesM2 = dilations.length === 1 || distanceChain(dilations)[1].distance <= kernelSize;
  return { dilations, field, squaredCounts, evenness, squares, passesM2, weights: dilations.length * kernelSize ** 2 };
}

function compare(a, b) {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}
