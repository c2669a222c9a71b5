"""Figures of cascades and branches. Each draws what it is given and returns its Axes."""

import numpy as np
from matplotlib.colors import ListedColormap

from hdclib.figures import COLOURS, folded, is_narrow, panels, single

BOX = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": COLOURS["tap"], "linewidth": 1.4}
READ = ListedColormap([COLOURS["hole-ground"], COLOURS["tap"]])
SIGNS = "os^D"  # one a curve, so that curves are told apart without colour


def plot_joins(names, axes=None):
    """Sketch layers one after the other, side by side, with their outputs added, and with skips. Return the Axes.

    A sign + stands where outputs are added.

    Parameters
    ----------
    names : sequence of str
        What to write into the box of each layer.
    axes : sequence of 4 matplotlib Axes, optional
    """
    if axes is None:
        heights = [2.5, 2.5, 1.6, 1.6] if is_narrow() else [2.5, 1.6]
        axes = panels(4, 2, height=1.65, width=7.4, narrow_columns=1, narrow_height=1.3, height_ratios=heights)
    titles = "cascade", "branches", "cascade, input and all outputs added", "cascade with skips"
    sketches = _cascade, _branches, _summed, _skips
    for ax, title, sketch in zip(axes, titles, sketches, strict=True):
        low, high = (-1.3, 1.3) if sketch in (_cascade, _branches) else (-0.45, 1.25)
        ax.set(xlim=(-0.6, len(names) + 1.6), ylim=(low, high), title=title)
        ax.axis("off")
        sketch(ax, names)
    return axes


def plot_read_maps(maps, titles, columns=3):
    """Draw which pixels are read, for maps too wide to hold numbers. Return the list of Axes."""
    axes = panels(len(maps), columns, narrow_height=2.1)
    for ax, counts, title in zip(axes, maps, titles, strict=True):
        span = len(counts)
        ax.imshow(np.asarray(counts) > 0, cmap=READ, vmin=0, vmax=1, interpolation="nearest")
        ax.set(xlim=(-0.5, span - 0.5), ylim=(span - 0.5, -0.5), aspect="equal", title=title)
        ax.axis("off")
    return axes


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
        ax = single(7.4, (0.46 if is_narrow() else 0.33) * len(lines) + 0.7)
    high = 0.5 if is_narrow() else 0.7  # leaves room for a name above
    for row, line in enumerate(lines):
        place = np.arange(len(line)) - len(line) // 2
        seen, read = np.abs(place) <= half, np.asarray(line) != 0
        ax.hlines(row, *place[seen][[0, -1]] + np.array([-0.5, 0.5]), color=COLOURS["line"], linewidth=0.8)
        ax.bar(place[seen & read], high, 0.84, row - high / 2, color=COLOURS["tap"], zorder=3)
        ax.plot(place[seen & ~read], np.full((seen & ~read).sum(), row), "x", color=COLOURS["hole"], markersize=2.6)
    _name_barcodes(ax, labels, notes, half)
    top = -1 if is_narrow() else -0.6
    ax.set(xlim=(-half - 0.6, half + 0.6), ylim=(len(lines) - 0.4, top), xlabel="samples from the middle")
    ax.spines["left"].set_visible(False)
    ax.tick_params(left=False)
    return ax


def _name_barcodes(ax, labels, notes, half):
    """What stands left and right of each line; both above it in a narrow figure."""
    ax.set_yticks(range(len(labels)), [""] * len(labels) if is_narrow() else labels, size=8.5)
    for row, (label, note) in enumerate(zip(labels, notes, strict=True)):
        if is_narrow():
            ax.text(-half, row - 0.3, label, va="bottom", size=7.5)
            ax.text(half, row - 0.3, note, va="bottom", ha="right", size=7.5)
        else:
            ax.text(half + 2, row, note, va="center", size=8.5)


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
    _arrow(ax, (-0.5, 0), (len(names) + 1.5, 0))
    for place, words in enumerate(names):
        _box(ax, place + 0.9, 0, words)
        _arrow(ax, (place + 0.48, 0), (place + 1.38, 0.13), bend=-0.8)
        _plus(ax, place + 1.4, 0)


def plot_parts(names, parts, ax=None):
    """Sketch layers in a row, and over or under them a bracket for each part, with its name. Return the Axes.

    Parameters
    ----------
    names : sequence of str
        What to write into the box of each layer, the first layer first.
    parts : dict of str to (int, int)
        First and last layer of each part, counted from 1, by what it is called: the first part above, the next below.
    ax : matplotlib Axes, optional
    """
    if ax is None:
        ax = single(7.2, 1.7)
    _arrow(ax, (0.1, 0), (len(names) + 0.9, 0))
    for place, words in enumerate(names, 1):
        _box(ax, place, 0, words)
    for side, (words, (first, last)) in zip((1, -1), parts.items(), strict=False):
        corners = [first - 0.4, first - 0.4, last + 0.4, last + 0.4], [side * y for y in (0.55, 0.75, 0.75, 0.55)]
        ax.plot(*corners, color=COLOURS["tap" if side > 0 else "hole"], linewidth=1.4)
        look = {"ha": "center", "va": "bottom" if side > 0 else "top", "size": 9}
        ax.text((first + last) / 2, side * 0.85, folded(words, 34), **look)
    ax.set(xlim=(0, len(names) + 1), ylim=(-1.6, 1.6))
    ax.axis("off")
    return ax


