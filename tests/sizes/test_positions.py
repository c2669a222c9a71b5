import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hdclib.sizes.formulas import conv_size, conv_transpose_size
from hdclib.sizes.windows import (
    read_positions,
    spread_counts,
    spreads_evenly,
    transposed_read_positions,
    unread_samples,
    window_centres,
)

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


@given(size=st.integers(1, 25), **LAYER)
def test_unread_samples_are_those_that_change_no_output(size, **layer):
    kernel_size, stride, padding, dilation = layer.values()
    padded = np.pad(np.eye(size, dtype=int), ((0, 0), (padding, padding)))  # one input of a single 1 for each sample
    assume(padded.shape[1] > dilation * (kernel_size - 1))
    starts = range(0, padded.shape[1] - dilation * (kernel_size - 1), stride)
    outputs = np.stack([padded[:, start::dilation][:, :kernel_size].sum(axis=1) for start in starts], axis=1)
    assert unread_samples(size, **layer) == np.flatnonzero(outputs.sum(axis=1) == 0).tolist()


def test_with_more_windows_than_fit_fewer_samples_are_unread():
    assert unread_samples(8, 3, stride=2, out=4) == []  # a window of ceil_mode hangs over the end and reads sample 7
    assert unread_samples(8, 3, stride=2, out=1) == [3, 4, 5, 6, 7]


@given(out=st.integers(1, 8), **LAYER)
def test_a_windows_centre_is_the_mean_of_its_first_and_last_sample(out, **layer):
    kernel_size, stride, before, dilation = layer.values()
    spans = [range(i * stride, i * stride + dilation * (kernel_size - 1) + 1) for i in range(out)]
    centres = [np.mean([at - before for at in span]) for span in spans]
    assert window_centres(out, kernel_size, stride=stride, before=before, dilation=dilation) == pytest.approx(centres)


@given(size=st.integers(1, 10), output_padding=st.integers(0, 3), **LAYER)
def test_spread_counts_are_what_ones_through_ones_give(size, output_padding, **layer):
    kernel_size, stride, padding, dilation = layer.values()
    assume(output_padding < max(stride, dilation))
    stretched = np.zeros((size - 1) * stride + 1, dtype=int)
    stretched[::stride] = 1
    kernel = np.zeros((kernel_size - 1) * dilation + 1, dtype=int)
    kernel[::dilation] = 1
    whole = np.append(np.convolve(stretched, kernel), np.zeros(output_padding, dtype=int))
    assume(len(whole) > 2 * padding)
    wanted = whole[padding : len(whole) - padding]
    assert spread_counts(size, output_padding=output_padding, **layer).tolist() == wanted.tolist()


@given(st.integers(1, 12), st.integers(1, 8), st.integers(1, 8))
def test_even_spreading_is_even_counts(kernel_size, stride, dilation):
    hits = [0] * stride  # taps that fall on each remainder of the stride
    for tap in range(kernel_size):
        hits[tap * dilation % stride] += 1
    assert spreads_evenly(kernel_size, stride=stride, dilation=dilation) == (len(set(hits)) == 1)


def test_stride_and_dilation_with_a_common_divisor_leave_outputs_that_no_input_reaches():
    assert (spread_counts(9, 3, stride=2, dilation=2)[1::2] == 0).all()
    assert (spread_counts(9, 3, stride=2, dilation=3)[2:-2] > 0).all()


@pytest.mark.parametrize("function", [read_positions, transposed_read_positions])
@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [("index", -1, ValueError), ("index", True, TypeError), ("stride", 0, ValueError), ("dilation", 1.0, TypeError)],
)
def test_bad_positions_are_named(function, name, value, kind):
    with pytest.raises(kind, match=f"^{name} must be "):
        function(**{"index": 0, "kernel_size": 3, name: value})


def test_small_numpy_integers_do_not_overflow():
    assert read_positions(np.int8(100), np.int8(2), stride=np.int8(100), dilation=np.int8(100)) == [10000, 10100]
