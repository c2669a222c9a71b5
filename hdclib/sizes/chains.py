"""Sizes through a network: pools that round up, unequal zeros, transposed layers, and the inputs that fit its skips."""

from dataclasses import dataclass, field, fields
from fractions import Fraction
from math import lcm
from typing import Any

from hdclib.checks import room_for, shown, sized, truth_value, whole_number
from hdclib.layers import ConvLayer, as_layers, listed
from hdclib.sizes.formulas import conv_size, conv_transpose_size, effective_size, pool_size

MOST_SIZES = 2**14  # input sizes that are tried one by one


class _Checked:
    """A layer that is checked when it is made; a subclass lists the least value of each of its whole numbers."""

    __slots__ = ()
    least = {}

    def __post_init__(self):
        for name, least in self.least.items():
            object.__setattr__(self, name, whole_number(name, getattr(self, name), least))


@dataclass(frozen=True, slots=True)
class PoolLayer(_Checked):
    """One pooling layer along one axis, for `size_chain` and `inspect`.

    Parameters
    ----------
    kernel_size, dilation : int
        As in `ConvLayer`.
    stride : int, by name only
        `kernel_size` if not given.
    padding : int, by name only
        As in `pool_size`, at most half of `kernel_size`.
    ceil_mode : bool, by name only
        Whether a last window may hang over the end.

    Raises
    ------
    TypeError, ValueError
        As `pool_size`.

    References
    ----------
    PyTorch 2.13, ``torch.nn.MaxPool1d`` [pytorch].

    Examples
    --------
    >>> from hdclib.networks import PoolLayer
    >>> from hdclib import size_chain
    >>> size_chain(7, [PoolLayer(2)]), size_chain(7, [PoolLayer(2, ceil_mode=True)])
    ([7, 3], [7, 4])
    """

    kernel_size: int
    dilation: int = 1
    stride: int | None = field(default=None, kw_only=True)
    padding: int = field(default=0, kw_only=True)
    ceil_mode: bool = field(default=False, kw_only=True)
    least = {"kernel_size": 1, "dilation": 1, "stride": 1, "padding": 0}

    def __post_init__(self):
        if self.stride is None:
            object.__setattr__(self, "stride", self.kernel_size)
        _Checked.__post_init__(self)
        layer_size(effective_size(self.kernel_size, dilation=self.dilation), self)  # refuses what no size mends


@dataclass(frozen=True, slots=True)
class TransposedLayer(_Checked):
    """One transposed convolution along one axis, for `size_chain` and `inspect`.

    Parameters
    ----------
    kernel_size, dilation : int
        As in `ConvLayer`.
    stride, padding, output_padding : int, by name only
        As in `conv_transpose_size`.

    Raises
    ------
    TypeError, ValueError
        As `conv_transpose_size`.

    References
    ----------
    PyTorch 2.13, ``torch.nn.ConvTranspose1d`` [pytorch].

    Examples
    --------
    >>> from hdclib.networks import TransposedLayer
    >>> from hdclib import size_chain
    >>> size_chain(7, [TransposedLayer(4, stride=2, padding=1)])
    [7, 14]
    """

    kernel_size: int
    dilation: int = 1
    stride: int = field(default=1, kw_only=True)
    padding: int = field(default=0, kw_only=True)
    output_padding: int = field(default=0, kw_only=True)
    least = {"kernel_size": 1, "dilation": 1, "stride": 1, "padding": 0, "output_padding": 0}

    def __post_init__(self):
        _Checked.__post_init__(self)
        layer_size(2 * self.padding + 1, self)  # refuses what no size mends


@dataclass(frozen=True, slots=True)
class PadLayer:
    """Zeros before and after, in numbers that may differ, for `size_chain` and `inspect`.

    Before a layer it is that layer's unequal padding, as in causal networks.

    Parameters
    ----------
    before, after : int
        Zeros at the beginning and at the end; a negative number cuts so many samples off.

    Raises
    ------
    TypeError, ValueError
        If one is not a whole number, or one below −2**62.

    References
    ----------
    PyTorch 2.13, ``torch.nn.functional.pad`` [pytorch].

    Examples
    --------
    >>> from hdclib import ConvLayer
    >>> from hdclib.networks import PadLayer
    >>> from hdclib import size_chain
    >>> size_chain(100, [PadLayer(4, 0), ConvLayer(3, dilation=2)])
    [100, 104, 100]
    """

    before: int = 0
    after: int = 0

    def __post_init__(self):
        for name in ("before", "after"):
            object.__setattr__(self, name, whole_number(name, getattr(self, name), -(2**62)))


