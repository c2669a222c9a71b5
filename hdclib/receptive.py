"""Where the features of a stack lie over its input: field, stride and padding in input samples.

`hdclib.receptive_field` gives the size of one field. Here the fields of all features get a place.
"""

from dataclasses import dataclass

from hdclib.checks import whole_number
from hdclib.layers import as_layers
from hdclib.spacings import tap_spacings


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

    Examples
    --------
    >>> from hdclib import FeatureGrid
    >>> grid = FeatureGrid(field=5, stride=2, padding=1)
    >>> grid.window(0), grid.centre(0)
    ((-1, 3), 1.0)
    """

    field: int
    stride: int
    padding: int

    def window(self, index):
        """Return the first and the last input position of feature `index`, both included.

        Positions below 0, and those from the input's size on, lie in the padding.
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
    >>> from hdclib import ConvLayer, feature_grid
    >>> feature_grid([ConvLayer(3, padding=1), ConvLayer(2, stride=2), ConvLayer(3, padding=1)])
    FeatureGrid(field=8, stride=2, padding=3)
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
    >>> from hdclib import feature_grids
    >>> [grid.field for grid in feature_grids([1, 2, 4], kernel_size=3)]
    [3, 7, 15]
    """
    layers = as_layers(layers, kernel_size)
    grids, field, stride, padding = [], 1, 1, 0
    for layer, spacing in zip(layers, tap_spacings(layers), strict=True):
        field += (layer.kernel_size - 1) * spacing
        padding += layer.padding * stride
        stride *= layer.stride
        grids.append(FeatureGrid(field, stride, padding))
    return grids