def plot_layer_table(rows):
    """Draw output size and receptive field after every layer of a network. Return both Axes.

    Parameters
    ----------
    rows : list of LayerRow
        As `layer_table` returns them.
    """
    axes = panels(2, 1, height=2.3, width=7.2, sharex=True)
    place = np.arange(len(rows))
    pools = np.array([row.name.startswith("pool") for row in rows])
    sizes, fields = [row.size for row in rows], [row.field for row in rows]
    for ax, numbers, label in zip(axes, (sizes, fields), ("output size", "receptive field"), strict=True):
        ax.bar(place[~pools], np.array(numbers)[~pools], color=COLOURS["tap"], label="convolution")
        ax.bar(place[pools], np.array(numbers)[pools], color=COLOURS["second"], hatch="//", label="pool")
        for at, number in zip(place, numbers, strict=True):
            _above(ax, at, number, str(number), 8)
        ax.set_ylabel(f"{label}, pixels")
        ax.margins(y=0.12)
    axes[0].legend()
    axes[1].set_xticks(place, [row.name for row in rows], rotation=60, ha="right", rotation_mode="anchor", fontsize=8)
    return axes


def _above(ax, x, y, words, size):
    """Words over a bar; upright in a narrow figure, where bars are narrower than words."""
    look = {"rotation": 90, "size": 7.5} if is_narrow() else {"size": size}
    ax.annotate(words, (x, y), xytext=(0, 2), textcoords="offset points", ha="center", **look)


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
        ax = single()
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


def plot_read_rows(windows, labels, colours=None, ax=None):
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
        ax = single(7.2, 0.5 + 0.32 * len(windows))
    for row, positions in enumerate(windows):
        role = colours[row] if colours else "tap"
        ax.hlines(-row, min(positions), max(positions), color=COLOURS["line"], linewidth=1, zorder=0)
        ax.plot(positions, [-row] * len(positions), "s" if role == "tap" else "o", color=COLOURS[role], markersize=6)
    ax.set_yticks([-row for row in range(len(windows))], labels)
    ax.set_xlabel("input sample")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return ax


def plot_view_shares(names, shares, ax=None, title=None):
    """Draw which share of its window the final output reads on the input of each convolution. Return the Axes.

    Shares below 1 are written at their bars.

    Parameters
    ----------
    names : sequence of str
        Of the convolutions, first one first.
    shares : dict of str to sequence of float
        Label and shares from 0 to 1, one or two lists.
    ax : matplotlib Axes, optional
    title : str, optional
        Beside the legend.
    """
    if ax is None:
        ax = single(7.2, 3.4)
    width = 0.8 / len(shares)
    for number, (label, parts) in enumerate(shares.items()):
        place = np.arange(len(names)) + (number - (len(shares) - 1) / 2) * width
        look = {"color": COLOURS["second" if number else "tap"], "hatch": "//" if number else None}
        ax.bar(place, parts, 0.94 * width, label=label, **look)
        for at, share in ((at, share) for at, share in zip(place, parts, strict=True) if share < 1):
            _above(ax, at, share, f"{share:.0%}", 7)
    ax.set_xticks(range(len(names)), names, rotation=40, ha="right", rotation_mode="anchor", fontsize=8)
    ax.set(ylabel="share of the window read", ylim=(0, 1.09), yticks=[0, 0.25, 0.5, 0.75, 1])
    ax.set_title(title or "", loc="right", fontsize=10)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)
    return ax


def plot_share_grid(names, groups, ax=None):
    """Draw the percentage read of each map, a square a map, filled and marked "all" if it is whole. Return the Axes.

    Parameters
    ----------
    names : sequence of str
        Of the maps, from left to right.
    groups : dict of str to dict of str to sequence of float
        Shares from 0 to 1, one a map, by the label of their row and by the title above a group of rows.
    ax : matplotlib Axes, optional
    """
    if ax is None:
        ax = single(7.2, 0.4 + sum(0.42 + 0.3 * len(rows) for rows in groups.values()))
    at, places, labels = 0.0, [], []
    for title, rows in groups.items():
        ax.text(-0.5, at + 0.35, title, va="bottom", size=9, style="italic")
        for label, shares in rows.items():
            at += 1
            places.append(at)
            labels.append(label)
            _share_row(ax, at, shares)
        at += 1.4
    ax.set_xticks(range(len(names)), names, rotation=40 if is_narrow() else 0, fontsize=8)
    ax.set_yticks(places, labels, fontsize=8 if is_narrow() else 9)
    ax.set(xlim=(-0.5, len(names) - 0.5), ylim=(at - 0.8, -0.4))
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def _share_row(ax, at, shares):
    """One row of `plot_share_grid`."""
    for place, share in enumerate(shares):
        whole = share == 1
        look = {"color": COLOURS["tap" if whole else "hole-ground"], "edgecolor": "white", "linewidth": 1.5}
        ax.bar(place, 0.96, 1, at - 0.48, **look)
        words = "all" if whole else f"{100 * share:.0f}"
        ax.text(place, at, words, ha="center", va="center", size=8, color="white" if whole else "black")
