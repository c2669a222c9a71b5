"""hdclib/widgets/kit/player.js: where a motion is, where a key leads, and how it plays through by the clock."""

import pytest
from scripts import evaluate

PLAYER = "kit/player.js"
SPEEDS = ("slow", "normal", "fast")

# A page without a page: elements that keep their listeners, and a clock that the test moves on by frames of 16 ms.
FAKE = """
class Fake {
  constructor() { Object.assign(this, { style: {}, listeners: {}, attributes: {}, children: [] }); }
  append(...children) { this.children.push(...children); }
  setAttribute(name, value) { this.attributes[name] = value; }
  getAttribute(name) { return this.attributes[name] ?? null; }
  addEventListener(name, act) { (this.listeners[name] ??= []).push(act); }
  removeEventListener(name, act) { this.listeners[name] = this.listeners[name].filter((other) => other !== act); }
  fire(name, event = {}) { (this.listeners[name] ?? []).forEach((act) => act({ preventDefault() {}, ...event })); }
}
let now = 0;
let waiting = null;
globalThis.document = { createElement: () => new Fake() };
globalThis.performance = { now: () => now };
globalThis.requestAnimationFrame = (act) => { waiting = act; return 1; };
globalThis.cancelAnimationFrame = () => { waiting = null; };
"""
PLAY = """(() => {
  %s
  globalThis.window = { matchMedia: () => ({ matches: given.still }) };
  let step = given.from;
  const seen = [];
  const written = [];
  const player = script.makePlayer({
    name: "Way", last: () => 3, read: () => step, words: (at) => `words ${at}`, draw: (at) => seen.push(at),
    write: (at) => { step = at; written.push(at); player.follow(); },
  });
  const [play, back, next, scrub] = player.element.children;
  player.follow();
  const [, speed] = player.element.children[4].children;
  speed.value = given.speed ?? speed.value;
  ({ play: () => play.fire("click"), next: () => next.fire("click"), back: () => back.fire("click"),
    key: () => scrub.fire("keydown", { key: given.key }),
    scrub: () => { scrub.value = 1.6; scrub.fire("input"); scrub.fire("change"); } })[given.act]();
  let frames = 0;
  const limit = given.frames ?? 2000;
  now -= given.late ?? 0;
  while (waiting && frames < limit) {
    const act = waiting;
    waiting = null;
    now += 16;
    frames += 1;
    act(now);
  }
  if (given.then) play.fire("click");
  const [told, label] = [scrub.attributes["aria-valuetext"], play.textContent];
  return { seen, written, frames, told, label, playing: player.playing() };
})()"""


def play(**case):
    return evaluate(PLAYER, PLAY % FAKE, [{"still": False, **case}])[0]


def test_a_motion_reaches_its_goal_and_never_passes_it():
    cases = [[0, 3, 0.1], [2.95, 3, 0.1], [3, 3, 0.1], [2, 1, 0.25], [1.1, 1, 0.25]]
    assert evaluate(PLAYER, "script.towards(...given)", cases) == [0.1, 3, 3, 1.75, 1]


@pytest.mark.parametrize(
    ("key", "position", "wanted"),
    [("ArrowRight", 1, 2), ("ArrowRight", 1.4, 2), ("ArrowRight", 3, 3), ("ArrowLeft", 1.4, 1), ("ArrowLeft", 1, 0),
     ("ArrowLeft", 0, 0), ("ArrowUp", 1.4, 2), ("ArrowDown", 1.4, 1), ("ArrowDown", 0, 0), ("Home", 2.5, 0),
     ("End", 0, 3), ("a", 1, None)],
)  # fmt: skip
def test_keys_lead_to_whole_steps(key, position, wanted):
    assert evaluate(PLAYER, "script.stepOfKey(...given)", [[key, position, 3]]) == [wanted]


def test_play_from_the_end_starts_again_and_passes_every_step_once():
    found = play(**{"from": 3, "act": "play"})
    assert found["written"] == [0, 1, 2, 3]
    assert found["seen"][-1] == 3
    assert found["label"] == "Play"
    assert found["told"] == "Step 3 of 3. words 3"


def test_a_step_at_normal_speed_is_drawn_in_many_small_moves_and_lasts_at_most_a_second_and_a_half():
    found = play(**{"from": 0, "act": "next"})
    assert found["written"] == [1]
    moves = [b - a for a, b in zip(found["seen"], found["seen"][1:], strict=False)]
    assert max(moves) < 0.02
    assert 0.9 < 0.016 * found["frames"] < 1.5


def test_slow_takes_half_as_long_again_and_fast_half_as_long():
    slow, normal, fast = (play(**{"from": 0, "act": "next", "speed": speed})["frames"] for speed in SPEEDS)
    assert slow / normal == pytest.approx(1.5, rel=0.05) and fast / normal == pytest.approx(0.5, rel=0.05)


def test_a_first_frame_that_began_before_the_press_moves_nothing_back():
    found = play(**{"from": 0, "act": "next", "late": 40})
    assert min(found["seen"]) == 0
    assert found["written"] == [1]


def test_back_goes_one_step_back():
    assert play(**{"from": 2, "act": "back"})["written"] == [1]


def test_pause_stops_where_it_is():
    found = play(**{"from": 0, "act": "play", "frames": 30, "then": True})
    assert found["playing"] is False
    assert 0 < found["seen"][-1] < 1


def test_scrubbing_shows_what_lies_between_and_ends_on_a_whole_step():
    found = play(**{"from": 0, "act": "scrub"})
    assert 1.6 in found["seen"]
    assert found["written"] == [2]


def test_a_key_on_the_scrub_bar_moves_by_a_whole_step():
    assert play(**{"from": 1, "act": "key", "key": "ArrowRight"})["written"] == [2]


def test_who_wants_no_motion_sees_the_steps_alone():
    found = play(**{"from": 0, "act": "play", "still": True})
    assert set(found["seen"]) == {0, 1, 2, 3}
    assert found["written"] == [1, 2, 3]
    assert 3 < 0.016 * found["frames"] < 6
    assert play(**{"from": 0, "act": "next", "still": True})["frames"] == 0
