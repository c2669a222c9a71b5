"""The chapter on frequencies: each control moved by keyboard, the numbers shown held against hdclib."""

from urllib.parse import quote

import pytest

import hdclib as hdc
from hdclib.widgets.signal.bell_curve import SCHEDULES
from tools.driving import page_driver
from tools.driving.page_driver import handle, shown, value, words

PAGE = "book/frequencies.html"
WAVES, BELL = (f".hdc[aria-label='{name}']" for name in ("Frequency response", "Usage counts and the bell"))


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def wave_dilations(page):
    return [value(page, WAVES, f"Dilation {n}") for n in range(1, value(page, WAVES, "Layers") + 1)]


@pytest.mark.parametrize("name", ["Layers", "Dilation 1", "Dilation 2", "Dilation 3"])
def test_each_slider_of_the_response_changes_it(chapter, name):
    for key in ("Home", "End", "ArrowLeft"):
        handle(chapter, WAVES, name).press(key)
        nyquist, step, lobe = shown(chapter, WAVES, "nyquist", "step", "lobe")
        dilations = wave_dilations(chapter)
        assert nyquist == pytest.approx(float(hdc.signal.frequency_response(dilations, 0.5, kernel_size=3)), abs=1e-6)
        assert step == hdc.common_divisor(dilations)
        assert lobe == pytest.approx(hdc.signal.side_lobe(dilations, kernel_size=3)[0], abs=1e-6)
        zeros = chapter.locator(WAVES).get_attribute("data-zeros").split()
        assert zeros == [str(zero) for zero in hdc.signal.response_zeros(dilations, kernel_size=3)]
        assert f"has gain {nyquist:.3f}" in words(chapter, WAVES).replace("−", "-")


def test_a_common_divisor_is_said_and_absent_sliders_are_hidden(chapter):
    handle(chapter, WAVES, "Layers").press("Home")
    assert not handle(chapter, WAVES, "Dilation 2").is_visible()
    handle(chapter, WAVES, "Dilation 1").press("End")
    shown(chapter, WAVES, "step")
    assert "Fault: all dilations are multiples of 9: the curve repeats every 1/9" in words(chapter, WAVES)


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
    assert told in words(page, WAVES)


def test_a_negative_gain_is_told_with_the_size_that_the_curve_shows(chapter):
    for name in ("Dilation 1", "Dilation 2", "Dilation 3"):
        handle(chapter, WAVES, name).press("End")
    assert shown(chapter, WAVES, "nyquist")[0] == pytest.approx(-1 / 27, abs=1e-6)
    assert "has gain −0.037 (size 0.037)." in words(chapter, WAVES)
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
    gain = float(hdc.signal.frequency_response([1, 2, 7], 8 / 72, kernel_size=3))
    assert chapter.locator(f"{WAVES} .hdc-cell").inner_text().endswith(f"9.00 samples: gain {gain:.3f}.")


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_each_schedule_of_the_bell_through_its_depths(chapter, schedule):
    chapter.locator(f"{BELL} select").select_option(schedule)
    for key in ("Home", "ArrowRight", "End"):
        handle(chapter, BELL, "Layers").press(key)
        dilations = SCHEDULES[schedule][: value(chapter, BELL, "Layers")]
        functions = (
            hdc.signal.middle_share,
            hdc.signal.effective_inputs,
            hdc.signal.bell_distance,
            hdc.signal.largest_variance_share,
        )
        truth = [function(dilations, kernel_size=3) for function in functions]
        assert shown(chapter, BELL, "middle", "inputs", "distance", "widest") == pytest.approx(truth, abs=1e-5)
        assert f"a window of {hdc.receptive_field(dilations, kernel_size=3)} samples" in words(chapter, BELL)


def test_what_the_chapter_asks_to_try_is_what_it_tells(chapter):
    handle(chapter, WAVES, "Dilation 1").press("ArrowRight")
    assert wave_dilations(chapter) == [2, 2, 7]
    assert shown(chapter, WAVES, "lobe") == pytest.approx([0.616], abs=5e-4)
    handle(chapter, WAVES, "Dilation 3").press("ArrowRight")
    assert wave_dilations(chapter) == [2, 2, 8]
    assert shown(chapter, WAVES, "lobe", "step") == [1, 2]


def test_the_address_keeps_and_brings_back_both_widgets(chapter):
    handle(chapter, WAVES, "Dilation 3").press("Home")
    chapter.locator(f"{BELL} select").select_option("tripling")
    page_driver.wait_for_address(chapter, {"frequency.dilations": "1,2,1", "bell.schedule": "tripling"})
    page_driver.come_back(chapter)
    assert value(chapter, WAVES, "Dilation 3") == 1
    assert chapter.locator(BELL).get_attribute("data-dilations") == "1 3 9"


@pytest.mark.parametrize(("place", "query"), [(WAVES, "frequency.scale=<b>"), (BELL, "bell.schedules=1")])
def test_a_bad_address_is_refused_in_words(visit, place, query):
    name, bad = query.split("=")
    page = visit.open(f"{PAGE}?{name}={quote(bad)}")
    notice = page.locator(f"{place} .hdc-notice")
    assert "The address was not followed" in notice.inner_text()
    assert notice.locator("*").count() == 0 and visit.complaints == []


def test_questions_answer_without_a_kernel(chapter):
    for label, wrong, right in (("Gain:", "0", "1"), ("Last dilation:", "7", "5")):
        question = chapter.locator(".hdc-question", has=chapter.get_by_label(label))
        for given, told in ((wrong, "false"), (right, "true")):
            question.get_by_role("textbox").fill(given)
            question.get_by_role("textbox").press("Enter")
            assert question.get_attribute("data-right") == told
