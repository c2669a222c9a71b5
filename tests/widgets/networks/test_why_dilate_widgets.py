"""The chapter's widgets and figures: what they refuse, what they carry, what they draw."""

import base64

import matplotlib
import numpy as np
import pytest
import traitlets

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

from hdclib.networks import layer_table, vgg16
from hdclib.networks.figures import plot_growth, plot_layer_table, plot_read_rows  # noqa: E402
from hdclib.signal.figures import plot_images, portrait, small_face  # noqa: E402
from hdclib.widgets import PoolingView, PoolsOut, pooling_panel, pools_out_panel  # noqa: E402


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_portrait_can_be_halved_five_times_and_comes_from_matplotlib():
    image = portrait()
    assert image.shape == (576, 512) and image.dtype == np.uint8
    assert all(side % 32 == 0 for side in image.shape)
    assert 70 < image.mean() < 90 and image.max() > 250


def test_widget_carries_the_face_in_less_than_8_kilobytes():
    picture = pooling_panel(small_face()).picture
    assert len(picture.pixels) < 8000
    assert np.frombuffer(base64.b64decode(picture.pixels), np.uint8).reshape(64, 64).tolist() == small_face().tolist()


def test_wrong_images_are_refused():
    with pytest.raises(ValueError, match=r"image must be 64 × 64 of uint8, got shape \(8, 8\) of uint8"):
        pooling_panel(np.zeros((8, 8), np.uint8))
    with pytest.raises(ValueError, match="of float64"):
        pooling_panel(np.zeros((64, 64)))


def test_wrong_choices_are_refused():
    with pytest.raises(ValueError, match=r"pools\[0\] must be one of keep, remove, dilate"):
        pools_out_panel(["drop"] * 5)
    with pytest.raises(traitlets.TraitError):
        PoolsOut(pools=["keep", "keep", "drop", "keep", "keep"])
    with pytest.raises(traitlets.TraitError):
        PoolingView(times=6)


def test_a_trait_set_in_python_changes_the_network():
    widget = pools_out_panel()
    widget.pools = [*widget.pools[:4], "dilate"]
    assert layer_table(widget.layers)[-1].size == 14
    assert repr(widget) == "PoolsOut(pools=['keep', 'keep', 'keep', 'keep', 'dilate'])"


def test_figures_draw_the_numbers_they_are_given():
    rows = layer_table(vgg16())
    sizes, fields = plot_layer_table(rows)
    assert sorted(bar.get_height() for bar in fields.patches) == sorted(row.field for row in rows)
    assert sorted(bar.get_height() for bar in sizes.patches) == sorted(row.size for row in rows)
    ax = plot_growth({"a": [1, 2, 4], "b": [1, 1, 1]}, ["x", "y", "z"], "size")
    assert [line.get_ydata().tolist() for line in ax.lines] == [[1, 2, 4], [1, 1, 1]]
    assert {text.get_text() for text in ax.texts} == {"4", "1"}
    ax = plot_read_rows([[0, 1, 2], [2, 4]], ["one", "two"])
    assert [list(line.get_xdata()) for line in ax.lines] == [[0, 1, 2], [2, 4]]


def test_images_are_drawn_pixel_by_pixel_on_one_grey_scale():
    axes = plot_images([np.zeros((2, 2)), np.full((2, 2), 255)], ["black", "white"])
    shown = [ax.images[0] for ax in axes]
    assert [image.get_clim() for image in shown] == [(0, 255), (0, 255)]
    assert {image.get_interpolation() for image in shown} == {"nearest"}
