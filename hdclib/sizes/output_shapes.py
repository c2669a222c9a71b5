"""Which samples a transposed layer cuts off where only its output size is given: TensorFlow and ONNX."""

from hdclib.checks import one_of, shown, whole_number
from hdclib.sizes.formulas import check_output_padding, effective_size


def tensorflow_conv_transpose_sizes(size, kernel_size, *, stride=1, padding="same", dilation=1):
    """Return every ``output_shape`` that TensorFlow accepts for a transposed convolution.

    TensorFlow asks for the output size, because a convolution maps several sizes to the same one.

    Parameters
    ----------
    size, kernel_size, stride, dilation : int
        As in `conv_transpose_size`.
    padding : {"same", "valid"}
        The padding of the convolution that is reversed.

    Returns
    -------
    range
        The sizes, `stride` of them, that `tensorflow_size` maps to `size`.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or is too small, or if `padding` is another word.

    References
    ----------
    TensorFlow 2.21, ``tf.nn.conv1d_transpose`` [tensorflow].

    Examples
    --------
    >>> from hdclib.sizes import tensorflow_conv_transpose_sizes
    >>> list(tensorflow_conv_transpose_sizes(4, 3, stride=2))
    [7, 8]
    """
    size, stride = whole_number("size", size, 1), whole_number("stride", stride, 1)
    span = effective_size(kernel_size, dilation=dilation)
    same = one_of("padding", padding, ("same", "valid"), "'same' or 'valid'") == "same"
    least = (size - 1) * stride + (1 if same else span)
    return range(least, least + stride)


def tensorflow_conv_transpose_padding(size, out, kernel_size, *, stride=1, padding="same", dilation=1):
    """Return the samples that TensorFlow's transposed convolution cuts off the beginning and the end.

    Parameters
    ----------
    size, kernel_size, stride, padding, dilation
        As in `tensorflow_conv_transpose_sizes`.
    out : int
        The ``output_shape``, one of those sizes.

    Returns
    -------
    before, after : int
        In samples; those that `tensorflow_same_padding` adds to an input of `out` samples, none for "valid". Where
        the result is shorter than `out`, zeros follow it.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or is too small, or if TensorFlow refuses `out`.

    References
    ----------
    TensorFlow 2.21, ``tf.nn.conv1d_transpose`` [tensorflow].

    Examples
    --------
    >>> from hdclib.sizes import tensorflow_conv_transpose_padding
    >>> [tensorflow_conv_transpose_padding(4, out, 3, stride=2) for out in (7, 8)]
    [(1, 1), (0, 1)]
    """
    layer = {"stride": stride, "dilation": dilation}
    legal = tensorflow_conv_transpose_sizes(size, kernel_size, padding=padding, **layer)
    if whole_number("out", out, 1) not in legal:
        raise ValueError(f"out must be from {shown(legal[0])} to {shown(legal[-1])} for size={size}, got {shown(out)}")
    if padding == "valid":
        return 0, 0
    return _halves((size - 1) * stride + effective_size(kernel_size, dilation=dilation) - out)


def onnx_conv_transpose_padding(
    size, kernel_size, *, stride=1, output_padding=0, dilation=1, out=None, auto_pad="SAME_UPPER"
):
    """Return the samples that ONNX's ``ConvTranspose`` cuts off where it is given a size instead of ``pads``.

    Parameters
    ----------
    size, kernel_size, stride, output_padding, dilation : int
        As in `conv_transpose_size`.
    out : int, optional
        The attribute ``output_shape``; `size` times `stride` if left out, which is what "same" means here.
    auto_pad : {"SAME_UPPER", "SAME_LOWER", "NOTSET"}
        Where an odd sample is cut: off the end for SAME_UPPER, off the beginning for the others. NOTSET needs `out`.

    Returns
    -------
    before, after : int
        In samples; their sum is s(H - 1) + output_padding + d(k - 1) + 1 - out.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or is too small, if NOTSET comes without `out`, or if `out` is larger than
        the whole result: the operator's definition then asks for negative pads.

    References
    ----------
    ONNX operator ``ConvTranspose``, version 22 [onnx].

    Examples
    --------
    >>> from hdclib.sizes import onnx_conv_transpose_padding
    >>> onnx_conv_transpose_padding(2, 3), onnx_conv_transpose_padding(3, 3, stride=2)
    ((1, 1), (0, 1))
    >>> onnx_conv_transpose_padding(4, 3, stride=2, out=8, auto_pad="NOTSET")
    (1, 0)
    """
    size, stride = whole_number("size", size, 1), whole_number("stride", stride, 1)
    words = "'SAME_UPPER', 'SAME_LOWER' or 'NOTSET'"
    auto_pad = one_of("auto_pad", auto_pad, ("SAME_UPPER", "SAME_LOWER", "NOTSET"), words)
    if out is None and auto_pad == "NOTSET":
        raise ValueError("out is missing: with auto_pad='NOTSET' give the output size, or give pads instead")
    out = size * stride if out is None else whole_number("out", out, 1)
    whole = (size - 1) * stride + effective_size(kernel_size, dilation=dilation)
    whole += check_output_padding(output_padding, stride, dilation)
    if out > whole:
        raise ValueError(f"the whole result has {shown(whole)} samples, out={shown(out)}: raise output_padding")
    fewer, more = _halves(whole - out)
    return (fewer, more) if auto_pad == "SAME_UPPER" else (more, fewer)


def _halves(total):
    total = max(0, total)
    return total // 2, total - total // 2
