"""Sizes that would fill the memory or never end are refused, and the argument is named."""

import numpy as np
import pytest

import hdclib as hdc
from hdclib import checks
from hdclib.checks import MOST_CELLS
from hdclib.gridding.counts import _room_for
from hdclib.layers import MOST_LAYERS, as_layers
from hdclib.rules.surveys import MOST_STACKS

IMAGE = np.ones((4, 4))
HUGE = 10**9


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: hdc.white_noise((30_000, 30_000)), "shape"),
        (lambda: hdc.signal.scene("flat", HUGE), "size"),
        (lambda: hdc.read_positions(0, HUGE), "kernel_size"),
        (lambda: hdc.sizes.transposed_read_positions(0, HUGE), "kernel_size"),
        (lambda: hdc.gridding.sub_grids(10**6, 10**6, 2), "rows × columns"),
        (lambda: hdc.signal.enlarge(IMAGE, HUGE), "factor"),
        (lambda: hdc.signal.filter_image(IMAGE, [1], kernel_size=HUGE), "kernel_size"),
        (lambda: hdc.sizes.dilated_convolve([1, 2], [1], padding=HUGE), "padding"),
        (lambda: hdc.rules.are_filled([[1, 2]], HUGE), "dilations × kernel_size"),
        (lambda: hdc.signal.response_zeros([1], HUGE), "layers"),
        (lambda: hdc.signal.side_lobe([1], HUGE), "layers"),
        (lambda: hdc.signal.frequency_response([1], 0.5, kernel_size=HUGE), "layers"),
        (lambda: hdc.sizes.transposed_convolve([1, 2], [1], stride=HUGE), "stride"),
        (lambda: hdc.spread_counts(HUGE, 3), "size"),
        (lambda: hdc.unread_samples(HUGE, 3), "size × kernel_size"),
        (lambda: hdc.sizes.window_centres(HUGE, 3), "out"),
    ],
)
def test_what_has_no_room_is_refused(call, name):
    with pytest.raises(ValueError, match=f"^{name} asks for [0-9]+ [a-z]+, at most [0-9]+ are allowed$"):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: hdc.place_values([3] * 10_001), "^kernel_sizes has 10001 entries, at most 10000 are allowed$"),
        (lambda: hdc.signal.split_image(IMAGE, HUGE), "^step must be at most 4, got 1000000000$"),
        (lambda: hdc.gridding.sub_grids(3, 3, 2**62), "^step must be at most 4294967296, got 4611686018427387904$"),
    ],
)
def test_a_number_beyond_all_use_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_beyond_the_side_every_step_leaves_one_frequency():
    image = IMAGE * [1, 2, 3, 4]
    assert hdc.grid_energy(image, 10**30) == hdc.grid_energy(image, 4) == 1
    assert hdc.gridding.sub_grids(2, 2, 2**32).tolist() == [[0, 1], [2**32, 2**32 + 1]]


def test_an_image_is_not_halved_a_thousand_million_times():
    with pytest.raises(ValueError, match="^image is 4 × 4, its sides cannot be halved 1000000000 times$"):
        hdc.signal.pool_image(IMAGE, HUGE)


def test_a_limit_takes_its_own_largest_value_and_nothing_beyond():
    checks.room_for("size", 5, "cells", 5)
    assert checks.whole_number("size", 5, 5, 5) == 5
    for refused in (lambda: checks.room_for("size", 6, "cells", 5), lambda: checks.whole_number("size", 6, 5, 5)):
        with pytest.raises(ValueError, match="at most 5"):
            refused()
    assert len(as_layers([1] * MOST_LAYERS, 3)) == MOST_LAYERS
    with pytest.raises(ValueError, match="10001 entries"):
        as_layers([1] * (MOST_LAYERS + 1), 3)
    assert hdc.gridding.sub_grids(1, 1, 2**32).tolist() == [[0]]
    assert len(hdc.rules.all_stacks(1, MOST_STACKS)) == MOST_STACKS


def test_a_map_of_the_most_cells_is_counted_and_one_more_is_refused():
    _room_for("a map has", MOST_CELLS, "cells")
    with pytest.raises(ValueError, match="at most 67108864"):
        _room_for("a map has", MOST_CELLS + 1, "cells")


def test_64_bits_are_used_up_to_their_last_number():
    assert np.iinfo(np.int64).max == checks.INT64_MAX
    largest = np.iinfo(np.int64).max
    assert checks.whole_array("counts", [largest]).dtype == np.int64
    assert checks.whole_array("counts", [largest + 1]).dtype == object
    assert hdc.sizes.dilated_convolve([largest], [1]).dtype == np.int64
    assert hdc.sizes.dilated_convolve([2**62], [2]).dtype == object
    assert hdc.outer_counts([largest], [1]).dtype == np.int64
    assert hdc.outer_counts([2**62], [2]).tolist() == [[2**63]]
    wide = hdc.networks.Parallel([hdc.ConvLayer(1001)] * 7)  # the product of their paths is beyond 64 bits, not the sum
    assert hdc.tap_counts(wide).dtype == np.int64 and hdc.tap_counts(wide).max() == 7


def test_dilations_are_refused_from_the_first_product_that_64_bits_do_not_hold():
    assert hdc.rules.are_hole_free([[2**62 - 1]], 2).tolist() == [False]
    with pytest.raises(ValueError, match=r"less than 2\*\*63"):
        hdc.rules.are_hole_free([[2**62]], 2)
