"""A real image to pool, and figures of what pooling leaves of it."""

import matplotlib.cbook
import matplotlib.pyplot as plt
import numpy as np

LUMA = (0.299, 0.587, 0.114)  # weights of red, green and blue in a grey level, ITU-R BT.601
TOP, ROWS, COLUMNS = 12, 576, 512  # a part of the picture whose sides can be halved five times
FACE = slice(48, 304), slice(135, 391)


def portrait():
    """Return the portrait of Grace Hopper that ships with matplotlib, in grey.

    The photograph is an official one of the US Navy and in the public domain. Nothing is downloaded.

    Returns
    -------
    image : ndarray of uint8, shape (576, 512)
        The original without its 12 first and 12 last rows; 0 is black.
    """
    with matplotlib.cbook.get_sample_data("grace_hopper.jpg") as file:
        colour = plt.imread(file, format="jpg")
    grey = np.rint(colour.astype(float) @ LUMA).astype(np.uint8)
    return grey[TOP : TOP + ROWS, :COLUMNS]


def small_face():
    """Return the face of `portrait`, each pixel the mean of 4 × 4.

    Returns
    -------
    image : ndarray of uint8, shape (64, 64)
    """
    face = portrait()[FACE].astype(float)
    return np.rint(face.reshape(64, 4, 64, 4).mean(axis=(1, 3))).astype(np.uint8)


def plot_images(images, titles, columns=None, height=2.4):
    """Draw grey images side by side, pixel by pixel. Return the list of Axes.

    Parameters
    ----------
    images : list of arrays, shape (rows, columns)
        Grey levels from 0, black, to 255, white.
    titles : list of str
    columns : int, optional
        Images in a row; all if left out.
    height : float
        Inches of a row.
    """
    columns = columns or len(images)
    rows = -(-len(images) // columns)
    _, axes = plt.subplots(rows, columns, figsize=(7.6, height * rows), layout="constrained", squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    for ax, image, title in zip(axes.flat, images, titles, strict=False):
        ax.imshow(image, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
        ax.set_title(title, fontsize=9)
    return list(axes.flat[: len(images)])
