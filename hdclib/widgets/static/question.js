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

/** The key of the feedback that fits what the reader gave. */
function keyOf(given, options) {
  if (options.length) return given;
  const number = Number(given.replace(",", "."));
  return Number.isFinite(number) ? String(number) : "";
}

function render({ model, el }) {
  const options = model.get("options");
  const field = options.length ? choiceField(model.get("label"), options) : numberField(model.get("label"));
  const reply = make("p", { className: "hdc-reply" });
  reply.setAttribute("role", "status");
  function answer(event) {
    event.preventDefault();
    const given = field.answer();
    if (!given || !keyOf(given, options)) return tell(false, options.length ? "Pick one first." : "Type a number first.");
    const [right, words] = model.get("feedback")[keyOf(given, options)] || [false, model.get("otherwise")];
    return tell(right, words);
  }
  function tell(right, words) {
    el.dataset.right = String(right);
    reply.textContent = `${right ? "✓ Right." : "✗ Not yet."} ${words}`;
    reply.className = `hdc-reply ${right ? "hdc-right" : "hdc-wrong"}`;
  }
  const form = make("form", {}, field.element, " ", make("button", { className: "hdc-button", textContent: "Check" }));
  form.addEventListener("submit", answer);
  el.classList.add("hdc-question");
  el.append(form, reply);
}

export default { render };
