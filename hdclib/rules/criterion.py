"""The exact criterion: when the receptive field of a cascade has no holes."""

from dataclasses import dataclass
from itertools import accumulate
from operator import mul

import numpy as np

from hdclib.checks import room_for_all, shown, whole_number
from hdclib.layers import as_layers, listed, tap_spacings


@dataclass(frozen=True)
class ReachStep:
    """One step of the exact criterion, layers in order of spacing.

    Attributes
    ----------
    spacing : int
        Distance between the layer's taps, in input samples.
    kernel_size : int
    reach : int
        Samples that the layers before it cover without a hole: the largest spacing allowed here.
    """

    spacing: int
    kernel_size: int
    reach: int

    @property
    def passed(self):
        """Whether the layer's copies of what is already covered touch or overlap."""
        return self.spacing <= self.reach


def reach_steps(layers, kernel_size=None):
    """Walk through a cascade by rising spacing and note how far each layer may jump.

    Copies of a covered run of length *reach* leave no hole if and only if they are at most *reach* apart.
    Layers with one tap move nothing and are left out.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    steps : list of ReachStep, smallest spacing first
        The list ends at the first step that fails: what it leaves open no later layer can fill.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    References
    ----------
    Brown (1961), "Note on complete sequences of integers" [brown1961].

    Examples
    --------
    >>> from hdclib import reach_steps
    >>> [(step.spacing, step.reach) for step in reach_steps([1, 2, 9], kernel_size=3)]
    [(1, 1), (2, 3), (9, 7)]
    """
    layers = as_layers(layers, kernel_size)
    pairs = sorted(
        (spacing, layer.kernel_size)
        for spacing, layer in zip(tap_spacings(layers), layers, strict=True)
        if layer.kernel_size > 1
    )
    steps, reach = [], 1
    for spacing, size in pairs:
        steps.append(ReachStep(spacing, size, reach))
        if spacing > reach:
            break
        reach += (size - 1) * spacing
    return steps


def is_hole_free(layers, kernel_size=None):
    """Return whether one output reads *every* sample of its receptive field.

    With strides, whole inputs may still lie between what the outputs read: `skipped_inputs` counts them.

    True exactly if, with the tap spacings in rising order, the first is 1 and each is at most 1 plus the sum
    of ``(kernel_size - 1) * spacing`` over the layers before it. With stride 1 throughout the order of the layers
    does not matter; a stride spreads the layers after it.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        Any size: no map is made.

    Returns
    -------
    hole_free : bool

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    References
    ----------
    Brown (1961) [brown1961], applied to the sum of the layers' supports.

    Examples
    --------
    >>> from hdclib import is_hole_free
    >>> is_hole_free([1, 2, 5], kernel_size=3), is_hole_free([2, 3], kernel_size=3)
    (True, False)
    """
    return all(step.passed for step in reach_steps(layers, kernel_size))


def are_hole_free(dilations, kernel_size):
    """Answer `is_hole_free` for many stacks of equal depth at once.

    Parameters
    ----------
    dilations : array of int, shape (m, n)
        One stack a row.
    kernel_size : int
        The same for all layers.

    Returns
    -------
    hole_free : ndarray of bool, shape (m,)

    Raises
    ------
    TypeError, ValueError
        If `dilations` is not a two-dimensional array of whole numbers of at least 1, or so large that their
        sum would not fit in 64 bits.

    Examples
    --------
    >>> from hdclib import are_hole_free
    >>> are_hole_free([[1, 2, 5], [1, 2, 9]], kernel_size=3)
    array([ True, False])
    """
    size = whole_number("kernel_size", kernel_size, 1)
    ascending = np.sort(dilation_rows(dilations, size), axis=1)
    if size == 1:
        return np.ones(len(ascending), dtype=bool)
    hole_free = ascending[:, 0] == 1
    reach = np.ones(len(ascending), dtype=np.int64)
    for before, after in zip(ascending.T[:-1], ascending.T[1:], strict=True):
        reach += (size - 1) * before
        hole_free &= after <= reach
    return hole_free


def dilation_rows(dilations, kernel_size):
    """Check an array of stacks, one a row, and return it as int64, shape (m, n)."""
    room_for_all("dilations", dilations)
    try:
        rows = np.asarray(dilations)
    except ValueError:
        raise ValueError(f"dilations must be rows of one length, got {shown(dilations)}") from None
    if rows.ndim != 2 or rows.shape[1] == 0:
        raise ValueError(f"dilations must have the shape (stacks, layers), got {rows.shape}")
    if rows.dtype.kind not in "iu":
        raise TypeError(f"dilations must be whole numbers, got an array of {rows.dtype}")
    if rows.size and int(rows.min()) < 1:
        raise ValueError(f"dilations must be at least 1, got {int(rows.min())}")
    if rows.size and int(rows.max()) * kernel_size * rows.shape[1] > np.iinfo(np.int64).max:
        raise ValueError(f"dilations must sum to less than 2**63 / kernel_size, got one of {int(rows.max())}")
    return rows.astype(np.int64, copy=False)


def hole_free_pairs(layers, kernel_size=None):
    """Return which pairs of layers read without a hole: a value of the later one reads the earlier one whole.

    A value made by layer j reads the input of layer i through the layers from i to j. Each such run of layers is
    a stack of its own, with or without holes.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        n of them, first layer first.

    Returns
    -------
    pairs : ndarray of bool, shape (n, n)
        ``pairs[i, j]`` for layers i to j (counted from 0) is True if that run reads every sample of its span.
        Entries with i > j are no pairs and are False. ``pairs[0]`` are those with the stack's input,
        ``pairs[:, -1]`` those with its final output.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    Examples
    --------
    >>> from hdclib.rules import hole_free_pairs
    >>> int(hole_free_pairs([1, 2, 3], kernel_size=3).sum()), int(hole_free_pairs([3, 2, 1], kernel_size=3).sum())
    (3, 3)
    >>> hole_free_pairs([1, 2, 3], kernel_size=3)[0]
    array([ True,  True,  True])
    """
    layers = as_layers(layers, kernel_size)
    pairs = np.zeros((len(layers), len(layers)), dtype=bool)
    for first in range(len(layers)):
        for last in range(first, len(layers)):
            pairs[first, last] = is_hole_free(layers[first : last + 1])
    return pairs


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
    >>> from hdclib.rules import first_hole
    >>> first_hole([1, 2, 9], kernel_size=3), first_hole([1, 2, 5], kernel_size=3)
    (7, None)
    """
    steps = reach_steps(layers, kernel_size)
    return steps[-1].reach if steps and not steps[-1].passed else None


def place_values(kernel_sizes):
    """Return the dilations of the widest hole-free cascade of kernels of these sizes, in this order.

    Each dilation is the product of the kernel sizes before it, like the value of a digit's place. The receptive
    field is the product of all sizes, and each sample is read exactly once. No hole-free cascade of these kernels
    spans more, as there are only so many paths.

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
    >>> place_values([3] * 4)
    [1, 3, 9, 27]
    >>> place_values([2, 5, 3])
    [1, 2, 10]
    >>> tap_counts(place_values([2, 5, 3]), kernel_size=[2, 5, 3]).tolist() == [1] * 30
    True
    """
    listed_sizes = enumerate(listed("kernel_sizes", kernel_sizes))
    sizes = [whole_number(f"kernel_sizes[{number}]", size, 2) for number, size in listed_sizes]
    return list(accumulate(sizes[:-1], mul, initial=1))
