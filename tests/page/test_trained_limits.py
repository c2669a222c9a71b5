"""The page of what no training can change: its numbers are hdclib's, and its question answers without a kernel."""

import pytest

import hdclib as hdc

PAGE = "book/trained_limits.html"


@pytest.fixture
def page(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def test_the_shares_in_the_text_are_the_librarys(page):
    words = page.locator("section", has=page.locator("#trained-evidence-bound")).last.inner_text()
    for dilations, form in (((1, 2, 9), "Dilations 1, 2, 9 stay {:.1f} % above"), ((1, 3, 9), "1, 3, 9 stay {:.1f} %")):
        group = [run for run in hdc.training.runs("flat") if run["dilations"] == dilations]
        left = sum(run["noise_left"] for run in group) / len(group)
        assert form.format(100 * (left / group[0]["bound"] - 1)) in words


def test_the_links_of_another_page_lead_to_its_sections(visit):
    page = visit.open("book/does_it_matter.html")
    links = page.locator("a[href*='trained_limits.html#']")
    leads = set(links.evaluate_all("(all) => all.map((one) => one.getAttribute('href').split('#')[1])"))
    assert leads == {"trained-evidence-bound"}
    page = visit.open(PAGE)
    assert page.locator("#trained-evidence-bound").count() == 1


def test_the_question_answers_without_a_kernel(page):
    first = page.locator(".hdc-question").first
    wrong = {"0.143": "noise of 1", "0.29": "three decimals", "0.2866": "equal average", "1/3": "equal average"}
    wrong |= {"1/0": "Type a number", "two": "Type a number"}
    for given, words in wrong.items():
        first.get_by_role("textbox").fill(given)
        first.get_by_role("textbox").press("Enter")
        assert first.get_attribute("data-right") == "false", given
        reply = first.locator(".hdc-reply").inner_text()
        assert words in reply and "2/7" not in reply
    for given, right in ((str(round(2 / 7, 3)), "true"), ("0,2857", "true"), ("2/7", "true"), ("2 / 8", "false")):
        first.get_by_role("textbox").fill(given)
        first.get_by_role("textbox").press("Enter")
        assert first.get_attribute("data-right") == right
