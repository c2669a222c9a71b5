"""A chapter as slides, in place: a section a slide, widgets alive, and the page as it was at the end."""

import axe
import pytest
from playwright.sync_api import expect
from site_pages import SITE, listed

from tools.driving import page_driver

TOLD = ".hdc-slides [role=status]"
ON_SCREEN = """() => {
  const below = ["", "> section ", "> section > section "].map(way => `.bd-article > section ${way}> :not(section)`);
  const box = (part) => part.querySelector(":scope > .admonition-title")?.textContent.includes("In a hurry?");
  const parts = [...document.querySelectorAll(below.join())].filter((part) => !box(part) || part.checkVisibility());
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
WALK = """async () => {
  const PARTS = "h1, h2, h3, h4, p, li, td, th, pre, summary, figcaption, button, input, select, canvas, img";
  const SCROLLERS = ".hdc-scroll, .katex-display, .pst-scrollable-table-container"; // sideways, by keyboard too
  const root = document.documentElement;
  const [article, bar] = [".bd-article", ".hdc-slides"].map((place) => root.querySelector(place));
  const told = bar.querySelector("[role=status]");
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const press = (key) => root.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const unseen = ".hdc-hidden, [aria-hidden=true]";
  const shown = (part) => part.checkVisibility() && part.clientHeight > 0 && !part.closest(unseen);
  const slides = [];
  for (let words = ""; words !== told.textContent;) {
    await painted(); // pictures of widgets take their width
    words = told.textContent;
    const free = bar.getBoundingClientRect().top - parseFloat(getComputedStyle(article).paddingTop);
    const seen = []; // from where to where of the slide, screen by screen
    do {
      const low = scrollY + bar.getBoundingClientRect().top;
      if (low <= seen.at(-1)?.[1]) break; // the last slide of all has no next one
      seen.push([scrollY, low]);
      press("PageDown");
    } while (words === told.textContent);
    if (words !== told.textContent) press("ArrowLeft");
    const [start] = seen.at(0);
    const boxes = (names) => [...article.querySelectorAll(names)].filter(shown).map((part) => {
      const { left, right, top, bottom, width, height } = part.getBoundingClientRect();
      const scrolls = part.closest(SCROLLERS) !== null;
      const down = scrollY - start;
      return { part, left, right, top: top + down, bottom: bottom + down, width, height, scrolls };
    });
    const wordsOf = (part) => part.getAttribute("alt") ?? part.ariaLabel ?? part.textContent;
    const called = ({ part }) => `${part.tagName} ${wordsOf(part)}`.slice(0, 60);
    const pictures = boxes("img, svg, canvas");
    const whole = ({ top, bottom }) => seen.some(([from, to]) => top >= from && bottom <= to);
    const gaps = seen.slice(1).filter(([from], at) => from > seen[at][1]).length;
    const out = ({ top, bottom, left, right, scrolls }) =>
      top < 0 || bottom > seen.at(-1)[1] || (!scrolls && (left < -1 || right > root.clientWidth + 1));
    const bent = ({ part, width, height }) => part.naturalWidth > 0
      && (width > part.naturalWidth + 1 || Math.abs(width * part.naturalHeight / part.naturalWidth - height) > 2);
    slides.push({
      words, gaps,
      tall: pictures.filter(({ height }) => height > free).map(called),
      cut: pictures.filter((one) => !whole(one)).map(called),
      bent: pictures.filter(bent).map(called),
      out: boxes(PARTS).filter(out).map(called),
    });
    press("ArrowRight");
  }
  return slides;
}"""
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
    page.emulate_media(reduced_motion="reduce")  # else the page may still glide to what was focused, past the place set
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


def chapters():
    return [path for path in listed() if 'class="hdc-launch"' in (SITE / path).read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", chapters())
def test_every_picture_fits_on_its_slide_and_page_down_reaches_all_of_it(visit, path):
    visit.page.set_viewport_size({"width": 1280, "height": 800})
    page = begin(visit, path)
    slides = page.evaluate(WALK)
    assert slides[-1]["words"].startswith(f"Slide {len(slides)} of {len(slides)}: ")
    nothing = {"gaps": 0, "tall": [], "cut": [], "bent": [], "out": []}
    assert [one for one in slides if one | nothing != one] == []


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


def test_the_box_for_those_in_a_hurry_is_on_no_slide_and_there_again_afterwards(visit):
    page = begin(visit, "book/gridding.html")
    box = page.locator(".admonition", has_text="In a hurry?")
    expect(page.locator(TOLD)).to_contain_text("Slide 1 of ")
    expect(box).to_be_hidden()
    page.keyboard.press("Escape")
    expect(box).to_be_visible()


def test_a_button_tells_whether_a_slide_goes_on_and_the_last_slide_stays(visit):
    page = begin(visit, "book/gridding.html#three-layers-seen-from-above")
    more = page.get_by_role("button", name="More of this slide")
    expect(more).to_have_attribute("aria-disabled", "false")
    more.press("Enter")
    assert page.evaluate("scrollY") > 100
    page.evaluate("window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    expect(more).to_have_attribute("aria-disabled", "true")
    expect(more).to_be_focused()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    words = page.locator(TOLD).inner_text()
    page.evaluate("window.scrollTo({ top: 300, behavior: 'instant' })")
    page.keyboard.press("ArrowRight")
    assert page.locator(TOLD).inner_text() == words and page.evaluate("scrollY") == 300


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
