"""hdclib/rules/criterion.py against walking every path."""

import random
from itertools import combinations_with_replacement, product
from math import prod

import numpy as np
import pytest
from brute_force import path_counts, reached_by

import hdclib as hdc

SEED = 1961


def random_layers(rng):
    """1 to 4 layers with mixed kernels of 1 to 5 taps; every fifth stack has strides."""
    strides = (1, 2) if rng.random() < 0.2 else (1,)
    return [(rng.randint(1, 5), rng.randint(1, 9), rng.choice(strides)) for _ in range(rng.randint(1, 4))]


def test_runs_and_first_hole_match_walking_every_path():
    rng = random.Random(SEED)
    for _ in range(1500):
        stack = random_layers(rng)
        layers = [hdc.ConvLayer(size, dilation, stride=stride) for size, dilation, stride in stack]
        read = set(reached_by(stack))
        runs = hdc.gridding.read_runs(hdc.tap_counts(layers))
        assert sorted(read) == [x for start, length in runs for x in range(start, start + length)], stack
        assert all(start + length < after for (start, length), (after, _) in zip(runs, runs[1:], strict=False)), stack
        missing = set(range(max(read))) - read
        assert hdc.rules.first_hole(layers) == min(missing, default=None), stack


@pytest.mark.parametrize(("kernel_size", "hole_free"), [(2, 36), (3, 254), (5, 1520), (7, 2574)])
def test_marking_and_the_theorem_agree_on_all_46375_stacks(kernel_size, hole_free):
    stacks = [hdc.all_stacks(depth, 30) for depth in (1, 2, 3, 4)]
    filled = [hdc.rules.are_filled(rows, kernel_size) for rows in stacks]
    for rows, marked in zip(stacks, filled, strict=True):
        np.testing.assert_array_equal(hdc.rules.are_hole_free(rows, kernel_size), marked)
    assert (sum(map(len, stacks)), int(sum(map(np.sum, filled)))) == (46375, hole_free)


def test_marking_matches_walking_every_path():
    for size, depth in product((1, 2, 3, 4), (1, 2, 3)):
        stacks = list(product(range(1, 6), repeat=depth))
        wanted = [0 not in path_counts([(size, d, 1) for d in stack]) for stack in stacks]
        assert hdc.rules.are_filled(stacks, size).tolist() == wanted


@pytest.mark.parametrize("sizes", [[2], [3, 3, 3], [2, 5, 3], [5, 3, 2], [4, 2, 2, 3], [7, 2]], ids=str)
def test_place_values_read_each_sample_once(sizes):
    shapes = [(size, dilation, 1) for size, dilation in zip(sizes, hdc.place_values(sizes), strict=True)]
    assert path_counts(shapes) == [1] * prod(sizes)


def test_nothing_wider_than_the_place_values_is_hole_free():
    for sizes in ([2, 3], [3, 2, 2], [2, 4]):
        for stack in combinations_with_replacement(range(1, 14), len(sizes)):
            shapes = list(zip(sizes, stack, [1] * len(sizes), strict=True))
            if 0 not in path_counts(shapes):
                assert len(path_counts(shapes)) <= prod(sizes)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: hdc.place_values([2, 1]), ValueError, r"^kernel_sizes\[1\] must be at least 2, got 1$"),
        (lambda: hdc.place_values([]), ValueError, "is empty"),
        (lambda: hdc.rules.are_filled([1, 2], 3), ValueError, r"must have the shape \(stacks, layers\)"),
        (lambda: hdc.rules.are_filled([[1, 2]], 0), ValueError, "^kernel_size must be at least 1, got 0$"),
        (lambda: hdc.rules.first_hole([1, 0], 3), ValueError, "must be at least 1, got 0"),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_runs_of_a_stack_that_reads_nothing_are_none():
    assert hdc.gridding.read_runs([0, 0]) == [] and hdc.gridding.read_runs([1]) == [(0, 1)]
