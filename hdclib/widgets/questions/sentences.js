// A game: is a sentence true or false? Why follows each answer, and the first answers are counted.
import { shareInAddress } from "../kit/address.js";
import { nextTurn } from "../kit/models.js";
import { listen, make, makeButton, makeFrame, redrawOn } from "../kit/parts.js";

/** What a reader has of it so far: nothing before the first answer. */
export function score(firsts) {
  const right = firsts.filter((first) => first === true).length;
  const answered = firsts.filter((first) => first !== undefined).length;
  return answered ? `${right} of ${answered} right at the first try.` : "";
}

function render({ model, el }) {
  const frame = makeFrame(el, "True or false?", model);
  const unshare = shareInAddress(model, frame.warn);
  const sentence = make("p", { className: "hdc-sentence" });
  const reply = make("div", { className: "hdc-reply" });
  reply.setAttribute("role", "status");
  const choices = make("div", { className: "hdc-controls" }, makeButton("True", () => answer(true)), makeButton("False", () => answer(false)));
  const next = makeButton("Next sentence", () => nextTurn(model, "sentences"));
  let firsts = [];
  frame.body.append(frame.status, sentence, choices, reply);
  frame.tools.append(next);
  function answer(given) {
    const turn = model.get("turn");
    const [, truth, why] = model.get("sentences")[turn - 1];
    firsts[turn] ??= given === truth;
    el.dataset.right = String(given === truth);
    reply.className = `hdc-reply ${given === truth ? "hdc-right" : "hdc-wrong"}`;
    const verdict = `${given === truth ? "✓" : "✗"} The sentence is ${truth ? "true" : "false"}.`;
    reply.replaceChildren(...[verdict, why, score(firsts)].map((line) => make("p", { textContent: line })));
  }
  function ask() {
    const [turn, sentences] = [model.get("turn"), model.get("sentences")];
    sentence.textContent = `“${sentences[turn - 1][0]}”`;
    reply.replaceChildren();
    frame.say(`Sentence ${turn} of ${sentences.length}.`);
    Object.assign(el.dataset, { turn, right: "null" });
  }
  function anew() {
    firsts = [];
    ask();
  }
  const stops = [redrawOn(model, ["turn"], ask), redrawOn(model, ["sentences"], anew), listen(frame.reset, "click", anew), unshare];
  return () => stops.forEach((stop) => stop());
}

export default { render };
