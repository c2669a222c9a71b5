"""How much of its receptive field a stack reads, what it leaves out, and how far apart it reads."""

import math
from dataclasses import dataclass

import numpy as np

from hdclib.checks import as_counts, one_of, shown, whole_number
from hdclib.gridding.counts import samples_read, tap_counts, usage_map
from hdclib.gridding.modules import ALIGNMENTS, has_branches, module_reads
from hdclib.layers import as_layers


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


def neighbour_paths(layers, kernel_size=None):
    """Return how many paths lead from one output to the sample beside its own, the middle of its field.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`, or Cascade or Parallel

    Returns
    -------
    paths : int
        Along one axis, to either side; 0 if the neighbours are missed, or if the field is a single sample.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack or module, or spans an even number of samples, of which none is the middle.

    Examples
    --------
    >>> from hdclib import neighbour_paths
    >>> [neighbour_paths(dilations, kernel_size=3) for dilations in ([1, 2, 3], [2, 2, 7], [2, 2, 3])]
    [3, 0, 3]
    """
    counts = tap_counts(layers, kernel_size)
    middle = _middle(len(counts))
    return int(counts[middle + 1]) if middle else 0


def pixels_near(layers, kernel_size=None, side=5):
    """Return how many pixels one output reads of a square around its own, the middle of its field.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`, or Cascade or Parallel
    side : int
        Of the square, in pixels: an odd number of at least 1.

    Returns
    -------
    pixels : int
        From 1 to ``side**2`` for a stack of odd kernels; what lies beyond the field is not read.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack or module, or spans an even number of samples, of which none is the middle, or
        would have a map of more than 2**26 cells, or `side` is no odd number of at least 1.

    Examples
    --------
    >>> from hdclib import pixels_near
    >>> [pixels_near(dilations, kernel_size=3) for dilations in ([1, 1, 9], [1, 7, 7], [2, 2, 7])]
    [25, 9, 9]
    """
    if whole_number("side", side, 1) % 2 == 0:
        raise ValueError(f"side must be odd, so that a pixel is the middle, got {shown(side)}")
    counts = usage_map(layers, kernel_size)
    middle = _middle(len(counts))
    around = slice(max(0, middle - side // 2), middle + side // 2 + 1)
    return int((counts[around, around] > 0).sum())


def _middle(span):
    if span % 2 == 0:
        raise ValueError(f"layers span {span} samples, an even number, of which none is the middle")
    return span // 2


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
    """How much of its receptive field a stack or module reads, along one axis and on an image.

    Attributes
    ----------
    span, read : int
        Samples in the receptive field along one axis, and those that are read.
    largest_gap : int
        Largest distance between neighbouring read samples; 1 where they all touch.
    pixels_read : int
        Pixels of the square receptive field that are read. With branches the map is *not* the product of its two axes.
    skipped : (int, int)
        As `skipped_inputs` returns it: what one output reads without holes may still be little of the input.
    """

    span: int
    read: int
    largest_gap: int
    pixels_read: int
    skipped: tuple = (0, 1)

    @property
    def holes(self):
        """Samples along one axis that are never read; with branches a map may have holes where an axis has none."""
        return self.span - self.read

    @property
    def pixels(self):
        """Pixels of the square receptive field."""
        return self.span**2

    @property
    def hole_free(self):
        """Whether every pixel is read."""
        return self.pixels_read == self.pixels

    @property
    def share(self):
        """Share of the pixels that are read, from 0 to 1."""
        return self.pixels_read / self.pixels

    def __str__(self):
        told = (
            f"reads {self.pixels_read} of {self.pixels} pixels ({self.share:.1%}), "
            f"{self.read} of {self.span} along an axis, largest gap {self.largest_gap}"
        )
        count, stride = self.skipped
        return told if count == 0 else f"{told}; of every {stride} inputs along an axis {count} reach no output"


def coverage(layers, kernel_size=None, *, align="centre"):
    """Mark by brute force what a stack or module reads of its receptive field, and say how much it is.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`, or Cascade or Parallel
    align : str
        Where branches meet, as for `tap_counts`.

    Returns
    -------
    coverage : Coverage

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or spans more than 2**26 samples, or with branches 2**12, or two branches have
        middles that lie half a sample apart.

    Examples
    --------
    >>> from hdclib import coverage
    >>> print(coverage([2, 2, 2], kernel_size=3))
    reads 49 of 169 pixels (29.0%), 7 of 13 along an axis, largest gap 2
    >>> from hdclib.networks import Parallel
    >>> found = coverage(Parallel([1, 2], kernel_size=3))
    >>> found.holes, found.hole_free, found.pixels_read, found.pixels
    (0, False, 17, 25)
    """
    one_of("align", align, ALIGNMENTS)
    branches = has_branches(layers, kernel_size)
    read = module_reads(layers, 1, align) if branches else samples_read(layers, kernel_size)
    along = int(np.count_nonzero(read))
    pixels = int(np.count_nonzero(module_reads(layers, 2, align))) if branches else along**2
    skipped = (0, 1) if branches else _skipped(read, as_layers(layers, kernel_size))
    return Coverage(len(read), along, largest_gap(read), pixels, skipped)


def skipped_inputs(layers, kernel_size=None):
    """Return how many of every S neighbouring inputs no output reads, S being the stride of the whole stack.

    `is_hole_free` and `coverage` look at one output. Strides larger than what an output reads leave inputs out
    between the outputs.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    count, stride : int, int
        Along one axis, away from the borders.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack, or spans more than 2**26 samples.

    Examples
    --------
    >>> from hdclib import ConvLayer, is_hole_free
    >>> from hdclib.gridding import skipped_inputs
    >>> layers = [ConvLayer(2, stride=4)]
    >>> is_hole_free(layers), skipped_inputs(layers)
    (True, (2, 4))
    """
    layers = as_layers(layers, kernel_size)
    return _skipped(samples_read(layers), layers)


def _skipped(read, layers):
    """How many of the places that repeat from output to output are not read, and after how many they repeat."""
    stride = math.prod(layer.stride for layer in layers)
    places = np.flatnonzero(read)
    met = len(np.unique(places % stride)) if stride < len(read) else len(places)
    return stride - met, stride


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


def widest_step(counts):
    """Return where the largest gap is: the first pair of neighbouring samples read that are furthest apart.

    Parameters
    ----------
    counts : array of int, shape (R,)
        One axis, as `tap_counts` returns it, not dilations: ``widest_step(tap_counts([2, 2, 2], kernel_size=3))``.

    Returns
    -------
    ends : (int, int) or None
        Positions of the two samples; None if fewer than two are read.

    Raises
    ------
    TypeError, ValueError
        If `counts` holds anything but whole numbers of at least 0, or has not one axis.

    Examples
    --------
    >>> from hdclib import tap_counts
    >>> from hdclib.gridding import widest_step
    >>> widest_step(tap_counts([1, 2, 9], kernel_size=3))
    (6, 9)
    """
    read = np.flatnonzero(as_counts("counts", counts, 1))
    if len(read) < 2:
        return None
    at = int(np.diff(read).argmax())
    return int(read[at]), int(read[at + 1])


def read_runs(counts):
    """Return the runs of neighbouring samples that are read.

    Parameters
    ----------
    counts : array of int, shape (R,)
        One axis, as `tap_counts` returns it, not dilations: ``read_runs(tap_counts([2, 2, 2], kernel_size=3))``.

    Returns
    -------
    runs : list of (int, int)
        First sample and number of samples of each run, from left to right. One run means no holes between.

    Raises
    ------
    TypeError, ValueError
        If `counts` holds anything but whole numbers of at least 0, or has not one axis.

    Examples
    --------
    >>> from hdclib import tap_counts
    >>> from hdclib.gridding import read_runs
    >>> read_runs(tap_counts([1, 2, 9], kernel_size=3))
    [(0, 7), (9, 7), (18, 7)]
    """
    read = np.concatenate([[False], as_counts("counts", counts, 1) != 0, [False]])
    edges = np.flatnonzero(read[1:] != read[:-1])
    starts, ends = edges[::2], edges[1::2]
    return list(zip(starts.tolist(), (ends - starts).tolist(), strict=True))
