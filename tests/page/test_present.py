"""A chapter as slides, in place: a section a slide, widgets alive, and the page as it was at the end."""

import axe
import pytest
from playwright.sync_api import expect
from site_pages import SITE

from tools.driving import page_driver

TOLD = ".hdc-slides [role=status]"
ON_SCREEN = """() => {
  const below = ["", "> section ", "> section > section "].map(way => `.bd-article > section ${way}> :not(section)`);
  const parts = [...document.querySelectorAll(below.join())];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return { shown: parts.map(part => part.matches("[data-off-slide]") ? 0 : 1), wide };
}"""
PAGE = """() => ({
  article: document.querySelector(".bd-article").outerHTML,
  top: window.scrollY,
  address: window.location.href,
  beside: document.querySelector(".bd-sidebar-primary").scrollTop,
  focused: document.activeElement.outerHTML,
  presenting: "presenting" in document.documentElement.dataset,
  bars: document.querySelectorAll(".hdc-slides").length,
})"""
IS_AS = f"before => JSON.stringify(({PAGE})()) === JSON.stringify(before)"


def begin(visit, path):
    page = visit.open(path)
    page.get_by_role("button", name="Present", exact=True).press("Enter")
    return page


@pytest.mark.parametrize("name", ["rule_distance", "misconceptions", "coursework/sizes"])
def test_each_part_of_a_chapter_is_on_one_slide(visit, name):
    page = begin(visit, f"book/{name}.html")
    number = int(page.locator(TOLD).inner_text().split(":")[0].split(" of ")[1])
    headings = page.locator(".bd-article :is(h1, h2, h3)")
    assert 4 < number <= headings.count()
    seen = []
    for at in range(1, number + 1):
        page_driver.wait_for_paint(page)
        heading = page.locator(".bd-article :is(h1, h2, h3):visible").last
        expect(page.locator(TOLD)).to_contain_text(f"Slide {at} of {number}: ")
        assert heading.evaluate("part => part === document.activeElement")
        found = page.evaluate(ON_SCREEN)
        assert found["wide"] == 0 and page.evaluate("scrollY") == 0
        seen.append(found["shown"])
        page.keyboard.press("ArrowRight")
    assert {sum(part) for part in zip(*seen, strict=True)} == {1}
    page.keyboard.press("ArrowLeft")
    expect(page.locator(TOLD)).to_contain_text(f"Slide {number - 1} of {number}: ")
    assert visit.complaints == []


@pytest.mark.parametrize("leave", ["Escape", "End"])
def test_the_end_brings_the_page_back_as_it_was(visit, leave):
    page = visit.open("book/rule_distance.html?walk.dilations=1,3,9")
    page.locator("details.hdc-proof > summary").first.press("Enter")
    page.locator("details.hdc-code > summary").nth(1).press("Enter")
    page.locator(".bd-sidebar-primary").evaluate("part => part.scrollTo(0, 60)")
    page.evaluate("window.scrollTo({ top: 2345, behavior: 'instant' })")
    page_driver.wait_for_paint(page)
    before = page.evaluate(PAGE)
    assert before["top"] > 1000 and before["beside"] == 60
    page.locator(".hdc-present").evaluate("button => button.click()")
    assert page.locator("details.hdc-code[open]").count() == 0
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        page_driver.wait_for_paint(page)
    assert page.evaluate(PAGE) != before
    if leave == "End":
        page.get_by_role("button", name="End the slides").click()
    else:
        page.keyboard.press("Escape")
    page.wait_for_function(IS_AS, arg=before)
    page.keyboard.press("ArrowRight")
    page_driver.wait_for_paint(page)
    assert page.evaluate(PAGE) == before


def test_arrows_belong_to_the_focused_control(visit):
    page = begin(visit, "book/gridding.html#gridding-try")
    words = page.locator(TOLD).inner_text()
    assert words.endswith(": Try it")
    place = ".hdc[aria-label='Usage map']"
    for _ in range(2):
        page_driver.handle(page, place, "Dilation 1").press("ArrowLeft")
    assert page_driver.value(page, place, "Dilation 1") == 1
    assert page_driver.data(page, place, "counts") == "1 1 3 2 5 3 5 2 3 1 1"
    canvas = page.locator(f"{place} canvas")
    for key in ("ArrowRight", "ArrowLeft", "PageDown"):
        canvas.press(key)
    canvas.press("Escape")  # leaves the cell
    page.locator(f"{place} input[type=range]").press("ArrowLeft")
    assert page.locator(TOLD).inner_text() == words
    page.locator(f"{place} .hdc-play").press("ArrowRight")  # a button has no use for it
    assert page.locator(TOLD).inner_text() != words
    page.keyboard.press("ArrowLeft")
    canvas.press("Escape")
    expect(page.locator(".hdc-slides")).to_have_count(0)
    assert page_driver.value(page, place, "Dilation 1") == 1 and visit.complaints == []


def test_page_down_shows_the_rest_of_a_long_section_first(visit):
    page = begin(visit, "book/gridding.html#three-layers-seen-from-above")
    words = page.locator(TOLD).inner_text()
    page.keyboard.press("PageDown")
    assert page.evaluate("scrollY") > 100 and page.locator(TOLD).inner_text() == words
    page.evaluate("window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    page.keyboard.press("PageDown")
    assert page.locator(TOLD).inner_text() != words and page.evaluate("scrollY") == 0
    page.keyboard.press("PageUp")
    assert page.locator(TOLD).inner_text() == words


def test_a_link_to_another_part_leads_to_its_slide(visit):
    page = begin(visit, "book/rule_distance.html#why-the-first-dilation-is-1")
    page.locator(".bd-article a[href='#equation-eq-rule-distance']:visible").first.click()
    expect(page.locator(TOLD)).to_contain_text(": The formula")
    assert page.locator("#equation-eq-rule-distance").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_slides_are_for_everyone_and_leave_print_alone(visit, width, scheme):
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.page.emulate_media(color_scheme=scheme)
    page = begin(visit, "book/gridding.html")
    size = "part => parseFloat(getComputedStyle(part).fontSize)"
    assert page.locator(".bd-article p:visible").first.evaluate(size) >= 16
    assert page.locator(".bd-article p:visible").nth(1).evaluate(size) >= 18
    assert axe.violations(page) == []
    for name in ("Next slide", "Previous slide", "End the slides"):
        button = page.get_by_role("button", name=name)
        assert button.bounding_box()["height"] >= 24
    page.get_by_role("button", name="Next slide").press("Enter")
    expect(page.locator(TOLD)).to_contain_text("Slide 2 of ")
    expect(page.get_by_role("button", name="Next slide")).to_be_focused()
    page.emulate_media(media="print")
    assert page.locator(".bd-article h2:visible").count() == page.locator(".bd-article h2").count()
    assert not page.locator(".hdc-slides").is_visible()


def test_without_a_script_there_is_no_button():
    assert "hdc-present" not in (SITE / "book" / "gridding.html").read_text(encoding="utf-8")


def test_a_page_without_a_row_loads_nothing_for_slides(visit):
    page = visit.open("book/bibliography.html")
    assert page.locator(".hdc-present").count() == 0
    assert [url for url in visit.requests if "present." in url] == []
