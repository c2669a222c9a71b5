// The levels of the game: which squares are won, what is said of each, and the small celebration.
import { tapCounts, stackOf } from "../kit/dilation.js";
import { keptFor } from "../kit/kept.js";
import { make, makeButton } from "../kit/parts.js";

const PATIENCE = 8; // moves on the last square until it is said that nobody has won it
const SPARKS = 18;
const FACTS = {
  13: "Dilations 2, 2, 2 span the same square and use 49 of its 169 pixels.",
  15: "An ordinary kernel as wide as this has 225 weights. Three layers of 3 × 3 have 27.",
  17: "Dilations 1, 2, 5 have exactly this field: the good example of the paper that named the remedy.",
  21: "Dilations 1, 2, 7 have exactly this field: two layers fill a run of 7, and copies of it 7 apart just touch.",
  27: "This is the only way, in whatever order, and it uses each pixel exactly once. Is there more?",
};
const NEVER = "Nobody has covered this one. Why, is told later: in the chapter “When are the rules right?”.";

/** Whether these counts of an axis, middle on middle, leave no pixel of the square out. */
export function covers(dilations, side, kernelSize) {
  const counts = tapCounts(stackOf(dilations, kernelSize));
  const shift = (counts.length - side) / 2; // both odd, so a whole number
  return Array.from({ length: side }, (_, at) => counts[at + shift] ?? 0).every((count) => count > 0);
}

/** In how many ways three dilations up to `largest` cover a square, their order left aside. */
export function waysToCover(side, largest, kernelSize) {
  let ways = 0;
  for (let a = 1; a <= largest; a += 1) {
    for (let b = a; b <= largest; b += 1) {
      for (let c = b; c <= largest; c += 1) ways += covers([a, b, c], side, kernelSize) ? 1 : 0;
    }
  }
  return ways;
}

/** What is said when a square is won. */
function factOf(side, largest, kernelSize) {
  const ways = waysToCover(side, largest, kernelSize);
  return ways > 1 ? `One of ${ways} ways, order left aside. ${FACTS[side]}` : FACTS[side];
}

function sparks() {
  const dots = Array.from({ length: SPARKS }, (_, i) => {
    const dot = make("i");
    dot.style.setProperty("--to", `${(i - SPARKS / 2) * 1.6}rem`);
    dot.style.setProperty("--late", `${(i % 5) * 60}ms`);
    return dot;
  });
  const all = make("span", { className: "hdc-sparks" }, ...dots);
  all.setAttribute("aria-hidden", "true");
  return all;
}

/**
 * The row of squares to choose from, and the line that says what was won.
 *
 * `show(side, won)` is called after each change; it returns the words to add, and celebrates what is won anew.
 */
export function makeLevels(sides, choose, largest, kernelSize) {
  const kept = keptFor("cover the square");
  const wonBefore = new Set(kept.load() ?? []);
  let [last, moves] = [null, 0];
  const buttons = sides.map((side) => makeButton("", () => choose(side), { className: "hdc-button hdc-level" }));
  const row = make("div", { className: "hdc-levels" }, make("span", { textContent: "Side of the square:" }), ...buttons);
  const line = make("p", { className: "hdc-won" });

  function mark(side) {
    buttons.forEach((button, i) => {
      button.textContent = `${sides[i]}${wonBefore.has(sides[i]) ? " ✓" : ""}`;
      button.setAttribute("aria-label", `Side ${sides[i]}${wonBefore.has(sides[i]) ? ", won" : ""}`);
      button.setAttribute("aria-pressed", String(sides[i] === side));
    });
  }
  function show(side, won) {
    moves = side === last ? moves + 1 : 0;
    last = side;
    const place = sides.indexOf(side) + 1;
    const words = won ? `✓ Level ${place} of ${sides.length} is won. ${factOf(side, largest, kernelSize)}` : "";
    line.textContent = words || (place === sides.length && moves >= PATIENCE ? NEVER : "");
    if (won && place < sides.length) line.append(" ", makeButton(`Next: side ${sides[place]}`, () => choose(sides[place])));
    if (won && !wonBefore.has(side)) {
      wonBefore.add(side);
      kept.save([...wonBefore]);
      line.append(sparks());
    }
    mark(side);
    return line.firstChild?.textContent ?? "";
  }
  return { row, line, show };
}
