"""What helps a reader through a chapter: minutes, routes, predictions, closed boxes and proofs, solved exercises."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tools.driving import page_driver
from tools.notebooks import notebook_form

CHAPTERS = [path.stem for path in notebook_form.chapters(Path(__file__).resolve().parents[2])]
LOOKED_UP = {"trained_evidence", "published_networks"}  # who comes with a question is not asked one
MINUTES = re.compile(r"^(\d+) minutes to read")


def minutes_of(page):
    return int(MINUTES.match(page.locator(".hdc-minutes").inner_text())[1])


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_tells_its_minutes_and_gives_nothing_away(visit, name):
    page = visit.open(f"book/{name}.html")
    assert 3 <= minutes_of(page) <= 40
    box = page.locator(".admonition", has=page.locator(".admonition-title", has_text="In a hurry?"))
    assert box.count() == 1
    if name != "index":
        assert not box.locator("p:not(.admonition-title)").first.is_visible()
        box.locator(".admonition-title").click()
        assert box.locator("p:not(.admonition-title)").first.is_visible()
    asked, told = page.locator(".hdc-prediction"), page.locator(".hdc-outcome")
    assert asked.count() == told.count() and (asked.count() == 0) == (name in LOOKED_UP)
    assert all(re.fullmatch(r"You made no prediction at the top\. \S.*\.", words) for words in told.all_inner_texts())
    if name not in LOOKED_UP:
        first, last = (place.bounding_box()["y"] for place in (asked.first, told.first))
        assert first < last
    assert visit.complaints == []


def test_the_short_route_leads_from_chapter_to_chapter_and_takes_about_an_hour(visit):
    page, name, total = visit.open("book/index.html"), "index", 0
    told = int(re.search(r"about (\d+) minutes", page.locator("#two-routes").inner_text())[1])
    while True:
        total += minutes_of(page)
        following = page.locator(".hdc-minutes a")
        if following.count() == 0:
            break
        page = visit.open(f"book/{following.get_attribute('href')}")
        name = following.page.url
    assert total == told and 45 <= total <= 75 and "designing" in name


def test_a_guess_comes_back_beside_its_result_and_after_a_reload(visit):
    page = visit.open("book/gridding.html")
    asked = page.locator(".hdc-prediction")
    asked.get_by_role("textbox").fill("49")
    asked.get_by_role("textbox").press("Enter")
    words = "Your prediction: 49. Not one is shared: the second output uses 49 others."
    expect(page.locator(".hdc-outcome")).to_have_text(words)
    page.reload()
    page_driver.wait_until_ready(page)
    expect(page.locator(".hdc-outcome")).to_have_text(words)
    assert visit.complaints == [] and visit.foreign() == []


def test_solved_exercises_are_counted_and_kept(visit):
    page = visit.open("book/gridding.html")
    line = page.locator(".hdc-solved")
    expect(line).to_contain_text("Solved: 0 of 5.")
    question = page.locator(".hdc-question").first
    question.get_by_role("textbox").fill("25")
    question.get_by_role("textbox").press("Enter")
    expect(line).to_contain_text("Solved: 1 of 5.")
    page.reload()
    page_driver.wait_until_ready(page)
    expect(line).to_contain_text("Solved: 1 of 5.")
    assert question.get_by_role("textbox").input_value() == "25"


@pytest.mark.parametrize("name", ["rule_distance", "rules_sawtooth_divisor", "rules_and_truth"])
def test_a_proof_opens_with_one_click_and_by_keyboard(visit, name):
    page = visit.open(f"book/{name}.html")
    proofs = page.locator("details.hdc-proof")
    assert proofs.count() >= 1
    for number in range(proofs.count()):
        inside = proofs.nth(number).locator(".proof p").first
        assert not inside.is_visible()
        proofs.nth(number).locator("summary").press("Enter")
        assert inside.is_visible()


def test_a_closed_part_opens_with_one_click_by_keyboard_and_by_a_link_into_it(visit):
    page = visit.open("book/rules_and_truth.html")
    parts = page.locator("details.hdc-closed")
    assert parts.count() >= 4
    first = parts.first
    assert not first.locator("table").is_visible()
    first.locator("summary").first.press("Enter")
    assert first.locator("table").is_visible()
    equation = page.locator("details.hdc-closed div.math").first
    assert not equation.is_visible()
    page.evaluate("(id) => { window.location.hash = id; }", equation.get_attribute("id"))  # as a link does
    expect(equation).to_be_visible()
    page = visit.open(f"book/rules_and_truth.html#{equation.get_attribute('id')}")
    expect(page.locator("details.hdc-closed div.math").first).to_be_visible()
    assert visit.complaints == []


def test_the_opening_game_is_won_by_keyboard(visit):
    page = visit.open("book/index.html")
    game = page.locator(".hdc[aria-label='Cover the square']")
    for number, dilation in enumerate((1, 2, 3), start=1):
        handle = page_driver.handle(page, ".hdc[aria-label='Cover the square']", f"Dilation {number}")
        handle.press("Home")
        for _ in range(dilation - 1):
            handle.press("ArrowRight")
    expect(game.locator(".hdc-won")).to_contain_text("✓ Level 1 of 6 is won.")
    game.get_by_role("button", name="Next: side 15").press("Enter")
    expect(game).to_have_attribute("data-won", "false")
    assert game.get_by_role("button", name="Side 15").get_attribute("aria-pressed") == "true"
    assert visit.complaints == []
