"""Output sizes along one axis: convolution, pooling, transposed convolution, and the padding that keeps a size.

For images call once per axis. Every formula is PyTorch's; `hdclib.sizes.frameworks` holds those of TensorFlow, Keras
and ONNX, and `hdclib.sizes.unknowns` turns the questions round.
"""

from hdclib.checks import shown, truth_value, whole_number


def effective_size(kernel_size, *, dilation=1):
    """Return how many samples a dilated kernel spans, the skipped ones included.

    Parameters
    ----------
    kernel_size : int
        Taps along the axis, at least 1.
    dilation : int
        Distance between neighbouring taps, in samples, at least 1.

    Returns
    -------
    int
        d(k - 1) + 1, in samples; `kernel_size` itself where `dilation` is 1.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    References
    ----------
    Dumoulin and Visin (2016), sec. 5.1 [dumoulin2016].

    Examples
    --------
    >>> from hdclib.sizes import effective_size
    >>> effective_size(3, dilation=4)
    9
    """
    return whole_number("dilation", dilation, 1) * (whole_number("kernel_size", kernel_size, 1) - 1) + 1


def conv_size(size, kernel_size, *, stride=1, padding=0, dilation=1):
    """Count the windows of a convolution, which is its output size.

    Parameters
    ----------
    size : int
        Input samples, at least 1.
    kernel_size, stride, dilation : int
        As in `ConvLayer`, each at least 1.
    padding : int
        Zeros added on *each* side, at least 0.

    Returns
    -------
    int
        The floor of (H + 2p - d(k - 1) - 1) / s, plus 1; at least 1.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number or too small, or if the kernel spans more than the padded input.

    References
    ----------
    Dumoulin and Visin (2016), relationship 15 [dumoulin2016].

    Examples
    --------
    >>> from hdclib import conv_size
    >>> conv_size(64, 3, padding=1), conv_size(64, 3, padding=1, dilation=2), conv_size(64, 3, padding=2, dilation=2)
    (64, 62, 64)
    """
    size, stride = whole_number("size", size, 1), whole_number("stride", stride, 1)
    span, padded = effective_size(kernel_size, dilation=dilation), size + 2 * whole_number("padding", padding, 0)
    if span > padded:
        more = (span - padded + 1) // 2
        raise ValueError(
            f"the kernel {_spans(kernel_size, dilation)} but the padded input has {shown(padded)}: "
            f"lower {_shrinks(dilation)} or pad {shown(more)} more on each side"
        )
    return (padded - span) // stride + 1


