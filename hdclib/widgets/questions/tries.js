// What number and stack questions share: tries are counted and kept, and the worked answer can be seen.
import { make, makeButton } from "../kit/parts.js";
import { announce, keptFor } from "../kit/kept.js";

const MOST_TRIES = 3; // wrong answers until the worked one is shown

/**
 * The reply below a question and the buttons beside "Check".
 *
 * `worked()` gives the worked answer as lines; `clear()` empties the field. Returns the elements and the functions:
 * tell(given, right, lines) for an answer, refuse(words) for what is none, restore(kept, put) on another question.
 */
export function makeTries(el, worked, clear) {
  let kept = keptFor(); // until restore() says where
  /** @type {{ given?: string, right?: boolean, lines?: string[], tries?: number, revealed?: boolean }} */
  let state = {};
  const reply = make("div", { className: "hdc-reply" });
  reply.setAttribute("role", "status");
  const answer = make("div", { className: "hdc-worked" });
  const reveal = makeButton("Show the answer", () => update({ ...state, revealed: true }));
  const again = makeButton("Start again", () => { clear(); forget(); });
  const buttons = make("span", { className: "hdc-beside" }, " ", make("button", { className: "hdc-button", textContent: "Check" }), " ", reveal, " ", again);

  function update(next) {
    state = next;
    kept.save(state);
    show();
  }
  function forget() {
    state = {};
    kept.forget();
    show();
  }
  function show() {
    const { right, lines = [], revealed } = state;
    reply.className = `hdc-reply ${right === undefined ? "" : right ? "hdc-right" : "hdc-wrong"}`;
    const head = right === undefined ? [] : [right ? "✓ Right." : "✗ Not yet."];
    reply.replaceChildren(...[...head, ...lines].map((line) => make("p", { textContent: line })));
    answer.replaceChildren(...(revealed && !right ? worked() : []).map((line) => make("p", { textContent: line })));
    reveal.hidden = Boolean(right || revealed);
    again.hidden = right === undefined && !revealed;
    if (right === undefined) delete el.dataset.right;
    else el.dataset.right = String(right);
    announce("answered");
  }
  return {
    buttons,
    below: [reply, answer],
    refuse(words) { // no answer, so no try: what is kept stays
      const before = state;
      state = { ...state, right: false, lines: [words] };
      show();
      state = before;
    },
    tell(given, right, lines) {
      const tries = (state.tries ?? 0) + (right ? 0 : 1);
      update({ given, right, lines, tries, revealed: state.revealed || tries >= MOST_TRIES });
    },
    restore(place, put) {
      kept = place;
      state = kept.load() ?? {};
      if (state.given !== undefined) put(state.given);
      show();
    },
  };
}
