"""Where TensorFlow, Keras and ONNX differ from PyTorch in output size and padding, one axis at a time."""

from hdclib.checks import one_of, shown, whole_number
from hdclib.sizes.formulas import check_output_padding, conv_size, effective_size


def tensorflow_size(size, kernel_size, *, stride=1, padding="same", dilation=1):
    """Return the output size of a TensorFlow convolution or pool.

    Parameters
    ----------
    size, kernel_size, stride, dilation : int
        As in `conv_size`.
    padding : {"same", "valid"}
        "same" pads until the output is the input divided by the stride, rounded up; "valid" adds nothing.

    Returns
    -------
    int
        "same": the ceiling of H / s, whatever the kernel; "valid": `conv_size` without padding.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or is too small, if `padding` is another word, or if with "valid" the
        kernel spans more than the input, where TensorFlow may return an empty tensor and Keras raises. Keras also
        refuses a `stride` and a `dilation` that are both above 1; ``tf.nn.conv1d`` does not. Of pools, Keras has no
        dilated ones, and ``tf.nn.pool`` runs them with "valid" and stride 1 only.

    References
    ----------
    TensorFlow 2.21, ``tf.nn.convolution`` [tensorflow].

    Examples
    --------
    >>> from hdclib.sizes import tensorflow_size
    >>> tensorflow_size(7, 3, stride=2), tensorflow_size(7, 3, stride=2, padding="valid")
    (4, 3)
    """
    if one_of("padding", padding, ("same", "valid"), "'same' or 'valid'") == "valid":
        return conv_size(size, kernel_size, stride=stride, padding=0, dilation=dilation)
    effective_size(kernel_size, dilation=dilation)  # the answer does not depend on them, but they must make sense
    return -(-whole_number("size", size, 1) // whole_number("stride", stride, 1))


def tensorflow_same_padding(size, kernel_size, *, stride=1, dilation=1):
    """Return the zeros that TensorFlow's "same" adds before and after the input.

    Parameters
    ----------
    size, kernel_size, stride, dilation : int
        As in `conv_size`.

    Returns
    -------
    before, after : int
        In samples; their sum is (out - 1)s + d(k - 1) + 1 - H, or 0 if that is negative. An odd one comes after.
        Unlike `same_padding` it depends on the input's size as soon as `stride` is above 1.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    References
    ----------
    TensorFlow 2.21, ``tf.nn.convolution`` [tensorflow].

    Examples
    --------
    At stride 2 an even size is padded at the end only: the outputs sit half a sample away from PyTorch's padding 1.

    >>> from hdclib.sizes import tensorflow_same_padding
    >>> tensorflow_same_padding(8, 3, stride=2), tensorflow_same_padding(7, 3, stride=2)
    ((0, 1), (1, 1))
    """
    size, stride = whole_number("size", size, 1), whole_number("stride", stride, 1)
    out = tensorflow_size(size, kernel_size, stride=stride, padding="same", dilation=dilation)
    total = max(0, (out - 1) * stride + effective_size(kernel_size, dilation=dilation) - size)
    return total // 2, total - total // 2


def onnx_same_padding(size, kernel_size, *, stride=1, dilation=1, auto_pad="SAME_UPPER"):
    """Return the zeros that ONNX's ``auto_pad`` adds before and after the input of a convolution or pool.

    Parameters
    ----------
    size, kernel_size, stride, dilation : int
        As in `conv_size`.
    auto_pad : {"SAME_UPPER", "SAME_LOWER"}
        Where an odd zero goes: after the input, as TensorFlow does, or before it.

    Returns
    -------
    before, after : int
        In samples. The output size is ``tensorflow_size(..., "same")`` for both.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number or too small, or if `auto_pad` is another word.

    References
    ----------
    ONNX operator ``Conv``, version 22 [onnx]. ONNX Runtime 1.32 refuses to combine it with a dilation above 1 and,
    where a stride leaves samples over, may crop the input instead of adding nothing (its issue 10086).

    Examples
    --------
    >>> from hdclib.sizes import onnx_same_padding
    >>> onnx_same_padding(8, 3, stride=2), onnx_same_padding(8, 3, stride=2, auto_pad="SAME_LOWER")
    ((0, 1), (1, 0))
    """
    fewer, more = tensorflow_same_padding(size, kernel_size, stride=stride, dilation=dilation)
    upper = one_of("auto_pad", auto_pad, ("SAME_UPPER", "SAME_LOWER"), "'SAME_UPPER' or 'SAME_LOWER'") == "SAME_UPPER"
    return (fewer, more) if upper else (more, fewer)


def onnx_conv_transpose_size(size, kernel_size, *, stride=1, pads=(0, 0), output_padding=0, dilation=1):
    """Return the output size of ONNX's ``ConvTranspose``, whose two ends are cut separately.

    Parameters
    ----------
    size, kernel_size, stride, output_padding, dilation : int
        As in `conv_transpose_size`.
    pads : pair of int
        Samples cut off the beginning and off the end of the result.

    Returns
    -------
    int
        s(H - 1) + output_padding + d(k - 1) + 1 - both pads; at least 1.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or is too small, if `output_padding` is as large as both `stride` and
        `dilation`, or if `pads` leave nothing. ONNX Runtime 1.32 is stricter than the operator's definition: it
        runs only an `output_padding` less than `stride`.

    References
    ----------
    ONNX operator ``ConvTranspose``, version 22 [onnx].

    Examples
    --------
    >>> from hdclib.sizes import onnx_conv_transpose_size
    >>> onnx_conv_transpose_size(4, 3, stride=2, pads=(1, 0), output_padding=1)
    9
    """
    size, stride = whole_number("size", size, 1), whole_number("stride", stride, 1)
    if not isinstance(pads, (tuple, list)) or len(pads) != 2:
        raise TypeError(f"pads must be a pair (before, after), got {shown(pads)}")
    cut = sum(whole_number("pads", pad, 0) for pad in pads)
    whole = (size - 1) * stride + effective_size(kernel_size, dilation=dilation)
    whole += check_output_padding(output_padding, stride, dilation)
    if whole <= cut:
        raise ValueError(
            f"pads={shown(tuple(pads))} cut {shown(cut)} samples off a result of {shown(whole)}: "
            f"lower them to at most {shown(whole - 1)} together, or give more input samples"
        )
    return whole - cut


def keras_conv_transpose_size(size, kernel_size, *, stride=1, padding="valid", output_padding=None, dilation=1):
    """Return the output size of a Keras transposed convolution, whose `output_padding` has a meaning of its own.

    Parameters
    ----------
    size, kernel_size, stride, dilation : int
        As in `conv_size`; `stride` and `dilation` may not both be above 1.
    padding : {"valid", "same"}
        "same" aims at H times s.
    output_padding : int, optional
        Less than `stride`: stricter than PyTorch, where less than `dilation` is enough. Not the same as 0 when
        left out: Keras then chooses the size that the padding's name promises.

    Returns
    -------
    int
        Left out: "same" Hs, "valid" (H - 1)s + max(d(k - 1) + 1, s). Given: (H - 1)s + output_padding, plus
        d(k - 1) + 1 for "valid" and, for "same", plus 1 if that span is odd.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or is too small, if Keras refuses the combination, or if the result is
        empty, which Keras lets through.

    References
    ----------
    Keras 3.15, ``keras.layers.Conv1DTranspose`` [keras].

    Examples
    --------
    >>> from hdclib.sizes import keras_conv_transpose_size
    >>> [keras_conv_transpose_size(4, 3, stride=2, padding="same", output_padding=extra) for extra in (None, 0, 1)]
    [8, 7, 8]
    """
    size, stride = whole_number("size", size, 1), whole_number("stride", stride, 1)
    span = effective_size(kernel_size, dilation=dilation)
    same = one_of("padding", padding, ("valid", "same"), "'valid' or 'same'") == "same"
    if stride > 1 and dilation > 1:
        given = f"stride={shown(stride)} or dilation={shown(int(dilation))}"
        raise ValueError(f"Keras takes {given}, not both above 1: set one to 1")
    if output_padding is None:
        return size * stride if same else (size - 1) * stride + max(span, stride)
    output_padding = whole_number("output_padding", output_padding, 0)
    if output_padding >= stride:
        raise ValueError(
            f"Keras wants output_padding less than stride={shown(stride)}, got {shown(output_padding)}: "
            f"give at most {shown(stride - 1)}"
        )
    out = (size - 1) * stride + (span % 2 if same else span) + output_padding
    if out < 1:
        raise ValueError(f"size={shown(size)} gives an empty result: leave output_padding out, or raise it or size")
    return out
