"""One noun for the whole library: the layer, and the checks that keep it honest."""

import operator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

MAX_LAYERS = 10_000


def whole_number(name, value, least, most=None):
    """Return `value` as an int, or say which argument broke which rule.

    Parameters
    ----------
    name : str
        The argument's name, as the caller knows it.
    value : int or numpy integer
        Booleans, floats and strings are refused, even ``2.0`` and ``"2"``.
    least, most : int
        The allowed range, both ends included; `most` may be None.

    Raises
    ------
    TypeError
        If `value` is not a whole number.
    ValueError
        If it lies outside the range.

    Examples
    --------
    >>> from hdclib.layers import whole_number
    >>> whole_number("dilation", 0, 1)
    Traceback (most recent call last):
        ...
    ValueError: dilation must be at least 1, got 0
    """
    number = value if type(value) is int else _index(name, value)
    if number < least:
        raise ValueError(f"{name} must be at least {least}, got {number}")
    if most is not None and number > most:
        raise ValueError(f"{name} must be at most {most}, got {number}")
    return number


def _index(name, value):
    """Return a number of another integer type as an int; booleans are not numbers here."""
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, got {value!r}") from None


@dataclass(frozen=True, slots=True)
class ConvLayer:
    """One convolution layer along one axis.

    The operation is cross-correlation, as in every deep-learning framework: the kernel is not flipped.

    Parameters
    ----------
    kernel_size : int
        Taps along the axis, at least 1.
    dilation : int
        Distance between neighbouring taps, in samples of the layer's input; 1 is ordinary convolution.
    stride : int
        Distance between neighbouring outputs, in samples of the layer's input.
    padding : int
        Zeros added on *each* side.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    References
    ----------
    Yu and Koltun (2016), eq. 2 [yu2016].

    Examples
    --------
    >>> from hdclib import ConvLayer
    >>> ConvLayer(3, dilation=2).effective_size
    5
    """

    kernel_size: int
    dilation: int = 1
    stride: int = 1
    padding: int = 0

    def __post_init__(self):
        for name, least in (("kernel_size", 1), ("dilation", 1), ("stride", 1), ("padding", 0)):
            given = getattr(self, name)
            number = whole_number(name, given, least)
            if number is not given:
                object.__setattr__(self, name, number)

    @property
    def effective_size(self):
        """Input samples from the first tap to the last, both included: ``dilation * (kernel_size - 1) + 1``."""
        return self.dilation * (self.kernel_size - 1) + 1


def as_layers(layers, kernel_size=None):
    """Return a tuple of `ConvLayer`, from layers or from plain dilations.

    Parameters
    ----------
    layers : sequence of ConvLayer, or sequence of int
        First layer first. Plain whole numbers are dilations, and need `kernel_size`.
    kernel_size : int or sequence of int, optional
        One size for all dilations, or one for each. Not allowed beside `ConvLayer`, which has its own.

    Returns
    -------
    layers : tuple of ConvLayer, at least one

    Raises
    ------
    TypeError
        If `layers` is not a sequence, or mixes layers and numbers, or `kernel_size` is missing or superfluous.
    ValueError
        If `layers` is empty or longer than 10,000, or a number is out of range.

    Examples
    --------
    >>> from hdclib import as_layers
    >>> as_layers([2], kernel_size=3)
    (ConvLayer(kernel_size=3, dilation=2, stride=1, padding=0),)
    """
    items = _listed("layers", layers)
    are_layers = [isinstance(item, ConvLayer) for item in items]
    if all(are_layers):
        if kernel_size is not None:
            raise TypeError(f"kernel_size={kernel_size!r} is superfluous: every ConvLayer has its own")
        return tuple(items)
    if any(are_layers):
        place = are_layers.index(False)
        raise TypeError(f"layers mixes ConvLayer and plain dilations: layers[{place}] is {items[place]!r}")
    if kernel_size is None:
        raise TypeError(f"layers[0] is {items[0]!r}: plain dilations need a kernel_size, such as kernel_size=3")
    dilations = [whole_number(f"layers[{i}] (a dilation)", item, 1) for i, item in enumerate(items)]
    return tuple(map(_plain_layer, _sizes(kernel_size, len(dilations)), dilations))


@lru_cache(maxsize=4096)
def _plain_layer(kernel_size, dilation):
    """The layer of two checked numbers; layers never change, so equal ones may be shared."""
    return ConvLayer(kernel_size, dilation)


def _listed(name, values):
    """Return `values` as a non-empty list, or say why they are not one."""
    if isinstance(values, (str, bytes, dict, set, frozenset)) or not hasattr(values, "__len__"):
        raise TypeError(f"{name} must be a list or tuple, got {values!r}")
    if len(values) == 0:
        raise ValueError(f"{name} is empty: give at least one layer")
    if len(values) > MAX_LAYERS:
        raise ValueError(f"{name} has {len(values)} entries, at most {MAX_LAYERS} are allowed")
    return list(values)


def _sizes(kernel_size, count):
    """One kernel size for each of `count` layers."""
    if not hasattr(kernel_size, "__len__"):
        return [whole_number("kernel_size", kernel_size, 1)] * count
    sizes = _listed("kernel_size", kernel_size)
    if len(sizes) != count:
        raise ValueError(f"kernel_size has {len(sizes)} entries for {count} layers: give one number or one a layer")
    return [whole_number(f"kernel_size[{i}]", size, 1) for i, size in enumerate(sizes)]
