"""The chapter on the distance rule: each control moved by keyboard, what is shown held against hdclib."""

import pytest
from playwright.sync_api import expect

import hdclib as hdc
from tools.driving import page_driver
from tools.driving.page_driver import data, handle, value, words

PAGE = "book/rule_distance.html"
WALK, DRILL = ".hdc[aria-label='The distances, layer by layer']", ".hdc[aria-label='Predict M₂']"


@pytest.fixture
def chapter(visit):
    yield visit.open(PAGE)
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def walk_agrees(page):
    """The walk's numbers, words and table against hdclib; returns the layer shown."""
    layers = value(page, WALK, "Layers")
    dilations = [value(page, WALK, f"Dilation {number}") for number in range(1, layers + 1)]
    layer = layers + 1 - min(value(page, WALK, "Step"), layers)
    step, gap = hdc.distance_chain(dilations)[layer - 1], hdc.descent_gaps(dilations, kernel_size=3)[layer - 1]
    assert int(data(page, WALK, "layer")) == layer
    assert int(data(page, WALK, "distance")) == step.distance and int(data(page, WALK, "gap")) == gap
    assert data(page, WALK, "candidates") == " ".join(map(str, step.candidates))
    rows = page.locator(f"{WALK} tbody tr").all_inner_texts()
    assert ["▶ largest" in row for row in rows] == [number == step.distance for number in step.candidates]
    said = words(page, WALK)
    assert ("the same." in said) == (step.distance == gap)
    if layer <= 2:
        accepted = hdc.m2_rule_accepts(dilations, 3)
        assert ("the rule accepts" in said) == accepted
    if layer == 1:
        assert ("The rule is right here." in said) == (accepted == hdc.is_hole_free(dilations, 3))
    return layer


@pytest.mark.parametrize("name", ["Layers", "Step", *(f"Dilation {number}" for number in range(1, 6))])
def test_each_slider_of_the_walk_moves_it_by_keyboard(chapter, name):
    if name in ("Dilation 4", "Dilation 5"):
        handle(chapter, WALK, "Layers").press("End")
    handle(chapter, WALK, "Step").press("ArrowRight")
    seen = set()
    for key in ("End", "ArrowLeft", "Home", "ArrowRight"):
        handle(chapter, WALK, name).press(key)
        walk_agrees(chapter)
        seen.add(value(chapter, WALK, name))
    assert len(seen) >= 3


def test_the_buttons_walk_down_and_back_and_stop_at_the_ends(chapter):
    down, back = (chapter.locator(WALK).get_by_role("button", name=name) for name in ("Next layer down", "Back"))
    for button, layers in ((down, (2, 1, 1)), (back, (2, 3, 3))):
        for layer in layers:
            button.press("Enter")
            expect(chapter.locator(WALK)).to_have_attribute("data-layer", str(layer))  # once the copies are there
            assert walk_agrees(chapter) == layer
    assert back.get_attribute("aria-disabled") == "true"


def test_the_copies_glide_between_two_layers_and_the_state_waits_for_them(chapter):
    bar = chapter.get_by_label("From the last layer to the first, step")
    seen = set()
    for at in (0, 0.3, 0.6, 0.9):
        bar.evaluate("(bar, at) => { bar.value = at; bar.dispatchEvent(new Event('input')); }", at)
        page_driver.wait_for_paint(chapter)
        seen.add(chapter.locator(f"{WALK} canvas").first.evaluate("(canvas) => canvas.toDataURL()"))
        assert walk_agrees(chapter) == 3
    assert len(seen) == 4


def test_the_walk_says_where_the_rule_says_too_much(chapter):
    for name, dilation in (("Dilation 2", 5), ("Dilation 3", 2)):
        handle(chapter, WALK, name).press("Home")
        for _ in range(dilation - 1):
            handle(chapter, WALK, name).press("ArrowRight")
    handle(chapter, WALK, "Step").press("ArrowRight")
    assert walk_agrees(chapter) == 2
    assert "M₂ = max[−8, 8, 5] = 8. Counted, the largest gap in Layer 2 is only 2" in words(chapter, WALK)


def test_arrow_keys_walk_over_the_strips(chapter):
    canvas = chapter.locator(f"{WALK} canvas").first
    canvas.focus()
    canvas.press("ArrowRight")
    canvas.press("Home")
    told = chapter.locator(f"{WALK} .hdc-picture .hdc-cell").first.inner_text()
    assert told == "copy not shifted. Sample -12 lies outside."
    canvas.press("ArrowDown")
    canvas.press("ArrowDown")
    for _ in range(3):
        canvas.press("ArrowRight")
    assert chapter.locator(f"{WALK} .hdc-picture .hdc-cell").first.inner_text() == (
        "Layer 3: the three together. Sample -9 is read."
    )


def test_the_address_of_the_walk_brings_back_layers_and_sliders(visit):
    page = visit.open(f"{PAGE}?walk.layers=5&walk.step=4&walk.dilation_5=7")
    assert handle(page, WALK, "Dilation 5").is_visible() and value(page, WALK, "Dilation 5") == 7
    assert walk_agrees(page) == 2
    assert visit.complaints == []


def test_the_drill_answers_each_stack(chapter):
    box, drill = chapter.locator(f"{DRILL} input"), chapter.locator(DRILL)
    stacks = set()
    for _ in range(12):
        dilations = [int(part) for part in data(chapter, DRILL, "stack").split()]
        stacks.add(tuple(dilations))
        for given, right in ((hdc.second_distance(dilations) + 1, "false"), (hdc.second_distance(dilations), "true")):
            box.fill(str(given))
            box.press("Enter")
            assert drill.get_attribute("data-right") == right
        reply = drill.locator(".hdc-reply").inner_text()
        assert ("The rule accepts" in reply) == hdc.m2_rule_accepts(dilations, 3)
        assert ("there are no holes" in reply) == hdc.is_hole_free(dilations, 3)
        drill.get_by_role("button", name="Next stack").press("Enter")
    assert len(stacks) == 12
    box.fill("two")
    box.press("Enter")
    assert "Type a whole number first." in drill.locator(".hdc-reply").inner_text()
