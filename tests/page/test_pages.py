"""What holds for every page of the built site, in a browser that refuses inline scripts and other hosts."""

import re

import axe
import pytest
import site_pages

from tools.driving import page_driver

HANDLE, TRACK = ".widget-slider .noUi-handle", ".widget-slider .noUi-target"
WITH_SLIDERS, PICTURE = ".widget-subarea:has(.widget-slider):has(.hdc)", ".widget-box .hdc-body > .hdc-picture"
CODE, NOT_PRINTED = ".bd-article pre", (".hdc-button", ".hdc-tools", ".widget-slider .slider-container")


def test_every_page_of_the_book_is_built_with_its_widgets():
    assert set(site_pages.listed()) <= set(site_pages.every_page())
    assert sorted(site_pages.with_widgets()) == sorted(site_pages.that_should_have_widgets()) != []


def test_what_the_tests_below_look_for_is_to_be_found(visit):
    page = visit.open("book/gridding.html")
    for parts in (HANDLE, TRACK, WITH_SLIDERS, PICTURE, CODE, *NOT_PRINTED):
        assert page.locator(parts).count() > 0, parts


@pytest.fixture(scope="module", params=site_pages.every_page())
def opened(request, new_visit):
    """Open each page once, as on a first visit, for all the tests that only look at it."""
    with new_visit() as visit:
        visit.open(request.param)
        visit.settle()
        yield visit


def test_every_widget_of_the_page_is_shown_and_only_then_is_their_loader(opened):
    views = opened.page.locator(page_driver.VIEW).count()
    assert opened.page.locator(".widget-subarea > div:not(:empty)").count() == views
    assert any("/loader.js" in url for url in opened.requests) == (views > 0)


SLIDERS = """handles => handles.map(handle => {
  const { height } = handle.getBoundingClientRect();
  return [handle.ariaLabel, handle.getAttribute("aria-valuetext"), handle.checkVisibility(), height];
})"""


def test_sliders_are_drawn_have_names_and_say_their_values(opened):
    for name, value, visible, height in opened.page.locator(HANDLE).evaluate_all(SLIDERS):
        assert name and value
        assert height >= 12 or not visible


def test_axe_finds_no_violation(opened):
    assert opened.page.locator("html").get_attribute("data-theme") == "light"
    assert axe.violations(opened.page) == []


@pytest.mark.parametrize("width", [1400, 320])
def test_text_does_not_scroll_sideways(opened, width):
    opened.page.set_viewport_size({"width": width, "height": 640})
    page_driver.wait_for_paint(opened.page)
    widths = opened.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1] <= width


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
    assert printed.locator(f"{CODE}:visible").evaluate_all(cut) == []


READ_BESIDE = """sliders => sliders.filter(slider => slider.checkVisibility()).map(slider =>
  [".widget-label", ".widget-readout"].every(part => slider.querySelector(part).checkVisibility()))"""


def test_a_printed_widget_is_its_picture_and_the_values_of_its_controls(printed):
    for parts in NOT_PRINTED:
        assert printed.locator(f"{parts}:visible").count() == 0, parts
    assert all(printed.locator(".widget-subarea .widget-slider").evaluate_all(READ_BESIDE))
    wide = """pictures => pictures.map(picture => {
      const frame = picture.closest(".widget-subarea").clientWidth;
      return [picture.clientWidth, Math.min(parseFloat(picture.style.maxWidth), frame - 40)];
    })"""
    for width, wanted in printed.locator(PICTURE).evaluate_all(wide):
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
    tracks, handles = (opened.page.locator(parts).evaluate_all(EDGES) for parts in (TRACK, HANDLE))
    opened.page.emulate_media(forced_colors="none")
    assert all(edge for edge, _ in tracks)
    assert all(edge and filled for edge, filled in handles)


def test_the_sliders_of_a_picture_are_in_a_group_of_its_name(opened):
    for place in opened.page.locator(WITH_SLIDERS).all():
        name = place.locator(".hdc").get_attribute("aria-label")
        group = opened.page.get_by_role("group", name=name, exact=True).and_(place)  # a name may stand twice on a page
        assert group.get_by_role("slider").count() == place.get_by_role("slider").count() > 0


def test_after_all_this_the_page_was_quiet_and_asked_no_other_host(opened):
    opened.settle()
    assert opened.complaints == []
    assert opened.failed == []
    assert opened.foreign() == []


WIDE_FIGURES = """() => Promise.all([...document.querySelectorAll(".cell_output figure img")].map(async (image) => {
  await image.decode();
  return image.currentSrc === image.src;
}))"""


def test_a_wide_screen_shows_the_figures_of_the_notebook(opened):
    opened.page.set_viewport_size({"width": 1400, "height": 900})
    page_driver.wait_for_paint(opened.page)
    assert all(opened.page.evaluate(WIDE_FIGURES))


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
