// An exercise with instant feedback: a number to type or an option to pick. The words come from the notebook.
import { make, redrawOn } from "../kit/parts.js";
import { fieldFor, numberOf } from "./fields.js";
import { keptFor } from "../kit/kept.js";
import { makeTries } from "./tries.js";

/** The feedback for what the reader gave: its own, or that of the number rounded as asked; undefined if it is no answer. */
function replyTo(given, model) {
  const [feedback, decimals] = [model.get("feedback"), model.get("decimals")];
  const otherwise = [false, model.get("otherwise")];
  if (model.get("options").length) return given ? feedback[given] : undefined;
  const number = numberOf(given);
  if (!given || !Number.isFinite(number)) return undefined;
  return feedback[number] || (decimals && feedback[Number(number.toFixed(decimals))]) || otherwise;
}

/** The right answer as lines: what it is, and why. */
function workedAnswer(model) {
  /** @type {[string, [boolean, string]][]} */
  const replies = Object.entries(model.get("feedback"));
  const [[given, [, why]]] = replies.filter(([, [right]]) => right);
  return [`The answer: ${given.replace("-", "−")}.`, why];
}

function render({ model, el }) {
  let field = fieldFor(model);
  const asked = make("span");
  const tries = makeTries(el, () => workedAnswer(model), () => askAnew());
  function answer(event) {
    event.preventDefault();
    const given = field.answer();
    const reply = replyTo(given, model);
    if (reply) return tries.tell(given, reply[0], [reply[1]]);
    return tries.refuse(model.get("options").length ? "Pick one first." : "Type a number first: whole, with decimals, or a fraction.");
  }
  function askAnew() {
    field = fieldFor(model);
    asked.replaceChildren(field.element);
  }
  const form = make("form", {}, asked, tries.buttons);
  form.addEventListener("submit", answer);
  el.classList.add("hdc-asked", "hdc-question");
  el.append(form, ...tries.below);
  const traits = ["label", "options", "feedback", "decimals", "otherwise"];
  return redrawOn(model, traits, () => {
    askAnew();
    tries.restore(keptFor(...traits.map((trait) => model.get(trait))), (given) => field.put(given));
  });
}

export default { render };
