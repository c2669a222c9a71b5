// The answers of the size calculator, in sentences.
import { effectiveSize, lastRead } from "./sizes.js";
import { readCounts, spreadCounts } from "./unknowns.js";

const MOST_COUNTED = 2000000; // outputs, one by one while the reader types

/** Trait of each quantity of a layer. */
export const NAMES = { size: "size", kernelSize: "kernel_size", stride: "stride", padding: "padding", dilation: "dilation", outputPadding: "output_padding" };

/** "63 and 64", "1 to 64", "1, 3 to 5": whole numbers in rising order, runs of three or more drawn together. */
function listNumbers(values) {
  const runs = [];
  values.forEach((value) => {
    const run = runs[runs.length - 1];
    if (run && value === run[run.length - 1] + 1) run.push(value);
    else runs.push([value]);
  });
  const parts = runs.flatMap((run) => (run.length < 3 ? run.map(String) : [`${run[0]} to ${run[run.length - 1]}`]));
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

/** Why there is no output, as hdclib says it. */
function refusal({ operation, given }) {
  const { size, kernelSize, stride, padding, dilation, outputPadding } = given;
  const span = effectiveSize(kernelSize, dilation);
  if (operation === "conv_transpose") {
    if (outputPadding >= stride && outputPadding >= dilation) {
      return `output_padding must be less than stride ${stride} or less than dilation ${dilation}, so at most ${Math.max(stride, dilation) - 1}.`;
    }
    return `Padding ${padding} cuts ${2 * padding} samples off a result of ${(size - 1) * stride + span + outputPadding}: nothing is left.`;
  }
  if (operation === "pool" && padding > Math.floor(kernelSize / 2)) {
    return `PyTorch refuses a pool whose padding is more than half of its kernel_size: at most ${Math.floor(kernelSize / 2)} for kernel_size ${kernelSize}.`;
  }
  return `The window spans ${span} samples and the padded input has only ${size + 2 * padding}.`;
}

export function answerWords(state) {
  const { unknown, range, values, wanted, candidates, chosen, below, above, out } = state;
  if (unknown === "out") return out === null ? `There is no output. ${refusal(state)}` : `out = ${out}.`;
  const { min: low, max: high } = range;
  if (values.length === 1) return `${unknown} = ${chosen} gives an output of ${wanted}.`;
  const more = values[values.length - 1] === high ? ` Values up to ${high} were tried.` : "";
  if (values.length) return `${values.length} answers for an output of ${wanted}: ${unknown} = ${listNumbers(values)}. The picture shows ${chosen}.${more}`;
  const none = `No ${unknown} from ${low} to ${high} gives an output of ${wanted}.`;
  if (!candidates.length) return `${none} ${refusal(state)}`;
  const under = below ? ` Nearest below: ${unknown} = ${below[0]} gives ${below[1]}.` : " Nothing below can be had.";
  const over = above ? ` Nearest above: ${unknown} = ${above[0]} gives ${above[1]}.` : " Nothing above can be had.";
  return `${none}${under}${over} The picture shows ${unknown} = ${chosen}.`;
}

export function pictureWords({ operation, drawn, out }) {
  if (!drawn) return "";
  return operation === "conv_transpose" ? spreadWords(drawn, out) : windowWords(operation, drawn, out);
}

function windowWords(operation, drawn, out) {
  const { size, stride, padding } = drawn;
  const end = lastRead(out, drawn);
  const unread = unreadOf(out, drawn);
  const behind = unread.filter((at) => at > end).length;
  const over = end - (size + padding - 1);
  const hangs = over > 0 ? ` The last window hangs over the padded end by ${over}.` : "";
  const all = unread.length ? `Input samples that no window reads: ${unread.length}; behind the last window: ${behind}.` : "Every input sample is read.";
  return `Each window spans ${effectiveSize(drawn.kernelSize, drawn.dilation)}, and the next starts ${stride} further on.${hangs} ${all}`;
}

function spreadWords(drawn, out) {
  if (out > MOST_COUNTED) return `These are too many outputs to count the inputs of each: more than ${MOST_COUNTED}.`;
  const counts = spreadCounts(drawn);
  const middle = counts.slice(Math.floor(counts.length / 3), Math.ceil((2 * counts.length) / 3) + 1);
  const [least, most] = [Math.min(...middle), Math.max(...middle)];
  const even = least === most ? `Away from the ends every output is reached by ${least} inputs.` : `The outputs are reached unevenly, by ${least} to ${most} inputs in the middle.`;
  const empty = counts.filter((count) => count === 0).length;
  return `${even}${empty ? ` Outputs that no input reaches: ${empty}.` : ""}`;
}

function unreadOf(out, drawn) {
  return readCounts(out, drawn).flatMap((count, at) => (count ? [] : [at]));
}

/** The formula with the numbers filled in, and a second line that works it out. */
export function formulaWords(state) {
  const { operation, unknown, given, drawn, out, wanted } = state;
  const show = (name) => (NAMES[name] === unknown ? unknown : given[name]);
  const left = unknown === "out" ? "out" : wanted;
  const [H, k, s, p, d] = ["size", "kernelSize", "stride", "padding", "dilation"].map(show);
  if (operation === "conv_transpose") {
    const filled = `${left} = (${H} − 1)·${s} − 2·${p} + ${d}·(${k} − 1) + ${show("outputPadding")} + 1`;
    return drawn ? [filled, `${out} = ${(drawn.size - 1) * drawn.stride} − ${2 * drawn.padding} + ${drawn.dilation * (drawn.kernelSize - 1)} + ${drawn.outputPadding} + 1`] : [filled];
  }
  const [open, close] = given.ceilMode ? ["⌈", "⌉"] : ["⌊", "⌋"];
  const filled = `${left} = ${open}(${H} + 2·${p} − ${d}·(${k} − 1) − 1) / ${s}${close} + 1`;
  return drawn ? [filled, workedOut(drawn, out, open, close)] : [filled];
}

function workedOut(drawn, out, open, close) {
  const room = drawn.size + 2 * drawn.padding - effectiveSize(drawn.kernelSize, drawn.dilation);
  const steps = drawn.ceilMode ? Math.ceil(room / drawn.stride) : Math.floor(room / drawn.stride);
  const dropped = steps + 1 > out ? ` − 1 = ${out}, since the last window would start in the right padding` : "";
  return `${open}${room} / ${drawn.stride}${close} + 1 = ${steps} + 1 = ${steps + 1}${dropped}`;
}
