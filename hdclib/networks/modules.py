"""Ways in which networks join layers: identities beside them, and sums of all depths."""

from hdclib.checks import shown
from hdclib.layers import Cascade, ConvLayer, Parallel, as_layers, span_of


def summed(layers, kernel_size=None):
    """Put layers one after the other, and add up the input and every layer's output at the end.

    Parameters
    ----------
    layers : sequence of ConvLayer, or of dilations with `kernel_size`
        All of stride 1.

    Returns
    -------
    module : Parallel
        One branch for the input and one for each depth.

    Raises
    ------
    TypeError, ValueError
        If `layers` is no valid stack or has a stride.

    References
    ----------
    Zhou, Zhang and Wu (2018), the centre of D-LinkNet [zhou2018].

    Examples
    --------
    >>> from hdclib import tap_counts
    >>> from hdclib.networks import summed
    >>> tap_counts(summed([1, 2], kernel_size=3))
    array([1, 1, 3, 3, 3, 1, 1])
    """
    layers = as_layers(layers, kernel_size)
    return Parallel([ConvLayer(1), *(Cascade(layers[:depth]) for depth in range(1, len(layers) + 1))])


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
    >>> from hdclib import ConvLayer, tap_counts
    >>> from hdclib.networks import with_skip
    >>> tap_counts(with_skip(ConvLayer(3, 2)))
    array([1, 0, 2, 0, 1])
    """
    span_of(module)  # says what is no module
    return Parallel([ConvLayer(1), module])


def with_skips(module):
    """Return a cascade with an identity beside each of its parts, as in a residual network.

    Parameters
    ----------
    module : Cascade

    Returns
    -------
    module : Cascade

    Raises
    ------
    TypeError
        If `module` is no Cascade.

    References
    ----------
    He et al. (2016), eq. 1 [he2016].

    Examples
    --------
    >>> from hdclib import tap_counts
    >>> from hdclib import Cascade
    >>> from hdclib.networks import with_skips
    >>> tap_counts(with_skips(Cascade([2, 2], kernel_size=3)))
    array([1, 0, 4, 0, 6, 0, 4, 0, 1])
    """
    if not isinstance(module, Cascade):
        raise TypeError(f"module must be a Cascade, got {shown(module)}")
    return Cascade([with_skip(part) for part in module.parts])


JOINS = {  # the ways in which networks join layers, each a function of layers and kernel sizes
    "cascade": Cascade,
    "parallel": Parallel,
    "summed": summed,
    "skips": lambda layers, kernel_size=None: with_skips(Cascade(layers, kernel_size)),
}