def _padded_size(size, before, after):
    added, cut = max(before, 0) + max(after, 0), -min(before, 0) - min(after, 0)
    least = cut or 1 if added else cut + 1  # PyTorch cuts before it adds
    if size < least:
        raise ValueError(f"{shown(cut)} samples are cut off {shown(size)}: give at least {shown(least)}")
    return size + added - cut


_FORMULAS: dict[type, Any] = {
    ConvLayer: conv_size,
    PoolLayer: pool_size,
    TransposedLayer: conv_transpose_size,
    PadLayer: _padded_size,
}


def layer_size(size, layer):
    """Return the output size of one layer.

    Parameters
    ----------
    size : int
        Input samples, at least 1.
    layer : ConvLayer, PoolLayer, TransposedLayer or PadLayer

    Returns
    -------
    int

    Raises
    ------
    TypeError, ValueError
        If `layer` is none of these, or if nothing comes out of it.

    References
    ----------
    PyTorch 2.13 [pytorch].

    Examples
    --------
    >>> from hdclib import ConvLayer
    >>> from hdclib.sizes import layer_size
    >>> layer_size(64, ConvLayer(3, stride=2, padding=1))
    32
    """
    size = whole_number("size", size, 1)
    _check_kind("layer", layer)
    return _FORMULAS[type(layer)](size, **{part.name: getattr(layer, part.name) for part in fields(layer)})


def size_chain(size, layers):
    """Return the size of the input and of what each layer makes of it.

    Parameters
    ----------
    size : int
        Input samples along the axis.
    layers : sequence of ConvLayer, PoolLayer, TransposedLayer and PadLayer
        First layer first.

    Returns
    -------
    sizes : list of int
        One more entry than there are layers; the first is `size`.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type, or if nothing comes out of a layer: the message names the layer.

    References
    ----------
    Simonyan and Zisserman (2015), table 1 [simonyan2015].

    Examples
    --------
    >>> from hdclib import ConvLayer, size_chain
    >>> size_chain(224, [ConvLayer(2, stride=2)] * 5)
    [224, 112, 56, 28, 14, 7]
    """
    return _sizes(whole_number("size", size, 1), _chain(layers))


@dataclass(frozen=True, slots=True)
class FittingSizes:
    """What `fitting_sizes` found: `least`, and every larger size that leaves one of `remainders` after `step`.

    Attributes
    ----------
    step : int
        The least period, in input samples.
    remainders : tuple of int
        Ascending, each below `step`; empty where no size fits.
    least : int or None
        The smallest size that fits.
    conflict : str or None
        Where no size fits: what goes wrong with one of them.
    """

    step: int
    remainders: tuple
    least: int | None
    conflict: str | None = None

    def __contains__(self, size):
        return bool(self.remainders) and size >= self.least and size % self.step in self.remainders

    def nearest(self, size):
        """Return the nearest fitting sizes (at most `size`, at least `size`); None where there is none."""
        size = whole_number("size", size, 1)
        below = next((near for near in range(size, max(0, size - self.step), -1) if near in self), None)
        start = max(size, self.least or 1)
        above = next((near for near in range(start, start + self.step) if near in self), None)
        return below, above

    @property
    def explanation(self):
        """The answer as one sentence."""
        if not self.remainders:
            return f"no input size fits: {self.conflict}"
        if self.step == 1:
            return f"every input size from {self.least} on fits"
        rest = " or ".join(map(str, self.remainders))
        return f"an input size fits if it leaves {rest} when divided by {self.step}, from {self.least} on"


