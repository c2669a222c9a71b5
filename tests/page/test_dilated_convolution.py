"""The stepper: each control moved by keyboard, what is shown held against hdclib."""

from pathlib import Path
from urllib.parse import quote

import page_driver
import pytest

import hdclib as hdc

PAGE = "book/dilated_convolution.html"
STEPPER = ".hdc[aria-label='Stepper']"
SLIDERS = ("Input rows", "Input columns", "Kernel rows", "Kernel columns", "Stride", "Padding", "Dilation")


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def handle(page, name):
    panel = page.locator(".widget-box").filter(has=page.locator(STEPPER)).first
    return panel.get_by_role("slider", name=name, exact=True)


def value(page, name):
    return int(handle(page, name).get_attribute("aria-valuetext"))


def data(page, name):
    page_driver.wait_for_paint(page)
    return page.locator(STEPPER).get_attribute(f"data-{name}")


def status(page):
    page_driver.wait_for_paint(page)
    return page.locator(f"{STEPPER} .hdc-status").inner_text()


def operation(page):
    return page.locator(STEPPER).get_by_label("Operation")


def axes(page):
    """(size, layer) of rows and columns, as the sliders say."""
    layer = {name.lower(): value(page, name) for name in ("Stride", "Padding", "Dilation")}
    return [
        (value(page, f"Input {axis}"), {"kernel_size": value(page, f"Kernel {axis}"), **layer})
        for axis in ("rows", "columns")
    ]


def expected(page):
    """Output size, or hdclib's reason why there is none; and the inputs that the current cell reads, tap by tap."""
    transposed = operation(page).input_value() == "transposed"
    more = {"output_padding": value(page, "Output padding")} if transposed else {}
    size_of = hdc.conv_transpose_size if transposed else hdc.conv_size
    positions = hdc.transposed_read_positions if transposed else hdc.read_positions
    try:
        out = [size_of(size, **layer, **more) for size, layer in axes(page)]
    except ValueError as error:
        return str(error), None
    at = [int(part) for part in data(page, "at").split(",")]
    assert all(0 <= index < size for index, size in zip(at, out, strict=True))
    reads = []
    for index, (size, layer) in zip(at, axes(page), strict=True):
        read = positions(index, **layer)
        reads.append([position if position is not None and 0 <= position < size else "-" for position in read])
    return out, reads


def check(page):
    """Hold everything shown against hdclib; return a summary of it."""
    out, reads = expected(page)
    if reads is None:
        assert data(page, "out") == "0,0" and data(page, "rows") == ""
        assert out in status(page) and status(page).startswith("This layer has no output.")
        return out
    assert data(page, "out") == ",".join(map(str, out))
    assert data(page, "rows") == ",".join(map(str, reads[0]))
    assert data(page, "columns") == ",".join(map(str, reads[1]))
    assert f"output {out[0]} × {out[1]}." in status(page)
    return tuple(out), str(reads)


@pytest.mark.parametrize("mode", ["convolution", "transposed"])
def test_each_slider_moves_the_stepper_by_keyboard(chapter, mode):
    operation(chapter).select_option(mode)
    page_driver.wait_for_paint(chapter)
    names = [*SLIDERS, "Output padding"] if mode == "transposed" else SLIDERS
    assert handle(chapter, "Output padding").is_visible() == (mode == "transposed")
    for name in names:
        chapter.locator(STEPPER).get_by_role("button", name="Last").press("Enter")  # a smaller output lacks this cell
        start, positions, shown = value(chapter, name), set(), set()
        for key in ("End", "ArrowLeft", "Home", "ArrowRight", "ArrowRight"):
            handle(chapter, name).press(key)
            shown.add(check(chapter))
            positions.add(value(chapter, name))
        assert len(positions) >= 3 and len(shown) >= 2, name
        while value(chapter, name) != start:
            handle(chapter, name).press("ArrowLeft" if value(chapter, name) > start else "ArrowRight")


def test_the_operation_is_chosen_by_keyboard(chapter):
    operation(chapter).focus()
    operation(chapter).press("ArrowDown")
    assert operation(chapter).input_value() == "transposed"
    assert check(chapter)[0] == (9, 9)
    assert handle(chapter, "Output padding").is_visible()


