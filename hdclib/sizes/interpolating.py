"""Enlarging without weights: where the outputs of a linear interpolation lie, and what they are."""

import numpy as np

from hdclib.checks import MOST_LISTED, finite_numbers, room_for, truth_value, whole_number


def sampled_positions(size, out, *, align_corners=False):
    """Return where each output of a linear interpolation lies on its input.

    Parameters
    ----------
    size : int
        Input samples, at the positions 0 to ``size - 1``.
    out : int
        Outputs.
    align_corners : bool
        If true, the first and the last output lie on the first and the last sample, and the step between two outputs is
        ``(size - 1) / (out - 1)``. If false, PyTorch's default, samples and outputs are cells of two lines of the same
        length, and the step is ``size / out``.

    Returns
    -------
    positions : ndarray of float, shape (out,)
        In input samples, not below 0 and not above ``size - 1``: an output beyond the middle of the first or the last
        cell repeats that sample.

    Raises
    ------
    TypeError, ValueError
        If a size is below 1, or `align_corners` is not true or false.

    References
    ----------
    PyTorch 2.13, ``torch.nn.functional.interpolate`` [pytorch].

    Examples
    --------
    >>> from hdclib.sizes import sampled_positions
    >>> sampled_positions(4, 8)
    array([0.  , 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.  ])
    >>> sampled_positions(4, 7, align_corners=True)
    array([0. , 0.5, 1. , 1.5, 2. , 2.5, 3. ])
    """
    size, out = whole_number("size", size, 1), whole_number("out", out, 1)
    truth_value("align_corners", align_corners)
    room_for("out", out, "outputs", MOST_LISTED)
    index = np.arange(out)
    if align_corners:
        return index * (size - 1) / max(out - 1, 1)
    return np.clip((index + 0.5) * size / out - 0.5, 0, size - 1)


def interpolate_linear(values, out, *, align_corners=False):
    """Return a line of samples enlarged, or made smaller, by linear interpolation.

    Parameters
    ----------
    values : array of numbers, shape (H,)
        For images (bilinear) call once per axis.
    out, align_corners
        As in `sampled_positions`.

    Returns
    -------
    line : ndarray of float, shape (out,)
        Each output is a mean of the two samples beside its position, the nearer one weighing more.

    Raises
    ------
    TypeError, ValueError
        As `sampled_positions`, and if `values` are not finite numbers along one axis.

    References
    ----------
    PyTorch 2.13, ``torch.nn.functional.interpolate`` with ``mode="linear"`` [pytorch].

    Examples
    --------
    >>> from hdclib.sizes import interpolate_linear
    >>> interpolate_linear([0, 4, 8], 5, align_corners=True)
    array([0., 2., 4., 6., 8.])
    """
    values = finite_numbers("values", values)
    if values.ndim != 1:
        raise ValueError(f"values must have 1 axis, got shape {values.shape}: call once per axis")
    if len(values) == 0:
        raise ValueError("values is empty: give at least one number")
    positions = sampled_positions(len(values), out, align_corners=align_corners)
    return np.interp(positions, np.arange(len(values)), values)
