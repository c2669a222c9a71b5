"""Modules of layers: one after the other (their reach adds up) or side by side (what they read is united)."""

from dataclasses import dataclass

from hdclib.checks import one_of, shown
from hdclib.layers import ConvLayer, as_layers

JOINS = ("cascade", "parallel", "summed", "skips")


class _Joined:
    """Parts that are checked once, when they are joined."""

    def __init__(self, parts, kernel_size=None):
        object.__setattr__(self, "parts", _checked(parts, kernel_size))

    def __repr__(self):
        return f"{type(self).__name__}({list(self.parts)!r})"


@dataclass(frozen=True, init=False, repr=False)
class Cascade(_Joined):
    """Parts one after the other: each reads what the one before it wrote.

    Parameters
    ----------
    parts : sequence of ConvLayer, Cascade or Parallel, or of dilations with `kernel_size`
        First part first, all of stride 1.
    kernel_size : int or sequence of int, optional

    Raises
    ------
    TypeError, ValueError
        If a part is of another kind or has a stride.

    Examples
    --------
    >>> from hdclib import Cascade, module_counts
    >>> module_counts(Cascade([1, 2], kernel_size=3))
    array([1, 1, 2, 1, 2, 1, 1])
    """

    parts: tuple


@dataclass(frozen=True, init=False, repr=False)
class Parallel(_Joined):
    """Parts side by side: all read the same input, and their outputs are added or concatenated.

    A skip connection is a branch with a kernel of one tap, ``ConvLayer(1)``.

    Parameters
    ----------
    parts : sequence of ConvLayer, Cascade or Parallel, or of dilations with `kernel_size`
        In any order, all of stride 1.
    kernel_size : int or sequence of int, optional

    Raises
    ------
    TypeError, ValueError
        If a part is of another kind or has a stride.

    Examples
    --------
    >>> from hdclib import Parallel, module_counts
    >>> module_counts(Parallel([1, 2], kernel_size=3))
    array([1, 1, 2, 1, 1])
    """

    parts: tuple


def joined(layers, join, kernel_size=None):
    """Join layers in one of four ways that networks use.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
    join : str
        "cascade", one after the other; "parallel", side by side; "summed", one after the other, with the input
        and every layer's output added up at the end; "skips", one after the other, each with an identity beside it.

    Returns
    -------
    module : Cascade or Parallel

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack or has a stride, or `join` is another word.

    Examples
    --------
    >>> from hdclib import joined, module_counts
    >>> [module_counts(joined([1, 2], join, kernel_size=3)).tolist() for join in ("summed", "skips")]
    [[1, 1, 3, 3, 3, 1, 1], [1, 2, 3, 4, 3, 2, 1]]
    """
    layers = as_layers(layers, kernel_size)
    one_of("join", join, JOINS)
    if join == "summed":
        return Parallel([ConvLayer(1), *(Cascade(layers[:depth]) for depth in range(1, len(layers) + 1))])
    if join == "skips":
        return Cascade([with_skip(layer) for layer in layers])
    return {"cascade": Cascade, "parallel": Parallel}[join](layers)


def with_skip(module):
    """Put an identity branch beside a module, as a residual connection does.

    Parameters
    ----------
    module : ConvLayer, Cascade or Parallel
        A layer must have stride 1.

    Returns
    -------
    module : Parallel

    Raises
    ------
    TypeError, ValueError
        If `module` is of another kind, or a layer with a stride.

    References
    ----------
    He et al. (2016), eq. 1 [he2016].

    Examples
    --------
    >>> from hdclib import ConvLayer, module_counts, with_skip
    >>> module_counts(with_skip(ConvLayer(3, 2)))
    array([1, 0, 2, 0, 1])
    """
    module_span(module)  # says what is no module
    return Parallel([ConvLayer(1), module])


def module_span(module):
    """Return the samples from the first that a module reads to the last, along one axis.

    Parameters
    ----------
    module : ConvLayer, Cascade or Parallel
        A layer must have stride 1.

    Returns
    -------
    span : int
        In input samples.

    Raises
    ------
    TypeError, ValueError
        If `module` is of another kind, or a layer with a stride.

    Examples
    --------
    >>> from hdclib import Cascade, Parallel, module_span
    >>> module_span(Cascade([1, 2, 4], kernel_size=3)), module_span(Parallel([1, 2, 4], kernel_size=3))
    (15, 9)
    """
    if isinstance(module, ConvLayer):
        _refuse_stride("module", module)
        return module.effective_size
    spans = [module_span(part) for part in parts_of(module)]
    return 1 + sum(span - 1 for span in spans) if isinstance(module, Cascade) else max(spans)


def _checked(parts, kernel_size):
    """Return the parts as a tuple, or say which of them cannot be joined."""
    if isinstance(parts, _Joined):
        raise TypeError(f"parts must be a list or tuple, got {shown(parts)}: put it into a list")
    if not _has_modules(parts):
        parts = as_layers(parts, kernel_size, "parts")
    for place, part in enumerate(parts):
        if type(part) is int:
            layer = f"ConvLayer({'kernel_size' if kernel_size is None else shown(kernel_size)}, {shown(part)})"
            raise TypeError(f"parts mixes modules and dilations: parts[{place}] is {shown(part)}, write {layer}")
        if not isinstance(part, (ConvLayer, _Joined)):
            raise TypeError(f"parts[{place}] must be a ConvLayer, Cascade or Parallel, got {shown(part)}")
        if isinstance(part, ConvLayer):
            _refuse_stride(f"parts[{place}]", part)
    if kernel_size is not None and _has_modules(parts):
        raise TypeError(f"kernel_size={shown(kernel_size)} is superfluous: the layers of every module have their own")
    return tuple(parts)


def _refuse_stride(name, layer):
    if layer.stride != 1:
        raise ValueError(
            f"{name} has stride {shown(layer.stride)}: parts are joined on one grid, with stride 1; "
            "for a network with strides ask each branch: receptive_field([*layers, ConvLayer(3, 12)])"
        )


def _has_modules(parts):
    return isinstance(parts, (list, tuple)) and any(isinstance(part, _Joined) for part in parts)


def parts_of(module):
    """Return the parts of a joined module, or say that it is none."""
    if not isinstance(module, _Joined):
        raise TypeError(f"module must be a ConvLayer, Cascade or Parallel, got {shown(module)}")
    return module.parts
