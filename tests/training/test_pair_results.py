"""The committed results of the small experiments: complete, summed up rightly, of what they should tell apart."""

import json
import re
from itertools import groupby, product
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

import hdclib as hdc
from experiments.borders import settings as borders
from experiments.joints import settings as joints
from experiments.neighbours import settings as neighbours
from experiments.new_seeds import settings as new_seeds
from experiments.order import settings as order
from experiments.periods import settings as periods
from experiments.segmentation.settings import SEEDS
from experiments.segmentation.walls import GAPS

FOLDER = Path(hdc.training.__file__).parent
T_QUANTILE = 2.364624  # 97.5 % of Student's t with 7 degrees of freedom, from printed tables
NETWORKS = {"order": 3 * 4, "neighbours": 10 + 3, "borders": 10 + 8 + 8, "joints": 9}  # a seed
TESTS = {"order": [3, 3, 3], "neighbours": [16, 2], "borders": [11, 8, 8], "joints": [10]}  # a condition
TASKS = (1, 1), (1, 2), (4, 2)  # of "borders": the width of lines, and the noise
SETTINGS = {"order": order, "neighbours": neighbours, "borders": borders, "joints": joints}


def scores(name):
    """What the book reads of an experiment: by condition and schedule."""
    if name == "order":
        return hdc.training.orders()
    if name == "borders":
        return {f"fields, noise {noise}, size {size}, before nothing, after nothing, 500 steps, zeros around":
                hdc.training.borders(size, noise) for size, noise in TASKS}  # fmt: skip
    if name == "joints":
        return {joints.all_settings()[0].condition: hdc.training.joints()}
    conditions = dict.fromkeys(setting.condition for setting in neighbours.all_settings())
    return dict(zip(conditions, map(hdc.training.neighbours, ("nothing", "ordinary layer")), strict=True))


@pytest.fixture(params=SETTINGS)
def name(request):
    return request.param


