"""What holds for every page of the built site, in a browser that refuses inline scripts and other hosts."""

import re
from pathlib import Path

import page_driver
import pytest

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"
PAGES = sorted(str(path.relative_to(SITE)) for path in SITE.rglob("*.html") if "_static" not in path.parts)
HALF_SECOND = 500  # milliseconds, for what a page does after it is shown


@pytest.fixture(scope="module", params=PAGES)
def opened(request, new_visit):
    """Open each page once for all the tests that only look at it."""
    with new_visit() as visit:
        visit.open(request.param).wait_for_timeout(HALF_SECOND)
        yield visit


def test_page_is_quiet_and_asks_no_other_host(opened):
    assert opened.complaints == []
    assert opened.failed == []
    assert opened.foreign() == []


def test_every_widget_of_the_page_is_shown_and_only_then_is_their_loader(opened):
    views = opened.page.locator('script[type$="widget-view+json"]').count()
    assert opened.page.locator(".widget-subarea > div:not(:empty)").count() == views
    assert any("/hdc/loader.js" in url for url in opened.requests) == (views > 0)


def test_sliders_are_drawn_have_names_and_say_their_values(opened):
    for handle in opened.page.locator(".noUi-handle").all():
        assert handle.get_attribute("aria-label")
        assert handle.get_attribute("aria-valuetext")
        if handle.is_visible():
            assert handle.bounding_box()["height"] >= 12


def test_text_does_not_scroll_sideways_on_a_narrow_screen(opened):
    opened.page.set_viewport_size({"width": 320, "height": 640})
    widths = opened.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1]


@pytest.fixture
def printed(opened):
    """Return an opened page as it is printed on A4, and put it back afterwards."""
    opened.page.set_viewport_size({"width": 718, "height": 1047})
    opened.page.emulate_media(media="print")
    page_driver.wait_for_paint(opened.page)
    yield opened.page
    opened.page.emulate_media(media="screen")


def test_code_and_results_are_printed_whole(printed):
    cut = "blocks => blocks.filter(block => block.scrollWidth > block.clientWidth).map(block => block.textContent)"
    assert printed.locator(".bd-article pre:visible").evaluate_all(cut) == []


def test_a_printed_widget_is_its_picture_and_the_values_of_its_controls(printed):
    for parts in (".hdc-button", ".hdc-tools", ".widget-slider .slider-container"):
        assert not any(part.is_visible() for part in printed.locator(parts).all()), parts
    for slider in printed.locator(".widget-subarea .widget-slider:visible").all():
        assert slider.locator(".widget-label").is_visible() and slider.locator(".widget-readout").is_visible()
    wide = """pictures => pictures.map(picture => {
      const frame = picture.closest(".widget-subarea").clientWidth;
      return [picture.clientWidth, Math.min(parseFloat(picture.style.maxWidth), frame - 40)];
    })"""
    for width, wanted in printed.locator(".widget-box .hdc-body > .hdc-picture").evaluate_all(wide):
        assert width >= wanted


EDGES = """parts => {
  const ground = getComputedStyle(document.body).backgroundColor;
  return parts.map(part => {
    const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(part);
    return [parseFloat(borderTopWidth) >= 1 && borderTopColor !== ground, backgroundColor !== ground];
  });
}"""


def test_a_slider_keeps_its_track_and_handle_in_forced_colours(opened):
    opened.page.emulate_media(forced_colors="active")
    tracks = opened.page.locator(".widget-slider .noUi-target").evaluate_all(EDGES)
    handles = opened.page.locator(".widget-slider .noUi-handle").evaluate_all(EDGES)
    opened.page.emulate_media(forced_colors="none")
    assert all(edge for edge, _ in tracks)
    assert all(edge and filled for edge, filled in handles)


def test_the_sliders_of_a_picture_are_in_a_group_of_its_name(opened):
    for place in opened.page.locator(".widget-subarea:has(.widget-slider):has(.hdc)").all():
        name = place.locator(".hdc").get_attribute("aria-label")
        sliders = opened.page.get_by_role("group", name=name, exact=True).get_by_role("slider")
        assert sliders.count() == place.get_by_role("slider").count() > 0


SCROLLED = """figures => figures.map(figure => [
  figure.scrollWidth > figure.clientWidth, figure.tabIndex === 0,
  getComputedStyle(figure.querySelector("figcaption"), "::before").content.includes("\u2194"),
  figure.querySelector("figcaption").getBoundingClientRect().right <= innerWidth,
])"""


def test_a_figure_wider_than_a_phone_says_so_and_can_be_scrolled_by_keyboard(visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("book/gridding.html")
    figures = page.locator(".cell_output figure:has(figcaption)")
    assert [all(found) for found in figures.evaluate_all(SCROLLED)] == [True] * figures.count() != []
    first = figures.first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("figure => figure.scrollLeft > 0", arg=first.element_handle())
    page.set_viewport_size({"width": 1400, "height": 900})
    page_driver.wait_for_paint(page)
    assert not any(any(found[:3]) for found in figures.evaluate_all(SCROLLED))


def test_sizes_and_short_stacks_stay_in_one_line(visit):
    visit.page.set_viewport_size({"width": 320, "height": 640})
    page = visit.open("book/gridding.html")
    together = page.locator(".bd-article .hdc-together")
    words = together.all_inner_texts()
    assert "2, 2, 2" in words and any("×" in word for word in words)
    assert together.evaluate_all("parts => Math.max(...parts.map(part => part.getClientRects().length))") == 1
    assert page.locator("pre .hdc-together, code .hdc-together").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_mode_follows_the_system_before_the_first_paint(visit, scheme):
    visit.page.emulate_media(color_scheme=scheme)
    page = visit.open("book/index.html")
    assert page.locator("html").get_attribute("data-theme") == scheme


def test_mode_button_changes_and_keeps_the_mode(visit):
    page = visit.open("book/index.html")
    page.locator(".theme-switch-button").first.click()
    chosen = page.locator("html").get_attribute("data-mode")
    assert chosen in ("light", "dark")
    page.reload()
    assert page.locator("html").get_attribute("data-mode") == chosen


def test_search_finds_a_word_without_another_host(visit):
    page = visit.open("search.html?q=dilated")
    page.wait_for_selector("#search-results li")
    assert visit.foreign() == []
    assert visit.complaints == []


def test_first_tab_stop_skips_to_the_text(visit):
    page = visit.open("book/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"


def test_the_book_on_one_page_prints_on_one_page(visit):
    printed = visit.open("book/one_page.html").pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


@pytest.mark.parametrize("path", [path for path in PAGES if 'class="math' in (SITE / path).read_text(encoding="utf-8")])
def test_formulas_fit_a_phone(visit, path):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    wide = """() => [...document.querySelectorAll("div.math")].filter((formula) => {
      const frame = formula.getBoundingClientRect();
      return [...formula.querySelectorAll(".katex-html .base")].some((part) => {
        const { left, right } = part.getBoundingClientRect();
        return left < frame.left - 1 || right > frame.right + 1;
      });
    }).map((formula) => formula.id)"""
    assert visit.open(path).evaluate(wide) == []
