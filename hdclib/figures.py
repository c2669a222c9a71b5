"""The look of the book's figures: colours by role, ink that stands out, the style of every notebook, wide or narrow."""

import re
import textwrap
from typing import Any

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


NARROW = 5  # inches; matplotlib's figures and those of `book_style` are wider than this
LEAST_TEXT = 7.2  # points in a narrow figure: 10 pixels on a phone that shows 100 for an inch


def narrow_style():
    """Return a context in which figures fit a phone or a narrow column: panels one below the other, 3.58 inches wide.

    Only ``rcParams`` change, and they are as before when the context ends. All figures of the library follow them.

    Returns
    -------
    context : context manager

    Examples
    --------
    >>> import hdclib as hdc
    >>> from hdclib.figures import narrow_style
    >>> from hdclib.gridding.figures import plot_tap_counts
    >>> with narrow_style():
    ...     ax = plot_tap_counts(hdc.tap_counts([1, 2, 5], kernel_size=3))
    >>> ax.figure.get_size_inches().tolist()
    [3.58, 3.2]
    """
    sizes: dict[Any, float] = {"font.size": 9, "axes.titlesize": 10, "legend.fontsize": 8, "legend.columnspacing": 1}
    return mpl.rc_context({"figure.figsize": (3.58, 3.2), "figure.dpi": 200, **sizes})


def is_narrow():
    """Tell whether figures are to be narrow: whether ``rcParams["figure.figsize"]`` is less than 5 inches wide."""
    return mpl.rcParams["figure.figsize"][0] < NARROW


def folded(words, letters):
    """Return words in lines of at most `letters` in a narrow figure, and as they are in any other. Lists stay whole."""
    together = re.sub(r"(?<=\d), (?=\d)", ",\u00a0", words)
    return textwrap.fill(together, letters) if is_narrow() else words


def single(width=None, height=None):
    """Return the one Axes of a new figure, which in a narrow style is no wider than that says; a square stays one.

    Parameters
    ----------
    width, height : float, optional
        In inches; those of the style if left out.

    Returns
    -------
    ax : matplotlib Axes
    """
    usual = mpl.rcParams["figure.figsize"]
    size = width or usual[0], height or usual[1]
    if is_narrow() and size[0] > usual[0]:
        size = usual[0], usual[0] if width == height else size[1]
    return plt.subplots(figsize=size, layout="constrained")[1]


def panels(count, columns=None, height=2.9, width=7.6, narrow_columns=None, narrow_height=None, **options):
    """Return Axes in rows of `columns`; of the last row only those that are needed are shown.

    In a narrow style a grid that is wider than high is turned: what was a row becomes a column.

    Parameters
    ----------
    count : int
    columns : int, optional
        Axes in a row; all if left out.
    height, width : float
        Of one row, in inches.
    narrow_columns : int, optional
        Axes in a row in a narrow style, if the grid is not to be turned.
    narrow_height : float, optional
        Of one row in a narrow style; `height` if left out.
    **options
        Further arguments of ``plt.subplots``, such as ``sharey=True``.

    Returns
    -------
    axes : list of Axes
        `count` of them, row by row.
    """
    columns = columns or count
    if is_narrow():
        return _narrow_panels(count, columns, narrow_columns, narrow_height or height, options)
    grid = _grid(-(-count // columns), columns, (width, height), options)
    return _shown(grid.flat, count)


def _narrow_panels(count, columns, narrow_columns, height, options):
    """The same Axes for a narrow style, in the same order."""
    size, rows = (mpl.rcParams["figure.figsize"][0], height), -(-count // columns)
    if narrow_columns is None and rows < columns:
        return _shown(_grid(columns, rows, size, options).T.flat, count)
    columns = narrow_columns or columns
    return _shown(_grid(-(-count // columns), columns, size, options).flat, count)


def _grid(rows, columns, size, options):
    """An array of Axes in a new figure; `size` is that of a row."""
    size = size[0], size[1] * rows
    return plt.subplots(rows, columns, figsize=size, layout="constrained", squeeze=False, **options)[1]


def _shown(axes, count):
    """The first `count` Axes as a list; the others are hidden."""
    axes = list(axes)
    for ax in axes[count:]:
        ax.set_visible(False)
    return axes[:count]


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
