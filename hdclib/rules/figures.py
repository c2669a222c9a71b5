"""Figures of the chapters on the design rules. Each draws the numbers it is given and returns its Axes."""

import matplotlib.pyplot as plt
import numpy as np

from hdclib.figures import COLOURS, folded, is_narrow, panels, single

RIGHT, WRONG = "#dcebf5", COLOURS["hole-ground"]
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
        ax = single(7.2, 0.3 + 0.62 * len(rows))
    for row, positions in enumerate(rows):
        ax.hlines(-row, low - 0.6, high + 0.6, color=COLOURS["line"], linewidth=0.8, zorder=0)
        ax.plot(positions, [-row] * len(positions), "s", color=COLOURS["tap"], markersize=_side(high - low))
        if row in crossed:
            unread = sorted(set(range(min(positions), max(positions) + 1)) - set(positions))
            ax.plot(unread, [-row] * len(unread), "x", color=COLOURS["hole"], markersize=_side(high - low) * 0.7)
    for row, first, last, words in brackets:
        _bracket(ax, first, last, -row + 0.3, words)
    ax.set_yticks([-row for row in range(len(rows))], [folded(label, 14) for label in labels])
    ax.set(ylim=(-len(rows) + 0.5, 0.85), xlim=(low - 0.8, high + 0.8), xticks=[], title=title or "")
    ax.tick_params(axis="y", length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def plot_strip_panels(strips):
    """Draw several `plot_strips` under each other, on one scale. Return the list of Axes.

    Parameters
    ----------
    strips : list of dict
        Arguments of `plot_strips`.
    """
    heights = [len(strip["rows"]) + 0.9 for strip in strips]
    axes = panels(len(strips), 1, height=0.5 * sum(heights) / len(strips), width=7.2, height_ratios=heights)
    for ax, strip in zip(axes, strips, strict=True):
        plot_strips(ax=ax, **strip)
    reach = max(max(map(max, strip["rows"])) - min(map(min, strip["rows"])) for strip in strips) + 1.6
    for ax in axes:
        middle = sum(ax.get_xlim()) / 2
        ax.set_xlim(middle - reach / 2, middle + reach / 2)
        for line in ax.lines:
            line.set_markersize(_side(reach - 1.6) * (0.7 if line.get_marker() == "x" else 1))
    return axes


def plot_shifted_copies(cases, dilation):
    """Draw patterns and the three copies that a layer makes of each. Return the list of Axes.

    Parameters
    ----------
    cases : list of (title, old, copies, brackets)
        `old` are the positions read before, `copies` the four lists of `hdclib.rules.shifted_copies`, `brackets` as in
        `plot_strips`; row 0 is the old pattern, row 4 the copies together.
    dilation : int
        For the labels only.
    """
    shifts = [f"shifted by −{dilation}", "not shifted", f"shifted by +{dilation}"]
    labels = ["Layer i + 1", *shifts, "Layer i, together"]
    strips = [
        {"rows": [old, *copies], "labels": labels, "brackets": brackets, "crossed": [4], "title": title}
        for title, old, copies, brackets in cases
    ]
    return plot_strip_panels(strips)


def plot_descent(patterns, gaps, title=None, ax=None):
    """Draw what one output reads of each layer's input, the last layer on top. Return the Axes.

    Parameters
    ----------
    patterns : list of array of int
        Counts of each layer, first layer first, as `hdclib.descent_counts` returns them.
    gaps : list of (int, int)
        Two ends of a gap to point out in each layer, as `hdclib.gridding.widest_step` returns them.
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
    top = len(patterns) + 1
    labels = [f"Layer {number}, seen from Layer {top}" for number in numbers]
    return plot_strips(rows, labels, brackets, crossed=range(len(rows)), ax=ax, title=title)


def plot_pairs(pairs, ax=None, title=None):
    """Draw which pairs of layers read without a hole. Return the Axes.

    Parameters
    ----------
    pairs : array of bool, shape (n, n)
        As `hdclib.rules.hole_free_pairs` returns it.
    ax : matplotlib Axes, optional
    title : str, optional
    """
    if ax is None:
        ax = single(4, 4)
    count = len(pairs)
    for first in range(count):
        for last in range(first, count):
            full = bool(pairs[first][last])
            ground = COLOURS["tap"] if full else COLOURS["hole-ground"]
            ax.add_patch(plt.Rectangle((last - 0.46, first - 0.46), 0.92, 0.92, color=ground, linewidth=0))
            sign, colour = ("o", "white") if full else ("x", COLOURS["hole"])
            ax.plot(last, first, sign, color=colour, markersize=5)
    ax.set_xticks(range(count), [str(number + 2) for number in range(count)])
    ax.set_yticks(range(count), [str(number + 1) for number in range(count)])
    ax.set(xlim=(-0.6, count - 0.4), ylim=(count - 0.4, -0.6), title=title or "", aspect="equal")
    ax.set(xlabel="a value of Layer …", ylabel="looks at Layer …")
    return ax


def plot_pair_panels(titled):
    """Draw several `plot_pairs` side by side; `titled` maps a title to its pairs. Return the list of Axes."""
    axes = panels(len(titled))
    for ax, (title, pairs) in zip(axes, titled.items(), strict=True):
        plot_pairs(pairs, ax=ax, title=title)
    return axes


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
        ax = single(7.2, 2.4)
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
        Sub-grid of each pixel, as `hdclib.gridding.sub_grids` returns it; the output's own is 0.
    read : array of bool, the same shape
    ax : matplotlib Axes, optional
    title : str, optional
    """
    if ax is None:
        ax = single(5.2, 5.2)
    rows, columns = np.shape(numbers)
    points = min(9, (182 if is_narrow() else 170) / max(rows, columns))
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


def plot_sub_grid_panels(titled):
    """Draw several `plot_sub_grids` side by side; `titled` maps a title to (numbers, read). Return the Axes."""
    axes = panels(len(titled), height=4.1)
    for ax, (title, (numbers, read)) in zip(axes, titled.items(), strict=True):
        plot_sub_grids(numbers, read, ax=ax, title=title)
    return axes


def _side(reach):
    """Side of a square that fits a row of `reach` samples, in points."""
    return max(2.5, min(9, (150 if is_narrow() else 300) / (reach + 2)))


def _bracket(ax, first, last, height, words):
    """A line with two feet above a row, and words over its middle."""
    ax.plot([first, first, last, last], [height - 0.08, height, height, height - 0.08], color="black", linewidth=1)
    ax.text((first + last) / 2, height + 0.04, words, ha="center", va="bottom", size=9)


def plot_surveys(surveys, titles):
    """Draw one table of four cells for each survey: accepted or rejected, without holes or with.

    Parameters
    ----------
    surveys : sequence of Survey
    titles : sequence of str

    Returns
    -------
    axes : list of Axes
        A check mark stands on cells where rule and truth agree, a cross on those where stacks are judged wrongly.
    """
    axes = panels(len(surveys), columns=2, height=1.9, width=5.6, narrow_columns=1)
    for number, (ax, found, title) in enumerate(zip(axes, surveys, titles, strict=True)):
        cells = (found.right_acceptances, found.false_acceptances), (found.false_rejections, found.right_rejections)
        for (row, column), count in np.ndenumerate(cells):
            _write_verdict(ax, row, column, int(count), row == column)
        ax.set(xlim=(-0.5, 1.5), ylim=(1.5, -0.5), title=title)
        ax.set_xticks([0, 1], ["no holes", "holes"])
        ax.set_yticks([0, 1], ["accepted", "rejected"] if number % 2 == 0 or is_narrow() else ["", ""])
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
    return axes


def _write_verdict(ax, row, column, count, agrees):
    """One cell: its ground, its sign and its number."""
    mistaken = not agrees and count > 0
    ax.add_patch(plt.Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, color=WRONG if mistaken else RIGHT))
    ink = COLOURS["hole"] if mistaken else "black"
    ax.text(column, row, f"{count:,}", ha="center", va="center", color=ink, weight="bold" if mistaken else "normal")
    sign = "✗" if mistaken else "✓"
    ax.text(column + 0.42, row - 0.28, sign, ha="right", va="center", color=ink, family="DejaVu Sans")