def pool_size(size, kernel_size, *, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Count the windows of a max pooling layer, which is its output size.

    With `ceil_mode` a last window may hang over the end by less than one stride, but is dropped if it would
    start in the right padding. Average pooling obeys the same rule, with dilation 1.

    Parameters
    ----------
    size, kernel_size, dilation : int
        As in `conv_size`.
    stride : int, optional
        At least 1; `kernel_size` if not given.
    padding : int
        Samples added on *each* side, at most half of `kernel_size`.
    ceil_mode : bool
        Whether to round up instead of down.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type or is too small, if no window fits, or if `padding` is more than half of
        `kernel_size`. PyTorch counts the taps there, not the span: with k = 3 and d = 2 it refuses the padding 2
        that would keep the size (its issue 154262).

    References
    ----------
    PyTorch 2.13, ``torch.nn.MaxPool2d`` [pytorch].

    Examples
    --------
    >>> from hdclib.sizes import pool_size
    >>> pool_size(7, 2), pool_size(7, 2, ceil_mode=True)
    (3, 4)
    >>> pool_size(5, 2, stride=3, padding=1, ceil_mode=True)  # a third window would start at 5, in the padding
    2
    """
    truth_value("ceil_mode", ceil_mode)
    size, span = whole_number("size", size, 1), effective_size(kernel_size, dilation=dilation)
    stride = whole_number("stride", kernel_size if stride is None else stride, 1)
    padding, half = whole_number("padding", padding, 0), int(kernel_size) // 2
    if padding > half:
        raise ValueError(
            f"padding must be at most {shown(half)}, half of kernel_size={shown(int(kernel_size))}, "
            f"got {shown(padding)}: lower it, or pad the input before pooling"
        )
    hangs_over = stride - 1 if ceil_mode else 0
    windows = (size + 2 * padding - span + hangs_over) // stride + 1
    if windows < 1:
        raise ValueError(
            f"the window {_spans(kernel_size, dilation)} but the padded input has {shown(size + 2 * padding)}: "
            f"lower {_shrinks(dilation)} or give at least {shown(span - hangs_over - 2 * padding)} input samples"
        )
    return windows - 1 if ceil_mode and (windows - 1) * stride >= size + padding else windows


def conv_transpose_size(size, kernel_size, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Return the output size of a transposed convolution, dilated or not.

    Each input sample spreads over one kernel, `stride` apart; `padding` cuts the ends off the result and
    `output_padding` gives samples back at the far end.

    Parameters
    ----------
    size, kernel_size, stride, dilation : int
        As in `conv_size`.
    padding : int
        Samples cut off *each* end of the result: the padding of the convolution that this one reverses.
    output_padding : int
        Samples added at the end; less than `stride` or less than `dilation`.

    Returns
    -------
    int
        (H - 1)s - 2p + d(k - 1) + output_padding + 1; at least 1.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number or too small, if `output_padding` is as large as both `stride` and
        `dilation`, or if `padding` leaves nothing.

    References
    ----------
    PyTorch 2.13, ``torch.nn.ConvTranspose2d`` [pytorch]; Dumoulin and Visin (2016), relationship 14 [dumoulin2016].

    Examples
    --------
    >>> from hdclib import conv_transpose_size
    >>> [conv_transpose_size(32, 3, stride=2, padding=1, output_padding=extra) for extra in (0, 1)]
    [63, 64]
    """
    size, stride = whole_number("size", size, 1), whole_number("stride", stride, 1)
    padding = whole_number("padding", padding, 0)
    whole = (size - 1) * stride + effective_size(kernel_size, dilation=dilation)
    whole += check_output_padding(output_padding, stride, dilation)
    if whole <= 2 * padding:
        raise ValueError(
            f"padding={shown(padding)} cuts {shown(2 * padding)} samples off a result of {shown(whole)}: "
            f"lower padding to at most {shown((whole - 1) // 2)}, or give more input samples"
        )
    return whole - 2 * padding


def same_padding(kernel_size, *, dilation=1):
    """Return the zeros before and after the input that keep its size at stride 1.

    Parameters
    ----------
    kernel_size, dilation : int
        As in `conv_size`.

    Returns
    -------
    before, after : int
        In samples; their sum is d(k - 1). Where that is odd, which takes an even kernel, the extra zero comes
        after, as with PyTorch's ``padding="same"``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    References
    ----------
    PyTorch 2.13, ``torch.nn.Conv2d`` [pytorch].

    Examples
    --------
    >>> from hdclib import same_padding
    >>> same_padding(3), same_padding(3, dilation=2), same_padding(4)
    ((1, 1), (2, 2), (1, 2))
    """
    total = effective_size(kernel_size, dilation=dilation) - 1
    return total // 2, total - total // 2


def causal_padding(size, kernel_size, *, stride=1, dilation=1):
    """Return the zeros before the input with which a causal layer keeps every block of `stride` samples.

    There are none behind the input, so that no output reads a later block than its own.

    Parameters
    ----------
    size, kernel_size, stride, dilation : int
        As in `conv_size`.

    Returns
    -------
    int
        The least padding with H / s outputs, rounded up, and the only one of those whose last output reads the last
        sample: k - s where the stride divides `size` and the dilation is 1. The d(k - 1) zeros of Keras' "causal"
        give as many outputs, but unless `size` is one more than a multiple of the stride they are more than the least,
        and the last samples are then read by none.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    References
    ----------
    Keras 3.15, ``keras.layers.Conv1D`` [keras], for its own rule. We found no statement of this one.

    Examples
    --------
    >>> from hdclib.sizes import causal_padding
    >>> causal_padding(8, 4, stride=2), causal_padding(8, 3, dilation=4)
    (2, 8)
    """
    size, stride = whole_number("size", size, 1), whole_number("stride", stride, 1)
    span = effective_size(kernel_size, dilation=dilation)
    return max(0, (size - 1) // stride * stride + span - size)


def check_output_padding(output_padding, stride, dilation):
    """Return `output_padding` as an int, or say why PyTorch and ONNX refuse it."""
    output_padding = whole_number("output_padding", output_padding, 0)
    if output_padding >= stride and output_padding >= dilation:
        raise ValueError(
            f"output_padding must be less than stride={shown(stride)} or less than dilation={shown(int(dilation))}, "
            f"got {shown(output_padding)}: give at most {shown(int(max(stride, dilation)) - 1)}"
        )
    return output_padding


def _spans(kernel_size, dilation):
    span, size = effective_size(kernel_size, dilation=dilation), int(kernel_size)
    return f"spans {shown(span)} samples (kernel_size={shown(size)}, dilation={shown(int(dilation))})"


def _shrinks(dilation):
    return "dilation" if dilation > 1 else "kernel_size"
