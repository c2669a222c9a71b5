"""The gridding chapter: each slider moved by keyboard, the new picture read back and held against hdclib."""

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

import hdclib as hdc
from tools.driving import page_driver
from tools.driving.page_driver import handle, value

PAGE = "book/gridding.html"
MAP, PAIR = ".hdc[aria-label='Usage map']", ".hdc[aria-label='Two neighbouring outputs']"
# For each cell of the map: is its corner painted in the colour of holes?
HOLES_PAINTED = """(canvas) => {
  const span = Number(canvas.dataset.span), frame = Math.max(13, span);
  const cell = Math.floor(canvas.width / frame), start = Math.floor((canvas.width - span * cell) / 2);
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const style = getComputedStyle(canvas).getPropertyValue("--hdc-hole-ground").trim();
  const ground = [1, 3, 5].map((at) => parseInt(style.slice(at, at + 2), 16));
  const at = (index) => Math.round(start + (index + 0.12) * cell);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const isHole = (row, column) => {
    const first = 4 * (at(row) * canvas.width + at(column));
    return ground.every((value, i) => Math.abs(value - data[first + i]) < 6);
  };
  return Array.from({ length: span }, (_, row) => Array.from({ length: span }, (_, column) => isHole(row, column)));
}"""


# For the middle of each cell with a number or letters: the contrast of its ground with what stands out most from it.
CONTRASTS = """([canvas, start, cell, places]) => {
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return places.map(([row, column]) => {
    const [x, y] = [column, row].map((index) => Math.ceil(start + index * cell) + 2);
    const side = Math.floor(cell) - 5;
    const { data } = context.getImageData(x, y, side, side);
    const lights = Array.from({ length: side * side }, (_, at) => {
      const [red, green, blue] = [0, 1, 2].map((i) => linear(data[4 * at + i] / 255));
      return 0.05 + 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    return Math.max(...lights.map((light) => Math.max(light / lights[0], lights[0] / light)));
  });
}"""


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def shown(page):
    """Counts along one axis that the map shows now."""
    page_driver.wait_for_paint(page)
    return [int(part) for part in page.locator(MAP).get_attribute("data-counts").split()]


def expected(page):
    """What hdclib says for the sliders' values."""
    depth = min(value(page, MAP, "Seen from Layer") - 1, value(page, MAP, "Layers"))
    dilations = [value(page, MAP, f"Dilation {number}") for number in range(1, depth + 1)]
    return hdc.tap_counts(dilations, kernel_size=value(page, MAP, "Kernel size")).tolist()


@pytest.mark.parametrize(
    "name", ["Layers", "Kernel size", "Seen from Layer", "Dilation 1", "Dilation 2", "Dilation 3", "Dilation 4"]
)
def test_each_slider_of_the_map_moves_it_by_keyboard(chapter, name):
    if name == "Dilation 4":
        handle(chapter, MAP, "Layers").press("End")
    seen = set()
    for key in ("End", "ArrowLeft", "Home", "ArrowRight"):
        handle(chapter, MAP, name).press(key)
        counts = shown(chapter)
        assert counts == expected(chapter), (name, key)
        seen.add((value(chapter, MAP, name), tuple(counts)))
    assert len({position for position, _ in seen}) >= 3
    assert len({counts for _, counts in seen}) >= 2


def test_the_painted_cells_are_the_holes_of_hdclib(chapter):
    for key in ("End", "Home"):
        handle(chapter, MAP, "Dilation 1").press(key)
        span = len(shown(chapter))
        canvas = chapter.locator(f"{MAP} canvas")
        canvas.evaluate("(canvas, span) => { canvas.dataset.span = span; }", span)
        painted = canvas.evaluate(HOLES_PAINTED)
        assert painted == (hdc.usage_map(*stack_of(chapter)) == 0).tolist()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_number_of_the_map_can_be_read(chapter, scheme):
    chapter.emulate_media(color_scheme=scheme)
    for name in ("Dilation 1", "Dilation 2", "Dilation 3"):
        handle(chapter, MAP, name).press("Home")
    span = len(shown(chapter))
    canvas = chapter.locator(f"{MAP} canvas").element_handle()
    cell = canvas.evaluate("(canvas) => Math.floor(canvas.width / 13)")
    start = canvas.evaluate("(canvas, [span, cell]) => Math.floor((canvas.width - span * cell) / 2)", [span, cell])
    places = [[row, column] for row in range(span) for column in range(span)]
    assert min(chapter.evaluate(CONTRASTS, [canvas, start, cell, places])) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_letter_of_the_pair_can_be_read(chapter, scheme):
    chapter.emulate_media(color_scheme=scheme)
    page_driver.wait_for_paint(chapter)
    canvas = chapter.locator(f"{PAIR} canvas").element_handle()
    cell = canvas.evaluate("(canvas) => canvas.width / 17")  # a window of 13 samples and room for 4 more
    read = [[row, column] for row in range(0, 13, 2) for column in range(14)]
    assert min(chapter.evaluate(CONTRASTS, [canvas, 0, cell, read])) >= 4.5


