"""Layers of a PyTorch network, read from the attributes of its modules: PyTorch itself is never imported."""

from collections.abc import Iterator, ValuesView

from hdclib.checks import has_length, shown, whole_number
from hdclib.layers import ConvLayer

#: Classes that have a kernel and yet are no convolutions or pools with fixed windows.
NOT_WINDOWS = {"DeformConv2d", "_MaxUnpoolNd", "Fold", "Unfold", "FractionalMaxPool2d", "FractionalMaxPool3d"}
#: Attributes of modules without a kernel that read or move more than one position: adaptive pools, upsampling,
#: pixel shuffles, linear and recurrent layers, attention, flattening, and padding by itself.
MOVING = (
    "output_size", "scale_factor", "upscale_factor", "downscale_factor", "in_features", "hidden_size", "embed_dim",
    "start_dim", "unflattened_size", "padding",
)  # fmt: skip


def layers_of(modules, axis=0):
    """Return the convolutions and pools of a PyTorch network as layers, along one axis.

    They must follow each other: a ``Sequential``, with others inside of it, or a list of modules in the order in
    which they run. What has no ``kernel_size`` and moves no sample is left out: activations, dropout, normalisation
    (the statistics that some kinds take from the whole map are no taps). Groups and channels play no part.

    The attributes tell what a module of PyTorch or torchvision does. Any other class that has a ``forward`` of its own
    may move samples in it, and is refused. In causal networks that is often a ``Chomp1d``, which cuts off the end what
    the padding of a convolution added there. Without it in the list the field and the holes are right, and the sizes
    are not.

    Parameters
    ----------
    modules : torch.nn.Module, or sequence of them
        A `ConvLayer` may stand between them for what is written in no module.
    axis : int, from 0
        Where a module has a pair or a triple of numbers, which of them to take: for images 0 are rows, 1 columns.

    Returns
    -------
    layers : tuple of ConvLayer
        First layer first. ``padding="same"`` is written as numbers.

    Raises
    ------
    TypeError, ValueError
        If `modules` is empty or holds anything but modules, a module whose children run in an order that nothing
        tells, a module with a ``forward`` from outside PyTorch and torchvision or one set on the module, a transposed
        convolution, a module without a kernel that moves samples, ``ceil_mode``, or more zeros on one side than on the
        other; or if a module has no such `axis`.

    References
    ----------
    PyTorch 2.13, ``torch.nn`` [pytorch].

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from hdclib import layers_of
    >>> convolution = SimpleNamespace(kernel_size=(3, 5), stride=(1, 1), padding="same", dilation=(2, 1))
    >>> layers_of([convolution])  # as of torch.nn.Conv2d
    (ConvLayer(kernel_size=3, dilation=2, stride=1, padding=2),)
    """
    axis = whole_number("axis", axis, 0)
    found = [_layer(place, module, axis) for place, module in _leaves("modules", modules) if _has_kernel(place, module)]
    if not found:
        raise ValueError("modules has no layer with a kernel_size: give at least one convolution or pool")
    return tuple(found)


def _leaves(place, module):
    """Yield every module without parts, and where it stands, in the order in which they run."""
    if isinstance(module, (list, tuple)):
        parts = module
    elif _is_sequential(module):
        parts = list(module.children())
    else:
        yield place, module
        return
    for number, part in enumerate(parts):
        yield from _leaves(f"{place}[{number}]", part)


def _is_sequential(module):
    """Whether torch.nn.Sequential runs the children, and no other ``forward``."""
    writer = _writer(module)
    return _is_known(writer) and writer.__name__ == "Sequential"


def _writer(module):
    """The class that holds the ``forward`` of a module, or one set on the module; None if there is none."""
    if "forward" in getattr(module, "__dict__", {}):
        return module.forward
    return next((cls for cls in type(module).__mro__ if "forward" in vars(cls)), None)


def _is_known(writer):
    """Whether this is a class of PyTorch's or torchvision's, whose attributes say what its ``forward`` does."""
    return isinstance(writer, type) and writer.__module__.partition(".")[0] in ("torch", "torchvision")


