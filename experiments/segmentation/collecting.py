"""Turn finished runs into the small files that the book reads."""

import json
import platform
from importlib.metadata import version

import numpy as np

from experiments.segmentation import settings as fixed
from experiments.segmentation.statistics import holm, interval, paired

TABLE = "segmentation.json"
SHOWN = "segmentation_shown.npz"
PACKAGES = ("torch", "numpy", "scipy", "scikit-image")
SHOWN_SEED = fixed.SEEDS[0]
CUT = 48  # rows and columns of a picture that the book shows


def results(records, again, made):
    """Return everything that the book reads, but for the pictures.

    Parameters
    ----------
    records, again : list of dict
        The first and the second attempts, as `running.run` returns them.
    made : dict
        By what they were made: see `made_by`.

    Returns
    -------
    table : dict
        ``made``, ``constants``; ``segmentation``, ``averaging`` and ``again``, the second attempts (columns, and a
        row a network); ``summaries`` (mean and half width of the 95 % interval over the seeds of the first attempts,
        a condition and schedule each) and ``comparisons`` (the pairs of `settings.PAIRS`, with p values of the t
        test corrected after Holm over all of them).
    """
    flat = [record for record in records if record["data"] == "flat"]
    other = [record for record in records if record["data"] != "flat"]
    return {
        "made": made,
        "constants": fixed.constants(),
        "segmentation": _columns(other, fixed.SETTING + fixed.SEGMENTATION),
        "averaging": _columns(flat, fixed.SETTING + fixed.AVERAGING),
        "again": _columns(again, fixed.SETTING + fixed.SEGMENTATION),
        "summaries": _summaries(other, fixed.SEGMENTATION) + _summaries(flat, fixed.AVERAGING_SUMMARY),
        "comparisons": _comparisons(other),
    }


def write(records, again, made, state, folder):
    """Write the table and the pictures of the first seed into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TABLE).write_text(as_text(results(records, again, made)), encoding="utf-8")
    np.savez_compressed(folder / SHOWN, **shown(records, state))


def as_text(table):
    """Return the table as JSON with one row a line, so that a change is seen in a diff."""
    text = json.dumps(_rounded(table), ensure_ascii=False, separators=(",", ":"))
    return text.replace("],[", "],\n[").replace("},{", "},\n{") + "\n"


def made_by(records, command, spent):
    """Return by what the networks were made, as it is written to the results.

    Parameters
    ----------
    records : list of dict
        First and second attempts.
    command : str
        What was typed.
    spent : dict
        Times of the whole run, as `Clock.spent` returns them.
    """
    return {
        "command": command,
        "commit": ", ".join(sorted({record["commit"] for record in records})),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "networks": len(records),
        **{name: round(seconds) for name, seconds in spent.items()},
    }


def shown(records, state, seed=SHOWN_SEED):
    """Return input, truth and predictions of one test picture a condition, for one seed.

    Returns
    -------
    arrays : dict of ndarray
        ``input/CONDITION`` (uint8: 128 + 32 per step between classes), ``truth/CONDITION`` and
        ``predicted/CONDITION/DILATIONS`` (uint8 classes), each `CUT` x `CUT`.
    """
    arrays = {}
    for record in records:
        if record["data"] == "flat" or record["seed"] != seed:
            continue
        with np.load(state / "shown" / f"{record['key']}.npz") as found:
            cut = {name: found[name][:CUT, :CUT] for name in found.files}
        name, dilations = record["condition"], " ".join(map(str, record["dilations"]))
        arrays[f"input/{name}"] = np.clip(np.rint(128 + 32 * cut["input"]), 0, 255).astype(np.uint8)
        arrays[f"truth/{name}"] = cut["truth"].astype(np.uint8)
        arrays[f"predicted/{name}/{dilations}"] = cut["predicted"].astype(np.uint8)
    return arrays


def _columns(records, names):
    """A table without the names in every row."""
    return {"columns": list(names), "rows": [[record[name] for name in names] for record in records]}


def _groups(records):
    """Lists of records, one a seed, by (condition, dilations)."""
    groups = {}
    for record in records:
        groups.setdefault((record["condition"], tuple(record["dilations"])), []).append(record)
    return groups


def _summaries(records, measures):
    """Mean and half width of the interval of each measure, for each condition and schedule."""
    return [
        {
            "condition": condition,
            "dilations": list(dilations),
            "seeds": len(group),
            **{name: interval([record[name] for record in group]) for name in measures},
        }
        for (condition, dilations), group in _groups(records).items()
    ]


def _comparisons(records):
    """The tested pairs, seed by seed."""
    groups = _groups(records)
    conditions = dict.fromkeys(condition for condition, _ in groups)
    found = [
        _comparison(condition, *pair, name, groups)
        for condition in conditions
        for pair in fixed.PAIRS
        if all((condition, dilations) in groups for dilations in pair)
        for name in fixed.TESTED
    ]
    corrected = holm([comparison["p"] for comparison in found])
    return [{**comparison, "p_holm": p} for comparison, p in zip(found, corrected, strict=True)]


def _comparison(condition, first, second, name, groups):
    """One measure of two schedules in one condition."""
    values = [[record[name] for record in groups[condition, dilations]] for dilations in (first, second)]
    named = {"condition": condition, "first": list(first), "second": list(second), "measure": name}
    return {**named, **paired(*values)}


def _rounded(value):
    """Floats with 6 significant digits, which is more than any of them is worth."""
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(inner) for inner in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value
