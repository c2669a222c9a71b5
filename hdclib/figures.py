"""Figures of the book. Each draws the numbers it is given and returns its Axes: no maths, no global state."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_rgb

COLOURS = {
    "tap": "#0072b2",
    "second": "#e69f00",
    "both": "#009e73",
    "hole": "#b34700",
    "hole-ground": "#fdeee2",
    "quiet": "#57606a",
    "line": "#c9d1d9",
}  # by role; told apart by shape or word as well
USAGE = LinearSegmentedColormap.from_list("usage", ["#dcebf5", "#00517f"])


def book_style(seed=0):
    """Set the look of the book's figures and seed numpy's legacy generator. Every notebook calls it once.

    Parameters
    ----------
    seed : int
        Seed of ``numpy.random.seed``; own generators are seeded where they are made.
    """
    np.random.seed(seed)
    mpl.rcParams.update(
        {
            "figure.figsize": (7.2, 3.2),
            "figure.dpi": 144,
            "savefig.dpi": "figure",
            "font.size": 10,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 11,
            "legend.frameon": False,
        }
    )


def plot_tap_counts(counts, ax=None):
    """Draw one bar per input sample and a cross on every hole. Return the Axes."""
    if ax is None:
        _, ax = plt.subplots(layout="constrained")
    counts = np.asarray(counts)
    position, empty = np.arange(len(counts)), counts == 0
    ax.bar(position, counts.astype(float), color=COLOURS["tap"], label="paths")
    if empty.any():
        ax.plot(position[empty], np.zeros(empty.sum()), "x", color=COLOURS["hole"], label="hole", clip_on=False)
        ax.legend()
    ax.set(xlabel="input sample", ylabel="paths to the output")
    return ax


def plot_usage_map(counts, ax=None, title=None, window=None):
    """Draw a usage map with every count in its cell and a cross on every hole. Return the Axes.

    Parameters
    ----------
    counts : array of int, shape (rows, columns)
    ax : matplotlib Axes, optional
    title : str, optional
    window : int, optional
        Cells along each side of the picture, so that maps of different size share a scale.
    """
    counts = np.asarray(counts)
    if ax is None:
        _, ax = plt.subplots(figsize=(5.2, 5.2), layout="constrained")
    rows, columns = counts.shape
    cell = ax.get_window_extent().width / ax.figure.dpi * 72 / max(columns, window or 0)  # in points
    shown = np.ma.masked_equal(np.sqrt(counts.astype(float)), 0)
    cmap = USAGE.with_extremes(bad=COLOURS["hole-ground"])
    edges = np.arange(columns + 1) - 0.5, np.arange(rows + 1) - 0.5
    ax.pcolormesh(*edges, shown.filled(np.nan), cmap=cmap, vmin=0, edgecolors="white", linewidth=min(0.6, 0.05 * cell))
    ax.set_aspect("equal")
    for (row, column), count in np.ndenumerate(counts):
        _write_cell(ax, row, column, int(count), counts.max(), cell)
    ax.set_xticks([])
    ax.set_yticks([])
    _frame(ax, rows, columns, window)
    ax.set_title(title or "")
    return ax


def plot_usage_maps(maps, titles, columns=3):
    """Draw several usage maps side by side on one scale of cells. Return the list of Axes."""
    rows = -(-len(maps) // columns)
    _, axes = plt.subplots(rows, columns, figsize=(7.6, 8.2 / columns * rows), layout="constrained", squeeze=False)
    window = max(max(np.asarray(counts).shape) for counts in maps)
    for ax, counts, title in zip(axes.flat, maps, titles, strict=False):
        plot_usage_map(counts, ax=ax, title=title, window=window)
    for ax in axes.flat[len(maps) :]:
        ax.set_visible(False)
    return list(axes.flat[: len(maps)])


def ink_on(ground):
    """Return "black" or "white", whichever stands out more from a colour: at least 4.58 to 1, as WCAG 2.2 counts.

    Parameters
    ----------
    ground : any colour that matplotlib knows

    Returns
    -------
    ink : str
    """
    parts = np.array(to_rgb(ground))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return "black" if linear @ [0.2126, 0.7152, 0.0722] > 0.0525**0.5 - 0.05 else "white"


def _write_cell(ax, row, column, count, top, cell):
    """Write one count, or a cross for none, into a cell of `cell` points; nothing where it would not be legible."""
    points = min(9, 0.7 * cell, 1.35 * cell / len(str(count)))
    if count == 0:
        ax.plot(column, row, "x", color=COLOURS["hole"], markersize=min(5, 0.4 * cell), markeredgewidth=0.8)
    elif points >= 5:
        colour = ink_on(USAGE((count / top) ** 0.5))
        ax.text(column, row, str(count), ha="center", va="center", size=points, color=colour)


def _frame(ax, rows, columns, window):
    """Centre the map in a square of `window` cells, row 0 on top."""
    wide, high = (window, window) if window else (columns, rows)
    ax.set_xlim(columns / 2 - 0.5 - wide / 2, columns / 2 - 0.5 + wide / 2)
    ax.set_ylim(rows / 2 - 0.5 + high / 2, rows / 2 - 0.5 - high / 2)
    for spine in ax.spines.values():
        spine.set_visible(False)
