"""Fields, strides and paddings of features against walking every path down to the input."""

import random

import pytest

from hdclib import ConvLayer, receptive_field
from hdclib.networks import FeatureGrid, feature_grid, feature_grids


def reached_from(index, layers):
    """Every input position that feature `index` reads, by definition; shares no code with hdclib."""
    positions = {index}
    for layer in reversed(layers):
        starts = {at * layer.stride - layer.padding for at in positions}
        positions = {start + tap * layer.dilation for start in starts for tap in range(layer.kernel_size)}
    return positions


def random_layers(rng):
    return [
        ConvLayer(rng.randint(1, 5), rng.randint(1, 4), stride=rng.randint(1, 3), padding=rng.randint(0, 4))
        for _ in range(rng.randint(1, 4))
    ]


def test_window_is_what_walking_every_path_reaches():
    rng = random.Random(31)
    for _ in range(400):
        layers = random_layers(rng)
        grid = feature_grid(layers)
        for index in (0, 1, 7):
            reached = reached_from(index, layers)
            assert grid.window(index) == (min(reached), max(reached)), layers
            assert grid.centre(index) == (min(reached) + max(reached)) / 2


def test_field_is_the_receptive_field_of_the_library():
    rng = random.Random(32)
    for _ in range(200):
        layers = random_layers(rng)
        assert feature_grid(layers).field == receptive_field(layers)


def test_grids_are_those_of_the_stacks_first_layers():
    layers = [ConvLayer(3, padding=1), ConvLayer(2, stride=2), ConvLayer(3, 2, padding=2)]
    assert feature_grids(layers) == [feature_grid(layers[:depth]) for depth in (1, 2, 3)]


def test_first_output_of_a_dilated_kernel_spans_five_pixels_from_zero():
    """A popular calculator gives -1 to 4 for kernel 3, dilation 2, no padding."""
    assert feature_grid([2], kernel_size=3).window(0) == (0, 4)


def test_features_lie_one_stride_apart():
    grid = FeatureGrid(field=212, stride=32, padding=90)
    assert grid.window(1)[0] - grid.window(0)[0] == 32


def test_negative_index_is_named_in_the_error():
    with pytest.raises(ValueError, match=r"^index must be at least 0, got -1$"):
        FeatureGrid(3, 1, 1).window(-1)


def test_features_that_read_padding_only_are_counted():
    rng = random.Random(5)
    for _ in range(300):
        layers = [
            ConvLayer(rng.randint(1, 3), rng.randint(1, 2), stride=rng.randint(1, 2), padding=rng.randint(0, 3))
            for _ in range(3)
        ]
        reads = list(range(400))  # a sample of an endless input, or None where nothing but padding is read
        for layer in layers:
            at = lambda u, tap, layer=layer: u * layer.stride - layer.padding + tap * layer.dilation  # noqa: E731
            taps = [[at(u, tap) for tap in range(layer.kernel_size)] for u in range(len(reads) // layer.stride - 12)]
            met = [[reads[place] for place in each if place >= 0 and reads[place] is not None] for each in taps]
            reads = [min(each, default=None) for each in met]
        blank = feature_grid(layers).blank
        assert [found is None for found in reads[:20]] == [u < blank for u in range(20)], layers
