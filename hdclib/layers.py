"""The nouns of the whole library: a layer, a stack of layers, and modules of cascades and branches."""

from dataclasses import dataclass, field
from functools import lru_cache

from hdclib.checks import counted, has_length, shown, sized, whole_number

MOST_LAYERS = 10_000


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


class _Layers(tuple):
    """Layers that `as_layers` has checked: it passes them on, so that a stack is checked once, at the door."""

    __slots__ = ()


class _Dilations(tuple):
    """The same for `plain_dilations`."""

    __slots__ = ()


def as_layers(layers, kernel_size=None, name="layers"):
    """Return a tuple of `ConvLayer`, from layers or from plain dilations.

    Parameters
    ----------
    layers : sequence of ConvLayer, or sequence of int, or Cascade
        First layer first. Plain whole numbers are dilations, and need `kernel_size`. A Cascade must hold no branches.
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
        If `layers` is not a sequence, or mixes layers and numbers, or holds branches, or `kernel_size` is missing or
        superfluous.
    ValueError
        If `layers` is empty or longer than 10,000, or a number is out of range.

    Examples
    --------
    >>> from hdclib import as_layers
    >>> as_layers([2], kernel_size=3)
    (ConvLayer(kernel_size=3, dilation=2, stride=1, padding=0),)
    """
    if type(layers) is _Layers:
        refuse_kernel_size(kernel_size)
        return layers
    items = listed(name, layers_inside(layers) or layers)
    are_layers = [isinstance(item, ConvLayer) for item in items]
    if all(are_layers):
        refuse_kernel_size(kernel_size)
        return _Layers(items)
    if any(are_layers):
        place = are_layers.index(False)
        raise TypeError(
            f"{name} mixes ConvLayer and plain dilations: {name}[{place}] is {shown(items[place])}{_hint(items[place])}"
        )
    if kernel_size is None:
        hint = _hint(items[0]) or ": plain dilations need a kernel_size, such as kernel_size=3"
        raise TypeError(f"{name}[0] is {shown(items[0])}{hint}")
    dilations = [_dilation(name, place, item) for place, item in enumerate(items)]
    return _Layers(map(_plain_layer, _sizes(kernel_size, len(dilations)), dilations))


def tapped_layers(layers):
    """Return those of checked layers that have more than one tap, without a second look."""
    return _Layers(layer for layer in layers if layer.kernel_size > 1)


def dilations_of(layers):
    """Return the dilations of checked layers in a form that `plain_dilations` takes without a second look."""
    return _Dilations(layer.dilation for layer in layers)


def plain_dilations(dilations, name="dilations"):
    """Return dilations as a list of int, where a rule asks for nothing else of a stack."""
    if type(dilations) is _Dilations:
        return list(dilations)
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
    """What to ask instead, if `item` is a Cascade or Parallel."""
    if isinstance(item, Joined):
        return ": of a module of branches ask receptive_field, tap_counts, usage_map or coverage"
    return ""


def refuse_kernel_size(kernel_size):
    """Say that layers have kernel sizes of their own."""
    if kernel_size is not None:
        raise TypeError(f"kernel_size={shown(kernel_size)} is superfluous: every ConvLayer has its own")


def listed(name, values):
    """Return `values`, one a layer, as a non-empty list, or say why they are not one."""
    if len(sized(name, values, _hint(values))) == 0:
        raise ValueError(f"{name} is empty: give at least one layer")
    if len(values) > MOST_LAYERS:
        raise ValueError(f"{name} has {len(values)} entries, at most {MOST_LAYERS} are allowed")
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


def tap_spacings(layers, kernel_size=None):
    """Return each layer's distance between neighbouring taps, in *input* samples.

    A stride multiplies the spacing of every later layer.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        First layer first.

    Returns
    -------
    spacings : list of int

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    References
    ----------
    Araujo, Norris and Sim (2019), eq. 2 [araujo2019].

    Examples
    --------
    >>> from hdclib import ConvLayer
    >>> from hdclib.gridding import tap_spacings
    >>> tap_spacings([ConvLayer(3, stride=2), ConvLayer(3, dilation=2)])
    [1, 4]
    """
    spacings = []
    jump = 1  # input samples between two neighbouring samples of this layer
    for layer in as_layers(layers, kernel_size):
        spacings.append(layer.dilation * jump)
        jump *= layer.stride
    return spacings


