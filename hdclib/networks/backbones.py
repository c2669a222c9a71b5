"""Well-known backbones as lists of layers, each along its longest path, one axis.

A path is written as "7s2p3 3s2 1 3p1": kernel 7 with stride 2 and padding 3, then kernel 3 with stride 2, and so on.
Padding is that before the first sample. TensorFlow's SAME adds its odd zero at the end: at stride 2, an even input
and kernel 3 it pads 0 before and 1 after, which is what these lists assume where a network was built that way.
"""

import re
from dataclasses import replace

from hdclib.checks import one_of, shown, sized, whole_number
from hdclib.layers import ConvLayer
from hdclib.networks.dense import dilate_instead
from hdclib.networks.vgg import vgg16

LAYER = re.compile(r"([0-9]{1,9})((?:[sdp][0-9]{1,9})*)")
LETTERS = {"s": "stride", "d": "dilation", "p": "padding"}
STRIDE_PLACES = ("last 3x3", "first 3x3", "first 1x1")
RESNET_UNITS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}
BASIC_DEPTHS = (18, 34)  # two 3 × 3 layers a unit; the deeper ones have a 3 × 3 between two 1 × 1
#: Field, stride and padding in input pixels, as printed by Araujo, Norris and Sim (2019) [araujo2019].
PUBLISHED_FIELDS = {
    "alexnet_v2": (195, 32, 64),
    "vgg_16": (212, 32, 90),
    "resnet_v1_50": (483, 32, 239),
    "resnet_v1_101": (1027, 32, 511),
    "resnet_v1_152": (1507, 32, 751),
    "inception_v2": (699, 32, 318),
    "inception_v3": (1311, 32, 618),
    "mobilenet_v1": (315, 32, 126),
}
OUTPUT_STRIDES = (8, 16, 32)


def resnet(depth=50, stride_in=None, output_stride=32, multi_grid=None):
    """Return the longest path of a ResNet, for classification or for segmentation.

    For torchvision's network take ``stride_in="first 3x3"``; from depth 50 on the default is TensorFlow slim's, and
    assumes even sizes padded as TensorFlow does.

    Parameters
    ----------
    depth : int
        50, 101 or 152, with bottleneck units; 18 or 34, with basic units of two 3 × 3 layers.
    stride_in : str, optional
        Where a block puts its stride of 2: "last 3x3" of the block before, as TensorFlow's slim does;
        "first 3x3" of the block, as torchvision does; or "first 1x1" of the block, as the paper's authors did.
        Depth 18 and 34 have it in the "first 3x3" only, which is their default; that of the others is "last 3x3".
    output_stride : int
        Input samples between two neighbouring outputs: 32 as for classification; 16 or 8 as in DeepLab and PSPNet,
        where the last one or two blocks lose their strides, and dilation 2, or 2 and 4, stands in.
    multi_grid : sequence of int, optional
        One factor for each unit of the last block, such as (1, 2, 4) in DeepLab v3: its 3 × 3 layers are dilated by
        so much more. All 1 if left out. At output stride 16, (1, 2, 4) makes the paper's 2, 4, 8, except with
        "first 3x3": there the first unit keeps the dilation of the block before, as in torchvision, which makes
        1, 4, 8.

    Returns
    -------
    layers : tuple of ConvLayer
        The first convolution, the pool, and two or three convolutions a unit. The receptive field is the same at
        every output stride, unless `multi_grid` widens it.

    Raises
    ------
    TypeError, ValueError
        If an argument is not allowed, or `multi_grid` has another number of entries than the last block has units.

    References
    ----------
    He et al. (2016), table 1 [he2016]; TensorFlow slim and torchvision, source code [torchvision]; Chen et al.
    (2017), sec. 3 [chen2017].

    Examples
    --------
    >>> from hdclib import receptive_field, resnet
    >>> receptive_field(resnet(50)), receptive_field(resnet(50, "first 3x3"))
    (483, 427)
    >>> sorted({layer.dilation for layer in resnet(50, output_stride=8)})
    [1, 2, 4]
    >>> for stride_in in ("last 3x3", "first 3x3", "first 1x1"):  # the 3 × 3 layers of the last block
    ...     print([layer.dilation for layer in resnet(50, stride_in, 16, multi_grid=(1, 2, 4))[-8::3]])
    [2, 4, 8]
    [1, 4, 8]
    [2, 4, 8]
    """
    depth = whole_number("depth", depth, 1)
    if depth not in RESNET_UNITS:
        raise ValueError(f"depth must be one of {', '.join(map(str, RESNET_UNITS))}, got {shown(depth)}")
    if stride_in is None:
        stride_in = "first 3x3" if depth in BASIC_DEPTHS else "last 3x3"
    one_of("stride_in", stride_in, STRIDE_PLACES)
    if depth in BASIC_DEPTHS and stride_in != "first 3x3":
        raise ValueError(f"stride_in must be 'first 3x3' for depth {depth}, as its units are built, got {stride_in!r}")
    output_stride = whole_number("output_stride", output_stride, 1)
    if output_stride not in OUTPUT_STRIDES:
        allowed = ", ".join(map(str, OUTPUT_STRIDES))
        raise ValueError(f"output_stride must be one of {allowed}, got {shown(output_stride)}")
    pool = "3s2" if stride_in == "last 3x3" else "3s2p1"
    blocks = _basic_blocks(RESNET_UNITS[depth]) if depth in BASIC_DEPTHS else _blocks(RESNET_UNITS[depth], stride_in)
    layers = path(f"7s2p3 {pool} " + " ".join(blocks))
    if output_stride < 32:
        strided = [number for number, layer in enumerate(layers) if layer.stride > 1]
        layers = dilate_instead(layers, strided[output_stride.bit_length() - 1])
    return layers if multi_grid is None else _widened(layers, multi_grid, RESNET_UNITS[depth][-1], depth)


