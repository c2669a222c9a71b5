// An exercise with instant feedback: a number to type or an option to pick. The words come from the notebook.
import { make } from "./parts.js";

let made = 0; // gives each question's fields their own group name

function numberField(label) {
  const input = make("input", { type: "text", inputMode: "decimal", size: 8, autocomplete: "off" });
  return { element: make("label", {}, `${label} `, input), answer: () => input.value.trim() };
}

function choiceField(label, options) {
  made += 1;
  const list = make("fieldset", {}, make("legend", { textContent: label }));
  const radios = options.map((words, i) => {
    const radio = make("input", { type: "radio", name: `hdc-question-${made}`, value: words, id: `hdc-q${made}-${i}` });
    list.append(make("div", {}, radio, " ", make("label", { htmlFor: radio.id, textContent: words })));
    return radio;
  });
  return { element: list, answer: () => radios.find((radio) => radio.checked)?.value ?? "" };
}

/** The number that the reader typed, as 0.5, 0,5 or 1/2; NaN if it is none. */
function numberOf(given) {
  const [, above, below] = given.match(/^(-?\d+)\s*\/\s*(\d+)$/) || [];
  return above ? above / below : Number(given.replace(",", "."));
}

/** The feedback for what the reader gave: its own, or that of the number rounded as asked; undefined if it is no answer. */
function replyTo(given, model) {
  const [feedback, decimals] = [model.get("feedback"), model.get("decimals")];
  const otherwise = [false, model.get("otherwise")];
  if (model.get("options").length) return given ? feedback[given] : undefined;
  const number = numberOf(given);
  if (!given || !Number.isFinite(number)) return undefined;
  return feedback[number] || (decimals && feedback[Number(number.toFixed(decimals))]) || otherwise;
}

function render({ model, el }) {
  const options = model.get("options");
  const field = options.length ? choiceField(model.get("label"), options) : numberField(model.get("label"));
  const said = make("p", { className: "hdc-reply" });
  said.setAttribute("role", "status");
  function answer(event) {
    event.preventDefault();
    const reply = replyTo(field.answer(), model);
    return tell(...(reply || [false, options.length ? "Pick one first." : "Type a number first: whole, with decimals, or a fraction."]));
  }
  function tell(right, words) {
    el.dataset.right = String(right);
    said.textContent = `${right ? "✓ Right." : "✗ Not yet."} ${words}`;
    said.className = `hdc-reply ${right ? "hdc-right" : "hdc-wrong"}`;
  }
  const form = make("form", {}, field.element, " ", make("button", { className: "hdc-button", textContent: "Check" }));
  form.addEventListener("submit", answer);
  el.classList.add("hdc-question");
  el.append(form, said);
}

export default { render };
