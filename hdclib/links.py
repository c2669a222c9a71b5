"""The links between inputs and outputs of one layer, seen from the input: which outputs it feeds."""

from hdclib.checks import whole_number
from hdclib.sizes import conv_size


def fed_outputs(position, size, kernel_size, stride=1, padding=0, dilation=1):
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
    >>> from hdclib import fed_outputs
    >>> fed_outputs(2, size=7, kernel_size=3, dilation=2)
    [2, 0, None]
    """
    size, kernel_size = whole_number("size", size, 1), whole_number("kernel_size", kernel_size, 1)
    stride, padding = whole_number("stride", stride, 1), whole_number("padding", padding, 0)
    dilation = whole_number("dilation", dilation, 1)
    out = conv_size(size, kernel_size, stride, padding, dilation)
    position = whole_number("position", position, -padding, size + padding - 1)
    starts = [position + padding - tap * dilation for tap in range(kernel_size)]
    return [start // stride if start % stride == 0 and 0 <= start < out * stride else None for start in starts]
