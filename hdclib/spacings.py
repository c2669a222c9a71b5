"""How far apart the taps of each layer stand, and how far a stack spans."""

from hdclib.layers import as_layers


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
    >>> from hdclib import ConvLayer, tap_spacings
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
    layers : sequence of ConvLayer, or of dilations with `kernel_size`

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
    """
    layers = as_layers(layers, kernel_size)
    spacings = tap_spacings(layers)
    return 1 + sum((layer.kernel_size - 1) * spacing for layer, spacing in zip(layers, spacings, strict=True))
