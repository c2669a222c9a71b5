"""hdclib/rules/distance.py against enumeration, and the theorem of the chapter on distances."""

from itertools import permutations, product

import numpy as np
import pytest
from brute_force import longest_step, reached_by
from hypothesis import given
from hypothesis import strategies as st

import hdclib as hdc

stacks = st.lists(st.integers(1, 20), min_size=1, max_size=5)


def gaps_by_walking(dilations, size):
    return [longest_step(reached_by([(size, d, 1) for d in dilations[first:]])) for first in range(len(dilations))]


@given(stacks, st.integers(2, 4))
def test_descent_gaps_are_those_of_walking_every_path(dilations, size):
    assert hdc.descent_gaps(dilations, kernel_size=size) == gaps_by_walking(dilations, size)


def test_worked_examples():
    assert hdc.descent_gaps([1, 2, 5], kernel_size=3) == [1, 2, 5]
    assert hdc.descent_gaps([1, 2, 9], kernel_size=3) == [3, 5, 9]


@given(st.sets(st.integers(-30, 30), min_size=1), st.integers(1, 20))
def test_shifted_copies_hold_exactly_the_shifted_samples(positions, dilation):
    left, middle, right, together = hdc.rules.shifted_copies(sorted(positions), dilation)
    assert middle == sorted(positions)
    assert [at + dilation for at in left] == middle == [at - dilation for at in right]
    assert together == sorted(set(left) | set(middle) | set(right))


@given(st.sets(st.integers(0, 60), min_size=2), st.integers(1, 15))
def test_each_gap_longer_than_the_dilation_is_an_old_one_shortened_by_two_dilations(positions, dilation):
    old = sorted(positions)
    new = hdc.rules.shifted_copies(old, dilation)[3]
    long_new = [(a, b) for a, b in zip(new, new[1:], strict=False) if b - a > dilation]
    long_old = [(a, b) for a, b in zip(old, old[1:], strict=False) if b - a > 3 * dilation]
    assert long_new == [(a + dilation, b - dilation) for a, b in long_old]


@given(stacks)
def test_the_papers_distance_is_never_below_the_gap(dilations):
    chain = [step.distance for step in hdc.distance_chain(dilations)]
    assert all(rule >= gap for rule, gap in zip(chain, gaps_by_walking(dilations, 3), strict=True))


@given(stacks.map(sorted))
def test_in_rising_order_the_papers_distance_is_the_gap(dilations):
    chain = [step.distance for step in hdc.distance_chain(dilations)]
    assert chain == gaps_by_walking(dilations, 3)


@given(st.lists(st.integers(1, 9), min_size=2, max_size=5))
def test_where_the_middle_candidate_wins_alone_the_rule_says_too_much(dilations):
    gaps = gaps_by_walking(dilations, 3)
    for step, gap in zip(hdc.distance_chain(dilations)[:-1], gaps, strict=False):
        shortened, passing, edge = step.candidates
        if passing > max(shortened, edge):
            assert step.distance > gap


def test_with_kernel_3_the_first_distance_is_1_exactly_if_the_first_dilation_is_1_and_the_second_distance_at_most_3():
    for dilations in product(range(1, 8), repeat=4):
        first, second = hdc.distance_chain(dilations)[:2]
        assert (first.distance == 1) == (dilations[0] == 1 and second.distance <= 3)


@given(st.lists(st.integers(0, 2), min_size=1, max_size=40))
def test_the_widest_step_is_the_first_of_the_longest(counts):
    read = [at for at, count in enumerate(counts) if count]
    if len(read) < 2:
        assert hdc.gridding.widest_step(counts) is None
        return
    steps = [(a, b) for a, b in zip(read, read[1:], strict=False) if b - a == longest_step(read)]
    assert hdc.gridding.widest_step(np.array(counts)) == steps[0]


@pytest.mark.parametrize("size", [2, 3, 4])
def test_pairs_are_hole_free_exactly_if_counting_finds_no_zero(size):
    for dilations in product(range(1, 5), repeat=3):
        pairs = hdc.rules.hole_free_pairs(dilations, kernel_size=size)
        for first, last in product(range(3), repeat=2):
            run = [(size, d, 1) for d in dilations[first : last + 1]]
            assert pairs[first, last] == (first <= last and longest_step(reached_by(run)) == 1)


def test_pairs_of_the_orders_in_the_book():
    orders = set(permutations((1, 1, 2, 2, 3, 3)))
    counted = {order: int(hdc.rules.hole_free_pairs(order, kernel_size=3).sum()) for order in orders}
    assert counted[1, 2, 3, 1, 2, 3] == 15
    assert counted[1, 1, 2, 2, 3, 3] == counted[3, 3, 2, 2, 1, 1] == 11 == min(counted.values())
    assert max(counted.values()) == 16
    assert not hdc.rules.hole_free_pairs([2] * 6, kernel_size=3).any()


def test_copies_are_exact_beyond_64_bits():
    assert hdc.rules.shifted_copies([0], 2**63) == [[-(2**63)], [0], [2**63], [-(2**63), 0, 2**63]]


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"^dilation must be at least 1, got 0$"):
        hdc.rules.shifted_copies([0, 1], 0)
    with pytest.raises(ValueError, match=r"^positions is empty: give at least one sample$"):
        hdc.rules.shifted_copies([], 1)
    with pytest.raises(TypeError, match=r"^positions must hold whole numbers, got \[0\.5\]$"):
        hdc.rules.shifted_copies([0.5], 1)
