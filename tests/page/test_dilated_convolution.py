"""The stepper: each control moved by keyboard, what is shown held against hdclib."""

from pathlib import Path
from urllib.parse import quote

import pytest

import hdclib as hdc
from tools.driving import page_driver

PAGE = "book/dilated_convolution.html"
EACH = ".hdc[aria-label='Stepper']"
STEPPER = f"{EACH} >> nth=0"
WALK = "The walk, step"
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
    return page.locator(f"{STEPPER} >> .hdc-status").inner_text()


def operation(page):
    return page.locator(STEPPER).get_by_label("Operation")


def walk(page):
    return page.locator(STEPPER).get_by_label(WALK)


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
    size_of = hdc.sizes.conv_transpose_size if transposed else hdc.conv_size
    positions = hdc.sizes.transposed_read_positions if transposed else hdc.read_positions
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
        walk(chapter).press("End")  # a smaller output lacks this cell
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
    chapter.emulate_media(reduced_motion="reduce")
    stepper = chapter.locator(STEPPER)
    following, before = (stepper.get_by_role("button", name=name, exact=True) for name in ("Next", "Back"))
    seen = [data(chapter, "at")]
    for _ in range(24):
        following.press("Enter")
        seen.append(data(chapter, "at"))
    assert seen == [f"{row},{column}" for row in range(5) for column in range(5)]
    assert following.get_attribute("aria-disabled") == "true"
    for control, key, at in ((walk(chapter), "Home", "0,0"), (walk(chapter), "End", "4,4"), (before, "Enter", "4,3")):
        control.press(key)
        assert data(chapter, "at") == at
    check(chapter)


def test_between_two_outputs_the_kernel_is_on_its_way(chapter):
    seen = set()
    for at in (3, 3.3, 3.6, 3.9, 4):
        walk(chapter).evaluate("(bar, at) => { bar.value = at; bar.dispatchEvent(new Event('input')); }", at)
        page_driver.wait_for_paint(chapter)
        seen.add(chapter.locator(f"{STEPPER} >> canvas").first.evaluate("(canvas) => canvas.toDataURL()"))
    assert len(seen) == 5


def test_the_words_say_rows_columns_and_padding(chapter):
    assert status(chapter) == (
        "Output row 0, column 0 (1 of 25) reads rows −1, 1, 3 and columns −1, 1, 3. "
        "5 of 9 taps fall on padding, which is zero. Input 7 × 7, output 5 × 5."
    )
    formula = chapter.locator(STEPPER).get_by_text("Output size, rows and columns:")
    assert formula.inner_text().endswith("⌊(7 + 2·1 − 2·(3 − 1) − 1) / 1⌋ + 1 = 5")


def test_arrow_keys_in_the_output_move_the_kernel(chapter):
    canvas = chapter.locator(f"{STEPPER} >> canvas").nth(1)
    canvas.focus()
    for key, place in (("ArrowRight", "0,1"), ("ArrowDown", "1,1"), ("End", "1,4"), ("ArrowLeft", "1,3")):
        canvas.press(key)
        assert data(chapter, "at") == place
        check(chapter)


def test_walking_over_the_input_tells_what_each_cell_feeds(chapter):
    canvas = chapter.locator(f"{STEPPER} >> canvas").first
    told = chapter.locator(f"{STEPPER} >> .hdc-side").first.locator(".hdc-picture .hdc-cell")
    canvas.focus()
    canvas.press("ArrowRight")  # the first key shows the cursor, in the middle
    layer = {"kernel_size": 3, "padding": 1, "dilation": 2}
    place = [3, 3]
    moves = ("", (0, 0)), ("ArrowLeft", (0, -1)), ("ArrowUp", (-1, 0)), ("Home", (0, -3)), ("ArrowDown", (1, 0))
    for key, step in moves:
        if key:
            canvas.press(key)
        place = [at + by for at, by in zip(place, step, strict=True)]
        fed = [sorted(index for index in hdc.sizes.fed_outputs(at, 7, **layer) if index is not None) for at in place]
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


def test_play_walks_and_stops_when_the_reader_takes_over(fresh_visit):
    fresh_visit.page.clock.install()
    chapter = fresh_visit.open(PAGE)
    stepper = chapter.locator(STEPPER)
    assert data(chapter, "at") == "0,0"  # nothing moves by itself
    stepper.get_by_role("button", name="Play").press("Enter")
    chapter.wait_for_function("selector => document.querySelector(selector).dataset.at >= '0,2'", arg=EACH)
    stepper.get_by_role("button", name="Next", exact=True).press("Enter")
    assert stepper.get_by_role("button", name="Play").is_visible()
    chapter.clock.run_for(2000)  # milliseconds, until the kernel has arrived
    check(chapter)
    before = data(chapter, "at")
    chapter.clock.run_for(5000)  # milliseconds, longer than several steps
    assert data(chapter, "at") == before
    assert fresh_visit.complaints == []


