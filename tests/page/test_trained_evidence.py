"""The page of the evidence: its table leads to each section, its numbers are hdclib's, and its questions answer."""

import csv
import io

import pytest

import hdclib as hdc
from tools.driving import page_driver

PAGE = "book/trained_evidence.html"
BEFORE = "nothing", "ordinary layer"
PAIRS = ".hdc[aria-label='Two schedules, seed by seed']"


@pytest.fixture
def page(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def test_each_question_of_the_table_leads_to_a_section_of_its_own(page):
    table = page.locator("table", has_text="short answer")
    rows = table.locator("tbody tr", has=page.locator("a"))  # the others name a group
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
        ("after nothing", "after ordinary layer"),
        ("before nothing", "before stride 2"),
    ):
        assert f"{-gaps[centre.replace(old, new)]:.3f}" in words
    further = [*map(hdc.training.neighbours, BEFORE), *hdc.training.orders().values()]
    further += [hdc.training.borders(size, noise) for size, noise in ((1, 1), (1, 2), (4, 2))]
    further.append(hdc.training.joints())
    more = sum(len(scores) for found in further for scores in found.values())
    every = hdc.training.made()["networks"]
    probed = sum(len(each) for where in BEFORE for each in hdc.training.periods(where).values())
    new = sum(len(each) for found in hdc.training.new_seeds().values() for each in found.values())
    assert f"{every + more + probed + new} trainings" in words
    fields, photographs, flat = (len(hdc.training.runs(data)) for data in ("fields", "photographs", "flat"))
    named, again = fields + photographs, len(hdc.training.again())
    assert named + flat + again == every
    made = page.locator("section", has=page.locator("#trained-evidence-made")).last.inner_text()
    parts = f"{every} networks: {named} with a mean IoU, {flat} on constant pictures, {again} a second time"
    assert parts in made and f"trained {more} more" in made


def pair_shown(page):
    widget = page.locator(PAIRS)
    choices = [widget.locator("select").nth(at).input_value() for at in range(3)]
    return choices, widget.get_attribute("data-difference"), widget.locator(".hdc-status").inner_text()


def test_each_link_to_a_pair_opens_it_and_the_words_there_are_so(visit, page):
    leads = page.locator("a[href*='pair.']").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    assert len(leads) == 6 and len(set(leads)) == 5
    shown = {}
    for lead in leads:
        there = visit.open(PAGE + lead)
        (setting, *pair), difference, words = pair_shown(there)
        assert there.locator(PAIRS).get_attribute("data-setting") == setting
        shown[setting, *pair] = float(difference), words
        assert there.locator(f"{PAIRS} .hdc-notice").inner_text() == ""
    centre = hdc.training.every_seed(hdc.training.runs()[0]["condition"])
    assert shown["centre", "1 1 9", "2 2 7"][0] == pytest.approx((centre[1, 1, 9] - centre[2, 2, 7]).mean(), abs=1e-6)
    assert "They differ in paths to a neighbour and pixels read near" in shown["centre", "1 1 9", "2 2 7"][1]
    assert "None of the five counts in the table differs" in shown["centre", "1 2 3", "3 2 1"][1]
    zeros, words = shown["line-width-1-zeros-around", "1 1 12", "2 4 8"]
    assert zeros > 0.1
    assert "They differ in paths to a neighbour, pixels read near the middle and common divisor." in words
    front, words = shown["ordinary-layer-before", "1 2 9", "4 4 4"]
    assert front < 0 and "Where both learned, the mean difference is +" in words
    stride, words = shown["stride-2-before", "1 2 5", "2 2 2"]
    assert stride < 0 and "Where both learned, the mean difference is +0.017" in words


def head_of_the_pairs(page):
    """How far below the top of the window the section begins."""
    return page.locator("#any-two-schedules-seed-by-seed").evaluate("(section) => section.getBoundingClientRect().top")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_link_to_a_pair_leads_to_it_though_widgets_above_have_grown(visit, width):
    page = visit.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{visit.address}/{PAGE}?pair.first=1+1+9#any-two-schedules-seed-by-seed")
    page_driver.wait_until_ready(page)
    page_driver.wait_until_idle(page)
    assert 0 <= head_of_the_pairs(page) < 150


