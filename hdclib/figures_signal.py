"""Figures of the signal view: small pictures, frequency responses and bells. They draw the numbers they are given."""

import matplotlib.pyplot as plt
import numpy as np

from hdclib.figures import COLOURS, USAGE


def plot_pictures(images, titles, columns=4, low=0.0, high=1.0):
    """Draw small pictures side by side on one grey scale. Return the list of Axes.

    Parameters
    ----------
    images : sequence of array of float, shape (rows, columns)
    titles : sequence of str
    columns : int
        Pictures in a row.
    low, high : float
        Values drawn lightest and darkest; what lies beyond is cut off in the drawing only.
    """
    rows = -(-len(images) // columns)
    width = 7.6 / columns
    _, axes = plt.subplots(rows, columns, figsize=(7.6, (width + 0.28) * rows), layout="constrained", squeeze=False)
    for ax, image, title in zip(axes.flat, images, titles, strict=False):
        ax.imshow(image, cmap=USAGE, vmin=low, vmax=high, interpolation="nearest")
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, fontsize=9)
        for spine in ax.spines.values():
            spine.set(visible=True, color=COLOURS["line"])
    for ax in axes.flat[len(images) :]:
        ax.set_visible(False)
    return list(axes.flat[: len(images)])


def plot_responses(frequencies, responses, titles, steps, columns=3):
    """Draw one frequency response a panel, with a dashed line where a common divisor makes it start again.

    Parameters
    ----------
    frequencies : array of float
        In cycles per sample, from 0 to 1.
    responses : sequence of array of float
        Gains at `frequencies`; their size is drawn.
    titles : sequence of str
    steps : sequence of int
        The common divisor of each stack.
    columns : int

    Returns
    -------
    axes : list of Axes
    """
    rows = -(-len(responses) // columns)
    _, axes = plt.subplots(
        rows, columns, figsize=(7.6, 1.75 * rows + 0.3), layout="constrained", squeeze=False, sharex=True, sharey=True
    )
    for ax, response, title, step in zip(axes.flat, responses, titles, steps, strict=False):
        ax.axvspan(0.5, 1, color=COLOURS["line"], alpha=0.35, linewidth=0)
        ax.plot(frequencies, np.abs(response), color=COLOURS["tap"])
        for part in range(1, step):
            ax.axvline(part / step, color=COLOURS["hole"], linestyle="--")
            ax.text(part / step, 1.06, f"{part}/{step}", color=COLOURS["hole"], ha="center", va="bottom", fontsize=9)
        ax.set_title(title, fontsize=10, loc="left")
        ax.set(xlim=(0, 1), ylim=(0, 1.05), xticks=[0, 0.25, 0.5, 0.75, 1])
    for ax in axes[-1]:
        ax.set_xlabel("cycles per sample")
    for ax in axes[:, 0]:
        ax.set_ylabel("gain")
    return list(axes.flat[: len(responses)])


def plot_bells(weights, bells, titles, columns=3):
    """Draw the weights of some stacks as bars and the matching bell of each as a line. Return the list of Axes."""
    rows = -(-len(weights) // columns)
    _, axes = plt.subplots(rows, columns, figsize=(7.6, 1.9 * rows), layout="constrained", squeeze=False)
    for ax, bars, bell, title in zip(axes.flat, weights, bells, titles, strict=False):
        position = np.arange(len(bars)) - (len(bars) - 1) / 2
        ax.bar(position, bars, width=1.0 if len(bars) > 60 else 0.85, color=COLOURS["tap"], label="weight")
        ax.plot(position, bell, color=COLOURS["second"], linewidth=2.2, label="bell")
        ax.set_title(title, fontsize=10, loc="left")
        ax.set(yticks=[], xlim=(position[0] - 1, position[-1] + 1))
        ax.spines["left"].set_visible(False)
    axes[0, 0].legend(fontsize=8, loc="upper right", handlelength=1.2, borderaxespad=0)
    for ax in axes[-1]:
        ax.set_xlabel("sample")
    return list(axes.flat[: len(weights)])
