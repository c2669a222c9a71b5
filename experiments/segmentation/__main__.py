"""Command line of the experiment."""

import argparse
import json
import sys
from pathlib import Path

from experiments.segmentation import settings as fixed

ABOUT = """Train the same small segmentation network with different dilations, and write down what came out.

Trains only what is not done yet; it may be stopped at any time and started again. When all is done, the results are
written as package data of hdclib, from where the book reads them. How long all of it took is printed at the end and
stored with the results.

  python -m experiments.segmentation                     train what is missing, then write the results
  python -m experiments.segmentation --list              name every network
  python -m experiments.segmentation --rerun "SETTING"   train one setting again and compare with the results; its
                                                         name is what stands before the seed in the list
"""
RESULTS = Path(__file__).resolve().parents[2] / "hdclib" / "training"


def main():
    """Do what the arguments say; return the exit status."""
    options = _options()
    if options.list:
        print(*(setting.key for setting in fixed.all_settings()), sep="\n")
        return 0
    from experiments.segmentation import running  # not needed for --help or --list, and slow to load

    state = options.state or running.STATE
    return _rerun(options, state / "rerun") if options.rerun else _whole(options, state)


def _whole(options, state):
    """Train what is missing, then again what failed; write the results, and say how long all of it took."""
    from experiments.segmentation import collecting, running
    from experiments.segmentation.clock import Clock

    state.mkdir(parents=True, exist_ok=True)
    clock = Clock(state / "time.json")
    records = running.run(fixed.all_settings(), options.workers, state, clock)
    again = running.run(fixed.second_attempts(_naming_classes(records)), options.workers, state, clock)
    made = collecting.made_by(records + again, "python -m experiments.segmentation", clock.spent())
    collecting.write(records, again, made, state, options.results)
    print(f"{made['networks']} networks, of which {len(again)} are second attempts; results in {options.results}")
    print(f"{made['wall_seconds'] / 60:.1f} minutes by the clock on the wall, with --workers {options.workers}")
    print(f"{made['processor_seconds'] / 60:.1f} minutes of processor time, of all processes together")
    return 0


def _naming_classes(records):
    """Those that can fail: the networks that name a class for each pixel."""
    return [record for record in records if record["data"] != "flat"]


def _options():
    """The arguments, checked."""
    parser = argparse.ArgumentParser(
        "python -m experiments.segmentation", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, default=2, help="processes, one thread each (default: 2)")
    parser.add_argument("--state", type=Path, help="folder of what is done so far (default: _build/experiment)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the results go (default: hdclib/training)")
    parser.add_argument("--list", action="store_true", help="name every network and stop")
    parser.add_argument("--rerun", metavar="SETTING", help="a network's name without its seed")
    options = parser.parse_args()
    if options.workers < 1:
        parser.error(f"--workers must be at least 1, got {options.workers}")
    if options.rerun and not _seeds_of(options.rerun):
        parser.error(f"--rerun knows no setting {options.rerun!r}; --list names them")
    return options


def _seeds_of(name):
    """The networks of a setting, one a seed."""
    return [setting for setting in fixed.all_settings() if setting.key.startswith(f"{name}, seed ")]


def _rerun(options, state):
    """Train all seeds of one setting anew and hold the means against the committed intervals."""
    from experiments.segmentation import collecting, running

    (state / "runs.jsonl").unlink(missing_ok=True)
    records = running.run(_seeds_of(options.rerun), options.workers, state)
    committed = json.loads((options.results / collecting.TABLE).read_text(encoding="utf-8"))
    summary = next(
        found
        for found in committed["summaries"]
        if (found["condition"], found["dilations"]) == (records[0]["condition"], records[0]["dilations"])
    )
    outside = 0
    for name in (name for name, value in summary.items() if isinstance(value, list) and name != "dilations"):
        (mean, half_width), now = summary[name], sum(record[name] for record in records) / len(records)
        outside += abs(now - mean) > half_width
        print(f"{name:16} committed {mean:.5f} ± {half_width:.5f}, now {now:.5f}")
    print("every mean lies within its interval" if not outside else f"{outside} means lie outside their interval")
    return int(outside > 0)


if __name__ == "__main__":
    sys.exit(main())
