"""The chapter of trained networks: every choice of the viewer, its numbers held against hdclib."""

from urllib.parse import quote

import pytest

import hdclib as hdc
from hdclib.widgets.training.trained_viewer import CONDITIONS, SCHEDULES, VIEWS
from tools.driving import page_driver

PAGE = "book/trained_networks.html"
VIEWER = ".hdc[aria-label='Trained networks']"
CHOICES = "Condition", "Dilations on the left", "Dilations on the right", "Show"


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def field(page, name):
    return page.locator(f"{VIEWER} label", has_text=name).locator("select")


def choose(page, name, value):
    field(page, name).select_option(value)
    page_driver.wait_for_paint(page)


def chosen(page):
    return [field(page, name).input_value() for name in CHOICES]


def listed(schedule):
    return schedule.replace(" ", ", ")


def dilations_of(schedule):
    return tuple(map(int, schedule.split()))


def check_viewer(page):
    condition, *schedules, view = chosen(page)
    keywords = CONDITIONS[condition]
    _, truth, predicted = hdc.training.pictures(**keywords)
    known = [schedule for schedule in schedules if dilations_of(schedule) in predicted]
    wrong = [predicted[dilations_of(schedule)] != truth for schedule in known]
    data = page.locator(VIEWER).evaluate("(el) => ({ ...el.dataset })")
    assert [float(share) for share in data["share"].split()] == pytest.approx([w.mean() for w in wrong], abs=2e-6)
    grids = [hdc.grid_energy(image) for image in wrong]
    assert [float(grid) for grid in data["grid"].split()] == pytest.approx(grids, abs=2e-6)
    words = page.locator(f"{VIEWER} .hdc-status").inner_text()
    assert words.count("were not trained in this condition") == len(schedules) - len(known)
    for schedule in known:
        mean, half_width = hdc.training.scores(**keywords)[dilations_of(schedule)]["mean_iou"]
        assert f"Dilations {listed(schedule)}: " in words and f"mean IoU {mean:.3f} ± {half_width:.3f}" in words
    assert data["view"] == view


def picture_of(page):
    return page.locator(f"{VIEWER} canvas").evaluate("(canvas) => canvas.toDataURL()")


# How many colours each pixel of the picture at the upper left, the first prediction, has on the screen.
COLOURS_OF_PIXELS = """(canvas) => {
  const side = 48, gap = 14, label = 22, { width, height } = canvas;
  const cell = Math.floor((width - gap) / 2 / side);
  const [left, top] = [Math.round((width - 2 * side * cell - gap) / 2), label];
  const copy = Object.assign(document.createElement("canvas"), { width, height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const coloursOf = (row, column) => {
    const { data } = context.getImageData(left + column * cell, top + row * cell, cell, cell);
    return new Set(Array.from({ length: cell * cell }, (_, at) => data.slice(4 * at, 4 * at + 4).join(" "))).size;
  };
  return Array.from({ length: side }, (_, row) => Array.from({ length: side }, (_, column) => coloursOf(row, column)));
}"""


@pytest.mark.parametrize("width", [320, 390, 1400])
def test_a_mark_is_seen_and_so_is_what_it_marks(visit, width):
    visit.page.set_viewport_size({"width": width, "height": 844})
    page = visit.open(PAGE)
    _, truth, predicted = hdc.training.pictures()
    found = page.locator(f"{VIEWER} canvas").evaluate(COLOURS_OF_PIXELS)
    assert found == (1 + (predicted[2, 2, 2] != truth)).tolist()


@pytest.mark.parametrize("condition", CONDITIONS)
def test_each_condition_shows_what_was_trained_in_it(chapter, condition):
    before = picture_of(chapter)
    choose(chapter, "Condition", condition)
    check_viewer(chapter)
    assert (picture_of(chapter) == before) == (condition == "centre")


def test_a_schedule_that_was_not_trained_is_said_and_cannot_be_chosen(chapter):
    choose(chapter, CHOICES[1], "2 4 8")
    choose(chapter, "Condition", "after")
    check_viewer(chapter)
    words = chapter.locator(f"{VIEWER} .hdc-status").inner_text()
    assert "Dilations 2, 4, 8 were not trained in this condition" in words and "Dilations 1, 2, 3: " in words
    options = field(chapter, CHOICES[2]).locator("option:not([disabled])")
    values = options.evaluate_all("(all) => all.map((one) => one.value)")
    assert [dilations_of(value) for value in values] == list(hdc.training.scores(after="ordinary layer"))
    canvas = chapter.locator(f"{VIEWER} canvas")
    canvas.focus()
    canvas.press("ArrowRight")
    told = chapter.locator(f"{VIEWER} .hdc-cell").inner_text()
    assert "1, 2, 3 says " in told and "2, 4, 8" not in told


