"""`inspect`: the one question that a network of any kind is asked."""

import os
from pathlib import Path

from hdclib.checks import shown, whole_number
from hdclib.layers import ConvLayer
from hdclib.networks.inspecting.graph import MOST_POSITIONS, Graph
from hdclib.networks.inspecting.inspection import inspected
from hdclib.networks.inspecting.lists import LAYER_KINDS, graph_of_layers

MOST_AXES = 3


def inspect(model, shape=None, *, output=None, at=None, call=None):
    """Return what a network's final output reads: of its input, and of the input of each of its convolutions.

    A network can be free of holes at its input while its output sees the maps in between with holes. The report
    says so for every convolution, and offers dilations that mend it at the same field and cost.

    Parameters
    ----------
    model : torch.nn.Module, or path of an ONNX file, or sequence of layers
        Layers are `ConvLayer`, `TransposedLayer`, `PoolLayer`, `ResizeLayer`, `PadLayer`, Cascade and Parallel,
        first layer first.
    shape : tuple of int, optional
        Of one input without the batch: (channels, rows, columns) for images, (channels, samples) for signals. For
        layers the places alone, (rows, columns) or (samples,), or nothing for one axis that is long enough. For ONNX
        files where the file leaves sizes open.
    output : str or int, optional
        Name of the output to judge, or its number, from 0; the first one with places if left out.
    at : tuple of int, optional
        Its place, such as (row, column); the middle if left out.
    call : callable, optional
        Runs a PyTorch model that needs more than one tensor: ``call=lambda model, x: model(x, mask=None)``.

    Returns
    -------
    report : Inspection
        ``print`` it, or ask its ``views``, ``repairs``, ``reads``, ``feeds`` and ``map``.

    Raises
    ------
    TypeError
        If `model` is none of these, or `shape` is missing where it is needed.
    ValueError
        If the network does not run on `shape`, a file is broken, or a layer does not fit.
    ImportError
        If PyTorch or the package ``onnx`` is needed and missing.

    References
    ----------
    Araujo et al. (2019) [araujo2019], for fields, strides and padding.

    Examples
    --------
    >>> from hdclib import ConvLayer, inspect
    >>> report = inspect([ConvLayer(3, d, padding=d) for d in (1, 2, 4)], (31,))
    >>> report.input.has_holes, [view.has_holes for view in report.views]
    (False, [False, True, True])
    >>> report.repairs[0].lines
    ['layers[0]: dilation=4, padding=4', 'layers[2]: dilation=1, padding=1']
    """
    graph, name, notes = graph_of(model, shape, call)
    return inspected(graph, name, output, at, notes)


def graph_of(model, shape=None, call=None):
    """Return the graph of a network, what to call it, and notes; the arguments are those of `inspect`."""
    if call is not None and not callable(call):
        raise TypeError(f"call must be a function of a model and a tensor, got {shown(call)}")
    if call is not None and not _is_module(model):
        raise TypeError(f"call runs a PyTorch model, and model is {shown(model)}")
    if isinstance(model, Graph):
        return model, "network", []
    if _is_module(model):
        from hdclib.networks.inspecting.tracing_torch import traced  # PyTorch is imported by who made the model

        graph, notes = traced(model, as_shape(shape), call)
        return graph, type(model).__name__, notes
    if isinstance(model, (str, os.PathLike)):
        from hdclib.networks.inspecting.reading_onnx import graph_of_file

        graph, notes = graph_of_file(model, None if shape is None else as_shape(shape))
        return graph, Path(model).name, notes
    if isinstance(model, LAYER_KINDS) or _is_layers(model):
        graph, notes = graph_of_layers([model] if isinstance(model, LAYER_KINDS) else model, shape)
        return graph, "layers", notes
    raise TypeError(
        f"model must be a torch.nn.Module, the path of an ONNX file, or a list of layers such as "
        f"{ConvLayer(3, 2)}, got {shown(model)}"
    )


def as_shape(shape, name="shape"):
    """Return a shape (channels, one to three axes) as a tuple of int, or say what is wrong with it."""
    if not isinstance(shape, (tuple, list)) or not 2 <= len(shape) <= 1 + MOST_AXES:
        hint = ", such as (3, 513, 513)" if shape is None else ""
        raise TypeError(f"{name} must hold channels and one to {MOST_AXES} sizes{hint}, got {shown(shape)}")
    sizes = tuple(whole_number(f"{name}[{place}]", size, 1) for place, size in enumerate(shape))
    total = 1
    for size in sizes:
        total *= size
    if total > MOST_POSITIONS:
        raise ValueError(f"{name} must hold at most {MOST_POSITIONS} values, got {shown(sizes)}")
    return sizes


def _is_module(model):
    return any(cls.__module__.startswith("torch.nn.") and cls.__name__ == "Module" for cls in type(model).__mro__)


def _is_layers(model):
    return isinstance(model, (list, tuple)) and bool(model) and all(isinstance(one, LAYER_KINDS) for one in model)
