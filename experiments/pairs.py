"""What the small experiments share: train what is missing, and write scores and tests between pairs of schedules."""

import argparse
import json
from pathlib import Path

import numpy as np

from experiments.segmentation import collecting, running
from experiments.segmentation.clock import Clock
from experiments.segmentation.settings import BORDERED, PROBED, SEGMENTATION, SETTING
from experiments.segmentation.statistics import holm, interval, paired

MEASURE = "mean_iou"


def results(records, made, pairs):
    """Return what the book reads.

    Parameters
    ----------
    records : list of dict
        A network each, in the order of `all_settings`.
    made : dict
        By what they were made.
    pairs : sequence of (dilations, dilations)
        What is tested in each condition in which both were trained.

    Returns
    -------
    table : dict
        ``made``; ``runs`` (columns, and a row a network); ``summaries`` (mean IoU and the half width of its 95 %
        interval, a condition and schedule each); ``comparisons`` (the pairs, with p values corrected after Holm).
    """
    groups = {}
    for record in records:
        groups.setdefault((record["condition"], tuple(record["dilations"])), []).append(record[MEASURE])
    summaries = [{"condition": c, "dilations": list(d), MEASURE: interval(values)} for (c, d), values in groups.items()]
    found = [
        {"condition": condition, "first": list(one), "second": list(other),
         **paired(groups[condition, one], groups[condition, other])}
        for condition in dict.fromkeys(condition for condition, _ in groups) for one, other in pairs
        if {(condition, one), (condition, other)} <= set(groups)
    ]  # fmt: skip
    corrected = holm([comparison["p"] for comparison in found])
    names = [name for name in (*SETTING, *SEGMENTATION, *BORDERED, *PROBED) if name in records[0]]
    return {
        "made": made,
        "runs": {"columns": names, "rows": [[record[name] for name in names] for record in records]},
        "summaries": summaries,
        "comparisons": [{**one, "p_holm": p} for one, p in zip(found, corrected, strict=True)],
    }


def main(settings, name, shown=None):
    """Do what the arguments say; return the exit status.

    Parameters
    ----------
    settings : module
        With `all_settings` and `PAIRS`; its docstring says what is run.
    name : str
        Of the experiment: of its package, its folder and its results.
    shown : int, optional
        The seed of which the first test picture of each network is kept, beside the results.
    """
    command = f"python -m experiments.{name}"
    parser = argparse.ArgumentParser(command, description=settings.__doc__)
    parser.add_argument("--workers", type=int, default=2, help="processes, one thread each (default: 2)")
    parser.add_argument("--state", type=Path, default=running.STATE.with_name(f"experiment-{name}"),
                        help="folder of what is done so far")  # fmt: skip
    parser.add_argument("--results", type=Path, default=running.ROOT / "hdclib" / "training" / f"{name}.json",
                        help="the file to write")  # fmt: skip
    options = parser.parse_args()
    options.state.mkdir(parents=True, exist_ok=True)
    clock = Clock(options.state / "time.json")
    records = running.run(settings.all_settings(), options.workers, options.state, clock)
    made = collecting.made_by(records, command, clock.spent())
    table = results(records, made, settings.PAIRS)
    options.results.write_text(collecting.as_text(table), encoding="utf-8")
    if shown is not None:
        pictures = collecting.shown(records, options.state, shown)
        np.savez_compressed(options.results.with_name(f"{name}_shown.npz"), **pictures)
    print(json.dumps(made, indent=1))
    return 0
