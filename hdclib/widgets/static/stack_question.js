// An exercise that asks for a stack: the reader types dilations, every condition is measured and answered.
import { checkStack } from "./dilation.js";
import { make } from "./parts.js";

const PROPERTY_WORDS = {
  holes: "holes along an axis",
  field: "receptive field",
  distance: "M₂",
  divisor: "common divisor",
  first: "first dilation",
  largest: "largest dilation",
};
const SIGN_WORDS = { "=": "exactly", "<=": "at most", ">=": "at least" };

/** Whole numbers typed by the reader, or words that say what is wrong. */
function readDilations(text, least, most, limit) {
  const parts = text.replace(/[[\]()]/g, " ").split(/[\s,;]+/).filter(Boolean);
  if (parts.length < least || parts.length > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    return { error: `Type ${wanted} dilations, with commas between them; you gave ${parts.length}.` };
  }
  const bad = parts.find((part) => !/^\d{1,4}$/.test(part) || Number(part) < 1 || Number(part) > limit);
  if (bad !== undefined) return { error: `“${bad.slice(0, 20)}” is not a whole number from 1 to ${limit}.` };
  return { dilations: parts.map(Number) };
}

function sentence({ property, sign, wanted, value, met }) {
  const asked = `${SIGN_WORDS[sign]} ${wanted}`;
  return `${met ? "✓" : "✗"} ${PROPERTY_WORDS[property]}: ${value}${met ? `, ${asked} as asked` : `, but ${asked} is asked`}.`;
}

function render({ model, el }) {
  const input = make("input", { type: "text", size: 16, autocomplete: "off", inputMode: "text" });
  const reply = make("div", { className: "hdc-reply" });
  reply.setAttribute("role", "status");
  function answer(event) {
    event.preventDefault();
    const [least, most] = [model.get("least"), model.get("most")];
    const { dilations, error } = readDilations(input.value, least, most, model.get("limit"));
    if (error) return tell(false, [error]);
    const results = checkStack(dilations, model.get("kernel_size"), model.get("conditions"));
    const right = results.every((result) => result.met);
    const last = right ? model.get("right") : model.get("hint");
    return tell(right, [...results.map(sentence), last]);
  }
  function tell(right, lines) {
    el.dataset.right = String(right);
    reply.className = `hdc-reply ${right ? "hdc-right" : "hdc-wrong"}`;
    const head = make("p", { textContent: right ? "✓ Right." : "✗ Not yet." });
    reply.replaceChildren(head, ...lines.filter(Boolean).map((line) => make("p", { textContent: line })));
  }
  const label = make("label", {}, `${model.get("label")} `, input);
  const form = make("form", {}, label, " ", make("button", { className: "hdc-button", textContent: "Check" }));
  form.addEventListener("submit", answer);
  el.classList.add("hdc-question");
  el.append(form, reply);
}

export default { render };
