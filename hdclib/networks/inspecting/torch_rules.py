"""What each operation of PyTorch (ATen) reads: one rule a kind, written with the operations of the graph.

A rule takes the recorder, the operation's arguments by name and its outputs, and returns a tensor of the graph for
each output.
"""

import numpy as np
import torch
from torch.utils._mode_utils import no_dispatch

from hdclib.networks.inspecting import resizing, shapes, whole, windows
from hdclib.networks.inspecting.axes import Table
from hdclib.networks.inspecting.graph import Convolution
from hdclib.networks.inspecting.moves import Along, Permute, Reshape, Whole
from hdclib.networks.inspecting.shapes import reshaping, slicing, spreading, taking


class Unread(Exception):
    """An operation of a known name whose arguments no rule covers."""


class NeedsValues(Exception):
    """The contents of a tensor decide what is read, and the run has none."""


RULES = {}
#: Operations that take a tensor only for its shape, type or device.
MADE_OF_NOTHING = {
    "zeros_like", "ones_like", "full_like", "empty_like", "rand_like", "randn_like", "new_empty", "new_zeros",
    "new_ones", "new_full", "new_empty_strided", "sym_size", "sym_stride", "bernoulli",
}  # fmt: skip
#: Operations whose result is a view of the same memory.
VIEWS = {
    "view", "_unsafe_view", "reshape", "_reshape_alias", "slice", "select", "permute", "transpose", "t", "expand",
    "unsqueeze", "squeeze", "split", "split_with_sizes", "chunk", "unbind", "unfold", "detach", "alias",
    "view_as_real", "view_as_complex", "numpy_T",
}  # fmt: skip


def rule(*names):
    """Put a function into the table under these names."""

    def keep(function):
        RULES.update(dict.fromkeys(names, function))
        return function

    return keep


