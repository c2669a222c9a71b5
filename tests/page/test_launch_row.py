"""The row of links under the title of a chapter, on the built page."""

from pathlib import Path

import hdc_launch
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ROW = "nav.hdc-launch"
REPOSITORY = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"]["url"]
BINDER = ["Open in Binder"] if hdc_launch.is_set(REPOSITORY) else []
WORDS = ["Run in the browser", *BINDER, "Download the notebook"]


@pytest.fixture
def chapter(visit):
    return visit.open("book/gridding.html")


def test_the_row_stands_under_the_title_and_says_where_it_leads(chapter):
    row = chapter.locator("h1 + .hdc-minutes + nav.hdc-launch")
    assert [link.strip() for link in row.locator("a").all_inner_texts()] == WORDS
    assert row.get_attribute("aria-label")


def test_binder_opens_the_repository_of_the_settings_once_it_is_there(chapter):
    made = [hdc_launch.binder_address(REPOSITORY, "main", "book/gridding.ipynb")] if BINDER else []
    links = chapter.get_by_role("link", name="Open in Binder").all()
    assert [link.get_attribute("href") for link in links] == made


def test_the_links_are_reached_by_keyboard_and_are_large_enough(chapter):
    chapter.locator(f"{ROW} a").first.focus()
    for words in WORDS[1:]:
        chapter.keyboard.press("Tab")
        assert chapter.evaluate("document.activeElement.innerText").strip() == words
    assert all(link.bounding_box()["height"] >= 24 for link in chapter.locator(f"{ROW} a").all())


@pytest.mark.parametrize("name", ["gridding", "coursework/sizes"])
def test_the_download_is_the_notebook_and_the_only_one(visit, name):
    page = visit.open(f"book/{name}.html")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the notebook").click()
    assert download.value.path().read_bytes() == (ROOT / "book" / f"{name}.ipynb").read_bytes()
    assert page.locator("article a[download], article a.download").count() == 1


def test_pages_that_are_no_notebooks_have_no_row(visit):
    assert visit.open("book/bibliography.html").locator(ROW).count() == 0
