"""The chapter on sawtooth and divisor: each control moved by keyboard, what is shown held against hdclib."""

from pathlib import Path

import pytest

import hdclib as hdc
from tools.driving import page_driver
from tools.driving.page_driver import data, handle, value, words

PAGE = "book/rules_sawtooth_divisor.html"
LATTICE, ORDERS = ".hdc[aria-label='Sub-grids of a common divisor']", ".hdc[aria-label='Two stacks, layer by layer']"


@pytest.fixture
def chapter(visit):
    yield visit.open(PAGE)
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


@pytest.mark.parametrize("name", ["Dilation 1", "Dilation 2", "Dilation 3", "Repeats"])
def test_each_slider_of_the_lattice_moves_it_by_keyboard(chapter, name):
    for key in ("End", "ArrowLeft", "Home", "ArrowRight"):
        handle(chapter, LATTICE, name).press(key)
        once = [value(chapter, LATTICE, f"Dilation {number}") for number in (1, 2, 3)]
        dilations = once * value(chapter, LATTICE, "Repeats")
        found, step = hdc.coverage(dilations, kernel_size=3), hdc.common_divisor(dilations)
        shown = [int(data(chapter, LATTICE, part)) for part in ("step", "span", "read")]
        assert shown == [step, found.span, found.read]
        said = words(chapter, LATTICE)
        assert f"reads {found.pixels_read}, {100 * found.share:.1f} %" in said
        own = round(hdc.gridding.lattice_limit(found.span, step) * found.pixels)
        assert (f"It misses {own - found.pixels_read} on its own" in said) == (own > found.pixels_read)


def stacks_shown(page):
    boxes = page.locator(f"{ORDERS} input[type=text]").all()
    return [[int(part) for part in box.input_value().split(",")] for box in boxes]


def orders_agree(page, view):
    counts = hdc.stage_counts if view == "up" else hdc.gridding.descent_counts
    page_driver.wait_for_paint(page)
    for side, dilations in enumerate(stacks_shown(page), 1):
        read = [int((c > 0).sum()) for c in counts(dilations, kernel_size=3)]
        assert data(page, ORDERS, f"read{side}") == " ".join(map(str, read))
        pairs = hdc.rules.hole_free_pairs(dilations, kernel_size=3).sum()
        assert int(data(page, ORDERS, f"pairs{side}")) == pairs
        assert f"pairs of layers, {pairs} read without a hole" in words(page, ORDERS)
    first, second = (hdc.tap_counts(d, kernel_size=3).tolist() for d in stacks_shown(page))
    assert ("both count the same" in words(page, ORDERS)) == (first == second)


def test_the_comparer_takes_typed_stacks_and_looks_both_ways(chapter):
    box, select = chapter.locator(f"{ORDERS} input[type=text]").nth(1), chapter.locator(ORDERS).get_by_label("Look")
    orders_agree(chapter, "down")
    for typed in ("3 3 2 2 1 1", "9", "1,1,1,1,1,1,1,9"):
        box.fill(typed)
        box.press("Enter")
        for view in ("up", "down"):
            select.select_option(view)
            orders_agree(chapter, view)


@pytest.mark.parametrize("view", ["down", "up"])
def test_the_layers_are_made_one_by_one_and_the_saw_rises_and_falls(chapter, view):
    orders = chapter.locator(ORDERS)
    orders.get_by_label("Look").select_option(view)
    bar = orders.get_by_label("Layer after layer, step")
    bar.press("Home")
    assert "Nothing is made yet" in words(chapter, ORDERS)
    dilations = [1, 2, 3, 1, 2, 3] if view == "up" else [3, 2, 1, 3, 2, 1]
    for step in range(1, 6):
        bar.press("ArrowRight")
        said = words(chapter, ORDERS)
        place = step if view == "up" else 7 - step
        assert f"Stack A, convolution {place}, dilation {dilations[step - 1]}" in said
        if step > 1:
            rises = dilations[step - 1] > dilations[step - 2]
            assert f"{'up' if rises else 'down'} from {dilations[step - 2]}" in said
    seen = set()
    for at in (2, 2.3, 2.6, 2.9):
        bar.evaluate("(bar, at) => { bar.value = at; bar.dispatchEvent(new Event('input')); }", at)
        page_driver.wait_for_paint(chapter)
        seen.add(orders.locator("canvas").evaluate("(canvas) => canvas.toDataURL()"))
    assert len(seen) == 4


def test_a_saved_comparison_names_its_stacks(chapter):
    chapter.locator(f"{ORDERS} input[type=text]").nth(1).fill("2, 5")
    chapter.locator(f"{ORDERS} input[type=text]").nth(1).press("Enter")
    page_driver.wait_for_paint(chapter)
    with chapter.expect_download() as waiting:
        page_driver.in_menu(chapter.locator(ORDERS), "Save SVG").click()
    written = Path(waiting.value.path()).read_text(encoding="utf-8")
    for words_in_it in ("Stack A", "1, 2, 3, 1, 2, 3", "Stack B", "2, 5"):
        assert f">{words_in_it}</text>" in written


@pytest.mark.parametrize("typed", ["", "1, 2, 0", "10", "1 2 3 4 5 6 7 8 9 1", "<b>1</b>"])
def test_the_comparer_refuses_in_words_and_keeps_its_picture(chapter, typed):
    box = chapter.locator(f"{ORDERS} input[type=text]").first
    before = data(chapter, ORDERS, "read1")
    box.fill(typed)
    box.press("Tab")
    alert = chapter.locator(f"{ORDERS} .hdc-controls [role=alert]").first
    assert alert.inner_text().startswith(("Type 1 to 9", "Each"))
    assert box.get_attribute("aria-invalid") == "true" and data(chapter, ORDERS, "read1") == before


def test_the_address_of_the_comparer_brings_back_stacks_and_view(visit):
    page = visit.open(f"{PAGE}?orders.first=2,4&orders.second=4,2&orders.view=up")
    assert stacks_shown(page) == [[2, 4], [4, 2]]
    orders_agree(page, "up")
    page = visit.open(f"{PAGE}?orders.first=2,44&lattice.repeats=9")
    assert "The address was not followed" in page.locator(f"{ORDERS} .hdc-notice").inner_text()
    assert "The address was not followed" in page.locator(f"{LATTICE} .hdc-notice").inner_text()
    assert visit.complaints == []
