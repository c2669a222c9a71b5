"""Read the data that a plot shows, however it was drawn. Knows nothing of what is right."""

import sys
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Drawing:
    """What the Axes of an answer show.

    Attributes
    ----------
    axes : int
        How many Axes there are; the rest is of the only one, and empty if there are more.
    series : list of ndarray of float, shape (n, 2)
    grids : list of ndarray of float
    x_label, y_label : str
        The words beside each axis: its own label, or the figure's.
    areas, loose_words : bool
        Whether there are filled areas, which show no points, and words that belong to no axis.
    """

    axes: int
    series: list
    grids: list
    x_label: str = ""
    y_label: str = ""
    areas: bool = False
    loose_words: bool = False


def axes_in(value):
    """Return the Axes that a value is or holds: Axes, a Figure, an artist, or a list or array of them.

    matplotlib is not imported for it: where nobody has done so, nothing is an Axes.
    """
    if (loaded := sys.modules.get("matplotlib.axes")) is None:
        return []
    items = getattr(value, "axes", value)
    items = np.ravel(items).tolist() if isinstance(items, np.ndarray) and items.dtype == object else items
    items = items if isinstance(items, (list, tuple)) else [items]
    owners = (getattr(item, "axes", None) for item in items)
    return list({id(one): one for one in owners if isinstance(one, loaded.Axes)}.values())


def read_drawing(value):
    """Return the Drawing of the Axes in `value`."""
    found = axes_in(value)
    if len(found) != 1:
        return Drawing(len(found), [], [])
    (ax,) = found
    x_label = ax.get_xlabel() or ax.figure.get_supxlabel()
    y_label = ax.get_ylabel() or ax.figure.get_supylabel()
    loose_words = bool(ax.texts or ax.figure.texts)
    return Drawing(1, drawn_series(ax), drawn_grids(ax), x_label, y_label, bool(_areas(ax)), loose_words)


def _areas(ax):
    """Return what is filled between lines."""
    from matplotlib.collections import PolyCollection

    return [item for item in ax.collections if type(item).__name__ == "FillBetweenPolyCollection"
            or type(item) is PolyCollection]  # fmt: skip


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
    from matplotlib.container import BarContainer

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
    from matplotlib.patches import StepPatch

    series = []
    for patch in ax.patches:
        if isinstance(patch, StepPatch):
            values, edges, _ = patch.get_data()
            series.append(np.column_stack([(edges[1:] + edges[:-1]) / 2, values]))
    return series


def _scattered(ax):
    areas = _areas(ax)
    others = [item for item in ax.collections if not hasattr(item, "get_coordinates") and item not in areas]
    marks = [item for item in others if len(item.get_offsets())]
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
