"""The page of the evidence: its table leads to each section, its numbers are hdclib's, and its questions answer."""

import csv
import io

import pytest

import hdclib as hdc

PAGE = "book/trained_evidence.html"


@pytest.fixture
def page(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def test_each_question_of_the_table_leads_to_a_section_of_its_own(page):
    table = page.locator("table", has_text="short answer")
    rows = table.locator("tbody tr")
    leads = [rows.nth(at).locator("a").get_attribute("href") for at in range(rows.count())]
    assert len(leads) == len(set(leads)) >= 15
    headings = page.evaluate(
        "(ids) => ids.map(id => document.getElementById(id)?.closest('section')?.querySelector('h2')?.textContent)",
        [lead.removeprefix("#") for lead in leads],
    )
    assert None not in headings and len(set(headings)) == len(headings)


def test_the_short_answers_are_the_librarys(page):
    words = page.locator("table", has_text="short answer").inner_text()
    gaps = {
        test["condition"]: test["difference"]
        for test in hdc.comparisons()
        if (test["first"], test["second"]) == ((2, 2, 2), (1, 2, 3))
    }
    centre = hdc.training.runs()[0]["condition"]
    for old, new in (
        ("500 steps", "1500 steps"),
        ("after nothing", "after ordinary layer"),
        ("before nothing", "before stride 2"),
    ):
        assert f"{-gaps[centre.replace(old, new)]:.3f}" in words
    further = [*map(hdc.training.neighbours, ("nothing", "ordinary layer")), *hdc.training.orders().values()]
    more = sum(len(scores) for found in further for scores in found.values())
    every = hdc.training.made()["networks"]
    assert f"{every + more} trainings" in words
    fields, photographs, flat = (len(hdc.training.runs(data)) for data in ("fields", "photographs", "flat"))
    named, again = fields + photographs, len(hdc.training.again())
    assert named + flat + again == every
    made = page.locator("section", has=page.locator("#trained-evidence-made")).last.inner_text()
    parts = f"{every} networks: {named} with a mean IoU, {flat} on constant pictures, {again} a second time"
    assert parts in made and f"trained {more} more" in made


def test_questions_answer_without_a_kernel(page):
    first = page.locator(".hdc-question").first
    wrong = {"0.0004": "before the correction", "0.04": "three decimals", "1": "how many chances"}
    wrong |= {"1/0": "Type a number", "two": "Type a number"}
    for given, words in wrong.items():
        first.get_by_role("textbox").fill(given)
        first.get_by_role("textbox").press("Enter")
        assert first.get_attribute("data-right") == "false", given
        reply = first.locator(".hdc-reply").inner_text()
        assert words in reply and "0.036" not in reply
    for given, right in (("0.036", "true"), ("0,0360", "true"), ("0.037", "false")):
        first.get_by_role("textbox").fill(given)
        first.get_by_role("textbox").press("Enter")
        assert first.get_attribute("data-right") == right


def test_the_table_of_every_run_opens_by_keyboard(page):
    run = hdc.training.runs("flat")[-1]
    table = page.locator("table", has_text="one number a seed")
    assert not table.is_visible()
    page.locator("details.hdc-closed", has=table).locator("> summary").press("Enter")
    assert table.is_visible() and f"{run['noise_left']:.4f}" in table.inner_text()
    further = [hdc.training.neighbours("ordinary layer")[4, 4, 4], hdc.training.orders().popitem()[1][5, 3, 2, 1]]
    for scores in (hdc.training.neighbours()[1, 9, 9], *further):
        assert " ".join(f"{score:.4f}" for score in scores) in table.inner_text()


def test_the_file_beside_the_table_holds_the_scores_of_the_library(page):
    links = page.locator("a[download][href$='.csv']")
    assert links.count() == 2 and len({links.nth(at).get_attribute("href") for at in (0, 1)}) == 1
    with page.expect_download() as waiting:
        page.get_by_role("link", name="all scores as a CSV file").click()
    assert waiting.value.suggested_filename == "trained_scores.csv"
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text(encoding="utf-8"))))
    centre = {name: str(value) for name, value in hdc.training.conditions()[0].items()}
    told = {tuple(map(int, row["dilations"].split())): row for row in rows if centre.items() <= row.items()}
    assert {d: (float(row["mean_iou"]), float(row["mean_iou_half_width"])) for d, row in told.items()} == {
        d: found["mean_iou"] for d, found in hdc.scores().items()
    }
