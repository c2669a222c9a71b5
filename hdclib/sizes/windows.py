"""Which input samples an output sample reads, which are read by none, and how many inputs reach an output."""

import math

import numpy as np

from hdclib.checks import MOST_LISTED, room_for, whole_number
from hdclib.sizes.formulas import conv_size, conv_transpose_size


def read_positions(index, kernel_size, *, stride=1, padding=0, dilation=1):
    """Return the input position under each tap while a convolution or pool makes one output sample.

    Parameters
    ----------
    index : int
        Which output sample, from 0.
    kernel_size, stride, padding, dilation : int
        As in `conv_size`.

    Returns
    -------
    list of int
        One position a tap, first tap first, `dilation` apart. Positions below 0, and those from the input's size
        on, lie in the padding: they are kept, so that entry t always belongs to weight t.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    References
    ----------
    Yu and Koltun (2016), eq. 2 [yu2016].

    Examples
    --------
    >>> from hdclib import read_positions
    >>> read_positions(0, kernel_size=3, padding=2, dilation=2)
    [-2, 0, 2]
    """
    index, kernel_size, stride, padding, dilation = _checked(index, kernel_size, stride, padding, dilation)
    room_for("kernel_size", kernel_size, "taps")
    start = index * stride - padding
    return [start + tap * dilation for tap in range(kernel_size)]


