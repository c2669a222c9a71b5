import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hdclib.positions import read_positions, transposed_read_positions
from hdclib.sizes import conv_size, conv_transpose_size

LAYER = {
    "kernel_size": st.integers(1, 5),
    "stride": st.integers(1, 4),
    "padding": st.integers(0, 5),
    "dilation": st.integers(1, 4),
}


@given(size=st.integers(1, 15), **LAYER)
def test_a_convolution_made_from_the_positions_is_the_sum_over_a_padded_input(size, **layer):
    kernel_size, stride, padding, dilation = layer.values()
    padded = [0] * padding + list(range(1, size + 1)) + [0] * padding
    assume(len(padded) > dilation * (kernel_size - 1))
    for index in range(conv_size(size, **layer)):
        slice_read = padded[index * stride :: dilation][:kernel_size]
        read = [position + 1 if 0 <= position < size else 0 for position in read_positions(index, **layer)]
        assert read == slice_read


@given(size=st.integers(1, 10), **LAYER)
def test_a_transposed_convolution_made_from_the_positions_is_the_scattered_one(size, **layer):
    kernel_size, stride, padding, dilation = layer.values()
    scattered = {}
    for position in range(size):
        for tap in range(kernel_size):
            scattered.setdefault(position * stride + tap * dilation - padding, set()).add((tap, position))
    assume(max(scattered) >= padding)
    for index in range(conv_transpose_size(size, **layer)):
        gathered = {
            (tap, position)
            for tap, position in enumerate(transposed_read_positions(index, **layer))
            if position is not None and 0 <= position < size
        }
        assert gathered == scattered.get(index, set())


@given(index=st.integers(0, 20), **LAYER)
def test_transposing_twice_is_reading(index, **layer):
    for tap, position in enumerate(read_positions(index, **layer)):
        if position >= 0:
            assert transposed_read_positions(position, **layer)[tap] == index


@pytest.mark.parametrize("function", [read_positions, transposed_read_positions])
@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [("index", -1, ValueError), ("index", True, TypeError), ("stride", 0, ValueError), ("dilation", 1.0, TypeError)],
)
def test_bad_positions_are_named(function, name, value, kind):
    with pytest.raises(kind, match=f"^{name} must be "):
        function(**{"index": 0, "kernel_size": 3, name: value})


def test_small_numpy_integers_do_not_overflow():
    assert read_positions(np.int8(100), np.int8(2), np.int8(100), dilation=np.int8(100)) == [10000, 10100]
