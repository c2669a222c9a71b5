import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from patches import spans

from hdclib.sizes.figures import (
    plot_positions,
    plot_read_panels,
    plot_reads,
    plot_spread,
    plot_tap_panels,
    plot_taps,
    plot_windows,
    plot_worked_rows,
    stack_axes,
)

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


def marks(ax):
    """What is written, by its place."""
    return {text.get_position(): text.get_text() for text in ax.texts}


def test_inputs_that_spread_are_numbered_from_0_and_what_is_cut_off_has_no_cross():
    ax = plot_spread([0, 1, 0, 1], [[1, 3], [1, 3]], cut=(1, 0))
    assert [text.get_text() for text in ax.texts][-2:] == ["input 0", "input 1"]
    assert crosses(ax) == [2]
    struck = [line.get_xdata().tolist() for line in ax.lines if list(line.get_ydata()) == [0.45, -0.45]]
    assert struck == [[-0.45, 0.45]]


def test_the_taps_of_a_kernel_are_numbered_in_reading_order_and_filled_on_the_input():
    ax = plot_taps([0, 1], [-1, 1, 3], (2, 4), title="a kernel", padding=1)
    assert marks(ax) == {(-1, 0): "1", (1, 0): "2", (3, 0): "3", (-1, 1): "4", (1, 1): "5", (3, 1): "6"}
    taps = [box for box in ax.patches if box.get_width() == 0.8]
    filled = {(round(box.get_x() + 0.4), round(box.get_y() + 0.4)): to_hex(box.get_facecolor()) for box in taps}
    assert {place for place, colour in filled.items() if colour == "#ffffff"} == {(-1, 0), (-1, 1)}
    [span] = [box for box in ax.patches if not box.get_fill()]
    assert (*span.get_xy(), span.get_width(), span.get_height()) == (-1.5, -0.5, 5, 2)
    hatched = {(round(box.get_x() + 0.46), round(box.get_y() + 0.46)) for box in ax.patches if box.get_hatch()}
    assert len(hatched) == 4 * 6 - 2 * 4 and (0, -1) in hatched and (0, 0) not in hatched
    assert ax.get_title() == "a kernel" and ax.get_ylim()[0] > ax.get_ylim()[1]


def test_panels_of_taps_have_their_own_titles():
    each = [{"rows": [0], "columns": [0, 1], "shape": (1, 2), "title": name} for name in ("one", "two")]
    assert [(ax.get_title(), len(ax.texts)) for ax in plot_tap_panels(each)] == [("one", 2), ("two", 2)]


def test_a_convolution_by_hand_has_its_weights_under_what_they_meet_and_its_answers_beside():
    ax = plot_worked_rows([3, 1, 4], [{0: 1, 1: -2}, {1: 1, 2: -2}], [1, -7])
    assert marks(ax) == {(0, 0): "3", (1, 0): "1", (2, 0): "4", (0, 1): "+1", (1, 1): "−2", (3.1, 1): "= 1",
                         (1, 2): "+1", (2, 2): "−2", (3.1, 2): "= −7"}  # fmt: skip
    assert [label.get_text() for label in ax.get_yticklabels()] == ["input", "output 0", "output 1"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_reads_are_hollow_and_the_ground_is_hatched_on_both_paddings():
    ax = plot_reads([[-1, 0, 1], [1, 2, 3]], 3, title="reads")
    drawn = {(line.get_xdata()[0], line.get_ydata()[0]): line.get_markerfacecolor() for line in ax.lines}
    assert {place for place, face in drawn.items() if face == "white"} == {(-1, 0), (3, 1)} and len(drawn) == 6
    assert spans(ax) == [(-1.5, -0.5), (2.5, 3.5)]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("input sample", "output sample")


def test_panels_of_reads_have_their_own_titles_and_one_scale():
    one, two = plot_read_panels([("one", [[-2, 0]]), ("two", [[0, 5]])], 3)
    assert (one.get_title(), two.get_title()) == ("one", "two")
    assert {line.get_xdata()[0] for line in one.lines} == {-2, 0}
    assert one.get_xlim() == two.get_xlim() == (-2.6, 5.6)
