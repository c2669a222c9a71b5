"""Figures of sizes, fields and steps along a network. Each draws the numbers it is given and returns its Axes."""

import matplotlib.pyplot as plt
import numpy as np

from hdclib.figures import COLOURS

SIGNS = "os^D"  # one a curve, so that curves are told apart without colour


def plot_layer_table(rows):
    """Draw output size and receptive field after every layer of a network. Return both Axes.

    Parameters
    ----------
    rows : list of LayerRow
        As `layer_table` returns them.
    """
    _, axes = plt.subplots(2, 1, figsize=(7.2, 4.6), sharex=True, layout="constrained")
    place = np.arange(len(rows))
    pools = np.array([row.name.startswith("pool") for row in rows])
    sizes, fields = [row.size for row in rows], [row.field for row in rows]
    for ax, numbers, label in zip(axes, (sizes, fields), ("output size", "receptive field"), strict=True):
        ax.bar(place[~pools], np.array(numbers)[~pools], color=COLOURS["tap"], label="convolution")
        ax.bar(place[pools], np.array(numbers)[pools], color=COLOURS["second"], hatch="//", label="pool")
        for at, number in zip(place, numbers, strict=True):
            ax.annotate(str(number), (at, number), xytext=(0, 2), textcoords="offset points", ha="center", fontsize=8)
        ax.set_ylabel(f"{label}, pixels")
        ax.margins(y=0.12)
    axes[0].legend()
    axes[1].set_xticks(place, [row.name for row in rows], rotation=60, ha="right", rotation_mode="anchor", fontsize=8)
    return axes


def plot_growth(curves, names, ylabel, ends=True, ax=None):
    """Draw one curve a list of numbers, each with its own sign. Return the Axes.

    Parameters
    ----------
    curves : dict of str to list of numbers
        Label and numbers, at most 4, all of one length.
    names : list of str
        What stands below each number.
    ylabel : str
    ends : bool
        Whether to write the last number of each curve at its end.
    ax : matplotlib Axes, optional
    """
    if ax is None:
        _, ax = plt.subplots(layout="constrained")
    colours = COLOURS["tap"], COLOURS["second"], COLOURS["both"], COLOURS["quiet"]
    for (label, numbers), colour, sign in zip(curves.items(), colours, SIGNS, strict=False):
        ax.plot(numbers, f"{sign}-", color=colour, markersize=4, linewidth=1.2, label=label)
        if ends:
            end = len(numbers) - 1, numbers[-1]
            ax.annotate(f"{numbers[-1]:g}", end, xytext=(6, 0), textcoords="offset points", va="center", color=colour)
    ax.set_xticks(range(len(names)), names, rotation=60, ha="right", rotation_mode="anchor", fontsize=8)
    ax.set_ylabel(ylabel)
    ax.legend()
    return ax


def plot_windows(windows, labels, colours=None, ax=None):
    """Draw what each output reads as a row of dots, the first output on top. Return the Axes.

    Parameters
    ----------
    windows : list of sequences of int
        Input positions, an output a row.
    labels : list of str
    colours : list of str, optional
        Roles in `COLOURS`, a row each; "tap" if left out.
    ax : matplotlib Axes, optional
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(7.2, 0.5 + 0.32 * len(windows)), layout="constrained")
    for row, positions in enumerate(windows):
        role = colours[row] if colours else "tap"
        ax.hlines(-row, min(positions), max(positions), color=COLOURS["line"], linewidth=1, zorder=0)
        ax.plot(positions, [-row] * len(positions), "s" if role == "tap" else "o", color=COLOURS[role], markersize=6)
    ax.set_yticks([-row for row in range(len(windows))], labels)
    ax.set_xlabel("input sample")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return ax