def backbone(name):
    """Return a backbone's longest path by the name that the published table uses.

    Parameters
    ----------
    name : str
        "alexnet_v2", "vgg_16", "resnet_v1_50", "resnet_v1_101", "resnet_v1_152", "inception_v2", "inception_v3" or
        "mobilenet_v1".

    Returns
    -------
    layers : tuple of ConvLayer

    Raises
    ------
    TypeError, ValueError
        If there is no such backbone.

    References
    ----------
    Araujo, Norris and Sim (2019) [araujo2019]; TensorFlow slim, source code.

    Examples
    --------
    >>> from hdclib import feature_grid
    >>> from hdclib.networks import backbone
    >>> feature_grid(backbone("alexnet_v2"))
    FeatureGrid(field=195, stride=32, padding=64)
    """
    one_of("name", name, PUBLISHED_FIELDS)
    if name == "vgg_16":
        return tuple(item.layer for item in vgg16())
    if name.startswith("resnet"):
        return resnet(int(name.rsplit("_", 1)[1]))
    return path(_PATHS[name])


def path(text):
    """Return the layers that a text such as "7s2p3 3s2 1 3d2p2" describes.

    Parameters
    ----------
    text : str
        Layers separated by spaces: the kernel size, then, where they differ from an ordinary layer's, "s" and the
        stride, "d" and the dilation, "p" and the padding, in any order, each number of at most 9 digits.

    Returns
    -------
    layers : tuple of ConvLayer

    Raises
    ------
    TypeError, ValueError
        If `text` is no text, is empty, or has a part that cannot be read.

    Examples
    --------
    >>> from hdclib import receptive_field
    >>> from hdclib.networks import path
    >>> path("7s2p3")
    (ConvLayer(kernel_size=7, dilation=1, stride=2, padding=3),)
    >>> receptive_field(path("3s2 3 3d2"))
    15
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a text such as '7s2p3 3s2 1 3d2p2', got {shown(text)}")
    if not text.split():
        raise ValueError("text is empty: give at least one layer")
    return tuple(map(_layer, text.split()))


def _layer(part):
    """One layer of a path."""
    match = LAYER.fullmatch(part)
    given = re.findall("([sdp])([0-9]+)", match[2]) if match else []
    if match is None or len(dict(given)) < len(given):
        raise ValueError(
            f"text has {shown(part)}, which is no layer: "
            "write the kernel size, then s stride, d dilation, p padding, each once at most, of at most 9 digits"
        )
    try:
        return ConvLayer(int(match[1]), **{LETTERS[letter]: int(number) for letter, number in given})
    except ValueError as error:
        raise ValueError(f"text has {shown(part)}: {error}") from None


def _widened(layers, multi_grid, units, depth):
    """The layers, those of each unit of the last block dilated by its factor; in a 1 × 1 that changes nothing."""
    if len(sized("multi_grid", multi_grid)) != units:
        entries = f"must have {units} entries, one for each unit of the last block of depth {depth}"
        raise ValueError(f"multi_grid {entries}, got {len(multi_grid)}")
    factors = [whole_number(f"multi_grid[{number}]", factor, 1) for number, factor in enumerate(multi_grid)]
    a_unit = 2 if depth in BASIC_DEPTHS else 3
    each = [1] * (len(layers) - units * a_unit) + [factor for factor in factors for _ in range(a_unit)]
    return tuple(
        replace(layer, dilation=layer.dilation * factor, padding=layer.padding * factor)
        for layer, factor in zip(layers, each, strict=True)
    )


def _basic_blocks(units):
    """The basic units of a small ResNet, as parts of a path."""
    for block, count in enumerate(units):
        for unit in range(count):
            yield "3s2p1 3p1" if block > 0 and unit == 0 else "3p1 3p1"


def _blocks(units, stride_in):
    """The bottleneck units of a ResNet, as parts of a path."""
    for block, count in enumerate(units):
        for unit in range(count):
            first_of_later = block > 0 and unit == 0
            last_of_earlier = block < len(units) - 1 and unit == count - 1
            small = "1s2" if first_of_later and stride_in == "first 1x1" else "1"
            strided = first_of_later if stride_in == "first 3x3" else last_of_earlier and stride_in == "last 3x3"
            yield f"{small} {'3s2p1' if strided else '3p1'} 1"


# Longest branch of every block: two 3 × 3 in a row for inception_v2, a 7 × 7 split in two for inception_v3.
_TWICE, _SHRINK, _SEVEN = "1 3p1 3p1 ", "1 3p1 3s2 ", "7p3 "
_PATHS = {
    "alexnet_v2": "11s4 3s2 5p2 3s2 3p1 3p1 3p1 3s2",
    "mobilenet_v1": "3s2 3p1 3s2 3p1 3s2 3p1 3s2 " + "3p1 " * 5 + "3s2 3p1",
    "inception_v2": "7s2p2 3s2 1 3p1 3s2 " + _TWICE * 2 + _SHRINK + _TWICE * 4 + _SHRINK + _TWICE * 2,
    "inception_v3": "3s2 3 3p1 3s2 1 3 3s2 " + _TWICE * 3 + _SHRINK + ("1 " + _SEVEN * 2) * 4
    + "1 " + _SEVEN + "3s2 " + _TWICE * 2,
}  # fmt: skip


def halving_layers(output_stride):
    """Return the layers of a ResNet that change the size, or would if they were not dilated instead.

    Parameters
    ----------
    output_stride : int
        32 as for classification; 16 or 8 as in DeepLab, where the last one or two of the five halvings lose their
        stride and all that follows is dilated instead.

    Returns
    -------
    layers : tuple of ConvLayer
        Five: the first convolution, the pool, and one 3 × 3 layer of stages 3, 4 and 5 each, padded so that dilation
        does not change the size. A layer that loses its stride keeps its dilation, as in `dilate_instead`; so does
        the receptive field.

    Raises
    ------
    TypeError, ValueError
        If `output_stride` is not 8, 16 or 32.

    References
    ----------
    Chen et al. (2017), sec. 3 [chen2017].

    Examples
    --------
    >>> from hdclib import halving_layers, size_chain
    >>> [size_chain(513, halving_layers(output_stride))[-1] for output_stride in (32, 16, 8)]
    [17, 33, 65]
    """
    output_stride = whole_number("output_stride", output_stride, 1)
    if output_stride not in OUTPUT_STRIDES:
        raise ValueError(f"output_stride must be 8, 16 or 32, got {shown(output_stride)}")
    layers = (ConvLayer(7, stride=2, padding=3), *[ConvLayer(3, stride=2, padding=1)] * 4)
    return dilate_instead(layers, output_stride.bit_length() - 1) if output_stride < 32 else layers
