"""What a common divisor does to an image: its step, the sub-grids, and the most that a stack can read."""

import math

import numpy as np

from hdclib.checks import room_for, shown, whole_number
from hdclib.layers import as_layers, tap_spacings

MOST_STEP = 2**32  # times the rows of the largest window it still fits in 64 bits


def sub_grids(rows, columns, step):
    """Number the sub-grids that a stack with a common divisor makes of its window.

    Two pixels have the same number exactly if both their rows and their columns differ by a multiple of `step`.

    Parameters
    ----------
    rows, columns : int
        Size of the window, at least 1.
    step : int
        The common divisor, 1 to 2**32.

    Returns
    -------
    numbers : ndarray of int, shape (rows, columns)
        From 0 to ``step ** 2 - 1``. The pixel at (0, 0) and all that an output can read with it have 0.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number or out of range, or there would be more than 2**26 pixels.

    References
    ----------
    Wang and Ji (2018) [wangji2018].

    Examples
    --------
    >>> from hdclib.gridding import sub_grids
    >>> sub_grids(3, 4, 2)
    array([[0, 1, 0, 1],
           [2, 3, 2, 3],
           [0, 1, 0, 1]])
    """
    rows, columns = whole_number("rows", rows, 1), whole_number("columns", columns, 1)
    step = whole_number("step", step, 1, MOST_STEP)
    room_for("rows × columns", rows * columns, "pixels")
    return np.add.outer(np.arange(rows) % step * step, np.arange(columns) % step)


def lattice_limit(span, step):
    """Return the largest share of its square window that a stack on a lattice of step g can read.

    The span of such a stack is a multiple of g plus 1, so m + 1 of g m + 1 samples along an axis lie on the
    lattice. The share falls towards ``1 / g ** 2`` as the window grows, and stays above it.

    Parameters
    ----------
    span : int
        Receptive field along one axis; one more than a multiple of `step`.
    step : int
        The common divisor g, at least 1.

    Returns
    -------
    share : float
        From 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or no stack with this divisor has this span.

    Examples
    --------
    >>> from hdclib.gridding import lattice_limit
    >>> round(lattice_limit(29, 2), 3)
    0.268
    """
    span, step = whole_number("span", span, 1), whole_number("step", step, 1)
    if (span - 1) % step:
        raise ValueError(f"span must be one more than a multiple of step={shown(step)}, got {shown(span)}")
    return (((span - 1) // step + 1) / span) ** 2


def lattice_step(layers, kernel_size=None):
    """Return the greatest common divisor g of the tap spacings.

    Everything that one output reads lies on a lattice of step g; on an image the stack therefore splits the
    pixels into ``g ** 2`` sub-grids that never meet.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    step : int
        0 if no layer has more than one tap.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    References
    ----------
    Wang et al. (2018), sec. 3.2 [wang2018].

    Examples
    --------
    >>> from hdclib import lattice_step
    >>> lattice_step([2, 4, 8], kernel_size=3)
    2
    """
    layers = as_layers(layers, kernel_size)
    spacings = zip(layers, tap_spacings(layers), strict=True)
    return math.gcd(*(spacing for layer, spacing in spacings if layer.kernel_size > 1))
