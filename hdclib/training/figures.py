"""Figures of the trained networks: label pictures with their errors, scores with intervals, theory beside them."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from hdclib.figures import COLOURS, USAGE, folded, is_narrow, panels, single

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
    shown = {"input": given, "truth": truth, **predicted}
    rows, width = -(-len(shown) // columns), 7.6 / columns
    axes = panels(len(shown), columns, height=width + 0.28 + 0.3 / rows, narrow_columns=2, narrow_height=2.2)
    for ax, (title, image) in zip(axes, shown.items(), strict=True):
        low, high = (-2.5, 2.5) if title == "input" else (0, 2)
        ax.imshow(image, cmap=TONES, vmin=low, vmax=high, interpolation="nearest")
        if title in predicted:
            row, column = np.nonzero(image != truth)
            ax.plot(column, row, ".", color=COLOURS["second"], markersize=100 * width / len(image) * 0.38)
        ax.set_title(title, fontsize=9)
        ax.set(xticks=[], yticks=[])
    key = [Patch(fc=TONES(number / 2), ec=COLOURS["quiet"], label=name) for number, name in enumerate(names)]
    wrong = Line2D([], [], marker=".", linestyle="", color=COLOURS["second"], label="wrong")
    axes[0].figure.legend(handles=[*key, wrong], loc="outside lower center", ncols=4, fontsize=8)
    return axes


def plot_scores(seeds, scores, measures, columns=2):
    """Draw some measures, one row a schedule: a dot a seed, the mean and its interval. Return the list of Axes.

    Parameters
    ----------
    seeds : dict of str to dict of tuple to sequence of float
        By measure and schedule, as `hdclib.training.seeds` returns them.
    scores : dict of tuple to dict of (mean, half width)
        As `hdclib.training.scores` returns them.
    measures : dict of str to str
        Titles by name of the measure.
    columns : int
        Panels in a row.
    """
    axes = panels(len(measures), columns, height=0.25 * len(scores) + 0.6, narrow_columns=1, sharey=True)
    names = [", ".join(map(str, dilations)) for dilations in scores]
    for ax, (measure, title) in zip(axes, measures.items(), strict=True):
        rows = {
            name: (seeds[measure][dilations], found[measure])
            for name, (dilations, found) in zip(names, scores.items(), strict=True)
        }
        _draw_rows(ax, rows)
        ax.set_title(title, fontsize=10, loc="left")
        ax.set_ylabel("dilations" if ax.get_subplotspec().is_first_col() else "")
    axes[0].invert_yaxis()
    return axes


def plot_differences(rows, xlabel, ylabel="condition"):
    """Draw differences between two schedules: a dot a seed, the mean and its interval; return the Axes.

    Parameters
    ----------
    rows : dict of str to (sequence of float, (mean, half width))
        The seeds' differences and what they come to, by name.
    xlabel : str
        What is subtracted from what.
    ylabel : str
    """
    ax = single(7.2, 0.34 * len(rows) + 0.8)
    ax.axvline(0, color=COLOURS["quiet"], linewidth=1)
    _draw_rows(ax, rows)
    ax.invert_yaxis()
    ax.set(xlabel=folded(xlabel, 30), ylabel=ylabel)
    return ax


def plot_places(groups, xlabel, ylabel, named_from):
    """Draw schedules as marks in a plane, a kind of mark a group; return the Axes.

    Parameters
    ----------
    groups : dict of str to dict of str to (float, float)
        By the group's name in the legend: place of each schedule, by its own name.
    xlabel, ylabel : str
    named_from : float
        From this x on marks have their names beside them, or above or below where one stands at the right; before
        it they lie too close, and only the highest has its name.
    """
    ax = single(7.2, 3.4)
    for (name, places), mark, colour in zip(groups.items(), MARKS, SERIES, strict=False):
        ax.plot(*zip(*places.values(), strict=True), mark, color=colour, markersize=7, label=folded(name, 30))
    marks = sorted((place, label) for places in groups.values() for label, place in places.items())
    heights = [y for (_, y), _ in marks]
    named = [(label, (x, y)) for (x, y), label in marks if x >= named_from or y == max(heights)]
    _name(named, np.ptp(heights), ax)
    ax.margins(x=0.14 if is_narrow() else 0.08)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), fontsize=8)  # above: a mark among its own would be a mark
    return ax


def _name(marks, height, ax):
    """Write names at marks, from left to right: at the right, or if a mark stands there on the side away from it."""
    room = 0.2 if is_narrow() else 0.09  # for a name, in units of x
    for number, (label, (x, y)) in enumerate(marks):
        near = [other for _, (at, other) in marks[number + 1 :] if abs(other - y) < 0.1 * height and at - x < room]
        shift, side = ((0, 7 if y >= near[0] else -13), "center") if near else ((7, -3), "left")
        ax.annotate(label, (x, y), shift, textcoords="offset points", fontsize=8, ha=side)


def _draw_rows(ax, rows):
    """A row a name: the seeds as dots under a line, on which the mean and its interval stand."""
    place = np.arange(len(rows))
    for y, (values, _) in zip(place, rows.values(), strict=True):
        ax.plot(values, np.full(len(values), y + 0.22), "o", color=COLOURS["quiet"], markersize=3, alpha=0.55)
    means, widths = zip(*(pair for _, pair in rows.values()), strict=True)
    ax.errorbar(means, place, xerr=widths, fmt="D", color=COLOURS["tap"], markersize=4, capsize=3)
    ax.set_yticks(place, [folded(name, 17) for name in rows])
    ax.locator_params(axis="x", nbins=4 if is_narrow() else 5)
    ax.grid(axis="x", color=COLOURS["line"], linewidth=0.6)


def plot_factor(series, levels, ax=None, title=None, ylabel=None, limits=None):
    """Draw a measure at the levels of a factor: a dot a seed, the mean and its interval. Return the Axes.

    Levels are categories: nothing joins them. The schedules stand side by side in each.

    Parameters
    ----------
    series : dict of str to list of (sequence of float, (mean, half width))
        One pair a level, by name of the schedule; None where it was not trained.
    levels : list of str
    ax : Axes, optional
    title, ylabel : str, optional
    limits : (float, float), optional
        Of the axis; an arrow at its lower edge stands for each seed below, and longer intervals are cut.
    """
    if ax is None:
        ax = single()
    low = limits[0] if limits else -np.inf
    for number, (name, found) in enumerate(series.items()):
        offset = 0.8 * ((number + 0.5) / len(series) - 0.5)
        _draw_level(ax, [(at + offset, *one) for at, one in enumerate(found) if one is not None], name, number, low)
    for between in range(1, len(levels)):
        ax.axvline(between - 0.5, color=COLOURS["line"], linewidth=0.8)
    ax.set_xticks(np.arange(len(levels)), [folded(level, 8) for level in levels])
    ax.set(xlim=(-0.5, len(levels) - 0.5), ylim=limits, ylabel=ylabel or "")
    ax.set_title(folded(title or "", 40), fontsize=10, loc="left")
    return ax


def _draw_level(ax, found, name, number, low):
    """One schedule: at each place its seeds, an arrow for each below `low`, their mean and its interval."""
    colour = SERIES[number % len(SERIES)]
    for place, values, _ in found:
        shown = [value for value in values if value >= low]
        ax.plot(np.full(len(shown), place + 0.04), shown, "o", color=colour, markersize=2.5, alpha=0.45)
        below = place + 0.04 * np.arange(1, len(values) - len(shown) + 1)
        edge = {"transform": ax.get_xaxis_transform(), "markersize": 8, "linestyle": ""}
        ax.plot(below, np.full(len(below), 0.04), marker=r"$\downarrow$", color=colour, **edge)
    places, means, widths = zip(*((place, *pair) for place, _, pair in found), strict=True)
    style = {"marker": MARKS[number % len(MARKS)], "color": colour, "markersize": 5, "linestyle": ""}
    ax.errorbar(places, means, yerr=widths, label=name, capsize=2, **style)


def plot_factors(factors, ylabel, limits=None):
    """Draw one panel a factor with a common scale and one legend. Return the list of Axes.

    Parameters
    ----------
    factors : dict of str to (list of str, dict of str to list)
        Levels and series of each factor, as `plot_factor` takes them, by its title.
    ylabel : str
    limits : (float, float), optional
        As of `plot_factor`.
    """
    axes = panels(len(factors), height=3.6, sharey=True)
    for ax, (title, (levels, series)) in zip(axes, factors.items(), strict=True):
        plot_factor(series, levels, ax=ax, title=title, limits=limits)
    axes[0].set_ylabel(ylabel)
    lines, names = axes[0].get_legend_handles_labels()
    look = {"fontsize": 8, "handletextpad": 0.3, "title": "dilations", "title_fontsize": 8}
    columns = 3 if is_narrow() else len(names)
    axes[0].figure.legend(lines, names, loc="outside lower center", ncols=columns, **look)
    return axes


def plot_tasks(tasks, stacks, ylabel):
    """Draw scores of the same stacks in several tasks, a panel a task, each with a scale of its own.

    A dot is a seed, a bar their mean. Stacks with holes stand at the right, behind a line, with crosses.

    Parameters
    ----------
    tasks : dict of str to dict of str to sequence of float
        For each task a score a seed, by the label of a stack; a stack that is missing was not trained there.
    stacks : dict of str to bool
        The labels in order, and whether the stack has holes.
    ylabel : str

    Returns
    -------
    axes : list of Axes
    """
    labels = sorted(stacks, key=stacks.get)  # stable: otherwise as given
    ticks = [label.replace(", ", ",") for label in labels] if is_narrow() else labels  # else they touch
    axes = panels(len(tasks), columns=2, height=2.6, narrow_columns=1)
    for ax, (title, scores) in zip(axes, tasks.items(), strict=True):
        for label, values in scores.items():
            colour, mark = (SERIES[1], "x") if stacks[label] else (SERIES[0], "o")
            place = labels.index(label)
            ax.plot(np.full(len(values), place), values, mark, color=colour, markersize=4, alpha=0.6)
            ax.plot([place - 0.3, place + 0.3], [np.mean(values)] * 2, color=colour, linewidth=2)
        if any(stacks.values()):
            ax.axvline(len(stacks) - sum(stacks.values()) - 0.5, color=COLOURS["line"], linewidth=0.8)
        ax.set_xticks(range(len(labels)), ticks, fontsize=8)
        ax.set(xlim=(-0.5, len(labels) - 0.5), ylabel=ylabel)
        ax.set_title(title, fontsize=10, loc="left")
    return axes


def plot_marks(rows, names, xlabel):
    """Draw some numbers of each schedule in one row, joined by a line. Return the Axes.

    Parameters
    ----------
    rows : dict of str to sequence of float
        One number a name, by schedule.
    names : sequence of str, length 2 or 3
        What the numbers are; the first, drawn as a bar, is what theory says, the last, a dot, what was found.
    xlabel : str
    """
    ax = single(7.2, 0.34 * len(rows) + 0.8)
    place = np.arange(len(rows))
    values = np.array(list(rows.values()))
    ax.hlines(place, values.min(axis=1), values.max(axis=1), color=COLOURS["line"], linewidth=2)
    styles = ("|", COLOURS["hole"], 15), ("s", COLOURS["quiet"], 5), ("o", COLOURS["tap"], 6)
    for name, numbers, (marker, colour, size) in zip(names, values.T, styles[:: 4 - len(names)], strict=True):
        ax.plot(numbers, place, marker, color=colour, markersize=size, markeredgewidth=2, label=name)
    ax.set_yticks(place, list(rows))
    ax.invert_yaxis()
    ax.set(xlabel=xlabel, ylabel="dilations")
    ax.figure.legend(loc="outside upper center", ncols=2 if is_narrow() else len(names), fontsize=9)
    return ax
