"""hdclib/rules/figures.py by what was drawn."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_hex

import hdclib as hdc
from hdclib.figures import COLOURS
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


def test_strips_stand_in_their_order_with_brackets_over_their_middle():
    ax = figures.plot_strips([[0, 2], [0, 1, 4]], ["first", "second"], [(1, 1, 4, "3")], crossed=[1], title="two")
    assert [line.get_ydata()[0] for line in ax.lines if line.get_marker() == "s"] == [0, -1]
    assert crosses(ax) == [[2, 3]]
    ticks = zip(ax.get_yticks(), (label.get_text() for label in ax.get_yticklabels()), strict=True)
    assert list(ticks) == [(0, "first"), (-1, "second")] and ax.get_title() == "two"
    [words] = [text for text in ax.texts if text.get_text() == "3"]
    [bracket] = [line for line in ax.lines if line.get_color() == "black"]
    assert words.get_position()[0] == 2.5 and bracket.get_xdata().tolist() == [1, 1, 4, 4]
    assert -1 < bracket.get_ydata()[0] < words.get_position()[1] < 0


def test_a_descent_points_out_the_gap_of_its_own_layer():
    ax = figures.plot_descent([[1, 1, 1, 1, 1], [1, 0, 1]], [(0, 1), (0, 2)])
    brackets = [line.get_xdata().tolist() for line in ax.lines if line.get_color() == "black"]
    assert brackets == [[-1, -1, 1, 1], [-2, -2, -1, -1]] and texts(ax) == ["2", "1"]


def test_the_copies_are_named_by_their_shifts():
    [ax] = figures.plot_shifted_copies([("one", [0, 3], hdc.rules.shifted_copies([0, 3], 2), [])], 2)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["Layer i + 1", "shifted by −2", "not shifted", "shifted by +2", "Layer i, together"]
    assert squares(ax)[1] == [-2, 1] and squares(ax)[3] == [2, 5]


def test_a_pair_stands_at_its_two_layers():
    ax = figures.plot_pairs([[True, False], [False, True]])
    signs = {(line.get_xdata()[0], line.get_ydata()[0]): line.get_marker() for line in ax.lines}
    assert signs == {(0, 0): "o", (1, 0): "x", (1, 1): "o"}
    middles = [(round(box.get_x() + 0.46), round(box.get_y() + 0.46)) for box in ax.patches]
    grounds = {place: to_hex(box.get_facecolor()) for place, box in zip(middles, ax.patches, strict=True)}
    full, holes = COLOURS["tap"], COLOURS["hole-ground"]
    assert grounds == {(0, 0): full, (1, 0): holes, (1, 1): full}
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2", "3"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["1", "2"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("a value of Layer …", "looks at Layer …")
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_titles_of_pairs_stand_over_their_own():
    axes = figures.plot_pair_panels({"one": [[True]], "two": [[False]]})
    assert [(ax.get_title(), ax.lines[0].get_marker()) for ax in axes] == [("one", "o"), ("two", "x")]


def test_the_bars_of_a_saw_start_at_layer_1_and_say_their_dilation():
    ax = figures.plot_saw([1, 2, 4], title="saw")
    assert [bar.get_x() + bar.get_width() / 2 for bar in ax.patches] == [1, 2, 3]
    assert {text.get_position(): text.get_text() for text in ax.texts} == {(1, 1): "1", (2, 2): "2", (3, 4): "4"}
    assert ax.get_ylim()[0] == 0 and (ax.get_xlabel(), ax.get_ylabel()) == ("layer", "dilation")


def test_sub_grids_stand_in_rows_from_the_top():
    ax = figures.plot_sub_grids([[0, 1, 0], [2, 3, 2]], [[True, False, False], [False] * 3])
    assert {text.get_position(): text.get_text() for text in ax.texts} == {
        (0, 0): "A", (1, 0): "B", (2, 0): "×", (0, 1): "C", (1, 1): "D", (2, 1): "C",
    }  # fmt: skip
    assert ax.get_ylim()[0] > ax.get_ylim()[1]
