"""What is no usage count is refused in words, by every function that takes counts."""

import numpy as np
import pytest

import hdclib as hdc

ONE_AXIS = [
    ("same", TypeError, r"^counts must hold whole numbers, got 'same'$"),
    (5, ValueError, r"^counts must have 1 axis, got shape \(\)$"),
    ([[1, 0], [0, 1]], ValueError, r"^counts must have 1 axis, got shape \(2, 2\)$"),
    ([], ValueError, r"^counts is empty: give at least one sample$"),
    ([1.0, 0.0], TypeError, r"^counts must hold whole numbers, got \[1.0, 0.0\]$"),
    ([1, [2]], TypeError, r"^counts must hold whole numbers, got \[1, \[2\]\]$"),
    ([1, None], TypeError, r"^counts must hold whole numbers, got \[1, None\]$"),
    ([1, -2], ValueError, r"^counts must be at least 0, got -2$"),
]


@pytest.mark.parametrize("function", [hdc.largest_gap, hdc.gridding.read_runs, hdc.gridding.widest_step])
@pytest.mark.parametrize(("counts", "error", "message"), ONE_AXIS)
def test_a_function_of_one_axis_names_what_is_wrong(function, counts, error, message):
    with pytest.raises(error, match=message):
        function(counts)


def test_holes_takes_an_axis_or_a_map():
    for counts in ("same", 5, [[[1]]], [], [1.5], [-1]):
        with pytest.raises((TypeError, ValueError), match="^counts "):
            hdc.holes(counts)
    with pytest.raises(ValueError, match=r"^counts must have 1 or 2 axes, got shape \(1, 1, 1\)$"):
        hdc.holes([[[1]]])
    assert hdc.holes([1, 0, 2**80]).tolist() == [1]
    assert hdc.holes([True, False]).tolist() == [1]


def test_two_axes_are_joined_from_lists_too_and_exactly():
    assert hdc.outer_counts([1, 2], [3, 0]).tolist() == [[3, 0], [6, 0]]
    assert hdc.outer_counts([2**62], [4]).tolist() == [[2**64]]
    assert hdc.outer_counts(np.array([2**63], dtype=np.uint64), [2]).tolist() == [[2**64]]
    assert hdc.outer_counts(np.uint8([200]), np.uint8([200])).tolist() == [[40_000]]


@pytest.mark.parametrize(
    ("rows", "columns", "message"),
    [
        ([[1]], None, r"^rows must have 1 axis, got shape \(1, 1\)$"),
        ([1], [[1]], r"^columns must have 1 axis, got shape \(1, 1\)$"),
        ([1], [], "^columns is empty"),
        ([-(2**40)], [2**40], "^rows must be at least 0, got -1099511627776$"),
        ([1], "12", "^columns must hold whole numbers, got '12'$"),
        ([1], 3, r"^columns must have 1 axis, got shape \(\)$"),
    ],
)
def test_the_axis_that_is_wrong_is_named(rows, columns, message):
    with pytest.raises((TypeError, ValueError), match=message):
        hdc.outer_counts(rows, columns)
