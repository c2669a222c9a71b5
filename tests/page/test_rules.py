"""The chapters on the rules: each control moved by keyboard, what is shown read back and held against hdclib."""

from pathlib import Path

import page_driver
import pytest

import hdclib as hdc

DISTANCE, RULES = "book/rule_distance.html", "book/rules_sawtooth_divisor.html"
WALK, DRILL = ".hdc[aria-label='The distances, layer by layer']", ".hdc[aria-label='Predict M₂']"
LATTICE, ORDERS = ".hdc[aria-label='Sub-grids of a common divisor']", ".hdc[aria-label='Two stacks, layer by layer']"


@pytest.fixture
def distance(visit):
    yield visit.open(DISTANCE)
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


@pytest.fixture
def rules(visit):
    yield visit.open(RULES)
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def handle(page, place, name):
    panel = page.locator(".widget-box").filter(has=page.locator(place)).first
    return panel.get_by_role("slider", name=name, exact=True)


def value(page, place, name):
    return int(handle(page, place, name).get_attribute("aria-valuetext"))


def data(page, place, name):
    page_driver.wait_for_paint(page)
    return page.locator(place).get_attribute(f"data-{name}")


def words(page, place):
    return page.locator(f"{place} .hdc-status").inner_text()


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
def test_each_slider_of_the_walk_moves_it_by_keyboard(distance, name):
    if name in ("Dilation 4", "Dilation 5"):
        handle(distance, WALK, "Layers").press("End")
    handle(distance, WALK, "Step").press("ArrowRight")
    seen = set()
    for key in ("End", "ArrowLeft", "Home", "ArrowRight"):
        handle(distance, WALK, name).press(key)
        walk_agrees(distance)
        seen.add(value(distance, WALK, name))
    assert len(seen) >= 3


def test_the_buttons_walk_down_and_back_and_stop_at_the_ends(distance):
    down, back = (distance.locator(WALK).get_by_role("button", name=name) for name in ("Next layer down", "Back"))
    layers = [walk_agrees(distance)]
    for button, times in ((down, 3), (back, 3)):
        for _ in range(times):
            button.press("Enter")
            layers.append(walk_agrees(distance))
    assert layers == [3, 2, 1, 1, 2, 3, 3]
    assert back.get_attribute("aria-disabled") == "true"


def test_the_walk_says_where_the_rule_says_too_much(distance):
    for name, dilation in (("Dilation 2", 5), ("Dilation 3", 2)):
        handle(distance, WALK, name).press("Home")
        for _ in range(dilation - 1):
            handle(distance, WALK, name).press("ArrowRight")
    handle(distance, WALK, "Step").press("ArrowRight")
    assert walk_agrees(distance) == 2
    assert "M₂ = max[−8, 8, 5] = 8. Counted, the largest gap in Layer 2 is only 2" in words(distance, WALK)


def test_arrow_keys_walk_over_the_strips(distance):
    canvas = distance.locator(f"{WALK} canvas").first
    canvas.focus()
    canvas.press("ArrowRight")
    canvas.press("Home")
    told = distance.locator(f"{WALK} .hdc-picture .hdc-cell").first.inner_text()
    assert told == "copy not shifted. Sample -12 lies outside."
    canvas.press("ArrowDown")
    canvas.press("ArrowDown")
    for _ in range(3):
        canvas.press("ArrowRight")
    assert distance.locator(f"{WALK} .hdc-picture .hdc-cell").first.inner_text() == (
        "Layer 3: the three together. Sample -9 is read."
    )


def test_the_address_of_the_walk_brings_back_layers_and_sliders(visit):
    page = visit.open(f"{DISTANCE}?walk.layers=5&walk.step=4&walk.dilation_5=7")
    assert handle(page, WALK, "Dilation 5").is_visible() and value(page, WALK, "Dilation 5") == 7
    assert walk_agrees(page) == 2
    assert visit.complaints == []


def test_the_drill_answers_each_stack(distance):
    box, drill = distance.locator(f"{DRILL} input"), distance.locator(DRILL)
    stacks = set()
    for _ in range(12):
        dilations = [int(part) for part in data(distance, DRILL, "stack").split()]
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


