"""The comparison of two schedules: its maths against numpy and the results, its words, its choices."""

import json

import numpy as np
import pytest
import traitlets
from scripts import evaluate

import hdclib as hdc
from hdclib.widgets import SeedPairs, seed_pairs_panel
from hdclib.widgets.training.seed_pairs import SCHEDULES, SETTINGS, hyphened

TESTS = hdc.training.pair_tests()
ALONE = "95 % interval of this pair alone"
SCRIPT = "training/seed_pairs_maths.js"


def spaced(dilations):
    return " ".join(map(str, dilations))


@pytest.fixture(scope="module")
def settings():
    return SeedPairs().settings


def test_all_settings_and_schedules_can_be_chosen_and_the_state_is_small(settings):
    conditions = dict.fromkeys(test["condition"] for test in TESTS)
    assert {hyphened(hdc.training.differs_in(condition)) for condition in conditions} == set(SETTINGS)
    assert set(SCHEDULES) == {schedule for setting in settings.values() for schedule in setting["schedules"]}
    assert {setting["condition"] for setting in settings.values()} == set(conditions)
    assert len(json.dumps(settings)) < 32_000


def test_the_maths_of_a_pair_is_numpys_for_all_pairs(settings):
    cases, wanted = [], []
    for setting in settings.values():
        values = hdc.training.every_seed(setting["condition"])
        for one in values:
            for other in values:
                cases.append([setting["schedules"][spaced(d)] for d in (one, other)])
                less, learned = values[one] - values[other], hdc.where_learned(values[one], values[other])
                reads = [hdc.training.what_is_read(setting["condition"], d) | {"divisor": hdc.common_divisor(d)}
                         for d in (one, other)]
                wanted.append({
                    "differences": less, "means": [values[one].mean(), values[other].mean()], "difference": less.mean(),
                    "ahead": (less > 0).sum(), "behind": (less < 0).sum(),
                    "seeds": learned.sum(), "where": less[learned].mean() if learned.any() else None,
                    "differs": [name for name in reads[0] if reads[0][name] != reads[1][name]],
                })  # fmt: skip
    assert len(cases) > 500
    for found, expected in zip(evaluate(SCRIPT, "script.pairOf(...given)", cases), wanted, strict=True):
        for name in ("differences", "means", "difference", "ahead", "behind"):
            assert found[name] == pytest.approx(expected[name], abs=1e-12), name
        assert found["learned"]["seeds"] == expected["seeds"] and found["differsIn"] == expected["differs"]
        assert found["learned"]["difference"] == pytest.approx(expected["where"], abs=1e-12)


def test_a_pair_of_which_nobody_learned_has_no_mean_where_both_did():
    one = {"scores": [3, 1, 2], "failed": [0, 1], "read": {}}
    other = {"scores": [0, 0, 0], "failed": [2], "read": {}}
    found = evaluate(SCRIPT, "script.pairOf(...given)", [[one, other]])[0]
    assert found["learned"] == {"seeds": 0, "difference": None}


@pytest.mark.parametrize(("run", "key"), [(None, "tests"), ("new_seeds", "again")])
def test_a_test_is_found_from_either_side_and_only_where_there_was_one(settings, run, key):
    tests = hdc.pair_tests(run)
    known = {(t["condition"], spaced(t["first"]), spaced(t["second"])): (t, 1) for t in tests}
    known |= {(where, other, one): (t, -1) for (where, one, other), (t, _) in known.items()}
    cases, wanted = [], []
    for setting in settings.values():
        name = setting["condition"]
        for one in setting["schedules"]:
            for other in setting["schedules"]:
                cases.append([setting[key], one, other])
                test, sign = known.get((name, one, other), (None, 0))
                wanted.append(test and {"difference": sign * test["difference"], "halfWidth": test["half_width"],
                                        "p": test["p_holm"], "family": test["family"]})  # fmt: skip
    assert evaluate(SCRIPT, "script.testOf(...given) ?? null", cases) == wanted
    assert len([one for one in wanted if one]) == 2 * len(tests)


