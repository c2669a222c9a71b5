"""Label pictures of a wall: cracks, and the two edges of joints, of which every line alone looks the same."""

import numpy as np

from experiments.segmentation.fields import drawn_line, winding_line

LINE_SHARE = 0.15  # of all pixels
GAPS = 7, 12  # narrowest and widest joint, in pixels from edge to edge
CRACK, GROUND, JOINT = range(3)


def label_wall(side, size, rng):
    """Return a picture of classes whose edges are joined, left to right and top to bottom.

    Parameters
    ----------
    side : int
        Rows and columns.
    size : int
        Width of the lines, in pixels.
    rng : numpy.random.Generator

    Returns
    -------
    labels : ndarray of int64, shape (side, side)
        0 for cracks, 1 for the ground, 2 for the edges of joints. A crack is one winding line, a joint two that run
        side by side, so only what lies beyond the gap tells them apart. Two cracks are drawn a joint; the last line
        drawn lies on top.
    """
    labels = np.full((side, side), GROUND)
    while np.mean(labels != GROUND) < LINE_SHARE:
        for number, offsets in ((CRACK, (0,)), (CRACK, (0,)), (JOINT, (0, rng.integers(GAPS[0], GAPS[1] + 1)))):
            rows, columns, heading = winding_line(side, rng)
            for offset in offsets:
                beside = rows + offset * np.cos(heading), columns - offset * np.sin(heading)
                labels[drawn_line(side, size, *beside)] = number
    return labels
