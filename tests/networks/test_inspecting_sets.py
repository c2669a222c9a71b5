"""Sets carried through random graphs, backwards and forwards, against dependence by definition."""

import random

import numpy as np
import pytest
from networks.random_graphs import Pair

from hdclib.networks.inspecting.carrying import feeds, reads
from hdclib.networks.inspecting.sets import Places, everything, minus, one_place, split, trimmed, union

GRAPHS = 120


@pytest.mark.parametrize("block", range(8))
def test_what_an_output_reads_and_an_input_feeds_is_what_depends_on_it(block):
    for seed in range(block * GRAPHS // 8, (block + 1) * GRAPHS // 8):
        pair = Pair(seed)
        rng, last, bits = random.Random(seed), pair.numbers[-1], pair.bits[-1]
        at = tuple(rng.choice((0, size // 2, size - 1)) for size in bits.shape)
        got = reads(pair.graph, one_place(bits.shape, dict(enumerate(at))), last).get(0)
        want = np.array([bits[at] >> number & 1 for number in range(pair.bits[0].size)], dtype=bool)
        found = np.zeros(want.size, dtype=bool) if got is None else got.array().reshape(-1)
        np.testing.assert_array_equal(found, want, err_msg=f"seed {seed}, output {at}")
        number = rng.randrange(want.size)
        place = dict(enumerate(map(int, np.unravel_index(number, pair.bits[0].shape))))
        fed = feeds(pair.graph, one_place(pair.bits[0].shape, place), 0).get(last)
        want = np.vectorize(lambda value, n=number: bool(value >> n & 1))(bits)
        found = np.zeros(bits.shape, dtype=bool) if fed is None else fed.array()
        np.testing.assert_array_equal(found, want, err_msg=f"seed {seed}, input {number}")


def drawn(rng, shape):
    mask = rng.random(shape) < 0.4
    if rng.random() < 0.5:  # a product
        mask = np.ones(shape, dtype=bool)
        for axis, size in enumerate(shape):
            line = rng.random(size) < 0.6
            mask &= line.reshape([-1 if place == axis else 1 for place in range(len(shape))])
    return mask


def as_places(mask):
    part = trimmed(range(mask.ndim), (0,) * mask.ndim, mask) if mask.any() else None
    return None if part is None else Places(mask.shape, tuple(split(part)))


def array(places, shape):
    return np.zeros(shape, dtype=bool) if places is None else places.array()


def test_sets_of_positions_behave_as_masks_do():
    rng = np.random.default_rng(3)
    for _ in range(400):
        shape = tuple(rng.integers(1, 5, rng.integers(1, 4)))
        one, other = drawn(rng, shape), drawn(rng, shape)
        a, b = as_places(one), as_places(other)
        np.testing.assert_array_equal(array(union(a, b), shape), one | other)
        if a is not None:
            np.testing.assert_array_equal(array(minus(a, b), shape), one & ~other)
            assert a.count() == one.sum()
            np.testing.assert_array_equal(a.reshaped((1, one.size)).array(), one.reshape(1, -1))


def test_a_union_of_products_of_different_shapes_is_no_product():
    row, column = one_place((3, 3), {0: 1}), one_place((3, 3), {1: 1})
    both = union(row, column)
    assert len(both.parts) == 1 and both.count() == 5
    assert len(everything((3, 3)).parts) == 2


def test_a_union_that_would_hold_too_many_cells_says_that_it_may_hold_more(monkeypatch):
    near, far = one_place((6, 6), {0: 1, 1: 1}), one_place((6, 6), {0: 4, 1: 4})
    whole = union(near, far)
    assert whole.exact and whole.count() == 2
    monkeypatch.setattr("hdclib.networks.inspecting.sets.MOST_CELLS", 3)
    around = union(near, far)
    assert not around.exact and not (whole.array() & ~around.array()).any()
