import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from hdclib.figures import USAGE, ink_on, plot_usage_map


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
