"""Command line: train what is missing, and write the results that the chapter "Your network" reads."""

import argparse
import json
import sys
from pathlib import Path

from experiments.order.settings import MEASURE, PAIRS, all_settings
from experiments.segmentation import collecting, running
from experiments.segmentation.clock import Clock
from experiments.segmentation.settings import SEGMENTATION, SETTING
from experiments.segmentation.statistics import holm, interval, paired

STATE = running.STATE.with_name("experiment-order")
RESULTS = running.ROOT / "hdclib" / "training" / "order.json"
COMMAND = "python -m experiments.order"


def results(records, made):
    """Return what the book reads.

    Parameters
    ----------
    records : list of dict
        A network each, in the order of `all_settings`.
    made : dict
        By what they were made.

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
        for condition in dict.fromkeys(condition for condition, _ in groups) for one, other in PAIRS
    ]  # fmt: skip
    corrected = holm([comparison["p"] for comparison in found])
    names = [name for name in (*SETTING, *SEGMENTATION) if name in records[0]]
    return {
        "made": made,
        "runs": {"columns": names, "rows": [[record[name] for name in names] for record in records]},
        "summaries": summaries,
        "comparisons": [{**one, "p_holm": p} for one, p in zip(found, corrected, strict=True)],
    }


def main():
    """Do what the arguments say."""
    parser = argparse.ArgumentParser(COMMAND, description=__doc__)
    parser.add_argument("--workers", type=int, default=2, help="processes, one thread each (default: 2)")
    parser.add_argument("--state", type=Path, default=STATE, help="folder of what is done so far")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file to write")
    options = parser.parse_args()
    options.state.mkdir(parents=True, exist_ok=True)
    clock = Clock(options.state / "time.json")
    records = running.run(all_settings(), options.workers, options.state, clock)
    made = collecting.made_by(records, COMMAND, clock.spent())
    options.results.write_text(collecting.as_text(results(records, made)), encoding="utf-8")
    print(json.dumps(made, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
