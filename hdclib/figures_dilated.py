"""Figures of the chapter on dilated convolution. Each draws the numbers it is given and returns its Axes."""

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

from hdclib.figures import COLOURS

PAPER = "#eef3f7"  # an input cell
HATCH = "////"  # padding


def plot_taps(rows, columns, shape, ax=None, title=None, padding=0):
    """Draw a kernel on an input: its taps numbered in reading order, its span framed. Return the Axes.

    Parameters
    ----------
    rows, columns : sequence of int
        Input positions under the taps, along each axis.
    shape : (int, int)
        Rows and columns of the input.
    ax : matplotlib Axes, optional
    title : str, optional
    padding : int
        Rings of padding to draw around the input.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(3.4, 3.4), layout="constrained")
    for row in range(-padding, shape[0] + padding):
        for column in range(-padding, shape[1] + padding):
            inside = 0 <= row < shape[0] and 0 <= column < shape[1]
            style = {"facecolor": PAPER, "edgecolor": "white"} if inside else _padding_style()
            ax.add_patch(Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, **style))
    for number, (row, column) in enumerate(((row, column) for row in rows for column in columns), 1):
        inside = 0 <= row < shape[0] and 0 <= column < shape[1]
        _numbered(ax, column, row, number, filled=inside)
    corner = min(columns) - 0.5, min(rows) - 0.5
    spans = max(columns) - min(columns) + 1, max(rows) - min(rows) + 1
    ax.add_patch(Rectangle(corner, *spans, fill=False, edgecolor=COLOURS["tap"], linewidth=1.4))
    _grid_axes(ax, shape, padding, title)
    return ax


def plot_tap_panels(panels, padding=0):
    """Draw several `plot_taps` side by side. Return the list of Axes.

    Parameters
    ----------
    panels : list of dict
        Arguments of `plot_taps`.
    padding : int
        Rings of padding, the same for all.
    """
    _, axes = plt.subplots(1, len(panels), figsize=(7.4, 7.4 / len(panels) + 0.3), layout="constrained", squeeze=False)
    for ax, panel in zip(axes.flat, panels, strict=True):
        plot_taps(ax=ax, padding=padding, **panel)
    return list(axes.flat)


def plot_worked_rows(values, rows, answers, ax=None):
    """Draw a convolution by hand: the input on top, then for each output its weights under what they meet.

    Parameters
    ----------
    values : sequence of int
        The input.
    rows : sequence of {int: int}
        For each output the weight at each input position that it reads.
    answers : sequence of int
        The outputs.
    ax : matplotlib Axes, optional

    Returns
    -------
    ax : matplotlib Axes
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(6.4, 0.62 * (len(rows) + 1)), layout="constrained")
    for position, value in enumerate(values):
        ax.add_patch(Rectangle((position - 0.42, -0.36), 0.84, 0.72, facecolor=PAPER, edgecolor=COLOURS["line"]))
        ax.text(position, 0, str(value), ha="center", va="center", size=12)
    for number, (weights, answer) in enumerate(zip(rows, answers, strict=True), 1):
        ax.hlines(number, min(weights), max(weights), color=COLOURS["tap"], linewidth=1)
        for position, weight in weights.items():
            ax.plot(position, number, "s", color=COLOURS["tap"], markersize=19)
            ax.text(position, number, f"{weight:+d}".replace("-", "−"), ha="center", va="center", color="white")
        ax.text(len(values) + 0.1, number, f"= {answer}".replace("-", "−"), va="center", size=12)
    ax.set(xlim=(-0.7, len(values) + 1), ylim=(len(rows) + 0.5, -0.55), xticks=[])
    ax.set_yticks(range(len(rows) + 1), ["input", *(f"output {index}" for index in range(len(rows)))])
    _bare(ax)
    return ax


def plot_reads(reads, size, ax=None, title=None):
    """Draw which input positions each output reads: a filled mark on the input, an open one in the padding.

    Parameters
    ----------
    reads : sequence of list of int
        For each output the input positions of its taps.
    size : int
        Input samples.
    ax : matplotlib Axes, optional
    title : str, optional

    Returns
    -------
    ax : matplotlib Axes
    """
    if ax is None:
        _, ax = plt.subplots(layout="constrained")
    low, high = min(min(map(min, reads)), 0), max(max(map(max, reads)), size - 1)
    for start, stop in ((low - 0.5, -0.5), (size - 0.5, high + 0.5)):
        if stop > start:
            ax.axvspan(start, stop, facecolor="white", edgecolor=COLOURS["line"], hatch=HATCH, linewidth=0)
    for index, positions in enumerate(reads):
        ax.hlines(index, min(positions), max(positions), color=COLOURS["tap"], linewidth=0.8)
        for position in positions:
            face = COLOURS["tap"] if 0 <= position < size else "white"
            ax.plot(position, index, "s", color=COLOURS["tap"], markersize=6, markerfacecolor=face)
    ax.set(xlabel="input sample", ylabel="output sample", title=title or "")
    ax.set(xticks=range(size), yticks=range(len(reads)), xlim=(low - 0.6, high + 0.6), ylim=(size - 0.4, -0.6))
    return ax


def plot_read_panels(panels, size):
    """Draw several `plot_reads` side by side; `panels` holds (title, reads). Return the list of Axes."""
    _, axes = plt.subplots(1, len(panels), figsize=(7.6, 3), layout="constrained", sharey=True, squeeze=False)
    for ax, (title, reads) in zip(axes.flat, panels, strict=True):
        plot_reads(reads, size, ax=ax, title=title)
        ax.label_outer()
    low = min(ax.get_xlim()[0] for ax in axes.flat)
    high = max(ax.get_xlim()[1] for ax in axes.flat)
    for ax in axes.flat:
        ax.set_xlim(low, high)
    return list(axes.flat)


def _padding_style():
    return {"facecolor": "white", "edgecolor": COLOURS["line"], "hatch": HATCH, "linewidth": 0}


def _numbered(ax, x, y, number, filled):
    """One tap: filled on an input, outlined on padding."""
    style = {"facecolor": COLOURS["tap"] if filled else "white", "edgecolor": COLOURS["tap"], "linewidth": 1.2}
    ax.add_patch(Rectangle((x - 0.4, y - 0.4), 0.8, 0.8, **style))
    ax.text(x, y, str(number), ha="center", va="center", color="white" if filled else "black", size=9, weight="bold")


def _grid_axes(ax, shape, padding, title):
    """Rows downwards, numbered like the input; equal cells."""
    ax.set(xlim=(-padding - 0.6, shape[1] + padding - 0.4), ylim=(shape[0] + padding - 0.4, -padding - 0.6))
    ax.set(xticks=range(shape[1]), yticks=range(shape[0]), title=title or "")
    ax.set_aspect("equal")
    _bare(ax)


def _bare(ax):
    ax.tick_params(length=0, labelsize=9)
    for spine in ax.spines.values():
        spine.set_visible(False)
