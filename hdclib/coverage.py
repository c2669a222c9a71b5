"""How much of its receptive field a stack reads, and what it leaves out."""

from dataclasses import dataclass

import numpy as np

from hdclib.checks import as_counts, whole_number
from hdclib.counts import samples_read


def holes(counts):
    """Return the positions of the samples that are never read, as an array of indices.

    Parameters
    ----------
    counts : array of int, shape (R,) or (R, C)
        As `tap_counts` or `usage_map` returns them, not dilations: ``holes(tap_counts([2, 2, 2], kernel_size=3))``.

    Returns
    -------
    positions : ndarray of int, shape (h,) for one axis, (h, 2) as (row, column) for a map

    Raises
    ------
    TypeError, ValueError
        If `counts` holds anything but whole numbers of at least 0, or has not one or two axes.

    Examples
    --------
    >>> from hdclib import holes, tap_counts
    >>> holes(tap_counts([2, 3], kernel_size=3))
    array([1, 9])
    """
    counts = as_counts("counts", counts, 1, 2)
    positions = np.argwhere(counts == 0)
    return positions[:, 0] if counts.ndim == 1 else positions


def largest_gap(counts):
    """Return the largest distance between neighbouring read samples: 1 where they all touch.

    Parameters
    ----------
    counts : array of int, shape (R,)
        One axis, as `tap_counts` returns it, not dilations: ``largest_gap(tap_counts([2, 2, 2], kernel_size=3))``.

    Returns
    -------
    distance : int
        In samples; a distance of 2 leaves one sample unread. 0 if only one sample is read.

    Raises
    ------
    TypeError, ValueError
        If `counts` holds anything but whole numbers of at least 0, or has not one axis.

    Examples
    --------
    >>> from hdclib import largest_gap, tap_counts
    >>> largest_gap(tap_counts([1, 2, 9], kernel_size=3))
    3
    """
    read = np.flatnonzero(as_counts("counts", counts, 1))
    return int(np.diff(read).max(initial=0))


@dataclass(frozen=True)
class Coverage:
    """How much of its receptive field a stack reads, along one axis and on an image.

    Attributes
    ----------
    span, read : int
        Samples in the receptive field along one axis, and those that are read.
    largest_gap : int
        Largest distance between neighbouring read samples; 1 where they all touch.
    """

    span: int
    read: int
    largest_gap: int

    @property
    def holes(self):
        """Samples along one axis that are never read."""
        return self.span - self.read

    @property
    def pixels(self):
        """Pixels of the square receptive field."""
        return self.span**2

    @property
    def pixels_read(self):
        """Pixels of the square receptive field that are read."""
        return self.read**2

    @property
    def hole_free(self):
        """Whether every pixel is read."""
        return self.pixels_read == self.pixels

    @property
    def share(self):
        """Share of the pixels that are read, from 0 to 1."""
        return self.pixels_read / self.pixels

    def __str__(self):
        return (
            f"reads {self.pixels_read} of {self.pixels} pixels ({self.share:.1%}), "
            f"{self.read} of {self.span} along an axis, largest gap {self.largest_gap}"
        )


def coverage(layers, kernel_size=None):
    """Mark by brute force what a stack reads of its receptive field, and say how much it is.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    coverage : Coverage

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or spans more than 2**26 samples.

    Examples
    --------
    >>> from hdclib import coverage
    >>> print(coverage([2, 2, 2], kernel_size=3))
    reads 49 of 169 pixels (29.0%), 7 of 13 along an axis, largest gap 2
    """
    read = samples_read(layers, kernel_size)
    return Coverage(len(read), int(np.count_nonzero(read)), largest_gap(read))


def shared_inputs(layers, shift, *, kernel_size=None):
    """Count the input samples that two outputs, `shift` samples apart, both read.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
    shift : int
        Distance of the two outputs along one axis, in *input* samples, at least 0.

    Returns
    -------
    count : int
        Along one axis; outputs apart along one axis only share this times the samples read along the other.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack or spans more than 2**26 samples, or `shift` is no whole number of at least 0.

    Examples
    --------
    >>> from hdclib import shared_inputs
    >>> [shared_inputs([2, 2, 2], shift, kernel_size=3) for shift in (0, 1, 2)]
    [7, 0, 6]
    """
    shift = whole_number("shift", shift, 0)
    read = samples_read(layers, kernel_size)
    overlap = max(len(read) - shift, 0)
    return int(np.count_nonzero(read[:overlap] & read[len(read) - overlap :]))
