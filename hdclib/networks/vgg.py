"""VGG16 with its pools kept, removed or replaced by dilation: sizes, fields and costs, layer by layer."""

from dataclasses import dataclass

from hdclib.checks import one_of, shown, sized, whole_number
from hdclib.layers import ConvLayer, listed
from hdclib.networks.grids import feature_grids
from hdclib.sizes.chains import layer_size

POOL_CHOICES = ("keep", "remove", "dilate")
VGG16_BLOCKS = ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512))  # convolutions, channels


@dataclass(frozen=True, slots=True)
class NetLayer:
    """A layer with a name and channels, as a network needs it.

    Attributes
    ----------
    name : str
        Such as "conv3_2" or "pool4".
    layer : ConvLayer
        Its shape along one axis.
    inputs, outputs : int
        Channels.
    after : int
        Zeros after the last sample, over and above ``layer.padding``.
    """

    name: str
    layer: ConvLayer
    inputs: int
    outputs: int
    after: int = 0

    @property
    def is_pool(self):
        """Whether this is a pooling layer, which has no weights."""
        return self.name.startswith("pool")

    def size(self, size):
        """Return the output size along one axis from the size of the input, in samples."""
        return layer_size(size + self.after, self.layer)


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One row of a network's table: what comes out of a layer, along one axis, and what it costs.

    Attributes
    ----------
    name : str
    dilation, size, stride, field : int
        Dilation of the layer, output size, and stride and receptive field in input pixels.
    values : int
        Numbers in the output, all rows, columns and channels.
    multiply_adds : int
        Multiplications of the layer; 0 for a pool.
    """

    name: str
    dilation: int
    size: int
    stride: int
    field: int
    values: int
    multiply_adds: int


def vgg16(pools=("keep",) * 5):
    """Return the convolutions and pools of VGG16, with each of its five pools kept or not.

    Parameters
    ----------
    pools : sequence of 5 str
        "keep": 2 × 2 with stride 2. "remove": no pool. "dilate": the pool loses its stride but keeps its two
        taps, and all later layers are dilated by 2 more.

    Returns
    -------
    layers : tuple of NetLayer
        13 convolutions, and the pools that are left; padded so that only kept pools change the size.

    Raises
    ------
    TypeError, ValueError
        If `pools` is no list or tuple, has not five entries, or one that is not allowed.

    References
    ----------
    Simonyan and Zisserman (2015), table 1, column D [simonyan2015].

    Examples
    --------
    >>> from hdclib.networks import layer_table, vgg16
    >>> layer_table(vgg16())[-1].field, layer_table(vgg16(["remove"] * 5))[-1].field
    (212, 27)
    """
    if len(sized("pools", pools)) != 5:
        raise ValueError(f"pools must have 5 entries, got {len(pools)}")
    layers, dilation, inputs = [], 1, 3
    for number, ((convolutions, outputs), pool) in enumerate(zip(VGG16_BLOCKS, pools, strict=True), 1):
        one_of(f"pools[{number - 1}]", pool, POOL_CHOICES)
        for position in range(1, convolutions + 1):
            shape = ConvLayer(3, dilation, padding=dilation)
            layers.append(NetLayer(f"conv{number}_{position}", shape, inputs, outputs))
            inputs = outputs
        dense = pool == "dilate"
        if pool != "remove":
            shape = ConvLayer(2, dilation, stride=1 if dense else 2)
            after = dilation if dense else dilation - 1
            layers.append(NetLayer(f"pool{number}", shape, inputs, outputs, after))
        dilation *= 2 if dense else 1
    return tuple(layers)


def layer_table(layers, size=224):
    """Return size, stride, receptive field and cost after every layer.

    Parameters
    ----------
    layers : sequence of NetLayer
    size : int
        Input pixels along each axis.

    Returns
    -------
    rows : list of LayerRow

    Raises
    ------
    TypeError, ValueError
        If `layers` is no list of NetLayer or empty, or `size` is not a whole number or too small for the network.

    References
    ----------
    Araujo, Norris and Sim (2019) [araujo2019].

    Examples
    --------
    >>> from hdclib.networks import layer_table, vgg16
    >>> last = layer_table(vgg16())[-1]
    >>> last.name, last.size, last.stride, last.field
    ('pool5', 7, 32, 212)
    """
    size, layers, rows = whole_number("size", size, 1), listed("layers", layers), []
    for number, item in enumerate(layers):
        if not isinstance(item, NetLayer):
            raise TypeError(f"layers[{number}] must be a NetLayer, as vgg16 returns them, got {shown(item)}")
    for item, grid in zip(layers, feature_grids([item.layer for item in layers]), strict=True):
        size = item.size(size)
        values = size**2 * item.outputs
        products = 0 if item.is_pool else values * item.layer.kernel_size**2 * item.inputs
        rows.append(LayerRow(item.name, item.layer.dilation, size, grid.stride, grid.field, values, products))
    return rows


def network_cost(layers, size=224):
    """Return how many numbers a network computes for one image, and with how many multiplications.

    Parameters
    ----------
    layers : sequence of NetLayer
    size : int
        Input pixels along each axis.

    Returns
    -------
    values, multiply_adds : int
        Sums over all layers. Training keeps the values for the way back: 4 bytes each in single precision.

    Raises
    ------
    TypeError, ValueError
        As `layer_table`.

    Examples
    --------
    >>> from hdclib.networks import network_cost, vgg16
    >>> network_cost(vgg16())
    (15077888, 15346630656)
    """
    rows = layer_table(layers, size)
    return sum(row.values for row in rows), sum(row.multiply_adds for row in rows)
