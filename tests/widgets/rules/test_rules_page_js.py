"""hdclib/widgets/rules/*.js: stacks in their turn, the reason of a rule, a choice of schedules; without a browser."""

import json
import re

import pytest

import hdclib as hdc
from hdclib.widgets import Designer, DistanceWalk, OrderComparer, PredictDistance, ReachBuilder, RuleExplorer

STACKS = [[1, 2, 5], [2, 3], [1, 2, 9]]


def test_each_stack_has_its_turn_and_the_first_comes_after_the_last(node_page):
    node_page.show(PredictDistance(stacks=STACKS))
    seen = [node_page.told()["data"]["stack"]]
    for _ in STACKS:
        node_page.ask("press", name="Next stack")
        seen.append(node_page.told()["data"]["stack"])
    assert seen == ["1 2 5", "2 3", "1 2 9", "1 2 5"]


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (1, "The rule accepts, and there are no holes."), (2, "The rule accepts, and yet there are holes."),
        (3, "The rule rejects, and there are holes."),
    ],
)  # fmt: skip
def test_m2_is_asked_for_and_the_chain_that_gives_it_is_told(node_page, turn, words):
    node_page.show(PredictDistance(stacks=STACKS, turn=turn))
    wrong, right = "77", str(hdc.second_distance(STACKS[turn - 1]))
    for given, expected in ((wrong, ["✗ Not yet."]), ("x", ["Type a whole number first."]), (right, ["✓ Right."])):
        node_page.ask("fill", name="M₂ =", value=given)
        node_page.ask("submit")
        assert node_page.told()["reply"][:1] == expected
    assert node_page.told()["reply"][-1] == words


@pytest.mark.parametrize("rule", ["distance", "repaired"])
@pytest.mark.parametrize("kernel_size", [2, 4, 5])
def test_the_reason_of_a_verdict_is_the_rules_own_distance(node_page, rule, kernel_size):
    node_page.show(RuleExplorer(rule=rule, kernel_size=kernel_size, layers="3", largest=9, order="any"))
    node_page.ask("frames", count=200)
    told = node_page.told()
    stack = [int(part) for part in (told["data"]["acceptance"] or told["data"]["rejection"]).split()]
    assert told["data"]["done"] == "true" and stack
    distance = hdc.second_distance(stack) if rule == "distance" else hdc.rules.gap_chain(stack, kernel_size)[1]
    assert f"M₂ = {distance} is" in told["words"]


@pytest.mark.parametrize("shown", ["acceptance", "rejection"])
def test_the_table_and_the_words_are_those_of_the_survey(node_page, shown):
    node_page.show(RuleExplorer(kernel_size=2, layers="3", largest=6, order="any", shown=shown))
    node_page.ask("frames", count=200)
    found, told = hdc.survey("distance", 2, depths=[3], largest=6, order="any"), node_page.told()
    mark = {True: "✗", False: "✓"}
    assert told["rows"][1:] == [
        ["accepted", f"✓ {found.right_acceptances}", f"{mark[found.false_acceptances > 0]} {found.false_acceptances}"],
        ["rejected", f"{mark[found.false_rejections > 0]} {found.false_rejections}", f"✓ {found.right_rejections}"],
    ]
    smallest = getattr(found, f"smallest_false_{shown}")
    assert f"false {shown}: {smallest}" in told["words"] and found.false_acceptances and found.false_rejections


def test_a_chosen_schedule_is_drawn_and_another_design_begins_with_its_first(node_page):
    node_page.show(Designer(depth=3, target=13))
    first, second = (tuple(map(int, one)) for one in json.loads(node_page.told()["data"]["schedules"]))
    assert [one.dilations for one in hdc.design(13, depth=3, kernel_size=3)] == [first, second]
    node_page.ask("fill", name=", ".join(map(str, second)), value="on")
    assert node_page.told()["state"]["choice"] == 2
    assert node_page.told()["data"]["chosen"] == " ".join(map(str, second))
    node_page.set(target=15)
    assert node_page.told()["state"]["choice"] == 1


def listed(told):
    """The rows of the list by their dilations, and which of them is chosen."""
    rows = [tuple(map(int, row[0].split(", "))) for row in told["rows"][1:]]
    marked = [name for name, *value in told["fields"] if value == [True]]
    return rows, [tuple(map(int, name.split(", "))) for name in marked]


@pytest.mark.parametrize("rank", ["evenness", "squares", "nearness"])
def test_the_list_leads_page_by_page_through_all_schedules_as_the_library_sorts_them(node_page, rank):
    every = [one.dilations for one in hdc.design(63, 5, 3, rank)]
    node_page.show(Designer(depth=5, target=63, rank=rank))
    seen = []
    for page in range(14):
        rows, marked = listed(node_page.told())
        assert marked == rows[:1] and node_page.told()["state"]["choice"] == 8 * page + 1
        seen += rows
        node_page.ask("press", name="Next 8")
    assert seen == every and len(every) == 108 and len(rows) == 4
    assert node_page.told()["state"]["choice"] == 105  # the last page has no next one
    node_page.ask("press", name="Previous 8")
    assert listed(node_page.told())[0] == every[96:104]


