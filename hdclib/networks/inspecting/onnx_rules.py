"""What each operation of ONNX reads, written with the operations of the graph, and constants computed with numpy."""

import math
from functools import reduce
from typing import Any

import numpy as np

from hdclib.checks import shown
from hdclib.networks.inspecting import resizing, shapes, whole, windows
from hdclib.networks.inspecting.axes import Table, Window
from hdclib.networks.inspecting.graph import Convolution
from hdclib.networks.inspecting.moves import Along
from hdclib.networks.inspecting.shapes import reshaping, slicing, taking
from hdclib.networks.inspecting.tables import refuse_large


class Unread(Exception):
    """An operation of a known name whose arguments no rule covers."""


class Shaped:
    """A constant of which only the shape is known."""

    def __init__(self, shape):
        self.shape = tuple(shape)


class Opaque:
    """A constant of which nothing is known but that it does not depend on the input."""

    shape = ()


RULES, CONSTANTS = {}, {}
MOST_VALUES = 4096  # of a constant whose values may matter; of weights the shape is enough
#: Where a resize may put its outputs between its inputs, and a rule knows it.
PLACES = ("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric")
#: Operations that read each input at their own position.
ELEMENTWISE = {
    "Abs", "Acos", "Acosh", "Add", "And", "Asin", "Asinh", "Atan", "Atanh", "BitShift", "Cast", "CastLike", "Ceil",
    "Celu", "Clip", "Cos", "Cosh", "DequantizeLinear", "Div", "Dropout", "Elu", "Equal", "Erf", "Exp", "Floor", "Gelu",
    "Greater", "GreaterOrEqual", "HardSigmoid", "HardSwish", "Identity", "IsInf", "IsNaN", "LeakyRelu", "Less",
    "LessOrEqual", "Log", "Max", "Mean", "Min", "Mish", "Mod", "Mul", "Neg", "Not", "Or", "PRelu", "Pow",
    "QuantizeLinear", "Reciprocal", "Relu", "Round", "Selu", "Shrink", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus",
    "Softsign", "Sqrt", "Sub", "Sum", "Swish", "Tan", "Tanh", "ThresholdedRelu", "Trilu", "Where", "Xor",
}  # fmt: skip


#: Those of them whose other inputs hold a number for a channel or a block.
SHAPED_BY_FIRST = {"DequantizeLinear", "PRelu", "QuantizeLinear"}
#: Operations that put the values of a constant into another shape.
SAME_VALUES = {"Reshape", "Slice", "Squeeze", "Transpose", "Unsqueeze"}


def rule(*names):
    """Put a function into the table of rules under these names."""

    def keep(function):
        RULES.update(dict.fromkeys(names, function))
        return function

    return keep


def constant(*names):
    """Put a function into the table of what is computed for constants."""

    def keep(function):
        CONSTANTS.update(dict.fromkeys(names, function))
        return function

    return keep


def _attribute(node, name, default=None):
    value = node.attributes.get(name)
    return default if value is None else value


def _values(reader, value):
    """The values of a constant, as a list of whole numbers or floats."""
    if isinstance(value, int) or not hasattr(value, "dtype"):
        raise Unread
    return np.asarray(value).reshape(-1).tolist()


def _source(node):
    if not isinstance(node.inputs[0], int):
        raise Unread
    return node.inputs[0]


@rule("elementwise")
def _elementwise(reader, node):
    active = [value for value in node.inputs if isinstance(value, int)]
    shape = joint_shape(node, [reader.shape(value) for value in node.inputs if value is not None])
    return [whole.elementwise(reader.graph, active, shape, node.path)]


def joint_shape(node, known):
    """Return the shape that an elementwise operation makes of inputs of these shapes."""
    if node.op in SHAPED_BY_FIRST:
        return known[0]
    try:
        return tuple(np.broadcast_shapes(*known))
    except ValueError:
        raise ValueError(f"shapes {shown(known)} do not go together") from None


