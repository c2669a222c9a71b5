"""Which of the trained networks failed to learn: by the limit of the experiment, which stands in its results."""

from functools import cache

import numpy as np

from hdclib.checks import counted, finite_numbers, shown, single
from hdclib.training.results import made


def failed(values, below=None):
    """Tell which networks of one schedule failed to learn.

    A network has failed if it lies far below the middle one of its seeds.

    Parameters
    ----------
    values : sequence of float, shape (seeds,)
        Mean IoU, from 0 to 1, of networks that differ in nothing but the seed.
    below : float, optional
        By more than how much, in mean IoU; ``failed_below`` of the constants in `made` if left out, by which the
        experiment chose what it trained again.

    Returns
    -------
    failed : ndarray of bool, shape (seeds,)
        In the order of `values`; true of half of them at most.

    Raises
    ------
    TypeError, ValueError
        If `values` is empty, is no list of numbers, or holds one that is not finite, or `below` is no finite number of
        at least 0.

    Examples
    --------
    >>> from hdclib import failed
    >>> failed([0.74, 0.73, 0.17, 0.72])
    array([False, False,  True, False])
    """
    return _failed("values", values, _limit() if below is None else below)


def _failed(name, values, below):
    numbers = finite_numbers(name, values)
    if numbers.ndim != 1 or numbers.size == 0:
        raise ValueError(f"{name} must be one number a seed, at least one, got shape {numbers.shape}")
    single("below", below)
    limit = finite_numbers("below", below)
    if limit < 0:
        raise ValueError(f"below must be at least 0, got {shown(below)}")
    return numbers < np.median(numbers) - limit


def where_learned(first, second):
    """Tell in which seeds neither of two schedules failed to learn.

    A difference between the two tells of their dilations there, and elsewhere of one training.

    Parameters
    ----------
    first, second : sequence of float, shape (seeds,)
        As of `failed`, in the order of the seeds that both share.

    Returns
    -------
    learned : ndarray of bool, shape (seeds,)

    Raises
    ------
    TypeError, ValueError
        As `failed`, or if the two have different numbers of seeds.

    Examples
    --------
    >>> from hdclib import where_learned
    >>> where_learned([0.74, 0.73, 0.17, 0.72], [0.2, 0.7, 0.7, 0.7])
    array([False,  True, False,  True])
    """
    both = _failed("first", first, _limit()), _failed("second", second, _limit())
    if len(both[0]) != len(both[1]):
        seeds = " and ".join(counted(len(one), "seed") for one in both)
        raise ValueError(f"first and second must share their seeds, got {seeds}")
    return ~np.any(both, axis=0)


@cache
def _limit():
    """How far below the middle one, in mean IoU, a network has failed."""
    return made()["constants"]["failed_below"]
