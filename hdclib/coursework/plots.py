"""Check the data that a plot shows."""

import numpy as np

from hdclib.coursework.drawings import Drawing, read_drawing
from hdclib.coursework.fair import NotYet


def drawing_of(name, value):
    """Return the Drawing of an answer: it is one, or an Axes, a Figure, or a list or array with one of them.

    Raises
    ------
    NotYet
        If there is no Axes, or more than one.
    """
    if value is None:
        raise NotYet(f"{name} is still None. Which Axes did you draw in? plt.subplots returns a figure and its Axes.")
    drawing = value if isinstance(value, Drawing) else read_drawing(value)
    if drawing.axes != 1:
        raise NotYet(f"{name} holds {drawing.axes} Axes, and one is asked for. Which one shows your answer?")
    return drawing


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
    drawing = drawing_of(name, value)
    series = drawing.series
    if not series and drawing.areas:
        raise NotYet(f"{name} shows a filled area, which has no points of its own. How do you draw {words} as a line?")
    if not series:
        raise NotYet(f"{name} shows no points, lines or bars yet. How do you draw {words}?")
    wanted = np.array(sorted(points.items()), dtype=float)
    if not any(_shows(found, wanted) for found in series):
        raise NotYet(f"{name} does not show {words} yet. {_in_what(series, wanted)}")
    for axis, label in (("x", drawing.x_label), ("y", drawing.y_label)):
        if not label.strip():
            loose = f" A text in the figure belongs to no axis; set_{axis}label does." if drawing.loose_words else ""
            raise NotYet(f"{name} shows the right points, but its {axis}-axis has no label.{loose} What does it count?")
    print(f"{name}: the plot shows {words}.")


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
    grids = drawing_of(name, value).grids
    if not grids:
        raise NotYet(f"{name} shows no image yet. Which function draws an array as cells: imshow, or pcolormesh?")
    if any(grid.shape == counts.shape and _orders(grid, counts) for grid in grids):
        print(f"{name}: the map shows {words}.")
        return
    shape = grids[0].shape
    if shape[:2] == counts.shape and len(shape) == 3:
        raise NotYet(f"{name} shows colours that are mixed already. Can you give imshow the counts, one a pixel?")
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
