"""A page whose scripts do not run: each widget leaves its first picture or its question, and says why."""

import pytest
import site_pages
from bs4 import BeautifulSoup

from tools.driving import hosts, page_driver

PAGES = site_pages.that_should_have_widgets()
CHAPTER = "book/gridding.html"
STILL, NO_SCRIPT = ".hdc-still", "Your browser runs no JavaScript."
PICTURES = """places => places.map((place) => [...place.querySelectorAll(".hdc-picture canvas")]
  .filter((canvas) => canvas.checkVisibility()).map((canvas) => canvas.ariaLabel))"""
DRAWN = "images => images.length > 0 && images.every((image) => image.naturalWidth > 0)"


def stills(path):
    """What waits in the text of a page for each widget: None beside a result that is told by the page itself."""
    tree = BeautifulSoup((site_pages.SITE / path).read_text(encoding="utf-8"), "html.parser")
    beside = [view.next_sibling for view in tree.select(page_driver.VIEW)]
    return [still if still and still.name == "noscript" else None for still in beside]


def kept(path):
    """How many widgets of a page leave something."""
    return sum(still is not None for still in stills(path))


@pytest.mark.parametrize("path", PAGES)
def test_each_picture_is_the_one_that_the_widget_starts_with_in_words_too(visit, path):
    page = visit.open(path)
    page_driver.wait_for_paint(page)
    shown = page.locator(".widget-subarea").evaluate_all(PICTURES)
    assert not any("/stills/" in url for url in visit.requests)  # nobody loads both
    waiting = stills(path)
    assert len(waiting) == len(shown) and waiting.count(None) <= 1
    for still, labels in zip(waiting, shown, strict=True):
        picture = still and still.find("img")
        assert bool(picture) == bool(labels), labels
        assert still is None or still.get_text(strip=True)
        for label in labels:
            assert label.split(". ", 1)[1] in picture["alt"]


def test_without_scripts_they_stand_in_the_page(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{CHAPTER}")
    assert page.locator(STILL).count() == kept(CHAPTER)
    assert page.locator(f"{STILL} img").evaluate_all(DRAWN)
    lines = page.locator(f"{STILL} .hdc-why")
    assert set(lines.evaluate_all("all => all.map((line) => line.querySelector('span').textContent)")) == {NO_SCRIPT}
    assert lines.evaluate_all("all => all.every((line) => line.checkVisibility())")
    context.close()


def test_opened_from_a_disk_they_stand_in_the_page(chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.goto((site_pages.SITE / CHAPTER).as_uri())
    page.get_by_text("opened from a disk").first.wait_for()
    assert page.locator(STILL).count() == kept(CHAPTER)
    page.wait_for_function(f"() => ({DRAWN})([...document.querySelectorAll('{STILL} img')])")
    context.close()


def test_a_frame_that_keeps_scripts_out_says_so(fresh_visit, tmp_path):
    source = f"{fresh_visit.address}/{CHAPTER}"
    (tmp_path / "course.html").write_text(f'<iframe sandbox="allow-scripts" src="{source}"></iframe>', encoding="utf-8")
    with hosts.static_host(tmp_path) as course:
        fresh_visit.page.goto(f"{course}/course.html")
        said = fresh_visit.page.frame_locator("iframe").get_by_text("The frame around this page keeps its scripts out")
        said.first.wait_for()
        assert said.count() > 0


def test_a_widget_whose_script_is_missing_leaves_its_picture_beside_the_reason(fresh_visit):
    page = fresh_visit.page
    page.route("**/gridding/usage_map.js", lambda route: route.abort())
    page.goto(f"{fresh_visit.address}/{CHAPTER}")
    page_driver.wait_until_ready(page)
    assert page.locator(".hdc-widget-failed").count() == page.locator(f"{STILL} img").count() == 1
    assert "Usage map" in page.locator(f"{STILL} img").get_attribute("alt")


def test_a_loader_that_is_missing_leaves_them_all(fresh_visit):
    page = fresh_visit.page
    page.route("**/loader.js*", lambda route: route.abort())
    page.goto(f"{fresh_visit.address}/{CHAPTER}")
    page.get_by_text("Its script did not arrive").first.wait_for()
    assert page.locator(STILL).count() == kept(CHAPTER)
