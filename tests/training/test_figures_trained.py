import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from hdclib.figures import narrow_style
from hdclib.training.figures import (
    plot_differences,
    plot_factors,
    plot_labels,
    plot_marks,
    plot_places,
    plot_scores,
    plot_tasks,
)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_every_wrong_pixel_is_marked_and_no_other():
    truth = np.array([[0, 1], [2, 1]])
    predicted = {"a": np.array([[0, 1], [1, 1]]), "b": truth}
    axes = plot_labels(np.zeros((2, 2)), truth, predicted, ["line", "ground", "blob"])
    assert [ax.get_title() for ax in axes] == ["input", "truth", "a", "b"]
    assert axes[1].images[0].get_array().tolist() == truth.tolist()
    assert [list(zip(*ax.lines[0].get_data(), strict=True)) for ax in axes[2:]] == [[(0, 1)], []]
    assert not axes[0].lines and not axes[1].lines


def test_light_pixels_are_drawn_light_and_the_key_says_what_they_are():
    truth = np.array([[0, 1, 2]])
    axes = plot_labels(truth - 1.0, truth, {"a": truth}, ["dark", "middle", "light"])
    for ax in axes:
        dark, middle, light = (sum(ax.images[0].to_rgba(ax.images[0].get_array())[0, i, :3]) for i in range(3))
        assert dark < middle < light
    [key] = axes[0].figure.legends
    assert [text.get_text() for text in key.get_texts()] == ["dark", "middle", "light", "wrong"]
    shades = [sum(patch.get_facecolor()[:3]) for patch in key.get_patches()]
    assert shades == sorted(shades)


def drawn_dots(ax):
    """The dots of the seeds, one list a row or level, in the order of drawing."""
    return [line.get_xydata().round(9).tolist() for line in ax.lines if line.get_markersize() <= 3]


def drawn_intervals(ax):
    """(lower, upper) of every error bar, in the order of drawing, along the axis on which it extends."""
    segments = [segment for bars in ax.containers for segment in bars.lines[2][0].get_segments()]
    return [tuple(np.round(segment[:, int(np.ptp(segment[:, 0]) == 0)], 9).tolist()) for segment in segments]


def test_scores_are_drawn_at_their_means_with_their_intervals_over_all_seeds():
    scores = {(1, 2, 3): {"mean_iou": (0.7, 0.1)}, (2, 2, 2): {"mean_iou": (0.5, 0.2)}}
    seeds = {"mean_iou": {(1, 2, 3): [0.6, 0.8], (2, 2, 2): [0.4, 0.6]}}
    [ax] = plot_scores(seeds, scores, {"mean_iou": "IoU"}, columns=1)
    [bars] = ax.containers
    assert bars.lines[0].get_xdata().tolist() == [0.7, 0.5]
    assert drawn_intervals(ax) == [(0.6, 0.8), (0.3, 0.7)]
    assert drawn_dots(ax) == [[[0.6, 0.22], [0.8, 0.22]], [[0.4, 1.22], [0.6, 1.22]]]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["1, 2, 3", "2, 2, 2"]


def test_differences_are_drawn_beside_nothing():
    ax = plot_differences({"centre": ([0.1, 0.3], (0.2, 0.05)), "thin": ([0.0, 0.2], (0.1, 0.2))}, "a minus b")
    assert ax.lines[0].get_xdata() == [0, 0] and ax.get_xlabel() == "a minus b"
    assert drawn_intervals(ax) == [(0.15, 0.25), (-0.1, 0.3)]
    assert drawn_dots(ax) == [[[0.1, 0.22], [0.3, 0.22]], [[0.0, 1.22], [0.2, 1.22]]]


