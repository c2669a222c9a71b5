"""The signal chapter: each control moved by keyboard, the numbers shown held against hdclib."""

from urllib.parse import quote

import numpy as np
import pytest

import hdclib as hdc
from hdclib.signal.pictures import KINDS
from hdclib.widgets.signal.bell_curve import SCHEDULES
from tools.driving import page_driver

PAGE = "book/does_it_matter.html"
LAB, WAVES, BELL = (
    f".hdc[aria-label='{name}']" for name in ("Picture laboratory", "Frequency response", "Usage counts and the bell")
)


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def slider(page, place, name):
    panel = page.locator(".widget-box").filter(has=page.locator(place)).first
    return panel.get_by_role("slider", name=name, exact=True)


def value(page, place, name):
    return int(slider(page, place, name).get_attribute("aria-valuetext"))


def shown(page, place, *names):
    """Numbers that the widget shows now."""
    page_driver.wait_for_paint(page)
    data = page.locator(place).evaluate("(el) => ({ ...el.dataset })")
    return [float(data[name]) for name in names]


def words_of(page, place):
    return page.locator(f"{place} .hdc-status").inner_text()


def lab_truth(page):
    """What hdclib makes of the laboratory's controls."""
    kind = page.locator(f"{LAB} select").input_value()
    picture, target = hdc.signal.scene(kind)
    noisy = picture + value(page, LAB, "Noise, in %") / 100 * hdc.white_noise(picture.shape)
    output = hdc.signal.filter_image(noisy, [value(page, LAB, f"Dilation {n}") for n in (1, 2, 3)], kernel_size=3)
    errors = [float(np.sqrt(np.mean((image - target) ** 2))) for image in (noisy, output)]
    return [*errors, hdc.signal.grain(noisy), hdc.signal.grain(output), hdc.grid_energy(output)]


def check_lab(page):
    found = shown(page, LAB, "before", "after", "grainIn", "grainOut", "grid")
    truth = lab_truth(page)
    assert found == pytest.approx(truth, abs=2e-6)
    assert f"{truth[1]:.3f} away from the ideal picture" in words_of(page, LAB)
    return tuple(found)


@pytest.mark.parametrize("name", ["Noise, in %", "Dilation 1", "Dilation 2", "Dilation 3"])
def test_each_slider_of_the_laboratory_changes_the_picture(chapter, name):
    found = set()
    chapter.locator(f"{LAB} select").select_option("shapes")  # the greys repeat, so dilations 1 and 9 are alike there
    for key in ("End", "ArrowLeft", "Home", "ArrowRight"):
        slider(chapter, LAB, name).press(key)
        found.add(check_lab(chapter))
    assert len(found) >= 3


@pytest.mark.parametrize("kind", KINDS)
def test_each_picture_of_the_laboratory_is_hdclibs(chapter, kind):
    chapter.locator(f"{LAB} select").select_option(kind)
    check_lab(chapter)
    slider(chapter, LAB, "Noise, in %").press("Home")
    found = check_lab(chapter)
    if kind in ("checkerboard", "offsets"):
        assert found[3] == pytest.approx(found[2])
        slider(chapter, LAB, "Dilation 1").press("Home")
        assert check_lab(chapter)[3] < 0.4 * found[2]


def test_the_text_of_a_saved_picture_says_what_went_in(chapter):
    chapter.locator(f"{LAB} select").select_option("line")
    slider(chapter, LAB, "Noise, in %").press("Home")
    page_driver.wait_for_paint(chapter)
    told = chapter.locator(f"{LAB} canvas").get_attribute("aria-label")
    assert "Line of one pixel, noise 0 %. Dilations 2, 2, 2: " in told and told.endswith(" Kernel size 3.")


def test_arrow_keys_walk_over_the_output(chapter):
    canvas = chapter.locator(f"{LAB} canvas")
    canvas.focus()
    canvas.press("ArrowRight")
    canvas.press("ArrowLeft")
    picture, target = hdc.signal.scene("offsets")
    output = hdc.signal.filter_image(picture, [2, 2, 2], kernel_size=3)
    row, column = 23, 22
    wanted = [f"{image[row, column]:.2f}" for image in (picture, output, target)]
    told = chapter.locator(f"{LAB} .hdc-cell").inner_text()
    assert told == "Row 24, column 23: input {}, output {}, ideal {}.".format(*wanted)


def wave_dilations(page):
    return [value(page, WAVES, f"Dilation {n}") for n in range(1, value(page, WAVES, "Layers") + 1)]


@pytest.mark.parametrize("name", ["Layers", "Dilation 1", "Dilation 2", "Dilation 3"])
def test_each_slider_of_the_response_changes_it(chapter, name):
    for key in ("Home", "End", "ArrowLeft"):
        slider(chapter, WAVES, name).press(key)
        nyquist, step, lobe = shown(chapter, WAVES, "nyquist", "step", "lobe")
        dilations = wave_dilations(chapter)
        assert nyquist == pytest.approx(float(hdc.signal.frequency_response(dilations, 0.5, kernel_size=3)), abs=1e-6)
        assert step == hdc.common_divisor(dilations)
        assert lobe == pytest.approx(hdc.signal.side_lobe(dilations, kernel_size=3)[0], abs=1e-6)
        zeros = chapter.locator(WAVES).get_attribute("data-zeros").split()
        assert zeros == [str(zero) for zero in hdc.signal.response_zeros(dilations, kernel_size=3)]
        assert f"has gain {nyquist:.3f}" in words_of(chapter, WAVES).replace("−", "-")


