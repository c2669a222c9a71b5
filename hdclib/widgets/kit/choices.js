// Labelled lists to choose from: native selects, each with a name of its own for screen readers.
import { make } from "./parts.js";

/**
 * A labelled select of [value, words]. The name stands in aria-label too: a label around a select is read with all
 * its options. Returns { element, select, fill(entries) }.
 */
export function selectField(label, entries, act) {
  const select = make("select");
  select.setAttribute("aria-label", label);
  const fill = (pairs) => select.replaceChildren(...pairs.map(([value, textContent]) => make("option", { value, textContent })));
  fill(entries);
  select.addEventListener("change", () => act(select.value));
  return { element: make("label", {}, `${label} `, select), select, fill };
}

/**
 * A labelled select that sets a trait, or one entry of a list trait, to one of the values that its bounds allow.
 * `words` says each of them; without it a value is its own word. Returns { element, select, show(possible) }, where
 * only the values in the list `possible`, if there is one, can be chosen.
 */
export function choiceField(model, trait, label, words, place = null) {
  const values = allowedValues(model.get("bounds")[trait]);
  const read = () => (place === null ? model.get(trait) : model.get(trait)[place]);
  const { element, select } = selectField(label, values.map((value) => [String(value), wordsFor(value, words)]), (text) => {
    const value = values.find((allowed) => String(allowed) === text);
    model.set(trait, place === null ? value : model.get(trait).map((old, i) => (i === place ? value : old)));
    model.save_changes();
  });
  const show = (possible = values) => {
    [...select.options].forEach((option, at) => { option.disabled = !possible.includes(values[at]); });
    select.value = String(read());
  };
  show();
  return { element, select, show };
}

function allowedValues({ options, min, max }) {
  return options ?? Array.from({ length: max - min + 1 }, (_, i) => min + i);
}

function wordsFor(value, words) {
  if (words && !Object.hasOwn(words, value)) throw new Error(`no words for the option ${value}`);
  return words ? words[value] : String(value);
}
