"""What came out of the small experiments, whose schedules are compared in pairs: read, never computed, here.

Each is trained by ``python -m experiments.NAME``; its results are a file of this package.
"""

import json
import re
from functools import cache
from importlib.resources import files

from hdclib.checks import one_of, whole_number
from hdclib.training.shown import pictures_of


def orders():
    """Return the mean IoU of every network, by condition and schedule.

    Returns
    -------
    found : dict of str to dict of tuple to tuple of float
        For each condition and schedule a score a seed; all schedules share the seeds.

    Examples
    --------
    >>> from hdclib import orders
    >>> [len(schedules) for schedules in orders().values()]
    [4, 4, 4]
    """
    return scores_of("order")


def neighbours(before="nothing", measure="mean_iou"):
    """Return the scores of schedules that tell the nearest neighbours, a layer of dilation 1 and holes apart.

    Parameters
    ----------
    before : str
        What stands before the dilated layers: "nothing" or "ordinary layer".
    measure : str
        "mean_iou"; "grid_energy" of the map of wrong pixels; or "correlation", that of neighbouring outputs where there
        is nothing but noise.

    Returns
    -------
    found : dict of tuple to tuple of float
        For each schedule a score a seed; all schedules share the seeds.

    Raises
    ------
    ValueError, TypeError
        If `before` or `measure` is another word.

    Examples
    --------
    >>> from hdclib import neighbours
    >>> [dilations for dilations in neighbours() if 1 not in dilations]
    [(2, 2, 3), (2, 2, 5), (2, 3, 4), (2, 3, 9), (2, 2, 2), (2, 2, 7)]
    >>> list(neighbours("ordinary layer"))
    [(1, 2, 3), (2, 2, 2), (4, 4, 4)]
    """
    one_of("measure", measure, ("mean_iou", "grid_energy", "correlation"))
    return _one_before(before, scores_of("neighbours", measure))


def borders(size=1, noise=1, measure="mean_iou"):
    """Return the scores of schedules on pictures that end in zeros: a stack with holes, and what a design proposes.

    Nothing stands before the dilated layers.

    Parameters
    ----------
    size, noise : int
        Width of the lines in pixels, and standard deviation of the noise: 1 and 1; or, with fewer schedules, 1 and 2,
        or 4 and 2.
    measure : str
        "mean_iou"; "mean_iou_edge", which counts the pixels of the outer eight rows and columns alone; or
        "iou_lines", that of the lines without the two other classes.

    Returns
    -------
    found : dict of tuple to tuple of float
        For each schedule a score a seed; all schedules share the seeds.

    Raises
    ------
    TypeError, ValueError
        If `size` and `noise` are other numbers, or `measure` another word.

    Examples
    --------
    >>> from hdclib.training import borders
    >>> list(borders())[:6]
    [(2, 4, 8), (2, 2, 4, 6), (1, 1, 12), (1, 1, 1), (1, 2, 3), (1, 3, 9)]
    """
    one_of("measure", measure, ("mean_iou", "mean_iou_edge", "iou_lines"))
    found = {tuple(map(int, re.findall("(?:size|noise) ([0-9]+)", where)[::-1])): group
             for where, group in scores_of("borders", measure).items()}  # fmt: skip
    task = whole_number("size", size, 1), whole_number("noise", noise, 1)
    if task not in found:
        allowed = ", ".join(f"{one} and {other}" for one, other in found)
        raise ValueError(f"size and noise must be one of {allowed}, got {task[0]} and {task[1]}")
    return found[task]


def joints(measure="mean_iou"):
    """Return the scores of schedules that had to tell cracks from the edges of joints, whose other edge lies far away.

    All lines are one grey; a joint's other edge lies 7 to 12 pixels beside. Nothing stands before the dilated layers,
    zeros stand around every map.

    Parameters
    ----------
    measure : str
        "mean_iou", or "iou_lines", that of the cracks without the two other classes.

    Returns
    -------
    found : dict of tuple to tuple of float
        For each schedule a score a seed; all schedules share the seeds.

    Raises
    ------
    TypeError, ValueError
        If `measure` is another word, or no word.

    Examples
    --------
    >>> from hdclib.training import joints
    >>> [sum(dilations) * 2 + 1 for dilations in joints() if len(dilations) == 3]  # their fields
    [29, 29, 7, 13, 17, 21, 27]
    """
    one_of("measure", measure, ("mean_iou", "iou_lines"))
    (found,) = scores_of("joints", measure).values()
    return found


