// The sizes through a U-Net of 3-tap convolutions, pools of 2 and transposed layers of kernel 2 and stride 2.

const STEPS = 2; // a kernel of 3 taps takes two steps

/** What the convolutions of one level take off a size. */
function lossOf({ convolutions, dilation, padded }) {
  return padded ? 0 : STEPS * dilation * convolutions;
}

/**
 * Follow a size down and up: { levels: [{ entered, left, over, up, out }], bottom: { entered, left }, out }, the top
 * level first. `left` waits at the join, `over` is what its pool leaves unread, `up` comes back from below. Null where
 * nothing is left, with the level in `lost`.
 */
export function sizesThrough(size, net) {
  const loss = lossOf(net);
  const levels = [];
  let entered = size;
  for (let level = 1; level <= net.depth; level += 1) {
    const left = entered - loss;
    if (left < 2) return { lost: level };
    levels.push({ entered, left, over: left % 2 });
    entered = Math.floor(left / 2);
  }
  const bottom = { entered, left: entered - loss };
  if (bottom.left < 1) return { lost: net.depth + 1 };
  let below = bottom.left;
  for (let level = net.depth; level >= 1; level -= 1) {
    const up = 2 * below;
    if (up - loss < 1) return { lost: level };
    Object.assign(levels[level - 1], { up, out: up - loss });
    below = up - loss;
  }
  return { levels, bottom, out: below };
}

/** The first level, from the bottom, whose sides do not fit; null where all do. */
export function misfit(through, { join }) {
  const bad = ({ left, up, over }) => (join === "crop" ? over > 0 : left !== up);
  const at = through.levels.findLastIndex(bad);
  return at < 0 ? null : at + 1;
}

/** { step, remainders, least } of all sizes that fit; no remainders where none does. */
export function fittingSizes(net) {
  const passes = (size) => !sizesThrough(size, net).lost;
  const period = 2 ** net.depth;
  const start = leastThat(passes);
  const tried = Array.from({ length: period }, (_, i) => start + i);
  const sizes = tried.filter((size) => misfit(sizesThrough(size, net), net) === null);
  if (!sizes.length) return { step: period, remainders: [], least: null };
  const rests = new Set(sizes.map((size) => size % period));
  const repeats = (step) => period % step === 0 && [...rests].every((rest) => rests.has((rest + step) % period));
  let step = 1;
  while (!repeats(step)) step += 1;
  return { step, remainders: [...new Set([...rests].map((rest) => rest % step))].sort((a, b) => a - b), least: sizes[0] };
}

/** The nearest sizes that fit, at most and at least `size`; null where there is none. */
export function nearestSizes(size, { step, remainders, least }) {
  if (!remainders.length) return [null, null];
  const fits = (near) => near >= least && remainders.includes(near % step);
  const near = (from, way) => Array.from({ length: step }, (_, i) => from + way * i).find(fits) ?? null;
  return [near(size, -1), near(Math.max(size, least), 1)];
}

function leastThat(passes) {
  let high = 1;
  while (!passes(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (passes(middle)) high = middle;
    else low = middle;
  }
  return high;
}
