"""The chapter on output sizes: each control of its widgets used by keyboard, what is shown held against hdclib."""

import contextlib
import io
from urllib.parse import urlencode

import pytest

import hdclib as hdc
from hdclib.sizes.unknowns import OPERATIONS, SEARCHED
from hdclib.widgets import UNetSizes
from tools.driving import page_driver

PAGE = "book/output_sizes.html"
U_NET = ".hdc[aria-label='Sizes of a U-Net']"
CALCULATOR = ".hdc[aria-label='Size calculator']"
QUANTITIES = list(SEARCHED)
KINDS = {"conv": "convolution", "pool": "pooling", "conv_transpose": "transposed convolution"}


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def at(page, **state):
    """Open the chapter with the calculator in a state, through the address."""
    fields = {f"size.{name}": str(value).lower() for name, value in state.items()}
    page.goto(f"{page.url.split('?')[0]}?{urlencode(fields)}")
    page_driver.wait_until_ready(page)
    return page.locator(CALCULATOR).first


def field(box, name):
    return box.get_by_label(name, exact=True)


def type_into(box, name, value):
    field(box, name).focus()
    box.page.keyboard.press("Control+a")
    box.page.keyboard.type(str(value))
    page_driver.wait_for_paint(box.page)


def choose(box, label, wanted):
    """Walk a select with the arrow keys until it shows the option wanted."""
    select = box.get_by_label(label, exact=True)
    select.focus()
    box.page.keyboard.press("Home")
    for _ in range(select.locator("option").count()):
        if select.input_value() == wanted:
            break
        box.page.keyboard.press("ArrowDown")
    page_driver.wait_for_paint(box.page)
    assert select.input_value() == wanted


def elsewhere(box):
    """Open by keyboard what other frameworks make of the layer, and return the table."""
    table = box.locator("details .hdc-scroll")
    assert not table.is_visible()
    box.locator("summary", has_text="The same layer elsewhere").press("Enter")
    assert table.is_visible()
    return table


def words(box):
    return box.locator(".hdc-status").inner_text()


def data(box, name):
    return box.get_attribute(f"data-{name}")


def printed_by_copied_python(box):
    box.page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page_driver.in_menu(box, "Copy as Python").press("Enter")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(box.page.evaluate("window.copied"))
    return printed.getvalue()


def or_none(function, **case):
    try:
        return function(**case)
    except ValueError:
        return None


