"""hdclib/rules/figures.py by what was drawn."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pytest

import hdclib as hdc
from hdclib.rules import figures


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def squares(ax):
    """Positions of the squares of each row, top row first."""
    lines = [line for line in ax.lines if line.get_marker() == "s"]
    return [sorted(int(x) for x in line.get_xdata()) for line in lines]


def crosses(ax):
    return [sorted(int(x) for x in line.get_xdata()) for line in ax.lines if line.get_marker() == "x"]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_a_descent_shows_what_is_read_and_crosses_the_rest():
    counts = hdc.gridding.descent_counts([1, 2, 9], kernel_size=3)
    ax = figures.plot_descent(counts, [hdc.gridding.widest_step(c) for c in counts])
    assert squares(ax)[0] == [-9, 0, 9] and squares(ax)[1] == [-11, -9, -7, -2, 0, 2, 7, 9, 11]
    assert crosses(ax)[2] == [-5, -4, 4, 5]
    assert texts(ax) == ["9", "5", "3"]
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        f"Layer {number}, seen from Layer 4" for number in (3, 2, 1)
    ]


def test_copies_are_drawn_on_one_scale_with_their_brackets():
    cases = [(f"M = {gap}", [0, gap], hdc.rules.shifted_copies([0, gap], 2), [(0, 0, gap, "M")]) for gap in (9, 3)]
    axes = figures.plot_shifted_copies(cases, 2)
    assert squares(axes[0]) == [[0, 9], [-2, 7], [0, 9], [2, 11], [-2, 0, 2, 7, 9, 11]]
    assert texts(axes[0]) == ["M"] and axes[1].get_title() == "M = 3"
    assert len({round(ax.get_xlim()[1] - ax.get_xlim()[0], 6) for ax in axes}) == 1


def test_pairs_show_a_dot_for_each_that_reads_without_a_hole_and_a_cross_for_each_other():
    pairs = hdc.rules.hole_free_pairs([1, 2, 3, 1, 2, 3], kernel_size=3)
    ax = figures.plot_pair_panels({"saw": pairs, "again": pairs})[0]
    signs = [line.get_marker() for line in ax.lines]
    assert signs.count("o") == 15 and signs.count("x") == 6
    assert ax.get_title() == "saw"


def test_a_saw_has_a_bar_a_layer_and_a_line_between_groups():
    ax = figures.plot_saw([1, 2, 3, 1, 2], teeth=[3, 2])
    assert [bar.get_height() for bar in ax.patches] == [1, 2, 3, 1, 2]
    assert [line.get_xdata()[0] for line in ax.lines] == [3.5]


def test_sub_grids_are_lettered_and_what_is_missed_is_crossed():
    counts = hdc.tap_counts([2, 6], kernel_size=3)  # on the lattice of step 2, with holes of its own
    numbers = hdc.gridding.sub_grids(len(counts), len(counts), 2)
    read = hdc.outer_counts(counts) > 0
    ax = figures.plot_sub_grid_panels({"2, 6": (numbers, read)})[0]
    assert texts(ax).count("A") == read.sum() == 81
    assert texts(ax).count("×") == (numbers == 0).sum() - read.sum()
    assert {"B", "C", "D"} < set(texts(ax))
