"""Graphs of hand-written stacks: layers of one axis, and modules of them, acting alike on every axis."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

from hdclib.checks import one_of, shown, whole_number
from hdclib.layers import MOST_LAYERS, ConvLayer, Joined
from hdclib.networks.inspecting.axes import Spread, Window
from hdclib.networks.inspecting.graph import MOST_ALONG, Convolution, Graph
from hdclib.networks.inspecting.moves import Along
from hdclib.networks.inspecting.resizing import resized
from hdclib.networks.modules import Cascade, Parallel
from hdclib.sizes.chains import PadLayer, PoolLayer, TransposedLayer


@dataclass(frozen=True, slots=True)
class ResizeLayer:
    """One upsampling by a whole factor along one axis.

    Parameters
    ----------
    factor : int
    mode : str, by name only
        "nearest" or "linear", the latter with the centres of pixels at halves.

    Examples
    --------
    >>> from hdclib import ConvLayer, inspect
    >>> from hdclib.networks import ResizeLayer
    >>> inspect([ConvLayer(3), ResizeLayer(2), ConvLayer(3)]).axes[0].fields
    (4,)
    """

    factor: int
    mode: str = field(default="nearest", kw_only=True)

    def __post_init__(self):
        object.__setattr__(self, "factor", whole_number("factor", self.factor, 1))
        one_of("mode", self.mode, ("nearest", "linear"))


LAYER_KINDS = (ConvLayer, TransposedLayer, PoolLayer, ResizeLayer, PadLayer, Cascade, Parallel)


def graph_of_layers(layers, shape=None):
    """Return the graph of a stack, and notes on it.

    Parameters
    ----------
    layers : sequence of layers, Cascade and Parallel
    shape : tuple of int, optional
        Sizes of the axes; if left out, one axis that is long enough for the middle output to be cut by no border.
    """
    if len(layers) > MOST_LAYERS:
        raise ValueError(f"model must hold at most {MOST_LAYERS} layers, got {len(layers)}")
    sizes = _long_enough(layers) if shape is None else _sizes(shape)
    graph, source = Graph((1, 1, *sizes), len(sizes)), 0
    for number, layer in enumerate(layers):
        source = _added(graph, source, layer, f"layers[{number}]")
    graph.outputs["output"], graph.layers = source, tuple(layers)
    return graph, []


def redilated(layers, dilations):
    """Return a stack with other dilations and paddings of some layers, each a pair of tuples, by their paths."""
    return tuple(_redilated(layer, f"layers[{number}]", dilations) for number, layer in enumerate(layers))


def _redilated(layer, path, dilations):
    if path in dilations:
        (dilation, *_), (padding, *_) = dilations[path]  # a layer acts alike on every axis
        return replace(layer, dilation=dilation, padding=padding)
    if isinstance(layer, Joined) and any(one.startswith(f"{path}.") for one in dilations):
        parts = enumerate(layer.parts)
        return type(layer)([_redilated(part, f"{path}.parts[{number}]", dilations) for number, part in parts])
    return layer


def written(layer, indent=""):
    """Return the code that makes a layer or a module, a line a part."""
    if not isinstance(layer, Joined):
        return f"{indent}{layer!r}"
    parts = "".join(f"{written(part, indent + '    ')},\n" for part in layer.parts)
    return f"{indent}{type(layer).__name__}([\n{parts}{indent}])"


def _sizes(shape):
    if isinstance(shape, int):
        shape = (shape,)
    if not isinstance(shape, (tuple, list)) or not 1 <= len(shape) <= 3:
        raise TypeError(f"shape must hold one to three sizes, such as (31, 31), got {shown(shape)}")
    return tuple(whole_number(f"shape[{place}]", size, 1) for place, size in enumerate(shape))


def _long_enough(layers):
    """The size of one axis whose middle output reaches no border, from above."""
    field, jump = 1, 1
    for layer in _flat(layers):
        field += (getattr(layer, "kernel_size", 2) - 1) * getattr(layer, "dilation", 1) * jump
        if not isinstance(layer, TransposedLayer):
            jump *= getattr(layer, "stride", 1)
        if isinstance(layer, PadLayer):
            field += abs(layer.before) + abs(layer.after)
    if field + 4 * jump >= MOST_ALONG:
        raise ValueError(f"model spans about {shown(field)} samples, and at most {MOST_ALONG} can be told apart")
    return (field + 4 * jump + 1,)


def _flat(layers):
    for layer in layers:
        if isinstance(layer, (Cascade, Parallel)):
            yield from _flat(layer.parts)
        else:
            yield layer


def _added(graph, source, layer, path):
    """Add a layer or a module and return its tensor."""
    if isinstance(layer, Cascade):
        for number, part in enumerate(layer.parts):
            source = _added(graph, source, part, f"{path}.parts[{number}]")
        return source
    if isinstance(layer, Parallel):
        return _side_by_side(graph, source, layer, path)
    if isinstance(layer, ResizeLayer):
        sizes = [layer.factor * size for size in graph.shapes[source][2:]]
        return resized(graph, source, sizes, layer.mode, [1 / layer.factor] * len(sizes), path=path)
    moves, numbers = [], _numbers(layer, graph.spatial)
    for axis in range(2, 2 + graph.spatial):
        size = graph.shapes[source][axis]
        relation = _relation(layer, size)
        if relation.out < 1:
            raise ValueError(f"{path} is {layer}, whose window is wider than the {size} samples it gets")
        moves.append(Along(axis, relation))
    return graph.add(KINDS[type(layer)], [(source, moves)], path, numbers)


KINDS = {ConvLayer: "convolution", TransposedLayer: "transposed convolution", PoolLayer: "pooling", PadLayer: "padding"}


def _relation(layer, size):
    if isinstance(layer, PadLayer):
        return Window(size, size + layer.before + layer.after, before=layer.before)
    taps, step, zeros = layer.kernel_size, layer.stride, layer.padding
    if isinstance(layer, PoolLayer):
        room = size + 2 * zeros - layer.dilation * (taps - 1) - 1
        out = (-(-room // step) if layer.ceil_mode else room // step) + 1
        out -= layer.ceil_mode and (out - 1) * step >= size + zeros
        return Window(size, out, taps, step, layer.dilation, zeros)
    if isinstance(layer, TransposedLayer):
        out = (size - 1) * step - 2 * zeros + layer.dilation * (taps - 1) + layer.output_padding + 1
        return Spread(Window(out, size, taps, step, layer.dilation, zeros))
    return Window(size, (size + 2 * zeros - layer.effective_size) // step + 1, taps, step, layer.dilation, zeros)


@lru_cache(maxsize=256)
def _numbers(layer, axes):
    if not isinstance(layer, (ConvLayer, TransposedLayer)):
        return None
    after = layer.padding - getattr(layer, "output_padding", 0)
    numbers = (layer.kernel_size, layer.stride, layer.dilation, layer.padding, after)
    taps, stride, dilation, before, behind = ((value,) * axes for value in numbers)
    return Convolution(taps, stride, dilation, before, behind, transposed=isinstance(layer, TransposedLayer))


def _side_by_side(graph, source, module, path):
    """Add branches, cut to the smallest of them around their middles, and their sum."""
    ends = [_added(graph, source, part, f"{path}.parts[{number}]") for number, part in enumerate(module.parts)]
    smallest = [min(graph.shapes[end][axis] for end in ends) for axis in range(2, 2 + graph.spatial)]
    links = []
    for end in ends:
        moves = []
        for axis, size in enumerate(smallest, 2):
            extra = graph.shapes[end][axis] - size
            moves += [Along(axis, Window(graph.shapes[end][axis], size, before=-(extra // 2)))] if extra else []
        links.append((end, moves))
    return graph.add("sum of branches", links, path)