def test_the_map_is_built_up_layer_by_layer_and_copies_glide_between(chapter):
    place = chapter.locator(MAP)
    bar = place.get_by_label("One convolution after the other, step")
    for key, seen_from in (("Home", 2), ("ArrowRight", 3), ("ArrowRight", 4)):
        bar.press(key)
        counts = hdc.tap_counts([2] * (seen_from - 1), kernel_size=3)
        page_driver.wait_for_paint(chapter)
        assert place.get_attribute("data-counts") == " ".join(map(str, counts))
        assert value(chapter, MAP, "Seen from Layer") == seen_from
    seen = set()
    for at in (0, 0.3, 0.6, 0.9, 1):
        bar.evaluate("(bar, at) => { bar.value = at; bar.dispatchEvent(new Event('input')); }", at)
        page_driver.wait_for_paint(chapter)
        seen.add(place.locator("canvas").evaluate("(canvas) => canvas.toDataURL()"))
    assert len(seen) == 5


def test_a_saved_map_names_its_stack(chapter):
    with chapter.expect_download() as waiting:
        page_driver.in_menu(chapter.locator(MAP), "Save SVG").click()
    written = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert ">Dilations 2, 2, 2 with kernel size 3." in written


def stack_of(page):
    names = [f"Dilation {number}" for number in range(1, value(page, MAP, "Layers") + 1)]
    return [value(page, MAP, name) for name in names], value(page, MAP, "Kernel size")


def test_the_words_give_the_coverage(chapter):
    handle(chapter, MAP, "Dilation 3").press("End")
    found = hdc.coverage([2, 2, 9], kernel_size=3)
    words = chapter.locator(f"{MAP} .hdc-status").inner_text()
    assert f"sees {found.span} × {found.span} = {found.pixels} pixels" in words
    assert f"uses {found.pixels_read} (" in words
    assert f"{found.pixels - found.pixels_read} never used" in words
    assert f"Largest gap {found.largest_gap}" in words
    expect(chapter.locator(f"{MAP} [role=status]")).to_have_text(words)


def test_sliders_of_absent_layers_are_hidden(chapter):
    assert handle(chapter, MAP, "Dilation 3").is_visible()
    assert not handle(chapter, MAP, "Dilation 4").is_visible()
    handle(chapter, MAP, "Layers").press("Home")
    assert handle(chapter, MAP, "Dilation 1").is_visible()
    assert not handle(chapter, MAP, "Dilation 2").is_visible()


def test_arrow_keys_walk_over_the_map_and_tell_each_count(chapter):
    canvas = chapter.locator(f"{MAP} canvas")
    canvas.focus()
    counts = hdc.usage_map([2, 2, 2], kernel_size=3)
    told = chapter.locator(f"{MAP} .hdc-cell")
    canvas.press("ArrowRight")  # the first key shows the cursor, in the middle
    assert told.inner_text() == f"Row 7, column 7: used {counts[6, 6]} times."
    canvas.press("ArrowRight")
    assert told.inner_text() == "Row 7, column 8: never used, a hole."
    canvas.press("Home")
    canvas.press("ArrowUp")
    canvas.press("ArrowUp")
    assert told.inner_text() == f"Row 5, column 1: used {counts[4, 0]} times."
    canvas.press("Escape")
    assert told.inner_text() == ""


