"""Where the features of a stack lie over its input: field, stride and padding in input samples.

`hdclib.receptive_field` gives the size of one field. Here the fields of all features get a place.
"""

from dataclasses import dataclass
from dataclasses import field as attribute

from hdclib.checks import whole_number
from hdclib.layers import as_layers, tap_spacings


@dataclass(frozen=True, slots=True)
class FeatureGrid:
    """How the features of one layer lie over the input, along one axis.

    Attributes
    ----------
    field : int
        Input samples that one feature spans, both ends included.
    stride : int
        Input samples from one feature to the next.
    padding : int
        How far the first feature's field begins before the first input sample.
    blank : int
        How many of the first features read no input at all, but padding of the layers between.

    Examples
    --------
    >>> from hdclib.networks import FeatureGrid
    >>> grid = FeatureGrid(field=5, stride=2, padding=1)
    >>> grid.window(0), grid.centre(0)
    ((-1, 3), 1.0)
    """

    field: int
    stride: int
    padding: int
    blank: int = attribute(default=0, repr=False)

    def window(self, index):
        """Return the first and the last input position of feature `index`, both included.

        Positions below 0, and those from the input's size on, lie in the padding. Of the first `blank` features it
        tells where they stand, not what they read, which is padding only.
        """
        start = whole_number("index", index, 0) * self.stride - self.padding
        return start, start + self.field - 1

    def centre(self, index):
        """Return the middle of feature `index`, in input positions; a half where the field is even."""
        first, last = self.window(index)
        return (first + last) / 2


def feature_grid(layers, kernel_size=None):
    """Return field, stride and padding of the last layer's features.

    Of a layer's padding only what stands before the first sample counts here. So a causal layer, with all its zeros
    there, is ``ConvLayer(k, d, padding=d * (k - 1))``.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        First layer first; pooling layers count as layers too. One axis.

    Returns
    -------
    grid : FeatureGrid
        All three in input samples. The field is that of `receptive_field`.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    References
    ----------
    Araujo, Norris and Sim (2019), eqs. 2 to 4 [araujo2019].

    Examples
    --------
    >>> from hdclib import ConvLayer
    >>> from hdclib import feature_grid
    >>> feature_grid([ConvLayer(3, padding=1), ConvLayer(2, stride=2), ConvLayer(3, padding=1)])
    FeatureGrid(field=8, stride=2, padding=3)
    >>> grid = feature_grid([ConvLayer(3), ConvLayer(1, padding=1)])
    >>> grid.window(0), grid.blank  # the first feature reads the zero in front of the second layer alone
    ((-1, 1), 1)
    """
    return feature_grids(layers, kernel_size)[-1]


def feature_grids(layers, kernel_size=None):
    """Return the grid of features after the first layer, after the first two, and so on.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

    Returns
    -------
    grids : list of FeatureGrid, one a layer
        ``grids[i]`` is ``feature_grid(layers[:i + 1])``.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack.

    Examples
    --------
    >>> from hdclib.networks import feature_grids
    >>> [grid.field for grid in feature_grids([1, 2, 4], kernel_size=3)]
    [3, 7, 15]
    """
    layers = as_layers(layers, kernel_size)
    grids, field, stride, padding, blank = [], 1, 1, 0, 0
    for layer, spacing in zip(layers, tap_spacings(layers), strict=True):
        field += (layer.kernel_size - 1) * spacing
        padding += layer.padding * stride
        blank = max(0, -((layer.effective_size - 1 - layer.padding - blank) // layer.stride))
        stride *= layer.stride
        grids.append(FeatureGrid(field, stride, padding, blank))
    return grids