@pytest.fixture
def table(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def test_the_networks_are_those_that_the_script_would_train(name, table):
    runs = [dict(zip(table["runs"]["columns"], row, strict=True)) for row in table["runs"]["rows"]]
    wanted = [setting.record() for setting in SETTINGS[name].all_settings()]
    assert [{key: run[key] for key in wanted[0]} for run in runs] == wanted
    assert len(runs) == NETWORKS[name] * len(SEEDS) == table["made"]["networks"]
    assert re.fullmatch(r"[0-9a-f]{40}", table["made"]["commit"])


def test_all_orders_have_one_field_without_holes_and_only_falling_ones_have_full_views():
    for dilations in order.SCHEDULES:
        assert hdc.receptive_field(dilations, 3) == 23 and hdc.is_hole_free(dilations, 3)
        ends = [hdc.is_hole_free(dilations[start:], 3) for start in range(4)]
        falling = list(dilations) == sorted(dilations, reverse=True)
        assert ends == ([True] * 4 if falling else [True, False, False, False])


def test_neighbours_are_read_with_and_without_a_dilation_of_1():
    def reads_neighbours(dilations):
        return 1 in {sum(step) for step in product(*((-d, 0, d) for d in dilations))}

    assert all(1 not in dilations for dilations in (*neighbours.READING, *neighbours.MISSING))
    holed = [len(hdc.holes(hdc.tap_counts(d, 3))) / hdc.receptive_field(d, 3) for d in neighbours.HOLED]
    assert min(holed) > 0.5 and not hdc.is_hole_free([1, *neighbours.BEHIND[-1]], 3)
    assert [dilations for dilations in neighbours.SCHEDULES if not reads_neighbours(dilations)] == [*neighbours.MISSING]


def test_two_schedules_differ_in_their_neighbours_and_neither_in_field_nor_in_holes_nor_in_pixels():
    alike = [hdc.coverage(dilations, 3) for dilations in (neighbours.ALIKE, neighbours.MISSING[1])]
    assert len({(found.span, found.read, found.pixels_read) for found in alike}) == 1


def test_a_layer_more_and_the_holes_are_told_apart():
    built, more, narrower = (hdc.coverage(d, 3) for d in (borders.AS_BUILT, borders.LAYER_MORE, borders.NARROWER))
    designed = [schedule.dilations for schedule in hdc.design(29, 4, 3, rank="squares")]
    assert built.span == more.span == 29 and min(built.holes, more.holes) > 0
    assert narrower.hole_free and narrower.span == 27
    assert [designed.index(d) for d in borders.PROPOSED] == sorted(designed.index(d) for d in borders.PROPOSED)
    assert (borders.PROPOSED[0], borders.PROPOSED[-1]) == (designed[0], designed[-1])
    beside = hdc.coverage(borders.NEIGHBOURS, 3)
    assert (beside.span, beside.holes, beside.pixels_read) == (built.span, built.holes, built.pixels_read)
    assert [hdc.pixels_near(d, 3) for d in (borders.AS_BUILT, borders.NEIGHBOURS)] == [9, 25]


@pytest.mark.parametrize("measure", ["mean_iou_edge", "iou_lines"])
def test_scores_of_the_edge_and_of_the_lines_are_kept_beside_those_of_the_whole_picture(measure):
    columns, rows = json.loads((FOLDER / "borders.json").read_text(encoding="utf-8"))["runs"].values()
    size, noise, dilations, seed, at = map(columns.index, ("size", "noise", "dilations", "seed", measure))
    stored = {(row[size], row[noise], *row[dilations], row[seed]): row[at] for row in rows}
    read = {
        (*task, *found, number): score
        for task in TASKS
        for found, scores in hdc.training.borders(*task, measure).items()
        for number, score in enumerate(scores)
    }
    assert read == stored and len(rows) == len(stored)


def test_fields_go_up_in_steps_through_the_distances_that_decide():
    reach = [hdc.receptive_field(dilations, 3) // 2 for dilations in joints.STEPS]
    assert reach == [3, 6, 8, 10, 13] and all(hdc.is_hole_free(dilations, 3) for dilations in joints.STEPS)
    assert (GAPS[0], GAPS[1]) == (reach[1] + 1, reach[-1] - 1)  # from the middle of a line to that of the other


def test_scores_of_the_cracks_alone_are_kept_too():
    columns, rows = json.loads((FOLDER / "joints.json").read_text(encoding="utf-8"))["runs"].values()
    dilations, seed, at = map(columns.index, ("dilations", "seed", "iou_lines"))
    found = hdc.training.joints("iou_lines")
    assert {(d, number): v for d, values in found.items() for number, v in enumerate(values)} == {
        (tuple(row[dilations]), row[seed]): row[at] for row in rows
    }
    with pytest.raises(ValueError, match="^measure must be one of mean_iou, iou_lines, got 'edge'$"):
        hdc.training.joints("edge")


@pytest.mark.parametrize("condition", list(hdc.training.new_seeds()))
def test_a_picture_of_each_task_is_kept_with_what_the_networks_of_the_first_new_seed_say(condition):
    given, truth, predicted = hdc.training.new_seed_pictures(condition)
    assert list(predicted) == list(new_seeds.SCHEDULES)
    assert set(np.unique(truth)) == {0, 1, 2}
    assert {image.shape for image in (given, truth, *predicted.values())} == {(48, 48)}
    other = -1 if "joints" in condition else 1  # the edge of a joint is as dark as a crack, a blob is light
    assert [given[truth == one].mean() for one in range(3)] == pytest.approx([-1, 0, other], abs=0.15)
    wrong = {dilations: np.mean(image != truth) for dilations, image in predicted.items()}
    assert max(wrong, key=wrong.get) == (2, 4, 8)
    truth[:] = 0
    assert hdc.training.new_seed_pictures(condition)[1].any()  # what is handed out may be changed


def test_a_task_that_was_not_trained_with_new_seeds_has_no_picture():
    with pytest.raises(ValueError, match="^condition must be one of fields, noise 1, .*, got 'joints'$"):
        hdc.training.new_seed_pictures("joints")


@pytest.mark.parametrize("measure", ["grid_energy", "correlation"])
def test_grain_and_how_alike_neighbouring_outputs_are_are_kept_too(measure):
    columns, rows = json.loads((FOLDER / "neighbours.json").read_text(encoding="utf-8"))["runs"].values()
    at = {name: columns.index(name) for name in ("before", "dilations", "seed", measure)}
    for before in ("nothing", "ordinary layer"):
        for dilations, values in hdc.training.neighbours(before, measure).items():
            stored = {row[at["seed"]]: row[at[measure]] for row in rows
                      if (row[at["before"]], tuple(row[at["dilations"]])) == (before, dilations)}  # fmt: skip
            assert list(values) == [stored[seed] for seed in SEEDS]
    with pytest.raises(ValueError, match="^measure must be one of mean_iou, grid_energy, correlation, got 'grain'$"):
        hdc.training.neighbours(measure="grain")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"measure": "edge"}, "^measure must be one of mean_iou, .*, got 'edge'$"),
        ({"noise": 3}, "^size and noise must be one of 1 and 1, 1 and 2, 4 and 2, got 1 and 3$"),
        ({"size": 4}, "^size and noise must be one of 1 and 1, 1 and 2, 4 and 2, got 4 and 1$"),
        ({"noise": 0.5}, "^noise must be .*got 0.5$"),
        ({"size": [1]}, "^size must be .*got"),
    ],
    ids=str,
)
def test_another_measure_or_noise_is_refused(given, told):
    with pytest.raises((ValueError, TypeError), match=told):
        hdc.training.borders(**given)