def test_a_reader_who_has_gone_on_is_not_led_back(visit):
    page = visit.page
    page.add_init_script(
        "addEventListener('load', () => {"
        " dispatchEvent(new WheelEvent('wheel')); scrollTo({ top: 5000, behavior: 'instant' }); })"
    )
    page.goto(f"{visit.address}/{PAGE}#any-two-schedules-seed-by-seed")
    page_driver.wait_until_ready(page)
    page_driver.wait_until_idle(page)
    assert head_of_the_pairs(page) < -1000


def test_a_copied_link_leads_to_the_section_of_the_widget(page):
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    widget = page.locator(PAIRS)
    widget.get_by_text("Save or copy").click()
    widget.get_by_role("button", name="Copy link").click()
    assert page.evaluate("window.copied").endswith("trained_evidence.html#any-two-schedules-seed-by-seed")


def test_a_pair_is_chosen_by_keyboard_and_its_rows_are_walked(page):
    widget = page.locator(PAIRS)
    first = widget.get_by_label("Dilations of the dots")
    first.focus()
    page.keyboard.press("ArrowUp")  # from 2, 2, 2
    page_driver.wait_for_paint(page)
    assert first.input_value() == "1 1 1" and "1, 1, 1 is above in" in widget.locator(".hdc-status").inner_text()
    picture = widget.locator("canvas")
    picture.focus()
    for key, start in (("Home", "Seed"), ("End", "Seed"), ("ArrowDown", "Seed")):
        picture.press(key)
        assert widget.locator(".hdc-cell").inner_text().startswith(start)
    for _ in range(9):
        picture.press("ArrowDown")
    assert widget.locator(".hdc-cell").inner_text().startswith("Mean: 1, 1, 1 0.737; 1, 2, 3 0.748; difference −0.010")


def test_settings_offer_only_what_was_trained_in_them(page):
    widget = page.locator(PAIRS)
    widget.get_by_label("Setting").select_option("photographs")
    page_driver.wait_for_paint(page)
    condition = hdc.training.runs("photographs")[0]["condition"]
    offered = (
        widget.get_by_label("Dilations of the squares")
        .locator("option:not([disabled])")
        .evaluate_all("(options) => options.map((option) => option.value)")
    )
    assert sorted(offered) == sorted(" ".join(map(str, d)) for d in hdc.training.every_seed(condition))


def test_a_setting_that_is_chosen_shows_a_pair_that_was_trained_in_it(page):
    widget = page.locator(PAIRS)
    fields = [widget.locator("select").nth(at) for at in range(3)]
    before = [field.input_value() for field in fields[1:]]
    for value in fields[0].evaluate("(select) => [...select.options].map((option) => option.value)"):
        fields[0].select_option(value)
        page_driver.wait_for_paint(page)
        (setting, *pair), difference, words = pair_shown(page)
        there = fields[1].locator("option:not([disabled])").evaluate_all("(all) => all.map((option) => option.value)")
        assert setting == value and difference and "choose" not in words and len(set(pair)) == 2 and {*pair} <= {*there}
        assert [new for new, old in zip(pair, before, strict=True) if old in there and new != old] == []
        before = pair


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


def test_how_far_training_stays_above_the_least_is_the_librarys(page):
    words = page.locator("section", has=page.locator("#trained-evidence-bound")).last.inner_text()
    for dilations, form in (((1, 2, 9), "1, 2, 9 stay {:.1f} % above"), ((1, 3, 9), "1, 3, 9, which stay {:.1f} %")):
        group = [run for run in hdc.training.runs("flat") if run["dilations"] == dilations]
        left = sum(run["noise_left"] for run in group) / len(group)
        assert form.format(100 * (left / group[0]["bound"] - 1)) in words


def test_the_links_of_another_page_lead_to_the_best_possible(visit):
    page = visit.open("book/does_it_matter.html")
    links = page.locator("a[href*='trained_evidence.html#']")
    leads = set(links.evaluate_all("(all) => all.map((one) => one.getAttribute('href').split('#')[1])"))
    assert "trained-evidence-bound" in leads
    page = visit.open(PAGE)
    assert page.locator("#trained-evidence-bound").count() == 1