def test_the_arrow_keys_lead_over_the_ends_of_a_page_and_are_the_browsers_within_it(node_page):
    every = [", ".join(map(str, one.dilations)) for one in hdc.design(63, 5, 3)]
    node_page.show(Designer(depth=5, target=63))

    def pressed(at, key):
        taken = node_page.ask("key", name=every[at], key=key)
        return taken, node_page.told()["state"]["choice"]

    assert pressed(0, "ArrowUp") == (True, 1)  # nothing stands before the first
    assert pressed(3, "ArrowDown") == (False, 1)
    assert pressed(7, "ArrowDown") == (True, 9)
    assert pressed(9, "ArrowUp") == (False, 9) and pressed(9, "a") == (False, 9)
    assert pressed(8, "ArrowLeft") == (True, 8)


def test_the_column_that_sorts_holds_what_the_library_counts(node_page):
    node_page.show(Designer(depth=4, target=31, rank="squares"))
    rows = [(row[0], row[1], int(row[2]), row[3]) for row in node_page.told()["rows"][1:]]
    assert rows == [
        (", ".join(map(str, one.dilations)), f"{one.evenness:.1%}".replace("%", " %"), one.squares,
         "yes" if one.passes_m2 else "no")
        for one in hdc.design(31, 4, 3, rank="squares")[:8]
    ]  # fmt: skip
    assert f"sum of squares {rows[0][2]}" in node_page.told()["words"]


def test_a_choice_from_python_turns_to_its_page_and_one_too_far_is_the_last(node_page):
    every = [one.dilations for one in hdc.design(63, 5, 3, "squares")]
    node_page.show(Designer(depth=5, target=63, rank="squares", choice=16))
    assert listed(node_page.told()) == (every[8:16], [every[15]])
    node_page.set(choice=17)
    assert listed(node_page.told()) == (every[16:24], [every[16]])
    node_page.set(choice=18)
    assert listed(node_page.told()) == (every[16:24], [every[17]])
    node_page.ask("fill", name=", ".join(map(str, every[20])), value="on")
    assert node_page.told()["state"]["choice"] == 21 and listed(node_page.told()) == (every[16:24], [every[20]])
    node_page.set(choice=20_000)
    assert listed(node_page.told()) == (every[104:], [every[107]])
    node_page.set(rank="evenness")
    assert node_page.told()["state"]["choice"] == 1
    assert node_page.told()["data"]["chosen"] == " ".join(map(str, hdc.design(63, 5, 3)[0].dilations))


def test_a_stack_typed_is_taken_or_refused_with_its_reason(node_page):
    node_page.show(OrderComparer(first=[1, 2], second=[2, 1]))
    node_page.ask("fill", name="Stack A", value="3, 1, 2")
    assert node_page.told()["state"]["first"] == [3, 1, 2] and node_page.told()["saves"] == 1
    node_page.ask("fill", name="Stack B", value="0, 1")
    assert node_page.told()["state"]["second"] == [2, 1]


@pytest.mark.parametrize("dilations", [[1, 2, 5], [1, 2, 9], [2, 3], [3, 2, 1]])
def test_the_walk_tells_the_chain_and_the_verdict_of_hdclib(node_page, dilations):
    chain = hdc.distance_chain(dilations)
    gaps = hdc.rules.descent_gaps(dilations, 3)
    for step in range(1, len(dilations) + 1):
        node_page.show(DistanceWalk(dilations=dilations, step=step))
        told = node_page.told()
        number = len(dilations) + 1 - step
        here = chain[number - 1]
        assert told["data"]["layer"] == str(number) and told["data"]["gap"] == str(gaps[number - 1])
        assert f" = {here.distance}. Counted" in told["words"]
        winners = [int(row[2].replace("−", "-")) for row in told["rows"][1:] if row[3]]
        assert set(winners) == {here.distance}
    right = (chain[1].distance <= 3) == hdc.is_hole_free(dilations, 3)
    assert f"The rule is {'right' if right else 'wrong'} here." in told["words"]


@pytest.mark.parametrize(("dilations", "words"), [([1, 3], "They touch"), ([1, 2], "They overlap"), ([1, 4], "open 1")])
def test_the_copies_touch_overlap_or_leave_samples_open(node_page, dilations, words):
    node_page.show(ReachBuilder(dilations=dilations, step=2))
    node_page.ask("key", key="ArrowDown")
    spoken = [node_page.told()["spoken"]]
    node_page.ask("key", key="ArrowUp")
    spoken.append(node_page.told()["spoken"])
    assert any(words in one for one in spoken), spoken
    assert re.search(r"\d+ copies of a run", " ".join(spoken))
