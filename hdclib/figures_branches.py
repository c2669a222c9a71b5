"""Figures of cascades and branches. Each draws what it is given and returns its Axes."""

import matplotlib.pyplot as plt
import numpy as np

from hdclib.figures import COLOURS

BOX = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": COLOURS["tap"], "linewidth": 1.4}


def plot_joins(names, axes=None):
    """Sketch layers one after the other, side by side, with their outputs added, and with skips. Return the Axes.

    Parameters
    ----------
    names : sequence of str
        What to write into the box of each layer.
    axes : sequence of 4 matplotlib Axes, optional
    """
    if axes is None:
        ratios = {"height_ratios": [2.5, 1.6]}
        _, grid = plt.subplots(2, 2, figsize=(7.4, 3.3), layout="constrained", gridspec_kw=ratios)
        axes = list(grid.flat)
    titles = "cascade", "branches", "cascade, all outputs added", "cascade with skips"
    sketches = _cascade, _branches, _summed, _skips
    for ax, title, sketch in zip(axes, titles, sketches, strict=True):
        low, high = (-1.3, 1.3) if sketch in (_cascade, _branches) else (-0.45, 1.25)
        ax.set(xlim=(-0.6, len(names) + 1.6), ylim=(low, high), title=title)
        ax.axis("off")
        sketch(ax, names)
    return axes


def plot_read_maps(maps, titles, columns=3):
    """Draw which pixels are read, one square each, for maps too wide to hold numbers. Return the list of Axes."""
    rows = -(-len(maps) // columns)
    _, grid = plt.subplots(rows, columns, figsize=(7.6, 2.9 * rows), layout="constrained", squeeze=False)
    for ax, counts, title in zip(grid.flat, maps, titles, strict=False):
        span = len(counts)
        ax.add_patch(plt.Rectangle((-0.5, -0.5), span, span, color=COLOURS["hole-ground"], linewidth=0))
        row, column = np.nonzero(counts)
        for y, x in zip(row, column, strict=True):
            ax.add_patch(plt.Rectangle((x - 0.44, y - 0.44), 0.88, 0.88, color=COLOURS["tap"], linewidth=0))
        ax.set(xlim=(-0.5, span - 0.5), ylim=(span - 0.5, -0.5), aspect="equal", title=title)
        ax.axis("off")
    for ax in grid.flat[len(maps) :]:
        ax.set_visible(False)
    return list(grid.flat[: len(maps)])


def plot_barcodes(labels, lines, notes, half=36, ax=None):
    """Draw what modules read along one axis, a line each, middle under middle. Return the Axes.

    Parameters
    ----------
    labels, notes : sequence of str
        Written left and right of each line.
    lines : sequence of array of int, each of odd length
        Paths from each sample.
    half : int
        Samples shown on each side of the middle; longer lines run out of the picture.
    ax : matplotlib Axes, optional
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(7.4, 0.33 * len(lines) + 0.7), layout="constrained")
    for row, line in enumerate(lines):
        place = np.arange(len(line)) - len(line) // 2
        seen, read = np.abs(place) <= half, np.asarray(line) != 0
        ax.hlines(row, *place[seen][[0, -1]] + np.array([-0.5, 0.5]), color=COLOURS["line"], linewidth=0.8)
        ax.bar(place[seen & read], 0.7, 0.84, row - 0.35, color=COLOURS["tap"], zorder=3)
        ax.plot(place[seen & ~read], np.full((seen & ~read).sum(), row), "x", color=COLOURS["hole"], markersize=2.6)
        ax.text(half + 2, row, notes[row], va="center", size=8.5)
    ax.set_yticks(range(len(lines)), labels, size=8.5)
    ax.set(xlim=(-half - 0.6, half + 0.6), ylim=(len(lines) - 0.4, -0.6), xlabel="samples from the middle")
    ax.spines["left"].set_visible(False)
    ax.tick_params(left=False)
    return ax


def _box(ax, x, y, words):
    ax.text(x, y, words, ha="center", va="center", size=9, bbox=BOX, zorder=3)


def _arrow(ax, start, end, bend=0.0):
    style = {"arrowstyle": "->", "color": COLOURS["quiet"], "linewidth": 1.1, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops={**style, "connectionstyle": f"arc3,rad={bend}"}, zorder=1)


def _plus(ax, x, y):
    ax.text(x, y, "+", ha="center", va="center", size=10, zorder=3,
            bbox={"boxstyle": "circle,pad=0.12", "facecolor": "white", "edgecolor": COLOURS["quiet"]})  # fmt: skip


def _cascade(ax, names):
    _arrow(ax, (-0.5, 0), (len(names) + 1.5, 0))
    for place, words in enumerate(names):
        _box(ax, place + 1, 0, words)


def _branches(ax, names):
    middle, end = (len(names) + 1) / 2, len(names) + 0.8
    for height, words in zip(np.linspace(1, -1, len(names)), names, strict=True):
        _arrow(ax, (0, 0), (middle - 0.2, height))
        _arrow(ax, (middle, height), (end - 0.13, 0.12 * np.sign(height)))
        _box(ax, middle, height, words)
    _plus(ax, end, 0)
    _arrow(ax, (-0.5, 0), (0.02, 0))
    _arrow(ax, (end + 0.15, 0), (len(names) + 1.5, 0))


def _summed(ax, names):
    end = len(names) + 0.9
    _cascade(ax, names)
    for place in range(len(names)):
        _arrow(ax, (place + 0.45, 0), (end - 0.1, 0.14), bend=-0.42)
    _plus(ax, end, 0)


def _skips(ax, names):
    _cascade(ax, names)
    for place in range(len(names)):
        _arrow(ax, (place + 0.58, 0), (place + 1.45, 0.02), bend=-0.95)