def test_a_schedule_that_both_experiments_trained_scored_the_same():
    for before in ("nothing", "ordinary layer"):
        found, main = hdc.training.neighbours(before), hdc.training.seeds("mean_iou", before=before)
        assert len(set(found) & set(main)) >= 2
        for dilations in set(found) & set(main):
            assert found[dilations] == pytest.approx(main[dilations].tolist(), abs=1e-5)


def test_scores_are_those_of_the_runs_and_means_those_of_the_scores(name, table):
    found, summaries = scores(name), table["summaries"]
    assert {(c, d) for c, group in found.items() for d in group} == {
        (one["condition"], tuple(one["dilations"])) for one in summaries
    }
    for one in summaries:
        group = np.array(found[one["condition"]][tuple(one["dilations"])])
        half = T_QUANTILE * group.std(ddof=1) / sqrt(len(group))
        assert one["mean_iou"] == pytest.approx([group.mean(), half], rel=1e-3)


def test_differences_are_paired_by_seed_and_corrected_together(name):
    tests = hdc.training.pair_tests(name)
    found = scores(name)
    groups = [len(list(group)) for _, group in groupby(tests, lambda test: test["condition"])]
    assert groups == TESTS[name]
    for test in tests:
        first, second = (np.array(found[test["condition"]][test[side]]) for side in ("first", "second"))
        assert test["difference"] == pytest.approx((first - second).mean(), abs=1e-5)
        assert (test["ahead"], test["behind"]) == ((first > second).sum(), (first < second).sum())
        half = T_QUANTILE * (first - second).std(ddof=1) / sqrt(len(first))
        assert test["half_width"] == pytest.approx(half, rel=1e-3)
    ranked = sorted(tests, key=lambda test: test["p"])
    expected = [(len(tests) - at) * test["p"] for at, test in enumerate(ranked)]
    expected = np.minimum(1, np.maximum.accumulate(expected))
    assert [test["p_holm"] for test in ranked] == pytest.approx(expected.tolist(), rel=1e-4)


