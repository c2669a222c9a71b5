"""hdclib/rules/schedules.py against filtering every list of dilations; and its twin on the page."""

import random
from itertools import combinations_with_replacement

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
    with pytest.raises(ValueError, match="rank must be one of evenness, nearness, got 'best'"):
        hdc.design(9, 3, 3, rank="best")
    with pytest.raises(ValueError, match="^kernel_size must be at least 2, got 1$"):
        hdc.least_depth(9, 1)
    with pytest.raises(TypeError, match="^target must be a whole number, got 9.0$"):
        hdc.rules.nearest_field(9.0, 3, 3)


def test_the_page_designs_the_same():
    cases = [[target, depth, size, rank] for target in range(3, 128, 4) for depth in range(1, 6)
             for size in range(2, 8) for rank in RANKINGS]  # fmt: skip
    expression = "script.designSchedules(...given)?.map((s) => [s.dilations, s.evenness, s.passesM2, s.weights])"
    for case, found in zip(cases, evaluate("rules/design_maths.js", expression, cases), strict=True):
        target, depth, size, rank = case
        if target > size**depth:
            assert found is None, case
        else:
            wanted = hdc.design(target, depth, size, rank)
            assert found == [[list(s.dilations), s.evenness, s.passes_m2, s.weights] for s in wanted], case


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
