"""The rules of Hybrid Dilated Convolution (HDC) on the dilations alone: sawtooth and common divisor."""

import math

from hdclib.layers import plain_dilations


def common_divisor(dilations):
    """Return the greatest common divisor of the dilations; the paper wants 1.

    Parameters
    ----------
    dilations : sequence of int
        First layer first.

    Returns
    -------
    divisor : int, at least 1

    Raises
    ------
    TypeError, ValueError
        If `dilations` is empty or holds anything but whole numbers of at least 1.

    References
    ----------
    Wang et al. (2018), sec. 3.2 [wang2018].

    Examples
    --------
    >>> from hdclib import common_divisor
    >>> common_divisor([2, 4, 8]), common_divisor([1, 2, 3])
    (2, 1)
    """
    return math.gcd(*plain_dilations(dilations))


def rising_groups(dilations):
    """Split the dilations wherever they stop rising.

    Parameters
    ----------
    dilations : sequence of int
        First layer first.

    Returns
    -------
    groups : list of list of int
        Each rises; joined they are `dilations`.

    Raises
    ------
    TypeError, ValueError
        If `dilations` is empty or holds anything but whole numbers of at least 1.

    Examples
    --------
    >>> from hdclib.rules import rising_groups
    >>> rising_groups([1, 2, 3, 1, 2, 3]), rising_groups([2, 2, 2])
    ([[1, 2, 3], [1, 2, 3]], [[2], [2], [2]])
    """
    groups = []
    for dilation in plain_dilations(dilations):
        if groups and dilation > groups[-1][-1]:
            groups[-1].append(dilation)
        else:
            groups.append([dilation])
    return groups


def is_sawtooth(dilations):
    """Return whether the dilations rise, fall back to the start, and rise the same way again.

    The paper gives no formal definition. Here the first group must rise (hold at least two layers) and every
    later one repeat it; the last may stop early. One rising group is a saw with one tooth.

    Parameters
    ----------
    dilations : sequence of int
        First layer first.

    Returns
    -------
    sawtooth : bool

    Raises
    ------
    TypeError, ValueError
        If `dilations` is empty or holds anything but whole numbers of at least 1.

    References
    ----------
    Wang et al. (2018), sec. 3.2 [wang2018].

    Examples
    --------
    >>> from hdclib.rules import is_sawtooth
    >>> [is_sawtooth(d) for d in ([1, 2, 3, 1, 2, 3], [1, 2, 5, 1, 2], [2, 2, 2], [3, 2, 1])]
    [True, True, False, False]
    """
    first, *others = rising_groups(dilations)
    whole, last = others[:-1], others[-1:]
    repeats = all(group == first for group in whole) and all(group == first[: len(group)] for group in last)
    return len(first) > 1 and repeats