def _side_by_side(*lists):
    """The entries of lists that say something of the same axes."""
    if len(set(map(len, lists))) > 1:
        raise ValueError(f"{shown(lists)} are of different lengths")
    return zip(*lists, strict=True)


@rule("BatchNormalization")
def _batch_norm(reader, node):
    return [whole.elementwise(reader.graph, [_source(node)], reader.shape(_source(node)), node.path)] * node.count


@rule("LRN")
def _response_norm(reader, node):
    source, size = _source(node), _attribute(node, "size")
    channels = reader.shape(source)[1]
    if not 1 <= size <= channels:
        raise Unread
    near = Along(1, Window(channels, channels, size, before=(size - 1) // 2))
    return [reader.graph.add("normalisation", [(source, [near])], node.path)]


@rule("InstanceNormalization", "GroupNormalization", "LayerNormalization", "MeanVarianceNormalization",
      "RMSNormalization")  # fmt: skip
def _normalised(reader, node):
    source = _source(node)
    axes = len(reader.shape(source))
    if node.op in ("LayerNormalization", "RMSNormalization"):
        made = whole.normalised(reader.graph, source, range(_attribute(node, "axis", -1) % axes, axes), path=node.path)
    elif node.op == "MeanVarianceNormalization":
        over = [axis for axis in _attribute(node, "axes", (0, 2, 3)) if -axes <= axis < axes]
        made = whole.normalised(reader.graph, source, over, path=node.path)
    else:
        groups = _attribute(node, "num_groups", reader.shape(source)[1])
        made = whole.normalised(reader.graph, source, range(2, axes), groups, node.path)
    return [made] * node.count


@rule("Conv", "ConvInteger", "ConvTranspose", "QLinearConv")
def _convolution(reader, node):
    source, weight = _source(node), node.inputs[3 if node.op == "QLinearConv" else 1]
    if isinstance(weight, int):
        raise Unread
    shape, taps = reader.shape(source), reader.shape(weight)
    kernel = tuple(_attribute(node, "kernel_shape", taps[2:]))
    axes, transposed = len(kernel), node.op == "ConvTranspose"
    stride, dilation = (tuple(_attribute(node, name, [1] * axes)) for name in ("strides", "dilations"))
    groups, sizes = _attribute(node, "group", 1), None
    extra = _attribute(node, "output_padding", [0] * axes)
    before, after = _pads(node, shape[2:], kernel, stride, dilation, extra)
    if transposed:
        after = tuple(a - e for a, e in _side_by_side(after, extra))
    read, channels = (taps[0], taps[1] * groups) if transposed else (taps[1] * groups, taps[0])
    if kernel != taps[2:] or read != shape[1]:
        raise ValueError(f"a weight of {taps} in {groups} groups fits no kernel of {kernel} on {shape[1]} channels")
    numbers = Convolution(kernel, stride, dilation, before, after, groups, transposed)
    return [windows.convolution(reader.graph, source, numbers, channels, node.path, sizes=sizes)]


def _pads(node, sizes, kernel, stride, dilation, extra):
    """The zeros before and after along each axis, also where the file asks for them by a word or by the output."""
    mode, axes = _attribute(node, "auto_pad", "NOTSET"), len(kernel)
    wanted = _attribute(node, "output_shape")
    if mode in ("SAME_UPPER", "SAME_LOWER") or wanted:
        totals = []
        for axis in range(axes):
            span = dilation[axis] * (kernel[axis] - 1) + 1
            if node.op == "ConvTranspose":
                out = wanted[-axes + axis] if wanted else sizes[axis] * stride[axis]
                totals.append(stride[axis] * (sizes[axis] - 1) + extra[axis] + span - out)
            else:
                out = -(-sizes[axis] // stride[axis])
                totals.append(max((out - 1) * stride[axis] + span - sizes[axis], 0))
        small, large = tuple(t // 2 for t in totals), tuple(t - t // 2 for t in totals)
        upper = mode == "SAME_UPPER" or (node.op != "ConvTranspose" and mode != "SAME_LOWER")
        return (small, large) if upper else (large, small)
    pads = [0] * (2 * axes) if mode == "VALID" else list(_attribute(node, "pads", [0] * (2 * axes)))
    if len(pads) != 2 * axes:
        raise ValueError(f"pads are {shown(pads)} beside a kernel of {axes} axes")
    return tuple(pads[:axes]), tuple(pads[axes:])


@rule("MaxPool", "AveragePool", "LpPool")
def _pool(reader, node):
    source = _source(node)
    kernel = tuple(_attribute(node, "kernel_shape"))
    axes, size = len(kernel), reader.shape(source)[2:]
    stride, dilation = (tuple(_attribute(node, name, [1] * axes)) for name in ("strides", "dilations"))
    before, after = _pads(node, size, kernel, stride, dilation, [0] * axes)
    sizes = []
    for axis in range(axes):
        room = size[axis] + before[axis] + after[axis] - dilation[axis] * (kernel[axis] - 1) - 1
        ceil = _attribute(node, "ceil_mode", 0)
        out = (-(-room // stride[axis]) if ceil else room // stride[axis]) + 1
        sizes.append(out - int(bool(ceil) and (out - 1) * stride[axis] >= size[axis] + before[axis]))
    return [windows.pool(reader.graph, source, kernel, stride, dilation, before, tuple(sizes), node.path)] * node.count


@rule("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool")
def _global_pool(reader, node):
    source = _source(node)
    return [whole.reduced(reader.graph, source, range(2, len(reader.shape(source))), True, node.path)]


@rule("ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceLogSum",
      "ReduceLogSumExp", "ReduceSumSquare")  # fmt: skip
def _reduced(reader, node):
    source = _source(node)
    axes = _attribute(node, "axes")
    if axes is None and len(node.inputs) > 1 and node.inputs[1] is not None:
        axes = _values(reader, node.inputs[1])
    if not axes and _attribute(node, "noop_with_empty_axes", 0):
        return [source]
    return [whole.reduced(reader.graph, source, axes, bool(_attribute(node, "keepdims", 1)), node.path)]


@rule("ArgMax", "ArgMin")
def _best(reader, node):
    kept = bool(_attribute(node, "keepdims", 1))
    return [whole.reduced(reader.graph, _source(node), [_attribute(node, "axis", 0)], kept, node.path)]


@rule("Softmax", "LogSoftmax", "Hardmax")
def _softmax(reader, node):
    source = _source(node)
    axes = len(reader.shape(source))
    first = _attribute(node, "axis", -1 if node.opset >= 13 else 1) % axes
    for axis in [first] if node.opset >= 13 else range(first, axes):
        source = whole.mixed(reader.graph, source, axis, None, node.path)
    return [source]


@rule("MatMul")
def _product(reader, node):
    first, second = node.inputs
    known = [reader.shape(first), reader.shape(second)]
    if min(map(len, known)) < 2:
        raise Unread
    left, right = (value if isinstance(value, int) else None for value in (first, second))
    return [whole.product(reader.graph, left, right, known, node.path)]


@rule("Gemm")
def _gemm(reader, node):
    nodes, known = [], []
    for value, turned in _side_by_side(node.inputs[:2], ("transA", "transB")):
        turn = bool(_attribute(node, turned, 0))
        if isinstance(value, int) and turn:
            value = shapes.permuted(reader.graph, value, (1, 0), node.path)
        known.append(reader.shape(value) if isinstance(value, int) or not turn else reader.shape(value)[::-1])
        nodes.append(value if isinstance(value, int) else None)
    left, right = nodes
    made = whole.product(reader.graph, left, right, known, node.path)
    added = [value for value in node.inputs[2:] if isinstance(value, int)]
    return [whole.elementwise(reader.graph, [made, *added], reader.shape(made), node.path) if added else made]


@rule("Concat")
def _concat(reader, node):
    first = next(value for value in node.inputs if isinstance(value, int))
    axis = _attribute(node, "axis") % len(reader.shape(first))
    known = [reader.shape(value) for value in node.inputs]
    if len({(*shape[:axis], *shape[axis + 1 :]) for shape in known}) > 1:
        raise ValueError(f"it joins shapes {', '.join(map(str, known))} along axis {axis}")
    pieces = [(v if isinstance(v, int) else None, shape[axis]) for v, shape in zip(node.inputs, known, strict=True)]
    return [shapes.placed(reader.graph, pieces, axis, node.path)]


@rule("Split")
def _split(reader, node):
    source = _source(node)
    axis = _attribute(node, "axis", 0) % len(reader.shape(source))
    sizes = _attribute(node, "split")
    if sizes is None and len(node.inputs) > 1:
        sizes = _values(reader, node.inputs[1])
    if sizes is None:
        part = -(-reader.shape(source)[axis] // node.count)
        sizes = [part] * (node.count - 1) + [reader.shape(source)[axis] - part * (node.count - 1)]
    if sum(sizes) != reader.shape(source)[axis] or len(sizes) != node.count:
        raise ValueError(f"{node.count} parts of {shown(sizes)} do not make up {reader.shape(source)[axis]}")
    starts = np.cumsum([0, *sizes[:-1]]).tolist()
    return [shapes.sliced(reader.graph, source, axis, start, size, path=node.path)
            for start, size in zip(starts, sizes, strict=True)]  # fmt: skip


@rule("Slice")
def _slice(reader, node):
    source = _source(node)
    shape = reader.shape(source)
    starts, ends, axes, steps = _slices(reader, node, len(shape))
    moves = []
    for start, end, axis, step in _side_by_side(starts, ends, axes, steps):
        index = range(*slice(start, end if end > -(2**31) else None, step).indices(shape[axis]))
        moves.append(slicing(shape, axis % len(shape), index.start, len(index), step))
        shape = moves[-1].read_by(shape)
    return [reader.graph.add("slice", [(source, moves)], node.path)]


def _slices(reader, node, axes):
    if "starts" in node.attributes:
        starts, ends = node.attributes["starts"], node.attributes["ends"]
        return starts, ends, _attribute(node, "axes", list(range(len(starts)))), [1] * len(starts)
    given: list = [_values(reader, value) if value is not None else None for value in node.inputs[1:]]
    given += [None] * (4 - len(given))
    starts, ends, chosen, steps = given
    return starts, ends, [a % axes for a in chosen or range(len(starts))], steps or [1] * len(starts)


@rule("Pad")
def _pad(reader, node):
    source = _source(node)
    pads = _attribute(node, "pads") or _values(reader, node.inputs[1])
    axes = list(range(len(reader.shape(source))))
    if len(node.inputs) > 3 and node.inputs[3] is not None:
        axes = [axis % len(axes) for axis in _values(reader, node.inputs[3])]
    count = len(pads) // 2
    amounts = {axis: (int(pads[i]), int(pads[i + count])) for i, axis in enumerate(axes) if pads[i] or pads[i + count]}
    return [shapes.padded(reader.graph, source, amounts, _attribute(node, "mode", "constant"), node.path)]


@rule("Reshape")
def _reshape(reader, node):
    source = _source(node)
    old = reader.shape(source)
    wanted = [int(size) for size in _values(reader, node.inputs[1])]
    if not _attribute(node, "allowzero", 0):
        wanted = [old[place] if size == 0 else size for place, size in enumerate(wanted)]
    if -1 in wanted:
        wanted[wanted.index(-1)] = math.prod(old) // -math.prod(wanted)
    return [shapes.reshaped(reader.graph, source, tuple(wanted), node.path)]


@rule("Flatten")
def _flatten(reader, node):
    shape = reader.shape(_source(node))
    axis = _attribute(node, "axis", 1) % (len(shape) + 1)
    flat = math.prod(shape[:axis]), math.prod(shape[axis:])
    return [shapes.reshaped(reader.graph, _source(node), flat, node.path)]


@rule("Squeeze", "Unsqueeze")
def _ones(reader, node):
    shape = reader.shape(_source(node))
    axes = _attribute(node, "axes")
    if axes is None and len(node.inputs) > 1:
        axes = _values(reader, node.inputs[1])
    if node.op == "Squeeze":
        gone = [axis % len(shape) for axis in axes] if axes else [a for a, n in enumerate(shape) if n == 1]
        new = [size for axis, size in enumerate(shape) if axis not in gone]
    else:
        new = list(shape)
        for axis in sorted(axis % (len(shape) + len(axes)) for axis in axes):
            new.insert(axis, 1)
    return [shapes.reshaped(reader.graph, _source(node), tuple(new), node.path)]


@rule("Transpose")
def _transpose(reader, node):
    order = _attribute(node, "perm", list(range(len(reader.shape(_source(node)))))[::-1])
    if sorted(order) != list(range(len(reader.shape(_source(node))))):
        raise ValueError(f"perm is {shown(tuple(order))}")
    return [shapes.permuted(reader.graph, _source(node), tuple(order), node.path)]


@rule("Expand")
def _expand(reader, node):
    wanted = tuple(int(size) for size in _values(reader, node.inputs[1]))
    shape = joint_shape(node, [reader.shape(_source(node)), wanted])
    return [whole.elementwise(reader.graph, [_source(node)], shape, node.path, "expand")]


@rule("Tile")
def _tile(reader, node):
    return [shapes.repeated(reader.graph, _source(node), [int(n) for n in _values(reader, node.inputs[1])], node.path)]


@rule("Gather")
def _gather(reader, node):
    source = _source(node)
    shape = reader.shape(source)
    axis, index = _attribute(node, "axis", 0) % len(shape), node.inputs[1]
    rows = [int(number) for number in _values(reader, index)]
    if any(not -shape[axis] <= row < shape[axis] for row in rows):
        raise ValueError(f"an index of {shown(rows)} is outside of {shape[axis]} positions")
    moves = [taking(shape, axis, rows)]
    moved = (*shape[:axis], len(rows), *shape[axis + 1 :])
    moves += reshaping(moved, (*shape[:axis], *np.shape(index), *shape[axis + 1 :]))
    return [reader.graph.add("index", [(source, moves)], node.path)]


@rule("DepthToSpace")
def _out(reader, node):
    depth_first = _attribute(node, "mode", "DCR") == "DCR"
    return [shapes.shuffled_out(reader.graph, _source(node), node.attributes["blocksize"], depth_first, node.path)]


@rule("SpaceToDepth")
def _in(reader, node):
    return [shapes.shuffled_in(reader.graph, _source(node), node.attributes["blocksize"], True, node.path)]


@rule("CumSum")
def _running(reader, node):
    if _attribute(node, "exclusive", 0) or _attribute(node, "reverse", 0):
        raise Unread
    axis = int(_values(reader, node.inputs[1])[0]) % len(reader.shape(_source(node)))
    return [windows.running(reader.graph, _source(node), axis, node.path)]


@rule("Resize", "Upsample")
def _resize(reader, node):
    source = _source(node)
    shape = reader.shape(source)
    factors, sizes = _wanted(reader, node, shape)
    if any(factor is not None and not 0 < factor < math.inf for factor in factors):
        raise ValueError(f"its scales are {shown(factors)}")
    if sizes[:2] != list(shape[:2]) or _attribute(node, "keep_aspect_ratio_policy", "stretch") != "stretch":
        raise Unread
    mode, place = _attribute(node, "mode", "nearest"), _attribute(node, "coordinate_transformation_mode", "half_pixel")
    if node.op == "Upsample":
        place = "asymmetric"
    scales = []
    if place not in PLACES or (place == "pytorch_half_pixel" and 1 in sizes[2:]):  # one output lies at 0 there
        raise Unread
    for size, out, factor in zip(shape[2:], sizes[2:], factors[2:], strict=True):
        aligned = (size - 1) / (out - 1) if out > 1 else 0.0
        scales.append(aligned if place == "align_corners" else 1 / factor if factor else size / out)
    if mode == "nearest":
        rounding = _attribute(node, "nearest_mode", "round_prefer_floor") if node.op == "Resize" else "floor"
        moves = [Along(axis, Table(shape[axis], _nearest(shape[axis], sizes[axis], scale, place, rounding),
                                   _nearest_unclipped(scale, place, rounding)))
                 for axis, scale in enumerate(scales, 2)]  # fmt: skip
        return [reader.graph.add("resize", [(source, moves)], node.path)]
    if mode not in ("linear", "cubic"):
        raise Unread
    corners = place in ("align_corners", "asymmetric")
    smooth = bool(_attribute(node, "antialias", 0))
    return [resizing.resized(reader.graph, source, sizes[2:], mode, scales, corners, smooth, node.path)]


def _wanted(reader, node, shape):
    """The factors and the sizes that a resize asks for, of all axes."""
    given = node.inputs[1:]
    axes = _attribute(node, "axes", range(len(shape)))
    if node.op == "Upsample" or len(given) < 3 or given[2] is None:
        factors = _attribute(node, "scales") or _values(reader, given[0 if len(given) == 1 else 1])
        factors = _spread(axes, factors, [1.0] * len(shape))
        return factors, [int(math.floor(size * factor)) for size, factor in _side_by_side(shape, factors)]
    return [None] * len(shape), [int(size) for size in _spread(axes, _values(reader, given[2]), shape)]


def _spread(axes, numbers, others):
    """Numbers for all axes: those that are given for some, and others."""
    found = list(others)
    for axis, number in _side_by_side(axes, numbers):
        found[axis] = number
    return found


def _nearest(size, out, scale, place, rounding):
    refuse_large(out)
    return np.clip(_nearest_unclipped(scale, place, rounding)(np.arange(out))[0], 0, size - 1)[:, None]


def _nearest_unclipped(scale, place, rounding):
    rounded: Any = {"floor": np.floor, "ceil": np.ceil, "round_prefer_floor": lambda x: np.ceil(x - 0.5),
               "round_prefer_ceil": lambda x: np.floor(x + 0.5)}[rounding]  # fmt: skip

    def unclipped(at):
        at = np.asarray(at, dtype=float)
        centre = (at + 0.5) * scale - 0.5 if "half_pixel" in place else at * scale
        found = rounded(centre).astype(int)
        return found, found

    return unclipped


@constant("Constant")
def _constant(node):
    for name in ("value", "value_int", "value_ints", "value_float", "value_floats"):
        if node.attributes.get(name) is not None:
            value = node.attributes[name]
            return [value if isinstance(value, Shaped) else np.asarray(value)]
    return [Opaque()]


@constant("Shape")
def _shape(node, value):
    if isinstance(value, Opaque):
        return [Opaque()]
    return [np.asarray(value.shape, dtype=np.int64)[_attribute(node, "start", 0) : node.attributes.get("end")]]


@constant("Size")
def _size(node, value):
    return [np.asarray(math.prod(value.shape))]


@constant("ConstantOfShape")
def _filled(node, shape):
    if math.prod(shape.tolist()) > MOST_VALUES:
        return [Shaped(shape.tolist())]
    value = node.attributes.get("value")
    return [np.full(shape.tolist(), 0.0 if value is None else np.asarray(value).reshape(-1)[0])]


@constant("Gather")
def _gathered(node, values, index):
    return [np.take(values, index.astype(int), _attribute(node, "axis", 0))]


@constant("Concat")
def _joined(node, *values):
    return [np.concatenate(values, _attribute(node, "axis"))]


@constant("Slice")
def _cut(node, values, *given):
    starts, ends, axes, steps = _slices(None, node, values.ndim)
    for start, end, axis, step in _side_by_side(starts, ends, axes, steps):
        values = values[(slice(None),) * axis + (slice(start, end if end > -(2**31) else None, step),)]
    return [values]


@constant("Unsqueeze", "Squeeze")
def _opened(node, values, axes=None):
    axes = node.attributes.get("axes") if axes is None else axes.tolist()
    if node.op == "Squeeze":
        return [np.squeeze(values, None if axes is None else tuple(axes))]
    return [np.expand_dims(values, tuple(axes))]


@constant("Reshape")
def _refolded(node, values, shape):
    return [values.reshape([values.shape[i] if n == 0 else n for i, n in enumerate(shape.tolist())])]


@constant("Range")
def _range(node, start, stop, step):
    _refuse_many(max(0, -int((start - stop) // step)))
    return [np.arange(start.item(), stop.item(), step.item())]


@constant("Cast")
def _cast(node, values):
    whole_types = {6: np.int32, 7: np.int64, 9: np.bool_, 1: np.float32, 11: np.float64}
    return [values.astype(whole_types.get(node.attributes["to"], values.dtype))]


@constant("Div")
def _divided(node, one, other):
    _met(node, (one, other))
    if one.dtype.kind not in "iu" or other.dtype.kind not in "iu":
        return [one / other]
    down = one // other
    return [down + ((down < 0) & (down * other != one))]  # towards 0, as ONNX has it


@constant("Split")
def _parted(node, values, sizes=None):
    axis = _attribute(node, "axis", 0)
    sizes = _attribute(node, "split") if sizes is None else sizes
    cuts = node.count if sizes is None else np.cumsum(sizes)[:-1]
    return list(np.split(values, cuts, axis))


UFUNCS = {
    "Add": np.add, "Sub": np.subtract, "Mul": np.multiply, "Floor": np.floor, "Ceil": np.ceil, "Neg": np.negative,
    "Equal": np.equal, "Greater": np.greater, "Less": np.less, "Mod": np.mod, "Sqrt": np.sqrt, "Not": np.logical_not,
    "Abs": np.abs, "And": np.logical_and, "Pow": np.power, "Round": np.rint,
}  # fmt: skip


@constant(*UFUNCS)
def _calculated(node, *values):
    function = UFUNCS[node.op]
    if len(values) != function.nin:  # one more would be taken for the place of the result
        raise TypeError
    return [function(*_met(node, values))]


@constant("Max", "Min")
def _furthest(node, *values):
    return [reduce(np.maximum if node.op == "Max" else np.minimum, _met(node, values))]


@constant("Where")
def _chosen(node, condition, one, other):
    return [np.where(*_met(node, (condition, one, other)))]


CONSTANTS["Identity"] = lambda node, value: [value]
CONSTANTS["Transpose"] = lambda node, value: [np.transpose(value, node.attributes.get("perm"))]


@constant("ReduceProd")
def _multiplied(node, values, axes=None):
    axes = _attribute(node, "axes") if axes is None else axes.tolist()
    return [np.prod(values, tuple(axes) if axes else None, keepdims=bool(_attribute(node, "keepdims", 1)))]


@constant("Expand")
def _widened(node, value, shape):
    return [np.array(np.broadcast_to(value, _room(joint_shape(node, [value.shape, tuple(shape.tolist())]))))]


@constant("Tile")
def _tiled(node, value, counts):
    _room([size * count for size, count in _side_by_side(value.shape, counts.tolist())])
    return [np.tile(value, counts.tolist())]


def _met(node, values):
    """The operands of arithmetic, if what they make together is small."""
    _room(joint_shape(node, [value.shape for value in values]))
    return values


def _room(shape):
    """A shape of few enough values to be computed."""
    _refuse_many(math.prod(shape))
    return shape


def _refuse_many(count):
    if count > MOST_VALUES:
        raise Unread
