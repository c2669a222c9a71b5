"""What a stack of layers reads: paths from every input sample to one output, counted exactly."""

import math
from dataclasses import dataclass

import numpy as np

from hdclib.layers import as_layers, whole_number

MAX_SAMPLES = 2**26  # cells in one map: half a gigabyte of 64-bit integers
INT64_MAX = 2**63 - 1


def tap_spacings(layers, kernel_size=None):
    """Return each layer's distance between neighbouring taps, in *input* samples.

    A stride multiplies the spacing of every later layer.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        First layer first.

    Returns
    -------
    spacings : list of int

    References
    ----------
    Araujo, Norris and Sim (2019), eq. 2 [araujo2019].

    Examples
    --------
    >>> from hdclib import ConvLayer, tap_spacings
    >>> tap_spacings([ConvLayer(3, stride=2), ConvLayer(3, dilation=2)])
    [1, 4]
    """
    return _spacings(as_layers(layers, kernel_size))


def receptive_field(layers, kernel_size=None):
    """Return the span of a stack: input samples from the first read to the last, both included.

    The span says nothing about what lies between; see `tap_counts`.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    size : int
        In input samples, along one axis.

    References
    ----------
    Araujo, Norris and Sim (2019), eq. 2 [araujo2019].

    Examples
    --------
    >>> from hdclib import receptive_field
    >>> receptive_field([2, 2, 2], kernel_size=3), receptive_field([1, 2, 3], kernel_size=3)
    (13, 13)
    """
    layers = as_layers(layers, kernel_size)
    return _span(layers, _spacings(layers))


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
    spacings = _spacings(layers)
    _room_for(_span(layers, spacings), "samples")
    exact = np.int64 if math.prod(layer.kernel_size for layer in layers) <= INT64_MAX else object
    counts = np.ones(1, dtype=exact)
    for layer, spacing in zip(layers, spacings, strict=True):
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
    rows, columns : sequence of int, as `tap_counts` returns them
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


def holes(counts):
    """Return the positions of the samples that are never read, as an array of indices.

    Parameters
    ----------
    counts : array of int, shape (R,) or (R, C)

    Returns
    -------
    positions : ndarray of int, shape (h,) for one axis, (h, 2) as (row, column) for a map

    Raises
    ------
    TypeError, ValueError
        If `counts` holds anything but whole numbers of at least 0, or has not one or two axes.

    Examples
    --------
    >>> from hdclib import holes, tap_counts
    >>> holes(tap_counts([2, 3], kernel_size=3))
    array([1, 9])
    """
    counts = as_counts("counts", counts, 1, 2)
    positions = np.argwhere(counts == 0)
    return positions[:, 0] if counts.ndim == 1 else positions


def largest_gap(counts):
    """Return the largest distance between neighbouring read samples: 1 where they all touch.

    Parameters
    ----------
    counts : array of int, shape (R,)
        One axis, as `tap_counts` returns it.

    Returns
    -------
    distance : int
        In samples; a distance of 2 leaves one sample unread. 0 if only one sample is read.

    Raises
    ------
    TypeError, ValueError
        If `counts` holds anything but whole numbers of at least 0, or has not one axis.

    Examples
    --------
    >>> from hdclib import largest_gap, tap_counts
    >>> largest_gap(tap_counts([1, 2, 9], kernel_size=3))
    3
    """
    read = np.flatnonzero(as_counts("counts", counts, 1))
    return int(np.diff(read).max(initial=0))


@dataclass(frozen=True)
class Coverage:
    """How much of its receptive field a stack reads, along one axis and on an image.

    Attributes
    ----------
    span, read : int
        Samples in the receptive field along one axis, and those that are read.
    largest_gap : int
        Largest distance between neighbouring read samples; 1 where they all touch.
    """

    span: int
    read: int
    largest_gap: int

    @property
    def holes(self):
        """Samples along one axis that are never read."""
        return self.span - self.read

    @property
    def pixels(self):
        """Pixels of the square receptive field."""
        return self.span**2

    @property
    def pixels_read(self):
        """Pixels of the square receptive field that are read."""
        return self.read**2

    @property
    def share(self):
        """Share of the pixels that are read, from 0 to 1."""
        return self.pixels_read / self.pixels

    def __str__(self):
        return (
            f"reads {self.pixels_read} of {self.pixels} pixels ({self.share:.1%}), "
            f"{self.read} of {self.span} along an axis, largest gap {self.largest_gap}"
        )


