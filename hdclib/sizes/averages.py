"""What an average pool divides by, where its window lies on padding or hangs over the end."""

import numpy as np

from hdclib.checks import MOST_LISTED, finite_numbers, room_for, truth_value, whole_number
from hdclib.sizes.formulas import pool_size


def pool_divisors(size, kernel_size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """Return the number by which each window of an average pool divides its sum.

    Parameters
    ----------
    size, kernel_size, stride, padding, ceil_mode
        As in `pool_size`.
    count_include_pad : bool
        Whether zeros of the padding count as samples: true in PyTorch, false in ONNX unless it is asked for, never
        in TensorFlow and Keras.

    Returns
    -------
    divisors : list of int
        One a window. Positions beyond the padding, where `ceil_mode` lets the last window hang over, never count.

    Raises
    ------
    TypeError, ValueError
        As `pool_size`, and if `count_include_pad` is not true or false.

    References
    ----------
    PyTorch 2.13, ``torch.nn.AvgPool1d`` [pytorch].

    Examples
    --------
    >>> from hdclib.sizes import pool_divisors
    >>> pool_divisors(5, 2, ceil_mode=True)
    [2, 2, 1]
    >>> pool_divisors(4, 3, stride=2, padding=1), pool_divisors(4, 3, stride=2, padding=1, count_include_pad=False)
    ([3, 3], [2, 3])
    """
    windows = pool_size(size, kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode)
    truth_value("count_include_pad", count_include_pad)
    room_for("size", windows, "windows", MOST_LISTED)
    size, kernel_size, padding = (whole_number("size", number, 0) for number in (size, kernel_size, padding))
    stride = kernel_size if stride is None else whole_number("stride", stride, 1)
    first, behind = (-padding, size + padding) if count_include_pad else (0, size)
    starts = range(-padding, windows * stride - padding, stride)
    return [min(start + kernel_size, behind) - max(start, first) for start in starts]


def average_pool(values, kernel_size, *, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """Return the averages of an average pool, along one axis.

    Parameters
    ----------
    values : array of numbers, shape (H,)
        For images call once per axis: the divisor of two axes is the product.
    kernel_size, stride, padding, ceil_mode, count_include_pad
        As in `pool_divisors`.

    Returns
    -------
    averages : ndarray of float, shape (windows,)

    Raises
    ------
    TypeError, ValueError
        As `pool_divisors`, and if `values` are not finite numbers along one axis.

    References
    ----------
    PyTorch 2.13, ``torch.nn.AvgPool1d`` [pytorch].

    Examples
    --------
    >>> from hdclib.sizes import average_pool
    >>> average_pool([1, 2, 3, 4, 5], 2, ceil_mode=True)
    array([1.5, 3.5, 5. ])
    """
    values = finite_numbers("values", values)
    if values.ndim != 1:
        raise ValueError(f"values must have 1 axis, got shape {values.shape}: call once per axis")
    if len(values) == 0:
        raise ValueError("values is empty: give at least one number")
    shape = {"stride": stride, "padding": padding, "ceil_mode": ceil_mode, "count_include_pad": count_include_pad}
    try:
        divisors = pool_divisors(len(values), kernel_size, **shape)
    except ValueError as error:
        raise ValueError(f"values has {len(values)} samples: {error}") from None
    stride = kernel_size if stride is None else stride
    sums = np.concatenate(([0.0], np.cumsum(values)))
    starts = np.arange(len(divisors)) * int(stride) - int(padding)
    before, behind = (np.clip(at, 0, len(values)) for at in (starts, starts + int(kernel_size)))
    return (sums[behind] - sums[before]) / divisors
