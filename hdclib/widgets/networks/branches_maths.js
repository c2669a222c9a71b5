// Modules of layers side by side and one after the other: the page's copy of hdclib.networks.modules and module_counts.
// tests/widgets/networks/test_branches_js.py compares every function here with hdclib on thousands of random modules.
// A module is a layer { kernelSize, dilation }, or { join: "cascade" | "parallel", parts: [modules] }.
import { largestGap } from "../kit/dilation.js";

const ONE_TAP = { kernelSize: 1, dilation: 1 };

/** Layers joined in one of the four ways of hdclib.joined. */
export function joinLayers(layers, join) {
  if (join === "summed") {
    const prefixes = layers.map((layer, i) => ({ join: "cascade", parts: layers.slice(0, i + 1) }));
    return { join: "parallel", parts: [ONE_TAP, ...prefixes] };
  }
  if (join === "skips") {
    return { join: "cascade", parts: layers.map((layer) => ({ join: "parallel", parts: [ONE_TAP, layer] })) };
  }
  return { join, parts: layers };
}

/** Samples from the first that a module reads to the last. */
export function moduleSpan(module) {
  if (!module.parts) return module.dilation * (module.kernelSize - 1) + 1;
  const spans = module.parts.map(moduleSpan);
  if (module.join === "cascade") return spans.reduce((sum, span) => sum + span - 1, 1);
  return Math.max(...spans);
}

/** "centre" where the middles of all branches fall on a sample together, else "last". */
export function alignmentFor(layers) {
  return layers.every(({ kernelSize, dilation }) => (dilation * (kernelSize - 1)) % 2 === 0) ? "centre" : "last";
}

/**
 * Paths from each input sample to one output: { span, cells }. On two axes cells lie row after row.
 * Exact while a count stays below 2 ** 53.
 */
export function moduleCounts(module, axes, align) {
  return runModule(module, { span: 1, cells: Float64Array.of(1) }, axes, align);
}

/** Both counts of a module, { line, map }; map is null where it is wider than `widest`. */
export function bothCounts(module, align, widest) {
  const line = moduleCounts(module, 1, align);
  return { line, map: line.span <= widest ? moduleCounts(module, 2, align) : null };
}

/** What such counts say: { span, read, holes, largestGap, pixelsRead }; pixelsRead is null without a map. */
export function coverageOf({ line, map }) {
  const read = line.cells.filter((count) => count > 0).length;
  const pixelsRead = map && map.cells.filter((count) => count > 0).length;
  return { span: line.span, read, holes: line.span - read, largestGap: largestGap(line.cells), pixelsRead };
}

function runModule(module, counts, axes, align) {
  if (!module.parts) return throughLayer(counts, module, axes);
  if (module.join === "cascade") return module.parts.reduce((grown, part) => runModule(part, grown, axes, align), counts);
  return addCounts(module.parts.map((part) => runModule(part, counts, axes, align)), axes, align);
}

/** What a layer makes of the counts: one copy for each tap, along each axis. */
function throughLayer({ span, cells }, { kernelSize, dilation }, axes) {
  const wide = span + dilation * (kernelSize - 1);
  const rows = axes === 2 ? span : 1;
  const across = new Float64Array(rows * wide);
  for (let tap = 0; tap < kernelSize; tap += 1) {
    for (let row = 0; row < rows; row += 1) {
      const [from, to] = [row * span, row * wide + tap * dilation];
      for (let at = 0; at < span; at += 1) across[to + at] += cells[from + at];
    }
  }
  if (axes === 1) return { span: wide, cells: across };
  const down = new Float64Array(wide * wide);
  for (let tap = 0; tap < kernelSize; tap += 1) {
    const start = tap * dilation * wide;
    for (let at = 0; at < across.length; at += 1) down[start + at] += across[at];
  }
  return { span: wide, cells: down };
}

/** The sum of counts of different span, middle on middle or last on last. */
function addCounts(results, axes, align) {
  const span = Math.max(...results.map((result) => result.span));
  const total = new Float64Array(span ** axes);
  results.forEach((result) => {
    const start = align === "centre" ? (span - result.span) / 2 : span - result.span;
    const rows = axes === 2 ? result.span : 1;
    for (let row = 0; row < rows; row += 1) {
      const to = (axes === 2 ? (start + row) * span : 0) + start;
      for (let at = 0; at < result.span; at += 1) total[to + at] += result.cells[row * result.span + at];
    }
  });
  return { span, cells: total };
}

/** Paths from one output to each sample of every layer's input, and of the output itself; first layer first. */
export function treeLevels(layers) {
  let counts = { span: 1, cells: Float64Array.of(1) };
  const levels = [counts.cells];
  for (let i = layers.length - 1; i >= 0; i -= 1) {
    counts = throughLayer(counts, layers[i], 1);
    levels.unshift(counts.cells);
  }
  return levels;
}
