"""Tables of what each position along an axis reads: resizing, padding with what is there, rolling, turning."""

import numpy as np

from hdclib.checks import room_for

MOST_ENTRIES = 2**24  # of a table: 128 MB


def refuse_large(out, taps=1):
    """Refuse a table of `out` rows with `taps` positions each before it is made."""
    room_for("its output", out * taps, "positions", MOST_ENTRIES)


def adaptive_rows(size, out):
    """Return the windows of an adaptive pool: from the floor of ``o * size / out`` to the ceiling of the next."""
    refuse_large(out, size // out + 2)
    at = np.arange(out)
    first, last = at * size // out, -(-(at + 1) * size // out) - 1
    rows = first[:, None] + np.arange((last - first).max() + 1)
    return np.where(rows <= last[:, None], rows, -1)


def nearest_rows(size, out, scale, shift=0.0):
    """Return the one position that each output of a nearest-neighbour resize takes, ``floor((o + shift) * scale)``."""
    refuse_large(out)
    at = np.floor((np.arange(out, dtype=np.float32) + np.float32(shift)) * np.float32(scale)).astype(int)
    return np.clip(at, 0, size - 1)[:, None]


def weighted_rows(size, out, centres, support):
    """Return the positions that a linear (support 1) or cubic (2) resize weighs, those of weight zero left out.

    `centres` takes outputs to where they lie between inputs.
    """
    refuse_large(out, 2 * support)
    centres = centres(np.arange(out))
    base = np.floor(centres).astype(int)[:, None]
    offsets = np.arange(1 - support, support + 1)
    rows = base + offsets
    weighed = np.abs(rows - centres[:, None]) < support
    if support > 1:  # the cubic kernel is zero at every whole distance but 0
        weighed &= (rows == centres[:, None]) | (centres[:, None] != base)
    return np.where(weighed, np.clip(rows, 0, size - 1), -1)


def smoothed_rows(size, out, scale, support):
    """Return the positions that a resize with antialias weighs: wider windows where it makes smaller."""
    reach = support * max(scale, 1.0)
    refuse_large(out, min(int(2 * reach) + 2, size))
    centre = (np.arange(out) + 0.5) * scale
    first = np.maximum((centre - reach + 0.5).astype(int), 0)
    last = np.minimum((centre + reach + 0.5).astype(int), size) - 1
    rows = first[:, None] + np.arange((last - first).max() + 1)
    distance = np.abs((rows - centre[:, None] + 0.5) * (1 / scale if scale >= 1 else 1.0))
    weighed = (distance < support) & ((support == 1) | (distance != 1))  # a cubic kernel is zero at distance 1
    return np.where((rows <= last[:, None]) & weighed, rows, -1)


def padded_rows(size, before, after, mode):
    """Return what a padded axis takes: "edge" repeats the end, "reflect" turns round at it, "wrap" goes round."""
    refuse_large(max(before, 0) + size + max(after, 0))
    if mode == "constant":
        at = np.arange(-before, size + after)
        return np.where((at >= 0) & (at < size), at, -1)[:, None]
    return np.pad(np.arange(size), (max(before, 0), max(after, 0)), mode=mode)[
        max(-before, 0) : size + max(before, 0) + max(after, 0) - max(-after, 0)
    ][:, None]
