"""Usage counts against the bell curve: how wide they are, and how near to a Gaussian."""

import math

import numpy as np

from hdclib.checks import room_for, whole_number
from hdclib.layers import as_layers, tap_spacings
from hdclib.signal.response import averaging_weights


def usage_variance(layers, kernel_size=None):
    """Return the variance of the usage counts, taken as a distribution over the window.

    The counts of a stack are those of a sum of independent steps, one a layer, and variances of such a sum add.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    variance : float
        In squared input samples, along one axis: the sum over the layers of ``d**2 (k**2 - 1) / 12``, with d the
        layer's tap spacing in input samples.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    Examples
    --------
    >>> from hdclib.signal import usage_variance
    >>> usage_variance([2, 2, 2], kernel_size=3)
    8.0
    """
    return sum(_variances(layers, kernel_size)) / 12


def largest_variance_share(layers, kernel_size=None):
    """Return the share of the variance that the widest single layer contributes.

    The bell needs many layers of which none rules: where this stays large, the counts keep their own shape.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    share : float
        Above 0, at most 1; 1 if the stack reads one sample only.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    References
    ----------
    Feller (1971), ch. VIII, on the Lindeberg condition [feller1971].

    Examples
    --------
    >>> from hdclib.signal import largest_variance_share
    >>> largest_variance_share([1, 1, 1, 1], kernel_size=3)
    0.25
    """
    parts = _variances(layers, kernel_size)
    return max(parts) / sum(parts) if sum(parts) else 1.0


def gaussian_match(layers, kernel_size=None, *, finer=1):
    """Return the bell curve with the mean and variance of the usage counts.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
    finer : int
        Points from one sample to the next, for a smooth curve.

    Returns
    -------
    weights : ndarray of float, shape ((R - 1) * finer + 1,)
        A Gaussian from the first position of the window to the last, scaled so that its values at the samples sum
        to 1; compare those with `averaging_weights`.

    Raises
    ------
    TypeError, ValueError
        If `finer` is no whole number of at least 1, there would be more than 2**26 points, or `layers` is no valid
        stack or reads one sample only: that has no width.

    References
    ----------
    Luo et al. (2016) [luo2016].

    Examples
    --------
    >>> from hdclib.signal import gaussian_match
    >>> gaussian_match([1, 1], kernel_size=3).round(3)
    array([0.079, 0.244, 0.355, 0.244, 0.079])
    """
    finer = whole_number("finer", finer, 1)
    variance = usage_variance(layers, kernel_size)
    if variance == 0:
        raise ValueError("layers read one sample only: a bell needs a kernel_size of at least 2 somewhere")
    span = len(averaging_weights(layers, kernel_size))
    room_for("finer", (span - 1) * finer, "points")
    position = np.arange((span - 1) * finer + 1) / finer
    bell = np.exp(-((position - (span - 1) / 2) ** 2) / (2 * variance))
    return bell / bell[::finer].sum()


def bell_distance(layers, kernel_size=None):
    """Return how much of the weight lies elsewhere than under the matching bell.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    distance : float
        Half the summed differences (total variation), from 0 for equal to 1 for nothing in common. Unread samples
        count in full: a stack with a common divisor of 2 never comes below about 1/2.

    Raises
    ------
    TypeError, ValueError
        As `gaussian_match`.

    Examples
    --------
    >>> from hdclib.signal import bell_distance
    >>> [round(bell_distance([1] * n, kernel_size=3), 3) for n in (1, 3, 9)]
    [0.181, 0.026, 0.01]
    """
    return float(np.abs(averaging_weights(layers, kernel_size) - gaussian_match(layers, kernel_size)).sum() / 2)


def middle_share(layers, kernel_size=None):
    """Return the share of the weight that falls on the middle half of the window.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    share : float
        Along one axis; square it for the middle quarter of an image. Each sample is a cell of width 1, and a cell
        that sticks out of the middle half counts in proportion, so that even use gives exactly 1/2.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or spans more than 2**26 samples.

    Examples
    --------
    >>> from hdclib.signal import middle_share
    >>> round(middle_share([1, 3, 9], kernel_size=3), 6), round(middle_share([1, 1, 1], kernel_size=3), 3)
    (0.5, 0.759)
    """
    weights = averaging_weights(layers, kernel_size)
    distance = np.abs(np.arange(len(weights)) - (len(weights) - 1) / 2)  # of the cell's middle from the window's
    inside = np.clip(len(weights) / 4 - distance + 0.5, 0, 1)
    if len(weights) == 1:
        inside = np.array([0.5])
    return float(weights @ inside)


def _variances(layers, kernel_size):
    """Twelve times the variance that each layer adds, as whole numbers."""
    layers = as_layers(layers, kernel_size)
    spacings = tap_spacings(layers)
    return [math.prod((d, d, layer.kernel_size**2 - 1)) for layer, d in zip(layers, spacings, strict=True)]