def test_buttons_walk_over_every_output(chapter):
    stepper = chapter.locator(STEPPER)
    seen = [data(chapter, "at")]
    for _ in range(24):
        stepper.get_by_role("button", name="Next").press("Enter")
        seen.append(data(chapter, "at"))
    assert seen == [f"{row},{column}" for row in range(5) for column in range(5)]
    stepper.get_by_role("button", name="Next").press("Enter")
    assert data(chapter, "at") == "4,4"
    stepper.get_by_role("button", name="First").press("Enter")
    assert data(chapter, "at") == "0,0"
    stepper.get_by_role("button", name="Back").press("Enter")
    assert data(chapter, "at") == "0,0"
    stepper.get_by_role("button", name="Last").press("Enter")
    assert data(chapter, "at") == "4,4"
    stepper.get_by_role("button", name="Last").press("ArrowLeft")
    assert data(chapter, "at") == "4,3"
    check(chapter)


def test_the_words_say_rows_columns_and_padding(chapter):
    assert status(chapter) == (
        "Output row 0, column 0 (1 of 25) reads rows −1, 1, 3 and columns −1, 1, 3. "
        "5 of 9 taps fall on padding, which is zero. Input 7 × 7, output 5 × 5."
    )
    formula = chapter.locator(STEPPER).get_by_text("Output size, rows and columns:")
    assert formula.inner_text().endswith("⌊(7 + 2·1 − 2·(3 − 1) − 1) / 1⌋ + 1 = 5")


def test_arrow_keys_in_the_output_move_the_kernel(chapter):
    canvas = chapter.locator(f"{STEPPER} canvas").nth(1)
    canvas.focus()
    for key, place in (("ArrowRight", "0,1"), ("ArrowDown", "1,1"), ("End", "1,4"), ("ArrowLeft", "1,3")):
        canvas.press(key)
        assert data(chapter, "at") == place
        check(chapter)


def test_walking_over_the_input_tells_what_each_cell_feeds(chapter):
    canvas = chapter.locator(f"{STEPPER} canvas").first
    told = chapter.locator(f"{STEPPER} .hdc-side").first.locator(".hdc-picture .hdc-cell")
    canvas.focus()
    canvas.press("ArrowRight")  # the first key shows the cursor, in the middle
    layer = {"kernel_size": 3, "padding": 1, "dilation": 2}
    place = [3, 3]
    walk = ("", (0, 0)), ("ArrowLeft", (0, -1)), ("ArrowUp", (-1, 0)), ("Home", (0, -3)), ("ArrowDown", (1, 0))
    for key, step in walk:
        if key:
            canvas.press(key)
        place = [at + by for at, by in zip(place, step, strict=True)]
        fed = [sorted(index for index in hdc.fed_outputs(at, 7, **layer) if index is not None) for at in place]
        assert data(chapter, "feeds") == ";".join(",".join(map(str, indices)) for indices in fed)
        name = f"row {place[0]}, column {place[1]}".replace("-", "−")
        assert name in told.inner_text()
        assert ("Padding" in told.inner_text()) == (min(place) < 0)
        if (count := len(fed[0]) * len(fed[1])) > 1:
            assert f"feeds {count} outputs" in told.inner_text()
    canvas.press("Escape")
    assert told.inner_text() == "" and data(chapter, "feeds") == ""


def test_inputs_that_no_output_reads_are_counted(chapter):
    handle(chapter, "Stride").press("ArrowRight")
    unread = hdc.unread_samples(7, 3, stride=2, padding=1, dilation=2)
    assert unread == [0, 2, 4, 6]
    assert f"{49 - (7 - len(unread)) ** 2} of 49 inputs are read by no output" in status(chapter)


def test_play_walks_and_stops_when_the_reader_takes_over(chapter):
    stepper = chapter.locator(STEPPER)
    assert data(chapter, "at") == "0,0"  # nothing moves by itself
    stepper.get_by_role("button", name="Play").press("Enter")
    chapter.wait_for_function("selector => document.querySelector(selector).dataset.at >= '0,2'", arg=STEPPER)
    stepper.get_by_role("button", name="Next").press("Enter")
    assert stepper.get_by_role("button", name="Play").is_visible()
    check(chapter)
    before = data(chapter, "at")
    chapter.wait_for_timeout(900)  # longer than a step
    assert data(chapter, "at") == before


def test_play_jumps_without_gliding_where_motion_is_reduced(visit):
    visit.page.emulate_media(reduced_motion="reduce")
    page = visit.open(PAGE)
    page.evaluate("() => { window.frames = 0; const ask = window.requestAnimationFrame;"
                  " window.requestAnimationFrame = (act) => { window.frames += 1; return ask(act); }; }")  # fmt: skip
    page.locator(STEPPER).get_by_role("button", name="Play").press("Enter")
    page.wait_for_function("selector => document.querySelector(selector).dataset.at >= '0,2'", arg=STEPPER)
    assert page.evaluate("window.frames") == 0


