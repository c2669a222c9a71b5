"""What holds for every page of the built site, in a browser that refuses inline scripts and other hosts."""

from pathlib import Path

import pytest

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"
PAGES = sorted(str(path.relative_to(SITE)) for path in SITE.rglob("*.html") if "_static" not in path.parts)
HALF_SECOND = 500  # milliseconds, for what a page does after it is shown


@pytest.mark.parametrize("path", PAGES)
def test_page_is_quiet_and_asks_no_other_host(visit, path):
    page = visit.open(path)
    page.wait_for_timeout(HALF_SECOND)
    assert visit.complaints == []
    assert visit.failed == []
    assert visit.foreign() == []


@pytest.mark.parametrize("path", PAGES)
def test_every_widget_of_the_page_is_shown(visit, path):
    page = visit.open(path)
    views = page.locator('script[type$="widget-view+json"]').count()
    assert page.locator(".widget-subarea > div:not(:empty)").count() == views
    loaded = any("/hdc/loader.js" in url for url in visit.requests)
    assert loaded == (views > 0)


@pytest.mark.parametrize("path", PAGES)
def test_sliders_have_names_and_say_their_values(visit, path):
    handles = visit.open(path).locator(".noUi-handle")
    for handle in handles.all():
        assert handle.get_attribute("aria-label")
        assert handle.get_attribute("aria-valuetext")


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
