"""Checks of whole networks: the size after each layer, and the receptive field."""

from hdclib.coursework.counted import count_windows, sizes_after, span_read
from hdclib.coursework.judging import Slip, judge
from hdclib.coursework.plots import check_points

CHAIN_SLIPS = (
    Slip(lambda size, layers: sizes_after(size, layers)[1:], "The size of the input belongs to the list. "
         "How many entries are there for two layers?"),
    Slip(lambda size, layers: sizes_after(size, layers)[-1], "That is the last size. What was it on the way?"),
    Slip(lambda size, layers: [size, *(count_windows(size, *layer) for layer in layers)],
         "Each layer of yours gets the network's input. What does the second layer get?"),
    Slip(lambda size, layers: sizes_after(size, [[k, s, d, p] for k, s, p, d in layers]),
         "A layer lists kernel_size, stride, padding, dilation. In which order do you take them out?"),
)  # fmt: skip
CHAIN_CASES = (
    (32, [[3, 1, 1, 1]]),
    (64, [[7, 2, 3, 1], [3, 2, 1, 1], [3, 1, 2, 2]]),
    (50, [[5, 2, 1, 2], [2, 2, 0, 1], [3, 1, 0, 4]]),
)


def check_sizes_through(sizes_through):
    """Check ``sizes_through(size, layers)``."""
    judge("sizes_through", sizes_through, CHAIN_CASES, sizes_after, CHAIN_SLIPS)


def check_chain_plot(chain_ax, numbers):
    """Check the plot of the sizes through the network of `numbers`."""
    sizes = sizes_after(numbers["input_size"], numbers["network"])
    check_points("chain_ax", chain_ax, dict(enumerate(sizes)), "the size after each layer, from 0 on")


def _field(own_stride=False, stride=True, dilated=True, start=1, less=1):
    """Return a formula for the receptive field with one of its parts changed."""

    def field_of(layers):
        field, jump = start, 1
        for kernel_size, layer_stride, _, dilation in layers:
            jump *= layer_stride if own_stride else 1
            field += (kernel_size - less) * (dilation if dilated else 1) * jump
            jump *= layer_stride if stride and not own_stride else 1
        return field

    return field_of


FIELD_SLIPS = (
    Slip(_field(stride=False), "Your function takes no notice of the strides. After a layer of stride 2, how many "
         "input samples lie between two neighbours?"),
    Slip(_field(own_stride=True), "A layer's stride spreads the layers after it. Does it spread the layer's own taps?"),
    Slip(_field(dilated=False), "Your function takes no notice of the dilation. How far apart are the taps?"),
    Slip(_field(start=0), "With no layer at all, an output is one input sample. Where does your sum start?"),
    Slip(_field(less=0), "A kernel of 3 adds two samples to one, not three. What does the first layer span?"),
    Slip(lambda layers: sum(span_read([layer]) for layer in layers),
         "Neighbouring windows overlap, so the spans do not just add up. How much does each layer add?"),
)  # fmt: skip
FIELD_CASES = (
    ([[3, 1, 1, 1], [3, 1, 1, 1]],),
    ([[3, 1, 2, 2], [3, 1, 4, 4]],),
    ([[3, 2, 1, 1], [3, 1, 1, 1]],),
    ([[7, 2, 3, 1], [3, 2, 1, 1], [3, 1, 2, 2], [2, 2, 0, 1], [5, 1, 2, 1]],),
)


def check_field_of(field_of):
    """Check ``field_of(layers)``."""
    judge("field_of", field_of, FIELD_CASES, span_read, FIELD_SLIPS)