def test_the_calculator_starts_with_the_question_of_the_text(chapter):
    box = chapter.locator(CALCULATOR).first
    assert data(box, "values") == "4" == str(hdc.same_padding(3, dilation=4)[0])
    assert words(box).startswith("padding = 4 gives an output of 64.")


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_field_changes_the_output_as_hdclib_says(chapter, operation):
    case = {"size": 40, "kernel_size": 5, "stride": 2, "padding": 1, "dilation": 2}
    if operation == "conv_transpose":
        case["output_padding"] = 1
    box = at(chapter, operation=operation, unknown="out", **case)
    for name, start in case.items():
        low, high = SEARCHED[name]
        for value in (low, (low + high) // 2, high, start):
            type_into(box, name, value)
            truth = or_none(OPERATIONS[operation], **{**case, name: value})
            assert data(box, "out") == ("null" if truth is None else str(truth)), (name, value)
            expected = "There is no output." if truth is None else f"out = {truth}."
            assert words(box).startswith(expected), (name, value)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_quantity_can_be_the_unknown(chapter, operation):
    case = {"size": 20, "kernel_size": 3, "stride": 2, "padding": 1, "dilation": 2}
    if operation == "conv_transpose":
        case["output_padding"] = 1
    box = at(chapter, operation="pool" if operation == "conv" else "conv", unknown="out", **case)
    choose(box, "Layer", operation)
    for unknown in case:
        choose(box, "Find", unknown)
        for wanted in (1, 7, 8, 300):
            type_into(box, "out", wanted)
            known = {name: int(field(box, name).input_value()) for name in case if name != unknown}
            truth = hdc.sizes.solve_size(operation, unknown, wanted, **known)
            assert data(box, "values") == " ".join(map(str, truth.values)), (unknown, wanted)
            if not truth.values:
                pairs = [f"{pair[0]}:{pair[1]}" if pair else "-" for pair in (truth.below, truth.above)]
                assert data(box, "nearest").split() == pairs
                assert words(box).startswith(f"No {unknown} from ")


def test_fields_that_a_layer_does_not_have_are_not_shown(chapter):
    box = at(chapter, unknown="out")
    for operation, shown in (("conv", (0, 0)), ("pool", (0, 1)), ("conv_transpose", (1, 0))):
        choose(box, "Layer", operation)
        visible = [box.get_by_label(name, exact=True).is_visible() for name in ("output_padding", "ceil_mode")]
        assert visible == [bool(part) for part in shown], operation


def test_ceil_mode_is_a_box_that_the_space_key_ticks(chapter):
    box = at(chapter, operation="pool", unknown="out", size=5, kernel_size=2, stride=3, padding=1, dilation=1)
    field(box, "ceil_mode").focus()
    chapter.keyboard.press("Space")
    page_driver.wait_for_paint(chapter)
    assert data(box, "out") == str(hdc.sizes.pool_size(5, 2, stride=3, padding=1, ceil_mode=True)) == "2"
    assert "would start in the right padding" in box.inner_text()
    type_into(box, "size", 6)
    assert data(box, "out") == str(hdc.sizes.pool_size(6, 2, stride=3, padding=1, ceil_mode=True)) == "3"


def test_all_answers_can_be_drawn(chapter):
    box = at(chapter, unknown="size", out=32, kernel_size=3, stride=2, padding=1, dilation=1)
    assert data(box, "values") == "63 64"
    assert words(box).startswith("2 answers for an output of 32: size = 63 and 64. The picture shows 64.")
    choose(box, "size, found:", "63")
    assert "The picture shows 63." in words(box) and data(box, "chosen") == "63"


def test_where_there_is_no_answer_the_nearest_are_named_and_drawn(chapter):
    box = at(chapter, unknown="padding", out=64, size=64, kernel_size=4, dilation=1)
    assert "Nearest below: padding = 1 gives 63. Nearest above: padding = 2 gives 65." in words(box)
    choose(box, "padding, found:", "2")
    assert words(box).count("The picture shows padding = 2.") == 1 and data(box, "out") == "65"


def test_the_answer_becomes_a_given_when_something_else_is_asked(chapter):
    box = chapter.locator(CALCULATOR).first
    choose(box, "Find", "out")
    assert field(box, "padding").input_value() == "4" and data(box, "out") == "64"


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_formula_and_the_table_have_the_numbers(chapter, operation):
    case = {"size": 8, "kernel_size": 3, "stride": 2, "padding": 1, "dilation": 1}
    box = at(chapter, operation=operation, unknown="out", **case)
    rows = [row.inner_text().split("\t") for row in elsewhere(box).locator("tbody tr").all()]
    outputs = [cells[1].strip() for cells in rows]
    if operation == "conv_transpose":
        settings = [{"padding": name, "output_padding": given} for name in ("same", "valid") for given in (None, 0)]
        keras = [hdc.sizes.keras_conv_transpose_size(8, 3, stride=2, **setting) for setting in settings]
        named = ["any from 15 to 16", "16", "16"]  # TensorFlow's output_shape, then ONNX by its two words
        assert outputs == [str(hdc.sizes.conv_transpose_size(**case)), *named, "15", "15", *map(str, keras)]
        assert 'TensorFlow "same", output_shape=15, cuts 1 and 1 off' in box.inner_text()
        assert "ONNX, output_shape=[15], cuts 1 and 1 off" in box.inner_text()
        assert "ONNX SAME_UPPER, cuts 0 and 1 off" in box.inner_text()
        assert "out = (8 − 1)·2 − 2·1 + 1·(3 − 1) + 0 + 1" in box.inner_text()
        assert "15 = 14 − 2 + 2 + 0 + 1" in box.inner_text()
        return
    same = hdc.sizes.tensorflow_size(8, 3, stride=2)
    valid = hdc.sizes.tensorflow_size(8, 3, stride=2, padding="valid")
    out = OPERATIONS[operation](**case)
    last = [4, 4] if operation == "conv" else [out, out]  # causal in two ways, or averages with two divisors
    assert outputs == [str(number) for number in (out, same, same, same, valid, *last)]
    lower = hdc.sizes.onnx_same_padding(8, 3, stride=2, auto_pad="SAME_LOWER")
    upper = hdc.sizes.tensorflow_same_padding(8, 3, stride=2)
    rest = [(1, 0), (2, 0)] if operation == "conv" else [(1, 1), (1, 1)]
    pads = [(1, 1), upper, upper, lower, (0, 0), *rest]
    assert [cells[2].strip() for cells in rows] == [f"{before}, {after}" for before, after in pads]
    assert "out = ⌊(8 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1" in box.inner_text()
    assert "⌊7 / 2⌋ + 1 = 3 + 1 = 4" in box.inner_text()


def test_what_a_framework_does_not_have_is_said(chapter):
    box = at(chapter, operation="pool", unknown="out", size=20, dilation=2, padding=1)
    table = elsewhere(box)
    assert table.locator("tbody tr").count() == 5 and "tf.nn.pool; Keras pools have no dilation" in box.inner_text()
    assert "refused for dilated pools" in box.inner_text()
    assert box.inner_text().count("ONNX Runtime refuses it with a dilation above 1") == 2
    choose(box, "Layer", "conv")
    type_into(box, "stride", 2)
    assert "ONNX Runtime refuses it with a dilation above 1" in box.inner_text()
    assert "Keras layers refuse stride and dilation above 1 together" in box.inner_text()


def test_unread_samples_are_told(chapter):
    box = at(chapter, unknown="out", size=16, kernel_size=3, stride=2, padding=0, dilation=2)
    unread = hdc.unread_samples(16, 3, stride=2, dilation=2)
    out = hdc.conv_size(16, 3, stride=2, dilation=2)
    last = hdc.read_positions(out - 1, 3, stride=2, dilation=2)[-1]
    behind = sum(sample > last for sample in unread)
    assert f"no window reads: {len(unread)}; behind the last window: {behind}." in words(box)


@pytest.mark.parametrize("dilation", [1, 2])
def test_uneven_outputs_are_told(chapter, dilation):
    box = at(chapter, operation="conv_transpose", unknown="out", size=12, kernel_size=4, stride=2, dilation=dilation)
    empty = int((hdc.spread_counts(12, 4, stride=2, dilation=dilation) == 0).sum())
    if hdc.sizes.spreads_evenly(4, stride=2, dilation=dilation):
        assert "every output is reached by 2 inputs." in words(box) and empty == 0
    else:
        assert "unevenly, by 0 to 4 inputs" in words(box) and f"no input reaches: {empty}." in words(box)


@pytest.mark.parametrize(("wrong", "last"), [("0", "64"), ("32769", "3276"), ("2.5", "2"), ("", "64"), ("-3", "64")])
def test_a_number_outside_the_limits_is_refused_in_words(chapter, wrong, last):
    box = chapter.locator(CALCULATOR).first
    field(box, "size").focus()
    chapter.keyboard.press("Control+a")
    chapter.keyboard.press("Delete")
    chapter.keyboard.type(wrong)
    rule = "size must be a whole number from 1 to 32768."
    assert field(box, "size").evaluate("(input) => input.validationMessage") == rule
    assert box.locator(".hdc-notice").inner_text() == rule
    assert field(box, "size").get_attribute("aria-invalid") == "true"
    chapter.keyboard.press("Tab")
    type_into(box, "kernel_size", 5)
    assert box.locator(".hdc-notice").inner_text() == "" and field(box, "size").input_value() == last


def test_the_address_keeps_the_state_and_refuses_the_rest(chapter):
    box = chapter.locator(CALCULATOR).first
    type_into(box, "dilation", 7)
    page_driver.wait_for_address(chapter, {"size.dilation": "7"})
    page_driver.come_back(chapter)
    assert field(box, "dilation").input_value() == "7" and data(box, "values") == "7"
    box = at(chapter, dilation=9999, operation="<b>", padding=7)
    notice = box.locator(".hdc-notice").inner_text()
    assert "size.dilation=9999 is not a whole number from 1 to 1024" in notice and "<b>" in notice
    assert field(box, "dilation").input_value() == "4"
    box.get_by_label("Find", exact=True).select_option("out")
    assert field(box, "padding").input_value() == "4"  # the good part is not followed either


def test_an_unknown_that_the_layer_does_not_have_is_taken_as_the_output(chapter):
    box = at(chapter, operation="conv", unknown="output_padding", padding=4)
    assert box.get_by_label("Find", exact=True).input_value() == "out" and data(box, "out") == "64"


@pytest.mark.parametrize("unknown", ["out", "padding"])
def test_the_copied_python_gives_the_same_answer(chapter, unknown):
    box = at(chapter, unknown=unknown, operation="pool", size=9, kernel_size=4, stride=2, padding=1, dilation=1, out=4)
    assert data(box, "values") in printed_by_copied_python(box) and data(box, "values")


def test_the_picture_can_be_walked(chapter):
    box = at(chapter, unknown="out", size=8, kernel_size=3, stride=2, padding=0, dilation=1)
    canvas = box.locator("canvas")
    canvas.focus()
    said = box.locator(".hdc-picture .hdc-cell")
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "End"):
        chapter.keyboard.press(key)
    assert said.inner_text() == "Input sample 7: read by no window."
    for key in ("ArrowDown", "Home"):
        chapter.keyboard.press(key)
    assert said.inner_text() == "Window of output 0: tap 0."


