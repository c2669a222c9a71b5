"""hdclib/widgets/kit/address.js: what an address may say of a state, and what is written there; without a browser."""

import pytest

from hdclib.widgets import CoverSquare, LatticeViewer, SizeCalculator, UsageMap


def refused(page, widget, search):
    page.show(widget, search)
    return page.told()["notice"]


def test_an_address_is_followed_whole_or_not_at_all(node_page):
    widget = UsageMap(key="mine")
    node_page.show(widget, "?mine.kernel_size=5&mine.dilations=9,1&mine.seen_from=2&other.kernel_size=2&kernel_size=2")
    state = node_page.told()["state"]
    assert (state["kernel_size"], state["dilations"], state["seen_from"]) == (5, [9, 1], 2)
    notice = refused(node_page, widget, "?mine.kernel_size=5&mine.dilations=10,1")
    assert "mine.dilations=10,1 is not 1 to 4 whole numbers from 1 to 9" in notice
    assert node_page.told()["state"]["kernel_size"] == 3


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("mine.kernel_size=6", "mine.kernel_size=6 is not a whole number from 2 to 5"),
        ("mine.kernel_size=1", "mine.kernel_size=1 is not"), ("mine.kernel_size=2.0", "is not a whole number"),
        ("mine.dilations=1,1,1,1,1", "is not 1 to 4 whole numbers"), ("mine.dilations=", "is not 1 to 4"),
        ("mine.colour=red", "mine.colour=red is not known here"),
    ],
)  # fmt: skip
def test_what_is_not_allowed_is_refused_in_words(node_page, search, words):
    assert words in refused(node_page, UsageMap(key="mine"), f"?{search}")


def test_both_ends_of_a_range_are_allowed(node_page):
    for size in (2, 5):
        assert refused(node_page, UsageMap(key="mine"), f"?mine.kernel_size={size}") == ""
        assert node_page.told()["state"]["kernel_size"] == size


def test_only_what_differs_from_the_page_is_written(node_page):
    node_page.show(CoverSquare(key="mine"), "?kept=1")
    node_page.set(side=15, dilations=[1, 2, 4])
    node_page.ask("frames", count=20)
    assert node_page.told()["search"] == "?kept=1&mine.side=15&mine.dilations=1%2C2%2C4"
    node_page.set(side=13)
    node_page.ask("frames", count=20)
    assert node_page.told()["search"] == "?kept=1&mine.dilations=1%2C2%2C4"


def test_names_from_before_lists_were_lists_mean_their_own_place_and_give_way_to_the_list(node_page):
    widget = LatticeViewer(key="mine")
    former = widget.bounds["dilations"]["formerly"]["entry"]
    node_page.show(widget, f"?mine.{former}_1=3&mine.{former}_3=7")
    assert node_page.told()["state"]["dilations"] == [3, widget.dilations[1], 7]
    node_page.set(repeats=2)
    node_page.ask("frames", count=20)
    search = node_page.told()["search"]
    assert f"{former}_1" not in search and "mine.repeats=2" in search


def test_outside_the_site_no_address_is_followed_or_written(node_page):
    node_page.show(CoverSquare(key="mine"), None)
    node_page.set(side=15)
    node_page.ask("frames", count=20)
    assert node_page.told()["search"] == "" and node_page.told()["notice"] == ""


def test_lists_are_set_before_what_depends_on_their_length(node_page):
    node_page.show(UsageMap(key="mine"), "?mine.seen_from=5&mine.dilations=1,1,1,1")
    assert [name for name, _ in node_page.told()["sets"]].index("dilations") == 0
    assert node_page.told()["state"]["seen_from"] == 5


def test_options_and_truth_values_are_read_by_their_names(node_page):
    search = "?mine.operation=pool&mine.ceil_mode=true"
    node_page.show(SizeCalculator(key="mine"), search)
    assert node_page.told()["state"]["operation"] == "pool" and node_page.told()["state"]["ceil_mode"] is True
    assert "is not one of" in refused(node_page, SizeCalculator(key="mine"), "?mine.operation=pooling")
