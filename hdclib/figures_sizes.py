"""Figures of window positions and of spreading inputs. Each draws the numbers it is given and returns its Axes."""

import matplotlib.pyplot as plt
from matplotlib.patches import Rectangle

from hdclib.figures import COLOURS


def plot_windows(size, windows, before=0, after=0, unread=(), ax=None, title=None, columns=None):
    """Draw a padded line of samples and the taps of each window under it. Return the Axes.

    Parameters
    ----------
    size : int
        Input samples.
    windows : sequence of sequence of int
        The input positions that each window reads, first window first.
    before, after : int
        Zeros in front of the input and behind it, drawn as empty frames.
    unread : sequence of int
        Input samples that get a cross.
    ax : matplotlib Axes, optional
    title : str, optional
    columns : (int, int), optional
        First and last position shown, so that pictures under each other line up.
    """
    low, high = columns or (-before, size + after - 1)
    ax = _stage(low, high, len(windows), ax, title)
    for at in range(-before, size + after):
        _cell(ax, at, at if 0 <= at < size else "", padding=not 0 <= at < size, crossed=at in unread)
    for row, taps in enumerate(windows, 1):
        _taps(ax, row, taps, f"output {row - 1}", low, hollow=[at for at in taps if not 0 <= at < size])
    return ax


def plot_spread(counts, inputs, cut=(0, 0), extra=0, ax=None, title=None):
    """Draw the line that a transposed convolution makes and the taps of each input under it. Return the Axes.

    Parameters
    ----------
    counts : sequence of int
        How many inputs reach each sample of the line, before anything is cut off.
    inputs : sequence of sequence of int
        The positions that each input reaches, first input first.
    cut : (int, int)
        Samples cut off the beginning and the end: drawn empty and struck out.
    extra : int
        Samples of the end that are kept through `output_padding`: drawn with a frame.
    ax : matplotlib Axes, optional
    title : str, optional
    """
    ax = _stage(0, len(counts) - 1, len(inputs), ax, title)
    stop = len(counts) - cut[1]
    for at, count in enumerate(counts):
        gone = not cut[0] <= at < stop
        _cell(ax, at, count, padding=gone, crossed=not gone and count == 0)
        if gone:
            ax.plot([at - 0.45, at + 0.45], [0.45, -0.45], color=COLOURS["quiet"], linewidth=1)
        elif at >= stop - extra:
            ax.add_patch(Rectangle((at - 0.4, -0.4), 0.8, 0.8, fill=False, edgecolor=COLOURS["second"], linewidth=2))
    for row, taps in enumerate(inputs, 1):
        _taps(ax, row, taps, f"input {row - 1}", 0)
    return ax


def stack_axes(rows, height=1.7):
    """Return Axes under each other, for pictures of windows that are to be compared."""
    _, axes = plt.subplots(rows, 1, figsize=(6.4, height * rows), layout="constrained", squeeze=False)
    return list(axes[:, 0])


def _stage(low, high, rows, ax, title):
    """An empty stage with one column a position and one row a window, the line of samples on top."""
    if ax is None:
        _, ax = plt.subplots(figsize=(6.4, 0.5 + 0.3 * rows), layout="constrained")
    ax.set(xlim=(low - 2.6, high + 0.7), ylim=(rows + 0.6, -0.7), aspect="equal", xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_title(title or "", loc="left", size=10)
    return ax


def _cell(ax, at, text, padding=False, crossed=False):
    """One sample: filled, or framed where it is padding or cut off, or with a cross."""
    face = "white" if padding else COLOURS["hole-ground"] if crossed else "#dcebf5"
    ax.add_patch(Rectangle((at - 0.46, -0.46), 0.92, 0.92, facecolor=face, edgecolor=COLOURS["line"], linewidth=0.8))
    if crossed:
        ax.plot(at, 0, "x", color=COLOURS["hole"], markersize=6, markeredgewidth=1.5)
    else:
        ax.text(at, 0, str(text), ha="center", va="center", size=8, color=COLOURS["quiet"] if padding else "black")


def _taps(ax, row, taps, label, low, hollow=()):
    """One window: a dot a tap, hollow where it reads padding, joined by a line."""
    ax.text(low - 0.8, row, label, ha="right", va="center", size=8, color=COLOURS["quiet"])
    ax.plot([taps[0], taps[-1]], [row, row], color=COLOURS["tap"], linewidth=1.2)
    for at in taps:
        face = "white" if at in hollow else COLOURS["tap"]
        ax.plot(at, row, "o", markersize=7, markerfacecolor=face, markeredgecolor=COLOURS["tap"])