def test_play_jumps_without_gliding_where_motion_is_reduced(visit):
    visit.page.emulate_media(reduced_motion="reduce")
    page = visit.open(PAGE)
    walk(page).evaluate("""(bar) => {
      window.places = [];
      const look = () => { window.places.push(Number(bar.value)); requestAnimationFrame(look); };
      look();
    }""")
    page.locator(STEPPER).get_by_role("button", name="Play").press("Enter")
    page.wait_for_function("selector => document.querySelector(selector).dataset.at >= '0,2'", arg=EACH)
    assert set(page.evaluate("window.places")) <= {0, 1, 2, 3}


@pytest.mark.parametrize("layer", [{}, {"operation": "transposed", "stride": 2}, {"axes": "apart", "column_stride": 2}])
def test_the_kernel_computes_what_hdclib_computes(visit, layer):
    state = {"values": "numbers", "weights": "own", "at_row": 1, "at_column": 1, **layer}
    page = visit.open(f"{PAGE}?{'&'.join(f'walk.{name}={given}' for name, given in state.items())}")
    numbers = [
        [
            7 + (2 * row + column) % 3 if 2 <= row <= 5 and 2 <= column <= 5 else (row + 2 * column) % 3
            for column in range(7)
        ]
        for row in range(7)
    ]
    both = {"stride": layer.get("stride", 1), "padding": 1, "dilation": 2}
    if layer.get("axes") == "apart":
        both = {"stride": (1, 2), "padding": (1, 0), "dilation": (2, 1)}
    convolve = hdc.sizes.transposed_convolve if "operation" in layer else hdc.sizes.dilated_convolve
    wanted = convolve(numbers, [[0, -1, 0], [-1, 5, -1], [0, -1, 0]], **both)
    shown = [[float(part) for part in row.split(" ")] for row in data(page, "outputs").split(";")]
    assert shown == wanted.tolist()
    written = page.locator(f"{STEPPER} >> .hdc-products").inner_text().replace("−", "-")
    assert written.startswith("Output (1, 1) = ") and written.endswith(f" = {wanted[1][1]}")
    assert visit.complaints == []


def test_the_reader_writes_weights_of_their_own(visit):
    page = visit.open(f"{PAGE}?walk.values=numbers&walk.weights=own")
    field = page.locator(STEPPER).get_by_label("Weight in row 2, column 2")
    field.fill("-3")
    field.press("Enter")
    page_driver.wait_for_address(page, {"walk.own": "0,-1,0,0,0,-1,-3,-1,0,0,0,-1,0,0,0,0,0,0,0,0,0,0,0,0,0"})
    assert "− 3·" in page.locator(f"{STEPPER} >> .hdc-products").inner_text()


def test_the_layer_stands_beside_it_in_pytorch(chapter):
    handle(chapter, "Padding").press("ArrowRight")
    written = chapter.locator(f"{STEPPER} >> .hdc-torch")
    assert written.inner_text() == "nn.Conv2d(1, 1, kernel_size=3, stride=1, padding=2, dilation=2)"


def test_the_address_keeps_the_state_and_brings_it_back(chapter):
    handle(chapter, "Dilation").press("End")
    handle(chapter, "Padding").press("End")
    walk(chapter).press("End")
    shown = check(chapter)
    page_driver.wait_for_address(chapter, {"walk.dilation": "4", "walk.padding": "6"})
    page_driver.come_back(chapter)
    assert check(chapter) == shown


@pytest.mark.parametrize("bad", ["dilation=0", "rows=99", "operation=<b>x</b>", "at_row=1.5"])
def test_a_bad_address_is_refused_in_words(visit, bad):
    name, _, given = bad.partition("=")
    page = visit.open(f"{PAGE}?walk.{name}={quote(given)}")
    notice = page.locator(f"{STEPPER} >> .hdc-notice")
    assert "The address was not followed" in notice.inner_text()
    assert notice.locator("*").count() == 0
    assert check(page)[0] == (5, 5)
    assert visit.complaints == []


def test_a_cell_that_does_not_exist_is_refused_in_words(visit):
    page = visit.open(f"{PAGE}?walk.at_row=40")
    assert "does not have" in page.locator(f"{STEPPER} >> .hdc-notice").inner_text()
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
        question.get_by_role("button", name="Check").press("Enter")
        assert question.get_attribute("data-right") == right


def test_the_largest_padding_does_not_scroll_sideways(chapter):
    handle(chapter, "Padding").press("End")
    for width in (320, 390, 1400):
        chapter.set_viewport_size({"width": width, "height": 844})
        page_driver.wait_for_paint(chapter)
        assert chapter.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_one_file_holds_the_input_and_the_output(chapter, kind):
    with chapter.expect_download() as waiting:
        page_driver.in_menu(chapter.locator(STEPPER), f"Save {kind}").click()
    assert waiting.value.suggested_filename == f"input-output.{kind.lower()}"
    file = Path(waiting.value.path()).read_bytes()
    sides = chapter.locator(f"{STEPPER} >> canvas").evaluate_all("(all) => all.map((one) => one.clientWidth)")
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
    return page.locator(f"{STEPPER} >> canvas").evaluate_all(f"(grids) => grids.map((grid) => {sides})")


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
