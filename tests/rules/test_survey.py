from functools import reduce
from itertools import combinations, combinations_with_replacement, product
from math import gcd

import pytest
from brute_force import longest_step, reached_by

import hdclib as hdc
from hdclib.rules.surveys import DEMANDS, RULES

#: kernel size → (false acceptances, false rejections) of M_2 <= K, dilations up to 30, 2 to 4 layers.
KNOWN = {
    ("sorted", "none"): {2: (122, 0), 3: (322, 0), 5: (2056, 672), 7: (5491, 937)},
    ("sorted", "first"): {2: (61, 0), 3: (0, 0), 5: (0, 672), 7: (0, 937)},
    ("sorted", "divisor"): {2: (100, 0), 3: (278, 0), 5: (1867, 672), 7: (4936, 937)},
    ("any", "none"): {2: (3126, 246), 3: (8108, 3539), 5: (28169, 25574), 7: (60561, 41412)},
    ("any", "first"): {2: (64, 86), 3: (0, 981), 5: (0, 7120), 7: (0, 11427)},
}


def distance_by_hand(dilations):
    """M_2 of the paper, straight from its formula."""
    after = dilations[-1]
    for rate in reversed(dilations[1:-1]):
        after = max(after - 2 * rate, after - 2 * (after - rate), rate)
    return after


def repaired_by_hand(dilations, size):
    """The bound on the gap of layers 2 to n, with all K - 1 steps of a kernel of size K."""
    after = dilations[-1]
    for rate in reversed(dilations[1:-1]):
        after = max(after - (size - 1) * rate, rate)
    return after


BY_HAND = {
    "repaired": lambda dilations, size: repaired_by_hand(dilations, size) <= size,
    "distance": lambda dilations, size: distance_by_hand(dilations) <= size,
    "divisor": lambda dilations, size: reduce(gcd, dilations) == 1,
    "coprime": lambda dilations, size: all(gcd(*pair) == 1 for pair in combinations(dilations, 2)),
    "largest": lambda dilations, size: max(dilations) <= size,
    "exact": lambda dilations, size: longest_step(reached_by([(size, d, 1) for d in dilations])) == 1,
}
WANTED = {
    "none": lambda dilations: True,
    "first": lambda dilations: dilations[0] == 1,
    "divisor": lambda dilations: reduce(gcd, dilations) == 1,
}


def survey_by_hand(rule, size, largest, order, demand):
    """The four counts and the two smallest stacks, one stack at a time."""
    stacks = []
    for depth in (2, 3):
        numbers = range(1, largest + 1)
        stacks += product(numbers, repeat=depth) if order == "any" else combinations_with_replacement(numbers, depth)
    found = {(accepted, free): [] for accepted in (True, False) for free in (True, False)}
    for stack in stacks:
        if WANTED[demand](stack):
            found[BY_HAND[rule](stack, size), BY_HAND["exact"](stack, size)].append(stack)
    counts = [len(found[key]) for key in ((True, True), (True, False), (False, True), (False, False))]
    small = [min(found[key], key=lambda s: (len(s), sum(s), s), default=None) for key in ((True, False), (False, True))]
    return counts, [stack and list(stack) for stack in small]


@pytest.mark.parametrize(("order", "demand"), KNOWN, ids="-".join)
def test_the_known_table_of_the_papers_rule(order, demand):
    for size, known in KNOWN[order, demand].items():
        found = hdc.survey("distance", size, order=order, demand=demand)
        assert (found.false_acceptances, found.false_rejections) == known
    stacks = {("sorted", "none"): 46345, ("any", "none"): 837900, ("any", "first"): 27930}
    assert found.stacks == stacks.get((order, demand), found.stacks)


def test_the_repaired_rule_is_exact_in_rising_order_with_a_1_in_front():
    for size in range(2, 10):
        found = hdc.survey("repaired", size, demand="first")
        assert (found.false_acceptances, found.false_rejections) == (0, 0)
        assert hdc.survey("repaired", size, largest=12, order="any", demand="first").false_acceptances == 0


