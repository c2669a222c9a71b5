"""The game of the opening: what is won, what is said of it, and what cannot be won."""

import itertools

import numpy as np
import pytest
from scripts import evaluate

import hdclib as hdc
from hdclib.widgets import CoverSquare
from hdclib.widgets.gridding.cover_square import SIDES

LARGEST = 12
WINS = {13: [1, 2, 3], 15: [1, 2, 4], 17: [1, 2, 5], 21: [1, 2, 7], 27: [1, 3, 9]}


def covered(dilations, side):
    """Whether one output uses every position of the middle `side`, by adding up all steps."""
    reached = {sum(steps) for steps in itertools.product(*((-d, 0, d) for d in dilations))}
    return reached >= set(range(-(side // 2), side // 2 + 1))


@pytest.fixture
def page(stage):
    stage.page.evaluate("localStorage.clear()")
    yield stage.page
    stage.page.evaluate("localStorage.clear()")


def line(page):
    return page.locator(".hdc-won").inner_text()


def test_the_page_counts_the_ways_as_adding_up_all_steps_does():
    choices = list(itertools.combinations_with_replacement(range(1, LARGEST + 1), 3))
    ways = [sum(covered(dilations, side) for dilations in choices) for side in SIDES]
    assert evaluate("gridding/cover_levels.js", f"script.waysToCover(given, {LARGEST}, 3)", list(SIDES)) == ways
    assert ways[-2:] == [1, 0] and ways == sorted(ways, reverse=True)


def test_the_facts_hold():
    assert hdc.coverage([2, 2, 2], kernel_size=3).pixels_read == 49 and 15**2 == 225
    assert [hdc.receptive_field(WINS[side], kernel_size=3) for side in (17, 21, 27)] == [17, 21, 27]
    assert (np.asarray(hdc.usage_map([1, 3, 9], kernel_size=3)) == 1).all()
    assert hdc.receptive_field([1, 2], kernel_size=3) == 7


@pytest.mark.parametrize(("side", "dilations"), WINS.items())
def test_a_covered_square_is_won_and_the_next_is_offered(stage, page, side, dilations):
    stage.show(CoverSquare(side=side))
    assert line(page) == ""
    assert stage.ask("change", ["dilations", dilations])
    level = SIDES.index(side) + 1
    assert f"✓ Level {level} of {len(SIDES)} is won." in line(page) and page.locator(".hdc-sparks i").count() > 0
    assert page.get_by_role("button", name=f"Side {side}, won").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name=f"Next: side {SIDES[level]}").press("Enter")
    assert stage.ask("state", "side") == SIDES[level]


def test_what_was_won_is_marked_on_the_next_visit_and_celebrated_once(stage, page):
    stage.show(CoverSquare(side=13, dilations=[1, 2, 3]))
    assert page.locator(".hdc-sparks").count() == 1
    stage.show(CoverSquare(side=13, dilations=[1, 2, 3]))
    assert page.locator(".hdc-sparks").count() == 0 and "is won" in line(page)
    assert page.get_by_role("button", name="Side 13, won").count() == 1


def test_the_last_square_is_never_won_and_the_reader_is_told_in_time(stage, page):
    stage.show(CoverSquare(side=29, dilations=[1, 3, 9]))
    for last in range(1, 10):
        assert "Nobody" not in line(page) or last > 8
        stage.ask("change", ["dilations", [1, 3, last]])
    assert "When are the rules right?" in line(page) and page.locator(".hdc").get_attribute("data-won") == "false"


def test_squares_that_are_no_level_are_refused():
    with pytest.raises(Exception, match="side"):
        CoverSquare(side=14)
