"""Two schedules of one setting: all runs together, what a network reads, and which pairs were tested."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest

import hdclib as hdc
from experiments.borders import settings as borders
from experiments.joints import settings as joints
from experiments.neighbours import settings as neighbours
from experiments.order import settings as order
from experiments.segmentation import settings as fixed

FOLDER = Path(hdc.training.__file__).parent
MAIN = [setting for setting in fixed.all_settings() if setting.data != "flat"]
EVERY = [*MAIN, *neighbours.all_settings(), *order.all_settings(), *borders.all_settings(), *joints.all_settings()]


def stored():
    """(condition, dilations, seed) → mean IoU, straight from the files."""
    found = {}
    files = {"segmentation": "segmentation", **dict.fromkeys(("neighbours", "order", "borders", "joints"), "runs")}
    for file, part in files.items():
        columns, rows = json.loads((FOLDER / f"{file}.json").read_text(encoding="utf-8"))[part].values()
        for run in (dict(zip(columns, row, strict=True)) for row in rows):
            key = run["condition"], tuple(run["dilations"]), run["seed"]
            assert found.setdefault(key, run["mean_iou"]) == run["mean_iou"]  # trained in two runs, it scored the same
    return found


def test_every_network_of_the_scripts_stands_once_under_its_condition():
    conditions = dict.fromkeys(setting.condition for setting in EVERY)
    found = {
        (condition, dilations, seed): value
        for condition in conditions
        for dilations, values in hdc.training.every_seed(condition).items()
        for seed, value in enumerate(values)
    }
    assert found == stored()
    assert found.keys() == {(setting.condition, tuple(setting.dilations), setting.seed) for setting in EVERY}
    assert len(found) == 480 + 200 - 40 + 208 + 72


def test_what_is_handed_out_may_be_changed():
    hdc.training.every_seed(MAIN[0].condition)[1, 2, 3][:] = 0
    assert hdc.training.every_seed(MAIN[0].condition)[1, 2, 3].min() > 0.7


def ends_of_paths(setting, dilations):
    """Where each path from one output ends on the picture, walked layer by layer from the top."""
    stride = 2 if setting.before == "stride 2" else 1
    steps = [(-d, 0, d) for d in dilations]
    if getattr(setting, "skips", False):
        steps = [(*step, 0) for step in steps]  # a path may also go beside the layer
    if setting.after != "nothing":
        steps.append((-1, 0, 1))
    ends = [stride * sum(path) for path in product(*steps)]
    return [end + tap for end in ends for tap in (-1, 0, 1)] if setting.before != "nothing" else ends


@pytest.mark.parametrize("dilations", [(2, 2, 2), (1, 2, 3), (1, 2, 9), (4, 4, 2, 1)])
@pytest.mark.parametrize("setting", {setting.condition: setting for setting in EVERY}.values(), ids=str)
def test_what_is_read_is_where_paths_end(setting, dilations):
    ends = ends_of_paths(setting, dilations)
    assert hdc.training.what_is_read(setting.condition, dilations) == {
        "field": max(ends) - min(ends) + 1,
        "holes": max(ends) - min(ends) + 1 - len(set(ends)),
        "paths": ends.count(1),
        "near": len({end for end in ends if abs(end) <= 2}) ** 2,
    }


def test_each_pair_was_tested_at_most_once_and_its_family_is_the_run():
    tests = hdc.training.pair_tests()
    pairs = [(test["condition"], frozenset((test["first"], test["second"]))) for test in tests]
    assert len(set(pairs)) == len(pairs) == 31 + 18 + 9 + 27 + 10
    files = {"segmentation": 31, "neighbours": 18, "order": 9, "borders": 27, "joints": 10}
    families = {name: len(json.loads((FOLDER / f"{name}.json").read_text())["comparisons"]) for name in files}
    assert [test["family"] for test in tests] == [families[name] for name, many in files.items() for _ in range(many)]
    for test in tests:
        values = hdc.training.every_seed(test["condition"])
        assert np.mean(values[test["first"]] - values[test["second"]]) == pytest.approx(test["difference"], abs=1e-6)


@pytest.mark.parametrize("ask", [hdc.training.every_seed, lambda condition: hdc.training.what_is_read(condition, [1])])
def test_another_condition_is_refused_and_those_that_are_there_are_listed(ask):
    with pytest.raises(ValueError, match="^condition must be one that runs.. .*; photographs; .*, got 'centre'$"):
        ask("centre")
    with pytest.raises((TypeError, ValueError), match="^condition must be"):
        ask(3)


def test_dilations_that_are_none_are_refused():
    with pytest.raises((TypeError, ValueError), match="dilation"):
        hdc.training.what_is_read(MAIN[0].condition, [0, 1])


def test_the_tests_of_a_run_are_its_own_and_another_run_is_refused():
    runs = "main", "neighbours", "order", "borders", "joints"
    assert [one for run in runs for one in hdc.pair_tests(run)] == hdc.pair_tests()
    assert len({tuple(sorted(one)) for one in hdc.pair_tests()}) == 1
    with pytest.raises(ValueError, match="^run must be one of .*borders.* got 'border'$"):
        hdc.pair_tests("border")
