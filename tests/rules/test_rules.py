"""rules.py and sawtooth.py: the paper's rules on the paper's and the explainer's examples, and against counting."""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from brute_force import longest_step, reached_by
from hypothesis import given
from hypothesis import strategies as st

import hdclib as hdc

CHAINS = {
    (2, 2, 2): [2, 2, 2],
    (1, 2, 3): [1, 2, 3],
    (1, 1, 1): [1, 1, 1],
    (1, 2, 5): [1, 2, 5],
    (1, 2, 9): [3, 5, 9],
    (2, 4, 8): [2, 4, 8],
    (3, 4, 5): [3, 4, 5],
    (5, 9, 17): [5, 9, 17],
    (2, 2, 5, 9): [2, 2, 5, 9],
}
stacks = st.lists(st.integers(1, 40), min_size=2, max_size=6)


@pytest.mark.parametrize(("dilations", "distances"), CHAINS.items(), ids=str)
def test_chains_of_known_stacks(dilations, distances):
    assert [step.distance for step in hdc.distance_chain(dilations)] == distances


def test_the_two_worked_examples_show_the_papers_candidates():
    five, nine = hdc.distance_chain([1, 2, 5])[1], hdc.distance_chain([1, 2, 9])[1]
    assert (five.candidates, five.distance) == ((1, -1, 2), 2)
    assert (nine.candidates, nine.distance) == ((5, -5, 2), 5)
    assert str(nine) == "M_2 = max[5, -5, 2] = 5"
    assert hdc.m2_rule_accepts([1, 2, 5], 3) and not hdc.m2_rule_accepts([1, 2, 9], 3)


@given(stacks)
def test_the_recurrence_as_the_paper_writes_it(dilations):
    distance = dilations[-1]
    for rate in reversed(dilations[1:-1]):
        distance = max(distance - 2 * rate, distance - 2 * (distance - rate), rate)
    assert hdc.second_distance(dilations) == distance
    assert hdc.rules.second_distances([dilations]).tolist() == [distance]


def test_in_rising_order_the_general_chain_is_the_largest_gap():
    for kernel_size in (2, 3, 4, 5):
        for dilations in combinations_with_replacement(range(1, 13), 3):
            for first, gap in enumerate(hdc.rules.gap_chain(dilations, kernel_size)):
                reached = reached_by([(kernel_size, d, 1) for d in dilations[first:]])
                assert gap == longest_step(reached), (dilations, kernel_size)


rising = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 12)), min_size=1, max_size=5)


@given(rising)
def test_layers_with_one_tap_pass_the_gap_behind_them_on(shapes):
    rows = sorted(shapes, key=lambda shape: shape[1])
    gaps = hdc.rules.gap_chain([hdc.ConvLayer(*shape) for shape in rows])
    assert gaps == [longest_step(reached_by([(*shape, 1) for shape in rows[first:]])) for first in range(len(rows))]


@given(rising, st.integers(0, 5), st.integers(1, 99))
def test_a_layer_with_one_tap_changes_no_other_gap(shapes, place, dilation):
    layers, place = [hdc.ConvLayer(*shape) for shape in shapes], min(place, len(shapes))
    found = hdc.rules.gap_chain([*layers[:place], hdc.ConvLayer(1, dilation), *layers[place:]])
    assert found[:place] + found[place + 1 :] == hdc.rules.gap_chain(layers)


def test_with_strides_the_gaps_are_in_input_samples():
    shapes, jumps = [(3, 1, 2), (1, 4, 2), (2, 1, 1)], (1, 2, 4)
    layers = [hdc.ConvLayer(size, dilation, stride=stride) for size, dilation, stride in shapes]
    gaps = [jump * longest_step(reached_by(shapes[first:])) for first, jump in enumerate(jumps)]
    assert hdc.rules.gap_chain(layers) == gaps == [2, 4, 4]


def test_in_any_order_the_general_chain_is_never_below_the_largest_gap():
    for dilations in product(range(1, 9), repeat=3):
        reached = reached_by([(3, d, 1) for d in dilations])
        assert hdc.rules.gap_chain(dilations, 3)[0] >= longest_step(reached), dilations


def test_kernel_3_in_rising_order_with_a_1_in_front_the_paper_is_exact():
    for dilations in combinations_with_replacement(range(1, 16), 3):
        if dilations[0] == 1:
            assert hdc.m2_rule_accepts(dilations, 3) == hdc.is_hole_free(dilations, 3), dilations


@pytest.mark.parametrize(
    ("dilations", "kernel_size", "accepted", "hole_free"),
    [
        ([2, 2], 3, True, False),
        ([2, 2, 2], 3, True, False),
        ([2, 3], 3, True, False),
        ([4, 1], 3, True, False),
        ([4, 1], 5, True, True),
        ([1, 1, 4], 2, True, False),
        ([1, 3, 1], 3, False, True),
        ([1, 4, 1], 5, False, True),
        ([1, 5, 25], 5, False, True),
        ([1, 1, 8], 5, False, True),
    ],
)
def test_the_rule_and_the_truth_part_ways(dilations, kernel_size, accepted, hole_free):
    assert (longest_step(reached_by([(kernel_size, d, 1) for d in dilations])) == 1) == hole_free
    assert hdc.m2_rule_accepts(dilations, kernel_size) == accepted
    assert hdc.is_hole_free(dilations, kernel_size) == hole_free


def test_common_divisor_and_groups():
    assert [hdc.common_divisor(d) for d in ([2, 4, 8], [2, 4, 6], [1, 2, 3], [6])] == [2, 2, 1, 6]
    assert hdc.rules.rising_groups([1, 2, 5, 9, 1, 2, 5]) == [[1, 2, 5, 9], [1, 2, 5]]
    assert [hdc.rules.is_sawtooth(d) for d in ([1, 2, 5, 9, 1, 2, 5], [1, 2, 3, 2, 3], [1, 1, 1])] == [
        True,
        False,
        False,
    ]


def test_one_layer_has_no_second_distance():
    with pytest.raises(ValueError, match="M_2 needs at least two layers"):
        hdc.second_distance([4])
    with pytest.raises(ValueError, match="M_2 needs at least two layers"):
        hdc.rules.second_distances([[4]])
    with pytest.raises(ValueError, match="^kernel_size must be at least 1, got 0$"):
        hdc.m2_rule_accepts([1, 2], 0)


def test_many_distances_do_not_touch_their_input():
    rows = np.array([[1, 2, 9], [3, 3, 3]])
    hdc.rules.second_distances(rows)[0] = 99
    hdc.rules.second_distances(rows[:, :2])[0] = 99
    assert rows.tolist() == [[1, 2, 9], [3, 3, 3]]
