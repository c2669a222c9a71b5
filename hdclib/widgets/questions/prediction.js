// A guess before the result: nothing says yet whether it is right; outcome.js brings it back beside the result.
import { make, redrawOn } from "../kit/parts.js";
import { fieldFor, numberOf } from "./fields.js";
import { announce, keptFor } from "../kit/kept.js";

const ASIDE = "Kept in this browser. It comes back beside the result.";

function render({ model, el }) {
  const place = () => keptFor("prediction", model.get("key"));
  let field = fieldFor(model);
  const asked = make("span");
  const said = make("p", { className: "hdc-reply" });
  said.setAttribute("role", "status");
  function guess(event) {
    event.preventDefault();
    const given = field.answer();
    const options = model.get("options").length > 0;
    if (!given || (!options && !Number.isFinite(numberOf(given)))) {
      said.textContent = options ? "Pick one first." : "Type a number first: whole, with decimals, or a fraction.";
      return;
    }
    place().save(given);
    said.textContent = ASIDE;
    announce("predicted");
  }
  const form = make("form", {}, asked, " ", make("button", { className: "hdc-button", textContent: "Keep my guess" }));
  form.addEventListener("submit", guess);
  el.classList.add("hdc-asked", "hdc-prediction");
  el.append(form, said);
  return redrawOn(model, ["key", "label", "options"], () => {
    field = fieldFor(model);
    asked.replaceChildren(field.element);
    const before = place().load();
    said.textContent = before === null ? "" : ASIDE;
    if (before !== null) field.put(before);
  });
}

export default { render };
