// One player for everything that moves: play, pause, step, scrub, speed, keyboard, and no motion for who wants none.
import { make, makeButton, listen, setAttribute, setWords } from "./parts.js";

const SPEEDS = { slow: 1.5, normal: 1, fast: 0.5 }; // seconds that a step lasts
const PAUSE = 0.35; // of a step, a rest on each state while playing
const STILL = 1.2; // seconds that a state is shown where motion is not wanted
const TO_SECONDS = 1 / 1000;

/** Where a motion is after `seconds` more: nearer to its goal by that many steps, never beyond it. */
export function towards(position, goal, steps) {
  const way = goal - position;
  return Math.abs(way) <= steps ? goal : position + Math.sign(way) * steps;
}

/** The whole step that a key leads to, or null for a key that is none of the player's. */
export function stepOfKey(key, position, last) {
  const steps = { ArrowRight: Math.floor(position) + 1, ArrowUp: Math.floor(position) + 1,
    ArrowLeft: Math.ceil(position) - 1, ArrowDown: Math.ceil(position) - 1, Home: 0, End: last };
  return key in steps ? Math.max(0, Math.min(last, steps[key])) : null;
}

/**
 * Controls that move a picture through the whole steps 0, 1, …, last() and everything between.
 *
 * name   what moves: "The way down"
 * last   () => number of the last step
 * read   () => the whole step of the state
 * write  (step) stores a whole step that the reader asked for or that playing has reached
 * draw   (position) paints the picture at a position, whole or not
 * words  (step) => what a screen reader says of a step
 * forth  what the button to the next step says
 * pace   of the seconds that a step lasts, for steps that are many and short
 *
 * Returns { element, position(), follow(), toggle(), pause(), playing(), close() }. follow() is called when the state
 * has changed by anything else: the picture jumps to it.
 */
export function makePlayer({ name, last, read, write, draw, words, forth = "Next", pace = 1 }) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let position = read();
  /** @type {number | null} where the motion leads; null while nothing moves */
  let goal = null;
  let through = false; // whether to go on after the next whole step
  let rest = 0; // seconds left of a rest
  let frame = 0;
  let before = 0; // time of the last frame

  const play = makeButton("Play", () => toggle(), { className: "hdc-button hdc-play" });
  const back = makeButton("Back", () => step(-1));
  const next = makeButton(forth, () => step(1));
  const scrub = make("input", { type: "range", min: 0, step: "any", className: "hdc-scrub" });
  scrub.setAttribute("aria-label", `${name}, step`);
  const speed = make("select", {}, ...Object.keys(SPEEDS).map((pace) => make("option", { value: pace, textContent: pace })));
  speed.value = "normal";
  const element = make("div", { className: "hdc-player" }, play, back, next, scrub, make("label", {}, "Speed ", speed));
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", name);

  function show(at) {
    position = at;
    const whole = Math.round(position);
    if (Number(scrub.max) !== last()) scrub.max = last();
    scrub.value = position;
    setAttribute(scrub, "aria-valuetext", `Step ${whole} of ${last()}. ${words(whole)}`);
    setWords(play, through ? "Pause" : "Play");
    holdBack(back, position <= 0);
    holdBack(next, position >= last());
    draw(position);
  }

  function settle(at) {
    show(at);
    if (read() !== at) write(at);
  }

  function pause() {
    cancelAnimationFrame(frame);
    [goal, through, rest, frame] = [null, false, 0, 0];
    play.textContent = "Play";
  }

  function toggle() {
    if (through) return pause();
    if (position >= last()) settle(0);
    begin(Math.floor(position) + 1, true);
  }

  function step(by) {
    const from = goal ?? position;
    begin(Math.max(0, Math.min(last(), by > 0 ? Math.floor(from) + 1 : Math.ceil(from) - 1)), false);
  }

  function begin(at, on) {
    cancelAnimationFrame(frame);
    [goal, through, rest, before] = [at, on, 0, performance.now()];
    if (still.matches && !on) return finish();
    if (still.matches) rest = STILL;
    play.textContent = through ? "Pause" : "Play";
    frame = requestAnimationFrame(move);
  }

  function finish() {
    const at = goal;
    pause();
    settle(at);
  }

  /** One frame: rest, or go on; at a whole step tell it, and stop or take the next. */
  function move(now) {
    const seconds = Math.max(0, Math.min(0.1, (now - before) * TO_SECONDS)); // a frame may be older than the press; no leaps
    before = now;
    if (rest > 0) rest -= seconds;
    else show(still.matches ? goal : towards(position, goal, seconds / (pace * SPEEDS[speed.value])));
    if (position === goal && rest <= 0) {
      if (!through || position >= last()) return finish();
      settle(position);
      goal = position + 1;
      rest = still.matches ? STILL * pace : PAUSE * pace * SPEEDS[speed.value];
    }
    frame = requestAnimationFrame(move);
  }

  function drag() {
    pause();
    show(Number(scrub.value));
  }

  function keys(event) {
    const at = stepOfKey(event.key, position, last());
    if (at === null) return;
    event.preventDefault();
    pause();
    settle(at);
  }

  const stops = [
    listen(scrub, "input", drag),
    listen(scrub, "change", () => settle(Math.round(position))),
    listen(scrub, "keydown", keys),
  ];
  function follow() {
    if (goal !== null && read() === Math.floor(position)) return show(position);
    pause();
    return show(read());
  }
  const close = () => [pause, ...stops].forEach((stop) => stop());
  return { element, position: () => position, follow, toggle, pause, playing: () => through, close };
}

/** Keep a button focusable, so that the keyboard does not lose its place, but say that it does nothing. */
export function holdBack(button, idle) {
  setAttribute(button, "aria-disabled", String(idle));
}