@pytest.mark.parametrize("before", ["nothing", "ordinary layer"])
def test_answers_are_what_lies_past_the_first_step_and_agree_beside_the_lobe(before):
    """By the spectrum of the averages themselves: steps of 1/64 from the first dip on, the highest of the curve."""
    for dilations, found in hdc.training.period_answers(before).items():
        stack = dilations if before == "nothing" else (1, *dilations)
        curve = np.abs([np.prod([1 + 2 * np.cos(2 * np.pi * d * f / 6400) for d in stack]) for f in range(3201)])
        zero = next(at for at in range(1, 3200) if curve[at] < curve[at - 1] and curve[at] <= curve[at + 1])
        lobe = zero + int(curve[zero:].argmax())
        steps = [64 / period for period in hdc.training.periods(before)[dilations] if period]
        answers = [step for step in steps if step > zero / 100 // 1 + 1.5]
        agree = [step for step in answers if abs(round(step) - round(lobe / 100)) <= 1]
        assert found == (len(answers), len(agree)), dilations


@pytest.mark.parametrize("before", ["nothing", "ordinary layer"])
def test_the_period_of_plain_averages_is_the_highest_peak_of_their_spectrum(before):
    """By rolling and averaging, and numpy's transform: past the first step behind the first zero of the curve."""
    found = hdc.training.averages_periods(before)
    assert list(found) == list(hdc.training.periods(before))
    for dilations in ((2, 2, 2), (1, 1, 9), (1, 2, 9), (4, 4, 4)):
        if dilations not in found:
            continue
        stack, power = dilations if before == "nothing" else (1, *dilations), np.zeros(33)
        for seed in range(1, 17):
            image = hdc.white_noise((64, 64), seed)
            for axis in (0, 1):
                for d in stack:
                    image = sum(np.roll(image, shift, axis) for shift in (-d, 0, d)) / 3
            for lines in (image, image.T):
                power += (np.abs(np.fft.rfft(lines, axis=1)) ** 2).sum(axis=0)
        first = int(64 * hdc.signal.response_zeros(stack, 3)[0]) + 1
        assert found[dilations] == pytest.approx(64 / (first + int(power[first:].argmax()))), dilations


def test_new_seeds_ask_the_three_pairs_of_the_choice_again_and_share_no_seed_with_the_first():
    table = json.loads((FOLDER / "new_seeds.json").read_text(encoding="utf-8"))
    runs = [dict(zip(table["runs"]["columns"], row, strict=True)) for row in table["runs"]["rows"]]
    wanted = [setting.record() for setting in new_seeds.all_settings()]
    assert [{key: run[key] for key in wanted[0]} for run in runs] == wanted and len(runs) == 4 * 4 * 8
    assert not {run["seed"] for run in runs} & {*SEEDS}
    tests = hdc.pair_tests("new_seeds")
    assert len(tests) == 12 and {one["family"] for one in tests} == {12}
    for one in tests:
        first, second = (hdc.training.new_seeds()[one["condition"]][one[side]] for side in ("first", "second"))
        less = np.subtract(first, second)
        assert (one["difference"], one["ahead"]) == (pytest.approx(less.mean(), abs=1e-6), (less > 0).sum())
        assert one["half_width"] == pytest.approx(T_QUANTILE * less.std(ddof=1) / sqrt(8), rel=1e-4)
        assert one["condition"] in {run["condition"] for run in hdc.pair_tests("borders") + hdc.pair_tests("joints")}


def test_a_period_is_kept_of_every_network_and_another_machine_gave_nearly_the_same_scores():
    columns, rows = json.loads((FOLDER / "periods.json").read_text(encoding="utf-8"))["runs"].values()
    runs = [dict(zip(columns, row, strict=True)) for row in rows]
    wanted = [setting.record() for setting in periods.all_settings()]
    assert [{key: run[key] for key in wanted[0]} for run in runs] == wanted and len(runs) == (17 + 10) * len(SEEDS)
    found = hdc.training.periods()
    assert sorted(found) == sorted({**hdc.seeds(), **hdc.neighbours()})
    for dilations, values in hdc.training.periods("ordinary layer").items():
        group = [run for run in runs if tuple(run["dilations"]) == dilations and run["before"] == "ordinary layer"]
        assert list(values) == [run["period"] for run in group]
        assert [value is None for value in values] == [run["mean_iou"] < 0.18 for run in group]  # one class everywhere
    for dilations, values in found.items():
        group = [run for run in runs if tuple(run["dilations"]) == dilations and run["before"] == "nothing"]
        assert list(values) == [run["period"] for run in group] and 2 <= min(values) <= max(values) <= 64
    repeated = 0
    for before in ("nothing", "ordinary layer"):
        condition = next(run["condition"] for run in runs if run["before"] == before)
        for dilations, scores in hdc.training.periods(before, "mean_iou").items():
            first = hdc.training.every_seed(condition).get(dilations)
            if first is not None:
                apart, repeated = np.subtract(scores, first), repeated + len(first)
                assert np.abs(apart).max() < 0.003 and abs(apart.mean()) < 0.0006
    assert repeated == 168


def test_stacks_whose_holes_a_layer_in_front_fills_lost_less_than_those_whose_holes_it_leaves():
    """The chapter on trained networks gives both ranges, of nine stacks with holes of their own."""
    found, lost, each = hdc.training.periods("ordinary layer", "mean_iou"), {True: [], False: []}, {}
    for dilations in found.keys() - {(1, 2, 3)}:
        learned = hdc.where_learned(found[1, 2, 3], found[dilations])
        loss = np.subtract(found[1, 2, 3], found[dilations])[learned].mean()
        each[dilations] = round(float(loss), 2)
        lost[hdc.is_hole_free((1, *dilations), kernel_size=3)].append(each[dilations])
    ends = {kind: (len(of), min(of), max(of)) for kind, of in lost.items()}
    assert ends == {True: (5, 0, 0.03), False: (4, 0.03, 0.06)}
    plain = hdc.seeds(before="ordinary layer")  # 1, 2, 9, which have no hole of the picture there
    learned = hdc.where_learned(plain[1, 2, 3], plain[1, 2, 9])
    wide = np.subtract(plain[1, 2, 3], plain[1, 2, 9])[learned].mean()
    assert f"{wide:.2f}" == "0.02" and each[2, 4, 8] == max(lost[True]) == 0.03