@pytest.mark.parametrize("name", ["Dilation 1", "Dilation 2", "Dilation 3", "Repeats"])
def test_each_slider_of_the_lattice_moves_it_by_keyboard(rules, name):
    for key in ("End", "ArrowLeft", "Home", "ArrowRight"):
        handle(rules, LATTICE, name).press(key)
        once = [value(rules, LATTICE, f"Dilation {number}") for number in (1, 2, 3)]
        dilations = once * value(rules, LATTICE, "Repeats")
        found, step = hdc.coverage(dilations, kernel_size=3), hdc.common_divisor(dilations)
        shown = [int(data(rules, LATTICE, part)) for part in ("step", "span", "read")]
        assert shown == [step, found.span, found.read]
        said = words(rules, LATTICE)
        assert f"reads {found.pixels_read}, {100 * found.share:.1f} %" in said
        own = round(hdc.lattice_limit(found.span, step) * found.pixels)
        assert (f"It misses {own - found.pixels_read} on its own" in said) == (own > found.pixels_read)


def stacks_shown(page):
    return [[int(part) for part in box.input_value().split(",")] for box in page.locator(f"{ORDERS} input").all()]


def orders_agree(page, view):
    counts = hdc.stage_counts if view == "up" else hdc.descent_counts
    page_driver.wait_for_paint(page)
    for side, dilations in enumerate(stacks_shown(page), 1):
        read = [int((c > 0).sum()) for c in counts(dilations, kernel_size=3)]
        assert data(page, ORDERS, f"read{side}") == " ".join(map(str, read))
        assert int(data(page, ORDERS, f"views{side}")) == hdc.hole_free_views(dilations, kernel_size=3).sum()
    first, second = (hdc.tap_counts(d, kernel_size=3).tolist() for d in stacks_shown(page))
    assert ("both count the same" in words(page, ORDERS)) == (first == second)


def test_the_comparer_takes_typed_stacks_and_both_views(rules):
    box, select = rules.locator(f"{ORDERS} input").nth(1), rules.locator(f"{ORDERS} select")
    orders_agree(rules, "down")
    for typed in ("3 3 2 2 1 1", "9", "1,1,1,1,1,1,1,9"):
        box.fill(typed)
        box.press("Enter")
        for view in ("up", "down"):
            select.select_option(view)
            orders_agree(rules, view)


def test_a_saved_comparison_names_its_stacks(rules):
    rules.locator(f"{ORDERS} input").nth(1).fill("2, 5")
    rules.locator(f"{ORDERS} input").nth(1).press("Enter")
    page_driver.wait_for_paint(rules)
    with rules.expect_download() as waiting:
        rules.locator(ORDERS).get_by_role("button", name="Save SVG").click()
    written = Path(waiting.value.path()).read_text(encoding="utf-8")
    for words_in_it in ("Stack A", "1, 2, 3, 1, 2, 3", "Stack B", "2, 5"):
        assert f">{words_in_it}</text>" in written


@pytest.mark.parametrize("typed", ["", "1, 2, 0", "10", "1 2 3 4 5 6 7 8 9", "<b>1</b>"])
def test_the_comparer_refuses_in_words_and_keeps_its_picture(rules, typed):
    box = rules.locator(f"{ORDERS} input").first
    before = data(rules, ORDERS, "read1")
    box.fill(typed)
    box.press("Tab")
    assert rules.locator(f"{ORDERS} .hdc-controls [role=alert]").first.inner_text().startswith(("Type 1 to 8", "Each"))
    assert box.get_attribute("aria-invalid") == "true" and data(rules, ORDERS, "read1") == before


def test_the_address_of_the_comparer_brings_back_stacks_and_view(visit):
    page = visit.open(f"{RULES}?orders.first=2,4&orders.second=4,2&orders.view=up")
    assert stacks_shown(page) == [[2, 4], [4, 2]]
    orders_agree(page, "up")
    page = visit.open(f"{RULES}?orders.first=2,44&lattice.repeats=9")
    assert "The address was not followed" in page.locator(f"{ORDERS} .hdc-notice").inner_text()
    assert "The address was not followed" in page.locator(f"{LATTICE} .hdc-notice").inner_text()
    assert visit.complaints == []


@pytest.mark.parametrize("path", [DISTANCE, RULES])
def test_the_text_never_scrolls_sideways(visit, path):
    visit.page.set_viewport_size({"width": 320, "height": 700})
    page = visit.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
