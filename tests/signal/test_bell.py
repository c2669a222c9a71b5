import math

import numpy as np
import pytest
from brute_force import path_counts, reached_by
from hypothesis import given
from hypothesis import strategies as st

import hdclib as hdc

SHAPES = st.lists(st.tuples(st.integers(2, 5), st.integers(1, 6), st.integers(1, 2)), min_size=1, max_size=4)


def layers_of(shapes):
    return [hdc.ConvLayer(size, dilation, stride=stride) for size, dilation, stride in shapes]


@given(SHAPES)
def test_variance_is_that_of_the_ends_of_all_paths(shapes):
    assert hdc.signal.usage_variance(layers_of(shapes)) == pytest.approx(np.var(reached_by(shapes)))


@given(SHAPES)
def test_gaussian_has_the_heights_of_the_density(shapes):
    bell = hdc.signal.gaussian_match(layers_of(shapes))
    ends = reached_by(shapes)
    middle, variance = np.mean(ends), np.var(ends)
    heights = [math.exp(-((at - middle) ** 2) / 2 / variance) for at in range(len(path_counts(shapes)))]
    assert bell == pytest.approx([height / sum(heights) for height in heights])


@given(SHAPES, st.integers(1, 4))
def test_a_finer_bell_goes_through_the_same_points(shapes, finer):
    layers = layers_of(shapes)
    fine = hdc.signal.gaussian_match(layers, finer=finer)
    assert fine[::finer] == pytest.approx(hdc.signal.gaussian_match(layers))
    assert len(fine) == (len(path_counts(shapes)) - 1) * finer + 1 and fine[len(fine) // 2] == pytest.approx(fine.max())


@given(SHAPES)
def test_distance_is_the_largest_difference_on_any_set_of_samples(shapes):
    bell = hdc.signal.gaussian_match(layers_of(shapes))
    counts = np.array(path_counts(shapes)) / len(reached_by(shapes))
    best_set = counts > bell
    assert hdc.signal.bell_distance(layers_of(shapes)) == pytest.approx(counts[best_set].sum() - bell[best_set].sum())


@given(SHAPES)
def test_middle_share_agrees_with_cells_cut_into_small_pieces(shapes):
    counts = path_counts(shapes)
    pieces = np.repeat(counts, 4) / sum(counts) / 4  # a quarter of the window ends on a border of pieces
    quarter = len(counts)
    assert hdc.signal.middle_share(layers_of(shapes)) == pytest.approx(pieces[quarter : 3 * quarter].sum())


def test_distance_falls_with_depth_and_width_like_one_over_the_root():
    depths = [4, 16, 64]
    stacks = [[1] * depth for depth in depths]
    distances = [hdc.signal.bell_distance(stack, kernel_size=3) for stack in stacks]
    assert distances == sorted(distances, reverse=True) and distances[-1] < 0.002
    widths = [
        hdc.signal.usage_variance(s, kernel_size=3) ** 0.5 / hdc.receptive_field(s, kernel_size=3) for s in stacks
    ]
    scaled = [width * depth**0.5 for width, depth in zip(widths, depths, strict=True)]
    assert scaled[-1] == pytest.approx(6**-0.5, rel=0.01)


def test_tripling_dilations_stay_even_and_never_become_a_bell():
    for depth in range(1, 7):
        tripling = [3**i for i in range(depth)]
        assert hdc.signal.middle_share(tripling, kernel_size=3) == pytest.approx(0.5)
        assert hdc.signal.bell_distance(tripling, kernel_size=3) > 0.16


@pytest.mark.parametrize(("dilations", "share"), [([1, 1, 1, 1], 1 / 4), ([1, 2, 4], 16 / 21), ([5], 1)])
def test_widest_layer_has_its_share_of_the_variance(dilations, share):
    assert hdc.signal.largest_variance_share(dilations, kernel_size=3) == pytest.approx(share)


def test_one_sample_has_no_bell():
    assert hdc.signal.middle_share([1], kernel_size=1) == 0.5
    assert hdc.signal.largest_variance_share([1], kernel_size=1) == 1
    with pytest.raises(ValueError, match="^layers read one sample only"):
        hdc.signal.gaussian_match([1], kernel_size=1)