def test_factors_share_a_scale_and_draw_each_level_without_joining_them():
    series = {"x": [([0.1, 0.1], (0.1, 0.01)), ([0.2, 0.2], (0.2, 0.01))], "y": [None, ([0.7, 1.1], (0.9, 0.2))]}
    axes = plot_factors({"noise": (["low", "high"], series), "size": (["1", "2"], series)}, "IoU")
    assert [ax.get_title(loc="left") for ax in axes] == ["noise", "size"]
    for ax in axes:
        means = [bars.lines[0] for bars in ax.containers]
        assert [mean.get_ydata().tolist() for mean in means] == [[0.1, 0.2], [0.9]]
        assert {mean.get_linestyle() for mean in means} == {"None"}
        assert [[round(x) for x in mean.get_xdata()] for mean in means] == [[0, 1], [1]]
        assert drawn_intervals(ax) == [(0.09, 0.11), (0.19, 0.21), (0.7, 1.1)]
        assert [[y for _, y in dots] for dots in drawn_dots(ax)] == [[0.1, 0.1], [0.2, 0.2], [0.7, 1.1]]
    assert [label.get_text() for label in axes[0].get_xticklabels()] == ["low", "high"]
    assert axes[0].get_ylim() == axes[1].get_ylim()


def test_seeds_below_the_limits_are_arrows_at_the_edge():
    series = {"x": [([0.6, 0.7], (0.65, 0.1)), ([0.2, 0.1, 0.9], (0.4, 0.9))]}
    [ax] = plot_factors({"noise": (["low", "high"], series)}, "IoU", limits=(0.5, 1))
    assert ax.get_ylim() == (0.5, 1)
    assert [[y for _, y in dots] for dots in drawn_dots(ax) if dots] == [[0.6, 0.7], [0.9]]
    arrows = [line.get_xydata().round(9).tolist() for line in ax.lines if "arrow" in str(line.get_marker())]
    assert arrows == [[], [[1.04, 0.04], [1.08, 0.04]]]


def test_theory_and_measurements_stand_in_one_row():
    ax = plot_marks({"a": (0.1, 0.3, 0.2), "b": (0.2, 0.2, 0.25)}, ["least", "plain", "trained"], "left")
    drawn = {line.get_label(): line.get_xdata().tolist() for line in ax.lines}
    assert drawn == {"least": [0.1, 0.2], "plain": [0.3, 0.2], "trained": [0.2, 0.25]}
    assert [segment[:, 0].tolist() for segment in ax.collections[0].get_segments()] == [[0.1, 0.3], [0.2, 0.25]]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"] and ax.get_xlabel() == "left"


def test_each_picture_is_drawn_on_its_own_scale_and_wrong_pixels_where_they_are():
    truth = np.array([[0, 0, 0], [0, 0, 0]])
    wrong = np.array([[0, 0, 1], [0, 0, 0]])
    axes = plot_labels(np.zeros((2, 3)), truth, {"a": wrong}, ["line", "ground", "blob"])
    assert [ax.images[0].get_clim() for ax in axes] == [(-2.5, 2.5), (0, 2), (0, 2)]
    assert axes[2].lines[0].get_xydata().tolist() == [[2, 0]]
    [key] = axes[0].figure.legends
    shown = [patch.get_facecolor() for patch in key.get_patches()]
    assert np.allclose(shown, axes[1].images[0].to_rgba(np.array([0, 1, 2])), atol=0.02)


def test_each_measure_has_its_own_title_seeds_and_scores_the_first_schedule_on_top():
    scores = {(1, 2): {"a": (0.7, 0.1), "b": (0.3, 0.0)}}
    seeds = {"a": {(1, 2): [0.6]}, "b": {(1, 2): [0.2]}}
    first, second = plot_scores(seeds, scores, {"a": "A", "b": "B"})
    assert [ax.get_title(loc="left") for ax in (first, second)] == ["A", "B"]
    assert drawn_dots(first) == [[[0.6, 0.22]]] and drawn_dots(second) == [[[0.2, 0.22]]]
    assert (first.get_ylabel(), second.get_ylabel()) == ("dilations", "")
    for ax in (first, plot_differences({"c": ([0.1], (0.1, 0))}, "x"), plot_marks({"a": (1, 2, 3)}, "abc", "x")):
        assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_schedules_stand_side_by_side_with_a_mark_and_a_colour_each():
    found = [([0.1], (0.1, 0.0)), ([0.2], (0.2, 0.0))]
    [ax] = plot_factors({"noise": (["low", "high"], {"x": found, "y": found})}, "IoU")
    means = [bars.lines[0] for bars in ax.containers]
    assert [np.round(mean.get_xdata().astype(float), 6).tolist() for mean in means] == [[-0.2, 0.8], [0.2, 1.2]]
    assert len({mean.get_marker() for mean in means}) == len({mean.get_color() for mean in means}) == 2
    assert list(ax.get_xticks()) == [0, 1] and ax.get_ylabel() == "IoU"
    assert [line.get_xdata()[0] for line in ax.lines if line.get_linewidth() == 0.8] == [0.5]


