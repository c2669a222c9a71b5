"""The truth that answers are held against: counted by definition, with no formula of hdclib.

A layer is a list ``[kernel_size, stride, padding, dilation]``, as in the notebooks. One axis.
"""

from collections import Counter
from functools import reduce
from itertools import accumulate, combinations_with_replacement, product
from math import prod


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


def samples_read(layers):
    """Return the set of input samples that one output reads."""
    read = {0}
    for kernel_size, stride, _, dilation in reversed(layers):
        read = {stride * at + dilation * tap for at in read for tap in range(kernel_size)}
    return read


def span_read(layers):
    """Return the receptive field: follow the first and the last tap down to the input."""
    first = last = 0
    for kernel_size, stride, _, dilation in reversed(layers):
        first, last = first * stride, last * stride + dilation * (kernel_size - 1)
    return last - first + 1


def path_ends(dilations, kernel_size):
    """Count the paths that end at each input position, the leftmost at 0: a Counter of the positions that are read."""
    shifts = [[dilation * tap for tap in range(kernel_size)] for dilation in dilations]
    return Counter(map(sum, product(*shifts)))


def counts_along(dilations, kernel_size):
    """Return the paths to each position of the receptive field, the leftmost first."""
    ends = path_ends(dilations, kernel_size)
    return [ends[position] for position in range(max(ends) + 1)]


def holes_along(dilations, kernel_size):
    """Return the positions of the receptive field that no path reaches."""
    return [position for position, count in enumerate(counts_along(dilations, kernel_size)) if count == 0]


def reads_all(dilations, kernel_size):
    """Tell whether every sample of the receptive field is read: one bit a sample, shifted once for each tap."""
    read = 1
    for dilation in dilations:
        taps = [read << dilation * tap for tap in range(kernel_size)]
        read = reduce(int.__or__, taps)
    return read & (read + 1) == 0


def rising_stacks(layers, largest):
    """Return every list of `layers` dilations from 1 to `largest` that never fall."""
    return list(map(list, combinations_with_replacement(range(1, largest + 1), layers)))


def distances_of(dilations):
    """Return M_1 to M_n by the recurrence as it is printed, with its factor 2 for any kernel size."""
    chain = [dilations[-1]]
    for rate in reversed(dilations[:-1]):
        after = chain[0]
        chain.insert(0, max(after - 2 * rate, after - 2 * (after - rate), rate))
    return chain


def rule_accepts(dilations, kernel_size):
    """Tell whether M_2 <= kernel_size."""
    return distances_of(dilations)[1] <= kernel_size


def dense_layers(layers, output_stride):
    """Return the layers with strides only up to `output_stride`, and dilated by what was taken from then on."""
    kept, taken, dense = 1, 1, []
    for kernel_size, stride, padding, dilation in layers:
        own = stride if kept * stride <= output_stride else 1
        dense.append([kernel_size, own, padding * taken, dilation * taken])
        kept, taken = kept * own, taken * stride // own
    return dense


def jump_of(layers):
    """Return how many input samples lie between two neighbouring outputs."""
    return prod(stride for _, stride, _, _ in layers)


def full_schedules(field, layers, largest):
    """Return all rising dilations of kernel size 3 with this field, none above `largest`, that leave no hole."""
    found = [stack for stack in rising_stacks(layers, largest) if 1 + 2 * sum(stack) == field]
    return [stack for stack in found if reads_all(stack, 3)]
