"""What a module with branches reads, counted path by path: parts in a row convolve, parts side by side add up."""

import math
from functools import reduce

import numpy as np

from hdclib.checks import INT64_MAX, shown
from hdclib.layers import Cascade, ConvLayer, Joined, layers_inside, refuse_kernel_size, span_of

MOST_MODULE_CELLS = 2**24  # cells of one map of a module: some seconds
MOST_LARGE_CELLS = 2**21  # the same where 64 bits do not hold a count: Python's own numbers
ALIGNMENTS = ("centre", "last")


def has_branches(layers, kernel_size=None):
    """Return whether `layers` is a module with branches; a Cascade without any is a stack."""
    if not isinstance(layers, Joined):
        return False
    refuse_kernel_size(kernel_size)
    return layers_inside(layers) is None


def module_counts(module, axes, align):
    """Return the paths from each input sample to one output of a module, shape (R,) or (R, R) for 1 or 2 `axes`."""
    large = _paths(module, axes) > INT64_MAX
    _room_for(module, axes, large)
    return _run(module, np.ones((1,) * axes, dtype=object if large else np.int64), align)


def module_reads(module, axes, align):
    """Return which samples of its window a module reads, shape (R,) or (R, R) for 1 or 2 `axes`."""
    _room_for(module, axes)
    return _run(module, np.ones((1,) * axes, dtype=bool), align)


def _paths(module, axes):
    """Paths from the whole input to one output."""
    if isinstance(module, ConvLayer):
        return module.kernel_size**axes
    paths = [_paths(part, axes) for part in module.parts]
    return math.prod(paths) if isinstance(module, Cascade) else sum(paths)


def _room_for(module, axes, large=False):
    """Refuse a map that would not fit in memory, or would take minutes."""
    cells = span_of(module) ** axes
    if cells > MOST_MODULE_CELLS:
        raise ValueError(
            f"layers span {shown(cells)} cells, and at most {MOST_MODULE_CELLS} of a module can be counted one by one"
        )
    if large and cells > MOST_LARGE_CELLS:
        raise ValueError(
            f"layers span {cells} cells with counts that may exceed 2**63 - 1, and at most {MOST_LARGE_CELLS} of those "
            "have room: ask coverage, which counts no paths"
        )


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
