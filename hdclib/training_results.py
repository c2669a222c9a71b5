"""What came out when the same small network was trained with different dilations: read, never computed, here.

The networks are trained by ``python -m experiments.segmentation``; its results are files of this package.
"""

import json
from functools import cache
from importlib.resources import files

import numpy as np

from hdclib.checks import one_of, single

DATA = ("fields", "photographs", "flat")


def trained(data="fields", noise=1, size=None, before="nothing", steps=500):
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

    Returns
    -------
    scores : dict of tuple to dict
        For each schedule ``seeds``, the number of networks, and of each measure the mean over them and the half
        width of its 95 % interval by Student's t. For "fields" and "photographs": ``mean_iou``, ``boundary_f`` (in
        the very pixel), ``boundary_f_near`` (at most one pixel off), ``error`` (share of wrong pixels),
        ``grid_energy`` and ``grain`` of the map of wrong pixels, ``correlation`` of neighbouring outputs where there
        is nothing but noise. For "flat": ``noise_left`` and ``correlation``.

    Raises
    ------
    TypeError, ValueError
        If `data` is another word, or no network was trained in that condition; the message lists the conditions.

    Examples
    --------
    >>> from hdclib import trained
    >>> scores = trained()
    >>> scores[1, 2, 3]["mean_iou"][0] > scores[2, 2, 2]["mean_iou"][0]
    True
    """
    condition = _condition(data=data, noise=noise, size=size, before=before, steps=steps)
    return {
        tuple(summary["dilations"]): {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in summary.items()
            if name not in ("condition", "dilations")
        }
        for summary in _table()["summaries"]
        if summary["condition"] == condition
    }


def trained_runs(data="fields"):
    """Return one record for each network that was trained on `data`.

    Parameters
    ----------
    data : str
        "fields", "photographs" or "flat".

    Returns
    -------
    runs : list of dict
        The setting (``condition``, ``data``, ``noise``, ``size``, ``before``, ``steps``, ``dilations``, ``seed``),
        the number of ``weights``, the ``seconds`` of training, and the measures. For "flat" also, from theory,
        ``bound``, ``averages``, ``averages_correlation``, ``shared`` and ``inputs``.

    Raises
    ------
    TypeError, ValueError
        If `data` is another word, or no word.

    Examples
    --------
    >>> from hdclib import trained_runs
    >>> {run["weights"] for run in trained_runs("flat")}
    {2592}
    """
    one_of("data", data, DATA)
    part = _table()["averaging" if data == "flat" else "segmentation"]
    records = [dict(zip(part["columns"], row, strict=True)) for row in part["rows"]]
    return [{**record, "dilations": tuple(record["dilations"])} for record in records if record["data"] == data]


def trained_comparisons(measure="mean_iou"):
    """Return the paired tests between schedules of one receptive field, a seed each pair.

    Parameters
    ----------
    measure : str
        "mean_iou", "boundary_f" or "grain".

    Returns
    -------
    comparisons : list of dict
        ``condition``, ``first`` and ``second`` (the schedules), ``difference`` (mean of first minus second),
        ``half_width`` of its 95 % interval, ``p`` of the paired t test, and ``p_holm``, corrected after Holm for the
        number of all tests, those of the other measures too.

    Raises
    ------
    TypeError, ValueError
        If `measure` is another word, or no word.

    References
    ----------
    Holm (1979) [holm1979].

    Examples
    --------
    >>> from hdclib import trained_comparisons
    >>> sorted({comparison["first"] for comparison in trained_comparisons()})
    [(1, 2, 3), (2, 2, 2)]
    """
    one_of("measure", measure, tuple(dict.fromkeys(found["measure"] for found in _table()["comparisons"])))
    return [
        {**found, "first": tuple(found["first"]), "second": tuple(found["second"])}
        for found in _table()["comparisons"]
        if found["measure"] == measure
    ]


def trained_pictures(data="fields", noise=1, size=None, before="nothing", steps=500):
    """Return one test picture, the truth, and what the networks of the first seed say of it.

    Parameters
    ----------
    data, noise, size, before, steps
        As of `trained`; not "flat".

    Returns
    -------
    given : ndarray of float, shape (48, 48)
        What the networks see, to within 1/64: steps of 1 between neighbouring classes.
    truth : ndarray of uint8, shape (48, 48)
        Classes 0, 1, 2: thin structure, ground, blob; of a photograph dark, middle, light.
    predicted : dict of tuple to ndarray
        For each schedule the classes named, as in the truth.

    Raises
    ------
    TypeError, ValueError
        If `data` is another word, or no network was trained in that condition; the message lists the conditions.

    Examples
    --------
    >>> from hdclib import trained_pictures
    >>> given, truth, predicted = trained_pictures(noise=2)
    >>> truth.shape, len(predicted)
    ((48, 48), 8)
    """
    one_of("data", data, DATA[:2])
    condition = _condition(data=data, noise=noise, size=size, before=before, steps=steps)
    arrays = _shown()
    start = f"predicted/{condition}/"
    predicted = {
        tuple(map(int, name.removeprefix(start).split())): array.copy()
        for name, array in arrays.items()
        if name.startswith(start)
    }
    return (arrays[f"input/{condition}"] - 128.0) / 32, arrays[f"truth/{condition}"].copy(), predicted


def trained_made():
    """Return by what the networks were made.

    Returns
    -------
    made : dict
        ``command``, ``commit`` of the experiment's code, ``python``, ``packages`` with their versions, number of
        ``networks``, ``seconds_of_training``, and ``constants``: what is equal for all networks.

    Examples
    --------
    >>> from hdclib import trained_made
    >>> trained_made()["command"]
    'python -m experiments.segmentation'
    """
    table = json.loads(_text())
    return {**table["made"], "constants": table["constants"]}


def trained_conditions():
    """Return the conditions in which networks were trained, as keywords of `trained`.

    Returns
    -------
    conditions : list of dict
        The centre first, then one factor changed at a time, then the other data.

    Examples
    --------
    >>> from hdclib import trained_conditions
    >>> trained_conditions()[0]
    {'data': 'fields', 'noise': 1.0, 'size': 2, 'before': 'nothing', 'steps': 500}
    """
    return [dict(condition) for condition in _conditions().values()]


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
    names = "data", "noise", "size", "before", "steps"
    runs = [run for data in DATA for run in trained_runs(data)]
    return {run["condition"]: {name: run[name] for name in names} for run in runs}


@cache
def _table():
    """The results; not to be handed out, since a caller could change them."""
    return json.loads(_text())


def _text():
    """The file of the results."""
    return (files("hdclib") / "results" / "segmentation.json").read_text(encoding="utf-8")


@cache
def _shown():
    """The pictures by name; not to be handed out."""
    with (files("hdclib") / "results" / "segmentation_shown.npz").open("rb") as file, np.load(file) as found:
        return {name: found[name] for name in found.files}
