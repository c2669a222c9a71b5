"""Convolutions of whole numbers stay exact where 64 bits end."""

import numpy as np
import pytest

import hdclib as hdc

BIG = 2**62


@pytest.mark.parametrize("kind", [list, np.array, lambda values: np.array(values, dtype=np.uint64)])
def test_sums_beyond_64_bits_are_exact(kind):
    assert hdc.sizes.dilated_convolve(kind([BIG, BIG]), [2, 2]).tolist() == [2**64]
    assert hdc.sizes.transposed_convolve(kind([BIG, BIG]), [2, 2]).tolist() == [2**63, 2**64, 2**63]
    assert hdc.sizes.dilated_convolve(kind([[BIG, 1]]), [[4, 1]]).tolist() == [[2**64 + 1]]


def test_unsigned_numbers_keep_their_value():
    large = np.array([2**63, 1], dtype=np.uint64)
    assert hdc.sizes.dilated_convolve(large, [1, -1]).tolist() == [2**63 - 1]
    assert hdc.sizes.spread_kernel(large, dilation=2).tolist() == [2**63, 0, 1]
    assert hdc.sizes.dilated_convolve([2**70, 1], [1, 1]).tolist() == [2**70 + 1]
    assert hdc.sizes.dilated_convolve(np.uint64([1, 2]), [1, 1]).dtype == np.int64


def test_small_sums_stay_in_64_bits():
    assert hdc.sizes.dilated_convolve([-(2**61), 1], [1, 1]).dtype == np.int64
    assert hdc.sizes.dilated_convolve([-(2**63)], [1]).tolist() == [-(2**63)]
    assert hdc.sizes.dilated_convolve([0.5], [2**62]).dtype == float


def test_things_that_are_no_numbers_are_refused():
    for values in ([None, 1], [1, [2]], ["1"], [True]):
        with pytest.raises(TypeError, match="^values must hold numbers, got "):
            hdc.sizes.dilated_convolve(values, [1])
