"""Linear interpolation, against PyTorch's recorded lines and against what it promises."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from hdclib.sizes import interpolate_linear, sampled_positions

TABLE = json.loads((Path(__file__).parents[1] / "tables" / "torch_interpolate.json").read_text())


@pytest.mark.parametrize("aligned", [False, True])
def test_lines_equal_pytorchs(aligned):
    cases = [case for case in TABLE["cases"] if case[2] is aligned]
    assert len(cases) > 60
    for values, out, _, line in cases:
        np.testing.assert_allclose(interpolate_linear(values, out, align_corners=aligned), line, rtol=0, atol=1e-11)


def test_the_two_ways_differ_in_the_table():
    plain = [interpolate_linear(values, out, align_corners=not aligned) for values, out, aligned, _ in TABLE["cases"]]
    other = [not np.allclose(line, case[3]) for line, case in zip(plain, TABLE["cases"], strict=True)]
    assert sum(other) > 100


def test_aligned_corners_keep_both_ends_and_even_steps():
    positions = sampled_positions(65, 513, align_corners=True)
    assert positions[[0, -1]].tolist() == [0, 64]
    np.testing.assert_array_equal(np.diff(positions), 1 / 8)


def test_the_default_steps_by_the_ratio_of_the_sizes():
    positions = sampled_positions(65, 520)
    np.testing.assert_allclose(np.diff(positions)[4:-4], 65 / 520)
    assert (positions + positions[::-1] == 64).all()


def test_one_output_lies_on_the_first_sample_or_in_the_middle():
    assert sampled_positions(5, 1, align_corners=True).tolist() == [0]
    assert sampled_positions(5, 1).tolist() == [2]


@pytest.mark.parametrize(
    ("error", "arguments", "keywords", "words"),
    [
        (ValueError, ([1, 2], 0), {}, "out must be at least 1, got 0"),
        (TypeError, ([1, 2], 4), {"align_corners": 1}, "align_corners must be True or False, got 1"),
        (ValueError, ([], 4), {}, "values is empty: give at least one number"),
        (ValueError, ([[1, 2]], 4), {}, "values must have 1 axis, got shape (1, 2): call once per axis"),
    ],
)
def test_what_cannot_be_enlarged_is_refused(error, arguments, keywords, words):
    with pytest.raises(error, match=re.escape(words)):
        interpolate_linear(*arguments, **keywords)
