"""What came out when the same small network was trained with different dilations: read, never computed, here.

The networks are trained by ``python -m experiments.segmentation``; its results are files of this package.
"""

import json
import re
from functools import cache
from importlib.resources import files

import numpy as np

from hdclib.checks import one_of, single, text
from hdclib.training.shown import pictures_of

DATA = ("fields", "photographs", "flat")


def scores(data="fields", noise=1, size=None, before="nothing", steps=500, after="nothing"):
    """Return the scores of the trained networks in one condition, for each schedule of dilations.

    Parameters
    ----------
    data : str
        "fields" (made label pictures), "photographs", or "flat" (constant pictures, to be averaged).
    noise : float
        Standard deviation of the noise, in steps between neighbouring classes.
    size : int, optional
        Width of the thin structures of "fields", in pixels; 2 if left out. The other data have none.
    before : str
        What comes before the dilated layers: "nothing", "ordinary layer" or "stride 2".
    steps : int
        Of training.
    after : str
        What comes after the dilated layers: "nothing" or "ordinary layer".

    Returns
    -------
    scores : dict of tuple to dict
        For each schedule that was trained in that condition ``seeds``, the number of networks, and of each measure the
        mean over them and the half width of its 95 % interval by Student's t. For "fields" and "photographs":
        ``mean_iou``, ``boundary_f`` (in the very pixel), ``boundary_f_near`` (at most one pixel off), ``error`` (share
        of wrong pixels), ``grid_energy`` and ``grain`` of the map of wrong pixels, ``correlation`` of neighbouring
        outputs where there is nothing but noise. For "flat": ``noise_left`` and ``correlation``.

    Raises
    ------
    TypeError, ValueError
        If `data` is another word, or no network was trained in that condition; the message lists the conditions.

    Examples
    --------
    >>> from hdclib import scores
    >>> found = scores()
    >>> found[1, 2, 3]["mean_iou"][0] > found[2, 2, 2]["mean_iou"][0]
    True
    """
    condition = _condition(data=data, noise=noise, size=size, before=before, steps=steps, after=after)
    return {
        tuple(summary["dilations"]): {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in summary.items()
            if name not in ("condition", "dilations")
        }
        for summary in _table()["summaries"]
        if summary["condition"] == condition
    }


def seeds(measure="mean_iou", data="fields", noise=1, size=None, before="nothing", steps=500, after="nothing"):
    """Return one measure of every network in one condition, for each schedule of dilations.

    Parameters
    ----------
    measure : str
        A name of a measure, as in the results of `scores`.
    data, noise, size, before, steps, after
        As of `scores`.

    Returns
    -------
    values : dict of tuple to ndarray, shape (seeds,)
        In the order of the seeds, which all schedules share: values at the same place can be compared in pairs.

    Raises
    ------
    TypeError, ValueError
        If there is no such measure, or no network was trained in that condition; the message lists what there is.

    Examples
    --------
    >>> from hdclib import seeds
    >>> found = seeds("mean_iou")
    >>> int((found[1, 2, 3] > found[2, 2, 2]).sum()), "of", len(found[1, 2, 3])
    (8, 'of', 8)
    """
    condition = _condition(data=data, noise=noise, size=size, before=before, steps=steps, after=after)
    records = [record for record in runs(data) if record["condition"] == condition]
    found = next(iter(scores(**_conditions()[condition]).values()))
    one_of("measure", measure, tuple(name for name in found if name != "seeds"))
    values = {record["dilations"]: [] for record in records}
    for record in records:
        values[record["dilations"]].append(record[measure])
    return {dilations: np.array(each) for dilations, each in values.items()}


def runs(data="fields"):
    """Return one record for each network that was trained on `data`.

    Parameters
    ----------
    data : str
        "fields", "photographs" or "flat".

    Returns
    -------
    runs : list of dict
        The setting (``condition``, ``data``, ``noise``, ``size``, ``before``, ``after``, ``steps``, ``dilations``,
        ``seed``, learning ``rate``), the number of ``weights``, the ``seconds`` of training, and the measures. For
        "flat" also, from theory, ``bound``, ``averages``, ``averages_correlation``, ``shared`` and ``inputs``.

    Raises
    ------
    TypeError, ValueError
        If `data` is another word, or no word.

    Examples
    --------
    >>> from hdclib.training import runs
    >>> {run["weights"] for run in runs("flat")}
    {2592}
    """
    one_of("data", data, DATA)
    records = _records("averaging" if data == "flat" else "segmentation")
    return [record for record in records if record["data"] == data]


def again():
    """Return one record for each second attempt, at a lower learning rate.

    A network has failed if its mean IoU is far below the middle one of its seeds: by more than ``failed_below`` of the
    constants in `made`. Its seed was then trained again in that condition with every schedule, so that those that had
    not failed tell what the lower rate does by itself. The first attempts stay in all other results.

    Returns
    -------
    attempts : list of dict
        As of `runs`; ``rate`` is the lower one.

    Examples
    --------
    >>> from hdclib.training import again, made
    >>> {run["rate"] for run in again()} == {made()["constants"]["lower_rate"]}
    True
    """
    return _records("again")