def test_what_theory_says_is_a_bar_and_what_was_measured_dots():
    ax = plot_marks({"a": (0.1, 0.3, 0.2)}, ["least", "plain", "trained"], "left")
    assert {line.get_label(): line.get_marker() for line in ax.lines} == {"least": "|", "plain": "s", "trained": "o"}
    ax = plot_marks({"a": (0.1, 0.2)}, ["least", "trained"], "left")
    assert {line.get_label(): line.get_marker() for line in ax.lines} == {"least": "|", "trained": "o"}


def test_places_are_drawn_by_group_and_named_where_there_is_room():
    groups = {"first": {"a": (0.0, 0.7), "b": (0.5, 0.6)}, "second": {"c": (0.2, 0.5), "d": (0.1, 0.6)}}
    ax = plot_places(groups, "holes", "score", named_from=0.2)
    assert [line.get_xydata().tolist() for line in ax.lines] == [[[0, 0.7], [0.5, 0.6]], [[0.2, 0.5], [0.1, 0.6]]]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["first", "second"]
    assert {(text.get_text(), *text.xy) for text in ax.texts} == {("a", 0, 0.7), ("b", 0.5, 0.6), ("c", 0.2, 0.5)}
    assert len({line.get_marker() for line in ax.lines}) == len({line.get_color() for line in ax.lines}) == 2
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("holes", "score")


def test_names_of_places_close_to_each_other_stand_away_from_the_next():
    places = {"a": (0.10, 0.69), "b": (0.13, 0.7), "c": (0.16, 0.69), "d": (0.5, 0.1), "e": (0.55, 0.7)}
    ax = plot_places({"all": places}, "holes", "score", named_from=0)
    sides = {text.get_text(): np.sign(text.get_position()[1] + 3) * (text.get_ha() == "center") for text in ax.texts}
    assert sides == {"a": -1, "b": 1, "c": 0, "d": 0, "e": 0}


def test_each_task_shows_every_seed_its_mean_and_stacks_with_holes_at_the_right():
    tasks = {"thin": {"a": [1.0, 2.0], "holed": [0.0, 4.0]}, "wide": {"b": [6.0, 8.0]}}
    first, second = plot_tasks(tasks, {"a": False, "holed": True, "b": False}, "score")
    assert [ax.get_title(loc="left") for ax in (first, second)] == ["thin", "wide"]
    assert [label.get_text() for label in first.get_xticklabels()] == ["a", "b", "holed"]
    drawn = [(line.get_marker(), *(np.asarray(values).tolist() for values in line.get_data())) for line in first.lines]
    assert drawn[:2] == [("o", [0, 0], [1, 2]), ("None", [-0.3, 0.3], [1.5, 1.5])]
    assert drawn[2:4] == [("x", [2, 2], [0, 4]), ("None", [1.7, 2.3], [2, 2])]
    assert drawn[4][1] == [1.5, 1.5] and len(drawn) == 5  # the line before those with holes
    assert [np.asarray(line.get_ydata()).tolist() for line in second.lines[:2]] == [[6, 8], [7, 7]]
    assert second.lines[0].get_xdata()[0] == 1 and first.lines[0].get_color() != first.lines[2].get_color()


def test_labels_of_tasks_lose_their_spaces_on_a_phone_where_they_would_touch():
    with narrow_style():
        [ax] = plot_tasks({"thin": {"1, 2, 3\n13": [1.0, 2.0]}}, {"1, 2, 3\n13": False}, "score")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1,2,3\n13"]
