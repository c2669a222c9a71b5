"""Label pictures with blobs and thin structures, of which every pixel's class is known exactly."""

import numpy as np

BLOB_WIDTHS = 6  # a blob is this many times as wide as a thin structure
BLOB_SHARE, LINE_SHARE = 0.35, 0.2  # of all pixels


def label_field(side, size, rng):
    """Return a picture of classes whose edges are joined, left to right and top to bottom.

    Parameters
    ----------
    side : int
        Rows and columns.
    size : int
        Width of the thin structures, in pixels.
    rng : numpy.random.Generator

    Returns
    -------
    labels : ndarray of int64, shape (side, side)
        0 for thin structures, 1 for the ground, 2 for blobs. Thin structures lie on top.
    """
    smooth = _smooth_noise(side, BLOB_WIDTHS * size, rng)
    labels = 1 + (smooth > np.quantile(smooth, 1 - BLOB_SHARE)).astype(np.int64)
    drawn = np.zeros((side, side), dtype=bool)
    while drawn.mean() < LINE_SHARE:
        rows, columns, _ = winding_line(side, rng)
        drawn |= drawn_line(side, size, rows, columns)
    labels[drawn] = 0
    return labels


def _smooth_noise(side, width, rng):
    """White noise without the waves that are shorter than about twice `width`."""
    frequency = np.fft.fftfreq(side)
    distance = np.hypot(frequency[:, None], frequency[None, :])
    passed = np.exp(-0.5 * (distance * 2 * width) ** 2)
    return np.fft.ifft2(np.fft.fft2(rng.standard_normal((side, side))) * passed).real


def winding_line(side, rng):
    """Return rows, columns and heading (radians) of a line that winds, a step of half a pixel each; none is rounded."""
    steps = int(rng.integers(side, 2 * side))
    turns = np.convolve(rng.normal(0, 0.01, steps), 0.95 ** np.arange(60))[:steps]
    heading = rng.uniform(0, 2 * np.pi) + np.cumsum(turns)
    rows, columns = (rng.uniform(0, side) + np.cumsum(part(heading)) / 2 for part in (np.sin, np.cos))
    return rows, columns, heading


def drawn_line(side, size, rows, columns):
    """Return the pixels of a line that is `size` wide; what leaves at one edge comes back at the other."""
    rows, columns = np.floor(rows).astype(int), np.floor(columns).astype(int)
    drawn = np.zeros((side, side), dtype=bool)
    for down in range(size):
        for right in range(size):
            drawn[(rows + down) % side, (columns + right) % side] = True
    return drawn
