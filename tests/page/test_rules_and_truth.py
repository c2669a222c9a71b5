"""The chapter on rules and truth: its two widgets driven by keyboard and held against hdclib."""

import pytest

import hdclib as hdc
from tools.driving import page_driver
from tools.driving.page_driver import data, handle, value

PAGE = "book/rules_and_truth.html"
EXPLORER, REACH = ".hdc[aria-label='Rule against truth']", ".hdc[aria-label='Reach builder']"
DONE = "(name) => document.querySelector(name).dataset.done === 'true'"
START = {"rule": "distance", "kernel_size": 3, "largest": 30, "order": "sorted", "demand": "none", "depths": (2, 3, 4)}


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def choice(page, place, name):
    return page.locator(place).get_by_label(name, exact=True)


def assert_survey(page, **changed):
    """The finished survey on the page is the one of hdclib."""
    page_driver.wait_for_paint(page)
    page.wait_for_function(DONE, arg=EXPLORER)
    asked = {**START, **changed}
    found = hdc.survey(asked.pop("rule"), asked.pop("kernel_size"), **asked)
    cells = [found.right_acceptances, found.false_acceptances, found.false_rejections, found.right_rejections]
    assert [int(part) for part in data(page, EXPLORER, "counts").split()] == cells, changed
    shown = [[int(part) for part in data(page, EXPLORER, kind).split()] or None for kind in ("acceptance", "rejection")]
    assert shown == [found.smallest_false_acceptance, found.smallest_false_rejection], changed
    written = [cell.split(" ")[1] for cell in page.locator(f"{EXPLORER} td").all_inner_texts()]
    assert written == [f"{count:,}" for count in cells]
    return found


def test_the_explorer_starts_with_the_survey_of_the_text(chapter):
    found = assert_survey(chapter)
    words = chapter.locator(f"{EXPLORER} .hdc-status").inner_text()
    assert f"Stacks: {found.stacks:,}. False acceptances: 322. False rejections: 0." in words
    assert "Smallest false acceptance: [2, 2]. M₂ = 2 is at most 3." in words
    assert "4 of 9 samples, the first at sample 1" in words


@pytest.mark.parametrize(("name", "trait"), [("Kernel size K", "kernel_size"), ("Largest dilation", "largest")])
def test_each_slider_of_the_explorer_counts_again(chapter, name, trait):
    for key in ("Home", "ArrowRight", "End", "ArrowLeft"):
        handle(chapter, EXPLORER, name).press(key)
        page_driver.wait_for_paint(chapter)
        assert_survey(chapter, **{trait: value(chapter, EXPLORER, name)})


@pytest.mark.parametrize(
    ("name", "trait", "options"),
    [
        ("Rule", "rule", ["repaired", "divisor", "coprime", "largest", "exact", "distance"]),
        ("Ask only", "demand", ["first", "divisor", "none"]),
        ("Dilations", "order", ["any", "sorted"]),
    ],
)
def test_each_list_of_the_explorer_counts_again(chapter, name, trait, options):
    for option in options:
        choice(chapter, EXPLORER, name).select_option(option)
        assert_survey(chapter, **{trait: option})


def test_layers_and_lists_work_by_keyboard(chapter):
    choice(chapter, EXPLORER, "Layers").focus()
    for key, depths in (("Home", (2,)), ("ArrowDown", (3,)), ("ArrowDown", (4,)), ("ArrowDown", (2, 3, 4))):
        chapter.keyboard.press(key)
        assert_survey(chapter, depths=depths)


def test_where_the_rule_is_exact_the_words_say_so(chapter):
    choice(chapter, EXPLORER, "Ask only").select_option("first")
    found = assert_survey(chapter, demand="first")
    words = chapter.locator(f"{EXPLORER} .hdc-status").inner_text()
    assert words == f"Rule and truth agree on all {found.stacks:,} stacks. Without holes: {found.hole_free}."


def test_the_map_of_the_misjudged_stack_can_be_walked(chapter):
    canvas = chapter.locator(f"{EXPLORER} canvas")
    told = chapter.locator(f"{EXPLORER} .hdc-cell")
    counts = hdc.usage_map([2, 2], kernel_size=3)
    canvas.focus()
    canvas.press("ArrowRight")
    assert told.inner_text() == f"Row 5, column 5: used {counts[4, 4]} times."
    canvas.press("ArrowRight")
    assert told.inner_text() == "Row 5, column 6: never used, a hole."


def test_the_other_kind_of_mistake_can_be_shown(chapter):
    handle(chapter, EXPLORER, "Kernel size K").press("ArrowRight")
    handle(chapter, EXPLORER, "Kernel size K").press("ArrowRight")
    assert_survey(chapter, kernel_size=5)
    choice(chapter, EXPLORER, "Show").select_option("rejection")
    page_driver.wait_for_paint(chapter)
    words = chapter.locator(f"{EXPLORER} .hdc-status").inner_text()
    assert "Smallest false rejection: [1, 1, 8]. M₂ = 6 is more than 5. Yet it reads all 41 samples" in words
    canvas = chapter.locator(f"{EXPLORER} canvas")
    canvas.focus()
    canvas.press("Home")
    assert "Row 21, column 1: used" in chapter.locator(f"{EXPLORER} .hdc-cell").inner_text()


