"""hdclib/rules/criterion.py against counting, on every small stack there is."""

from itertools import combinations_with_replacement, permutations, product
from math import gcd

import numpy as np
import pytest
from brute_force import longest_step, reached_by
from hypothesis import given
from hypothesis import strategies as st

import hdclib as hdc
from hdclib import ConvLayer

PUBLISHED = {2: 36, 3: 254, 5: 1520, 7: 2574}  # hole-free among all multisets of 1 to 4 dilations up to 30


def filled(kernel_size, dilations):
    """Hole-free by definition, with integers as bit sets: bit x is set if sample x is read."""
    bits = 1
    for dilation in dilations:
        bits = sum_of_copies(bits, kernel_size, dilation)
    return bits & (bits + 1) == 0


def sum_of_copies(bits, kernel_size, dilation):
    total = 0
    for tap in range(kernel_size):
        total |= bits << (tap * dilation)
    return total


@pytest.mark.parametrize("kernel_size", PUBLISHED)
def test_the_criterion_equals_counting_on_all_46375_small_stacks(kernel_size):
    seen = hole_free = 0
    for depth in range(1, 5):
        stacks = list(combinations_with_replacement(range(1, 31), depth))
        truth = np.array([filled(kernel_size, stack) for stack in stacks])
        np.testing.assert_array_equal(hdc.rules.are_hole_free(stacks, kernel_size), truth)
        seen += len(stacks)
        hole_free += int(truth.sum())
    assert (seen, hole_free) == (46375, PUBLISHED[kernel_size])


def test_mixed_kernels_and_strides_agree_with_counting():
    shapes = list(product((1, 2, 3, 4), (1, 2, 3, 4, 7), (1, 2)))
    rng = np.random.default_rng(0)
    for _ in range(3000):
        stack = [shapes[i] for i in rng.integers(len(shapes), size=rng.integers(1, 4))]
        truth = longest_step(reached_by(stack)) <= 1
        layers = [ConvLayer(kernel_size, dilation, stride=stride) for kernel_size, dilation, stride in stack]
        assert hdc.is_hole_free(layers) == truth, stack


def test_order_does_not_matter_at_stride_1():
    for stack in ([1, 2, 5], [1, 3, 9], [1, 2, 9], [2, 3, 1, 6]):
        answers = {hdc.is_hole_free(order, kernel_size=3) for order in permutations(stack)}
        assert len(answers) == 1


def test_a_stride_makes_the_order_matter():
    for stack in ([(2, 1, 3), (2, 1, 1)], [(3, 1, 2), (3, 2, 1)], [(4, 1, 3), (2, 2, 1)]):
        truths = [longest_step(reached_by(order)) <= 1 for order in (stack, stack[::-1])]
        assert truths == [False, True], stack
        layers = [ConvLayer(kernel_size, dilation, stride=stride) for kernel_size, dilation, stride in stack]
        assert [hdc.is_hole_free(order) for order in (layers, layers[::-1])] == truths


def test_steps_stop_at_the_first_that_fails():
    steps = hdc.rules.reach_steps([9, 1, 2], kernel_size=3)
    assert [(step.spacing, step.reach, step.passed) for step in steps] == [(1, 1, True), (2, 3, True), (9, 7, False)]
    assert [step.spacing for step in hdc.rules.reach_steps([2, 3, 50], kernel_size=3)] == [2]
    assert hdc.rules.reach_steps([4, 7], kernel_size=1) == []


@pytest.mark.parametrize(("depth", "kernel_size"), [(1, 2), (3, 3), (4, 2), (2, 7), (3, 5)])
def test_the_widest_stack_reads_each_sample_once_and_nothing_wider_is_full(depth, kernel_size):
    counts = hdc.tap_counts(hdc.place_values([kernel_size] * depth), kernel_size)
    assert counts.tolist() == [1] * kernel_size**depth


def test_no_hole_free_stack_spans_more_than_the_number_of_its_paths():
    for stack in combinations_with_replacement(range(1, 20), 3):
        if hdc.is_hole_free(stack, kernel_size=3):
            assert hdc.receptive_field(stack, kernel_size=3) <= 27


@given(st.lists(st.integers(1, 60), min_size=1, max_size=5))
def test_everything_read_lies_on_the_lattice_of_the_common_divisor(dilations):
    step = hdc.lattice_step(dilations, kernel_size=3)
    assert step == gcd(*dilations)
    assert all(position % step == 0 for position in reached_by([(3, d, 1) for d in dilations]))


def test_huge_dilations_need_no_map():
    assert hdc.is_hole_free([10**12, 1], kernel_size=3) is False
    assert hdc.is_hole_free([3**level for level in range(60)], kernel_size=3) is True


@pytest.mark.parametrize(
    ("dilations", "error", "message"),
    [
        ([1, 2, 3], ValueError, r"dilations must have the shape \(stacks, layers\), got \(3,\)"),
        ([[1.0, 2.0]], TypeError, "dilations must be whole numbers, got an array of float64"),
        ([[True, False]], TypeError, "dilations must be whole numbers, got an array of bool"),
        ([[1, 0]], ValueError, "dilations must be at least 1, got 0"),
        ([[1, 2**62]], ValueError, "dilations must sum to less than"),
    ],
)
def test_bad_arrays_are_refused_in_words(dilations, error, message):
    with pytest.raises(error, match=message):
        hdc.rules.are_hole_free(dilations, kernel_size=3)


def test_an_array_is_not_changed():
    stacks = np.array([[5, 1, 2], [9, 2, 1]])
    before = stacks.copy()
    hdc.rules.are_hole_free(stacks, 3)
    assert stacks.tolist() == before.tolist()
