"""Gaps between the samples that one output reads: what they are, layer by layer, and where they come from."""

import numpy as np

from hdclib.checks import as_counts, whole_array, whole_number
from hdclib.counts import samples_read
from hdclib.coverage import largest_gap
from hdclib.criterion import is_hole_free
from hdclib.layers import as_layers


def descent_gaps(layers, kernel_size=None):
    """Return the true largest gap of what one final output reads of each layer's input, by counting.

    The recurrence M_i of the paper says what these numbers should be; compare `distance_chain`.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    gaps : list of int, first layer first
        In samples of that layer's input; 1 where all samples read are neighbours.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or spans more than 2**26 samples.

    Examples
    --------
    >>> from hdclib import descent_gaps
    >>> descent_gaps([1, 2, 9], kernel_size=3), descent_gaps([1, 5, 2], kernel_size=3)
    ([3, 5, 9], [1, 2, 2])
    """
    layers = as_layers(layers, kernel_size)
    return [largest_gap(samples_read(layers[depth:])) for depth in range(len(layers))]


def shifted_copies(positions, dilation):
    """Return the three copies of a pattern that a layer with three taps makes, and the three together.

    Parameters
    ----------
    positions : sequence of int
        Where the pattern has a sample, in any order.
    dilation : int
        How far the outer copies are shifted, at least 1.

    Returns
    -------
    copies : list of 4 lists of int
        The pattern shifted to the left, not shifted, shifted to the right, and their union; each in rising order.

    Raises
    ------
    TypeError, ValueError
        If `positions` is empty or holds anything but whole numbers, or `dilation` is no whole number of at least 1.

    Examples
    --------
    >>> from hdclib import shifted_copies
    >>> shifted_copies([0, 9], 2)
    [[-2, 7], [0, 9], [2, 11], [-2, 0, 2, 7, 9, 11]]
    """
    dilation = whole_number("dilation", dilation, 1)
    pattern = np.unique(whole_array("positions", positions)).astype(object)  # Python ints, which never overflow
    if pattern.size == 0:
        raise ValueError("positions is empty: give at least one sample")
    copies = [pattern + shift for shift in (-dilation, 0, dilation)]
    return [copy.tolist() for copy in (*copies, np.unique(np.concatenate(copies)))]


def widest_step(counts):
    """Return where the largest gap is: the first pair of neighbouring samples read that are furthest apart.

    Parameters
    ----------
    counts : array of int, shape (R,)
        One axis, as `tap_counts` returns it, not dilations: ``widest_step(tap_counts([2, 2, 2], kernel_size=3))``.

    Returns
    -------
    ends : (int, int) or None
        Positions of the two samples; None if fewer than two are read.

    Raises
    ------
    TypeError, ValueError
        If `counts` holds anything but whole numbers of at least 0, or has not one axis.

    Examples
    --------
    >>> from hdclib import tap_counts, widest_step
    >>> widest_step(tap_counts([1, 2, 9], kernel_size=3))
    (6, 9)
    """
    read = np.flatnonzero(as_counts("counts", counts, 1))
    if len(read) < 2:
        return None
    at = int(np.diff(read).argmax())
    return int(read[at]), int(read[at + 1])


def hole_free_views(layers, kernel_size=None):
    """Return which layers see which earlier ones without a hole.

    A value made by layer j sees the input of layer i through the layers from i to j. Each such run of layers is
    a stack of its own, with or without holes.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        n of them, first layer first.

    Returns
    -------
    views : ndarray of bool, shape (n, n)
        ``views[i, j]`` for layers i to j (counted from 0) is True if that run reads every sample of its span.
        Entries with i > j are no views and are False. ``views[0]`` looks at the stack's input;
        ``views[:, -1]`` looks from its final output.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    Examples
    --------
    >>> from hdclib import hole_free_views
    >>> int(hole_free_views([1, 2, 3], kernel_size=3).sum()), int(hole_free_views([3, 2, 1], kernel_size=3).sum())
    (3, 3)
    >>> hole_free_views([1, 2, 3], kernel_size=3)[0]
    array([ True,  True,  True])
    """
    layers = as_layers(layers, kernel_size)
    views = np.zeros((len(layers), len(layers)), dtype=bool)
    for first in range(len(layers)):
        for last in range(first, len(layers)):
            views[first, last] = is_hole_free(layers[first : last + 1])
    return views
