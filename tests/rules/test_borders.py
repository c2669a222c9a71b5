"""hdclib/rules/borders.py against walking every path of every output, one step at a time."""

import random
from itertools import product

import numpy as np
import pytest

import hdclib as hdc
from hdclib import paths_lost


def share_that_steps_off(layers, length):
    """Of all paths from all samples of a line, the share that stands off it after some step; layers as (k, d)."""
    paths = list(product(*([d * tap - d * (k - 1) // 2 for tap in range(k)] for k, d in reversed(layers))))
    lost = 0
    for at, steps in product(range(length), paths):
        place, stayed = at, True
        for step in steps:
            place += step
            stayed = stayed and 0 <= place < length
        lost += not stayed
    return lost / (length * len(paths))


@pytest.mark.parametrize("seed", range(60))
def test_the_share_is_that_of_walking_every_path(seed):
    draw = random.Random(seed)
    layers = [(draw.randint(1, 5), draw.randint(1, 7)) for _ in range(draw.randint(1, 4))]
    sizes, dilations = zip(*layers, strict=True)
    for length in (1, 2, draw.randint(3, 12), draw.randint(13, 40)):
        found = paths_lost(dilations, kernel_size=sizes, length=length)
        assert found == pytest.approx(share_that_steps_off(layers, length), abs=1e-12), (layers, length)


def test_the_ten_lists_of_the_chapter_lose_as_many_as_walked():
    for schedule in hdc.design(29, 4, 3):
        walked = share_that_steps_off([(3, d) for d in schedule.dilations], 65)
        assert paths_lost(schedule.dilations, 3, length=65) == pytest.approx(walked, abs=1e-12)


def test_the_opposite_order_loses_as_many_and_another_order_may_not():
    assert paths_lost([1, 2, 6], 4, length=9) == pytest.approx(paths_lost([6, 2, 1], 4, length=9), abs=1e-12)
    assert paths_lost([1, 6, 2], 3, length=9) != pytest.approx(paths_lost([1, 2, 6], 3, length=9), abs=1e-3)


def test_it_is_what_zeros_take_from_a_map_of_ones():
    ones = np.ones(20)
    for d in (1, 3, 5):
        ones = np.convolve(ones, np.repeat([1 / 3, 0, 1 / 3, 0, 1 / 3], [1, d - 1, 1, d - 1, 1]), mode="same")
    assert 1 - ones.mean() == pytest.approx(paths_lost([1, 3, 5], 3, length=20), abs=1e-12)


def test_layers_are_taken_as_elsewhere_and_a_point_loses_nothing():
    layers = hdc.as_layers([1, 2], kernel_size=[3, 5])
    assert paths_lost(layers, length=8) == paths_lost([1, 2], [3, 5], length=8)
    assert paths_lost([4], kernel_size=1, length=1) == 0


def test_what_cannot_be_is_explained():
    with pytest.raises(ValueError, match="^stride must be 1 for every layer, got"):
        paths_lost([hdc.ConvLayer(3, stride=2)], length=9)
    with pytest.raises(ValueError, match="^length must be at least 1, got 0$"):
        paths_lost([1], 3, length=0)
    with pytest.raises(ValueError, match="^length asks for 3221225472 steps, at most 1073741824 are allowed$"):
        paths_lost([1], 3, length=2**30)
    with pytest.raises(TypeError, match="plain dilations need a kernel_size"):
        paths_lost([1], length=9)