def periods(before="nothing", measure="period"):
    """Return the period that was measured in what noise does to the scores of each network, by schedule.

    The edges of the pictures are joined. Each of 16 test pictures was shown under two noises and the scores of the
    middle class were subtracted; then `measured_period` was asked about the rows and columns of these maps together,
    which have 64 pixels, for the stack from the picture on.

    Parameters
    ----------
    before : str
        What stands before the dilated layers: "nothing" or, with fewer schedules, "ordinary layer".
    measure : str
        "period"; or "mean_iou", what these networks scored.

    Returns
    -------
    found : dict of tuple to tuple of float
        For each schedule a period a seed, in pixels; all schedules share the seeds. None where the network failed and
        gives every pixel the same scores.

    Raises
    ------
    TypeError, ValueError
        If `before` or `measure` is another word, or no word.

    Examples
    --------
    >>> from hdclib.training import periods
    >>> max(periods()[2, 2, 2])
    2.0
    """
    one_of("measure", measure, ("period", "mean_iou"))
    return _one_before(before, scores_of("periods", measure))


def new_seeds(measure="mean_iou"):
    """Return the scores of four schedules that were trained again in the tasks of `borders` and `joints`.

    With eight seeds of their own, to see whether a lead that was found by looking stays.

    Parameters
    ----------
    measure : str
        "mean_iou", or "iou_lines", that of the lines, among joints of the cracks, without the two other classes.

    Returns
    -------
    found : dict of str to dict of tuple to tuple of float
        For each condition and schedule a score a seed.

    Raises
    ------
    TypeError, ValueError
        If `measure` is another word, or no word.

    Examples
    --------
    >>> from hdclib.training import new_seeds
    >>> [list(scores) for scores in new_seeds().values()][0]
    [(2, 4, 8), (1, 3, 9), (1, 2, 7), (1, 2, 3)]
    """
    one_of("measure", measure, ("mean_iou", "iou_lines"))
    return scores_of("new_seeds", measure)


def new_seed_pictures(condition):
    """Return a test picture of a task, the truth, and what the four networks of the first new seed say of it.

    Parameters
    ----------
    condition : str
        As `new_seeds` names it.

    Returns
    -------
    given : ndarray of float, shape (48, 48)
        What the networks see, to within 1/64: the ground is 0, lines are −1 and blobs 1, with noise.
    truth : ndarray of uint8, shape (48, 48)
        0 for lines, 1 for the ground, 2 for blobs; among joints 0 for cracks and 2 for the edges of joints.
    predicted : dict of tuple to ndarray
        By schedule the classes named, as in the truth.

    Raises
    ------
    TypeError, ValueError
        If `condition` is another word, or no word.

    Examples
    --------
    >>> from hdclib.training import new_seed_pictures, new_seeds
    >>> given, truth, predicted = new_seed_pictures(list(new_seeds())[-1])
    >>> given.shape, sorted(predicted)
    ((48, 48), [(1, 2, 3), (1, 2, 7), (1, 3, 9), (2, 4, 8)])
    """
    one_of("condition", condition, tuple(new_seeds()))
    return pictures_of("new_seeds", condition)


def _one_before(before, conditions):
    """The schedules of the one condition whose name has this word before the dilated layers."""
    found = {part.removeprefix("before "): scores for condition, scores in conditions.items()
             for part in condition.split(", ") if part.startswith("before ")}  # fmt: skip
    return found[one_of("before", before, tuple(found))]


def scores_of(name, measure="mean_iou"):
    """One measure of every network of one of the experiments, by condition and schedule."""
    columns, rows = _table(name)["runs"].values()
    found = {}
    for row in rows:
        run = dict(zip(columns, row, strict=True))
        scores = found.setdefault(run["condition"], {}).setdefault(tuple(run["dilations"]), [])
        scores.append(run[measure])
    return {condition: {d: tuple(each) for d, each in group.items()} for condition, group in found.items()}


def tests_of(name):
    """The tests between pairs, with tuples for schedules."""
    found = _table(name)["comparisons"]
    return [{**test, "first": tuple(test["first"]), "second": tuple(test["second"])} for test in found]


@cache
def _table(name):
    """The results; not to be handed out, since a caller could change them."""
    return json.loads((files("hdclib.training") / f"{name}.json").read_text(encoding="utf-8"))
