"""Figures of the chapter on rules and truth: tables of a survey, and copies of a run. They draw what they are given."""

import matplotlib.pyplot as plt
import numpy as np

from hdclib.figures import COLOURS

RIGHT, WRONG = "#dcebf5", COLOURS["hole-ground"]


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
    rows = -(-len(surveys) // 2)
    _, axes = plt.subplots(rows, 2, figsize=(5.6, 1.9 * rows), layout="constrained", squeeze=False)
    for number, (ax, found, title) in enumerate(zip(axes.flat, surveys, titles, strict=False)):
        cells = (found.right_acceptances, found.false_acceptances), (found.false_rejections, found.right_rejections)
        for (row, column), count in np.ndenumerate(cells):
            _write_verdict(ax, row, column, int(count), row == column)
        ax.set(xlim=(-0.5, 1.5), ylim=(1.5, -0.5), title=title)
        ax.set_xticks([0, 1], ["no holes", "holes"])
        ax.set_yticks([0, 1], ["accepted", "rejected"] if number % 2 == 0 else ["", ""])
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)
    for ax in axes.flat[len(surveys) :]:
        ax.set_visible(False)
    return list(axes.flat[: len(surveys)])


def _write_verdict(ax, row, column, count, agrees):
    """One cell: its ground, its sign and its number."""
    mistaken = not agrees and count > 0
    ax.add_patch(plt.Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, color=WRONG if mistaken else RIGHT))
    ink = COLOURS["hole"] if mistaken else "black"
    ax.text(column, row, f"{count:,}", ha="center", va="center", color=ink, weight="bold" if mistaken else "normal")
    sign = "✗" if mistaken else "✓"
    ax.text(column + 0.42, row - 0.28, sign, ha="right", va="center", color=ink, family="DejaVu Sans")


def plot_copies(steps, labels):
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
    _, ax = plt.subplots(figsize=(6, 0.6 + 0.9 * len(steps)), layout="constrained")
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
