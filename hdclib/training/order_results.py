"""What came out when the same dilated layers were trained in rising and in falling order: read, never computed, here.

The networks are trained by ``python -m experiments.order``; its results are a file of this package.
"""

import json
from functools import cache
from importlib.resources import files


def orders():
    """Return the mean IoU of every network, by condition and schedule.

    Returns
    -------
    found : dict of str to dict of tuple to tuple of float
        For each condition and schedule a score a seed; all schedules share the seeds.

    Examples
    --------
    >>> from hdclib.training import orders
    >>> [len(schedules) for schedules in orders().values()]
    [4, 4, 4]
    """
    columns, rows = _table()["runs"].values()
    found = {}
    for row in rows:
        run = dict(zip(columns, row, strict=True))
        scores = found.setdefault(run["condition"], {}).setdefault(tuple(run["dilations"]), [])
        scores.append(run["mean_iou"])
    return {condition: {d: tuple(each) for d, each in group.items()} for condition, group in found.items()}


def order_tests():
    """Return the paired tests between two schedules, seed by seed.

    Returns
    -------
    tests : list of dict
        ``condition``, ``first`` and ``second`` (the schedules), ``difference`` (mean of first minus second in mean
        IoU), ``half_width`` of its 95 % interval, ``p`` of the paired t test, and ``p_holm``, corrected after Holm for
        the number of all tests; ``ahead`` and ``behind`` (in how many seeds the first is above and below the second),
        and ``p_sign`` of the sign test, which is not corrected.

    References
    ----------
    Holm (1979) [holm1979].

    Examples
    --------
    >>> from hdclib.training import order_tests
    >>> sorted({test["first"] for test in order_tests()})
    [(1, 2, 3, 5), (1, 2, 4, 4)]
    """
    return [
        {**test, "first": tuple(test["first"]), "second": tuple(test["second"])} for test in _table()["comparisons"]
    ]


@cache
def _table():
    """The results; not to be handed out, since a caller could change them."""
    return json.loads((files("hdclib.training") / "order.json").read_text(encoding="utf-8"))
