"""Figures in a narrow style: panels one below the other, nothing lost, words of 10 pixels or more on a phone."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pytest

import hdclib as hdc
from hdclib.figures import LEAST_TEXT, folded, is_narrow, narrow_style, panels, single
from hdclib.gridding.figures import plot_usage_map, plot_usage_maps
from tools.notebooks import narrow_figures

TITLES = list("abcdef")


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def places(axes):
    """(row, column) of each Axes."""
    return [(ax.get_subplotspec().rowspan.start, ax.get_subplotspec().colspan.start) for ax in axes]


def test_the_style_ends_with_its_context():
    before = dict(plt.rcParams)
    with narrow_style():
        assert is_narrow() and single(7.2, 2).figure.get_size_inches().tolist() == [3.58, 2]
    assert dict(plt.rcParams) == before and not is_narrow()


@pytest.mark.parametrize(
    ("count", "columns", "given", "expected"),
    [
        (3, None, {}, [(0, 0), (1, 0), (2, 0)]),
        (6, 3, {}, [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)]),
        (5, 3, {}, [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1)]),
        (2, 1, {}, [(0, 0), (1, 0)]),
        (4, 2, {"narrow_columns": 1}, [(0, 0), (1, 0), (2, 0), (3, 0)]),
    ],
    ids=["a row", "two rows", "a gap", "a column", "told"],
)
def test_panels_of_a_row_stand_in_a_column_in_their_order(count, columns, given, expected):
    with narrow_style():
        axes = panels(count, columns, height=2, **given)
    assert places(axes) == expected and len(axes) == count
    assert axes[0].figure.get_figheight() == 2 * (1 + max(row for row, _ in expected))


def test_a_square_stays_one():
    with narrow_style():
        assert single(5.2, 5.2).figure.get_size_inches().tolist() == [3.58, 3.58]
        assert single(2, 3).figure.get_size_inches().tolist() == [2, 3]


def test_words_are_folded_but_lists_of_numbers_are_not():
    assert folded("noise 2: beside 1, 2, 5", 12) == "noise 2: beside 1, 2, 5"
    with narrow_style():
        assert folded("noise 2: beside 1, 2, 5", 16).replace("\u00a0", " ") == "noise 2: beside\n1, 2, 5"


@pytest.mark.parametrize("dilations", [(1, 2), (1, 2, 9)], ids=str)
def test_cells_of_all_maps_are_squares_of_one_size(dilations):
    maps = [hdc.usage_map(dilations[:depth], 3) for depth in range(1, len(dilations) + 1)]
    with narrow_style():
        axes = plot_usage_maps(maps, TITLES[: len(maps)])
        axes[0].figure.draw_without_rendering()
    units = [np.abs(np.diff(ax.transData.transform([(0, 0), (1, 1)]), axis=0))[0] for ax in axes]
    assert np.allclose(units, units[0][0], rtol=0.02)
    assert [len(ax.texts) for ax in axes] == [int((counts > 0).sum()) for counts in maps]


@pytest.mark.parametrize("dilations", [(1, 2, 9), (1, 2, 4, 8)], ids=["25 cells", "31 cells"])
def test_counts_that_would_be_too_small_are_left_out(dilations):
    with narrow_style():
        ax = plot_usage_map(hdc.usage_map(dilations, 3))
    assert not list(filter(narrow_figures.is_small, narrow_figures.words(ax.figure)))
    assert bool(ax.texts) == (dilations == (1, 2, 9))


CELL = """
numbers = [*numbers, draws()]
print("not to be seen")
ax = single()
ax.set_title(title, fontsize=size)
"""


def names(title="a title", size=LEAST_TEXT):
    """The variables of a notebook that is about to run CELL."""
    return {"numbers": [1], "draws": np.random.random, "single": single, "title": title, "size": size}


def test_a_cell_is_drawn_again_and_leaves_nothing_behind(tmp_path, capsys):
    np.random.seed(3)
    expected, given = np.random.RandomState(3).random_sample(), names()
    narrow_figures.draw_again(CELL, tmp_path / "a.png", given)
    assert plt.imread(tmp_path / "a.png").shape == (640, 716, 4)
    assert given == names() and capsys.readouterr().out == "" and plt.get_fignums() == []
    assert np.random.random() == expected


@pytest.mark.parametrize(
    ("given", "message"),
    [({"size": 7}, "words of less than 7.2 points: 'a title': 7"), ({"title": "a long title " * 8}, "does not fit")],
    ids=["small", "cut"],
)
def test_a_figure_that_cannot_be_read_on_a_phone_is_an_error(tmp_path, given, message):
    with pytest.raises(narrow_figures.DoesNotFit, match=message):
        narrow_figures.draw_again(CELL, tmp_path / "a.png", names(**given))
    assert plt.get_fignums() == []
