"""The chapter on the signal view: each control moved by keyboard, the numbers shown held against hdclib."""

from urllib.parse import quote

import numpy as np
import pytest

import hdclib as hdc
from hdclib.signal.pictures import KINDS
from tools.driving import page_driver
from tools.driving.page_driver import handle, shown, value, words

PAGE = "book/does_it_matter.html"
LAB = ".hdc[aria-label='Picture laboratory']"


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


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
    assert f"{truth[1]:.3f} away from the ideal picture" in words(page, LAB)
    return tuple(found)


@pytest.mark.parametrize("name", ["Noise, in %", "Dilation 1", "Dilation 2", "Dilation 3"])
def test_each_slider_of_the_laboratory_changes_the_picture(chapter, name):
    found = set()
    chapter.locator(f"{LAB} select").select_option("shapes")  # the greys repeat, so dilations 1 and 9 are alike there
    for key in ("End", "ArrowLeft", "Home", "ArrowRight"):
        handle(chapter, LAB, name).press(key)
        found.add(check_lab(chapter))
    assert len(found) >= 3


@pytest.mark.parametrize("kind", KINDS)
def test_each_picture_of_the_laboratory_is_hdclibs(chapter, kind):
    chapter.locator(f"{LAB} select").select_option(kind)
    check_lab(chapter)
    handle(chapter, LAB, "Noise, in %").press("Home")
    found = check_lab(chapter)
    if kind in ("checkerboard", "offsets"):
        assert found[3] == pytest.approx(found[2])
        handle(chapter, LAB, "Dilation 1").press("Home")
        assert check_lab(chapter)[3] < 0.4 * found[2]


def test_the_text_of_a_saved_picture_says_what_went_in(chapter):
    chapter.locator(f"{LAB} select").select_option("line")
    handle(chapter, LAB, "Noise, in %").press("Home")
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


def test_the_address_keeps_and_brings_back_the_laboratory(chapter):
    handle(chapter, LAB, "Dilation 1").press("Home")
    chapter.locator(f"{LAB} select").select_option("line")
    page_driver.wait_for_address(chapter, {"lab.dilations": "1,2,2", "lab.kind": "line"})
    page_driver.come_back(chapter)
    check_lab(chapter)
    assert chapter.locator(f"{LAB} select").input_value() == "line"
    assert value(chapter, LAB, "Dilation 1") == 1


@pytest.mark.parametrize("query", ["lab.kind=cat", "lab.noise=31"])
def test_a_bad_address_is_refused_in_words(visit, query):
    name, bad = query.split("=")
    page = visit.open(f"{PAGE}?{name}={quote(bad)}")
    notice = page.locator(f"{LAB} .hdc-notice")
    assert "The address was not followed" in notice.inner_text()
    assert notice.locator("*").count() == 0 and visit.complaints == []


def test_questions_answer_without_a_kernel(chapter):
    number = chapter.locator(".hdc-question", has=chapter.get_by_label("Equal inputs:"))
    stack = chapter.locator(".hdc-question", has=chapter.get_by_label("Three dilations:"))
    for question, given, right in (
        (number, "7", "false"),
        (number, "5.17", "true"),
        (stack, "1 2 9", "false"),
        (stack, "9 3 1", "true"),
    ):
        question.get_by_role("textbox").fill(given)
        question.get_by_role("textbox").press("Enter")
        assert question.get_attribute("data-right") == right