def transposed_read_positions(index, kernel_size, *, stride=1, padding=0, dilation=1):
    """Return the input position that each tap of a transposed convolution brings to one output sample.

    Parameters
    ----------
    index : int
        Which output sample, from 0.
    kernel_size, stride, padding, dilation : int
        As in `conv_transpose_size`.

    Returns
    -------
    list of (int or None)
        One entry a tap, first tap first, so that entry t belongs to weight t; None where the tap falls between
        two inputs. Positions below 0, and those from the input's size on, do not exist and bring nothing. The
        number of entries that are left changes from output to output: that is the checkerboard effect.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    References
    ----------
    Odena, Dumoulin and Olah (2016) [odena2016].

    Examples
    --------
    >>> from hdclib.sizes import transposed_read_positions
    >>> [transposed_read_positions(index, kernel_size=3, stride=2) for index in (2, 3)]
    [[1, None, 0], [None, 1, None]]
    """
    index, kernel_size, stride, padding, dilation = _checked(index, kernel_size, stride, padding, dilation)
    room_for("kernel_size", kernel_size, "taps")
    reached = [index + padding - tap * dilation for tap in range(kernel_size)]  # in the stretched input
    return [at // stride if at % stride == 0 else None for at in reached]


def window_centres(out, kernel_size, *, stride=1, before=0, dilation=1):
    """Return the input position in the middle of each window.

    Parameters
    ----------
    out : int
        Number of windows, at least 1.
    kernel_size, stride, dilation : int
        As in `conv_size`.
    before : int
        Zeros in front of the input; those after it do not matter.

    Returns
    -------
    list of float
        In input samples, first window first, `stride` apart; halves where the kernel has no middle sample.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    References
    ----------
    Araujo, Norris and Sim (2019) [araujo2019].

    Examples
    --------
    Eight samples, kernel 3, stride 2: PyTorch with padding 1, and TensorFlow's "same", which adds nothing in front.

    >>> from hdclib.sizes import window_centres
    >>> window_centres(4, 3, stride=2, before=1), window_centres(4, 3, stride=2, before=0)
    ([0.0, 2.0, 4.0, 6.0], [1.0, 3.0, 5.0, 7.0])
    """
    out, before = whole_number("out", out, 1), whole_number("before", before, 0)
    room_for("out", out, "windows", MOST_LISTED)
    _, kernel_size, stride, before, dilation = _checked(0, kernel_size, stride, before, dilation)
    ends = (kernel_size - 1) * dilation - 2 * before  # first and last tap of the first window, added up
    return [(ends + 2 * stride * at) / 2 for at in range(out)]


def unread_samples(size, kernel_size, *, stride=1, padding=0, dilation=1, out=None):
    """Return the input samples that no window of the layer reads.

    Parameters
    ----------
    size, kernel_size, stride, padding, dilation : int
        As in `conv_size`.
    out : int, optional
        Number of windows; `conv_size` of the other arguments if not given.

    Returns
    -------
    list of int
        Ascending. Some lie behind the last window, where the floor of the size formula drops them; others between
        the taps, where the stride and the dilation share a divisor or the stride jumps over them.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number or too small, or if no window fits.

    References
    ----------
    Dumoulin and Visin (2016), sec. 2.4 [dumoulin2016].

    Examples
    --------
    >>> from hdclib import unread_samples
    >>> unread_samples(8, 3, stride=2), unread_samples(9, 3, stride=2), unread_samples(9, 3, stride=2, dilation=2)
    ([7], [], [1, 3, 5, 7])
    """
    layer = {"stride": stride, "padding": padding, "dilation": dilation}
    windows = conv_size(size, kernel_size, **layer) if out is None else whole_number("out", out, 1)
    size, kernel_size = whole_number("size", size, 1), whole_number("kernel_size", kernel_size, 1)
    room_for("size × kernel_size", max(size, windows) * kernel_size, "taps", MOST_LISTED)
    read = {at for index in range(windows) for at in read_positions(index, kernel_size, **layer)}
    return [at for at in range(size) if at not in read]


def spread_counts(size, kernel_size, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Count the inputs that reach each output of a transposed convolution.

    The counts repeat with the stride. Where they differ, the output gets a checkerboard pattern; a zero is an output
    that only the bias fills.

    Parameters
    ----------
    size, kernel_size, stride, padding, output_padding, dilation : int
        As in `conv_transpose_size`.

    Returns
    -------
    counts : ndarray of int, shape (out,)
        One axis; for images take the outer product of the two axes. Without padding it sums to size times
        kernel_size.

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_size`.

    References
    ----------
    Odena, Dumoulin and Olah (2016) [odena2016].

    Examples
    --------
    >>> from hdclib import spread_counts
    >>> spread_counts(4, 3, stride=2), spread_counts(4, 4, stride=2, padding=1)
    (array([1, 1, 2, 1, 2, 1, 2, 1, 1]), array([1, 2, 2, 2, 2, 2, 2, 1]))
    """
    size = whole_number("size", size, 1)
    _, kernel_size, stride, padding, dilation = _checked(0, kernel_size, stride, padding, dilation)
    layer = {"stride": stride, "padding": padding, "output_padding": output_padding, "dilation": dilation}
    out = conv_transpose_size(size, kernel_size, **layer)
    last = (size - 1) * stride  # where the first tap puts the last input
    room_for("size", length := max(out + padding, last + (kernel_size - 1) * dilation + 1), "samples")
    counts = np.zeros(length, dtype=int)
    for start in range(0, kernel_size * dilation, dilation):
        counts[start : start + last + 1 : stride] += 1
    return counts[padding : padding + out]


def spreads_evenly(kernel_size, *, stride=1, dilation=1):
    """Say whether a transposed convolution reaches all outputs equally often, away from the ends.

    Parameters
    ----------
    kernel_size, stride, dilation : int
        As in `conv_transpose_size`.

    Returns
    -------
    bool
        True exactly where `stride` divides `kernel_size` and shares no divisor above 1 with `dilation`. Then the
        taps d·0, d·1, … fall on every remainder of the stride k / s times.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    References
    ----------
    Odena, Dumoulin and Olah (2016), for dilation 1 [odena2016].

    Examples
    --------
    >>> from hdclib.sizes import spreads_evenly
    >>> spreads_evenly(3, stride=2), spreads_evenly(4, stride=2), spreads_evenly(4, stride=2, dilation=2)
    (False, True, False)
    """
    _, kernel_size, stride, _, dilation = _checked(0, kernel_size, stride, 0, dilation)
    return kernel_size % stride == 0 and math.gcd(stride, dilation) == 1


def _checked(index, kernel_size, stride, padding, dilation):
    """The same as Python ints: numpy's own would overflow in what follows."""
    return (
        whole_number("index", index, 0),
        whole_number("kernel_size", kernel_size, 1),
        whole_number("stride", stride, 1),
        whole_number("padding", padding, 0),
        whole_number("dilation", dilation, 1),
    )


def fed_outputs(position, size, kernel_size, *, stride=1, padding=0, dilation=1):
    """Return the output that each tap of a convolution makes from one input sample.

    Parameters
    ----------
    position : int
        Which input sample, from 0; -1, -2, … and `size`, `size` + 1, … are zeros of the padding.
    size, kernel_size, stride, padding, dilation : int
        As in `conv_size`.

    Returns
    -------
    list of (int or None)
        One entry a tap, first tap first; None where that tap never lies on the sample.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number or out of range, or the kernel does not fit.

    References
    ----------
    Dumoulin and Visin (2016), ch. 4 [dumoulin2016].

    Examples
    --------
    >>> from hdclib.sizes import fed_outputs
    >>> fed_outputs(2, size=7, kernel_size=3, dilation=2)
    [2, 0, None]
    """
    size, kernel_size = whole_number("size", size, 1), whole_number("kernel_size", kernel_size, 1)
    stride, padding = whole_number("stride", stride, 1), whole_number("padding", padding, 0)
    dilation = whole_number("dilation", dilation, 1)
    out = conv_size(size, kernel_size, stride=stride, padding=padding, dilation=dilation)
    position = whole_number("position", position, -padding, size + padding - 1)
    starts = [position + padding - tap * dilation for tap in range(kernel_size)]
    return [start // stride if start % stride == 0 and 0 <= start < out * stride else None for start in starts]
