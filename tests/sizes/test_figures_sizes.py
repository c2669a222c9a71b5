import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.patches import Rectangle

from hdclib.sizes.figures import plot_positions, plot_spread, plot_windows, stack_axes

matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def dots(ax):
    """Positions and rows of the taps, with whether each is hollow."""
    lines = [line for line in ax.lines if line.get_marker() == "o"]
    return [(line.get_xdata()[0], line.get_ydata()[0], line.get_markerfacecolor() == "white") for line in lines]


def crosses(ax):
    return [float(np.ravel(line.get_xdata())[0]) for line in ax.lines if line.get_marker() == "x"]


def test_windows_have_a_dot_a_tap_and_a_cross_a_sample_that_is_not_read():
    windows = [[0, 1, 2], [2, 3, 4], [4, 5, 6]]
    ax = plot_windows(8, windows, unread=[7])
    assert dots(ax) == [(at, row, False) for row, taps in enumerate(windows, 1) for at in taps]
    assert crosses(ax) == [7]
    assert [text.get_text() for text in ax.texts] == [*map(str, range(7)), "output 0", "output 1", "output 2"]


def test_taps_on_padding_are_hollow():
    ax = plot_windows(2, [[-1, 0, 1], [1, 2, 3]], before=1, after=2)
    assert [hollow for *_, hollow in dots(ax)] == [True, False, False, False, True, True]
    assert len([patch for patch in ax.patches if isinstance(patch, Rectangle)]) == 5


def test_pictures_on_one_stage_line_up():
    first, second = stack_axes(2)
    plot_windows(7, [[0]], 1, 1, ax=first, columns=(-1, 8))
    plot_windows(8, [[0]], 1, 1, ax=second, columns=(-1, 8))
    assert first.get_xlim() == second.get_xlim()


def test_a_stage_fills_the_width_of_its_figure():
    figures = plot_windows(8, [[0, 1, 2]] * 3), plot_spread([1] * 9, [[0, 1, 2]] * 4), plot_positions(4, {"a": [0, 3]})
    stacked = [plot_windows(8, [[0]] * 4, 1, 1, ax=ax, title="way", columns=(-1, 8)) for ax in stack_axes(2)]
    for ax in (*figures, *stacked):
        ax.figure.canvas.draw()
        assert ax.get_window_extent().width > 0.8 * ax.figure.bbox.width


def test_a_spread_shows_counts_cuts_and_what_is_kept():
    ax = plot_spread([1, 1, 2, 1, 0], [[0, 1, 2], [2, 3, 4]], cut=(1, 0), extra=1)
    frames = [patch for patch in ax.patches if not patch.get_fill()]
    assert len(frames) == 1 and frames[0].get_x() == pytest.approx(3.6)
    assert crosses(ax) == [4]  # kept, though no input reaches it
    assert len(dots(ax)) == 6


def test_an_output_that_no_input_reaches_gets_a_cross():
    ax = plot_spread([1, 0, 1], [[0, 2]])
    assert crosses(ax) == [1]


def test_positions_lie_under_their_samples_with_a_row_a_way():
    ax = plot_positions(3, {"first": [0, 0.5, 2], "second": [0, 1, 2]})
    assert dots(ax) == [(0, 1, False), (1.5, 1, False), (6, 1, False), (0, 2, False), (3, 2, False), (6, 2, False)]
    assert [text.get_position()[0] for text in ax.texts[:3]] == [0, 3, 6]
    assert [text.get_text() for text in ax.texts] == ["0", "1", "2", "first", "second"]