def coverage(layers, kernel_size=None):
    """Count by brute force how much of its receptive field a stack reads.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    coverage : Coverage

    Examples
    --------
    >>> from hdclib import coverage
    >>> print(coverage([2, 2, 2], kernel_size=3))
    reads 49 of 169 pixels (29.0%), 7 of 13 along an axis, largest gap 2
    """
    counts = tap_counts(layers, kernel_size)
    return Coverage(len(counts), int(np.count_nonzero(counts)), largest_gap(counts))


def shared_inputs(layers, shift, kernel_size=None):
    """Count the input samples that two outputs, `shift` samples apart, both read.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
    shift : int
        Distance of the two outputs along one axis, in *input* samples, at least 0.

    Returns
    -------
    count : int
        Along one axis; outputs apart along one axis only share this times the samples read along the other.

    Examples
    --------
    >>> from hdclib import shared_inputs
    >>> [shared_inputs([2, 2, 2], shift, kernel_size=3) for shift in (0, 1, 2)]
    [7, 0, 6]
    """
    shift = whole_number("shift", shift, 0)
    read = tap_counts(layers, kernel_size) != 0
    overlap = max(len(read) - shift, 0)
    return int(np.count_nonzero(read[:overlap] & read[len(read) - overlap :]))


def as_counts(name, counts, *axes):
    """Return usage counts as an array, or say which argument holds none.

    Parameters
    ----------
    name : str
        The argument's name, as the caller knows it.
    counts : array of int, or of bool where only read or unread matters
    *axes : int
        How many axes are allowed.

    Returns
    -------
    counts : ndarray of int64, or of Python int where one exceeds 2**63 - 1

    Raises
    ------
    TypeError, ValueError
        If `counts` holds anything but whole numbers of at least 0, or has another number of axes.

    Examples
    --------
    >>> from hdclib.coverage import as_counts
    >>> as_counts("counts", [1, 0, 2], 1)
    array([1, 0, 2])
    """
    array = whole_array(name, counts)
    if array.ndim not in axes:
        wanted = f"{' or '.join(map(str, axes))} {'axis' if axes == (1,) else 'axes'}"
        raise ValueError(f"{name} must have {wanted}, got shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} is empty: give at least one sample")
    if array.min() < 0:
        raise ValueError(f"{name} must be at least 0, got {array.min()}")
    return array


def whole_array(name, values):
    """Return `values` as an array of int64, or of Python ints where one does not fit; booleans become 0 and 1."""
    try:
        array = np.asarray(values)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    kind = array.dtype.kind
    whole = kind in "iub" or (kind == "O" and all(type(number) is int for number in array.flat)) or array.size == 0
    if not whole:
        raise TypeError(f"{name} must hold whole numbers, got {values!r}")
    fits = kind in "ib" or all(abs(int(number)) <= INT64_MAX for number in (array.max(initial=0), array.min(initial=0)))
    return array.astype(np.int64 if fits else object)


def _spacings(layers):
    """Tap spacings of layers that are already checked."""
    spacings = []
    jump = 1  # input samples between two neighbouring samples of this layer
    for layer in layers:
        spacings.append(layer.dilation * jump)
        jump *= layer.stride
    return spacings


def _span(layers, spacings):
    """Input samples from the first tap to the last, both included."""
    return 1 + sum((layer.kernel_size - 1) * spacing for layer, spacing in zip(layers, spacings, strict=True))


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
            f"layers span {count} {unit}, and at most {MAX_SAMPLES} can be counted one by one: "
            "ask is_hole_free or receptive_field, which need no map"
        )
