"""Paths from every input sample to one output of a stack, counted exactly."""

import math

import numpy as np

from hdclib.checks import INT64_MAX, as_counts, shown
from hdclib.layers import as_layers
from hdclib.spacings import receptive_field, tap_spacings

MAX_SAMPLES = 2**26  # cells in one map: half a gigabyte of 64-bit integers


def tap_counts(layers, kernel_size=None):
    """Count the paths from each input sample to one output sample.

    A zero inside the window is a *hole*: a sample that the stack never reads.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        First layer first. One axis; for images see `usage_map`.

    Returns
    -------
    counts : ndarray of int64, or of Python int where a count may exceed 2**63 - 1; shape (R,)
        R is ``receptive_field(layers)``, in input samples, first sample first.
        Symmetric; sums to the product of the kernel sizes.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or spans more than 2**26 samples.

    References
    ----------
    Wang et al. (2018), sec. 3.2 [wang2018].

    Examples
    --------
    >>> from hdclib import tap_counts
    >>> tap_counts([2, 2], kernel_size=3)
    array([1, 0, 2, 0, 3, 0, 2, 0, 1])
    """
    layers = as_layers(layers, kernel_size)
    _room_for(receptive_field(layers), "samples")
    exact = np.int64 if math.prod(layer.kernel_size for layer in layers) <= INT64_MAX else object
    counts = np.ones(1, dtype=exact)
    for layer, spacing in zip(layers, tap_spacings(layers), strict=True):
        counts = _spread(counts, layer.kernel_size, spacing)
    return counts


def stage_counts(layers, kernel_size=None):
    """Return `tap_counts` after the first layer, after the first two, and so on.

    These are the maps of the well-known pictures: what one value of Layer 2, 3, 4 reads of Layer 1.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    stages : list of ndarray, one a layer
        ``stages[i]`` is ``tap_counts(layers[:i + 1])``.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or spans more than 2**26 samples.

    Examples
    --------
    >>> from hdclib import stage_counts
    >>> [len(counts) for counts in stage_counts([1, 2, 3], kernel_size=3)]
    [3, 7, 13]
    """
    layers = as_layers(layers, kernel_size)
    return [tap_counts(layers[: depth + 1]) for depth in range(len(layers))]


def descent_counts(layers, kernel_size=None):
    """Return what one final output reads of the last layer's input, of the one before, down to the stack's input.

    Each entry counts in samples of *that* layer's input. The recurrence M_i of the paper walks the same way.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    counts : list of ndarray, first layer first
        ``counts[i]`` is ``tap_counts(layers[i:])``; ``counts[0]`` is the whole stack's.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or spans more than 2**26 samples.

    Examples
    --------
    >>> from hdclib import descent_counts
    >>> [c.tolist() for c in descent_counts([1, 2], kernel_size=3)]
    [[1, 1, 2, 1, 2, 1, 1], [1, 0, 1, 0, 1]]
    """
    layers = as_layers(layers, kernel_size)
    return [tap_counts(layers[depth:]) for depth in range(len(layers))]


def outer_counts(rows, columns=None):
    """Join two axes into one map: ``map[y, x] = rows[y] * columns[x]``, exactly.

    The taps of a square kernel are a product of two axes, and so are its paths.

    Parameters
    ----------
    rows, columns : sequence of int
        As `tap_counts` returns them, not dilations: ``outer_counts(tap_counts([2, 2, 2], kernel_size=3))``.
        `columns` is `rows` again if left out.

    Returns
    -------
    counts : ndarray, shape (len(rows), len(columns))
        int64, or Python int where a product may exceed 2**63 - 1.

    Raises
    ------
    TypeError, ValueError
        If an axis holds anything but whole numbers of at least 0, or the map would have more than 2**26 cells.

    Examples
    --------
    >>> from hdclib import outer_counts, tap_counts
    >>> outer_counts(tap_counts([1], kernel_size=2))
    array([[1, 1],
           [1, 1]])
    """
    rows = as_counts("rows", rows, 1)
    columns = rows if columns is None else as_counts("columns", columns, 1)
    _room_for(len(rows) * len(columns), "cells")
    if int(rows.max()) * int(columns.max()) > INT64_MAX:
        rows, columns = rows.astype(object), columns.astype(object)
    return np.multiply.outer(rows, columns)


def usage_map(layers, kernel_size=None):
    """Count the paths from each input pixel to one output pixel of a stack of square kernels.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        Each layer acts alike on both axes; for rectangular ones join two `tap_counts` with `outer_counts`.

    Returns
    -------
    counts : ndarray of int, shape (R, R), (row, column)
        R is ``receptive_field(layers)``. Sums to the product of the squared kernel sizes.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or the map would have more than 2**26 cells.

    References
    ----------
    Wang et al. (2018), fig. 2 [wang2018].

    Examples
    --------
    >>> from hdclib import usage_map
    >>> counts = usage_map([2, 2, 2], kernel_size=3)
    >>> counts.shape, int((counts > 0).sum()), int(counts.max())
    ((13, 13), 49, 49)
    """
    return outer_counts(tap_counts(layers, kernel_size))


def _spread(counts, kernel_size, spacing):
    """Add `kernel_size` copies of `counts`, each `spacing` further on."""
    total = np.zeros(len(counts) + (kernel_size - 1) * spacing, dtype=counts.dtype)
    total[: len(counts)] = counts
    for start in range(spacing, kernel_size * spacing, spacing):
        copy = total[start : start + len(counts)]
        copy += counts
    return total


def _room_for(count, unit):
    """Refuse a map that would not fit in memory."""
    if count > MAX_SAMPLES:
        raise ValueError(
            f"layers span {shown(count)} {unit}, and at most {MAX_SAMPLES} can be counted one by one: "
            "ask is_hole_free or receptive_field, which need no map"
        )