@pytest.mark.parametrize(
    "state", [{"size": 32768, "kernel_size": 2048, "dilation": 8}, {"operation": "conv_transpose"}]
)
def test_nothing_is_wider_than_a_narrow_screen(chapter, state):
    chapter.set_viewport_size({"width": 320, "height": 700})
    box = at(chapter, unknown="out", padding=8, **state)
    assert chapter.evaluate("document.documentElement.scrollWidth") <= 320
    over = """(box) => [...box.querySelectorAll("canvas, input, select, p, button")].filter((part) => {
      const { right, width } = part.getBoundingClientRect();
      return width && !part.closest(".hdc-scroll") && right > 320.5;
    }).length"""
    assert box.evaluate(over) == 0


def test_a_wanted_size_is_given_to_the_frameworks_as_output_shape(chapter):
    layer = {"size": 4, "kernel_size": 3, "stride": 2, "dilation": 1, "padding": 0}
    box = at(chapter, operation="conv_transpose", unknown="output_padding", out=9, **layer)
    told = elsewhere(box).inner_text()
    assert 'TensorFlow "same", output_shape=9\trefused' in told
    assert "ONNX, output_shape=[9], cuts 0 and 0 off\t9" in told


def test_the_sizes_of_a_u_net_are_followed_and_the_rule_is_said(chapter):
    box = chapter.locator(U_NET)
    below, above = UNetSizes().answer.nearest(570)
    assert f"Nearest: {below} and {above}." in words(box)
    choose(box, "Padding", "false")
    assert "No size fits" in words(box)
    choose(box, "Joined", "crop")
    net = UNetSizes(padded=False, join="crop").answer
    assert data(box, "step") == str(net.step) and data(box, "remainders") == str(*net.remainders)
    assert net.explanation in printed_by_copied_python(box)
    box.locator("canvas").focus()
    chapter.keyboard.press("Home")  # the middle level, its left end
    assert box.locator(".hdc-picture .hdc-cell").inner_text().startswith("Level 3, left: ")


def test_the_second_calculator_has_the_task_and_an_answer(chapter):
    box = chapter.locator(CALCULATOR).last
    assert data(box, "out") == "64" and "unevenly, by 1 to 2 inputs" in words(box)
    for name, value in (("kernel_size", 4), ("output_padding", 0)):
        type_into(box, name, value)
    assert data(box, "out") == "64" and "every output is reached by 2 inputs." in words(box)
    assert chapter.locator(CALCULATOR).first.get_attribute("data-values") == "4"  # the first one keeps its own state


def test_the_u_net_starts_with_the_join_that_stops_it(chapter):
    box = chapter.locator(U_NET)
    assert data(box, "bad") == "4" and "on level 4 the left side has 71, and 70 come back" in words(box)
