"""One noun for the whole library: the layer."""

from dataclasses import dataclass, field
from functools import lru_cache

from hdclib.checks import counted, has_length, shown, sized, whole_number

MAX_LAYERS = 10_000


@dataclass(frozen=True, slots=True)
class ConvLayer:
    """One convolution layer along one axis.

    The operation is cross-correlation, as in every deep-learning framework: the kernel is not flipped. The order of
    the arguments is not PyTorch's: the second one is the dilation, and stride and padding are given by name.

    Parameters
    ----------
    kernel_size : int
        Taps along the axis, at least 1.
    dilation : int
        Distance between neighbouring taps, in samples of the layer's input; 1 is ordinary convolution.
    stride : int, by name only
        Distance between neighbouring outputs, in samples of the layer's input.
    padding : int, by name only
        Zeros added on *each* side. For zeros on one side only, as in causal networks, see `size_chain` and
        `feature_grid`.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small, or if stride or padding is not given by name.

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
    stride: int = field(default=1, kw_only=True)
    padding: int = field(default=0, kw_only=True)

    def __post_init__(self):
        for name, least in (("kernel_size", 1), ("dilation", 1), ("stride", 1), ("padding", 0)):
            given = getattr(self, name)
            number = whole_number(name, given, least)
            if number is not given:
                object.__setattr__(self, name, number)

    @property
    def effective_size(self):
        """Input samples from the first tap to the last, both included, ``dilation * (kernel_size - 1) + 1``."""
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
    items = listed(name, layers)
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


def plain_dilations(dilations, name="dilations"):
    """Return dilations as a list of int, where a rule asks for nothing else of a stack."""
    items = listed(name, dilations)
    for place, item in enumerate(items):
        if isinstance(item, ConvLayer):
            raise TypeError(f"{name}[{place}] is {shown(item)}: give [layer.dilation for layer in layers]")
    return [_dilation(name, place, item) for place, item in enumerate(items)]


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
        return ": for a module of branches ask module_span, module_coverage or module_counts"
    return ""


def listed(name, values):
    """Return `values`, one a layer, as a non-empty list, or say why they are not one."""
    if len(sized(name, values, _hint(values))) == 0:
        raise ValueError(f"{name} is empty: give at least one layer")
    if len(values) > MAX_LAYERS:
        raise ValueError(f"{name} has {len(values)} entries, at most {MAX_LAYERS} are allowed")
    return list(values)


def _sizes(kernel_size, count):
    """One kernel size for each of `count` layers."""
    if not has_length(kernel_size):
        return [whole_number("kernel_size", kernel_size, 1)] * count
    if isinstance(kernel_size, (str, bytes, dict, set, frozenset)):
        raise TypeError(f"kernel_size must be a whole number, or a list with one a layer, got {shown(kernel_size)}")
    sizes = list(kernel_size)
    if len(sizes) != count:
        given = f"has {counted(len(sizes), 'entry', 'entries')} for {counted(count, 'layer')}" if sizes else "is empty"
        raise ValueError(f"kernel_size {given}: give one number, or one a layer")
    return [whole_number(f"kernel_size[{i}]", size, 1) for i, size in enumerate(sizes)]