def test_a_scale_holds_all_scores_in_at_most_seven_steps_of_round_size():
    rng = np.random.default_rng(3)
    cases = [sorted(rng.uniform(0, 1, 2).round(6)) for _ in range(200)] + [[0.5, 0.5], [0.17, 0.76], [0, 1]]
    for (least, most), found in zip(cases, evaluate(SCRIPT, "script.scaleOf(given)", cases), strict=True):
        assert found["from"] <= least + 1e-9 and most <= found["to"] + 1e-9
        assert round((found["to"] - found["from"]) / found["step"], 6) <= 7
        assert found["step"] in (0.005, 0.01, 0.02, 0.05, 0.1, 0.2)


def said(stage, **state):
    stage.show(seed_pairs_panel(**state))
    return stage.page.locator(".hdc-status").inner_text()


def test_a_tested_pair_is_told_with_interval_and_corrected_p(stage):
    words = said(stage, setting="stride-2-before")
    pair = (2, 2, 2), (1, 2, 3)
    test = next(t for t in TESTS if "stride 2" in t["condition"] and (t["first"], t["second"]) == pair)
    low, high = (test["difference"] + side * test["half_width"] for side in (-1, 1))
    assert f"Difference −{-test['difference']:.3f} ({ALONE} −{-low:.3f} to −{-high:.3f}; " in words
    assert f"p {test['p_holm']:.4f} after correction for {test['family']} tests)" in words
    assert "above in 1 of 8 seeds and below in 7" in words
    assert "Failed: seed 6 of 1, 2, 3. Where both learned, the mean difference is −0.026, over 7 seeds." in words
    turned = said(stage, setting="stride-2-before", first="1 2 3", second="2 2 2")
    assert f"Difference +{-test['difference']:.3f} ({ALONE} +{-high:.3f} to +{-low:.3f}; " in turned


def test_what_was_not_tested_or_trained_is_said(stage):
    assert "this pair was not tested, so there is no p" in said(stage, first="2 2 7", second="1 2 9")
    assert "no network has dilations 1, 7, 7: choose others" in said(stage, setting="photographs", first="1 7 7")
    assert said(stage, first="1 2 3", second="1 2 3") == "Both are the same schedule: choose another."
    assert "p below 0.0001" in said(stage) and said(stage).endswith(
        "They differ in holes, paths to a neighbour, pixels read near the middle and common divisor."
    )
    assert said(stage, first="1 2 3", second="3 2 1").endswith("None of the five counts in the table differs.")
    longer = said(stage, setting="line-width-1-zeros-around", first="1 3 9", second="1 3 5 5")
    assert longer.endswith("They have 3 and 4 dilated layers, so they did not start from the same weights.")


def test_a_pair_that_was_tested_again_with_new_seeds_says_so(stage):
    joints, pair = "joints-noise-0.5-zeros-around", ((1, 2, 7), (2, 4, 8))
    among = [t for t in hdc.pair_tests("new_seeds") if "joints" in t["condition"]]
    test = next(t for t in among if (t["first"], t["second"]) == pair)
    low, high = (test["difference"] + side * test["half_width"] for side in (-1, 1))
    words = said(stage, setting=joints, first="1 2 7", second="2 4 8")
    assert "(this pair was not tested with these seeds)" in words
    assert f"With new seeds: difference +{test['difference']:.3f} ({ALONE} +{low:.3f} to +{high:.3f}; p below" in words
    turned = said(stage, setting=joints, first="2 4 8", second="1 2 7")
    assert f"With new seeds: difference −{test['difference']:.3f} ({ALONE} −{high:.3f} to −{low:.3f}; " in turned
    assert "new seeds" not in said(stage, setting=joints, first="1 3 9", second="1 2 3")


def test_the_table_says_what_both_read(stage):
    stage.show(seed_pairs_panel(first="2 2 7", second="1 1 9"))
    rows = stage.page.locator(".hdc-read tbody tr")
    found = [rows.nth(at).locator("td").all_inner_texts() for at in range(rows.count())]
    centre = hdc.training.runs()[0]["condition"]
    reads = [hdc.training.what_is_read(centre, d) | {"divisor": 1} for d in ([2, 2, 7], [1, 1, 9])]
    assert found == [[str(read[name]) for read in reads] for name in reads[0]]
    assert rows.locator("strong").all_inner_texts() == ["0", "2", "9", "25"]  # where they differ


@pytest.mark.parametrize("bad", [{"setting": "center"}, {"first": "2 2"}, {"second": [1, 2, 3]}])
def test_bad_input_is_named(bad):
    with pytest.raises(traitlets.TraitError, match=next(iter(bad))):
        seed_pairs_panel(**bad)
