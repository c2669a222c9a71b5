import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from hdclib.figures import USAGE, ink_on, panels
from hdclib.gridding.figures import plot_both_directions, plot_usage_map


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
