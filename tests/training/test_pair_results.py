"""The committed results on the order of layers: complete, summed up rightly, and of one field."""

import json
import re
from itertools import groupby
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

import hdclib as hdc
from experiments.order import settings
from experiments.segmentation.settings import SEEDS

TABLE = Path(__file__).resolve().parents[2] / "hdclib" / "training" / "order.json"
T_QUANTILE = 2.364624  # 97.5 % of Student's t with 7 degrees of freedom, from printed tables


@pytest.fixture(scope="module")
def table():
    return json.loads(TABLE.read_text(encoding="utf-8"))


def test_the_networks_are_those_that_the_script_would_train(table):
    runs = [dict(zip(table["runs"]["columns"], row, strict=True)) for row in table["runs"]["rows"]]
    wanted = [setting.record() for setting in settings.all_settings()]
    assert [{name: run[name] for name in wanted[0]} for run in runs] == wanted
    assert len(runs) == 3 * 4 * len(SEEDS) == table["made"]["networks"]
    assert re.fullmatch(r"[0-9a-f]{40}", table["made"]["commit"])


def test_all_schedules_have_one_field_without_holes_and_only_falling_ones_have_full_views():
    for dilations in settings.SCHEDULES:
        assert hdc.receptive_field(dilations, 3) == 23 and hdc.is_hole_free(dilations, 3)
        ends = [hdc.is_hole_free(dilations[start:], 3) for start in range(4)]
        falling = list(dilations) == sorted(dilations, reverse=True)
        assert ends == ([True] * 4 if falling else [True, False, False, False])


def test_scores_are_those_of_the_runs_and_means_those_of_the_scores(table):
    found, summaries = hdc.training.orders(), table["summaries"]
    assert {(c, d) for c, group in found.items() for d in group} == {
        (one["condition"], tuple(one["dilations"])) for one in summaries
    }
    for one in summaries:
        scores = np.array(found[one["condition"]][tuple(one["dilations"])])
        half = T_QUANTILE * scores.std(ddof=1) / sqrt(len(scores))
        assert one["mean_iou"] == pytest.approx([scores.mean(), half], rel=1e-3)


def test_differences_are_paired_by_seed_and_corrected_together():
    tests, found = hdc.training.order_tests(), hdc.training.orders()
    assert [len(list(group)) for _, group in groupby(tests, lambda test: test["condition"])] == [3, 3, 3]
    for test in tests:
        first, second = (np.array(found[test["condition"]][test[name]]) for name in ("first", "second"))
        assert test["difference"] == pytest.approx((first - second).mean(), abs=1e-5)
        assert (test["ahead"], test["behind"]) == ((first > second).sum(), (first < second).sum())
        half = T_QUANTILE * (first - second).std(ddof=1) / sqrt(len(first))
        assert test["half_width"] == pytest.approx(half, rel=1e-3)
    ranked = sorted(tests, key=lambda test: test["p"])
    expected = np.minimum(1, np.maximum.accumulate([(9 - n) * test["p"] for n, test in enumerate(ranked)]))
    assert [test["p_holm"] for test in ranked] == pytest.approx(expected.tolist(), rel=1e-4)
