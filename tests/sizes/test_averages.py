"""Averages and their divisors, against PyTorch's recorded ones and against a count of positions."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from hdclib.sizes.averages import average_pool, pool_divisors
from hdclib.sizes.formulas import pool_size

TABLES = Path(__file__).parents[1] / "tables"


def test_averages_equal_pytorchs():
    table = json.loads((TABLES / "torch_average_pool.json").read_text())
    refused = 0
    for size, kernel_size, stride, padding, ceil_mode, count_include_pad, averages in table["cases"]:
        layer = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode, "count_include_pad": count_include_pad}
        if averages is None:
            refused += 1
            with pytest.raises(ValueError, match="padding must be at most|the window spans"):
                average_pool(np.arange(1, size + 1), kernel_size, **layer)
        else:
            np.testing.assert_allclose(average_pool(np.arange(1, size + 1), kernel_size, **layer), averages, rtol=1e-11)
    assert 50 < refused < len(table["cases"]) - 200


def test_a_window_that_hangs_over_divides_by_what_is_there():
    np.testing.assert_array_equal(average_pool([1, 2, 3, 4, 5], 2, ceil_mode=True), [1.5, 3.5, 5])


def test_divisors_count_positions():
    rng = random.Random(1)
    for _ in range(300):
        size, kernel_size, stride = rng.randint(6, 20), rng.randint(1, 6), rng.randint(1, 5)
        layer = {"stride": stride, "padding": rng.randint(0, kernel_size // 2), "ceil_mode": rng.random() < 0.5}
        for included in (False, True):
            pad = layer["padding"]
            counted = set(range(-pad, size + pad) if included else range(size))
            windows = range(pool_size(size, kernel_size, **layer))
            taps = [{i * stride - pad + t for t in range(kernel_size)} for i in windows]
            expected = [len(window & counted) for window in taps]
            assert pool_divisors(size, kernel_size, **layer, count_include_pad=included) == expected


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pool_divisors(5, 2, count_include_pad=1), r"^count_include_pad must be True or False, got 1$"),
        (lambda: average_pool([[1, 2]], 2), r"^values must have 1 axis, got shape \(1, 2\): call once per axis$"),
        (
            lambda: average_pool([1, 2], 3),
            r"^values has 2 samples: the window spans 3 samples .* the padded input has 2",
        ),
    ],
)
def test_what_cannot_be_is_named(call, message):
    with pytest.raises((TypeError, ValueError), match=message):
        call()
