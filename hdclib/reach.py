"""How far a cascade reads without a hole: runs, the first hole, place values, and the truth by marking samples."""

from functools import cache
from itertools import accumulate
from operator import mul

import numpy as np

from hdclib.checks import as_counts, room_for, whole_number
from hdclib.criterion import dilation_rows, reach_steps
from hdclib.layers import listed


def read_runs(counts):
    """Return the runs of neighbouring samples that are read.

    Parameters
    ----------
    counts : array of int, shape (R,)
        One axis, as `tap_counts` returns it, not dilations: ``read_runs(tap_counts([2, 2, 2], kernel_size=3))``.

    Returns
    -------
    runs : list of (int, int)
        First sample and number of samples of each run, from left to right. One run means no holes between.

    Raises
    ------
    TypeError, ValueError
        If `counts` holds anything but whole numbers of at least 0, or has not one axis.

    Examples
    --------
    >>> from hdclib import read_runs, tap_counts
    >>> read_runs(tap_counts([1, 2, 9], kernel_size=3))
    [(0, 7), (9, 7), (18, 7)]
    """
    read = np.concatenate([[False], as_counts("counts", counts, 1) != 0, [False]])
    edges = np.flatnonzero(read[1:] != read[:-1])
    starts, ends = edges[::2], edges[1::2]
    return list(zip(starts.tolist(), (ends - starts).tolist(), strict=True))


def first_hole(layers, kernel_size=None):
    """Return the first unread sample, from the theorem alone: where the reach ends too early.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        Any size: no map is made.

    Returns
    -------
    position : int or None
        In input samples, the first sample of the receptive field being 0. None if there is no hole.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    References
    ----------
    Brown (1961) [brown1961].

    Examples
    --------
    >>> from hdclib import first_hole
    >>> first_hole([1, 2, 9], kernel_size=3), first_hole([1, 2, 5], kernel_size=3)
    (7, None)
    """
    steps = reach_steps(layers, kernel_size)
    return steps[-1].reach if steps and not steps[-1].passed else None


def place_values(kernel_sizes):
    """Return the dilations of the widest hole-free cascade of kernels of these sizes, in this order.

    Each dilation is the product of the kernel sizes before it, like the value of a digit's place. The receptive
    field is the product of all sizes, and each sample is read exactly once.

    Parameters
    ----------
    kernel_sizes : sequence of int
        Each at least 2.

    Returns
    -------
    dilations : list of int

    Raises
    ------
    TypeError, ValueError
        If `kernel_sizes` is no list or tuple, is empty, or holds anything but whole numbers of at least 2.

    Examples
    --------
    >>> from hdclib import place_values, tap_counts
    >>> place_values([2, 5, 3])
    [1, 2, 10]
    >>> tap_counts(place_values([2, 5, 3]), kernel_size=[2, 5, 3]).tolist() == [1] * 30
    True
    """
    listed_sizes = enumerate(listed("kernel_sizes", kernel_sizes))
    sizes = [whole_number(f"kernel_sizes[{number}]", size, 2) for number, size in listed_sizes]
    return list(accumulate(sizes[:-1], mul, initial=1))


def are_filled(dilations, kernel_size):
    """Answer whether stacks of equal depth are hole-free by marking every sample that each of them reads.

    The slow twin of `are_hole_free`: it knows no theorem and shares no code with it.

    Parameters
    ----------
    dilations : array of int, shape (m, n)
        One stack a row.
    kernel_size : int
        The same for all layers.

    Returns
    -------
    filled : ndarray of bool, shape (m,)

    Raises
    ------
    TypeError, ValueError
        If `dilations` is not a two-dimensional array of whole numbers of at least 1, or a stack spans more than 2**26
        samples.

    Examples
    --------
    >>> from hdclib import are_filled
    >>> are_filled([[1, 2, 5], [1, 2, 9]], kernel_size=3)
    array([ True, False])
    """
    size = whole_number("kernel_size", kernel_size, 1)
    rows = dilation_rows(dilations, size).tolist()
    room_for("dilations × kernel_size", max(map(sum, rows), default=0) * (size - 1) + 1, "samples")
    marked_below = cache(lambda below: _marked(below, size))
    every_mark = (_add_copies(marked_below(tuple(row[:-1])), row[-1], size) for row in rows)
    return np.fromiter((mark & (mark + 1) == 0 for mark in every_mark), dtype=bool, count=len(rows))


def _marked(dilations, size):
    """The samples read, as the bits of one whole number: bit x is 1 if sample x is read."""
    mark = 1
    for dilation in dilations:
        mark = _add_copies(mark, dilation, size)
    return mark


def _add_copies(mark, dilation, size):
    copies = mark
    for tap in range(1, size):
        copies |= mark << (tap * dilation)
    return copies
