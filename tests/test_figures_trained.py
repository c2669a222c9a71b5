import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from hdclib.figures_trained import plot_factors, plot_labels, plot_marks, plot_scores


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


def test_scores_are_drawn_at_their_means_with_their_intervals():
    scores = {(1, 2, 3): {"mean_iou": (0.7, 0.1)}, (2, 2, 2): {"mean_iou": (0.5, 0.2)}}
    [ax] = plot_scores(scores, {"mean_iou": "IoU"}, columns=1)
    [bars] = ax.containers
    assert bars.lines[0].get_xdata().tolist() == [0.7, 0.5]
    [segments] = [line.get_segments() for line in bars.lines[2]]
    assert [segment[:, 0].tolist() for segment in segments] == [pytest.approx([0.6, 0.8]), pytest.approx([0.3, 0.7])]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["1, 2, 3", "2, 2, 2"]


def test_factors_share_a_scale_and_draw_each_level():
    series = {"x": [(0.1, 0.01), (0.2, 0.01)], "y": [(0.3, 0.01), (0.9, 0.01)]}
    axes = plot_factors({"noise": (["low", "high"], series), "size": (["1", "2"], series)}, "IoU")
    assert [ax.get_title(loc="left") for ax in axes] == ["noise", "size"]
    for ax in axes:
        assert [bars.lines[0].get_ydata().tolist() for bars in ax.containers] == [[0.1, 0.2], [0.3, 0.9]]
    assert [label.get_text() for label in axes[0].get_xticklabels()] == ["low", "high"]
    assert axes[0].get_ylim() == axes[1].get_ylim()


def test_theory_and_measurements_stand_in_one_row():
    ax = plot_marks({"a": (0.1, 0.3, 0.2), "b": (0.2, 0.2, 0.25)}, ["least", "plain", "trained"], "left")
    drawn = {line.get_label(): line.get_xdata().tolist() for line in ax.lines}
    assert drawn == {"least": [0.1, 0.2], "plain": [0.3, 0.2], "trained": [0.2, 0.25]}
    assert [segment[:, 0].tolist() for segment in ax.collections[0].get_segments()] == [[0.1, 0.3], [0.2, 0.25]]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"] and ax.get_xlabel() == "left"