def test_the_known_numbers_of_the_folk_rules():
    folk = {rule: hdc.survey(rule, 3) for rule in ("divisor", "coprime", "largest")}
    counts = {rule: (found.false_acceptances, found.false_rejections) for rule, found in folk.items()}
    assert counts == {"divisor": (41119, 0), "coprime": (5353, 164), "largest": (12, 234)}
    assert folk["divisor"].smallest_false_acceptance == [1, 4]
    assert folk["coprime"].smallest_false_rejection == [1, 2, 2]


@pytest.mark.parametrize("order", ["sorted", "any"])
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_matches_one_stack_at_a_time(rule, order):
    for size, demand in product((2, 3), DEMANDS):
        found = hdc.survey(rule, size, depths=(2, 3), largest=6, order=order, demand=demand)
        counts, smallest = survey_by_hand(rule, size, 6, order, demand)
        cells = [found.right_acceptances, found.false_acceptances, found.false_rejections, found.right_rejections]
        assert cells == counts, (rule, size, demand)
        assert [found.smallest_false_acceptance, found.smallest_false_rejection] == smallest, (rule, size, demand)
        assert found.stacks == sum(counts) and found.hole_free == counts[0] + counts[2]
        assert found.accepted == counts[0] + counts[1]


@pytest.mark.parametrize(("depth", "largest"), [(1, 4), (2, 5), (3, 4), (4, 3), (5, 1)])
def test_stacks_are_all_there_in_dictionary_order(depth, largest):
    numbers = range(1, largest + 1)
    assert hdc.all_stacks(depth, largest).tolist() == [list(s) for s in combinations_with_replacement(numbers, depth)]
    assert hdc.all_stacks(depth, largest, "any").tolist() == [list(s) for s in product(numbers, repeat=depth)]


def test_a_rule_of_your_own():
    found = hdc.survey(lambda rows, size: rows[:, 0] == 1, 3, depths=(2,), largest=4)
    assert (found.right_acceptances, found.false_acceptances, found.false_rejections) == (3, 1, 0)
    assert found.smallest_false_acceptance == [1, 4]


def test_asking_for_a_depth_twice_counts_it_once():
    assert hdc.survey("exact", 3, depths=(2, 2), largest=9) == hdc.survey("exact", 3, depths=(2,), largest=9)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: hdc.all_stacks(0, 3), ValueError, "^depth must be at least 1, got 0$"),
        (lambda: hdc.all_stacks(2, 2.0), TypeError, "^largest must be a whole number, got 2.0$"),
        (lambda: hdc.all_stacks(2, 2, "up"), ValueError, "^order must be one of sorted, any, got 'up'$"),
        (lambda: hdc.all_stacks(5, 30, "any"), ValueError, "^depth=5 with largest=30 makes more than 3000000 stacks"),
        (
            lambda: hdc.rules.accepts("gcd", [[1, 2]], 3),
            ValueError,
            "^rule must be one of .* or a function, got 'gcd'$",
        ),
        (
            lambda: hdc.rules.accepts(lambda rows, size: rows, [[1]], 3),
            ValueError,
            "^rule must return one bool for each",
        ),
        (lambda: hdc.rules.accepts("distance", [[1]], 3), ValueError, "M_2 needs at least two layers"),
        (lambda: hdc.survey("exact", 0), ValueError, "^kernel_size must be at least 1, got 0$"),
        (lambda: hdc.survey("exact", 3, demand="1"), ValueError, "^demand must be one of none, .*, got '1'$"),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


@pytest.mark.parametrize(
    ("rule", "depths", "error", "message"),
    [
        ("distance", (1, 2), ValueError, "^depths must be at least 2 for the rule 'distance', .* got 1$"),
        ("exact", 3, TypeError, "^depths must be a sequence of whole numbers, got 3$"),
        ("exact", "34", TypeError, "^depths must be a sequence of whole numbers, got '34'$"),
        ("exact", (("a",),), TypeError, r"^depths\[0\] must be a whole number, got \('a',\)$"),
        ("exact", [2, [3]], TypeError, r"^depths\[1\] must be a whole number, got \[3\]$"),
        ("exact", [], ValueError, "^depths is empty: give at least one number of layers$"),
        ("exact", [2, 0], ValueError, r"^depths\[1\] must be at least 1, got 0$"),
    ],
)
def test_bad_depths_are_called_depths(rule, depths, error, message):
    with pytest.raises(error, match=message):
        hdc.survey(rule, 3, depths=depths)
