"""Figures of path counts and usage maps. Each draws the numbers it is given and returns its Axes."""

import numpy as np

from hdclib.figures import COLOURS, LEAST_TEXT, USAGE, folded, ink_on, is_narrow, panels, single


def plot_tap_counts(counts, ax=None):
    """Draw one bar per input sample and a cross on every hole. Return the Axes."""
    if ax is None:
        ax = single()
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
        ax = single(5.2, 5.2)
    rows, columns = counts.shape
    cell = _points(ax) / max(columns, window or 0)
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
    window = max(max(np.asarray(counts).shape) for counts in maps)
    axes = _map_panels([len(counts) for counts in maps], columns, window)
    for ax, counts, title in zip(axes, maps, titles, strict=True):
        plot_usage_map(counts, ax=ax, title=title, window=window)
    return axes


def plot_both_directions(convolutions, ax=None):
    """Draw the layers as rows, input below: convolutions lead up, what an output reads leads down. Return the Axes.

    Parameters
    ----------
    convolutions : sequence of str
        What stands beside each arrow up, first convolution first, such as "convolution 1, dilation 2".
    ax : matplotlib Axes, optional
    """
    depth = len(convolutions)
    if ax is None:
        ax = single(6.4, 1.05 * depth + 0.9)
    for layer in range(depth + 1):
        name = "the input" if layer == 0 else "the output" if layer == depth else "a feature map"
        ax.text(0, layer, f"Layer {layer + 1}: {name}", ha="center", va="center", bbox=_ROW, zorder=2)
    for number, words in enumerate(convolutions):
        _arrow(ax, -0.9, number + 0.2, number + 0.8, "tap")
        ax.text(-1.05, number + 0.5, folded(words, 14), ha="right", va="center", color=COLOURS["tap"])
    down = 1.3 if is_narrow() else 1.1
    _arrow(ax, down, depth - 0.1, 0.1, "hole")
    lines = f"what one pixel of Layer {depth + 1} reads:", f"Layer 1, seen from Layer {depth + 1}"
    below = "\n".join(folded(line, 14) for line in lines)
    ax.text(down + 0.15, depth / 2, below, ha="left", va="center", color=COLOURS["hole"])
    ax.set(xlim=(-2.6, 3.1) if is_narrow() else (-3.6, 3.9), ylim=(-0.4, depth + 0.4))
    ax.set_axis_off()
    return ax


_ROW = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": COLOURS["quiet"]}


def _arrow(ax, x, start, stop, role):
    style = {"arrowstyle": "-|>", "color": COLOURS[role], "linewidth": 1.6, "mutation_scale": 14}
    ax.annotate("", xy=(x, stop), xytext=(x, start), arrowprops=style)


def _map_panels(sides, columns, window):
    """Axes for maps of these sides; where they stand one below the other, each is as high as its map."""
    if not is_narrow():
        return panels(len(sides), columns, height=8.2 / columns)
    cell = min(0.21, 3.5 / window)  # inches
    return panels(len(sides), 1, height=0.35 + cell * np.mean(sides), height_ratios=sides)


def _points(ax):
    """The width of an Axes in points; one of a narrow figure reaches from edge to edge."""
    if is_narrow():
        return 0.95 * 72 * ax.figure.get_figwidth()
    return ax.get_window_extent().width / ax.figure.dpi * 72


def _write_cell(ax, row, column, count, top, cell):
    """Write one count, or a cross for none, into a cell of `cell` points; nothing where it would not be legible."""
    points = min(9, 0.75 * cell if is_narrow() else 0.7 * cell, 1.35 * cell / len(str(count)))
    if count == 0:
        ax.plot(column, row, "x", color=COLOURS["hole"], markersize=min(5, 0.4 * cell), markeredgewidth=0.8)
    elif points >= (LEAST_TEXT if is_narrow() else 5):
        colour = ink_on(USAGE((count / top) ** 0.5))
        ax.text(column, row, str(count), ha="center", va="center", size=points, color=colour)


def _frame(ax, rows, columns, window):
    """Centre the map in a square of `window` cells, row 0 on top; in a narrow figure only from side to side."""
    wide, high = (window, rows if is_narrow() else window) if window else (columns, rows)
    ax.set_xlim(columns / 2 - 0.5 - wide / 2, columns / 2 - 0.5 + wide / 2)
    ax.set_ylim(rows / 2 - 0.5 + high / 2, rows / 2 - 0.5 - high / 2)
    for spine in ax.spines.values():
        spine.set_visible(False)