def fitting_sizes(layers, joins=(), *, whole=False):
    """Return which input sizes a network takes, its skip connections included.

    Parameters
    ----------
    layers : sequence of ConvLayer, PoolLayer, TransposedLayer and PadLayer
        First layer first: the longest way through the network.
    joins : sequence of pairs of int
        Two layers, counted from 1 (0 is the input), whose outputs are added or joined, so that their sizes must be
        equal.
    whole : bool
        Whether every stride must also come out even, so that no layer leaves samples at the end unread.

    Returns
    -------
    FittingSizes
        A step and its remainders. All sizes repeat after a multiple of the strides, so that one period tells all.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type, if a join names no layer or two layers on different scales, or if the
        period exceeds 16384 samples.

    References
    ----------
    Ronneberger, Fischer and Brox (2015), sec. 2, for whole strides [ronneberger2015].

    Examples
    --------
    A U-Net of one level, whose skip connection needs an even size:

    >>> from hdclib import ConvLayer
    >>> from hdclib.networks import PoolLayer, TransposedLayer
    >>> from hdclib.sizes import fitting_sizes
    >>> unet = [ConvLayer(3, padding=1), PoolLayer(2), ConvLayer(3, padding=1), TransposedLayer(2, stride=2)]
    >>> fitting_sizes(unet, joins=[(1, 4)]).explanation
    'an input size fits if it leaves 0 when divided by 2, from 2 on'
    """
    truth_value("whole", whole)
    layers = _chain(layers)
    scales = _scales(layers)
    joins = [_join(f"joins[{place}]", pair, scales) for place, pair in enumerate(sized("joins", joins))]
    period = lcm(*(scale.denominator for scale in scales))
    room_for("layers", period, "input sizes to try", MOST_SIZES)
    start = _least_size(layers)
    tried = range(start, start + period)
    conflicts = {size: _conflict(_sizes(size, layers), layers, joins, whole) for size in tried}
    fitting = {size % period for size, conflict in conflicts.items() if conflict is None}
    if not fitting:
        return FittingSizes(period, (), None, f"{shown(start)} samples in, {conflicts[start]}")
    step = next(step for step in range(1, period + 1) if _repeats(fitting, step, period))
    least = next(size for size in tried if size % period in fitting)
    return FittingSizes(step, tuple(sorted({rest % step for rest in fitting})), least)


def _chain(layers):
    layers = listed("layers", layers)
    if not any(type(layer) in _FORMULAS for layer in layers):
        as_layers(layers)  # says what plain dilations need
    for place, layer in enumerate(layers):
        _check_kind(f"layers[{place}]", layer)
    return layers


def _check_kind(name, layer):
    if type(layer) not in _FORMULAS:
        raise TypeError(f"{name} must be a ConvLayer, PoolLayer, TransposedLayer or PadLayer, got {shown(layer)}")


def _sizes(size, layers):
    sizes = [size]
    for number, layer in enumerate(layers, 1):
        try:
            sizes.append(layer_size(sizes[-1], layer))
        except ValueError as error:
            raise ValueError(f"layer {number} of {len(layers)}: {error}") from None
    return sizes


def _scales(layers):
    """Output samples for one more input sample, after each layer."""
    scales = [Fraction(1)]
    for layer in layers:
        stride = getattr(layer, "stride", 1)
        scales.append(scales[-1] * stride if isinstance(layer, TransposedLayer) else scales[-1] / stride)
    return scales


def _join(name, pair, scales):
    if len(sized(name, pair)) != 2:
        raise ValueError(f"{name} must be two layers, got {shown(pair)}")
    one, other = (whole_number(name, number, 0, len(scales) - 1) for number in pair)
    if scales[one] != scales[other]:
        raise ValueError(
            f"{name} joins layer {one}, on {scales[one]} of the input's scale, and layer {other}, on {scales[other]}: "
            "join layers of one scale"
        )
    return one, other


def _conflict(sizes, layers, joins, whole):
    """What does not fit at these sizes, or None."""
    for one, other in joins:
        if sizes[one] != sizes[other]:
            return f"layer {one} gives {sizes[one]} and layer {other} gives {sizes[other]}"
    for number, layer in enumerate(layers, 1):
        if whole and isinstance(layer, (ConvLayer, PoolLayer)):
            span = effective_size(layer.kernel_size, dilation=layer.dilation)
            if left := (sizes[number - 1] + 2 * layer.padding - span) % layer.stride:
                return f"the stride of layer {number} leaves {left} over"
    return None


def _least_size(layers):
    """The smallest input of which something is left after every layer; a larger one never loses more."""
    high = 1
    while not _passes(high, layers):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _passes(middle, layers) else (middle, high)
    return high


def _passes(size, layers):
    try:
        return bool(_sizes(size, layers))
    except ValueError:
        return False


def _repeats(fitting, step, period):
    return period % step == 0 and {(rest + step) % period for rest in fitting} == fitting
