"""A U-Net as the chain of layers and the joins that `fitting_sizes` takes."""

from hdclib.checks import MOST_LISTED, room_for, truth_value, whole_number
from hdclib.layers import ConvLayer
from hdclib.sizes.chains import PoolLayer, TransposedLayer
from hdclib.sizes.formulas import same_padding

KERNEL_SIZE = 3


def u_net_layers(depth, convolutions=2, *, dilation=1, padded=True):
    """Return the longest way through a U-Net, and the pairs of layers whose outputs meet on it.

    Each level has convolutions of 3 taps on the way down and on the way up, a pool of 2 below it, and a transposed
    convolution of kernel 2 and stride 2 back up.

    Parameters
    ----------
    depth : int
        Pools, at least 1; there are as many joins.
    convolutions : int
        On each level and each way, at least 1.
    dilation : int, by name only
        Of the convolutions.
    padded : bool, by name only
        Whether each convolution is padded so that it keeps the size.

    Returns
    -------
    layers : list of ConvLayer, PoolLayer and TransposedLayer
        First layer first.
    joins : list of (int, int)
        Layers counted from 1, the top level first.

    Raises
    ------
    TypeError, ValueError
        If a number is of the wrong type or too small, or there would be more than 4194304 layers.

    References
    ----------
    Ronneberger, Fischer and Brox (2015), fig. 1 [ronneberger2015].

    Examples
    --------
    >>> from hdclib.sizes import fitting_sizes, u_net_layers
    >>> fitting_sizes(*u_net_layers(4)).explanation
    'an input size fits if it leaves 0 when divided by 16, from 16 on'
    """
    depth, convolutions = whole_number("depth", depth, 1), whole_number("convolutions", convolutions, 1)
    room_for("depth", (2 * depth + 1) * (convolutions + 1), "layers", MOST_LISTED)
    truth_value("padded", padded)
    padding = same_padding(KERNEL_SIZE, dilation=dilation)[0] if padded else 0
    level = [ConvLayer(KERNEL_SIZE, dilation, padding=padding)] * convolutions
    down, up = [*level, PoolLayer(2)], [TransposedLayer(2, stride=2), *level]
    part = convolutions + 1
    first_up = (depth + 1) * part
    joins = [(part * at - 1, first_up + part * (depth - at)) for at in range(1, depth + 1)]
    return [*(down * depth), *level, *(up * depth)], joins
