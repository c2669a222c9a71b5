"""The committed results of the experiment: complete, of the settings of the script, and summed up rightly."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from experiments.segmentation import settings as fixed

RESULTS = Path(__file__).resolve().parents[1] / "hdclib" / "results"
T_QUANTILE = 2.364624  # 97.5 % of Student's t with 7 degrees of freedom, from printed tables
MOST_BYTES = 2_000_000


def as_words(dilations):
    return " ".join(map(str, dilations))


@pytest.fixture(scope="module")
def table():
    return json.loads((RESULTS / "segmentation.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def runs(table):
    parts = [table["segmentation"], table["averaging"]]
    return [dict(zip(part["columns"], row, strict=True)) for part in parts for row in part["rows"]]


def test_the_networks_are_those_that_the_script_would_train(runs):
    wanted = {setting.key: setting.record() for setting in fixed.all_settings()}
    found = {f"{run['condition']}, dilations {as_words(run['dilations'])}, seed {run['seed']}": run for run in runs}
    assert set(found) == set(wanted) and len(runs) == len(wanted)
    for key, setting in wanted.items():
        assert {name: found[key][name] for name in setting} == setting


def test_columns_and_constants_are_those_of_the_script(table):
    assert table["segmentation"]["columns"] == [*fixed.SETTING, *fixed.SEGMENTATION]
    assert table["averaging"]["columns"] == [*fixed.SETTING, *fixed.AVERAGING]
    assert table["constants"] == fixed.constants()


def test_every_setting_has_at_least_five_seeds_and_one_size_of_network(runs):
    groups = {}
    for run in runs:
        groups.setdefault((run["condition"], tuple(run["dilations"])), []).append(run["seed"])
    assert min(map(len, groups.values())) >= 5
    for condition in {run["condition"] for run in runs}:
        assert len({run["weights"] for run in runs if run["condition"] == condition}) == 1


def test_it_is_written_by_what_the_results_were_made(table):
    made = table["made"]
    assert re.fullmatch(r"[0-9a-f]{40}", made["commit"])
    assert made["command"] == "python -m experiments.segmentation"
    assert set(made["packages"]) == {"torch", "numpy", "scipy", "scikit-image"}
    assert made["networks"] == len(fixed.all_settings()) and made["seconds_of_training"] > 0


def test_measures_are_finite_and_shares_are_shares(runs):
    shares = {"mean_iou", "boundary_f", "boundary_f_near", "error", "grid_energy", "shared", "bound"}
    for run in runs:
        numbers = {name: value for name, value in run.items() if isinstance(value, float)}
        assert all(np.isfinite(value) for value in numbers.values())
        assert all(0 <= numbers[name] <= 1 for name in shares & set(numbers))


def test_means_and_intervals_follow_from_the_runs(table, runs):
    for summary in table["summaries"]:
        group = [run for run in runs if all(run[name] == summary[name] for name in ("condition", "dilations"))]
        assert summary["seeds"] == len(group) == len(fixed.SEEDS) == 8
        for name in set(summary) - {"condition", "dilations", "seeds"}:
            values = np.array([run[name] for run in group])
            half_width = T_QUANTILE * values.std(ddof=1) / len(group) ** 0.5
            assert summary[name] == pytest.approx([values.mean(), half_width], rel=1e-3, abs=2e-6)


def test_differences_follow_from_the_runs_and_are_corrected_for_their_number(table, runs):
    conditions = {run["condition"] for run in runs if run["data"] != "flat"}
    assert len(table["comparisons"]) == 3 * len(conditions) * len(fixed.TESTED)
    for found in table["comparisons"]:
        there = [run for run in runs if run["condition"] == found["condition"]]
        first, second = (
            np.mean([run[found["measure"]] for run in there if run["dilations"] == dilations])
            for dilations in (found["first"], found["second"])
        )
        assert found["difference"] == pytest.approx(first - second, abs=2e-6)
        assert found["p"] <= found["p_holm"] <= 1
    ordered = sorted(table["comparisons"], key=lambda found: found["p"])
    assert ordered[0]["p_holm"] == pytest.approx(min(1, len(ordered) * ordered[0]["p"]), rel=1e-4)


def test_no_trained_averager_is_below_the_bound(runs):
    for run in runs:
        if run["data"] == "flat":
            assert run["noise_left"] >= run["bound"] * (1 - 1e-5), run


def test_the_results_are_small():
    assert sum(file.stat().st_size for file in RESULTS.iterdir()) < MOST_BYTES
