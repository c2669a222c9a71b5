"""Figures of networks draw the numbers that they are given."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from hdclib.figures import COLOURS
from hdclib.networks.figures import (
    plot_barcodes,
    plot_growth,
    plot_joins,
    plot_layer_table,
    plot_parts,
    plot_read_maps,
    plot_read_rows,
    plot_share_grid,
    plot_view_shares,
)
from hdclib.networks.vgg import layer_table, vgg16


def test_shares_are_bars_side_by_side_and_those_below_one_are_written():
    ax = plot_view_shares(["a", "b"], {"as built": [1, 0.25], "mended": [1, 0.5]}, title="no head")
    assert ax.get_title(loc="right") == "no head"
    first, second = ax.containers
    assert [bar.get_height() for bar in first] == [1, 0.25] and [bar.get_height() for bar in second] == [1, 0.5]
    assert [text.get_text() for text in ax.texts] == ["25%", "50%"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["as built", "mended"]
    middles = [sum(bar.get_x() + bar.get_width() / 2 for bar in pair) / 2 for pair in zip(first, second, strict=True)]
    assert middles == [0, 1] and all(left.get_x() < right.get_x() for left, right in zip(first, second, strict=True))
    assert [bar.get_hatch() for bar in (first[0], second[0])] == [None, "//"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "b"]


def test_a_part_is_bracketed_from_its_first_layer_to_its_last():
    ax = plot_parts(["1", "2", "4"], {"a start": (1, 2), "an end": (3, 3)})
    boxes = [text for text in ax.texts if text.get_bbox_patch()]
    assert [(text.get_text(), text.get_position()) for text in boxes] == [("1", (1, 0)), ("2", (2, 0)), ("4", (3, 0))]
    brackets = [(min(line.get_xdata()), max(line.get_xdata()), line.get_ydata()[1] > 0) for line in ax.lines]
    assert brackets == [(0.6, 2.4, True), (2.6, 3.4, False)]
    named = {text.get_text(): text.get_position() for text in ax.texts if text not in boxes and text.get_text()}
    assert named == {"a start": (1.5, 0.85), "an end": (3, -0.85)}


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def marks(ax):
    """What is written, by its place."""
    return {text.get_position(): text.get_text() for text in ax.texts if text.get_text()}


def test_each_sketch_stands_under_its_name():
    axes = plot_joins(["a", "b"])
    names = ["cascade", "branches", "cascade, input and all outputs added", "cascade with skips"]
    assert [ax.get_title() for ax in axes] == names
    assert [[text.get_text() for text in ax.texts if text.get_text()] for ax in axes] == [
        ["a", "b"], ["a", "b", "+"], ["a", "b", "+"], ["a", "+", "b", "+"],
    ]  # fmt: skip
    cascade, branches, _, skips = map(marks, axes)
    assert list(cascade) == [(1, 0), (2, 0)] and list(branches)[:2] == [(1.5, 1), (1.5, -1)]
    assert [across for across, _ in skips] == sorted(across for across, _ in skips)
    assert [len(ax.texts) - len(marks(ax)) for ax in axes] == [1, 6, 3, 3]  # arrows


def test_a_map_has_a_square_for_each_pixel_read_in_rows_from_the_top():
    one, two = plot_read_maps([np.array([[0, 1, 0], [0, 0, 0], [0, 0, 1]]), np.ones((1, 1))], ["one", "two"])
    row, column = np.nonzero(one.images[0].get_array())
    assert list(zip(column, row, strict=True)) == [(1, 0), (2, 2)]
    assert (one.get_title(), two.get_title()) == ("one", "two")
    assert one.images[0].get_interpolation() == "nearest"
    assert one.get_ylim()[0] > one.get_ylim()[1]


def test_barcodes_lie_middle_under_middle_the_first_on_top_between_label_and_note():
    ax = plot_barcodes(["x", "y"], [np.array([1, 0, 1]), np.ones(5)], ["2 of 3", "5 of 5"], half=4)
    bars = [(round(bar.get_x() + bar.get_width() / 2), round(bar.get_y() + bar.get_height() / 2)) for bar in ax.patches]
    assert bars == [(-1, 0), (1, 0), *((at, 1) for at in range(-2, 3))]
    assert [line.get_xydata().tolist() for line in ax.lines] == [[[0, 0]], []]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["x", "y"]
    assert marks(ax) == {(6, 0): "2 of 3", (6, 1): "5 of 5"} and ax.get_ylim()[0] > ax.get_ylim()[1]


def test_sizes_and_fields_stand_under_their_own_names_pools_in_another_colour():
    rows = layer_table(vgg16()[:3], 8)  # conv1_1, conv1_2, pool1
    sizes, fields = plot_layer_table(rows)
    assert (sizes.get_ylabel(), fields.get_ylabel()) == ("output size, pixels", "receptive field, pixels")
    assert [bar.get_height() for bar in sizes.patches] == [8, 8, 4]
    assert [bar.get_height() for bar in fields.patches] == [3, 5, 6]
    assert [text.get_text() for text in sizes.texts] == ["8", "8", "4"]
    ticks = zip(fields.get_xticks(), (label.get_text() for label in fields.get_xticklabels()), strict=True)
    assert list(ticks) == [(0, "conv1_1"), (1, "conv1_2"), (2, "pool1")]
    assert [to_hex(bar.get_facecolor()) for bar in sizes.patches] == [COLOURS["tap"]] * 2 + [COLOURS["second"]]


def test_a_curve_says_its_last_number_and_the_axis_what_it_measures():
    ax = plot_growth({"a": [1, 4], "b": [2, 9]}, ["first", "second"], "pixels")
    assert {text.xy: text.get_text() for text in ax.texts} == {(1, 4): "4", (1, 9): "9"}
    assert ax.get_ylabel() == "pixels" and [line.get_label() for line in ax.lines] == ["a", "b"]
    assert len({line.get_marker() for line in ax.lines}) == 2


def test_rows_of_reads_stand_from_the_top_in_the_colours_of_their_roles():
    ax = plot_read_rows([[0, 1], [3]], ["one", "two"], ["tap", "hole"])
    assert [line.get_xydata().tolist() for line in ax.lines] == [[[0, 0], [1, 0]], [[3, -1]]]
    assert [line.get_color() for line in ax.lines] == [COLOURS["tap"], COLOURS["hole"]]
    ticks = dict(zip((label.get_text() for label in ax.get_yticklabels()), ax.get_yticks(), strict=True))
    assert ticks == {"one": 0, "two": -1}


def test_the_grid_of_shares_holds_each_number_in_its_row_and_column_and_fills_what_is_whole():
    groups = {"bare": {"first": [1, 0.256], "second": [0.5, 1]}, "head": {"third": [0.04, 1]}}
    ax = plot_share_grid(["picture", "3.1"], groups)
    cells = {(round(text.get_position()[0]), round(text.get_position()[1], 1)): text.get_text() for text in ax.texts}
    rows = [round(place, 1) for place in ax.get_yticks()]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["first", "second", "third"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["picture", "3.1"]
    assert [[cells[column, row] for column in (0, 1)] for row in rows] == [["all", "26"], ["50", "all"], ["4", "all"]]
    filled = [(bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() / 2)
              for bar in ax.patches if to_hex(bar.get_facecolor()) == COLOURS["tap"]]  # fmt: skip
    assert sorted((round(x), round(y, 1)) for x, y in filled) == sorted([(0, rows[0]), (1, rows[1]), (1, rows[2])])
    assert {"bare", "head"} <= {text.get_text() for text in ax.texts}
    assert rows == sorted(rows) and rows[2] - rows[1] > rows[1] - rows[0]