def comparisons(measure="mean_iou"):
    """Return the paired tests between two schedules, seed by seed.

    Tested are, wherever both were trained, three schedules of one field (2, 2, 2 and 1, 2, 3 and 3, 2, 1), and pairs
    that differ in their holes (1, 2, 9 beside 1, 2, 5 and 1, 2, 7) or in their common divisor (2, 4, 8 beside
    2, 2, 7).

    Parameters
    ----------
    measure : str
        "mean_iou", "boundary_f" or "grain".

    Returns
    -------
    comparisons : list of dict
        ``condition``, ``first`` and ``second`` (the schedules), ``differences`` (first minus second, one a seed),
        ``difference`` (their mean),
        ``half_width`` of its 95 % interval, ``p`` of the paired t test, and ``p_holm``, corrected after Holm for the
        number of all tests, those of the other measures too; ``ahead`` and ``behind`` (in how many seeds the first is
        above and below the second), and ``p_sign`` of the sign test, which is not corrected.

    Raises
    ------
    TypeError, ValueError
        If `measure` is another word, or no word.

    References
    ----------
    Holm (1979) [holm1979].

    Examples
    --------
    >>> from hdclib import comparisons
    >>> sorted({comparison["first"] for comparison in comparisons()})
    [(1, 2, 3), (1, 2, 9), (2, 2, 2), (2, 4, 8)]
    """
    one_of("measure", measure, tuple(dict.fromkeys(found["measure"] for found in _table()["comparisons"])))
    values = {}
    for run in _records("segmentation"):
        values.setdefault((run["condition"], run["dilations"]), []).append(run[measure])
    answer = []
    for found in (found for found in _table()["comparisons"] if found["measure"] == measure):
        first, second = (tuple(found[name]) for name in ("first", "second"))
        differences = np.subtract(*(values[found["condition"], dilations] for dilations in (first, second)))
        answer.append({**found, "first": first, "second": second, "differences": differences})
    return answer


def pictures(data="fields", noise=1, size=None, before="nothing", steps=500, after="nothing"):
    """Return one test picture, the truth, and what the networks of the first seed say of it.

    Parameters
    ----------
    data, noise, size, before, steps, after
        As of `scores`; not "flat".

    Returns
    -------
    given : ndarray of float, shape (48, 48)
        What the networks see, to within 1/64: steps of 1 between neighbouring classes.
    truth : ndarray of uint8, shape (48, 48)
        Classes 0, 1, 2: thin structure, ground, blob; of a photograph dark, middle, light.
    predicted : dict of tuple to ndarray
        For each schedule that was trained in that condition the classes named, as in the truth.

    Raises
    ------
    TypeError, ValueError
        If `data` is another word, or no network was trained in that condition; the message lists the conditions.

    Examples
    --------
    >>> from hdclib import pictures
    >>> given, truth, predicted = pictures(noise=2)
    >>> truth.shape, len(predicted)
    ((48, 48), 6)
    """
    one_of("data", data, DATA[:2])
    condition = _condition(data=data, noise=noise, size=size, before=before, steps=steps, after=after)
    return pictures_of("segmentation", condition)


def made():
    """Return by what the networks were made.

    Returns
    -------
    made : dict
        ``command``, ``commit`` of the experiment's code, ``python``, ``packages`` with their versions, number of
        ``networks`` with the second attempts, ``wall_seconds`` and ``processor_seconds`` (user and system, all
        processes) of the whole run, and ``constants``: what is equal for all networks.

    Examples
    --------
    >>> from hdclib.training import made
    >>> made()["command"]
    'python -m experiments.segmentation'
    """
    table = json.loads(_text())
    return {**table["made"], "constants": table["constants"]}


def conditions():
    """Return the conditions in which networks were trained, as keywords of `scores`.

    Returns
    -------
    conditions : list of dict
        The centre first, then one factor changed at a time, then the other data.

    Examples
    --------
    >>> from hdclib.training import conditions
    >>> conditions()[0]
    {'data': 'fields', 'noise': 1.0, 'size': 2, 'before': 'nothing', 'steps': 500, 'after': 'nothing'}
    """
    return [dict(condition) for condition in _conditions().values()]


def differs_in(condition):
    """Return in few words what a condition changes in the centre, the setting with which all others are compared.

    Parameters
    ----------
    condition : str
        As `runs`, `comparisons` and the tests of the further runs name it.

    Returns
    -------
    words : str
        "centre" for the centre itself.

    Raises
    ------
    TypeError
        If `condition` is no text.

    Examples
    --------
    >>> from hdclib.training import differs_in, runs
    >>> sorted({differs_in(run["condition"]) for run in runs() if run["noise"] == 0.5})
    ['noise 0.5', 'noise 0.5, ordinary layer before']
    """
    centre = next(iter(_conditions())).split(", ")
    words = [word for word in text("condition", condition).split(", ") if word not in centre and word != "size 0"]
    turned = [re.sub("(before|after) (.*)", r"\2 \1", word) for word in words]
    return ", ".join(turned).replace("size", "line width") or "centre"


def _condition(**wanted):
    """The name of a condition in the results."""
    one_of("data", wanted["data"], DATA)
    for name, value in wanted.items():
        single(name, value)
    if wanted["size"] is None:
        wanted["size"] = 2 if wanted["data"] == "fields" else 0
    for name, condition in _conditions().items():
        if condition == wanted:
            return name
    raise ValueError(f"no network was trained with {wanted}; there are {'; '.join(_conditions())}")


@cache
def _conditions():
    """The keywords of each condition, by its name in the results."""
    names = "data", "noise", "size", "before", "steps", "after"
    records = [record for data in DATA for record in runs(data)]
    return {record["condition"]: {name: record[name] for name in names} for record in records}


def _records(part):
    """One dict a network of a part of the results."""
    columns, rows = _table()[part].values()
    records = [dict(zip(columns, row, strict=True)) for row in rows]
    return [{**record, "dilations": tuple(record["dilations"])} for record in records]


@cache
def _table():
    """The results; not to be handed out, since a caller could change them."""
    return json.loads(_text())


def _text():
    """The file of the results."""
    return (files("hdclib.training") / "segmentation.json").read_text(encoding="utf-8")
