import matplotlib

matplotlib.use("Agg")

import matplotlib.cbook
import matplotlib.pyplot as plt
import numpy as np
import pytest
from patches import spans

from hdclib.signal.figures import (
    TOP,
    plot_bells,
    plot_images,
    plot_lobes,
    plot_pictures,
    plot_responses,
    plot_spectra,
    plot_waves,
    portrait,
    small_face,
)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_pictures_are_drawn_as_given_on_one_scale():
    images = [np.arange(4.0).reshape(2, 2), np.eye(2)]
    axes = plot_pictures(images, ["one", "two"], columns=3, low=-1, high=3)
    assert [ax.get_title() for ax in axes] == ["one", "two"]
    for ax, image in zip(axes, images, strict=True):
        [drawn] = ax.images
        assert drawn.get_array().tolist() == image.tolist() and drawn.get_clim() == (-1, 3)


def test_responses_show_their_size_and_each_repeat():
    f = np.linspace(0, 1, 5)
    axes = plot_responses(f, [np.array([1, -0.5, 0, -0.5, 1]), np.ones(5)], ["a", "b"], [3, 1])
    assert axes[0].lines[0].get_ydata().tolist() == [1, 0.5, 0, 0.5, 1]
    assert [line.get_xdata()[0] for line in axes[0].lines[1:]] == pytest.approx([1 / 3, 2 / 3])
    assert [text.get_text() for text in axes[0].texts] == ["1/3", "2/3"]
    assert len(axes[1].lines) == 1


def test_a_spectrum_has_its_highest_peak_beyond_the_zero_ringed_and_the_lobe_dashed():
    axes = plot_spectra([np.array([9.0, 1, 4, 2, 0]), np.array([9.0, 6, 4, 2, 8])], [0.1, 0.2], [0.25, 0.4], ["a", "b"])
    for ax, peak, top in zip(axes, (0.25, 0.5), (4, 8), strict=True):
        spectrum, lobe, ring = ax.lines
        assert spectrum.get_xdata().tolist() == [0, 0.125, 0.25, 0.375, 0.5]
        assert spectrum.get_ydata()[0] == 9 / top and ring.get_xydata().tolist() == [[peak, 1]]
    assert [ax.lines[1].get_xdata()[0] for ax in axes] == [0.25, 0.4]
    assert [spans(ax) for ax in axes] == [[(0, 0.1)], [(0, 0.2)]] and axes[1].get_title(loc="left") == "b"


def test_a_side_lobe_stands_at_its_frequency_and_gain_in_the_mark_of_its_kind():
    kinds = {"one": [(0.4, (2, 2, 7), 0.45), (0.3, (3, 4, 9), 0.1)], "other": [(0.7, (1, 1, 9), 0.11)]}
    beside = {"one": (0.3, 1.05, (3, 4, 9)), "other": (0.2, 1.05, (1, 1, 9))}
    ax = plot_lobes(kinds, {(2, 2, 7): "right", (1, 1, 9): "left"}, beside)
    assert [line.get_xydata().tolist() for line in ax.lines[:2]] == [[[0.45, 0.4], [0.1, 0.3]], [[0.11, 0.7]]]
    assert ax.lines[0].get_marker() != ax.lines[1].get_marker()
    assert ax.lines[0].get_color() != ax.lines[1].get_color()
    led = {text.get_text(): (text.get_position(), text.xy) for text in ax.texts if getattr(text, "arrow_patch", None)}
    assert led == {"one, 2 stacks": ((0.3, 1.05), (0.1, 0.3)), "other, 1 stacks": ((0.2, 1.05), (0.11, 0.7))}
    names = {text.get_text().strip(): (text.get_position(), text.get_ha()) for text in ax.texts}
    assert names["2, 2, 7"] == ((0.45, 0.4), "left") and names["1, 1, 9"] == ((0.11, 0.7), "right")
    assert {"1/3", "period 4"} <= names.keys() and len(names) == 6
    assert ax.lines[2].get_ydata()[0] == pytest.approx(1 / 3) and ax.lines[3].get_xdata()[0] == 0.25


