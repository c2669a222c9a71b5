"""Operations on whole axes: sums and means, softmax, matrix products, attention, statistics; and plain arithmetic."""

from hdclib.networks.inspecting.moves import Whole
from hdclib.networks.inspecting.shapes import mixing, reshaping, spreading


def elementwise(graph, sources, shape, path="", kind="arithmetic"):
    """Add an operation that reads each source at its own position; smaller ones are repeated."""
    return graph.add(kind, [(source, spreading(graph.shapes[source], shape)) for source in sources], path)


def reduced(graph, source, axes, kept, path="", kind="mean"):
    """Add a sum, mean or the like over some axes, which stay with size 1 if `kept`."""
    shape = graph.shapes[source]
    axes = sorted(axis % len(shape) for axis in axes) if axes else list(range(len(shape)))
    moves = [Whole(axis, shape[axis], 1) for axis in axes]
    ones = tuple(1 if axis in axes else size for axis, size in enumerate(shape))
    if not kept:
        moves += reshaping(ones, tuple(size for axis, size in enumerate(shape) if axis not in axes))
    return graph.add(kind, [(source, moves)], path)


def mixed(graph, source, axis, out=None, path="", kind="softmax"):
    """Add an operation whose every position along an axis reads the whole axis: softmax, a linear layer, a sort."""
    size = graph.shapes[source][axis]
    return graph.add(kind, [(source, [Whole(axis % len(graph.shapes[source]), size, out or size)])], path)


def product(graph, left, right, shapes, path="", kind="matrix product"):
    """Add a matrix product; a factor that is a constant is None, and `shapes` holds those of both."""
    if min(map(len, shapes)) < 2 or shapes[0][-1] != shapes[1][-2]:
        raise ValueError(f"matrices of {shapes[0]} and {shapes[1]} have no product")
    rows, inner, columns = shapes[0][-2], shapes[0][-1], shapes[1][-1]
    batch = _joint(shapes[0][:-2], shapes[1][:-2])
    out = (*batch, rows, columns)
    links = []
    for source, shape, axis, other in ((left, shapes[0], -1, columns), (right, shapes[1], -2, rows)):
        if source is not None:
            wide = (1,) * (len(out) - len(shape)) + tuple(shape)
            place = len(out) + axis
            moves = reshaping(graph.shapes[source], wide) + [Whole(place, inner, other)]
            moved = wide[:place] + (other,) + wide[place + 1 :]
            links.append((source, moves + spreading(moved, out)))
    return graph.add(kind, links, path)


def attended(graph, query, key, value, shapes, path="", kind="attention"):
    """Add an attention: every query reads all keys and all values, as a global branch; None is a constant."""
    out = (*_joint(shapes[0][:-2], shapes[2][:-2]), shapes[0][-2], shapes[2][-1])
    links = []
    for source, shape in zip((query, key, value), shapes, strict=True):
        if source is not None:
            last = len(shape) - 1
            moves = [] if source == query and shape is shapes[0] else [Whole(last - 1, shape[-2], out[-2])]
            moved = tuple(shape[:-2]) + (out[-2], out[-1])
            moves += [Whole(last, shape[-1], out[-1])]
            many = shapes[1][-2] > 1 and any(graph.tags[one] for one in (query, key, value) if one is not None)
            links.append((source, moves + spreading(moved, out), many))
    return graph.add(kind, links, path)


def normalised(graph, source, axes, groups=None, path="", kind="normalisation"):
    """Add a normalisation by statistics: each position reads itself, and all positions along `axes`.

    With `groups` the statistics are taken over the channels of a group and all places behind them.
    """
    shape = graph.shapes[source]
    moves = [Whole(axis, shape[axis], shape[axis]) for axis in axes]
    if groups is not None and groups < shape[1]:
        moves.append(mixing(1, shape[1], shape[1], groups))
    local = [move for move in moves if not isinstance(move, Whole) or not graph.tags[source][move.axis]]
    links = [(source, local)]
    if len(local) < len(moves):
        links.append((source, moves))
    return graph.add(kind, links, path)


def recurrent(graph, source, axis, shape, path="", kind="recurrent layer"):
    """Add a layer that runs along an axis, in one direction or both: each step may read every other."""
    moves = reshaping(graph.shapes[source], graph.shapes[source])
    found = graph.shapes[source]
    for place, size in enumerate(shape):
        if place == axis or size != found[place]:
            moves.append(Whole(place, found[place], size))
    return graph.add(kind, [(source, moves)], path)


def _joint(one, other):
    """The shape that two broadcast to."""
    size = max(len(one), len(other))
    pairs = zip((1,) * (size - len(one)) + tuple(one), (1,) * (size - len(other)) + tuple(other), strict=True)
    return tuple(max(a, b) for a, b in pairs)
