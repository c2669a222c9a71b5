"""How good a predicted label picture is: overlap, boundaries, and how much of the error has the step of a grid."""

import numpy as np

from hdclib import grid_energy
from hdclib.signal import grain


def mean_iou(predicted, truth, classes):
    """Return the mean over the classes of intersection over union, each counted over all pictures at once.

    Parameters
    ----------
    predicted, truth : array of int, same shape
    classes : int
        A class that is in neither is left out of the mean.

    Returns
    -------
    score : float
        From 0 to 1.
    """
    there = [number for number in range(classes) if np.any((predicted == number) | (truth == number))]
    return float(np.mean([class_iou(predicted, truth, number) for number in there]))


def class_iou(predicted, truth, number):
    """Return intersection over union of one class that is in either picture, counted over all pictures at once."""
    found, there = predicted == number, truth == number
    return float(np.count_nonzero(found & there) / np.count_nonzero(found | there))


def boundary_f_score(predicted, truth, tolerance=1):
    """Return the F-score of the pixels at which the class changes.

    A pixel lies on a boundary if the pixel below or to the right of it is of another class. It is matched if the
    other picture has a boundary pixel at most `tolerance` rows and columns away.

    Parameters
    ----------
    predicted, truth : array of int, shape (pictures, rows, columns)
    tolerance : int
        In pixels, at least 0.

    Returns
    -------
    score : float
        Harmonic mean of precision and recall, over all pictures at once; 1 if neither has a boundary.
    """
    found, there = boundaries(predicted), boundaries(truth)
    if not found.any() and not there.any():
        return 1.0
    precise = np.count_nonzero(found & _widened(there, tolerance))
    recalled = np.count_nonzero(there & _widened(found, tolerance))
    if not precise or not recalled:
        return 0.0
    precision, recall = precise / np.count_nonzero(found), recalled / np.count_nonzero(there)
    return float(2 * precision * recall / (precision + recall))


def boundaries(labels):
    """Mark the pixels whose neighbour below or to the right is of another class. Shape as given."""
    marked = np.zeros(labels.shape, dtype=bool)
    marked[..., :-1, :] = labels[..., :-1, :] != labels[..., 1:, :]
    marked[..., :, :-1] |= labels[..., :, :-1] != labels[..., :, 1:]
    return marked


def near_edge(side, width):
    """Mark the pixels of a square picture that lie in its outer `width` rows and columns. Shape (side, side)."""
    marked = np.ones((side, side), dtype=bool)
    marked[width : side - width, width : side - width] = False
    return marked


def judge(predicted, truth, classes):
    """Return all measures of some pictures, by name.

    Parameters
    ----------
    predicted, truth : array of int, shape (pictures, rows, columns)
    classes : int

    Returns
    -------
    measures : dict of float
        ``mean_iou``, ``boundary_f`` (in the very pixel), ``boundary_f_near`` (at most one pixel away), ``error``
        (share of wrong pixels), and of the maps of wrong pixels, averaged over the pictures, ``grid_energy`` (share
        nearer to a grid frequency of step 2 than to frequency 0) and ``grain`` (root mean square of that part).
    """
    wrong = (predicted != truth).astype(float)
    return {
        "mean_iou": mean_iou(predicted, truth, classes),
        "boundary_f": boundary_f_score(predicted, truth, tolerance=0),
        "boundary_f_near": boundary_f_score(predicted, truth, tolerance=1),
        "error": float(wrong.mean()),
        "grid_energy": float(np.mean([grid_energy(image, 2) for image in wrong])),
        "grain": float(np.mean([grain(image, 2) for image in wrong])),
    }


def _widened(marked, tolerance):
    """Mark also what lies at most `tolerance` rows and columns away."""
    rows, columns = marked.shape[-2:]
    padded = np.pad(marked, [(0, 0)] * (marked.ndim - 2) + [(tolerance, tolerance)] * 2)
    shifts = range(2 * tolerance + 1)
    return np.any([padded[..., y : y + rows, x : x + columns] for y in shifts for x in shifts], axis=0)
