"""hdclib/gridding/lattice.py: sub-grids by their definition, and the largest share by counting."""

from itertools import combinations, product

import numpy as np
import pytest
from brute_force import path_map

import hdclib as hdc


@pytest.mark.parametrize("step", [1, 2, 3, 5])
def test_two_pixels_share_a_number_exactly_if_a_multiple_of_the_step_lies_between(step):
    numbers = hdc.gridding.sub_grids(6, 7, step)
    assert set(numbers.flat) == set(range(step**2))
    for (row, column), (other_row, other_column) in combinations(product(range(6), range(7)), 2):
        same = (row - other_row) % step == 0 and (column - other_column) % step == 0
        assert (numbers[row, column] == numbers[other_row, other_column]) == same


@pytest.mark.parametrize("dilations", [[2, 4, 8], [2, 4, 6], [3, 6], [1, 4], [4, 8], [6, 9]], ids=str)
def test_whatever_is_read_lies_on_the_outputs_own_sub_grid_and_within_the_limit(dilations):
    pixels = path_map([(3, d, 1) for d in dilations])
    span = 1 + max(row for row, _ in pixels)
    step = hdc.common_divisor(dilations)
    numbers = hdc.gridding.sub_grids(span, span, step)
    assert all(numbers[pixel] == 0 for pixel in pixels)
    assert len(pixels) <= round(hdc.gridding.lattice_limit(span, step) * span**2)
    assert hdc.gridding.lattice_limit(span, step) == pytest.approx(np.mean(numbers == 0))


def test_the_limit_falls_towards_one_over_the_square_and_stays_above():
    for step in (2, 3, 4):
        limits = [hdc.gridding.lattice_limit(1 + step * length, step) for length in (1, 2, 5, 10, 100, 10_000)]
        assert limits == sorted(limits, reverse=True)
        assert 1 / step**2 < limits[-1] < 1.001 / step**2
    assert hdc.gridding.lattice_limit(29, 1) == 1


def test_shares_in_the_book():
    assert f"{hdc.coverage([2, 4, 8], kernel_size=3).share:.1%}" == "26.8%"
    assert f"{hdc.coverage([2, 4, 6], kernel_size=3).share:.1%}" == "27.0%"


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"^span must be one more than a multiple of step=2, got 28$"):
        hdc.gridding.lattice_limit(28, 2)
    with pytest.raises(ValueError, match=r"^step must be at least 1, got 0$"):
        hdc.gridding.sub_grids(3, 3, 0)
    with pytest.raises(TypeError, match=r"^rows must be a whole number, got 2.5$"):
        hdc.gridding.sub_grids(2.5, 3, 1)


def test_a_layer_of_one_tap_has_no_say_in_the_divisor():
    assert hdc.lattice_step([hdc.ConvLayer(3, 4), hdc.ConvLayer(1, 3), hdc.ConvLayer(3, 6)]) == 2
    assert hdc.lattice_step([hdc.ConvLayer(1, 3)]) == 0
