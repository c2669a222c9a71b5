"""Photographs that ship inside scikit-image, cut into crops whose pixels are sorted into three tones."""

from functools import cache

import numpy as np
from skimage import data
from skimage.color import rgb2gray

from experiments.segmentation.settings import CLASSES, RIM, SIDE

CROP = SIDE + 2 * RIM
TRAINED_ON = ("astronaut", "coffee", "coins")
TESTED_ON = ("camera", "chelsea", "rocket")


@cache
def photograph(name):
    """Return a photograph at half its size and the tone of each pixel.

    Parameters
    ----------
    name : str
        A function of `skimage.data` whose picture is a file of the package.

    Returns
    -------
    grey : ndarray of float, shape (rows, columns)
        Averages of 2 x 2 pixels; mean 0, and the mean greys of the darkest and the lightest tone lie 2 apart.
    labels : ndarray of int64, same shape
        0, 1, 2 for the darkest, the middle and the lightest third of the pixels.
    """
    picture = getattr(data, name)()
    grey = rgb2gray(picture) if picture.ndim == 3 else picture / 255
    rows, columns = (size // 2 for size in grey.shape)
    grey = grey[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2).mean(axis=(1, 3))
    labels = np.searchsorted(np.quantile(grey, [1 / 3, 2 / 3]), grey).astype(np.int64)
    apart = grey[labels == CLASSES - 1].mean() - grey[labels == 0].mean()
    return 2 * (grey - grey.mean()) / apart, labels


def crops(names, count, rng):
    """Return `count` crops, from each photograph in turn, at random places.

    Returns
    -------
    greys : ndarray of float, shape (count, CROP, CROP)
    labels : ndarray of int64, same shape
    """
    pairs = [_crop(*photograph(names[number % len(names)]), rng) for number in range(count)]
    return tuple(np.stack(arrays) for arrays in zip(*pairs, strict=True))


def _crop(grey, labels, rng):
    """One square of both arrays, at the same place."""
    row, column = (int(rng.integers(size - CROP + 1)) for size in grey.shape)
    window = np.s_[row : row + CROP, column : column + CROP]
    return grey[window], labels[window]