def moves_of(name, shape, given, out, number):
    """Return the moves of a view: which positions of a tensor of this shape it takes."""
    axes = len(shape)
    axis = (given.get("dim") or 0) % max(axes, 1) if isinstance(given.get("dim"), int) else 0
    if name == "slice":
        start = min(max(_from_end(given["start"] or 0, shape[axis]), 0), shape[axis])
        return [slicing(shape, axis, start, out[axis], given["step"])]
    if name == "select":
        one = (*shape[:axis], 1, *shape[axis + 1 :])
        return [slicing(shape, axis, _from_end(given["index"], shape[axis]), 1), *reshaping(one, out)]
    if name == "permute":
        return [Permute(tuple(axis % axes for axis in given["dims"]))]
    if name in ("transpose", "t", "numpy_T"):
        order = list(range(axes))
        a, b = (given["dim0"] % axes, given["dim1"] % axes) if name == "transpose" else (0, axes - 1)
        order[a], order[b] = order[b], order[a]
        return [Permute(tuple(order))]
    if name == "expand":
        return spreading(shape, out)
    if name in ("split", "split_with_sizes", "chunk", "unbind"):
        sizes = given.get("split_sizes") or given.get("split_size") or 1
        start = sum(sizes[:number]) if isinstance(sizes, (list, tuple)) else sizes * number
        count = 1 if name == "unbind" else out[axis]
        if name == "chunk":
            start = -(-shape[axis] // given["chunks"]) * number
        one = (*shape[:axis], count, *shape[axis + 1 :])
        return [slicing(shape, axis, start, count), *reshaping(one, out)]
    if name == "unfold":
        return _windows_view(shape, given["dimension"] % axes, given["size"], given["step"], out)
    if name == "view_as_real":
        return [Reshape(shape, (*shape, 1)), Whole(axes, 1, 2)]
    if name == "view_as_complex":
        return [Whole(axes - 1, 2, 1), Reshape((*shape[:-1], 1), out)]
    return reshaping(shape, out)


def _windows_view(shape, axis, taps, step, out):
    count = out[axis]
    rows = np.add.outer(np.arange(count) * step, np.arange(taps)).reshape(-1, 1)
    opened = (*shape[:axis], count, taps, *shape[axis + 1 :])
    order = tuple(i for i in range(len(opened)) if i != axis + 1) + (axis + 1,)
    flat = (*shape[:axis], count * taps, *shape[axis + 1 :])
    return [Along(axis, Table(shape[axis], rows)), Reshape(flat, opened), Permute(order)]


def _from_end(index, size):
    return index + size if index < 0 else index


def _many(value, count):
    """A list with an entry for each axis, from one number or a list of one."""
    value = list(value) if isinstance(value, (list, tuple)) else [value]
    return value * count if len(value) == 1 else value


def _node(recorder, tensor):
    return recorder.node(tensor)


def _active(recorder, *tensors):
    return [node for node in map(recorder.node, tensors) if node is not None]


def _shape(tensor):
    return tuple(tensor.shape)


@rule("pointwise", "masked_fill", "where", "native_dropout", "dropout", "feature_dropout", "clone", "_to_copy",
      "lift_fresh", "lift_fresh_copy", "contiguous", "triu", "tril", "normal", "uniform", "_conj", "_prelu_kernel",
      "hardtanh", "hardswish", "hardsigmoid", "silu", "mish", "gelu", "softplus", "elu", "celu", "selu", "leaky_relu",
      "threshold", "relu6", "clamp", "clamp_min", "clamp_max", "rrelu_with_noise", "nan_to_num", "lerp",
      "cudnn_batch_norm", "fake_quantize_per_tensor_affine")  # fmt: skip
def _pointwise(recorder, given, *outs):
    sources = _active(recorder, *_flat(given.values()))
    node = whole.elementwise(recorder.graph, sources, _shape(outs[0]), recorder.path)
    return [node if _shape(out) == _shape(outs[0]) else None for out in outs]


@rule("copy")
def _copy(recorder, given, out):
    node = recorder.node(given["src"])
    return [None if node is None else whole.elementwise(recorder.graph, [node], _shape(out), recorder.path)]


@rule("fill", "zero")
def _overwritten(recorder, given, out):
    sources = [node for node in [recorder.node(given.get("value"))] if node is not None]
    return [whole.elementwise(recorder.graph, sources, _shape(out), recorder.path) if sources else None]


@rule("native_batch_norm", "_native_batch_norm_legit", "_native_batch_norm_legit_no_training", "batch_norm",
      "_batch_norm_with_update", "_batch_norm_no_update")  # fmt: skip
def _batch_norm(recorder, given, *outs):
    source = _need(recorder, given["input"])
    if given.get("training") or (given.get("running_mean", 0) is None):
        axes = [axis for axis in range(len(outs[0].shape)) if axis != 1]
        return _first(whole.normalised(recorder.graph, source, axes, path=recorder.path), outs)
    return _first(whole.elementwise(recorder.graph, [source], _shape(outs[0]), recorder.path), outs)


@rule("native_layer_norm", "_fused_rms_norm", "rms_norm")
def _layer_norm(recorder, given, *outs):
    axes = range(len(outs[0].shape) - len(given["normalized_shape"]), len(outs[0].shape))
    node = whole.normalised(recorder.graph, _need(recorder, given["input"]), axes, path=recorder.path)
    return _first(node, outs)


@rule("native_group_norm")
def _group_norm(recorder, given, *outs):
    axes = range(2, len(outs[0].shape))
    source = _need(recorder, given["input"])
    return _first(whole.normalised(recorder.graph, source, axes, given["group"], recorder.path), outs)


@rule("convolution", "_convolution", "mkldnn_convolution", "cudnn_convolution", "thnn_conv2d", "_slow_conv2d_forward",
      "slow_conv3d", "convolution_overrideable", "conv_depthwise3d", "_conv_depthwise2d")  # fmt: skip
def _convolution(recorder, given, out):
    source, weight = given.get("input", given.get("self")), given["weight"]
    if recorder.node(weight) is not None:
        raise Unread
    axes, transposed = weight.dim() - 2, bool(given.get("transposed", False))
    stride, padding, dilation, extra = (
        _many(given.get(name, default), axes)
        for name, default in (("stride", 1), ("padding", 0), ("dilation", 1), ("output_padding", 0))
    )
    after = [p - e for p, e in zip(padding, extra, strict=True)] if transposed else padding
    numbers = Convolution(_shape(weight)[2:], tuple(stride), tuple(dilation), tuple(padding), tuple(after),
                          given.get("groups", 1), transposed)  # fmt: skip
    kind = f"{'transposed ' * transposed}convolution"
    if not recorder.path and recorder.owner(weight):  # no module runs, as in Keras: the weight tells which one it is
        kind = f"{kind} with {recorder.owner(weight).removeprefix('_torch_params.')}"
    return [windows.convolution(recorder.graph, _need(recorder, source), numbers, out.shape[1], recorder.path, kind)]


@rule("max_pool1d", "max_pool2d", "max_pool3d", "max_pool2d_with_indices", "max_pool3d_with_indices",
      "max_pool1d_with_indices", "avg_pool1d", "avg_pool2d", "avg_pool3d", "mkldnn_max_pool2d")  # fmt: skip
def _pool(recorder, given, *outs):
    axes = len(given["kernel_size"]) if len(given["kernel_size"]) > 1 else outs[0].dim() - 2
    size = _many(given["kernel_size"], axes)
    stride, before = _many(given.get("stride") or size, axes), _many(given.get("padding", 0), axes)
    dilation, sizes = _many(given.get("dilation", 1), axes), _shape(outs[0])[-axes:]
    node = windows.pool(
        recorder.graph, _need(recorder, given["self"]), size, stride, dilation, before, sizes, recorder.path
    )
    return _first(node, outs)


@rule("_adaptive_avg_pool2d", "_adaptive_avg_pool3d", "adaptive_max_pool2d", "adaptive_max_pool3d",
      "adaptive_avg_pool1d", "adaptive_max_pool1d")  # fmt: skip
def _adaptive_pool(recorder, given, *outs):
    sizes = _shape(outs[0])[-len(given["output_size"]) :]
    return _first(windows.adaptive_pool(recorder.graph, _need(recorder, given["self"]), sizes, recorder.path), outs)


@rule("upsample_nearest1d", "upsample_nearest2d", "upsample_nearest3d", "_upsample_nearest_exact1d",
      "_upsample_nearest_exact2d", "_upsample_nearest_exact3d")  # fmt: skip
def _nearest(recorder, given, out):
    mode = "nearest-exact" if "_exact" in given.get("__name__", "") else "nearest"
    return [_resized(recorder, given, out, mode)]


@rule("upsample_linear1d", "upsample_bilinear2d", "upsample_trilinear3d", "_upsample_bilinear2d_aa")
def _linear(recorder, given, out):
    return [_resized(recorder, given, out, "linear")]


@rule("upsample_bicubic2d", "_upsample_bicubic2d_aa")
def _cubic(recorder, given, out):
    return [_resized(recorder, given, out, "cubic")]


def _resized(recorder, given, out, mode):
    axes = out.dim() - 2
    old, new = _shape(given.get("self", given.get("input")))[2:], _shape(out)[2:]
    letters = "dhw"[-axes:]
    known = given.get("scale_factors") or [given.get(f"scales_{one}", given.get("scales")) for one in letters]
    aligned = bool(given.get("align_corners", False)) and mode in ("linear", "cubic")
    scales = []
    for size, wide, factor in zip(old, new, known, strict=True):
        if aligned:
            scales.append((size - 1) / (wide - 1) if wide > 1 else 0.0)
        else:
            scales.append(1 / factor if factor else size / wide)
    source = _need(recorder, given.get("self", given.get("input")))
    smooth = given["__name__"].endswith("_aa")
    return resizing.resized(recorder.graph, source, new, mode, scales, aligned, smooth, recorder.path)


@rule("cat", "concat")
def _cat(recorder, given, out):
    tensors = [tensor for tensor in given["tensors"] if tensor.dim() == out.dim()]
    axis = given["dim"] % out.dim()
    pieces = [(recorder.node(tensor), tensor.shape[axis]) for tensor in tensors if tensor.numel()]
    return [shapes.placed(recorder.graph, pieces, axis, recorder.path)]


@rule("stack")
def _stack(recorder, given, out):
    axis, pieces = given["dim"] % out.dim(), []
    one = (*out.shape[:axis], 1, *out.shape[axis + 1 :])
    for tensor in given["tensors"]:
        node = recorder.node(tensor)
        pieces.append((None if node is None else shapes.reshaped(recorder.graph, node, one, recorder.path), 1))
    return [shapes.placed(recorder.graph, pieces, axis, recorder.path)]


@rule("constant_pad_nd")
def _constant_pad(recorder, given, out):
    return [_padded(recorder, given["self"], given["pad"], "constant")]


@rule("reflection_pad1d", "reflection_pad2d", "reflection_pad3d")
def _reflection_pad(recorder, given, out):
    return [_padded(recorder, given["self"], given["padding"], "reflect")]


@rule("replication_pad1d", "replication_pad2d", "replication_pad3d")
def _replication_pad(recorder, given, out):
    return [_padded(recorder, given["self"], given["padding"], "edge")]


def _padded(recorder, tensor, pad, mode):
    last = tensor.dim() - 1
    amounts = {last - i // 2: (pad[i], pad[i + 1]) for i in range(0, len(pad), 2)}
    return shapes.padded(recorder.graph, _need(recorder, tensor), amounts, mode, recorder.path)


@rule("mean", "sum", "amax", "amin", "prod", "var", "std", "var_mean", "std_mean", "argmax", "argmin", "logsumexp",
      "linalg_vector_norm", "norm", "any", "all", "max", "min", "median", "mode", "nansum", "nanmean", "aminmax",
      "count_nonzero", "frobenius_norm")  # fmt: skip
def _reduced(recorder, given, *outs):
    dims = given.get("dim")
    shape = _shape(given["self"])
    if isinstance(given.get("other"), torch.Tensor):
        return _pointwise(recorder, given, *outs)
    if dims is None or dims == []:
        dims = range(len(shape))
    dims = [dims] if isinstance(dims, int) else list(dims)
    source = _need(recorder, given["self"])
    node = whole.reduced(recorder.graph, source, dims, outs[0].dim() == len(shape), recorder.path)
    return [node for _ in outs]


@rule("_softmax", "_log_softmax", "softmax", "log_softmax", "_safe_softmax")
def _softmax(recorder, given, out):
    return [whole.mixed(recorder.graph, _need(recorder, given["self"]), given["dim"], None, recorder.path)]


@rule("cumsum", "cumprod", "logcumsumexp")
def _running(recorder, given, out):
    return [windows.running(recorder.graph, _need(recorder, given["self"]), given["dim"] % out.dim(), recorder.path)]


@rule("mm", "bmm", "matmul", "addmm", "baddbmm", "addbmm", "mv", "dot", "linear", "addmv", "_addmm_activation")
def _product(recorder, given, out):
    graph = recorder.graph
    left, right = (given["mat1"], given["mat2"]) if "mat1" in given else (given.get("batch1"), given.get("batch2"))
    if left is None:
        left, right = given.get("self", given.get("input")), given.get("mat2", given.get("other", given.get("weight")))
    if "weight" in given:
        right = right.t()
    if left.dim() < 2 or right is None or right.dim() < 2:
        raise Unread
    nodes = recorder.node(left), recorder.node(right)
    if nodes == (None, None):
        raise Unread
    node = whole.product(graph, *nodes, (_shape(left), _shape(right)), recorder.path)
    added = [recorder.node(given[name]) for name in ("self", "bias") if name in given and given[name] is not left]
    added = [one for one in added if one is not None]
    return [whole.elementwise(graph, [node, *added], _shape(out), recorder.path) if added else node]


@rule("_scaled_dot_product_flash_attention_for_cpu", "_scaled_dot_product_flash_attention",
      "_scaled_dot_product_efficient_attention", "_scaled_dot_product_attention_math", "scaled_dot_product_attention",
      "_scaled_dot_product_fused_attention_overrideable", "_scaled_dot_product_attention_math_for_mps")  # fmt: skip
def _attention(recorder, given, *outs):
    tensors = [given[name] for name in ("query", "key", "value")]
    query, key, value = (recorder.node(tensor) for tensor in tensors)
    shapes = [_shape(tensor) for tensor in tensors]
    return _first(whole.attended(recorder.graph, query, key, value, shapes, recorder.path), outs)


@rule("roll")
def _roll(recorder, given, out):
    source, moves, shape = _need(recorder, given["self"]), [], _shape(out)
    if not given["dims"]:
        raise Unread
    for shift, axis in zip(given["shifts"], given["dims"], strict=True):
        moves.append(taking(shape, axis % len(shape), (np.arange(shape[axis]) - shift) % shape[axis]))
    return [recorder.graph.add("roll", [(source, moves)], recorder.path)]


@rule("flip")
def _flip(recorder, given, out):
    shape = _shape(out)
    moves = [taking(shape, axis % len(shape), np.arange(shape[axis])[::-1]) for axis in given["dims"]]
    return [recorder.graph.add("flip", [(_need(recorder, given["self"]), moves)], recorder.path)]


@rule("repeat", "tile")
def _repeat(recorder, given, out):
    return [shapes.repeated(recorder.graph, _need(recorder, given["self"]), list(given["repeats"]), recorder.path)]


@rule("repeat_interleave")
def _interleave(recorder, given, out):
    if not isinstance(given.get("repeats"), int) or given.get("dim") is None:
        raise Unread
    source, axis = _need(recorder, given["self"]), given["dim"] % out.dim()
    return [shapes.interleaved(recorder.graph, source, axis, given["repeats"], recorder.path)]


@rule("pixel_shuffle")
def _pixel_shuffle(recorder, given, out):
    return [shapes.shuffled_out(recorder.graph, _need(recorder, given["self"]), given["upscale_factor"],
                                path=recorder.path)]  # fmt: skip


@rule("pixel_unshuffle")
def _pixel_unshuffle(recorder, given, out):
    return [shapes.shuffled_in(recorder.graph, _need(recorder, given["self"]), given["downscale_factor"],
                               path=recorder.path)]  # fmt: skip


@rule("channel_shuffle", "native_channel_shuffle")
def _channel_shuffle(recorder, given, out):
    shape, groups = _shape(out), given["groups"]
    opened = (shape[0], groups, shape[1] // groups, *shape[2:])
    order = (0, 2, 1, *range(3, len(opened)))
    moved = tuple(opened[axis] for axis in order)
    moves = [Reshape(shape, opened), Permute(order), Reshape(moved, shape)]
    return [recorder.graph.add("channel shuffle", [(_need(recorder, given["self"]), moves)], recorder.path)]


@rule("glu")
def _glu(recorder, given, out):
    axis = given["dim"] % out.dim()
    rows = np.add.outer(np.arange(out.shape[axis]), [0, out.shape[axis]])
    source = _need(recorder, given["self"])
    return [recorder.graph.add("glu", [(source, [Along(axis, Table(2 * out.shape[axis], rows))])], recorder.path)]


@rule("im2col")
def _im2col(recorder, given, out):
    source, path = _need(recorder, given["self"]), recorder.path
    taps, stride, dilation, zeros = (given[name] for name in ("kernel_size", "stride", "dilation", "padding"))
    return [windows.patches(recorder.graph, source, taps, stride, dilation, zeros, path)]


@rule("col2im")
def _col2im(recorder, given, out):
    source, path, sizes = _need(recorder, given["self"]), recorder.path, given["output_size"]
    taps, stride, dilation, zeros = (given[name] for name in ("kernel_size", "stride", "dilation", "padding"))
    return [windows.folded_patches(recorder.graph, source, sizes, taps, stride, dilation, zeros, path)]


@rule("index_select")
def _index_select(recorder, given, out):
    source, axis = _need(recorder, given["self"]), given["dim"] % given["self"].dim()
    return [shapes.taken(recorder.graph, source, axis, _constant(recorder, given["index"]), recorder.path)]


@rule("index", "_unsafe_index")
def _index(recorder, given, out):
    source, shape = _need(recorder, given["self"]), _shape(given["self"])
    axes = [axis for axis, index in enumerate(given["indices"]) if index is not None]
    if axes != list(range(axes[0], axes[-1] + 1)):
        raise Unread
    index = [_constant(recorder, given["indices"][axis]) for axis in axes]
    if any(one.dtype == bool for one in index):
        if len(index) > 1:
            raise Unread
        axes, index = list(range(axes[0], axes[0] + index[0].ndim)), list(index[0].nonzero())
    index = list(np.broadcast_arrays(*index))
    sizes = [shape[axis] for axis in axes]
    wrapped = [one % size for one, size in zip(index, sizes, strict=True)]
    flat = (*shape[: axes[0]], int(np.prod(sizes)), *shape[axes[-1] + 1 :])
    rows = np.ravel_multi_index(wrapped, sizes).reshape(-1)
    moves = [*reshaping(shape, flat), taking(flat, axes[0], rows)]
    moves += reshaping((*flat[: axes[0]], len(rows), *flat[axes[0] + 1 :]), _shape(out))
    return [recorder.graph.add("index", [(source, moves)], recorder.path)]


def _constant(recorder, tensor):
    """The contents of a tensor that does not depend on the input."""
    if recorder.node(tensor) is not None:
        raise Unread
    if isinstance(tensor, torch._subclasses.FakeTensor):
        raise NeedsValues
    with no_dispatch():
        return tensor.detach().cpu().numpy()


@rule("_fft_r2c", "_fft_c2r", "_fft_c2c")
def _fourier(recorder, given, out):
    shape, moves = _shape(given["self"]), []
    for axis in given["dim"]:
        axis %= len(shape)
        moves.append(Whole(axis, shape[axis], out.shape[axis]))
    return [recorder.graph.add("Fourier transform", [(_need(recorder, given["self"]), moves)], recorder.path)]


@rule("mkldnn_rnn_layer", "lstm", "gru", "rnn_tanh", "rnn_relu", "_thnn_fused_lstm_cell", "_cudnn_rnn")
def _recurrent(recorder, given, *outs):
    raise Unread


def _need(recorder, tensor):
    """The number of the tensor that a rule is about; without one, something else depends on the input."""
    node = recorder.node(tensor)
    if node is None:
        raise Unread
    return node


def _first(node, outs):
    """The first output stands in the graph; what else is made beside it (indices, statistics) is not followed."""
    return [node if number == 0 else None for number in range(len(outs))]


def _flat(values):
    for value in values:
        if isinstance(value, torch.Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _flat(value)