def layers_shown(page):
    depth = value(page, REACH, "Layers")
    numbers = range(1, depth + 1)
    kernels = [int(choice(page, REACH, f"Kernel {number}").input_value()) for number in numbers]
    dilations = [value(page, REACH, f"Dilation {number}") for number in numbers]
    return [hdc.ConvLayer(*shape) for shape in zip(kernels, dilations, strict=True)]


def assert_reach(page):
    page_driver.wait_for_paint(page)
    layers = layers_shown(page)
    steps = " ".join(f"{step.spacing},{step.kernel_size},{step.reach}" for step in hdc.rules.reach_steps(layers))
    runs = " ".join(f"{start}+{length}" for start, length in hdc.gridding.read_runs(hdc.tap_counts(layers)))
    hole = hdc.rules.first_hole(layers)
    assert data(page, REACH, "steps") == steps and data(page, REACH, "runs") == runs
    assert data(page, REACH, "hole") == ("" if hole is None else str(hole))
    assert int(data(page, REACH, "field")) == hdc.receptive_field(layers)
    words = page.locator(f"{REACH} .hdc-status").inner_text()
    assert words.startswith("No holes") if hole is None else f"the first hole is sample {hole}" in words
    return tuple(layers)


@pytest.mark.parametrize("name", ["Layers", *(f"Dilation {number}" for number in range(1, 6))])
def test_each_slider_of_the_builder_moves_it(chapter, name):
    handle(chapter, REACH, "Layers").press("End")
    seen = set()
    for key in ("End", "ArrowLeft", "Home", "ArrowRight"):
        handle(chapter, REACH, name).press(key)
        seen.add(assert_reach(chapter))
    assert len(seen) >= 3


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_each_kernel_of_the_builder_moves_it(chapter, number):
    handle(chapter, REACH, "Layers").press("End")
    for size in ("2", "4", "7"):
        choice(chapter, REACH, f"Kernel {number}").select_option(size)
        assert assert_reach(chapter)[number - 1].kernel_size == int(size)


def test_the_copies_are_laid_down_layer_by_layer_and_glide_to_their_places(chapter):
    place = chapter.locator(REACH)
    bar = place.get_by_label("Copy after copy, step")
    bar.press("Home")
    for step in hdc.rules.reach_steps([1, 2], kernel_size=3):
        bar.press("ArrowRight")
        said = place.locator(".hdc-status").inner_text()
        assert f"Dilation {step.spacing}, kernel size 3: 3 copies of a run of {step.reach}" in said
    seen = set()
    for at in (1, 1.3, 1.6, 1.9, 2):
        bar.evaluate("(bar, at) => { bar.value = at; bar.dispatchEvent(new Event('input')); }", at)
        page_driver.wait_for_paint(chapter)
        seen.add(place.locator("canvas").evaluate("(canvas) => canvas.toDataURL()"))
    assert len(seen) == 5
    bar.press("End")
    assert_reach(chapter)


def test_the_steps_of_the_builder_can_be_walked(chapter):
    canvas = chapter.locator(f"{REACH} canvas")
    told = chapter.locator(f"{REACH} .hdc-cell")
    for _ in range(3):
        handle(chapter, REACH, "Dilation 3").press("ArrowRight")
    canvas.focus()
    canvas.press("ArrowUp")  # the first key shows the cursor, in the middle
    assert told.inner_text().startswith("Dilation 2, kernel size 3: 3 copies of a run of 3, 2 apart. They overlap.")
    canvas.press("ArrowDown")
    assert "They leave open 1 between neighbouring copies: sample 7 is the first hole." in told.inner_text()


def test_both_widgets_come_back_from_the_address(visit):
    asked = "survey.rule=coprime&survey.kernel_size=4&survey.largest=9&reach.layers=2&reach.kernel_2=5"
    page = visit.open(f"{PAGE}?{asked}")
    assert_survey(page, rule="coprime", kernel_size=4, largest=9)
    assert [layer.kernel_size for layer in assert_reach(page)] == [3, 5]
    assert choice(page, EXPLORER, "Rule").input_value() == "coprime"
    assert handle(page, REACH, "Dilation 2").is_visible() and not handle(page, REACH, "Dilation 3").is_visible()


def test_large_maps_are_painted_and_told_too(visit):
    page = visit.open(f"{PAGE}?survey.kernel_size=9&survey.layers=4&survey.demand=first&reach.layers=5")
    found = assert_survey(page, kernel_size=9, depths=(4,), demand="first")
    counts = hdc.tap_counts(found.smallest_false_rejection, kernel_size=9)
    canvas = page.locator(f"{EXPLORER} canvas")
    canvas.focus()
    canvas.press("ArrowUp")
    middle, most = len(counts) // 2, counts.max() ** 2
    told = page.locator(f"{EXPLORER} .hdc-cell").inner_text()
    assert told == f"Row {middle + 1}, column {middle + 1}: used {most} times."
    assert handle(page, REACH, "Dilation 5").is_visible()


def test_a_hostile_address_is_refused_in_words(visit):
    page = visit.open(f"{PAGE}?survey.rule=<img src=x onerror=alert(1)>&reach.dilation_1=0")
    assert_survey(page)
    assert "The address was not followed" in page.locator(f"{EXPLORER} .hdc-notice").inner_text()
    assert "is not a whole number from 1 to 81" in page.locator(f"{REACH} .hdc-notice").inner_text()
    assert page.locator("img[src=x]").count() == 0
