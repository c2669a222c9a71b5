"""Figures of window positions and of spreading inputs. Each draws the numbers it is given and returns its Axes."""

import matplotlib as mpl
from matplotlib.patches import Rectangle

from hdclib.figures import COLOURS, is_narrow, panels, single

PAPER = "#eef3f7"  # an input cell
HATCH = "////"  # padding


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


def plot_positions(size, lines, ax=None):
    """Draw a line of samples and under it where the outputs of each way of enlarging it lie. Return the Axes.

    Parameters
    ----------
    size : int
        Input samples.
    lines : dict of str to sequence of float
        The positions of the outputs, in input samples, under a name of one short word.
    ax : matplotlib Axes, optional
    """
    apart = 3  # so that the outputs between two samples have room
    ax = _stage(0, apart * (size - 1), len(lines), ax, None)
    for at in range(size):
        _cell(ax, apart * at, at)
    for row, (name, positions) in enumerate(lines.items(), 1):
        _taps(ax, row, [apart * at for at in positions], name, 0)
    return ax


def stack_axes(rows, height=2.9):
    """Return Axes under each other, for pictures of windows that are to be compared; in a narrow style less high."""
    return panels(rows, columns=1, height=height, width=7.2, narrow_height=1.7)


def _stage(low, high, rows, ax, title):
    """An empty stage with one column a position and one row a window, the line of samples on top."""
    across, down = (low - 2.6, high + 0.7), (rows + 0.6, -0.7)
    if ax is None:
        width = mpl.rcParams["figure.figsize"][0]
        ax = single(width, width * (down[0] - down[1]) / (across[1] - across[0]) + 0.1)
    ax.set(xlim=across, ylim=down, aspect="equal", xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.set_title(title or "", loc="left", size=10 if is_narrow() else 11)
    return ax


def _cell(ax, at, text, padding=False, crossed=False):
    """One sample: filled, or framed where it is padding or cut off, or with a cross."""
    face = "white" if padding else COLOURS["hole-ground"] if crossed else "#dcebf5"
    ax.add_patch(Rectangle((at - 0.46, -0.46), 0.92, 0.92, facecolor=face, edgecolor=COLOURS["line"], linewidth=0.8))
    if crossed:
        ax.plot(at, 0, "x", color=COLOURS["hole"], markersize=6, markeredgewidth=1.5)
    else:
        look = {"size": 8 if is_narrow() else 11, "color": COLOURS["quiet"] if padding else "black"}
        ax.text(at, 0, str(text), ha="center", va="center", **look)


def _taps(ax, row, taps, label, low, hollow=()):
    """One window: a dot a tap, hollow where it reads padding, joined by a line."""
    ax.text(low - 0.8, row, label, ha="right", va="center", size=8 if is_narrow() else 11, color=COLOURS["quiet"])
    ax.plot([taps[0], taps[-1]], [row, row], color=COLOURS["tap"], linewidth=1.2)
    for at in taps:
        face = "white" if at in hollow else COLOURS["tap"]
        size = 7 if is_narrow() else 10
        ax.plot(at, row, "o", markersize=size, markerfacecolor=face, markeredgecolor=COLOURS["tap"])


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
        ax = single(3.4, 3.4)
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


def plot_tap_panels(each, padding=0):
    """Draw several `plot_taps` side by side. Return the list of Axes.

    Parameters
    ----------
    each : list of dict
        Arguments of `plot_taps`.
    padding : int
        Rings of padding, the same for all.
    """
    axes = panels(len(each), height=7.4 / len(each) + 0.3, width=7.4)
    for ax, panel in zip(axes, each, strict=True):
        plot_taps(ax=ax, padding=padding, **panel)
    return axes


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
        ax = single(6.4, 0.62 * (len(rows) + 1))
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
        ax = single()
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


def plot_read_panels(titled, size):
    """Draw several `plot_reads` side by side; `titled` holds (title, reads). Return the list of Axes."""
    axes = panels(len(titled), height=3, sharey=True)
    for ax, (title, reads) in zip(axes, titled, strict=True):
        plot_reads(reads, size, ax=ax, title=title)
        ax.label_outer()
    low = min(ax.get_xlim()[0] for ax in axes)
    high = max(ax.get_xlim()[1] for ax in axes)
    for ax in axes:
        ax.set_xlim(low, high)
    return axes


def _padding_style():
    return {"facecolor": "white", "edgecolor": COLOURS["line"], "hatch": HATCH, "linewidth": 0}


def _numbered(ax, x, y, number, filled):
    """One tap: filled on an input, outlined on padding."""
    face = COLOURS["tap"] if filled else "white"
    ax.add_patch(Rectangle((x - 0.4, y - 0.4), 0.8, 0.8, facecolor=face, edgecolor=COLOURS["tap"], linewidth=1.2))
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
