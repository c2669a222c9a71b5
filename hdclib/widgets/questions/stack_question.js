// An exercise that asks for a stack: the reader types dilations, every condition is measured and answered.
import { checkStack } from "../kit/dilation.js";
import { make, redrawOn } from "../kit/parts.js";
import { keptFor } from "../kit/kept.js";
import { makeTries } from "./tries.js";

const PROPERTY_WORDS = {
  holes: "holes along an axis",
  ends: "ends with holes",
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
  const measured = (dilations) => checkStack(dilations, model.get("kernel_size"), model.get("conditions"));
  function worked() {
    const example = model.get("example");
    return [`One answer: ${example.join(", ")}.`, ...measured(example).map(sentence), model.get("right")];
  }
  const tries = makeTries(el, worked, () => { input.value = ""; });
  function answer(event) {
    event.preventDefault();
    const [least, most] = [model.get("least"), model.get("most")];
    const { dilations, error } = readDilations(input.value, least, most, model.get("limit"));
    if (error) return tries.refuse(error);
    const results = measured(dilations);
    const right = results.every((result) => result.met);
    const last = right ? model.get("right") : model.get("hint");
    return tries.tell(input.value, right, [...results.map(sentence), last].filter(Boolean));
  }
  const words = make("span");
  const form = make("form", {}, make("label", {}, words, input), tries.buttons);
  form.addEventListener("submit", answer);
  el.classList.add("hdc-asked", "hdc-question");
  el.append(form, ...tries.below);
  const traits = ["label", "kernel_size", "least", "most", "limit", "conditions", "example", "right", "hint"];
  return redrawOn(model, traits, () => { // another question has no answer yet
    words.textContent = `${model.get("label")} `;
    input.value = "";
    tries.restore(keptFor(...traits.map((trait) => model.get(trait))), (given) => { input.value = given; });
  });
}

export default { render };
