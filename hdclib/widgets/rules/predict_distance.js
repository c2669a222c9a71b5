// A drill: type M₂ of a stack, see the chain that gives it, go on to the next.
import { shareInAddress } from "../kit/address.js";
import { distanceChain, isHoleFree, stackOf } from "../kit/dilation.js";
import { nextTurn } from "../kit/models.js";
import { listen, make, makeButton, makeFrame, redrawOn } from "../kit/parts.js";

const KERNEL_SIZE = 3;

function stackNow(model) {
  const stacks = model.get("stacks");
  return stacks[(model.get("turn") - 1) % stacks.length];
}

/** The chain from the last layer to Layer 2, one line a layer. */
function chainLines(dilations) {
  return distanceChain(dilations).slice(1).reverse().map(({ layer, candidates, distance }) => {
    const name = `M${String.fromCharCode(0x2080 + layer)}`;
    if (candidates.length === 1) return `${name} = ${distance}, the last dilation.`;
    return `${name} = max[${candidates.join(", ")}] = ${distance}.`.replaceAll("-", "−");
  });
}

function outcome(dilations) {
  const accepted = distanceChain(dilations)[1].distance <= KERNEL_SIZE;
  const free = isHoleFree(stackOf(dilations, KERNEL_SIZE));
  if (accepted) return free ? "The rule accepts, and there are no holes." : "The rule accepts, and yet there are holes.";
  return free ? "The rule rejects, and yet there are no holes." : "The rule rejects, and there are holes.";
}

function render({ model, el }) {
  const frame = makeFrame(el, "Predict M₂", model);
  const unshare = shareInAddress(model, frame.warn);
  const input = make("input", { type: "text", inputMode: "numeric", size: 6, autocomplete: "off" });
  const form = make("form", {}, make("label", {}, "M₂ = ", input), " ", make("button", { className: "hdc-button", textContent: "Check" }));
  const reply = make("div", { className: "hdc-reply" });
  reply.setAttribute("role", "status");
  const next = makeButton("Next stack", () => {
    nextTurn(model, "stacks");
    input.focus();
  });
  frame.body.append(frame.status, form, reply); // the question stands above its field
  frame.tools.append(next);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(input.value.trim());
  });
  function answer(given) {
    if (!/^-?\d{1,4}$/.test(given)) return tell(null, ["Type a whole number first."]);
    const dilations = stackNow(model);
    const right = Number(given) === distanceChain(dilations)[1].distance;
    if (right) return tell(true, ["✓ Right.", ...chainLines(dilations), outcome(dilations)]);
    return tell(false, ["✗ Not yet.", "Start with the last dilation and take in the layer before it. The first dilation plays no part."]);
  }
  function tell(right, lines) {
    el.dataset.right = String(right);
    reply.className = `hdc-reply ${right ? "hdc-right" : "hdc-wrong"}`;
    reply.replaceChildren(...lines.map((line) => make("p", { textContent: line })));
  }
  function ask() {
    const dilations = stackNow(model);
    input.value = "";
    reply.replaceChildren();
    frame.say(`Stack ${model.get("turn")} of ${model.get("stacks").length}. Kernel size 3, dilations ${dilations.join(", ")}.`);
    Object.assign(el.dataset, { stack: dilations.join(" "), right: "null" });
  }
  const stop = redrawOn(model, ["turn", "stacks"], ask);
  const restart = listen(frame.reset, "click", ask); // an answer to the first stack goes too
  return () => [stop, unshare, restart].forEach((end) => end());
}

export default { render };
