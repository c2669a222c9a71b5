"""One noun for the whole library: the layer, and the checks that keep it honest."""

import operator
import reprlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

MAX_LAYERS = 10_000
MOST_CELLS = 2**26  # numbers in one array: half a gigabyte
LONGEST_REPR = 80  # characters of a value in a message


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
        raise TypeError(f"{name} must be a whole number, got {shown(value)}")
    try:
        return operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, got {shown(value)}") from None


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


def as_layers(layers, kernel_size=None, name="layers"):
    """Return a tuple of `ConvLayer`, from layers or from plain dilations.

    Parameters
    ----------
    layers : sequence of ConvLayer, or sequence of int
        First layer first. Plain whole numbers are dilations, and need `kernel_size`.
    kernel_size : int or sequence of int, optional
        One size for all dilations, or one for each. Not allowed beside `ConvLayer`, which has its own.
    name : str
        What the caller's argument is called, for messages.

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
    items = _listed(name, layers)
    are_layers = [isinstance(item, ConvLayer) for item in items]
    if all(are_layers):
        if kernel_size is not None:
            raise TypeError(f"kernel_size={shown(kernel_size)} is superfluous: every ConvLayer has its own")
        return tuple(items)
    if any(are_layers):
        place = are_layers.index(False)
        raise TypeError(
            f"{name} mixes ConvLayer and plain dilations: {name}[{place}] is {shown(items[place])}{_hint(items[place])}"
        )
    if kernel_size is None:
        hint = _hint(items[0]) or ": plain dilations need a kernel_size, such as kernel_size=3"
        raise TypeError(f"{name}[0] is {shown(items[0])}{hint}")
    dilations = [_dilation(name, place, item) for place, item in enumerate(items)]
    return tuple(map(_plain_layer, _sizes(kernel_size, len(dilations)), dilations))


@lru_cache(maxsize=4096)
def _plain_layer(kernel_size, dilation):
    """The layer of two checked numbers; layers never change, so equal ones may be shared."""
    return ConvLayer(kernel_size, dilation)


def _dilation(name, place, item):
    if hint := _hint(item):
        raise TypeError(f"{name}[{place}] is {shown(item)}{hint}")
    return whole_number(f"{name}[{place}] (a dilation)", item, 1)


def _hint(item):
    """What to ask instead, if `item` is a Cascade or Parallel, whose module is not imported here."""
    if hasattr(item, "parts"):
        return ": for a module of branches ask module_coverage or module_counts"
    return ""


def shown(value):
    """Return the text of a value for a message, shortened beyond 80 characters."""
    text = repr(value)
    if len(text) <= LONGEST_REPR:
        return text
    short = reprlib.repr(value)
    return short if len(short) <= LONGEST_REPR else f"{short[: LONGEST_REPR - 4]} ..."


def one_of(name, value, allowed, words=None):
    """Return `value`, or say which words the argument may be.

    Parameters
    ----------
    name : str
        The argument's name, as the caller knows it.
    value : str
    allowed : collection of str
    words : str, optional
        What is allowed in other words, such as "'same' or 'valid'"; "one of" and the list if left out.

    Raises
    ------
    TypeError
        If `value` is not a string.
    ValueError
        If it is none of those allowed.

    Examples
    --------
    >>> from hdclib.layers import one_of
    >>> one_of("kind", "cubic", ("nearest", "bilinear"))
    Traceback (most recent call last):
        ...
    ValueError: kind must be one of nearest, bilinear, got 'cubic'
    """
    if isinstance(value, str) and value in allowed:
        return value
    error = ValueError if isinstance(value, str) else TypeError
    words = words or f"one of {', '.join(allowed)}"
    raise error(f"{name} must be {words}, got {shown(value)}")


def room_for(name, count, unit, most=MOST_CELLS):
    """Refuse what would not fit in memory.

    Parameters
    ----------
    name : str
        The argument that is too large.
    count : int
    unit : str
        What is counted, such as "pixels".
    most : int

    Raises
    ------
    ValueError
        If `count` is more than `most`.

    Examples
    --------
    >>> from hdclib.layers import room_for
    >>> room_for("factor", 10**9, "pixels", 2**26)
    Traceback (most recent call last):
        ...
    ValueError: factor asks for 1000000000 pixels, at most 67108864 are allowed
    """
    if count > most:
        raise ValueError(f"{name} asks for {count} {unit}, at most {most} are allowed")


def _has_length(values):
    """Whether `len` works; an array of no axes has the method, but no length."""
    return hasattr(values, "__len__") and getattr(values, "shape", None) != ()


def _listed(name, values):
    """Return `values` as a non-empty list, or say why they are not one."""
    if isinstance(values, (str, bytes, dict, set, frozenset)) or not _has_length(values):
        raise TypeError(f"{name} must be a list or tuple, got {shown(values)}{_hint(values)}")
    if len(values) == 0:
        raise ValueError(f"{name} is empty: give at least one layer")
    if len(values) > MAX_LAYERS:
        raise ValueError(f"{name} has {len(values)} entries, at most {MAX_LAYERS} are allowed")
    return list(values)


def _sizes(kernel_size, count):
    """One kernel size for each of `count` layers."""
    if not _has_length(kernel_size):
        return [whole_number("kernel_size", kernel_size, 1)] * count
    sizes = _listed("kernel_size", kernel_size)
    if len(sizes) != count:
        raise ValueError(f"kernel_size has {len(sizes)} entries for {count} layers: give one number or one a layer")
    return [whole_number(f"kernel_size[{i}]", size, 1) for i, size in enumerate(sizes)]