def receptive_field(layers, kernel_size=None):
    """Return the span of a stack: input samples from the first read to the last, both included.

    The span says nothing about what lies between; see `tap_counts`.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`, or Cascade or Parallel

    Returns
    -------
    size : int
        In input samples, along one axis.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    References
    ----------
    Araujo, Norris and Sim (2019), eq. 2 [araujo2019].

    Examples
    --------
    >>> from hdclib import receptive_field
    >>> receptive_field([2, 2, 2], kernel_size=3), receptive_field([1, 2, 3], kernel_size=3)
    (13, 13)
    >>> from hdclib.networks import Parallel
    >>> receptive_field(Parallel([1, 2, 4], kernel_size=3))
    9
    """
    if isinstance(layers, Joined):
        refuse_kernel_size(kernel_size)
        return span_of(layers)
    layers = as_layers(layers, kernel_size)
    spacings = tap_spacings(layers)
    return 1 + sum((layer.kernel_size - 1) * spacing for layer, spacing in zip(layers, spacings, strict=True))


class Joined:
    """A module of parts, which are checked once, when they are joined."""

    parts: tuple

    def __init__(self, parts, kernel_size=None):
        object.__setattr__(self, "parts", _checked(parts, kernel_size))

    def __repr__(self):
        return f"{type(self).__name__}({list(self.parts)!r})"


@dataclass(frozen=True, init=False, repr=False)
class Cascade(Joined):
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
    >>> from hdclib import tap_counts
    >>> from hdclib import Cascade
    >>> tap_counts(Cascade([1, 2], kernel_size=3))
    array([1, 1, 2, 1, 2, 1, 1])
    """

    parts: tuple


@dataclass(frozen=True, init=False, repr=False)
class Parallel(Joined):
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
    >>> from hdclib import tap_counts
    >>> from hdclib.networks import Parallel
    >>> tap_counts(Parallel([1, 2], kernel_size=3))
    array([1, 1, 2, 1, 1])
    """

    parts: tuple


def layers_inside(module):
    """Return the layers of a Cascade of layers and of such Cascades, first layer first; None of anything else."""
    if not isinstance(module, Cascade):
        return None
    lists = [[part] if isinstance(part, ConvLayer) else layers_inside(part) for part in module.parts]
    return None if None in lists else [layer for layers in lists for layer in layers]


def span_of(module):
    """Return the samples from the first that a module reads to the last, along one axis.

    Parameters
    ----------
    module : ConvLayer, Cascade or Parallel
        A layer must have stride 1.

    Returns
    -------
    span : int

    Raises
    ------
    TypeError, ValueError
        If `module` is of another kind, or a layer with a stride.
    """
    if isinstance(module, ConvLayer):
        _refuse_stride("module", module)
        return module.effective_size
    if not isinstance(module, Joined):
        raise TypeError(f"module must be a ConvLayer, Cascade or Parallel, got {shown(module)}")
    spans = [span_of(part) for part in module.parts]
    return 1 + sum(span - 1 for span in spans) if isinstance(module, Cascade) else max(spans)


def _checked(parts, kernel_size):
    """Return the parts as a tuple, or say which of them cannot be joined."""
    if isinstance(parts, Joined):
        raise TypeError(f"parts must be a list or tuple, got {shown(parts)}: put it into a list")
    if not _has_modules(parts):
        parts = as_layers(parts, kernel_size, "parts")
    for place, part in enumerate(parts):
        if type(part) is int:
            layer = f"ConvLayer({'kernel_size' if kernel_size is None else shown(kernel_size)}, {shown(part)})"
            raise TypeError(f"parts mixes modules and dilations: parts[{place}] is {shown(part)}, write {layer}")
        if not isinstance(part, (ConvLayer, Joined)):
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
    return isinstance(parts, (list, tuple)) and any(isinstance(part, Joined) for part in parts)
