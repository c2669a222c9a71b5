"""Operations with windows: convolutions, transposed ones, pools, patches, and sums that run along an axis."""

import math

import numpy as np

from hdclib.checks import shown
from hdclib.networks.inspecting.axes import Spread, Table, Window
from hdclib.networks.inspecting.moves import Along, Permute, Reshape
from hdclib.networks.inspecting.shapes import mixing
from hdclib.networks.inspecting.tables import adaptive_rows

MOST_TAPS = 2**16
MOST_READ = 2**30  # taps times positions: beyond, one operation takes seconds


def convolution(graph, source, numbers, channels, path="", kind=None, sizes=None):
    """Add a convolution or a transposed one, and return its tensor.

    Parameters
    ----------
    graph : Graph
    source : int
        A tensor (batch, channels, axes ...).
    numbers : Convolution
        For a transposed one, `after` is the padding that is cut off the end, less what output_padding adds.
    channels : int
        Of the output.
    path : str
        Where the module stands.
    kind : str, optional
        What to call it.
    sizes : sequence of int, optional
        Of the output, where windows and zeros leave them open.
    """
    shape = graph.shapes[source]
    _check(numbers.kernel_size, numbers.stride, numbers.dilation, shape[2:])
    moves = [mixing(1, shape[1], channels, numbers.groups)]
    for number, axis in enumerate(range(len(shape) - len(numbers.kernel_size), len(shape))):
        make = _spread if numbers.transposed else _window
        out = None if sizes is None else sizes[number]
        moves.append(Along(axis, make(shape[axis], number, numbers, out)))
    kind = kind or ("transposed convolution" if numbers.transposed else "convolution")
    return graph.add(kind, [(source, moves)], path, numbers)


def pool(graph, source, kernel_size, stride, dilation, before, sizes, path="", kind="pooling"):
    """Add a pool with these windows along the last axes, `sizes` being those of its output."""
    shape, moves, whole = graph.shapes[source], [], True
    _check(kernel_size, stride, dilation, shape[1:])
    for number, axis in enumerate(range(len(shape) - len(kernel_size), len(shape))):
        _fits(sizes[number], kernel_size[number], dilation[number], shape[axis])
        window = Window(
            shape[axis], sizes[number], kernel_size[number], stride[number], dilation[number], before[number]
        )
        moves.append(Along(axis, window))
        whole &= sizes[number] == 1 and dilation[number] == 1 and kernel_size[number] - before[number] >= shape[axis]
    places = [axis for axis in graph.places(source) if axis >= len(shape) - len(kernel_size)]
    return graph.add(kind, [(source, moves, whole and bool(places))], path)


def adaptive_pool(graph, source, sizes, path="", kind="adaptive pooling"):
    """Add a pool whose windows grow with the map; it is global unless it leaves the size as it is."""
    shape, moves = graph.shapes[source], []
    for number, axis in enumerate(range(len(shape) - len(sizes), len(shape))):
        moves.append(Along(axis, Table(shape[axis], adaptive_rows(shape[axis], sizes[number]))))
    smaller = any(out < size for out, size in zip(sizes, shape[len(shape) - len(sizes) :], strict=True))
    return graph.add(kind, [(source, moves, smaller)], path)


def running(graph, source, axis, path="", kind="running sum"):
    """Add an operation whose position o along one axis reads positions 0 to o."""
    size = graph.shapes[source][axis]
    return graph.add(kind, [(source, [Along(axis, Window(size, size, size, before=size - 1))])], path)


def patches(graph, source, kernel_size, stride, dilation, before, path="", kind="patches"):
    """Add what PyTorch's ``unfold`` does to (batch, channels, rows, columns): a column for each window."""
    batch, channels, *sizes = graph.shapes[source]
    out, moves, axis = [], [], 2
    for size, taps, step, spacing, zeros in zip(sizes, kernel_size, stride, dilation, before, strict=True):
        count = (size + 2 * zeros - spacing * (taps - 1) - 1) // step + 1
        rows = _tap_rows(size, taps, count, step, spacing, zeros)
        moves += [Along(axis, Table(size, rows))]
        out += [taps, count]
        axis += 1
    folded = (batch, channels, *(out[i] * out[i + 1] for i in range(0, len(out), 2)))
    opened = (batch, channels, *out)
    order = (0, 1, *range(2, len(opened), 2), *range(3, len(opened), 2))
    moved = tuple(opened[axis] for axis in order)
    flat = (batch, math.prod(moved[1 : 2 + len(sizes)]), math.prod(moved[2 + len(sizes) :]))
    return graph.add(kind, [(source, [*moves, Reshape(folded, opened), Permute(order), Reshape(moved, flat)])], path)


