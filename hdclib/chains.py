"""Sizes through a whole network, one axis at a time."""

from hdclib.checks import shown, whole_number
from hdclib.dense import dilate_instead
from hdclib.layers import ConvLayer, as_layers
from hdclib.sizes import conv_size

OUTPUT_STRIDES = (8, 16, 32)


def size_chain(size, layers):
    """Return the size of the input and of what each layer makes of it.

    Zeros on one side only, as in causal networks, are samples of a larger input: give the layer no padding, and add
    its zeros to the size that goes in; those of all layers at once where every stride is 1.

    Parameters
    ----------
    size : int
        Input samples along the axis.
    layers : sequence of ConvLayer
        First layer first; a pool is a layer like any other.

    Returns
    -------
    sizes : list of int
        One more entry than there are layers; the first is `size`.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type, or if a layer's kernel spans more than its padded input: the message names
        the layer.

    References
    ----------
    Simonyan and Zisserman (2015), table 1 [simonyan2015].

    Examples
    --------
    >>> from hdclib import ConvLayer, size_chain
    >>> size_chain(224, [ConvLayer(2, stride=2)] * 5)
    [224, 112, 56, 28, 14, 7]
    >>> size_chain(100 + 1 + 2, [ConvLayer(2, 1), ConvLayer(2, 2)])[-1]  # causal: 1 and 2 zeros before, none behind
    100
    """
    sizes = [whole_number("size", size, 1)]
    for number, layer in enumerate(as_layers(layers), 1):
        try:
            sizes.append(conv_size(sizes[-1], layer.kernel_size, layer.stride, layer.padding, layer.dilation))
        except ValueError as error:
            raise ValueError(f"layer {number} of {len(layers)}: {error}") from None
    return sizes


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
