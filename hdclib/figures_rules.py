"""Figures of the chapters on the design rules. Each draws the numbers it is given and returns its Axes."""

import matplotlib.pyplot as plt
import numpy as np

from hdclib.figures import COLOURS

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def plot_strips(rows, labels, brackets=(), crossed=(), ax=None, title=None):
    """Draw patterns of one axis under each other: a square a sample read. Return the Axes.

    Parameters
    ----------
    rows : list of sequences of int
        Positions of the samples read, a pattern a row, the first on top.
    labels : list of str
        What to write before each row.
    brackets : list of (row, first, last, words)
        Distances to point out, drawn above the row between two positions.
    crossed : sequence of int
        Rows in which a cross marks each sample that is not read.
    ax : matplotlib Axes, optional
    title : str, optional
    """
    low, high = min(map(min, rows)), max(map(max, rows))
    if ax is None:
        _, ax = plt.subplots(figsize=(7.2, 0.3 + 0.62 * len(rows)), layout="constrained")
    for row, positions in enumerate(rows):
        ax.hlines(-row, low - 0.6, high + 0.6, color=COLOURS["line"], linewidth=0.8, zorder=0)
        ax.plot(positions, [-row] * len(positions), "s", color=COLOURS["tap"], markersize=_side(high - low))
        if row in crossed:
            unread = sorted(set(range(min(positions), max(positions) + 1)) - set(positions))
            ax.plot(unread, [-row] * len(unread), "x", color=COLOURS["hole"], markersize=_side(high - low) * 0.7)
    for row, first, last, words in brackets:
        _bracket(ax, first, last, -row + 0.3, words)
    ax.set_yticks([-row for row in range(len(rows))], labels)
    ax.set(ylim=(-len(rows) + 0.5, 0.85), xlim=(low - 0.8, high + 0.8), xticks=[], title=title or "")
    ax.tick_params(axis="y", length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def plot_strip_panels(panels):
    """Draw several `plot_strips` under each other, on one scale. Return the list of Axes.

    Parameters
    ----------
    panels : list of dict
        Arguments of `plot_strips`.
    """
    heights = [len(panel["rows"]) + 0.9 for panel in panels]
    size = (7.2, 0.5 * sum(heights))
    _, axes = plt.subplots(len(panels), 1, figsize=size, height_ratios=heights, layout="constrained", squeeze=False)
    for ax, panel in zip(axes.flat, panels, strict=True):
        plot_strips(ax=ax, **panel)
    reach = max(max(map(max, panel["rows"])) - min(map(min, panel["rows"])) for panel in panels) + 1.6
    for ax in axes.flat:
        middle = sum(ax.get_xlim()) / 2
        ax.set_xlim(middle - reach / 2, middle + reach / 2)
        for line in ax.lines:
            line.set_markersize(_side(reach - 1.6) * (0.7 if line.get_marker() == "x" else 1))
    return list(axes.flat)


def plot_copies(cases, dilation):
    """Draw patterns and the three copies that a layer makes of each. Return the list of Axes.

    Parameters
    ----------
    cases : list of (title, old, copies, brackets)
        `old` are the positions read before, `copies` the four lists of `hdclib.shifted_copies`, `brackets` as in
        `plot_strips`; row 0 is the old pattern, row 4 the copies together.
    dilation : int
        For the labels only.
    """
    shifts = [f"shifted by −{dilation}", "not shifted", f"shifted by +{dilation}"]
    labels = ["Layer i + 1", *shifts, "Layer i, together"]
    panels = [
        {"rows": [old, *copies], "labels": labels, "brackets": brackets, "crossed": [4], "title": title}
        for title, old, copies, brackets in cases
    ]
    return plot_strip_panels(panels)


def plot_descent(patterns, gaps, title=None, ax=None):
    """Draw what one output reads of each layer's input, the last layer on top. Return the Axes.

    Parameters
    ----------
    patterns : list of array of int
        Counts of each layer, first layer first, as `hdclib.descent_counts` returns them.
    gaps : list of (int, int)
        Two ends of a gap to point out in each layer, as `hdclib.widest_step` returns them.
    title : str, optional
    ax : matplotlib Axes, optional
    """
    numbers = range(len(patterns), 0, -1)
    halves = [len(counts) // 2 for counts in patterns]
    rows = [(np.flatnonzero(patterns[n - 1]) - halves[n - 1]).tolist() for n in numbers]
    brackets = []
    for row, number in enumerate(numbers):
        first, last = (end - halves[number - 1] for end in gaps[number - 1])
        brackets.append((row, first, last, str(last - first)))
    labels = [f"Layer {number}" for number in numbers]
    return plot_strips(rows, labels, brackets, crossed=range(len(rows)), ax=ax, title=title)


def plot_views(views, ax=None, title=None):
    """Draw which layers see which earlier layers without a hole. Return the Axes.

    Parameters
    ----------
    views : array of bool, shape (n, n)
        As `hdclib.hole_free_views` returns it.
    ax : matplotlib Axes, optional
    title : str, optional
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(4, 4), layout="constrained")
    count = len(views)
    for first in range(count):
        for last in range(first, count):
            full = bool(views[first][last])
            ground = COLOURS["tap"] if full else COLOURS["hole-ground"]
            ax.add_patch(plt.Rectangle((last - 0.46, first - 0.46), 0.92, 0.92, color=ground, linewidth=0))
            sign, colour = ("o", "white") if full else ("x", COLOURS["hole"])
            ax.plot(last, first, sign, color=colour, markersize=5)
    ax.set_xticks(range(count), [str(number + 2) for number in range(count)])
    ax.set_yticks(range(count), [str(number + 1) for number in range(count)])
    ax.set(xlim=(-0.6, count - 0.4), ylim=(count - 0.4, -0.6), title=title or "", aspect="equal")
    ax.set(xlabel="a value of Layer …", ylabel="looks at Layer …")
    return ax


def plot_view_panels(panels):
    """Draw several `plot_views` side by side; `panels` maps a title to its views. Return the list of Axes."""
    _, axes = plt.subplots(1, len(panels), figsize=(7.6, 2.9), layout="constrained", squeeze=False)
    for ax, (title, views) in zip(axes.flat, panels.items(), strict=True):
        plot_views(views, ax=ax, title=title)
    return list(axes.flat)


def plot_saw(dilations, ax=None, title=None, teeth=()):
    """Draw one bar a layer, as high as its dilation, and a line where a new group starts. Return the Axes.

    Parameters
    ----------
    dilations : sequence of int
        First layer first.
    ax : matplotlib Axes, optional
    title : str, optional
    teeth : sequence of int
        Numbers of layers in each group.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(7.2, 2.4), layout="constrained")
    place = np.arange(1, len(dilations) + 1)
    ax.bar(place, dilations, color=COLOURS["tap"], width=0.8)
    for x, dilation in zip(place, dilations, strict=True):
        ax.text(x, dilation, f"{dilation}", ha="center", va="bottom", size=8)
    for edge in np.cumsum(teeth)[:-1]:
        ax.axvline(edge + 0.5, color=COLOURS["quiet"], linewidth=0.8, linestyle=":")
    ax.set(xlabel="layer", ylabel="dilation", ylim=(0, max(dilations) * 1.15), title=title or "")
    ax.set_xlim(0.4, len(dilations) + 0.6)
    ax.set_xticks([1, *range(5, len(dilations) + 1, 5)] if len(dilations) > 8 else place)
    return ax


def plot_sub_grids(numbers, read, ax=None, title=None):
    """Draw the sub-grids by letter, and which pixels one output reads. Return the Axes.

    Parameters
    ----------
    numbers : array of int, shape (rows, columns)
        Sub-grid of each pixel, as `hdclib.sub_grids` returns it; the output's own is 0.
    read : array of bool, the same shape
    ax : matplotlib Axes, optional
    title : str, optional
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(5.2, 5.2), layout="constrained")
    rows, columns = np.shape(numbers)
    points = min(9, 170 / max(rows, columns))
    for (row, column), number in np.ndenumerate(np.asarray(numbers)):
        if read[row][column]:
            ground, words, ink = COLOURS["tap"], LETTERS[number], "white"
        elif number == 0:
            ground, words, ink = COLOURS["hole-ground"], "×", COLOURS["hole"]
        else:
            ground, words, ink = "#f1f3f5", LETTERS[number % len(LETTERS)], COLOURS["quiet"]
        ax.add_patch(plt.Rectangle((column - 0.47, row - 0.47), 0.94, 0.94, color=ground, linewidth=0))
        ax.text(column, row, words, ha="center", va="center", color=ink, size=points)
    ax.set(xlim=(-0.6, columns - 0.4), ylim=(rows - 0.4, -0.6), xticks=[], yticks=[], aspect="equal")
    ax.set_title(title or "")
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def plot_sub_grid_panels(panels):
    """Draw several `plot_sub_grids` side by side; `panels` maps a title to (numbers, read). Return the Axes."""
    _, axes = plt.subplots(1, len(panels), figsize=(7.6, 4.1), layout="constrained", squeeze=False)
    for ax, (title, (numbers, read)) in zip(axes.flat, panels.items(), strict=True):
        plot_sub_grids(numbers, read, ax=ax, title=title)
    return list(axes.flat)


def _side(reach):
    """Side of a square that fits a row of `reach` samples, in points."""
    return max(2.5, min(9, 300 / (reach + 2)))


def _bracket(ax, first, last, height, words):
    """A line with two feet above a row, and words over its middle."""
    ax.plot([first, first, last, last], [height - 0.08, height, height, height - 0.08], color="black", linewidth=1)
    ax.text((first + last) / 2, height + 0.04, words, ha="center", va="bottom", size=9)
