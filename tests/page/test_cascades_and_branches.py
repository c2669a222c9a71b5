"""The chapter on cascades and branches: its widget driven by keyboard and held against hdclib."""

from urllib.parse import quote

import pytest

import hdclib as hdc
from hdclib.networks.modules import JOINS
from tools.driving import page_driver

PAGE = "book/cascades_and_branches.html"
BUILD = ".hdc[aria-label='Build a module']"


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def data(page, place):
    page_driver.wait_for_paint(page)
    return page.locator(place).first.evaluate("(el) => ({ ...el.dataset })")


def field(page, name):
    role = "spinbutton" if name.startswith("Convolution ") else "combobox"
    return page.locator(BUILD).get_by_role(role, name=name, exact=True)


def built(page):
    """What the fields of the builder hold: join, kernel sizes, dilations."""
    numbers = page.locator(f"{BUILD} input[type=number]")
    values = [int(numbers.nth(i).input_value()) for i in range(numbers.count())]
    return field(page, "Layers are joined").input_value(), values[::2], values[1::2]


def compare(page):
    """The picture's numbers and words against hdclib."""
    shown = data(page, BUILD)
    join, kernels, dilations = built(page)
    module = JOINS[join](dilations, kernels)
    align = "last" if any(d * (k - 1) % 2 for k, d in zip(kernels, dilations, strict=True)) else "centre"
    assert shown["align"] == align and int(shown["span"]) == hdc.receptive_field(module)
    line = hdc.tap_counts(module, align=align)
    words = page.locator(f"{BUILD} .hdc-status").inner_text()
    assert int(shown["read"]) == int((line > 0).sum()) and int(shown["gap"]) == hdc.largest_gap(line)
    assert f"Along one axis it reads {shown['read']} of {shown['span']}" in words
    if len(line) <= 131:
        found = hdc.coverage(module, align=align)
        assert int(shown["pixels"]) == found.pixels_read
        if shown["axes"] == "2":
            assert f"{found.span} × {found.span} = {found.pixels} pixels and reads {found.pixels_read} of them" in words
    if shown["counts"]:
        counts = (hdc.usage_map if shown["axes"] == "2" else hdc.tap_counts)(module, align=align).ravel().tolist()
        assert [float(part) for part in shown["counts"].split()] == counts
    return shown, words


def test_the_join_flips_the_map_between_union_and_sum(chapter):
    seen = set()
    select = field(chapter, "Layers are joined")
    select.focus()
    for key in ("Home", "ArrowDown", "ArrowDown", "ArrowDown", "Home"):
        select.press(key)
        shown, words = compare(chapter)
        branches = select.input_value() == "parallel"
        assert ("not defined for branches" if branches else "M₂ of these dilations is 2.") in words
        seen.add((select.input_value(), shown["span"], shown["pixels"]))
    sums = {(join, "63", "3969") for join in ("cascade", "summed", "skips")}
    assert seen == sums | {("parallel", "33", "41")}


def test_every_known_module_is_shown_as_hdclib_counts_it(chapter):
    select = field(chapter, "Module")
    for value in range(select.locator("option").count() - 1):
        select.select_option(str(value))
        compare(chapter)
        assert select.input_value() == str(value)


@pytest.mark.parametrize(
    ("label", "ends"), [("Convolution 1 dilation", (1, 512)), ("Convolution 2 kernel size", (1, 13))]
)
def test_a_number_moves_the_picture_from_end_to_end(chapter, label, ends):
    number = field(chapter, label)
    for value in (ends[0], sum(ends) // 2, ends[1]):
        number.fill(str(value))
        compare(chapter)
    number.press("ArrowDown")
    assert number.input_value() == str(ends[1] - 1)
    compare(chapter)
    assert field(chapter, "Module").input_value() == "-1"


@pytest.mark.parametrize("bad", ["0", "600", "2.5", ""])
def test_a_bad_number_changes_nothing_and_is_put_back(chapter, bad):
    before = data(chapter, BUILD)
    number = field(chapter, "Convolution 3 dilation")
    number.fill(bad)
    assert data(chapter, BUILD) == before
    number.blur()
    assert number.input_value() == "4"


def test_layers_are_added_and_taken_away(chapter):
    more = chapter.locator(BUILD).get_by_role("button", name="Add a layer")
    fewer = chapter.locator(BUILD).get_by_role("button", name="Take the last away")
    for _ in range(5):
        more.press("Enter")
    assert len(built(chapter)[1]) == 10 and more.is_disabled()
    compare(chapter)
    for _ in range(9):
        fewer.press("Enter")
    assert built(chapter)[1:] == ([3], [1]) and fewer.is_disabled()
    compare(chapter)


def test_an_axis_alone_can_look_full_when_the_image_is_not(chapter):
    field(chapter, "Module").select_option(label="UniRepLKNet, K = 13")
    _, words = compare(chapter)
    assert "One axis alone shows no hole, the image does." in words
    field(chapter, "Show").select_option("axis")
    shown, words = compare(chapter)
    assert shown["axes"] == "1" and "No holes." in words


def test_a_known_module_keeps_its_name_in_either_view(chapter):
    for name, views in (("UniRepLKNet, K = 13", ("axis", "map")), ("WaveNet, one block", ("map", "axis"))):
        field(chapter, "Module").select_option(label=name)
        for view in views:
            field(chapter, "Show").select_option(view)
            assert field(chapter, "Module").locator("option:checked").inner_text() == name


def test_arrow_keys_walk_over_the_module(chapter):
    canvas = chapter.locator(f"{BUILD} canvas")
    canvas.focus()
    canvas.press("ArrowRight")
    assert chapter.locator(f"{BUILD} .hdc-cell").inner_text() == "Row 17, column 17: used 5 times."
    for _ in range(3):
        canvas.press("ArrowRight")
    assert chapter.locator(f"{BUILD} .hdc-cell").inner_text() == "Row 17, column 20: never used, a hole."


def test_the_address_keeps_the_module(chapter):
    field(chapter, "Module").select_option(label="UniRepLKNet, K = 17")
    page_driver.wait_for_address(chapter, {"module.dilations": "1,2,4,5,7"})
    page_driver.come_back(chapter)
    assert built(chapter) == ("parallel", [5, 9, 3, 3, 3], [1, 2, 4, 5, 7])


@pytest.mark.parametrize("bad", ["0", "1,513", "1,2,3,4,5,6,7,8,9,10,11", "a", "<img src=x onerror=alert(1)>"])
def test_a_bad_address_is_refused_in_words(visit, bad):
    page = visit.open(f"{PAGE}?module.dilations={quote(bad)}")
    assert built(page)[2] == [1, 2, 4, 8, 16]
    assert "1 to 10 whole numbers from 1 to 512" in page.locator(f"{BUILD} .hdc-notice").inner_text()
    assert visit.complaints == []
