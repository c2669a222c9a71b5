"""Small test pictures and noise that the page can draw as well: same numbers in Python and in the script."""

import numpy as np

from hdclib.layers import whole_number

KINDS = ("shapes", "step", "line", "checkerboard", "offsets", "flat")
LOW, HIGH = 0.25, 0.75


def white_noise(shape, seed=1):
    """Return noise of mean 0 and variance 1 in which no pixel knows of another.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns.
    seed : int, 1 to 2**32 - 1
        The same seed gives the same noise, here and in the page.

    Returns
    -------
    noise : ndarray of float
        Uniform between -sqrt(3) and sqrt(3), from a 32-bit shift-register generator.

    References
    ----------
    Marsaglia (2003), the generator with shifts 13, 17, 5 [marsaglia2003].

    Examples
    --------
    >>> from hdclib import white_noise
    >>> white_noise((1, 3), seed=1).round(3)
    array([[-0.115,  0.62 ,  0.411]])
    """
    state = whole_number("seed", seed, 1, 2**32 - 1)
    rows, columns = (whole_number(f"shape[{axis}]", size, 1) for axis, size in enumerate(shape))
    drawn = np.empty(rows * columns)
    for skipped in range(-8, len(drawn)):  # the first few draws still show the seed
        state ^= state << 13 & 0xFFFFFFFF
        state ^= state >> 17
        state ^= state << 5 & 0xFFFFFFFF
        if skipped >= 0:
            drawn[skipped] = state
    return (drawn / 2**31 - 1).reshape(rows, columns) * 3**0.5


def scene(kind, size=48):
    """Return a small picture and what a perfect smoother would make of it.

    Parameters
    ----------
    kind : str
        "shapes", "step" and "line" are to be kept; "checkerboard" and "offsets" are disturbances of a flat grey,
        to be smoothed away; "flat" is that grey alone. "offsets" gives each of four sub-grids its own grey.
    size : int
        Rows and columns, at least 8.

    Returns
    -------
    picture, target : ndarray of float, shape (size, size)
        Values between 0.2 and 0.8.

    Examples
    --------
    >>> from hdclib import scene
    >>> picture, target = scene("checkerboard", 8)
    >>> picture[:2, :2].tolist(), target[:2, :2].tolist()
    ([[0.25, 0.75], [0.75, 0.25]], [[0.5, 0.5], [0.5, 0.5]])
    """
    size = whole_number("size", size, 8)
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {kind!r}")
    row, column = np.mgrid[:size, :size]
    flat = np.full((size, size), 0.5)
    if kind == "flat":
        return flat, flat
    if kind == "checkerboard":
        return np.where((row + column) % 2, HIGH, LOW), flat
    if kind == "offsets":
        return 0.2 + 0.2 * (row % 2) + 0.4 * (column % 2), flat
    marked = {"step": column >= size // 2, "line": column == size // 2, "shapes": _shapes(row, column, size)}[kind]
    picture = np.where(marked, HIGH, LOW)
    return picture, picture


def _shapes(row, column, size):
    """A disc, a bar and a line one pixel wide."""
    disc = (4 * row - size) ** 2 + (4 * column - size) ** 2 <= (size * 0.6) ** 2
    bar = (row >= size * 5 // 8) & (row < size * 7 // 8) & (column >= size // 8) & (column < size * 5 // 8)
    line = (column == size * 13 // 16) & (row >= size // 8) & (row < size * 7 // 8)
    return disc | bar | line
