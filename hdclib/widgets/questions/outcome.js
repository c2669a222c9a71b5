// The reader's own guess, beside the result that it was about.
import { make, redrawOn } from "../kit/parts.js";
import { numberOf } from "./fields.js";
import { keptFor } from "../kit/kept.js";

/** What is said of a guess: its own reply, found as a text or as a number, or the general one. */
function replyTo(guess, model) {
  const replies = model.get("replies");
  return replies[guess] ?? replies[numberOf(guess)] ?? model.get("otherwise");
}

/** What stands beside the result; a reader who skipped the guess is told the result all the same. */
function wordsFor(guess, model) {
  if (guess === null) return `You made no prediction at the top. ${model.get("otherwise")}`.trim();
  return `Your prediction: ${guess}. ${replyTo(guess, model)}`;
}

function render({ model, el }) {
  const said = make("p");
  el.classList.add("hdc-outcome");
  el.append(said);
  function show() {
    const guess = keptFor("prediction", model.get("key")).load();
    el.dataset.guess = guess ?? "";
    said.textContent = wordsFor(guess, model);
  }
  document.addEventListener("hdc-predicted", show);
  const stop = redrawOn(model, ["key", "replies", "otherwise"], show);
  return () => [stop, () => document.removeEventListener("hdc-predicted", show)].forEach((end) => end());
}

export default { render };