def test_the_address_keeps_the_state_and_brings_it_back(chapter):
    handle(chapter, "Dilation").press("End")
    handle(chapter, "Padding").press("End")
    chapter.locator(STEPPER).get_by_role("button", name="Last").press("Enter")
    shown = check(chapter)
    page_driver.wait_for_address(chapter, {"walk.dilation": "4", "walk.padding": "6"})
    page_driver.come_back(chapter)
    assert check(chapter) == shown


@pytest.mark.parametrize("bad", ["dilation=0", "rows=99", "operation=<b>x</b>", "at_row=1.5"])
def test_a_bad_address_is_refused_in_words(visit, bad):
    name, _, given = bad.partition("=")
    page = visit.open(f"{PAGE}?walk.{name}={quote(given)}")
    notice = page.locator(f"{STEPPER} .hdc-notice")
    assert "The address was not followed" in notice.inner_text()
    assert notice.locator("*").count() == 0
    assert check(page)[0] == (5, 5)
    assert visit.complaints == []


def test_a_cell_that_does_not_exist_is_refused_in_words(visit):
    page = visit.open(f"{PAGE}?walk.at_row=40")
    assert "does not have" in page.locator(f"{STEPPER} .hdc-notice").inner_text()
    assert data(page, "at") == "0,0"


def test_questions_answer_without_a_kernel(chapter):
    answers = [("Samples:", "16", "false"), ("Samples:", "9", "true"), ("Padding on each side:", "3", "false"),
               ("Padding on each side:", "6", "true"), ("Taps on padding:", "4", "false"),
               ("Taps on padding:", "5", "true")]  # fmt: skip
    for label, given, right in answers:
        question = chapter.locator(".hdc-question", has=chapter.get_by_label(label))
        question.get_by_role("textbox").fill(given)
        question.get_by_role("textbox").press("Enter")
        assert question.get_attribute("data-right") == right
    for option, right in (("dilation 1", "false"), ("dilation 2", "true")):
        question = chapter.locator(".hdc-question", has=chapter.get_by_text("Some pixels are never read"))
        question.get_by_role("radio", name=option).check()
        question.get_by_role("button").press("Enter")
        assert question.get_attribute("data-right") == right


@pytest.mark.parametrize("width", [320, 390, 1400])
def test_the_text_never_scrolls_sideways(visit, width):
    visit.page.set_viewport_size({"width": width, "height": 844})
    page = visit.open(PAGE)
    handle(page, "Padding").press("End")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_one_file_holds_the_input_and_the_output(chapter, kind):
    with chapter.expect_download() as waiting:
        chapter.locator(STEPPER).get_by_role("button", name=f"Save {kind}").click()
    assert waiting.value.suggested_filename == f"input-output.{kind.lower()}"
    file = Path(waiting.value.path()).read_bytes()
    sides = chapter.locator(f"{STEPPER} canvas").evaluate_all("(all) => all.map((one) => one.clientWidth)")
    width = sum(sides) + 24 + 2 * 12  # the gap between the two, and a margin
    if kind == "SVG":
        markup = file.decode()
        assert f'width="{width}"' in markup
        assert ">Input</text>" in markup and ">Output</text>" in markup
    else:
        assert int.from_bytes(file[16:20], "big") == 2 * width


def boxes(page):
    """Left, top, right and bottom of the two grids, measured at once."""
    page_driver.wait_for_paint(page)
    sides = "['left', 'top', 'right', 'bottom'].map((side) => grid.getBoundingClientRect()[side])"
    return page.locator(f"{STEPPER} canvas").evaluate_all(f"(grids) => grids.map((grid) => {sides})")


def test_input_and_output_stay_side_by_side_up_to_the_largest_padding(chapter):
    handle(chapter, "Dilation").press("Home")
    for key in ["Home", *["ArrowRight"] * 6]:
        handle(chapter, "Padding").press(key)
        handle(chapter, "Dilation").press("ArrowRight")
        (_, top, right, _), (left, other_top, _, _) = boxes(chapter)
        assert top == other_top and right < left, value(chapter, "Padding")
    assert value(chapter, "Padding") == 6 and value(chapter, "Dilation") == 4


def test_grids_whose_cells_would_hold_no_words_stand_under_each_other(chapter):
    chapter.set_viewport_size({"width": 390, "height": 844})
    (left, _, _, bottom), (other_left, top, _, _) = boxes(chapter)
    assert left == other_left and bottom < top
