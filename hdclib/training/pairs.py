"""Two schedules of one setting side by side, from all runs: scores, what they read, whether they were tested."""

from functools import cache

import numpy as np

from hdclib.checks import one_of
from hdclib.gridding import coverage, neighbour_paths, pixels_near
from hdclib.layers import ConvLayer, as_layers, receptive_field
from hdclib.networks import Cascade, with_skips
from hdclib.training.pair_results import border_tests, neighbour_tests, order_tests, scores_of
from hdclib.training.results import comparisons, runs

MEASURES = "mean_iou", "boundary_f", "grain"  # whose tests make one family
#: By their words in the name of a condition; a part that is not here is no layer.
BEFORE = {"before ordinary layer": [ConvLayer(3)], "before stride 2": [ConvLayer(3, stride=2)]}
AFTER = {"after ordinary layer": [ConvLayer(3)]}


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
    one_of("condition", condition, tuple(_every_seed()))
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
    one_of("condition", condition, tuple(_every_seed()))
    words = condition.split(", ")
    before, after = ([layer for word in words for layer in beside.get(word, [])] for beside in (BEFORE, AFTER))
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


def pair_tests():
    """Return the paired tests of mean IoU of all runs, each with the size of its family.

    Returns
    -------
    tests : list of dict
        As those of `comparisons`, with ``family``, the number of tests for which its ``p_holm`` is corrected: the main
        run's holds those of two other measures too.

    Examples
    --------
    >>> from hdclib.training import pair_tests
    >>> sorted({test["family"] for test in pair_tests()})
    [7, 9, 18, 93]
    """
    main = sum(len(comparisons(measure)) for measure in MEASURES)
    further = [tests() for tests in (neighbour_tests, order_tests, border_tests)]
    families = [(comparisons(), main), *((tests, len(tests)) for tests in further)]
    return [{**test, "family": family} for tests, family in families for test in tests]


@cache
def _every_seed():
    """Values of the seeds by condition and schedule; a network that two runs trained scored the same in both."""
    values = {}
    for run in [*runs(), *runs("photographs")]:
        values.setdefault(run["condition"], {}).setdefault(run["dilations"], []).append(run["mean_iou"])
    for name in ("neighbours", "order", "borders"):
        for condition, schedules in scores_of(name).items():
            values[condition] = values.get(condition, {}) | schedules
    return values
