"""Read the data that a plot shows, however it was drawn."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import StepPatch

from hdclib.coursework.fair import NotYet


def as_axes(name, value):
    """Return the Axes of a plot, from Axes, a Figure or an array with one of them.

    Raises
    ------
    NotYet
        If there is no Axes, or more than one.
    """
    if value is None:
        raise NotYet(f"{name} is still None. Which Axes did you draw in? plt.subplots returns a figure and its Axes.")
    items = np.ravel(np.array(getattr(value, "axes", value), dtype=object))
    found = {id(axes): axes for axes in (getattr(item, "axes", None) for item in items) if isinstance(axes, Axes)}
    if len(found) != 1:
        raise NotYet(f"{name} holds {len(found)} Axes, and one is asked for. Which one shows your answer?")
    return next(iter(found.values()))


def drawn_series(ax):
    """Return each series of points that an Axes shows, as arrays of shape (n, 2).

    Lines, bars of both directions, steps and scattered points are read. Points drawn one at a time are joined
    to one series for each way of drawing.
    """
    kinds = [_lines(ax), _bars(ax), _steps(ax), _scattered(ax)]
    joined = [np.unique(np.concatenate(series), axis=0) for series in kinds if len(series) > 1]
    return [series for kind in kinds for series in kind] + joined


def _lines(ax):
    found = [np.asarray(line.get_xydata(), dtype=float) for line in ax.lines]
    return [points[np.isfinite(points).all(axis=1)] for points in found]


def _bars(ax):
    series = []
    for bars in ax.containers:
        if isinstance(bars, BarContainer):
            lying = getattr(bars, "orientation", "vertical") == "horizontal"
            series.append(np.array([_bar(patch, lying) for patch in bars], dtype=float).reshape(-1, 2))
    return series


def _bar(patch, lying):
    if lying:
        return patch.get_y() + patch.get_height() / 2, patch.get_width()
    return patch.get_x() + patch.get_width() / 2, patch.get_height()


def _steps(ax):
    series = []
    for patch in ax.patches:
        if isinstance(patch, StepPatch):
            values, edges, _ = patch.get_data()
            series.append(np.column_stack([(edges[1:] + edges[:-1]) / 2, values]))
    return series


def _scattered(ax):
    marks = [item for item in ax.collections if not hasattr(item, "get_coordinates") and len(item.get_offsets())]
    return [np.asarray(item.get_offsets(), dtype=float) for item in marks]


def drawn_grids(ax):
    """Return each image or mesh of cells that an Axes shows, as arrays of two axes; masked cells are nan."""
    meshes = [item for item in ax.collections if hasattr(item, "get_coordinates")]
    grids = [np.ma.filled(np.ma.asarray(image.get_array(), dtype=float), np.nan) for image in ax.images]
    for mesh in meshes:
        values = np.ma.filled(np.ma.asarray(mesh.get_array(), dtype=float), np.nan)
        rows, columns = (count - 1 for count in mesh.get_coordinates().shape[:2])
        grids.append(values.reshape(rows, columns) if values.size == rows * columns else values)
    return grids


def check_points(name, value, points, words):
    """Check that an Axes shows these points as one series, and that both of its axes have a label.

    Parameters
    ----------
    name : str
    value : Axes
    points : dict of number: number
        Height over place. A bar of height 0 cannot be seen and may be left out.
    words : str
        What the points are, for messages.

    Raises
    ------
    NotYet
        If no series shows them, or an axis has no label.
    """
    ax = as_axes(name, value)
    series = drawn_series(ax)
    if not series:
        raise NotYet(f"{name} shows no points, lines or bars yet. How do you draw {words}?")
    wanted = np.array(sorted(points.items()), dtype=float)
    if not any(_shows(found, wanted) for found in series):
        raise NotYet(f"{name} does not show {words} yet. {_in_what(series, wanted)}")
    for axis, label in _labels(ax).items():
        if not label.strip():
            raise NotYet(f"{name} shows the right points, but its {axis}-axis has no label. What does it count?")
    print(f"{name}: the plot shows {words}.")


def _labels(ax):
    """Return the words beside each axis: its own label, or the figure's."""
    return {
        "x": ax.get_xlabel() or ax.figure.get_supxlabel(),
        "y": ax.get_ylabel() or ax.figure.get_supylabel(),
    }


def _shows(found, wanted):
    """Whether a series has the wanted points; those of height 0 may be missing."""
    found = found[np.lexsort(found.T[::-1])]
    needed = wanted if len(found) == len(wanted) else wanted[wanted[:, 1] != 0]
    return found.shape == needed.shape and np.allclose(found, needed)


def _in_what(series, wanted):
    """Say in what the nearest series differs."""
    heights = [np.sort(found[:, 1]) for found in series]
    if any(_shows(found[:, ::-1], wanted) for found in series):
        return "The two axes are swapped. Which of them holds the counts?"
    if any(len(found) == len(wanted) and np.allclose(found, np.sort(wanted[:, 1])) for found in heights):
        first = series[[len(found) for found in heights].index(len(wanted))][:, 0].min()
        return f"The heights are right, but the places are not: yours start at {first:g}. Where should they start?"
    longest = max(series, key=len)
    if len(longest) != len(wanted):
        return f"The longest series has {len(longest)} points, not {len(wanted)}. Which are missing, or too many?"
    return "The number of points is right, but some heights are not. Did you draw the list that your function returns?"


def check_cells(name, value, counts, words):
    """Check that an Axes shows a map of counts; equal counts must look equal, and more must look more.

    So counts themselves pass, and their roots or logarithms, and a map whose empty cells are masked.

    Raises
    ------
    NotYet
        If no image or mesh shows them.
    """
    counts = np.asarray(counts)
    grids = drawn_grids(as_axes(name, value))
    if not grids:
        raise NotYet(f"{name} shows no image yet. Which function draws an array as cells: imshow, or pcolormesh?")
    if any(grid.shape == counts.shape and _orders(grid, counts) for grid in grids):
        print(f"{name}: the map shows {words}.")
        return
    shape = grids[0].shape
    if shape != counts.shape:
        raise NotYet(f"{name} shows an array of shape {shape}, not {counts.shape}. What is missing, or too many?")
    if len(np.unique(grids[0])) <= 2:
        raise NotYet(f"{name} shows only two values. It tells which pixels are used; how often is each of them used?")
    raise NotYet(f"{name} has the right shape but does not show {words}. Did you draw what your function returns?")


def _orders(grid, counts):
    """Whether the drawn values rise strictly with the counts; cells of count 0 may be masked."""
    before = -np.inf
    for count in np.unique(counts):
        drawn = grid[counts == count]
        if count == 0 and np.isnan(drawn).all():
            continue
        if not np.allclose(drawn, drawn[0]) or not drawn[0] > before:
            return False
        before = drawn[0]
    return True
