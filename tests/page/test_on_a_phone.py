"""What holds for every page of the built site on a narrow, dark screen without motion."""

import axe
import matplotlib.pyplot as plt
import pytest
import site_pages

from hdclib.figures import LEAST_TEXT, narrow_style
from tools.driving import page_driver

with narrow_style():
    NARROW_TEXT = LEAST_TEXT / 72 / plt.rcParams["figure.figsize"][0]  # a share of the width of a narrow figure
WIDE_FORMULAS = """() => [...document.querySelectorAll("div.math")].filter((formula) => {
  const frame = formula.getBoundingClientRect();
  const parts = [...formula.querySelectorAll(".katex-html .base")].map((part) => part.getBoundingClientRect());
  return !parts.length || parts.some(({ left, right }) => left < frame.left - 1 || right > frame.right + 1);
}).map((formula) => formula.id)"""

SCROLL_BARS = """() => [...document.querySelectorAll(".bd-article *")].filter((part) =>
  part.getClientRects().length && part.scrollWidth > part.clientWidth + 1
  && ["auto", "scroll"].includes(getComputedStyle(part).overflowX)
).map((part) => `${part.tagName}.${part.className} ${part.clientWidth}/${part.scrollWidth}`)"""

FIGURES = """() => Promise.all([...document.querySelectorAll(".cell_output figure img")].map(async (image) => {
  await image.decode();
  const width = image.clientWidth - 2 * parseFloat(getComputedStyle(image).paddingLeft);
  return [image.currentSrc.includes("/_images/narrow/"), width];
}))"""

WIDTHS = """() => [...document.querySelectorAll(".cell_output figure img")].map((image) => image.clientWidth).join()"""


@pytest.fixture(scope="module", params=site_pages.every_page())
def phone(request, tab):
    """Open each page once for all the tests that only look at it."""
    tab.put_back()
    tab.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    tab.page.set_viewport_size({"width": 320, "height": 844})
    tab.open(request.param)
    return tab


@pytest.mark.parametrize("width", [320, 390])
def test_text_does_not_scroll_sideways(phone, width):
    phone.page.set_viewport_size({"width": width, "height": 844})
    page_driver.wait_for_paint(phone.page)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1400])
def test_no_part_scrolls_sideways(phone, width):
    phone.page.set_viewport_size({"width": width, "height": 844})
    page_driver.wait_for_paint(phone.page)
    assert phone.page.evaluate(SCROLL_BARS) == []


def test_figures_are_narrow_and_their_words_have_10_pixels(phone):
    phone.page.set_viewport_size({"width": 390, "height": 844})
    page_driver.wait_for_paint(phone.page)
    widths = [width for narrow, width in phone.page.evaluate(FIGURES) if narrow]
    assert len(widths) == phone.page.locator(".cell_output figure").count()
    assert [width for width in widths if round(width * NARROW_TEXT, 3) < 10] == []


def test_formulas_fit(phone):
    phone.page.set_viewport_size({"width": 390, "height": 844})  # whichever test was the last on this page
    page_driver.wait_for_paint(phone.page)
    formulas = phone.page.content().count('<div class="math')
    assert phone.page.locator("div.math").count() == formulas
    assert phone.page.evaluate(WIDE_FORMULAS) == []


def test_axe_finds_no_violation(phone):
    assert phone.page.locator("html").get_attribute("data-theme") == "dark"
    assert axe.violations(phone.page) == []


def test_a_figure_is_as_wide_after_a_narrow_screen_as_before(visit):
    visit.page.set_viewport_size({"width": 1400, "height": 844})
    page = visit.open("book/output_sizes.html")
    page.evaluate(FIGURES)  # all are loaded
    before = page.evaluate(WIDTHS)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(f"(before) => ({WIDTHS})() !== before", arg=before)
    page.set_viewport_size({"width": 1400, "height": 844})
    page.wait_for_function(f"(before) => ({WIDTHS})() === before", arg=before)