@pytest.mark.parametrize("name", ["B to the right", "B below", "Dilation 1", "Dilation 2", "Dilation 3"])
def test_each_slider_of_the_pair_moves_it_by_keyboard(chapter, name):
    for key in ("End", "ArrowLeft", "Home"):
        handle(chapter, PAIR, name).press(key)
        page_driver.wait_for_paint(chapter)
        dilations = [value(chapter, PAIR, f"Dilation {number}") for number in (1, 2, 3)]
        along = hdc.shared_inputs(dilations, value(chapter, PAIR, "B to the right"), kernel_size=3)
        down = hdc.shared_inputs(dilations, value(chapter, PAIR, "B below"), kernel_size=3)
        assert int(chapter.locator(PAIR).get_attribute("data-shared")) == along * down
        assert f"they share {along * down}." in chapter.locator(f"{PAIR} .hdc-status").inner_text()


def test_the_address_keeps_the_state_and_brings_it_back(chapter):
    handle(chapter, MAP, "Dilation 3").press("End")
    handle(chapter, MAP, "Kernel size").press("End")
    page_driver.wait_for_address(chapter, {"map.dilations": "2,2,9", "map.kernel_size": "5"})
    counts = shown(chapter)
    page_driver.come_back(chapter)
    assert shown(chapter) == counts == hdc.tap_counts([2, 2, 9], kernel_size=5).tolist()
    assert value(chapter, MAP, "Dilation 3") == 9


def test_an_address_with_more_layers_shows_their_sliders(visit):
    page = visit.open(f"{PAGE}?map.layers=4&map.dilation_4=3")
    assert handle(page, MAP, "Dilation 4").is_visible()
    assert shown(page) == hdc.tap_counts([2, 2, 2, 3], kernel_size=3).tolist()
    handle(page, MAP, "Dilation 4").press("ArrowRight")
    page_driver.wait_for_address(page, {"map.dilations": "2,2,2,4"})
    assert "layers" not in page.url and "dilation_" not in page.url  # as addresses were written before


def test_a_layer_that_comes_back_has_the_dilation_that_it_had(chapter):
    handle(chapter, MAP, "Dilation 3").press("End")
    for layers, dilations in (("ArrowLeft", [2, 2]), ("ArrowRight", [2, 2, 9]), ("End", [2, 2, 9, 1])):
        handle(chapter, MAP, "Layers").press(layers)
        page_driver.wait_for_paint(chapter)
        assert shown(chapter) == hdc.tap_counts(dilations, kernel_size=3).tolist()
        shown_sliders = [handle(chapter, MAP, f"Dilation {number}").is_visible() for number in range(1, 5)]
        assert sum(shown_sliders) == len(dilations) == value(chapter, MAP, "Seen from Layer") - 1


@pytest.mark.parametrize("bad", ["99", "-1", "2.5", "", "1,2", "<img src=x onerror=alert(1)>", "constructor"])
def test_a_bad_address_is_refused_in_words_and_never_becomes_markup(visit, bad):
    page = visit.open(f"{PAGE}?map.dilation_3={quote(bad)}")
    assert shown(page) == hdc.tap_counts([2, 2, 2], kernel_size=3).tolist()
    notice = page.locator(f"{MAP} .hdc-notice")
    assert "The address was not followed" in notice.inner_text()
    assert "a whole number from 1 to 9" in notice.inner_text()
    assert notice.locator("*").count() == 0
    assert visit.complaints == []


def test_an_unknown_name_in_the_address_is_refused(visit):
    page = visit.open(f"{PAGE}?map.__proto__=1&pair.right=3&other=5")
    assert "is not known here" in page.locator(f"{MAP} .hdc-notice").inner_text()
    assert value(page, PAIR, "B to the right") == 3


def test_questions_answer_without_a_kernel(chapter):
    question = chapter.locator(".hdc-question").first
    answers = ("169", "false", "receptive field"), ("25", "true", "5 × 5"), ("x", "false", "Type a number")
    for given, right, words in answers:
        question.get_by_role("textbox").fill(given)
        question.get_by_role("textbox").press("Enter")
        assert question.get_attribute("data-right") == right
        assert words in question.locator(".hdc-reply").inner_text()
    stack = chapter.locator(".hdc-question", has=chapter.get_by_label("Three dilations:"))
    answers = ("1, 2, 9", "false", "holes along an axis: 4"), ("[7, 2, 1]", "true", "receptive field: 21")
    for given, right, words in answers:
        stack.get_by_role("textbox").fill(given)
        stack.get_by_role("textbox").press("Enter")
        assert stack.get_attribute("data-right") == right
        assert words in stack.locator(".hdc-reply").inner_text()