def test_bells_have_a_bar_a_sample_and_a_line():
    [ax] = plot_bells([[0.25, 0.5, 0.25]], [[0.2, 0.6, 0.2]], ["x"])
    assert [bar.get_height() for bar in ax.patches] == [0.25, 0.5, 0.25]
    assert ax.lines[0].get_xdata().tolist() == [-1, 0, 1] and list(ax.lines[0].get_ydata()) == [0.2, 0.6, 0.2]


def test_a_bell_with_more_points_than_bars_lies_over_the_same_samples():
    [ax] = plot_bells([[0.25, 0.5, 0.25]], [[0.2, 0.5, 0.6, 0.5, 0.2]], ["x"])
    assert ax.lines[0].get_xdata().tolist() == [-1, -0.5, 0, 0.5, 1]


def test_a_wave_has_a_dot_at_each_whole_position_under_its_own_title():
    positions = np.arange(5) / 2
    one, two = plot_waves(positions, [positions - 1, 1 - positions], ["up", "down"])
    assert [ax.get_title(loc="left") for ax in (one, two)] == ["up", "down"]
    line, dots = one.lines
    assert line.get_ydata().tolist() == [-1, -0.5, 0, 0.5, 1] and two.lines[0].get_ydata()[0] == 1
    assert dots.get_xydata().tolist() == [[0, -1], [1, 0], [2, 1]]


def shades(ax):
    """How light each pixel of the one picture is drawn."""
    [drawn] = ax.images
    return drawn.to_rgba(drawn.get_array())[..., :3].sum(axis=-1)


def test_small_pictures_have_their_own_titles_and_are_the_darker_the_larger_a_value():
    axes = plot_pictures([np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])], ["one", "two"])
    assert [(ax.get_title(), shades(ax)[0, 0] > shades(ax)[0, 1]) for ax in axes] == [("one", True), ("two", False)]
    assert {ax.images[0].get_interpolation() for ax in axes} == {"nearest"}


def test_grey_pictures_are_drawn_pixel_by_pixel_from_black_to_white_with_their_own_titles():
    axes = plot_images([np.array([[0, 128]]), np.array([[255, 128]])], ["dark", "light"])
    assert [(ax.get_title(), round(float(shades(ax)[0, 0]))) for ax in axes] == [("dark", 0), ("light", 3)]
    assert {float(shades(ax)[0, 1].round(3)) for ax in axes} == {1.506}
    assert {ax.images[0].get_interpolation() for ax in axes} == {"nearest"}


def test_each_response_stands_under_its_title_with_the_mirrored_half_shaded():
    f = np.linspace(0, 1, 3)
    axes = plot_responses(f, [np.ones(3), np.zeros(3)], ["ones", "zeros"], [1, 3], columns=2)
    assert [(ax.get_title(loc="left"), ax.lines[0].get_ydata()[0]) for ax in axes] == [("ones", 1), ("zeros", 0)]
    assert [len(ax.lines) for ax in axes] == [1, 3]
    assert {spans(ax)[0] for ax in axes} == {(0.5, 1)}
    assert [ax.get_xlabel() for ax in axes] == ["cycles per sample"] * 2
    assert [ax.get_ylabel() for ax in axes] == ["gain", ""]


def test_bells_stand_under_their_titles_and_the_key_names_bars_and_line():
    axes = plot_bells([[0.5, 0.5], [1.0]], [[0.4, 0.4], [0.9]], ["two", "one"])
    assert [(ax.get_title(loc="left"), len(ax.patches)) for ax in axes] == [("two", 2), ("one", 1)]
    assert [bar.get_x() + bar.get_width() / 2 for bar in axes[0].patches] == [-0.5, 0.5]
    assert axes[0].lines[0].get_label() == "bell" and axes[0].containers[0].get_label() == "weight"


def test_the_portrait_is_grey_as_eyes_see_it_and_the_face_is_a_part_of_it():
    whole = portrait()
    with matplotlib.cbook.get_sample_data("grace_hopper.jpg") as file:
        colour = plt.imread(file, format="jpg")
    row, column = 300, 250
    red, green, blue = colour[row + TOP, column].astype(float)
    assert whole.shape == (576, 512) and whole[row, column] == round(0.299 * red + 0.587 * green + 0.114 * blue)
    face = small_face()
    assert face.shape == (64, 64) and face[10, 20] == round(whole[48 + 40 : 48 + 44, 135 + 80 : 135 + 84].mean())
