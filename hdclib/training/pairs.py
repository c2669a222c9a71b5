"""Two schedules of one setting side by side, from all runs: scores, what they read, whether they were tested."""

from functools import cache

import numpy as np

from hdclib.checks import one_of
from hdclib.gridding import coverage, neighbour_paths, pixels_near
from hdclib.layers import ConvLayer, as_layers, receptive_field
from hdclib.networks import Cascade, with_skips
from hdclib.training.pair_results import scores_of, tests_of
from hdclib.training.results import comparisons, differs_in, runs

RUNS = "main", "neighbours", "order", "borders", "joints"
AGAIN = "new_seeds"  # asks of some networks of these runs once more
MEASURES = "mean_iou", "boundary_f", "grain"  # whose tests make one family
#: Strides of the layers of kernel size 3, by their words in the name of a condition; what is not here is no layer.
BEFORE = {"before ordinary layer": 1, "before stride 2": 2}
AFTER = {"after ordinary layer": 1}


def every_seed(condition):
    """Return the mean IoU of every network of one condition, from the main run and the further ones.

    Parameters
    ----------
    condition : str
        As `runs` and `orders` name it; `differs_in` says it in few words.

    Returns
    -------
    values : dict of tuple to ndarray, shape (seeds,)
        For each schedule, in the order of the seeds, which all schedules share.

    Raises
    ------
    TypeError, ValueError
        If no network was trained in `condition`; the message lists the conditions.

    Examples
    --------
    >>> from hdclib.training import every_seed, runs
    >>> len(every_seed(runs()[0]["condition"]))
    21
    """
    _check(condition)
    return {dilations: np.array(values) for dilations, values in _every_seed()[condition].items()}


def what_is_read(condition, dilations):
    """Return what one output of a trained network reads of the picture, in four numbers.

    Parameters
    ----------
    condition : str
        As `every_seed` takes it: the layers before and after are counted too, and the skips.
    dilations : sequence of int
        Of the dilated layers, of kernel size 3.

    Returns
    -------
    counts : dict of str to int
        ``field`` and ``holes`` along an axis, ``paths`` to a neighbour along an axis, and ``near``, the pixels read
        among the 5 × 5 around the middle.

    Raises
    ------
    TypeError, ValueError
        If `condition` is another word, or `dilations` is no valid stack.

    Examples
    --------
    >>> from hdclib.training import runs, what_is_read
    >>> what_is_read(runs()[0]["condition"], [2, 2, 2])
    {'field': 13, 'holes': 6, 'paths': 0, 'near': 9}
    """
    _check(condition)
    words = condition.split(", ")
    before, after = (
        [ConvLayer(3, stride=beside[word]) for word in words if word in beside] for beside in (BEFORE, AFTER)
    )
    layers = as_layers(dilations, kernel_size=3)
    joined = [with_skips(Cascade(layers))] if "with skips" in words else layers
    stack = [*before, *joined, *after]
    read = Cascade(stack) if "with skips" in words else stack
    return {
        "field": receptive_field(read),
        "holes": coverage(read).holes,
        "paths": neighbour_paths(read),
        "near": pixels_near(read),
    }


def pair_tests(run=None):
    """Return the paired tests of mean IoU between two schedules, seed by seed, each with the size of its family.

    Parameters
    ----------
    run : str, optional
        "main", "neighbours", "order", "borders" or "joints"; all of these if left out; or "new_seeds", which asks
        some pairs of the last two runs again.

    Returns
    -------
    tests : list of dict
        ``condition``, ``first`` and ``second`` (the schedules), ``difference`` (mean of first minus second in mean
        IoU), ``half_width`` of its 95 % interval, ``p`` of the paired t test, and ``p_holm``, corrected after Holm for
        all tests of its ``family``, which in the main run holds those of two other measures too (`comparisons`);
        ``ahead`` and ``behind`` (in how many seeds the first is above and below the second), and ``p_sign`` of the
        sign test, which is not corrected.

    Raises
    ------
    TypeError, ValueError
        If `run` is another word, or no word.

    References
    ----------
    Holm (1979) [holm1979].

    Examples
    --------
    >>> from hdclib import pair_tests
    >>> {run: len(pair_tests(run)) for run in ("main", "neighbours", "order", "borders", "joints")}
    {'main': 31, 'neighbours': 18, 'order': 9, 'borders': 27, 'joints': 10}
    """
    asked = RUNS if run is None else (one_of("run", run, (*RUNS, AGAIN)),)
    return [test for name in asked for test in _family(name)]


def _family(run):
    """The tests of one run, with their number; three measures share that of the main run."""
    if run != "main":
        return [{**test, "family": len(tests_of(run))} for test in tests_of(run)]
    family, own = sum(len(comparisons(name)) for name in MEASURES), ("measure", "differences")
    return [{**{key: test[key] for key in test if key not in own}, "family": family} for test in comparisons()]


def _check(condition):
    """Raise if nothing was trained in `condition`; the names are long, so the message has their few words."""
    there = "; ".join(map(differs_in, _every_seed()))
    one_of("condition", condition, _every_seed(), f"one that runs() or pair_tests() names, in few words {there}")


@cache
def _every_seed():
    """Values of the seeds by condition and schedule; a network that two runs trained scored the same in both."""
    values = {}
    for run in [*runs(), *runs("photographs")]:
        values.setdefault(run["condition"], {}).setdefault(run["dilations"], []).append(run["mean_iou"])
    for name in RUNS[1:]:
        for condition, schedules in scores_of(name).items():
            values[condition] = values.get(condition, {}) | schedules
    return values
