import subprocess
import sys

import numpy as np
import pytest

import hdclib as hdc
from hdclib import training_results


def test_scores_are_read_for_every_condition_and_schedule():
    conditions = hdc.trained_conditions()
    assert conditions[0] == {"data": "fields", "noise": 1, "size": 2, "before": "nothing", "steps": 500}
    for condition in conditions:
        scores = hdc.trained(**condition)
        assert len(scores) == 8 and (2, 2, 2) in scores
        assert scores == hdc.trained(**{**condition, "size": condition["size"] or None})


def test_scores_are_means_of_the_runs():
    runs = [run for run in hdc.trained_runs() if run["noise"] == 2 and run["dilations"] == (1, 2, 3)]
    mean, half_width = hdc.trained(noise=2)[1, 2, 3]["mean_iou"]
    assert len(runs) == hdc.trained(noise=2)[1, 2, 3]["seeds"]
    assert mean == pytest.approx(np.mean([run["mean_iou"] for run in runs]), abs=1e-5) and half_width > 0


def test_comparisons_are_between_schedules_of_one_field():
    for measure in ("mean_iou", "boundary_f", "grain"):
        found = hdc.trained_comparisons(measure)
        assert {comparison["measure"] for comparison in found} == {measure}
        fields = {hdc.receptive_field(found[name], 3) for found in found for name in ("first", "second")}
        assert fields == {13}


@pytest.mark.parametrize("condition", hdc.trained_conditions()[:-1], ids=str)
def test_pictures_are_of_classes_and_the_wrong_ones_follow_the_scores(condition):
    if condition["data"] == "flat":
        return
    given, truth, predicted = hdc.trained_pictures(**condition)
    assert given.shape == truth.shape == (48, 48) and set(np.unique(truth)) <= {0, 1, 2}
    errors = {dilations: (image != truth).mean() for dilations, image in predicted.items()}
    for dilations, found in hdc.trained(**condition).items():
        assert errors[dilations] == pytest.approx(found["error"][0], abs=0.15)


def test_what_is_handed_out_can_be_changed_without_harm():
    hdc.trained_pictures()[1][:] = 9
    hdc.trained_pictures()[2][2, 2, 2][:] = 9
    hdc.trained_made()["packages"].clear()
    hdc.trained_runs()[0].clear()
    hdc.trained_conditions()[0].clear()
    hdc.trained()[2, 2, 2].clear()
    assert hdc.trained_pictures()[1].max() == 2 and hdc.trained_pictures()[2][2, 2, 2].max() == 2
    assert hdc.trained_made()["packages"] and hdc.trained_runs()[0] and hdc.trained_conditions()[0]
    assert hdc.trained()[2, 2, 2]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: hdc.trained(data="cats"), "^data must be one of fields, photographs, flat, got 'cats'"),
        (lambda: hdc.trained(noise=3), "^no network was trained with .*'noise': 3.*; there are fields, noise 1, "),
        (lambda: hdc.trained(noise="loud"), "^no network was trained with .*'loud'"),
        (lambda: hdc.trained_runs("cats"), "^data must be one of"),
        (lambda: hdc.trained_comparisons("error"), "^measure must be one of mean_iou, boundary_f, grain, got 'error'"),
        (lambda: hdc.trained_pictures("flat"), "^data must be one of fields, photographs, got 'flat'"),
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
    hdc.trained()
    before = training_results._table.cache_info().misses
    hdc.trained()
    assert training_results._table.cache_info().misses == before == 1