def test_a_common_divisor_is_said_and_absent_sliders_are_hidden(chapter):
    slider(chapter, WAVES, "Layers").press("Home")
    assert not slider(chapter, WAVES, "Dilation 2").is_visible()
    slider(chapter, WAVES, "Dilation 1").press("End")
    shown(chapter, WAVES, "step")
    assert "Fault: all dilations are multiples of 9: the curve repeats every 1/9" in words_of(chapter, WAVES)


@pytest.mark.parametrize(
    ("dilations", "told"),
    [
        ("2,2,7", "Fault: the samples beside the middle one are missed"),
        ("1,2,9", "Fault: 4 holes along an axis; the samples beside the middle one are read."),
        ("1,2,6", "No fault: every sample is read."),
    ],
)
def test_the_fault_of_a_stack_is_told(visit, dilations, told):
    page = visit.open(f"{PAGE}?frequency.dilations={dilations}")
    page_driver.wait_for_paint(page)
    assert told in words_of(page, WAVES)


def test_a_negative_gain_is_told_with_the_size_that_the_curve_shows(chapter):
    for name in ("Dilation 1", "Dilation 2", "Dilation 3"):
        slider(chapter, WAVES, name).press("End")
    assert shown(chapter, WAVES, "nyquist")[0] == pytest.approx(-1 / 27, abs=1e-6)
    assert "has gain −0.037 (size 0.037)." in words_of(chapter, WAVES)
    canvas = chapter.locator(f"{WAVES} canvas")
    canvas.press("ArrowRight")  # the first key shows the cursor, in the middle
    told = chapter.locator(f"{WAVES} .hdc-cell").inner_text()
    assert told == "Frequency 36/72 = 0.500, a wave of 2.00 samples: gain −0.037 (size 0.037)."


def test_scale_and_walk_of_the_response(chapter):
    before = chapter.locator(f"{WAVES} canvas").evaluate("(canvas) => canvas.toDataURL()")
    chapter.locator(f"{WAVES} select").select_option("logarithmic")
    page_driver.wait_for_paint(chapter)
    assert chapter.locator(f"{WAVES} canvas").evaluate("(canvas) => canvas.toDataURL()") != before
    canvas = chapter.locator(f"{WAVES} canvas")
    canvas.focus()
    canvas.press("ArrowRight")
    canvas.press("Home")
    assert chapter.locator(f"{WAVES} .hdc-cell").inner_text() == "Frequency 0/72 = 0.000, a constant: gain 1.000."
    for _ in range(8):
        canvas.press("ArrowRight")
    gain = float(hdc.signal.frequency_response([1, 2, 9], 8 / 72, kernel_size=3))
    assert chapter.locator(f"{WAVES} .hdc-cell").inner_text().endswith(f"9.00 samples: gain {gain:.3f}.")


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_each_schedule_of_the_bell_through_its_depths(chapter, schedule):
    chapter.locator(f"{BELL} select").select_option(schedule)
    for key in ("Home", "ArrowRight", "End"):
        slider(chapter, BELL, "Layers").press(key)
        dilations = SCHEDULES[schedule][: value(chapter, BELL, "Layers")]
        functions = (
            hdc.signal.middle_share,
            hdc.signal.effective_inputs,
            hdc.signal.bell_distance,
            hdc.signal.largest_variance_share,
        )
        truth = [function(dilations, kernel_size=3) for function in functions]
        assert shown(chapter, BELL, "middle", "inputs", "distance", "widest") == pytest.approx(truth, abs=1e-5)
        assert f"a window of {hdc.receptive_field(dilations, kernel_size=3)} samples" in words_of(chapter, BELL)


def test_the_address_keeps_and_brings_back_the_three_widgets(chapter):
    slider(chapter, LAB, "Dilation 1").press("Home")
    chapter.locator(f"{LAB} select").select_option("line")
    slider(chapter, WAVES, "Dilation 3").press("Home")
    chapter.locator(f"{BELL} select").select_option("tripling")
    kept = {"lab.dilations": "1,2,2", "lab.kind": "line", "frequency.dilations": "1,2,1", "bell.schedule": "tripling"}
    page_driver.wait_for_address(chapter, kept)
    page_driver.come_back(chapter)
    check_lab(chapter)
    assert chapter.locator(f"{LAB} select").input_value() == "line"
    assert value(chapter, WAVES, "Dilation 3") == 1
    assert chapter.locator(BELL).get_attribute("data-dilations") == "1 3 9"


@pytest.mark.parametrize(
    ("place", "query"),
    [(LAB, "lab.kind=cat"), (LAB, "lab.noise=31"), (WAVES, "frequency.scale=<b>"), (BELL, "bell.schedules=1")],
)
def test_a_bad_address_is_refused_in_words(visit, place, query):
    name, bad = query.split("=")
    page = visit.open(f"{PAGE}?{name}={quote(bad)}")
    notice = page.locator(f"{place} .hdc-notice")
    assert "The address was not followed" in notice.inner_text()
    assert notice.locator("*").count() == 0 and visit.complaints == []


def test_questions_answer_without_a_kernel(chapter):
    first = chapter.locator(".hdc-question").first
    for given, right in (("0", "false"), ("1", "true")):
        first.get_by_role("textbox").fill(given)
        first.get_by_role("textbox").press("Enter")
        assert first.get_attribute("data-right") == right
    stack = chapter.locator(".hdc-question", has=chapter.get_by_label("Three dilations:"))
    for given, right in (("1 2 9", "false"), ("9 3 1", "true")):
        stack.get_by_role("textbox").fill(given)
        stack.get_by_role("textbox").press("Enter")
        assert stack.get_attribute("data-right") == right
