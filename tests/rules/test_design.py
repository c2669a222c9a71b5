"""hdclib/rules/schedules.py against filtering every list of dilations; and its twin on the page."""

import random
from itertools import accumulate, combinations, combinations_with_replacement, product

import pytest
from brute_force import path_counts, reached_by
from scripts import evaluate

import hdclib as hdc
from hdclib.rules.schedules import RANKINGS, _listed, _schedules, hole_free_schedules


def hole_free_fields(depth, kernel_size, largest):
    """Every rising list up to a dilation that is hole-free by definition, by its field."""
    fields = {}
    for dilations in combinations_with_replacement(range(1, largest + 1), depth):
        reached = set(reached_by([(kernel_size, d, 1) for d in dilations]))
        if len(reached) == max(reached) + 1:
            fields.setdefault(len(reached), []).append(dilations)
    return fields


@pytest.mark.parametrize(("depth", "kernel_size"), [(1, 3), (2, 2), (3, 2), (3, 3), (2, 5), (3, 4)])
def test_schedules_are_all_hole_free_lists_of_that_field(depth, kernel_size):
    fields = hole_free_fields(depth, kernel_size, kernel_size ** (depth - 1))
    for field in range(1, kernel_size**depth + 2):
        assert hdc.rules.hole_free_schedules(field, depth, kernel_size) == fields.get(field, []), field
    for target in range(1, kernel_size**depth + 1):
        assert hdc.rules.nearest_field(target, depth, kernel_size) == min(field for field in fields if field >= target)


def test_ranking_by_evenness_follows_the_counts():
    schedules = hdc.design(31, 4, 3)
    assert len(schedules) == len(hdc.rules.hole_free_schedules(31, 4, 3)) == 11
    for schedule in schedules:
        counts = path_counts([(3, d, 1) for d in schedule.dilations])
        assert schedule.evenness == sum(counts) ** 2 / (len(counts) * sum(c * c for c in counts))
        assert (schedule.field, schedule.weights) == (31, 36)
        assert schedule.passes_m2 == hdc.m2_rule_accepts(schedule.dilations, 3)
    order = [schedule.evenness for schedule in schedules]
    assert order == sorted(order, reverse=True)
    assert hdc.design(27, 3, 3)[0].evenness == 1


def test_ranking_by_nearness_has_the_smallest_largest_dilation_first():
    largest = [schedule.dilations[-1] for schedule in hdc.design(31, 4, 3, rank="nearness")]
    assert largest == sorted(largest)


