"""Counts beyond 64 bits: the same as layer by layer, and what is known in closed form."""

import math
import random

import numpy as np
import pytest

from hdclib import ConvLayer, tap_counts
from hdclib.gridding import powers as long
from hdclib.gridding.powers import long_counts, power_counts
from hdclib.layers import tap_spacings


def layer_by_layer(kernel_sizes, spacings):
    """The definition: each layer adds copies of the counts, each a spacing further on."""
    counts = [1]
    for taps, spacing in zip(kernel_sizes, spacings, strict=True):
        total = [0] * (len(counts) + (taps - 1) * spacing)
        for tap in range(taps):
            for place, count in enumerate(counts, tap * spacing):
                total[place] += count
        counts = total
    return counts


@pytest.mark.parametrize("few", [0, long.FEW])  # all products packed, or as it is
@pytest.mark.parametrize("seed", range(30))
def test_long_counts_are_those_of_layer_by_layer(seed, few, monkeypatch):
    monkeypatch.setattr(long, "FEW", few)
    rng = random.Random(seed)
    kinds = [(rng.randint(1, 6), rng.randint(1, 7)) for _ in range(rng.randint(1, 4))]
    kernel_sizes, spacings = zip(*(rng.choice(kinds) for _ in range(rng.randint(1, 60))), strict=True)
    assert long_counts(kernel_sizes, spacings).tolist() == layer_by_layer(kernel_sizes, spacings)


@pytest.mark.parametrize("kernel_size", range(1, 9))
def test_powers_follow_their_recurrence(kernel_size):
    for layers in (1, 2, 3, 10, 41):
        assert power_counts(kernel_size, layers).tolist() == layer_by_layer([kernel_size] * layers, [1] * layers)


def test_strided_stacks_beyond_64_bits_are_counted_too():
    layers = [ConvLayer(3, 2, stride=2), ConvLayer(5), ConvLayer(3)] + [ConvLayer(3)] * 40
    found = tap_counts(layers)
    assert found.dtype == object
    assert found.tolist() == layer_by_layer([layer.kernel_size for layer in layers], tap_spacings(layers))


def test_five_thousand_layers_are_counted_exactly():
    counts = tap_counts([1] * 5000, kernel_size=3)  # coefficients of (1 + x + x**2) ** 5000
    assert sum(counts) == 3**5000 and counts.tolist() == counts.tolist()[::-1]
    assert counts[:3].tolist() == [1, 5000, math.comb(5000, 2) + 5000]
    middle = tap_counts([1] * 400, kernel_size=3)[400]
    assert middle == sum(math.comb(400, 2 * k) * math.comb(2 * k, k) for k in range(201))
    mixed = tap_counts([1, 2] * 300, kernel_size=2)
    assert sum(mixed) == 2**600 and np.count_nonzero(mixed) == len(mixed) == 901


def test_a_product_that_takes_all_its_digits_is_exact():
    one = np.array([10**20, *[1] * (long.FEW + 12)], dtype=object)
    wanted = [sum(one[at] * one[place - at] for at in range(place + 1) if at < len(one) and place - at < len(one))
              for place in range(2 * len(one) - 1)]  # fmt: skip
    assert long._multiplied(one, one).tolist() == wanted and wanted[0] == 10**40
