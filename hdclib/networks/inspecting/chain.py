"""The layers of a network whose graph is a chain, along one axis: what a stack of windows can say of it."""

import numpy as np

from hdclib.checks import whole_number
from hdclib.layers import ConvLayer
from hdclib.networks.inspecting.asking import graph_of
from hdclib.networks.inspecting.axes import Spread, Table, Window
from hdclib.networks.inspecting.carrying import before
from hdclib.networks.inspecting.inspection import judged_name
from hdclib.networks.inspecting.moves import Along, Everything, Folded, Minus, Turned

WAY_OUT = "ask hdclib.inspect, which takes the network as it is"


def layers_of(model, shape=None, axis=0, *, output=None, call=None):
    """Return the convolutions and pools of a network as layers, along one axis: a stack, for all that asks for one.

    The network runs once, as for `inspect`, and its graph must be a chain: each operation reads one before it. What
    moves no sample is left out: activations, normalisation, dropout. So is what reads a whole axis at once, as
    squeeze-and-excitation does; but a pool whose window happens to hold the whole map is a layer. Groups and channels
    play no part.

    Parameters
    ----------
    model : torch.nn.Module, or path of an ONNX file, or sequence of layers
    shape : tuple of int, optional
        As `inspect` takes it: (channels, rows, columns) of one image, (channels, samples) of a signal.
    axis : int, from 0
        Of the places: for images 0 are rows, 1 columns.
    output : str, optional
        Where the chain ends; the network's first output with places if left out. Where an output has no places, the
        chain ends at the last map before it: the linear layers of a classifier are no part of it.
    call : callable, optional
        Runs a PyTorch model that needs more than one tensor.

    Returns
    -------
    layers : tuple of ConvLayer
        First layer first.

    Raises
    ------
    TypeError, ValueError, ImportError
        As `inspect` does; and if branches meet, an operation has no rule, a map is enlarged, folded or resized, a
        layer adds other zeros after than before or rounds its size up, or there is no such `axis`. The message names
        the module; `inspect` answers for all of these.

    Examples
    --------
    >>> from hdclib import Cascade
    >>> from hdclib.networks import PadLayer, layers_of
    >>> for layer in layers_of([Cascade([1, 2], kernel_size=3), PadLayer(4, 4)]):
    ...     print(layer)
    ConvLayer(kernel_size=3, dilation=1, stride=1, padding=0)
    ConvLayer(kernel_size=3, dilation=2, stride=1, padding=0)
    ConvLayer(kernel_size=1, dilation=1, stride=1, padding=4)
    """
    graph, _, _ = graph_of(model, shape, call)
    axis = whole_number("axis", axis, 0)
    if axis >= graph.spatial:
        raise ValueError(f"axis must be at most {graph.spatial - 1}, got {axis}")
    chain = _chain(graph, graph.outputs[judged_name(graph, output)], axis)
    found = [layer for operation, source, moves in chain for layer in _layers(graph, operation, source, moves, axis)]
    if not found:
        raise ValueError("model has no convolution or pool along this axis: give a network with at least one")
    return tuple(found)


def _chain(graph, end, axis):
    """The operations from the input to the last map before an end, with what each reads: (operation, source, moves)."""
    steps, same = {}, {0: 0}  # an operation on each position by itself makes what is the same tensor here
    for operation in graph.operations[:end]:
        links = [link for link in operation.links if link.source in same and (not link.is_global or _is_pool(link))]
        ways = {(same[link.source], link.moves) for link in links}
        if ways:
            source, moves = next(iter(ways))
            plain = len(ways) == 1 and not moves and operation.convolution is None
            same[operation.target] = source if plain else operation.target
            steps[operation.target] = operation, ways
    ends = [end] if graph.places(end) else [one for one in before(graph, end) if _follows(graph.tags[one], axis)]
    tensor = max((one for one in ends if one in same), default=None)
    if tensor is None:
        raise ValueError(f"the output reads the input through branches over the whole map alone: {WAY_OUT}")
    found = []
    while same[tensor]:
        operation, ways = steps[same[tensor]]
        if len(ways) > 1:
            raise ValueError(f"{_place(operation)} joins {len(ways)} branches, and a stack has none: {WAY_OUT}")
        ((tensor, moves),) = ways
        found.append((operation, tensor, moves))
    return reversed(found)


def _is_pool(link):
    """Whether a link reads through windows, also where one of them happens to hold the whole map."""
    return all(isinstance(move, Along) and isinstance(move.relation, Window) for move in link.moves)


def _follows(tags, axis):
    """Whether one axis of a tensor, and no other, follows an axis of the input, by itself."""
    follow = [tag for tag in tags if axis in tag]
    return len(follow) == 1 and not isinstance(follow[0], Folded)


def _layers(graph, operation, source, moves, axis):
    """The layers that one operation is along an axis: none, or one for each move along it."""
    tags, shape, found = graph.tags[source], graph.shapes[source], []
    for move in moves:
        if isinstance(move, Along) and axis in tags[move.axis]:
            found += _layer(operation, move.relation)
        tags, shape = move.tagged(tags, shape), move.read_by(shape)
        if isinstance(move, (Everything, Minus, Turned)) or not _follows(tags, axis):
            raise ValueError(f"{_place(operation)} folds the axis or moves parts of it, and no layer does: {WAY_OUT}")
    return found


def _layer(operation, relation):
    """The layer that reads as a relation does; none for what leaves each position in its place."""
    if isinstance(relation, Table) and np.array_equal(relation.rows, np.arange(relation.size)[:, None]):
        return []
    if isinstance(relation, Spread):
        raise ValueError(f"{_place(operation)} enlarges the map, and layers are convolutions and pools: {WAY_OUT}")
    if not isinstance(relation, Window):
        raise ValueError(f"{_place(operation)} has no window of one size and one step: {WAY_OUT}")
    taps, spacing, step, zeros = relation.kernel_size, relation.dilation, relation.stride, relation.before
    size = (relation.size + 2 * zeros - spacing * (taps - 1) - 1) // step + 1
    if zeros < 0 or size != relation.out:
        raise ValueError(
            f"{_place(operation)} adds or cuts other numbers of samples before and after, or rounds its size up, "
            f"and a layer does neither: {WAY_OUT}"
        )
    moves = (taps, step, zeros) != (1, 1, 0) or operation.convolution is not None
    return [ConvLayer(taps, spacing, stride=step, padding=zeros)] if moves else []


def _place(operation):
    return f"{operation.path} ({operation.kind})" if operation.path else f"an operation ({operation.kind})"
