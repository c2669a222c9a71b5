import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from hdclib.figures import COLOURS, USAGE, ink_on, panels
from hdclib.gridding.figures import plot_both_directions, plot_tap_counts, plot_usage_map, plot_usage_maps


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def contrast(one, other):
    """Contrast of two colours, as WCAG 2.2 defines it."""
    lights = []
    for colour in (one, other):
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
        lights.append(0.05 + 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])
    return max(lights) / min(lights)


def test_ink_is_black_or_white_whichever_stands_out_more():
    grounds = [*np.random.default_rng(4).random((2000, 3)), *np.repeat(np.linspace(0, 1, 256), 3).reshape(-1, 3)]
    for ground in grounds:
        ink = ink_on(ground)
        other = {"black": "white", "white": "black"}[ink]
        assert contrast(ground, ink) >= max(contrast(ground, other), 4.58), ground


def test_every_count_of_a_map_can_be_read():
    counts = np.arange(1, 50).reshape(7, 7)
    ax = plot_usage_map(counts)
    written = {int(text.get_text()): text.get_color() for text in ax.texts}
    assert sorted(written) == counts.ravel().tolist()
    assert min(contrast(USAGE((count / 49) ** 0.5), ink) for count, ink in written.items()) >= 4.5


def test_a_grid_of_panels_hides_what_is_left_over_in_its_last_row():
    axes = panels(5, columns=3, height=2, width=6)
    figure = axes[0].figure
    assert len(axes) == 5 and figure.get_size_inches().tolist() == [6, 4]
    assert [ax.get_visible() for ax in figure.axes] == [True] * 5 + [False]
    assert len(panels(2)[0].figure.axes) == 2


def test_both_directions_names_every_layer_and_every_convolution():
    ax = plot_both_directions(["convolution 1", "convolution 2"])
    words = [text.get_text() for text in ax.texts]
    assert [word for word in words if word.startswith(("Layer 1: ", "Layer 3: "))] == [
        "Layer 1: the input",
        "Layer 3: the output",
    ]
    assert "Layer 2: a feature map" in words and {"convolution 1", "convolution 2"} <= set(words)
    assert any("Layer 1, seen from Layer 3" in word for word in words)
    arrows = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    assert [(arrow.xy[1] > arrow.xyann[1]) for arrow in arrows] == [True, True, False]


def colours_of(ax):
    """The colour of each cell of a map, row by row."""
    mesh = ax.collections[0]
    mesh.update_scalarmappable()
    return mesh.get_facecolors()


def test_tap_counts_have_a_bar_a_sample_and_a_cross_on_each_hole():
    ax = plot_tap_counts([1, 0, 2])
    assert [bar.get_height() for bar in ax.patches] == [1, 0, 2]
    assert [line.get_xydata().tolist() for line in ax.lines] == [[[1, 0]]] and ax.lines[0].get_marker() == "x"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("input sample", "paths to the output")
    assert {text.get_text() for text in ax.get_legend().get_texts()} == {"paths", "hole"}
    assert not plot_tap_counts([1, 2]).lines


def test_the_cells_of_a_map_stand_in_rows_from_the_top_with_their_counts_and_crosses():
    counts = np.array([[1, 0, 4], [0, 9, 16]])
    ax = plot_usage_map(counts)
    written = {tuple(text.get_position()): text.get_text() for text in ax.texts}
    assert written == {(0, 0): "1", (2, 0): "4", (1, 1): "9", (2, 1): "16"}
    assert [(line.get_xdata()[0], line.get_ydata()[0]) for line in ax.lines] == [(1, 0), (0, 1)]
    assert ax.get_ylim()[0] > ax.get_ylim()[1] and ax.get_xlim()[0] < ax.get_xlim()[1]


def test_the_colour_of_a_count_is_its_root_on_a_scale_from_none_to_the_largest():
    colours = colours_of(plot_usage_map(np.array([[4, 0], [9, 36]])))
    assert np.allclose(colours[[0, 2, 3], :3], [USAGE(share)[:3] for share in (1 / 3, 0.5, 1.0)], atol=0.01)
    assert np.allclose(colours[1, :3], to_rgb(COLOURS["hole-ground"]))
    assert sum(USAGE(0.0)[:3]) > sum(USAGE(1.0)[:3])  # more is darker


def test_maps_side_by_side_have_their_own_titles_and_one_scale():
    axes = plot_usage_maps([np.ones((3, 3), int), np.ones((5, 5), int)], ["small", "large"], columns=2)
    assert [(ax.get_title(), len(ax.texts)) for ax in axes] == [("small", 9), ("large", 25)]
    assert [abs(np.diff(ax.get_xlim())[0]) for ax in axes] == [5, 5]
    assert [sum(ax.get_xlim()) / 2 for ax in axes] == [1, 2]


def test_the_layers_of_both_directions_stand_above_each_other_the_input_below():
    ax = plot_both_directions(["convolution 1", "convolution 2"])
    heights = {text.get_text(): text.get_position()[1] for text in ax.texts}
    assert heights["Layer 1: the input"] < heights["Layer 2: a feature map"] < heights["Layer 3: the output"]
    assert heights["convolution 1"] < heights["convolution 2"]
    assert ax.get_ylim()[0] < ax.get_ylim()[1]