@pytest.mark.parametrize("side", CHOICES[1:3])
def test_each_schedule_can_stand_on_either_side(chapter, side):
    seen = set()
    for schedule in SCHEDULES:
        choose(chapter, side, schedule)
        check_viewer(chapter)
        seen.add(picture_of(chapter))
    assert len(seen) == len(SCHEDULES)


def test_wrong_pixels_can_be_seen_alone(chapter):
    pictures = set()
    for view in VIEWS:
        choose(chapter, "Show", view)
        check_viewer(chapter)
        pictures.add(picture_of(chapter))
    assert len(pictures) == len(VIEWS)


def test_a_choice_is_made_by_keyboard(chapter):
    select = field(chapter, "Dilations on the left")
    select.focus()
    select.press("ArrowDown")
    page_driver.wait_for_paint(chapter)
    assert chosen(chapter)[1] == "1 2 3"
    check_viewer(chapter)


def test_arrow_keys_walk_over_the_pixels(chapter):
    canvas = chapter.locator(f"{VIEWER} canvas")
    canvas.focus()
    canvas.press("ArrowRight")
    canvas.press("ArrowLeft")
    told = chapter.locator(f"{VIEWER} .hdc-cell").inner_text()
    given, truth, predicted = hdc.training.pictures()
    names = "line", "ground", "blob"
    row, column = (int(word.rstrip(",:")) - 1 for word in (told.split()[1], told.split()[3]))
    said = [f"{listed(s)} says {names[predicted[tuple(map(int, s.split()))][row, column]]}" for s in ("2 2 2", "1 2 3")]
    assert told.endswith(f"truth {names[truth[row, column]]}; {'; '.join(said)}.")
    shown = float(told.split("about ")[1].split(",")[0].replace("−", "-"))
    assert shown == pytest.approx(min(3.5, max(-4, given[row, column])), abs=0.26)


def test_the_address_keeps_and_brings_back_the_choices(chapter):
    for name, value in zip(CHOICES, ("photograph", "1 2 5", "1 2 9", "errors"), strict=True):
        choose(chapter, name, value)
    page_driver.wait_for_address(chapter, {"trained.condition": "photograph", "trained.view": "errors"})
    page_driver.come_back(chapter)
    assert chosen(chapter) == ["photograph", "1 2 5", "1 2 9", "errors"]
    check_viewer(chapter)


@pytest.mark.parametrize("query", ["trained.condition=loud", "trained.first=2 2", "trained.pictures=1"])
def test_a_bad_address_is_refused_in_words(visit, query):
    name, bad = query.split("=")
    page = visit.open(f"{PAGE}?{name}={quote(bad)}")
    assert "The address was not followed" in page.locator(f"{VIEWER} .hdc-notice").inner_text()
    assert visit.complaints == []


def test_questions_answer_without_a_kernel(chapter):
    last = chapter.locator(".hdc-question").last
    largest = max(d for d in range(1, 10) if hdc.is_hole_free([1, d, d, d], kernel_size=3))
    wrong = {"2": "That leaves no hole.", "4": "1, 4, 4, 4", "9": "Count from the picture on", "two": "Type a number"}
    for given, words in wrong.items():
        last.get_by_role("textbox").fill(given)
        last.get_by_role("textbox").press("Enter")
        assert last.get_attribute("data-right") == "false", given
        assert words in last.locator(".hdc-reply").inner_text()
    last.get_by_role("textbox").fill(str(largest))
    last.get_by_role("textbox").press("Enter")
    assert last.get_attribute("data-right") == "true"


def test_the_link_behind_the_result_shows_the_two_behind_an_ordinary_layer(chapter):
    chapter.get_by_role("link", name="the two behind an ordinary layer").click()
    page_driver.wait_until_ready(chapter)
    assert chosen(chapter) == ["ordinary", "2 2 2", "1 2 3", "errors"]
    check_viewer(chapter)
