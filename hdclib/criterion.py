"""The exact criterion: when the receptive field of a cascade has no holes."""

import math
from dataclasses import dataclass

import numpy as np

from hdclib.checks import shown, whole_number
from hdclib.layers import MAX_LAYERS, as_layers
from hdclib.spacings import tap_spacings


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


def widest_hole_free(depth, kernel_size):
    """Return the dilations of the widest hole-free cascade: 1, k, k**2, and so on.

    Its receptive field is ``kernel_size ** depth``, and each sample is read exactly once. No hole-free
    cascade of that many layers spans more, as there are only so many paths.

    Parameters
    ----------
    depth : int
        Number of layers, 1 to 10,000.
    kernel_size : int
        At least 2.

    Returns
    -------
    dilations : list of int

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or out of range.

    Examples
    --------
    >>> from hdclib import receptive_field, widest_hole_free
    >>> widest_hole_free(3, 3), receptive_field(widest_hole_free(3, 3), kernel_size=3)
    ([1, 3, 9], 27)
    """
    depth = whole_number("depth", depth, 1, MAX_LAYERS)
    kernel_size = whole_number("kernel_size", kernel_size, 2)
    return [kernel_size**layer for layer in range(depth)]


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