def _has_kernel(place, module):
    """Whether this is a layer; False for what acts on each position by itself, and an error for what is neither."""
    kind, windows, writer = type(module).__name__, hasattr(module, "kernel_size"), _writer(module)
    if not windows:
        _refuse_parts(place, module, kind)
    if writer is not None and not _is_known(writer):
        raise ValueError(
            f"{place} is a {kind} with a forward of its own: leave it out of the list if it acts on each position "
            "by itself, or write what it does as a ConvLayer"
        )
    if windows:
        return True
    moving = [name for name in MOVING if hasattr(module, name)]
    if moving:
        raise ValueError(
            f"{place} is a {kind} with {moving[0]} and without kernel_size, which may read more than its own position: "
            "leave it and what follows out, or write what it does as a ConvLayer"
        )
    return False


def _refuse_parts(place, module, kind):
    """Refuse what is no module, and one with children, whose order nothing tells."""
    if isinstance(module, type):
        raise TypeError(f"{place} is the class {module.__name__}: give a module that was made of it")
    if not callable(getattr(module, "children", None)):
        hint = ": put it into list(...)" if isinstance(module, (Iterator, ValuesView)) else ""
        raise TypeError(f"{place} must be a module of torch.nn or a list of them, got {shown(module)}{hint}")
    if any(True for _ in module.children()):
        way_out = "give those with a kernel_size in a list, in that order"
        if "ModuleList" in _ancestors(module):
            way_out = "put list(...) of it in its place, if they run in the order in which it holds them"
        raise ValueError(f"{place} is a {kind}, which does not say in which order its modules run: {way_out}")


def _ancestors(module):
    """Names of the classes that a module comes from."""
    return {cls.__name__ for cls in type(module).__mro__}


def _layer(place, module, axis):
    """One convolution or pool as a ConvLayer."""
    kind = type(module).__name__
    if getattr(module, "transposed", False) or NOT_WINDOWS & _ancestors(module):
        raise ValueError(
            f"{place} is a {kind}, and layers are convolutions and pools only: end the list before it "
            "(for the size of a transposed convolution ask conv_transpose_size)"
        )
    if not hasattr(module, "stride"):
        raise TypeError(f"{place} is a {kind} without stride: give modules with the attributes that torch.nn's have")
    size = _along(axis, f"{place}.kernel_size", module.kernel_size)
    dilation = _along(axis, f"{place}.dilation", getattr(module, "dilation", 1))
    stride = size if module.stride is None else _along(axis, f"{place}.stride", module.stride)
    padding = getattr(module, "padding", 0)
    if isinstance(padding, str):
        padding = _zeros(place, padding, dilation * (size - 1), stride)
    else:
        padding = _along(axis, f"{place}.padding", padding, 0)
    layer = ConvLayer(size, dilation, stride=stride, padding=padding)
    if getattr(module, "ceil_mode", False):
        raise ValueError(
            f"{place} has ceil_mode=True, and layers round sizes down: "
            f"for field and holes write {shown(layer)} in its place, for sizes ask pool_size"
        )
    return layer


def _along(axis, name, value, least=1):
    """The number of one axis: from a pair or a triple, or the same for all."""
    if has_length(value) and not isinstance(value, str):
        if axis >= len(value):
            raise ValueError(f"axis must be at most {len(value) - 1}, got {axis}: {name} is {shown(value)}")
        value = value[axis]
    return whole_number(name, value, least)


def _zeros(place, padding, total, stride):
    """The zeros on each side that a word stands for, of `total` that keep the size."""
    if padding not in ("same", "valid"):
        raise ValueError(f"{place}.padding must be a number, 'same' or 'valid', got {shown(padding)}")
    if padding == "valid":
        return 0
    if stride > 1:
        raise ValueError(f"{place} has padding='same' with stride {shown(stride)}: give its padding as a number")
    if total % 2:
        raise ValueError(
            f"{place} has padding='same' with {shown(total)} zeros, one more at the end than before: "
            "a ConvLayer has as many on each side, so take an odd kernel_size or an even dilation"
        )
    return total // 2
