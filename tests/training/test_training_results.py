import subprocess
import sys

import numpy as np
import pytest

import hdclib as hdc
from hdclib.training import results as training_results


def test_scores_are_read_for_every_condition_and_schedule():
    conditions = hdc.training.conditions()
    centre = {"data": "fields", "noise": 1, "size": 2, "before": "nothing", "steps": 500, "after": "nothing"}
    assert conditions[0] == centre
    for condition in conditions:
        scores = hdc.training.scores(**condition)
        assert {(2, 2, 2), (1, 2, 3)} <= set(scores)
        assert scores == hdc.training.scores(**{**condition, "size": condition["size"] or None})


def test_scores_are_means_of_the_runs():
    high = [run for run in hdc.training.runs() if run["noise"] == 2 and run["before"] == "nothing"]
    runs = [run for run in high if run["dilations"] == (1, 2, 3)]
    mean, half_width = hdc.training.scores(noise=2)[1, 2, 3]["mean_iou"]
    assert len(runs) == hdc.training.scores(noise=2)[1, 2, 3]["seeds"]
    assert mean == pytest.approx(np.mean([run["mean_iou"] for run in runs]), abs=1e-5) and half_width > 0


@pytest.mark.parametrize("condition", [{}, {"after": "ordinary layer"}, {"data": "flat"}], ids=str)
def test_seeds_stand_in_the_order_that_all_schedules_share(condition):
    measure = "noise_left" if condition == {"data": "flat"} else "mean_iou"
    found, means = hdc.training.seeds(measure, **condition), hdc.training.scores(**condition)
    assert list(found) == list(means)
    runs = hdc.training.runs(condition.get("data", "fields"))
    for dilations, values in found.items():
        assert values.mean() == pytest.approx(means[dilations][measure][0], abs=2e-6)
        for seed, value in enumerate(values):
            assert any((run["dilations"], run["seed"], run[measure]) == (dilations, seed, value) for run in runs)


def test_comparisons_are_seed_by_seed():
    for measure in ("mean_iou", "boundary_f", "grain"):
        found = hdc.training.comparisons(measure)
        assert {comparison["measure"] for comparison in found} == {measure}
        seeds = hdc.training.seeds(measure)
        for one in (one for one in found if one["condition"] == found[0]["condition"]):
            more = seeds[one["first"]] - seeds[one["second"]]
            assert one["differences"].tolist() == more.tolist() and one["ahead"] == (more > 0).sum()
            assert one["difference"] == pytest.approx(more.mean(), abs=2e-6)


def test_second_attempts_stand_beside_first_ones_of_the_same_seed():
    runs = hdc.training.runs() + hdc.training.runs("photographs")
    first = {(run["condition"], run["dilations"], run["seed"]): run for run in runs}
    for run in hdc.training.again():
        before = first[run["condition"], run["dilations"], run["seed"]]
        assert run["rate"] < before["rate"] and run["mean_iou"] != before["mean_iou"]


@pytest.mark.parametrize("condition", hdc.training.conditions()[:-1], ids=str)
def test_pictures_are_of_classes_and_the_wrong_ones_follow_the_scores(condition):
    if condition["data"] == "flat":
        return
    given, truth, predicted = hdc.training.pictures(**condition)
    assert given.shape == truth.shape == (48, 48) and set(np.unique(truth)) <= {0, 1, 2}
    errors = {dilations: (image != truth).mean() for dilations, image in predicted.items()}
    for dilations, found in hdc.training.scores(**condition).items():
        assert errors[dilations] == pytest.approx(found["error"][0], abs=0.15)


def test_what_is_handed_out_can_be_changed_without_harm():
    hdc.training.pictures()[1][:] = 9
    hdc.training.pictures()[2][2, 2, 2][:] = 9
    hdc.training.made()["packages"].clear()
    hdc.training.runs()[0].clear()
    hdc.training.seeds()[2, 2, 2][:] = 9
    [run.clear() for run in hdc.training.again()]
    hdc.training.conditions()[0].clear()
    hdc.training.scores()[2, 2, 2].clear()
    assert hdc.training.pictures()[1].max() == 2 and hdc.training.pictures()[2][2, 2, 2].max() == 2
    assert hdc.training.made()["packages"] and hdc.training.runs()[0] and hdc.training.conditions()[0]
    assert hdc.training.scores()[2, 2, 2] and hdc.training.seeds()[2, 2, 2].max() < 1
    assert all(hdc.training.again())


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: hdc.training.scores(data="cats"), "^data must be one of fields, photographs, flat, got 'cats'"),
        (lambda: hdc.training.scores(noise=3), "^no network was trained .*'noise': 3.*; there are fields, noise 1, "),
        (lambda: hdc.training.scores(noise="loud"), "^no network was trained with .*'loud'"),
        (lambda: hdc.training.runs("cats"), "^data must be one of"),
        (lambda: hdc.training.scores(after="stride 2"), "^no network was trained with .*'after': 'stride 2'"),
        (lambda: hdc.training.seeds("noise_left"), "^measure must be one of mean_iou, .*, got 'noise_left'"),
        (lambda: hdc.training.seeds("seeds"), "^measure must be one of mean_iou, "),
        (lambda: hdc.training.seeds(noise=3), "^no network was trained with .*'noise': 3"),
        (lambda: hdc.training.comparisons("error"), "^measure must be one of mean_iou, boundary_f, grain, got 'error'"),
        (lambda: hdc.training.pictures("flat"), "^data must be one of fields, photographs, got 'flat'"),
    ],
)
def test_what_was_not_trained_is_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_nothing_is_read_before_it_is_asked_for():
    program = "import sys, hdclib; print('hdclib.training_results' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_table_is_read_once():
    hdc.training.scores()
    before = training_results._table.cache_info().misses
    hdc.training.scores()
    assert training_results._table.cache_info().misses == before == 1


def test_a_condition_is_told_by_what_it_changes_in_the_centre():
    told = {hdc.training.differs_in(run["condition"]): run for run in hdc.training.runs()}
    assert told["centre"]["condition"] == hdc.training.runs()[0]["condition"] and len(told) == 11
    assert (told["noise 2"]["noise"], told["line width 4"]["size"], told["1500 steps"]["steps"]) == (2, 4, 1500)
    both = told["noise 2, ordinary layer before"]
    assert (both["noise"], both["before"], both["after"]) == (2, "ordinary layer", "nothing")
    assert told["ordinary layer after"]["after"] == "ordinary layer"
    photographs = {hdc.training.differs_in(run["condition"]) for run in hdc.training.runs("photographs")}
    assert photographs == {"photographs"}
