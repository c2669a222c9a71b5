"""Small test pictures and noise that the page can draw as well: same numbers in Python and in the script."""

import numpy as np

from hdclib.checks import one_of, room_for, shown, whole_number

KINDS = ("shapes", "step", "line", "checkerboard", "offsets", "flat")
MOST_PIXELS = 2**24  # drawn one after the other: some seconds
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

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or there would be more than 2**24 pixels.

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
    if not isinstance(shape, (tuple, list)) or len(shape) != 2:
        raise TypeError(f"shape must be a pair (rows, columns), got {shown(shape)}")
    rows, columns = (whole_number(f"shape[{axis}]", size, 1) for axis, size in enumerate(shape))
    room_for("shape", rows * columns, "pixels", MOST_PIXELS)
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
        Values between 0.2 and 0.8. The two share no memory.

    Raises
    ------
    TypeError, ValueError
        If an argument is not allowed, or there would be more than 2**24 pixels.

    Examples
    --------
    >>> from hdclib.signal import scene
    >>> picture, target = scene("checkerboard", 8)
    >>> picture[:2, :2].tolist(), target[:2, :2].tolist()
    ([[0.25, 0.75], [0.75, 0.25]], [[0.5, 0.5], [0.5, 0.5]])
    """
    size = whole_number("size", size, 8)
    one_of("kind", kind, KINDS)
    room_for("size", size**2, "pixels", MOST_PIXELS)
    row, column = np.mgrid[:size, :size]
    flat = np.full((size, size), 0.5)
    if kind == "flat":
        return flat, flat.copy()
    if kind == "checkerboard":
        return np.where((row + column) % 2, HIGH, LOW), flat
    if kind == "offsets":
        return 0.2 + 0.2 * (row % 2) + 0.4 * (column % 2), flat
    marked = {"step": column >= size // 2, "line": column == size // 2, "shapes": _shapes(row, column, size)}[kind]
    picture = np.where(marked, HIGH, LOW)
    return picture, picture.copy()


def _shapes(row, column, size):
    """A disc, a bar and a line one pixel wide."""
    disc = (4 * row - size) ** 2 + (4 * column - size) ** 2 <= (size * 0.6) ** 2
    bar = (row >= size * 5 // 8) & (row < size * 7 // 8) & (column >= size // 8) & (column < size * 5 // 8)
    line = (column == size * 13 // 16) & (row >= size // 8) & (row < size * 7 // 8)
    return disc | bar | line