def folded_patches(graph, source, sizes, kernel_size, stride, dilation, before, path="", kind="folded patches"):
    """Add what PyTorch's ``fold`` does: every window's column is added up where it came from."""
    batch, columns, _ = graph.shapes[source]
    channels = columns // math.prod(kernel_size)
    counts = [
        (size + 2 * zeros - spacing * (taps - 1) - 1) // step + 1
        for size, taps, step, spacing, zeros in zip(sizes, kernel_size, stride, dilation, before, strict=True)
    ]
    opened = (batch, channels, *kernel_size, *counts)
    places = len(sizes)
    order = (0, 1, *(2 + i // 2 + places * (i % 2) for i in range(2 * places)))
    moved = tuple(opened[axis] for axis in order)
    closed = (batch, channels, *(t * c for t, c in zip(kernel_size, counts, strict=True)))
    moves = [Reshape(graph.shapes[source], opened), Permute(order), Reshape(moved, closed)]
    for number, size in enumerate(sizes):
        rows = _tap_rows(size, kernel_size[number], counts[number], stride[number], dilation[number], before[number])
        moves.append(Along(2 + number, Spread(Table(size, rows))))
    return graph.add(kind, [(source, moves)], path)


def _check(kernel_size, stride, dilation, sizes):
    """Refuse windows that no framework has, before anything runs over their taps."""
    for name, numbers in (("kernel_size", kernel_size), ("stride", stride), ("dilation", dilation)):
        if len(numbers) != len(kernel_size) or min(numbers) < 1:
            raise ValueError(f"{name} is {shown(tuple(numbers))} beside a kernel of {len(kernel_size)} axes")
    if max(kernel_size) > MOST_TAPS:
        raise ValueError(f"a kernel of {max(kernel_size)} taps along an axis, and at most {MOST_TAPS} are followed")
    if len(kernel_size) > len(sizes):
        few = f"a tensor of {len(sizes)} beside its channels"
        raise ValueError(f"a kernel of {len(kernel_size)} axes does not fit {few}")
    for taps, size in zip(reversed(kernel_size), reversed(sizes), strict=False):
        if taps * size > MOST_READ:
            raise ValueError(f"{taps} taps along {size} positions: more than the {MOST_READ} pairs that are followed")


def _window(size, number, numbers, out):
    taps, step, spacing = numbers.kernel_size[number], numbers.stride[number], numbers.dilation[number]
    before, after = numbers.before[number], numbers.after[number]
    if out is None:
        out = (size + before + after - spacing * (taps - 1) - 1) // step + 1
    _fits(out, taps, spacing, size)
    return Window(size, out, taps, step, spacing, before)


def _fits(out, taps, spacing, size):
    if out < 1:
        raise ValueError(f"the window spans {spacing * (taps - 1) + 1} samples, and {size} without padding are there")


def _spread(size, number, numbers, out):
    taps, step, spacing = numbers.kernel_size[number], numbers.stride[number], numbers.dilation[number]
    before, after = numbers.before[number], numbers.after[number]
    if out is None:
        out = (size - 1) * step + spacing * (taps - 1) + 1 - before - after
    _fits(out, taps, spacing, size)
    return Spread(Window(out, size, taps, step, spacing, before))


def _tap_rows(size, taps, count, step, spacing, zeros):
    """A row for each tap of each window, tap by tap: the one position that it holds, -1 in the zeros."""
    at = np.add.outer(np.arange(taps) * spacing, np.arange(count) * step).reshape(-1, 1) - zeros
    return np.where((at >= 0) & (at < size), at, -1)