def plot_covered_runs(steps, labels):
    """Draw, for each step, the copies of a covered run, what they cover together, and a cross on every sample between.

    Parameters
    ----------
    steps : sequence of ReachStep
        The run is ``step.reach`` samples long; ``step.kernel_size`` copies of it lie ``step.spacing`` apart.
    labels : sequence of str
        Written above each step.

    Returns
    -------
    ax : Axes
    """
    ax = single(6, 0.6 + 0.9 * len(steps))
    for number, (step, label) in enumerate(zip(steps, labels, strict=True)):
        starts = [tap * step.spacing for tap in range(step.kernel_size)]
        base = 3.6 * number
        ax.text(-0.5, base - 0.55, label, ha="left", va="bottom", size=9)
        for tap, start in enumerate(starts):
            _draw_run(ax, start, step.reach, base + 0.9 * (tap % 2), COLOURS["tap" if tap % 2 == 0 else "second"])
        read = {start + offset for start in starts for offset in range(step.reach)}
        holes = sorted(set(range(starts[-1])) - read)
        ax.plot(holes, [base + 0.45] * len(holes), "x", color=COLOURS["hole"], markeredgewidth=1.4)
    ax.set(ylim=(3.6 * len(steps) - 1.2, -1.6), yticks=[], xlabel="input sample, the first one read being 0")
    ax.spines["left"].set_visible(False)
    ax.xaxis.get_major_locator().set_params(integer=True)
    return ax


def _draw_run(ax, start, length, top, colour):
    """One copy of the run, a box for each sample."""
    for sample in range(start, start + length):
        ax.add_patch(plt.Rectangle((sample - 0.46, top - 0.36), 0.92, 0.76, color=colour, linewidth=0))
    ax.plot([start - 0.46, start + length - 0.54], [top + 0.4] * 2, color="black", linewidth=1)
