"""Paths from every input sample to one output of a stack, counted exactly."""

import math

import numpy as np

from hdclib.checks import INT64_MAX, MOST_CELLS, as_counts, one_of, shown
from hdclib.gridding.modules import ALIGNMENTS, has_branches, module_counts
from hdclib.gridding.powers import long_counts
from hdclib.layers import as_layers, receptive_field, tap_spacings

MOST_BYTES = 2**28  # of one map of Python's own numbers: as many cells of theirs take minutes and gigabytes


def tap_counts(layers, kernel_size=None, *, align="centre"):
    """Count the paths from each input sample to one output sample.

    A zero inside the window is a *hole*: a sample that the stack never reads.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`, or Cascade or Parallel
        First layer first. One axis; for images see `usage_map`. Parts one after the other convolve their counts,
        parts side by side add theirs.
    align : str
        Where branches meet: "centre", at the middle of their windows, as with equal padding on both sides, or
        "last", at the last sample, as in a causal network. Without branches both are the same.

    Returns
    -------
    counts : ndarray of int64, or of Python int where a count may exceed 2**63 - 1; shape (R,)
        R is ``receptive_field(layers)``, in input samples, first sample first. Sums to the number of paths; of a
        stack also symmetric, and that number is the product of the kernel sizes.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or spans more than 2**26 samples (with branches 2**24), or counts beyond
        2**63 - 1 would fill more than 2**28 bytes, or two branches have middles that lie half a sample apart.

    References
    ----------
    Wang et al. (2018), sec. 3.2 [wang2018].

    Examples
    --------
    >>> from hdclib import tap_counts
    >>> tap_counts([2, 2], kernel_size=3)
    array([1, 0, 2, 0, 3, 0, 2, 0, 1])
    """
    one_of("align", align, ALIGNMENTS)
    if has_branches(layers, kernel_size):
        return module_counts(layers, 1, align)
    layers = as_layers(layers, kernel_size)
    paths = math.prod(layer.kernel_size for layer in layers)
    _room_for("layers span", receptive_field(layers), "samples", paths)
    if paths > INT64_MAX:
        return long_counts([layer.kernel_size for layer in layers], tap_spacings(layers))
    return _carried(layers, np.int64)


def samples_read(layers, kernel_size=None):
    """Return which samples of its receptive field a stack reads: where `tap_counts` is above 0, without counting.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    read : ndarray of bool, shape (R,)

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or spans more than 2**26 samples.

    Examples
    --------
    >>> from hdclib.gridding.counts import samples_read
    >>> samples_read([3], kernel_size=2)
    array([ True, False, False,  True])
    """
    layers = as_layers(layers, kernel_size)
    _room_for("layers span", receptive_field(layers), "samples")
    return _carried(layers, bool)


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
        As `tap_counts`.

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
        As `tap_counts`.

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
        If an axis holds anything but whole numbers of at least 0, or the map would have more than 2**26 cells, or
        more than 2**28 bytes of products beyond 2**63 - 1.

    Examples
    --------
    >>> from hdclib import outer_counts, tap_counts
    >>> outer_counts(tap_counts([1], kernel_size=2))
    array([[1, 1],
           [1, 1]])
    """
    rows = as_counts("rows", rows, 1)
    columns = rows if columns is None else as_counts("columns", columns, 1)
    largest = int(rows.max()) * int(columns.max())
    _room_for("rows × columns have", len(rows) * len(columns), "cells", largest, "look at each axis by itself")
    if largest > INT64_MAX:
        rows, columns = rows.astype(object), columns.astype(object)
    return np.multiply.outer(rows, columns)


def usage_map(layers, kernel_size=None, *, align="centre"):
    """Count the paths from each input pixel to one output pixel of a stack of square kernels.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`, or Cascade or Parallel
        Each layer acts alike on both axes; for rectangular ones join two `tap_counts` with `outer_counts`. With
        branches the map is *not* the product of its two axes.
    align : str
        Where branches meet, as for `tap_counts`.

    Returns
    -------
    counts : ndarray of int, shape (R, R), (row, column)
        R is ``receptive_field(layers)``. Sums to the number of paths: of a stack the product of the squared kernel
        sizes.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or the map would have more than 2**26 cells (with branches 2**24), or more than
        2**28 bytes of counts beyond 2**63 - 1, or two branches have middles that lie half a sample apart.

    References
    ----------
    Wang et al. (2018), fig. 2 [wang2018].

    Examples
    --------
    >>> from hdclib import usage_map
    >>> counts = usage_map([2, 2, 2], kernel_size=3)
    >>> counts.shape, int((counts > 0).sum()), int(counts.max())
    ((13, 13), 49, 49)
    >>> from hdclib.networks import Parallel
    >>> usage_map(Parallel([1, 2], kernel_size=3))
    array([[1, 0, 1, 0, 1],
           [0, 1, 1, 1, 0],
           [1, 1, 2, 1, 1],
           [0, 1, 1, 1, 0],
           [1, 0, 1, 0, 1]])
    """
    one_of("align", align, ALIGNMENTS)
    if has_branches(layers, kernel_size):
        return module_counts(layers, 2, align)
    counts = tap_counts(layers, kernel_size)
    _room_for("layers span", len(counts) ** 2, "cells", int(counts.max()) ** 2)
    return outer_counts(counts)


def _carried(layers, kind):
    """Carry one output down to the input, in an array of `kind`; in one of booleans `+` means "or"."""
    carried = np.ones(1, dtype=kind)
    for layer, spacing in zip(layers, tap_spacings(layers), strict=True):
        carried = _spread(carried, layer.kernel_size, spacing)
    return carried


def _spread(counts, kernel_size, spacing):
    """Add `kernel_size` copies of `counts`, each `spacing` further on: what is added so far doubles, digit by digit."""
    total, copies = counts, 1
    for digit in f"{kernel_size:b}"[1:]:
        total, copies = _added(total, total, copies * spacing), 2 * copies
        if digit == "1":
            total, copies = _added(total, counts, copies * spacing), copies + 1
    return total


def _added(first, second, shift):
    """Add `second`, `shift` further on, to `first`, beyond whose end it reaches."""
    total = np.zeros(shift + len(second), dtype=first.dtype)
    total[: len(first)] = first
    total[shift:] += second
    return total


def _room_for(what, cells, unit, largest=1, way_out=""):
    """Refuse a map that would not fit in memory, its counts being at most `largest`."""
    if cells > MOST_CELLS:
        raise ValueError(
            f"{what} {shown(cells)} {unit}, and at most {MOST_CELLS} can be counted one by one: "
            f"{way_out or 'ask is_hole_free or receptive_field, which need no map'}"
        )
    most = MOST_BYTES // (40 + largest.bit_length() // 7)  # bytes: a pointer and the head of a number, then its digits
    if largest > INT64_MAX and cells > most:
        raise ValueError(
            f"{what} {cells} {unit} with counts that may exceed 2**63 - 1, and at most {most} of those have room: "
            f"{way_out or 'ask coverage, which counts no paths'}"
        )
