"""Intervals and paired tests over the seeds of an experiment."""

import numpy as np
from scipy import stats


def interval(values, confidence=0.95):
    """Return the mean of some values and the half width of its interval by Student's t.

    Parameters
    ----------
    values : sequence of float
        At least 2, one a seed.
    confidence : float

    Returns
    -------
    mean, half_width : float
    """
    values = np.asarray(values, dtype=float)
    spread = stats.sem(values)
    if spread == 0:
        return float(values.mean()), 0.0
    low, high = stats.t.interval(confidence, len(values) - 1, loc=values.mean(), scale=spread)
    return float(values.mean()), float(high - low) / 2


def paired(first, second):
    """Compare two schedules seed by seed.

    Returns
    -------
    comparison : dict
        ``difference`` (mean of first minus second), ``half_width`` of its 95 % interval, ``p`` of the paired t test,
        ``ahead`` and ``behind`` (in how many seeds the first is above and below the second), and ``p_sign`` of the
        sign test, which looks at these two numbers alone.
    """
    differences = np.subtract(first, second)
    difference, half_width = interval(differences)
    ahead, behind = int((differences > 0).sum()), int((differences < 0).sum())
    return {
        "difference": difference,
        "half_width": half_width,
        "p": float(stats.ttest_rel(first, second).pvalue),
        "ahead": ahead,
        "behind": behind,
        "p_sign": float(stats.binomtest(ahead, ahead + behind).pvalue) if ahead + behind else 1.0,
    }


def holm(chances):
    """Return p values corrected for their number, after Holm (1979): the chance of one false alarm or more.

    Parameters
    ----------
    chances : sequence of float

    Returns
    -------
    corrected : list of float
        In the order given; each at least as large as before.
    """
    order = np.argsort(chances)
    factors = np.arange(len(chances), 0, -1)
    corrected = np.empty(len(chances))
    corrected[order] = np.minimum(1, np.maximum.accumulate(factors * np.asarray(chances)[order]))
    return corrected.tolist()
