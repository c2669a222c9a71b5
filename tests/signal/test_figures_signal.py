import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest

from hdclib.signal.figures import plot_bells, plot_pictures, plot_responses


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


def test_bells_have_a_bar_a_sample_and_a_line():
    [ax] = plot_bells([[0.25, 0.5, 0.25]], [[0.2, 0.6, 0.2]], ["x"])
    assert [bar.get_height() for bar in ax.patches] == [0.25, 0.5, 0.25]
    assert ax.lines[0].get_xdata().tolist() == [-1, 0, 1] and list(ax.lines[0].get_ydata()) == [0.2, 0.6, 0.2]
