"""Which networks failed: by hand, and as the experiment chose what it trained again."""

import numpy as np
import pytest

import hdclib as hdc
from experiments.segmentation import settings as fixed


def test_failed_is_what_lies_far_below_the_middle_one():
    # by hand: the middle of the eight is 0.70, so the limit is 0.67, while their mean is 0.625
    scores = [0.71, 0.70, 0.672, 0.70, 0.66, 0.17, 0.70, 0.69]
    assert np.flatnonzero(hdc.training.failed(scores)).tolist() == [4, 5]
    assert hdc.training.failed(scores[::-1]).tolist() == hdc.training.failed(scores).tolist()[::-1]
    assert hdc.training.failed([0.2]).tolist() == [False]
    assert np.flatnonzero(hdc.training.failed(scores, below=0.02)).tolist() == [2, 4, 5]


def test_failed_are_the_networks_that_the_experiment_trained_again():
    runs = hdc.training.runs() + hdc.training.runs("photographs")
    wanted = {(run["condition"], run["dilations"], run["seed"]) for run in fixed.failed(runs)}
    groups = {}
    for run in runs:
        groups.setdefault((run["condition"], run["dilations"]), []).append(run["mean_iou"])
    found = {(*name, seed) for name, scores in groups.items() for seed in np.flatnonzero(hdc.training.failed(scores))}
    assert found == wanted and len(found) == 13
    assert {(condition, seed) for condition, _, seed in found} == {
        (run["condition"], run["seed"]) for run in hdc.training.again()
    }


def test_both_have_to_learn():
    first, second = [0.74, 0.73, 0.17, 0.72, 0.74], [0.20, 0.70, 0.70, 0.70, 0.70]
    assert hdc.training.where_learned(first, second).tolist() == [False, True, False, True, True]
    assert hdc.training.where_learned(second, first).tolist() == [False, True, False, True, True]
    assert hdc.training.where_learned(first, first).tolist() == [True, True, False, True, True]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: hdc.training.failed([]), ValueError, r"^values must be one number a seed, .*, got shape \(0,\)$"),
        (lambda: hdc.training.failed([[0.7, 0.2]]), ValueError, r"^values must be one number a seed, .*\(1, 2\)$"),
        (lambda: hdc.training.failed("high"), TypeError, "^values must be numbers, got 'high'$"),
        (lambda: hdc.training.failed([0.7, float("nan")]), ValueError, "^values must be finite, got nan$"),
        (lambda: hdc.training.failed([0.7], "much"), TypeError, "^below must be numbers, got 'much'$"),
        (lambda: hdc.training.failed([0.7], -0.5), ValueError, "^below must be at least 0, got -0.5$"),
        (
            lambda: hdc.training.where_learned([0.7], [0.7, 0.6]),
            ValueError,
            "^first and second must share their seeds, got 1 seed and 2 seeds$",
        ),
    ],
)
def test_what_are_no_scores_of_seeds_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
