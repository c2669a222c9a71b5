"""Figures of the trained networks: label pictures with their errors, scores with intervals, theory beside them."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from hdclib.figures import COLOURS, USAGE

TONES = USAGE.reversed()
MARKS = "o", "s", "^", "D", "v", "P", "X", "*"  # one a schedule, beside its colour
SERIES = "#0072b2", "#b34700", "#009e73", "#56b4e9", "#e69f00", "#cc79a7", "#57606a", "#000000"


def plot_labels(given, truth, predicted, names, columns=3):
    """Draw a noisy picture, the truth, and predictions in which every wrong pixel is marked, with a key.

    The larger a value, the lighter it is drawn, as in a photograph.

    Parameters
    ----------
    given : array of float, shape (rows, columns)
        In steps between neighbouring classes, 0 for the middle class.
    truth : array of int, shape (rows, columns)
    predicted : dict of str to array of int
        By title.
    names : sequence of str
        What the classes 0, 1, 2 are.
    columns : int
        Pictures in a row.

    Returns
    -------
    axes : list of Axes
        Input, truth, then the predictions.
    """
    count = 2 + len(predicted)
    rows, width = -(-count // columns), 7.6 / columns
    size = 7.6, (width + 0.28) * rows + 0.3
    figure, axes = plt.subplots(rows, columns, figsize=size, layout="constrained", squeeze=False)
    shown = {"input": given, "truth": truth, **predicted}
    for ax, (title, image) in zip(axes.flat, shown.items(), strict=False):
        low, high = (-2.5, 2.5) if title == "input" else (0, 2)
        ax.imshow(image, cmap=TONES, vmin=low, vmax=high, interpolation="nearest")
        if title in predicted:
            row, column = np.nonzero(image != truth)
            ax.plot(column, row, ".", color=COLOURS["second"], markersize=100 * width / len(image) * 0.38)
        ax.set_title(title, fontsize=9)
        ax.set(xticks=[], yticks=[])
    for ax in axes.flat[count:]:
        ax.set_visible(False)
    key = [Patch(fc=TONES(number / 2), ec=COLOURS["quiet"], label=name) for number, name in enumerate(names)]
    wrong = Line2D([], [], marker=".", linestyle="", color=COLOURS["second"], label="wrong")
    figure.legend(handles=[*key, wrong], loc="outside lower center", ncols=4, fontsize=8)
    return list(axes.flat[:count])


def plot_scores(scores, measures, columns=2):
    """Draw the mean and interval of some measures, one row a schedule. Return the list of Axes.

    Parameters
    ----------
    scores : dict of tuple to dict of (mean, half width)
        As `hdclib.trained` returns them.
    measures : dict of str to str
        Titles by name of the measure.
    """
    rows = -(-len(measures) // columns)
    _, axes = plt.subplots(rows, columns, figsize=(7.6, 2.5 * rows), layout="constrained", squeeze=False, sharey=True)
    names = [", ".join(map(str, dilations)) for dilations in scores]
    place = np.arange(len(names))
    for ax, (measure, title) in zip(axes.flat, measures.items(), strict=True):
        means, widths = zip(*(found[measure] for found in scores.values()), strict=True)
        ax.errorbar(means, place, xerr=widths, fmt="o", color=COLOURS["tap"], markersize=4, capsize=3)
        ax.set_title(title, fontsize=10, loc="left")
        ax.set_yticks(place, names)
        ax.locator_params(axis="x", nbins=5)
        ax.grid(axis="x", color=COLOURS["line"], linewidth=0.6)
    axes[0, 0].invert_yaxis()
    for ax in axes[:, 0]:
        ax.set_ylabel("dilations")
    return list(axes.flat)


def plot_factor(series, levels, ax=None, title=None, ylabel=None):
    """Draw how a measure changes along a factor, one line a schedule. Return the Axes.

    Parameters
    ----------
    series : dict of str to list of (mean, half width)
        One pair a level, by name of the schedule.
    levels : list of str
    """
    if ax is None:
        _, ax = plt.subplots(layout="constrained")
    place = np.arange(len(levels))
    for number, (name, pairs) in enumerate(series.items()):
        means, widths = zip(*pairs, strict=True)
        style = {"marker": MARKS[number % len(MARKS)], "color": SERIES[number % len(SERIES)], "markersize": 5}
        ax.errorbar(place, means, yerr=widths, label=name, linewidth=1.2, capsize=2, **style)
    ax.set_xticks(place, levels)
    ax.set(xlim=(-0.3, len(levels) - 0.7), ylabel=ylabel or "")
    ax.set_title(title or "", fontsize=10, loc="left")
    return ax


def plot_factors(panels, ylabel):
    """Draw one panel a factor with a common scale and one legend. Return the list of Axes.

    Parameters
    ----------
    panels : dict of str to (list of str, dict of str to list of (mean, half width))
        Levels and series of each factor, by its title.
    ylabel : str
    """
    figure, axes = plt.subplots(1, len(panels), figsize=(7.6, 3.3), layout="constrained", sharey=True, squeeze=False)
    for ax, (title, (levels, series)) in zip(axes[0], panels.items(), strict=True):
        plot_factor(series, levels, ax=ax, title=title)
    axes[0, 0].set_ylabel(ylabel)
    lines, names = axes[0, 0].get_legend_handles_labels()
    look = {"ncols": len(names), "fontsize": 8, "handletextpad": 0.3, "title": "dilations", "title_fontsize": 8}
    figure.legend(lines, names, loc="outside lower center", **look)
    return list(axes[0])


def plot_marks(rows, names, xlabel):
    """Draw some numbers of each schedule in one row, joined by a line. Return the Axes.

    Parameters
    ----------
    rows : dict of str to sequence of float
        One number a name, by schedule.
    names : sequence of str
        What the numbers are; the first, drawn as a bar, is what theory says.
    xlabel : str
    """
    _, ax = plt.subplots(figsize=(7.2, 0.34 * len(rows) + 0.8), layout="constrained")
    place = np.arange(len(rows))
    values = np.array(list(rows.values()))
    ax.hlines(place, values.min(axis=1), values.max(axis=1), color=COLOURS["line"], linewidth=2)
    styles = ("|", COLOURS["hole"], 15), ("s", COLOURS["quiet"], 5), ("o", COLOURS["tap"], 6)
    for name, numbers, (marker, colour, size) in zip(names, values.T, styles, strict=True):
        ax.plot(numbers, place, marker, color=colour, markersize=size, markeredgewidth=2, label=name)
    ax.set_yticks(place, list(rows))
    ax.invert_yaxis()
    ax.set(xlabel=xlabel, ylabel="dilations")
    ax.figure.legend(loc="outside upper center", ncols=len(names), fontsize=9)
    return ax
