// The fields of a question: a number to type, or an option to pick.
import { make } from "../kit/parts.js";

let made = 0; // gives each question's fields their own group name

/** A field for a number: its element, answer() and put(given). */
export function numberField(label) {
  const input = make("input", { type: "text", inputMode: "decimal", size: 8, autocomplete: "off" });
  return { element: make("label", {}, `${label} `, input), answer: () => input.value.trim(), put: (given) => { input.value = given; } };
}

/** The same for one of several options. */
export function choiceField(label, options) {
  made += 1;
  const list = make("fieldset", {}, make("legend", { textContent: label }));
  const radios = options.map((words, i) => {
    const radio = make("input", { type: "radio", name: `hdc-question-${made}`, value: words, id: `hdc-q${made}-${i}` });
    list.append(make("div", {}, radio, " ", make("label", { htmlFor: radio.id, textContent: words })));
    return radio;
  });
  const answer = () => radios.find((radio) => radio.checked)?.value ?? "";
  return { element: list, answer, put: (given) => radios.forEach((radio) => { radio.checked = radio.value === given; }) };
}

/** The field for the answer, as the question stands now. */
export function fieldFor(model) {
  const options = model.get("options");
  return options.length ? choiceField(model.get("label"), options) : numberField(model.get("label"));
}

/** The number that the reader typed, as 0.5, 0,5 or 1/2; NaN if it is none. */
export function numberOf(given) {
  const [, above, below] = given.match(/^(-?\d+)\s*\/\s*(\d+)$/) || [];
  return above ? above / below : Number(given.replace(",", "."));
}