def paths_that_step_off(dilations, kernel_size, samples):
    """Of all paths from the outputs of a line of samples, how many leave it on their way, each walked by itself."""
    lost = 0
    for taps in product(range(kernel_size), repeat=len(dilations)):
        steps = [d * (2 * tap - kernel_size + 1) // 2 for d, tap in zip(dilations, taps, strict=True)]
        on_the_way = list(accumulate(steps, initial=0))
        lost += min(samples, max(on_the_way) - min(on_the_way))
    return lost


@pytest.mark.parametrize("case", [(31, 4, 3), (41, 4, 3), (63, 4, 3), (31, 5, 3), (41, 3, 5), (61, 3, 5)], ids=str)
def test_ranking_by_squares_has_the_fewest_paths_that_step_off_first(case):
    ranked, kernel_size = hdc.design(*case, rank="squares"), case[2]
    for samples in (ranked[0].field, 2 * ranked[0].field + 3):
        lost = [(one.squares, paths_that_step_off(one.dilations, kernel_size, samples)) for one in ranked]
        assert all(one[1] < other[1] for one, other in combinations(lost, 2) if one[0] < other[0])
        assert min(number for _, number in lost) == lost[0][1] < lost[-1][1]


def test_the_smallest_sum_of_squares_loses_fewest_paths_also_where_later_places_are_exchanged():
    ranked = hdc.design(63, 5, 3, rank="squares")
    lost = [paths_that_step_off(schedule.dilations, 3, 129) for schedule in ranked]
    pairs = [one < other for one, other in combinations(lost, 2) if one != other]
    assert len(ranked) == 108 and lost[0] == min(lost)
    assert lost != sorted(lost) and sum(pairs) > 0.98 * len(pairs)


@pytest.mark.parametrize(("dilations", "kernel_size"), [((1, 3, 5, 6), 3), ((1, 2, 6), 4), ((1, 4), 5), ((1, 2, 4), 2)])
def test_the_sum_of_squares_tells_how_far_the_paths_end_from_their_middle(dilations, kernel_size):
    counts = path_counts([(kernel_size, d, 1) for d in dilations])
    twice = [count * (2 * at - len(counts) + 1) ** 2 for at, count in enumerate(counts)]  # four times each square
    [schedule] = [one for one in hdc.design(len(counts), len(dilations), kernel_size) if one.dilations == dilations]
    assert schedule.squares == sum(d**2 for d in dilations)
    assert 12 * sum(twice) == 4 * sum(counts) * schedule.squares * (kernel_size**2 - 1)


def test_level_sums_of_squares_come_in_the_order_of_the_dictionary():
    ranked = [(schedule.squares, schedule.dilations) for schedule in hdc.design(63, 5, 3, rank="squares")]
    assert ranked == sorted(ranked) and len({squares for squares, _ in ranked}) < len(ranked)


@pytest.mark.parametrize("rank", RANKINGS)
def test_the_best_few_are_the_front_of_the_whole_list(rank):
    for case in ((31, 4, 3), (64, 5, 3), (40, 4, 4), (99, 5, 3), (33, 6, 2), (101, 3, 5)):
        every = hdc.design(*case, rank)
        for most in (1, 3, 10):
            assert hdc.rules.best_schedules(*case, most=most, rank=rank) == (every[:most], len(every))


def test_the_best_of_more_than_can_be_listed():
    best, total = hdc.rules.best_schedules(1000, 7, 3, most=10)
    assert total == 142_396 and len(best) == 10
    order = [schedule.evenness for schedule in best]
    assert order == sorted(order, reverse=True)
    found = random.Random(0).sample(list(_schedules(500, 7, 3)), 300)
    for dilations in found:
        counts = path_counts([(3, d, 1) for d in dilations])
        evenness = sum(counts) ** 2 / (1001 * sum(c * c for c in counts))
        assert evenness <= order[-1] or dilations in [schedule.dilations for schedule in best]


def test_what_cannot_be_is_explained():
    with pytest.raises(ValueError, match="target 28 is more than 27, .* take 4 layers or a larger kernel"):
        hdc.design(28, 3, 3)
    with pytest.raises(ValueError, match="has more than 20000 schedules: design fewer layers"):
        hdc.design(255, 8, 3)
    with pytest.raises(ValueError, match="rank must be one of evenness, squares, nearness, got 'best'"):
        hdc.design(9, 3, 3, rank="best")
    with pytest.raises(ValueError, match="^kernel_size must be at least 2, got 1$"):
        hdc.least_depth(9, 1)
    with pytest.raises(TypeError, match="^target must be a whole number, got 9.0$"):
        hdc.rules.nearest_field(9.0, 3, 3)


def test_the_page_designs_the_same():
    cases = [[target, depth, size, rank] for target in range(3, 128, 4) for depth in range(1, 6)
             for size in range(2, 8) for rank in RANKINGS]  # fmt: skip
    told = "[s.dilations, s.evenness, s.squares, s.passesM2, s.weights]"
    expression = f"script.designSchedules(...given)?.map((s) => {told})"
    for case, found in zip(cases, evaluate("rules/design_maths.js", expression, cases), strict=True):
        target, depth, size, rank = case
        if target > size**depth:
            assert found is None, case
        else:
            wanted = hdc.design(target, depth, size, rank)
            assert found == [[list(s.dilations), s.evenness, s.squares, s.passes_m2, s.weights] for s in wanted], case


def test_deep_and_wide_schedules_are_found_without_a_search_of_all_stacks():
    assert hdc.rules.hole_free_schedules(3**40, 40, 3) == [tuple(3**layer for layer in range(40))]
    assert hdc.rules.hole_free_schedules(20_001, 10_000, 3) == [(1,) * 10_000]
    assert hdc.rules.hole_free_schedules(7, 4, 3) == []
    for function in (hdc.rules.hole_free_schedules, hdc.rules.nearest_field, hdc.design):
        with pytest.raises(ValueError, match="^depth must be at most 10000, got 1000000000$"):
            function(17, 10**9, 3)


def test_as_many_schedules_as_are_allowed_are_listed_and_one_more_is_refused():
    found = hole_free_schedules(31, 4, 3)
    assert _listed(31, 4, 3, "field", 31, len(found)) == found
    with pytest.raises(ValueError, match=f"more than {len(found) - 1} schedules"):
        _listed(31, 4, 3, "field", 31, len(found) - 1)
