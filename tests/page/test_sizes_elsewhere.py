"""The page on sizes in other frameworks: its widget used by keyboard, what is shown held against hdclib."""

import pytest

import hdclib as hdc
from tools.driving import page_driver

PAGE = "book/sizes_elsewhere.html"
SAMPLING = ".hdc[aria-label='Three ways of padding']"


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def words(box):
    return box.locator(".hdc-status").inner_text()


def data(box, name):
    return box.get_attribute(f"data-{name}")


def or_none(function, **case):
    try:
        return function(**case)
    except ValueError:
        return None


def handle(page, name):
    panel = page.locator(".widget-box").filter(has=page.locator(SAMPLING)).first
    return panel.get_by_role("slider", name=name, exact=True)


def ways(size, kernel_size, stride, dilation):
    """What hdclib says of the three ways of padding."""
    half = hdc.same_padding(kernel_size, dilation=dilation)[0]
    pads = {
        "alike": (half, half),
        "upper": hdc.sizes.tensorflow_same_padding(size, kernel_size, stride=stride, dilation=dilation),
        "lower": hdc.sizes.onnx_same_padding(
            size, kernel_size, stride=stride, dilation=dilation, auto_pad="SAME_LOWER"
        ),
    }
    for name, (before, after) in pads.items():
        out = hdc.sizes.tensorflow_size(size, kernel_size, stride=stride)
        if name == "alike":
            shape = {"kernel_size": kernel_size, "stride": stride, "dilation": dilation}
            out = or_none(hdc.conv_size, size=size, padding=half, **shape)
        shape = {"stride": stride, "before": before, "dilation": dilation}
        centres = hdc.sizes.window_centres(out, kernel_size, **shape) if out else []
        yield name, out, (before, after), centres


@pytest.mark.parametrize("width", [1400, 390])
def test_the_picture_of_the_three_ways_stays_where_it_is(chapter, width):
    chapter.set_viewport_size({"width": width, "height": 900})
    top = "(canvas) => canvas.getBoundingClientRect().top + window.scrollY"
    tops = set()
    for name in ("Stride", "Input size", "Kernel size"):
        for key in ("Home", "End"):
            handle(chapter, name).press(key)
            page_driver.wait_for_paint(chapter)
            tops.add(chapter.locator(SAMPLING).locator("canvas").evaluate(top))
    assert len(tops) == 1


@pytest.mark.parametrize("name", ["Input size", "Kernel size", "Stride", "Dilation"])
def test_each_slider_of_the_three_ways(chapter, name):
    box = chapter.locator(SAMPLING)
    for keys in (["Home"], ["ArrowRight"], ["ArrowRight"], ["End"]):
        handle(chapter, name).focus()
        for key in keys:
            chapter.keyboard.press(key)
        page_driver.wait_for_paint(chapter)
        case = [
            int(handle(chapter, label).get_attribute("aria-valuetext"))
            for label in ("Input size", "Kernel size", "Stride", "Dilation")
        ]
        found = {}
        for way, out, (before, after), centres in ways(*case):
            shown = " ".join(f"{centre:g}" for centre in centres)
            assert data(box, way) == f"{out}; {before} {after}; {shown}", (way, case)
            found[way] = out, centres
        agree = found["alike"] == found["upper"]
        assert ("read the same samples here" in words(box)) == agree, case
