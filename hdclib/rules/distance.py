"""The rule of Hybrid Dilated Convolution (HDC) on distances, as the paper writes it; `sawtooth` holds the others."""

from dataclasses import dataclass

import numpy as np

from hdclib.checks import shown, whole_array, whole_number
from hdclib.gridding.counts import samples_read
from hdclib.gridding.reading import largest_gap
from hdclib.layers import as_layers, plain_dilations, tap_spacings
from hdclib.rules.criterion import dilation_rows


@dataclass(frozen=True)
class DistanceStep:
    """One step of the paper's recurrence for the distance between nonzero values.

    Attributes
    ----------
    layer : int
        Number of the layer, 1 for the first.
    dilation : int
        r_i, the layer's dilation.
    candidates : tuple of int
        The three numbers that the recurrence takes the largest of; r_n alone for the last layer.
    distance : int
        M_i, in samples of the layer's input. It is a distance, not a dilation.
    """

    layer: int
    dilation: int
    candidates: tuple
    distance: int

    def __str__(self):
        if len(self.candidates) == 1:
            return f"M_{self.layer} = r_{self.layer} = {shown(self.distance)}"
        listed = ", ".join(map(shown, self.candidates))
        return f"M_{self.layer} = max[{listed}] = {shown(self.distance)}"


def distance_chain(dilations):
    """Run the paper's recurrence from the last layer to the first.

    ``M_n = r_n`` and ``M_i = max[M_{i+1} - 2 r_i, 2 r_i - M_{i+1}, r_i]``. The factor 2 is taken as printed,
    whatever the kernel size; see `gap_chain` for other kernels.

    Parameters
    ----------
    dilations : sequence of int
        r_1 to r_n, first layer first.

    Returns
    -------
    steps : list of DistanceStep, first layer first

    Raises
    ------
    TypeError, ValueError
        If `dilations` is empty or holds anything but whole numbers of at least 1.

    References
    ----------
    Wang et al. (2018), eq. 2 [wang2018].

    Examples
    --------
    >>> from hdclib import distance_chain
    >>> for step in distance_chain([1, 2, 9]):
    ...     print(step)
    M_1 = max[3, -3, 1] = 3
    M_2 = max[5, -5, 2] = 5
    M_3 = r_3 = 9
    """
    rates = plain_dilations(dilations)
    steps = [DistanceStep(len(rates), rates[-1], (rates[-1],), rates[-1])]
    for number in range(len(rates) - 1, 0, -1):
        rate, after = rates[number - 1], steps[-1].distance
        candidates = (after - 2 * rate, 2 * rate - after, rate)
        steps.append(DistanceStep(number, rate, candidates, max(candidates)))
    return steps[::-1]


def gap_chain(layers, kernel_size=None):
    """Return, for each layer, a bound on the largest gap of what the output reads of that layer's input.

    ``B_n = d_n`` and ``B_i = max(B_{i+1} - (k_i - 1) d_i, d_i)``, for kernels of any size. With the spacings in
    rising order this is the largest gap itself; in any other order the true gap may be smaller. A layer with one tap
    moves nothing: it passes the gap behind it on, which is 0 where no layer with more taps follows.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        Spacings are taken in input samples, so strides are allowed.

    Returns
    -------
    gaps : list of int, first layer first
        In input samples.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    References
    ----------
    After Wang et al. (2018), eq. 2 [wang2018], where 2 stands for k_i - 1 and the maximum has a third term.

    Examples
    --------
    >>> from hdclib import ConvLayer
    >>> from hdclib.rules import gap_chain
    >>> gap_chain([1, 2, 9], kernel_size=3), gap_chain([1, 5, 25], kernel_size=5)
    ([3, 5, 9], [1, 5, 25])
    >>> gap_chain([ConvLayer(3), ConvLayer(1, 4)])
    [1, 0]
    """
    layers = as_layers(layers, kernel_size)
    gaps, gap = [], 0
    for layer, spacing in zip(layers[::-1], tap_spacings(layers)[::-1], strict=True):
        if layer.kernel_size > 1:
            gap = max(gap - (layer.kernel_size - 1) * spacing, spacing)
        gaps.append(gap)
    return gaps[::-1]


def second_distance(dilations):
    """Return M_2, which the paper wants to be at most the kernel size.

    Parameters
    ----------
    dilations : sequence of int, at least two

    Returns
    -------
    distance : int
        In samples of the second layer's input.

    Raises
    ------
    TypeError, ValueError
        If `dilations` is empty, has one entry only, which has no M_2, or holds anything but whole numbers of at
        least 1.

    References
    ----------
    Wang et al. (2018), eq. 2 [wang2018].

    Examples
    --------
    >>> from hdclib import second_distance
    >>> second_distance([1, 2, 5]), second_distance([1, 2, 9])
    (2, 5)
    """
    chain = distance_chain(dilations)
    if len(chain) < 2:
        raise ValueError("dilations has 1 entry: M_2 needs at least two layers")
    return chain[1].distance


def second_distances(dilations):
    """Answer `second_distance` for many stacks of equal depth at once.

    Parameters
    ----------
    dilations : array of int, shape (m, n), n at least 2

    Returns
    -------
    distances : ndarray of int, shape (m,)

    Raises
    ------
    TypeError, ValueError
        If `dilations` is not a two-dimensional array of whole numbers of at least 1, or has one column only.

    References
    ----------
    Wang et al. (2018), eq. 2 [wang2018].

    Examples
    --------
    >>> from hdclib.rules import second_distances
    >>> second_distances([[1, 2, 5], [1, 2, 9]])
    array([2, 5])
    """
    rows = dilation_rows(dilations, 3)
    if rows.shape[1] < 2:
        raise ValueError("dilations has 1 column: M_2 needs at least two layers")
    distance = rows[:, -1]
    for rate in rows[:, -2:0:-1].T:
        distance = np.maximum.reduce([distance - 2 * rate, 2 * rate - distance, rate])
    return distance.copy()


def m2_rule_accepts(dilations, kernel_size):
    """Return the paper's verdict alone: M_2 is at most the kernel size.

    It is *not* a proof of anything: it accepts [2, 2, 2]. Compare `is_hole_free`.

    Parameters
    ----------
    dilations : sequence of int, at least two
    kernel_size : int
        The same for all layers.

    Returns
    -------
    accepted : bool

    Raises
    ------
    TypeError, ValueError
        If `dilations` has fewer than two entries, or an argument holds anything but whole numbers of at least 1.

    References
    ----------
    Wang et al. (2018), sec. 3.2 [wang2018].

    Examples
    --------
    >>> from hdclib import m2_rule_accepts
    >>> m2_rule_accepts([1, 2, 5], 3), m2_rule_accepts([1, 2, 9], 3), m2_rule_accepts([2, 2, 2], 3)
    (True, False, True)
    """
    return second_distance(dilations) <= whole_number("kernel_size", kernel_size, 1)


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
    >>> from hdclib.rules import shifted_copies
    >>> shifted_copies([0, 9], 2)
    [[-2, 7], [0, 9], [2, 11], [-2, 0, 2, 7, 9, 11]]
    """
    dilation = whole_number("dilation", dilation, 1)
    pattern = np.unique(whole_array("positions", positions)).astype(object)  # Python ints, which never overflow
    if pattern.size == 0:
        raise ValueError("positions is empty: give at least one sample")
    copies = [pattern + shift for shift in (-dilation, 0, dilation)]
    return [copy.tolist() for copy in (*copies, np.unique(np.concatenate(copies)))]
