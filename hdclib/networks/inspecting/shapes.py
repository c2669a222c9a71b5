"""Operations that move positions: other shapes, orders, slices, paddings, repeats, and joining side by side."""

import math

import numpy as np

from hdclib.checks import shown
from hdclib.networks.inspecting.axes import Blocks, Table, Window
from hdclib.networks.inspecting.moves import Along, Permute, Reshape, Whole
from hdclib.networks.inspecting.tables import padded_rows, refuse_large


def reshaped(graph, source, shape, path="", kind="reshape"):
    """Add the same positions in another shape."""
    return graph.add(kind, [(source, reshaping(graph.shapes[source], shape))], path)


def permuted(graph, source, order, path="", kind="permute"):
    """Add the same positions with the axes in another order."""
    axes = len(graph.shapes[source])
    return graph.add(kind, [(source, [Permute(tuple(axis % axes for axis in order))])], path)


def sliced(graph, source, axis, start, count, step=1, path="", kind="slice"):
    """Add every `step`-th position along an axis, `count` of them from `start` on; a negative step goes back."""
    return graph.add(kind, [(source, [slicing(graph.shapes[source], axis, start, count, step)])], path)


def slicing(shape, axis, start, count, step=1):
    """Return the move that takes every `step`-th position along an axis."""
    if step < 0:
        return taking(shape, axis, start + step * np.arange(count))
    return Along(axis, Window(shape[axis], count, stride=step, before=-start))


def taking(shape, axis, index):
    """Return the move that takes the listed positions along an axis."""
    return Along(axis, Table(shape[axis], np.asarray(index, dtype=int).reshape(-1, 1) % shape[axis]))


def taken(graph, source, axis, index, path="", kind="index"):
    """Add the listed positions along an axis, as a roll, a flip or a constant index does."""
    return graph.add(kind, [(source, [taking(graph.shapes[source], axis, index)])], path)


def selected(graph, source, axis, index, path="", kind="select"):
    """Add one position along an axis, which goes."""
    shape = graph.shapes[source]
    one = (*shape[:axis], 1, *shape[axis + 1 :])
    moves = [slicing(shape, axis, index % shape[axis], 1), Reshape(one, (*shape[:axis], *shape[axis + 1 :]))]
    return graph.add(kind, [(source, moves)], path)


def padded(graph, source, amounts, mode="constant", path="", kind="padding"):
    """Add zeros or what is there around a tensor; `amounts` holds (before, after) by axis, negative to cut."""
    shape, moves = graph.shapes[source], []
    for axis, (before, after) in sorted(amounts.items()):
        size = shape[axis]
        if mode == "constant":
            moves.append(Along(axis, Window(size, size + before + after, before=before)))
        else:
            shift = _shift(before)
            moves.append(Along(axis, Table(size, padded_rows(size, before, after, mode), shift)))
    return graph.add(kind, [(source, moves)], path)


def joined(graph, sources, axis, path="", kind="concatenation"):
    """Add tensors side by side along an axis."""
    sizes = [graph.shapes[source][axis] if source is not None else None for source in sources]
    return placed(graph, list(zip(sources, sizes, strict=True)), axis, path, kind)


def placed(graph, pieces, axis, path="", kind="concatenation"):
    """Add pieces side by side along an axis, (tensor, size) each; a tensor of None is a constant."""
    total, start, links = sum(size for _, size in pieces), 0, []
    for source, size in pieces:
        if source is not None:
            links.append((source, [Along(axis, Window(size, total, before=start))]))
        start += size
    return graph.add(kind, links, path)


def repeated(graph, source, counts, path="", kind="repeat"):
    """Add copies of a tensor side by side along each axis; new axes stand in front."""
    shape = graph.shapes[source]
    wide = (1,) * (len(counts) - len(shape)) + shape
    moves = reshaping(shape, wide)
    for axis, count in enumerate(counts):
        refuse_large(count * wide[axis])
        if count != 1:
            moves.append(Along(axis, Table(wide[axis], np.tile(np.arange(wide[axis]), count)[:, None])))
    return graph.add(kind, [(source, moves)], path)


def interleaved(graph, source, axis, count, path="", kind="repeat"):
    """Add each position along an axis `count` times in a row."""
    refuse_large(count * graph.shapes[source][axis])
    rows = np.repeat(np.arange(graph.shapes[source][axis]), count)
    return taken(graph, source, axis, rows, path, kind)


def shuffled_out(graph, source, block, depth_first=False, path="", kind="depth to space"):
    """Add a pixel shuffle: channels become places of a finer grid, `block` times as fine along each axis.

    `depth_first` is ONNX's and TensorFlow's order, with the block in front of the channels.
    """
    batch, channels, *sizes = graph.shapes[source]
    axes, left = len(sizes), channels // block ** len(sizes)
    blocks = (block,) * axes
    opened = (batch, *blocks, left, *sizes) if depth_first else (batch, left, *blocks, *sizes)
    first, kept = (1, 1 + axes) if depth_first else (2, 1)
    order = (0, kept, *(axis for i in range(axes) for axis in (2 + axes + i, first + i)))
    moved = tuple(opened[axis] for axis in order)
    closed = (batch, left, *(size * block for size in sizes))
    moves = [Reshape(graph.shapes[source], opened), Permute(order), Reshape(moved, closed)]
    return graph.add(kind, [(source, moves)], path)


def shuffled_in(graph, source, block, depth_first=False, path="", kind="space to depth"):
    """Add a pixel unshuffle: places become channels, ONNX's order with the block in front of them."""
    batch, channels, *sizes = graph.shapes[source]
    axes = len(sizes)
    opened = (batch, channels, *(part for size in sizes for part in (size // block, block)))
    inner = tuple(3 + 2 * i for i in range(axes))
    order = (0, *inner, 1) if depth_first else (0, 1, *inner)
    order += tuple(2 + 2 * i for i in range(axes))
    moved = tuple(opened[axis] for axis in order)
    closed = (batch, channels * block**axes, *(size // block for size in sizes))
    moves = [Reshape(graph.shapes[source], opened), Permute(order), Reshape(moved, closed)]
    return graph.add(kind, [(source, moves)], path)


def mixing(axis, size, out, groups):
    """Return the move by which channels read all channels, or those of their own group."""
    if groups < 1 or size % groups or out % groups:
        raise ValueError(f"{size} channels that are read as {out} do not fall into {shown(groups)} groups")
    return Whole(axis, size, out) if groups == 1 else Along(axis, Blocks(size, out, groups))


def reshaping(old, new):
    """Return the moves to another shape of as many positions: none if it is the same."""
    if math.prod(old) != math.prod(new) or min(new, default=1) < 0:
        raise ValueError(f"{shown(tuple(old))} has other than as many positions as {shown(tuple(new))}")
    return [] if tuple(old) == tuple(new) else [Reshape(tuple(old), tuple(new))]


def spreading(old, new):
    """Return the moves that repeat a tensor until it has another's shape, as broadcasting does."""
    wide = (1,) * (len(new) - len(old)) + tuple(old)
    moves = reshaping(old, wide)
    return moves + [Whole(axis, 1, n) for axis, n in enumerate(new) if wide[axis] == 1 and n != 1]


def _shift(before):
    return lambda at: (at - before, at - before)
