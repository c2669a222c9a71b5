"""hdclib/widgets/kit/parts.js, choices.js and models.js: what is set, told and taken back; without a browser."""

import pytest

from hdclib.widgets import CoverSquare, OrderComparer, PoolsOut, UsageMap


def test_reset_takes_each_trait_back_and_the_warning_away(node_page):
    node_page.show(CoverSquare(side=15, key="mine"), "?mine.side=14")
    assert "mine.side=14 is not one of 13, 15" in node_page.told()["notice"]
    node_page.set(side=27, dilations=[1, 3, 9])
    node_page.ask("press", name="Reset")
    told = node_page.told()
    assert (told["state"]["side"], told["state"]["dilations"], told["notice"]) == (15, [2, 2, 2], "")


def test_many_changes_at_once_are_one_redraw_and_the_words_are_read_aloud_after_a_pause(node_page):
    node_page.show(CoverSquare())
    first = node_page.told()
    assert first["aloud"] == ""
    node_page.ask("drawn")
    node_page.set(side=15, dilations=[1, 2, 4])
    assert [call[0] for call in node_page.ask("drawn")].count("clearRect") == 1
    assert node_page.told()["words"] != first["words"] and node_page.told()["aloud"] == ""
    node_page.ask("frames", count=30)
    assert node_page.told()["aloud"] == node_page.told()["words"]


def test_a_closed_widget_lets_go_of_its_model(node_page):
    for widget in (CoverSquare(), UsageMap(), OrderComparer(first=[1], second=[2])):
        node_page.show(widget)
        assert node_page.told()["listening"] > 0 and node_page.ask("closed") == 0


@pytest.mark.parametrize("place", [0, 4])
def test_a_choice_sets_its_own_entry_of_a_list_and_tells_python(node_page, place):
    node_page.show(PoolsOut())
    node_page.ask("fill", name=f"Pool {place + 1}", value="dilate")
    wanted = ["keep"] * 5
    wanted[place] = "dilate"
    assert node_page.told()["state"]["pools"] == wanted and node_page.told()["saves"] == 1
    assert [f"Pool {place + 1}", "dilate"] in node_page.told()["fields"]


def test_all_values_within_the_bounds_can_be_chosen_unless_they_are_held_back(node_page):
    shown = node_page.run("hdclib/widgets/kit/choices.js", """
        const { choiceField } = await load();
        const model = { get: (name) => (name === "bounds" ? { size: { min: 2, max: 5 } } : 3) };
        const { select, show } = choiceField(model, "size", "Size");
        const seen = () => [[...select.options].map((one) => [Number(one.value), one.disabled]), select.value];
        const before = seen();
        show([2, 5]);
        return [before, seen()];
    """)  # fmt: skip
    free = [[[value, False] for value in range(2, 6)], "3"]
    assert shown == [free, [[[value, value in (3, 4)] for value in range(2, 6)], "3"]]


def test_what_is_as_it_was_is_not_told_to_python(node_page):
    node_page.show(PoolsOut())
    node_page.ask("press", name="VGG16")
    assert node_page.told()["saves"] == 0
    node_page.ask("press", name="Remove all")
    assert node_page.told()["saves"] == 1 and node_page.told()["state"]["pools"] == ["remove"] * 5


def test_a_new_length_of_a_list_leads_to_its_top_layer_and_a_new_entry_does_not(node_page):
    node_page.show(UsageMap(dilations=[2, 2, 2], seen_from=2))
    node_page.set(dilations=[2, 1, 2])
    assert node_page.told()["state"]["seen_from"] == 2
    node_page.set(dilations=[2, 1])
    assert node_page.told()["state"]["seen_from"] == 3


def test_a_link_to_the_state_is_offered_on_the_site_alone(node_page):
    for search, offered in (("", True), (None, False)):
        node_page.show(CoverSquare(key="mine"), search)
        assert ("Copy link" in [field[0] for field in node_page.told()["fields"]]) == offered
