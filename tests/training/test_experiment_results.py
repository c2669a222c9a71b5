"""The committed results of the experiment: complete, of the settings of the script, and summed up rightly."""

import json
import re
from math import comb
from pathlib import Path

import numpy as np
import pytest

from experiments.segmentation import settings as fixed

RESULTS = Path(__file__).resolve().parents[2] / "hdclib" / "training"
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


@pytest.fixture(scope="module")
def again(table):
    return [dict(zip(table["again"]["columns"], row, strict=True)) for row in table["again"]["rows"]]


def test_the_networks_are_those_that_the_script_would_train(runs):
    wanted = {setting.key: setting.record() for setting in fixed.all_settings()}
    check_networks(runs, wanted)


def test_second_attempts_are_those_that_the_script_would_make(runs, again):
    wanted = fixed.second_attempts([run for run in runs if run["data"] != "flat"])
    check_networks(again, {setting.key: setting.record() for setting in wanted})


def check_networks(runs, wanted):
    """All networks that are wanted, by name, and no other."""
    found = {}
    for run in runs:
        setting = f"dilations {as_words(run['dilations'])}, seed {run['seed']}, rate {run['rate']:g}"
        found[f"{run['condition']}, {setting}"] = run
    assert set(found) == set(wanted) and len(runs) == len(wanted)
    for key, setting in wanted.items():
        assert {name: found[key][name] for name in setting} == setting


def test_all_that_failed_were_tried_again(runs, again):
    tried = {(run["condition"], tuple(run["dilations"]), run["seed"]) for run in again}
    groups = {}
    for run in runs:
        if run["data"] != "flat":
            groups.setdefault((run["condition"], tuple(run["dilations"])), []).append(run)
    for group in groups.values():
        middle = np.median([run["mean_iou"] for run in group])
        for run in group:
            if run["mean_iou"] < middle - 0.03:
                assert (run["condition"], tuple(run["dilations"]), run["seed"]) in tried


def test_columns_and_constants_are_those_of_the_script(table):
    assert table["segmentation"]["columns"] == [*fixed.SETTING, *fixed.SEGMENTATION]
    assert table["averaging"]["columns"] == [*fixed.SETTING, *fixed.AVERAGING]
    assert table["again"]["columns"] == table["segmentation"]["columns"]
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
    assert made["networks"] == len(fixed.all_settings()) + len(table["again"]["rows"])


def test_the_whole_run_fits_into_an_hour_on_two_cores(table, runs, again):
    made = table["made"]
    assert sum(run["seconds"] for run in runs + again) < 2 * made["wall_seconds"]
    assert 0 < made["processor_seconds"] <= 2 * 60 * 60


@pytest.mark.parametrize("file", ["README.md", "Makefile", "docs/maintaining.md"])
def test_what_is_said_of_the_time_is_what_was_measured(table, file):
    text = (RESULTS.parents[1] / file).read_text(encoding="utf-8")
    said = re.findall(r"about (\d+) minutes on two cores", text)
    assert said == [str(round(table["made"]["processor_seconds"] / 2 / 60))]


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
    trained = {(run["condition"], tuple(run["dilations"])) for run in runs if run["data"] != "flat"}
    pairs = [(name, *pair) for name in {name for name, _ in trained} for pair in fixed.PAIRS]
    pairs = {(name, *pair) for name, *pair in pairs if {(name, pair[0]), (name, pair[1])} <= trained}
    tested = [(found["condition"], tuple(found["first"]), tuple(found["second"])) for found in table["comparisons"]]
    assert set(tested) == pairs and len(tested) == len(pairs) * len(fixed.TESTED)
    for found in table["comparisons"]:
        check_comparison(found, [run for run in runs if run["condition"] == found["condition"]])
    ordered = sorted(table["comparisons"], key=lambda found: found["p"])
    assert ordered[0]["p_holm"] == pytest.approx(min(1, len(ordered) * ordered[0]["p"]), rel=1e-4)


def check_comparison(found, runs):
    """Difference, counts and sign test of one comparison, from the networks of its condition."""
    scores = [
        {run["seed"]: run[found["measure"]] for run in runs if run["dilations"] == found[name]}
        for name in ("first", "second")
    ]
    differences = np.array([scores[0][seed] - scores[1][seed] for seed in fixed.SEEDS])
    assert found["difference"] == pytest.approx(differences.mean(), abs=2e-6)
    assert found["p"] <= found["p_holm"] <= 1
    assert (found["ahead"], found["behind"]) == ((differences > 0).sum(), (differences < 0).sum())
    coins = found["ahead"] + found["behind"]
    fewer = sum(comb(coins, count) for count in range(min(found["ahead"], found["behind"]) + 1))
    assert found["p_sign"] == pytest.approx(min(1, 2 * fewer / 2**coins), abs=1e-6)


def test_no_trained_averager_is_below_the_bound(runs):
    for run in runs:
        if run["data"] == "flat":
            assert run["noise_left"] >= run["bound"] * (1 - 1e-5), run


def test_the_results_are_small():
    assert sum(file.stat().st_size for file in RESULTS.iterdir()) < MOST_BYTES
