"""Which input samples one output sample reads: what a stepper shows, one kernel at a time."""

from hdclib.layers import whole_number


def read_positions(index, kernel_size, stride=1, padding=0, dilation=1):
    """Return the input position under each tap while a convolution or pool makes one output sample.

    Parameters
    ----------
    index : int
        Which output sample, from 0.
    kernel_size, stride, padding, dilation : int
        As in `hdclib.sizes.conv_size`.

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
    >>> from hdclib.positions import read_positions
    >>> read_positions(0, kernel_size=3, padding=2, dilation=2)
    [-2, 0, 2]
    """
    index, kernel_size, stride, padding, dilation = _checked(index, kernel_size, stride, padding, dilation)
    start = index * stride - padding
    return [start + tap * dilation for tap in range(kernel_size)]


def transposed_read_positions(index, kernel_size, stride=1, padding=0, dilation=1):
    """Return the input position that each tap of a transposed convolution brings to one output sample.

    Parameters
    ----------
    index : int
        Which output sample, from 0.
    kernel_size, stride, padding, dilation : int
        As in `hdclib.sizes.conv_transpose_size`.

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
    >>> from hdclib.positions import transposed_read_positions
    >>> [transposed_read_positions(index, kernel_size=3, stride=2) for index in (2, 3)]
    [[1, None, 0], [None, 1, None]]
    """
    index, kernel_size, stride, padding, dilation = _checked(index, kernel_size, stride, padding, dilation)
    reached = [index + padding - tap * dilation for tap in range(kernel_size)]  # in the stretched input
    return [at // stride if at % stride == 0 else None for at in reached]


def _checked(index, kernel_size, stride, padding, dilation):
    return (
        whole_number("index", index, 0),
        whole_number("kernel_size", kernel_size, 1),
        whole_number("stride", stride, 1),
        whole_number("padding", padding, 0),
        whole_number("dilation", dilation, 1),
    )
