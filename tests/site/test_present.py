"""web/present.js: a chapter as slides, turned by keys; without a browser."""

import pytest

CHAPTER = """
<article class="bd-article"><section id="top"><h1>Chapter</h1><p>Start.</p>
<div class="admonition"><p class="admonition-title">In a hurry?</p><p>Home.</p></div>
<section id="first"><h2>First</h2><p>One.</p></section>
<section id="second"><h2>Second</h2><section id="below"><h3>Below</h3><p>Two.</p><input id="field"></section>
<section id="last"><h3>Last</h3><p>Three.</p></section></section>
</section></article><div class="hdc-launch"></div>
"""
PRESENT = """
  el.innerHTML = given.chapter;
  window.scrollTo = () => {};
  globalThis.requestAnimationFrame = (act) => act();
  await load();
  const button = el.querySelector(".hdc-present");
  button.click();
  const root = document.documentElement;
  const status = () => document.querySelector(".hdc-slides p")?.textContent ?? "no slides";
  const seen = [status()];
  given.keys.forEach((key) => { press(key, given.field ? el.querySelector("#field") : root); seen.push(status()); });
  const shown = [...el.querySelectorAll("h1, h2, h3, p")].filter((one) => !one.closest("[data-off-slide]"));
  const words = shown.map((one) => one.textContent);
  if (status() !== "no slides") press("Escape", root);
  const left = document.querySelectorAll("[data-off-slide], .hdc-slides").length;
  return { seen, words, left };
"""
HEADS = ["Slide 1 of 4: Chapter", "Slide 2 of 4: First", "Slide 3 of 4: Below", "Slide 4 of 4: Last"]


@pytest.fixture
def present(node_page):
    def run(*keys, field=False):
        return node_page.run("web/present.js", PRESENT, chapter=CHAPTER, keys=list(keys), field=field)

    return run


def test_the_arrows_turn_the_slides_and_stop_at_both_ends(present):
    assert present(*["ArrowRight"] * 4)["seen"] == [*HEADS, HEADS[-1]]
    assert present("ArrowRight", "ArrowLeft", "ArrowLeft")["seen"] == [HEADS[0], HEADS[1], HEADS[0], HEADS[0]]


def test_a_slide_shows_its_own_parts_and_a_bare_heading_goes_with_what_follows_it(present):
    assert present()["words"] == ["Chapter", "Start."]
    assert present("ArrowRight", "ArrowRight")["words"] == ["Second", "Below", "Two."]
    assert present(*["ArrowRight"] * 3)["words"] == ["Last", "Three."]


def test_a_control_keeps_its_keys_and_escape_ends_the_slides(present):
    assert present("ArrowRight", field=True)["seen"] == [HEADS[0], HEADS[0]]
    assert present("Escape", field=True)["seen"] == [HEADS[0], "no slides"]
    assert present("ArrowRight")["left"] == 0
