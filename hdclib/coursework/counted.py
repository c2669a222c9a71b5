"""The truth that answers are held against: counted by definition, with no formula of hdclib.

A layer is a list ``[kernel_size, stride, padding, dilation]``, as in the notebooks. One axis.
"""

from itertools import accumulate


def count_windows(size, kernel_size, stride, padding, dilation):
    """Count the places where a kernel fits into the padded input; 0 if there is none."""
    last_start = size + padding - dilation * (kernel_size - 1)
    return len(range(-padding, last_start, stride))


def spread_size(size, kernel_size, stride, padding, output_padding, dilation):
    """Return the size of a transposed convolution's result: spread, cut, and lengthened at the end."""
    reached = {stride * at + dilation * tap for at in range(size) for tap in range(kernel_size)}
    return max(reached) + 1 - 2 * padding + output_padding


def sizes_after(size, layers):
    """Return the input's size and that after each layer."""
    return list(accumulate(layers, lambda before, layer: count_windows(before, *layer), initial=size))


def span_read(layers):
    """Return the receptive field: follow the first and the last tap down to the input."""
    first = last = 0
    for kernel_size, stride, _, dilation in reversed(layers):
        first, last = first * stride, last * stride + dilation * (kernel_size - 1)
    return last - first + 1
