"""What a module of cascades and branches reads, counted path by path."""

import math
from dataclasses import dataclass
from functools import reduce

import numpy as np

from hdclib.branches import Cascade, module_span, parts_of
from hdclib.checks import INT64_MAX, one_of, shown, whole_number
from hdclib.coverage import Coverage, largest_gap
from hdclib.layers import ConvLayer

MAX_CELLS = 2**24  # cells of one map of a module
MAX_LARGE_CELLS = 2**21  # the same where 64 bits do not hold a count: Python's own numbers
ALIGNMENTS = ("centre", "last")


@dataclass(frozen=True)
class ModuleCoverage(Coverage):
    """How much of its window a module reads; for branches the map is *not* the product of its two axes.

    ``holes`` is along one axis: 0 does not mean that the map has none. Ask ``hole_free``, which looks at the map.

    Attributes
    ----------
    span, read, largest_gap : int
        Along one axis, as for `Coverage`.
    map_read : int
        Pixels of the ``span`` by ``span`` window that are read.
    """

    map_read: int

    @property
    def pixels_read(self):
        """Pixels of the square window that are read."""
        return self.map_read


def module_counts(module, axes=1, align="centre"):
    """Count the paths from each input sample to one output of a module.

    Parts one after the other convolve their counts; parts side by side add theirs.

    Parameters
    ----------
    module : ConvLayer, Cascade or Parallel
    axes : int, 1 or 2
        2 counts on an image, with square kernels.
    align : str
        Where branches meet: "centre", at the middle of their windows, as with equal padding on both sides, or
        "last", at the last sample, as in a causal network.

    Returns
    -------
    counts : ndarray of int, shape (R,) or (R, R)
        R is the module's span. Sums to the number of paths.

    Raises
    ------
    TypeError, ValueError
        If `module` is no module or a layer with a stride, the map has more than 2**24 cells, or 2**21 where there are
        more than 2**63 - 1 paths, or two branches have middles that lie half a sample apart.

    Examples
    --------
    >>> from hdclib import Parallel, module_counts
    >>> module_counts(Parallel([1, 2], kernel_size=3), axes=2)
    array([[1, 0, 1, 0, 1],
           [0, 1, 1, 1, 0],
           [1, 1, 2, 1, 1],
           [0, 1, 1, 1, 0],
           [1, 0, 1, 0, 1]])
    """
    axes = whole_number("axes", axes, 1, 2)
    paths = _paths(module, axes)
    return _run(module, _start(module, axes, align, np.int64 if paths <= INT64_MAX else object), align)


def module_coverage(module, align="centre"):
    """Count how much of its window a module reads, along an axis and on an image.

    Parameters
    ----------
    module : ConvLayer, Cascade or Parallel
    align : str
        As for `module_counts`.

    Returns
    -------
    coverage : ModuleCoverage

    Raises
    ------
    TypeError, ValueError
        If `module` is no module or a layer with a stride, the map has more than 2**24 cells, or two branches have
        middles that lie half a sample apart.

    Examples
    --------
    >>> from hdclib import Parallel, module_coverage
    >>> print(module_coverage(Parallel([6, 12, 18], kernel_size=3)))
    reads 25 of 1369 pixels (1.8%), 7 of 37 along an axis, largest gap 6
    >>> found = module_coverage(Parallel([1, 2], kernel_size=3))
    >>> found.holes, found.hole_free, found.pixels_read, found.pixels
    (0, False, 17, 25)
    """
    line, pixels = (_run(module, _start(module, axes, align, bool), align) for axes in (1, 2))
    return ModuleCoverage(len(line), int(line.sum()), largest_gap(line), int(pixels.sum()))


def _paths(module, axes):
    """Paths from the whole input to one output."""
    if isinstance(module, ConvLayer):
        return module.kernel_size**axes
    paths = [_paths(part, axes) for part in parts_of(module)]
    return math.prod(paths) if isinstance(module, Cascade) else sum(paths)


def _start(module, axes, align, kind):
    """One output, counted once."""
    one_of("align", align, ALIGNMENTS)
    cells = module_span(module) ** axes
    if cells > MAX_CELLS:
        raise ValueError(f"module spans {shown(cells)} cells, and at most {MAX_CELLS} can be counted one by one")
    if kind is object and cells > MAX_LARGE_CELLS:
        raise ValueError(
            f"module spans {cells} cells with counts that may exceed 2**63 - 1, and at most {MAX_LARGE_CELLS} of those "
            "have room: ask module_coverage, which counts no paths"
        )
    return np.ones((1,) * axes, dtype=kind)


def _run(module, counts, align):
    """Carry counts down through a module; in an array of booleans `+` means "or"."""
    if isinstance(module, ConvLayer):
        return reduce(lambda grown, axis: _spread(grown, module, axis), range(counts.ndim), counts)
    if isinstance(module, Cascade):
        return reduce(lambda grown, part: _run(part, grown, align), module.parts, counts)
    return _added([_run(part, counts, align) for part in module.parts], align)


def _spread(counts, layer, axis):
    """Add one copy for each tap, along one axis."""
    length = counts.shape[axis]
    shape = [size + (layer.effective_size - 1) * (axis == at) for at, size in enumerate(counts.shape)]
    total = np.zeros(shape, dtype=counts.dtype)
    view, source = np.moveaxis(total, axis, 0), np.moveaxis(counts, axis, 0)
    for tap in range(layer.kernel_size):
        view[tap * layer.dilation : tap * layer.dilation + length] += source
    return total


def _added(results, align):
    """Add maps of different size, middle on middle or last on last."""
    span = max(len(counts) for counts in results)
    total = np.zeros((span,) * results[0].ndim, dtype=results[0].dtype)
    for counts in results:
        before = span - len(counts)
        if align == "centre" and before % 2:
            raise ValueError(
                f"two branches span {span} and {len(counts)} samples, so their middles lie half a sample apart: "
                "use kernels of odd size, or align='last'"
            )
        start = before // 2 if align == "centre" else before
        total[(slice(start, start + len(counts)),) * total.ndim] += counts
    return total
