"""Checks of the assignment *sizes*: output sizes, padding, unknowns, transposed convolution."""

from hdclib.coursework.counted import count_windows, spread_size
from hdclib.coursework.fair import NotYet
from hdclib.coursework.judging import Slip, expect, judge, whole, wholes


def _by_room(span, add=1, sides=2, round_up=False):
    """Return an output size that is computed with this span, this last summand and this padding."""

    def size_of(size, kernel_size, stride, padding, dilation):
        room = size + sides * padding - span(kernel_size, dilation)
        if room < 0 or size + 2 * padding <= dilation * (kernel_size - 1):
            raise ValueError("no window fits")
        return (-(-room // stride) if round_up else room // stride) + add

    return size_of


def _true_span(kernel_size, dilation):
    return dilation * (kernel_size - 1) + 1


OUT_SLIPS = (
    Slip(_by_room(_true_span, sides=1), "The padding is added on each side. How many zeros are that in all?"),
    Slip(_by_room(lambda k, d: k), "Your function takes no notice of the dilation. From the first tap to the last, "
         "how many samples does a kernel of 3 with dilation 2 span?"),
    Slip(_by_room(lambda k, d: d * k), "A kernel of 3 with dilation 4 has taps at 0, 4 and 8. Is the span 12, or 9?"),
    Slip(_by_room(lambda k, d: d * (k - 1)), "With taps at 0, 4 and 8, how many samples lie from 0 to 8, "
         "both included? Test your function with dilation 1 as well."),
    Slip(_by_room(lambda k, d: (d + 1) * (k - 1) + 1), "Dilation is the distance between neighbouring taps, "
         "not the number of samples skipped. Which dilation is an ordinary convolution?"),
    Slip(_by_room(lambda k, d: (d + 1) * k + 1), "That span is wrong for an ordinary kernel already. "
         "Where are the first and the last tap of a kernel of 3 with dilation 1?"),
    Slip(_by_room(_true_span, add=0), "The steps to the right are counted. Is the first window counted too?"),
    Slip(_by_room(_true_span, round_up=True), "A last step that does not fit whole makes no window. "
         "Which way do you round?"),
    Slip(lambda size, k, s, p, d: (size + 2 * p - _true_span(k, d)) // s + 1,
         "There the kernel spans more than the padded input. In how many places does it fit?"),
    Slip(lambda size, k, s, p, d: max(1, count_windows(size, k, s, p, d)),
         "There the kernel spans more than the padded input. In how many places does it fit?"),
)  # fmt: skip
OUT_CASES = ((7, 3, 2, 1, 1), (8, 3, 2, 1, 1), (64, 3, 1, 4, 4), (16, 3, 2, 0, 2), (24, 5, 3, 1, 2), (4, 5, 1, 0, 2))


def check_out_size(out_size):
    """Check ``out_size(size, kernel_size, stride, padding, dilation)``."""

    def fact(size, kernel_size, stride, padding, dilation, _):
        starts = list(range(-padding, size + padding - dilation * (kernel_size - 1), stride))
        return f"The windows start at {starts}. Which of them does your function miss, or add?"

    judge("out_size", out_size, OUT_CASES, count_windows, OUT_SLIPS, fact)


def padding_that_keeps(kernel_size, dilation):
    """Return the padding on each side that keeps a size at stride 1, or None."""
    fits = [p for p in range(dilation * kernel_size) if count_windows(100, kernel_size, 1, p, dilation) == 100]
    return fits[0] if fits else None


BOTH_SIDES = "That is what both sides need together. What does each side get?"
UNDILATED = "That is right for dilation 1 only. What does the dilation do to the span?"
PADDING_SLIPS = (
    Slip(lambda k, d: d * (k - 1), BOTH_SIDES),
    Slip(lambda k, d: d * (k - 1) if d * (k - 1) % 2 == 0 else None, BOTH_SIDES),
    Slip(lambda k, d: 1, "Padding 1 keeps the size for kernel 3 and dilation 1. How wide is a kernel with dilation 4?"),
    Slip(lambda k, d: k // 2, UNDILATED),
    Slip(lambda k, d: k // 2 if k % 2 else None, UNDILATED),
    Slip(lambda k, d: d, "That is right for kernel size 3 only. What do larger kernels need?"),
    Slip(lambda k, d: d * k // 2, "Kernel 3 with dilation 4 spans 9 samples. How many are lost without padding?"),
    Slip(lambda k, d: d * (k - 1) // 2, "Where d(k - 1) is odd, no whole padding keeps the size. "
         "What does the docstring say to return then?"),
)  # fmt: skip
PADDING_CASES = ((3, 1), (3, 4), (5, 2), (7, 3), (4, 2), (4, 1), (2, 3))


def check_same_padding(same_padding):
    """Check ``same_padding(kernel_size, dilation)``."""

    def fact(kernel_size, dilation, _):
        lost = dilation * (kernel_size - 1)
        return f"Without padding {lost} samples are lost. How many zeros on each side make up for that, if any do?"

    judge("same_padding", same_padding, PADDING_CASES, padding_that_keeps, PADDING_SLIPS, fact)


def smallest_padding(numbers):
    """Return the smallest padding with which the layer of `numbers` makes ``out`` samples of ``size``."""
    layer = numbers["size"], numbers["kernel_size"], numbers["stride"]
    return next(p for p in range(1000) if count_windows(*layer, p, numbers["dilation"]) == numbers["out"])


def sizes_that_give(numbers):
    """Return every input size of which the layer, with that padding, makes ``shared_out`` samples."""
    layer = numbers["kernel_size"], numbers["stride"], smallest_padding(numbers), numbers["dilation"]
    return [size for size in range(1, 1000) if count_windows(size, *layer) == numbers["shared_out"]]


def largest_dilation_that_fits(numbers):
    """Return the largest dilation that leaves ``least_out`` of ``wide_size`` samples."""
    size, kernel_size = numbers["wide_size"], numbers["wide_kernel"]
    return max(d for d in range(1, size) if count_windows(size, kernel_size, 1, 0, d) >= numbers["least_out"])


def check_unknowns(padding, possible_sizes, largest_dilation, numbers):
    """Check the three unknowns of question 3."""
    _check_padding(whole("padding", padding, "Which padding did you find?"), numbers)
    _check_sizes(wholes("possible_sizes", possible_sizes, "Which sizes did you find?"), numbers)
    _check_dilation(whole("largest_dilation", largest_dilation, "Which dilation did you find?"), numbers)


def _check_padding(padding, numbers):
    right, wanted = smallest_padding(numbers), numbers["out"]
    made = count_windows(numbers["size"], numbers["kernel_size"], numbers["stride"], padding, numbers["dilation"])
    otherwise = f"The layer then makes {made} samples, and {wanted} are wanted. Does it need more zeros, or fewer?"
    if made == wanted:
        otherwise = "It does give the size that is wanted. Does a smaller one give it too?"
    hints = {2 * right: "That is both sides together. How many zeros does each side get?"} if made != wanted else {}
    expect("padding", padding, right, hints, otherwise)


def _check_sizes(sizes, numbers):
    right, stride = sizes_that_give(numbers), numbers["stride"]
    strangers = sorted(set(sizes) - set(right))
    otherwise = f"Each of your sizes is right, but there are more. How many sizes share one output at stride {stride}?"
    if strangers:
        layer = numbers["kernel_size"], stride, smallest_padding(numbers), numbers["dilation"]
        made = count_windows(strangers[0], *layer)
        otherwise = f"{strangers[0]} samples give {made}, not {numbers['shared_out']}. Which padding did you use?"
    expect("possible_sizes", sorted(set(sizes)), right, {}, otherwise)


def _check_dilation(dilation, numbers):
    made = count_windows(numbers["wide_size"], numbers["wide_kernel"], 1, 0, dilation)
    otherwise = f"{made} samples are left, and at least {numbers['least_out']} are wanted. "
    enough = made >= numbers["least_out"]
    otherwise += "Would a larger dilation do as well?" if enough else "Is the span smaller with a smaller dilation?"
    if dilation < 1:
        otherwise = "The smallest dilation is 1: neighbouring taps. What would 0 do to the taps?"
    expect("largest_dilation", dilation, largest_dilation_that_fits(numbers), {}, otherwise)


def _spread(starts=lambda size, s: (size - 1) * s, cut=2, add=1, extra=1, dilated=True):
    """Return a formula for the size of a transposed convolution with one of its parts changed."""

    def size_of(size, kernel_size, stride, padding, output_padding, dilation):
        span = (dilation if dilated else 1) * (kernel_size - 1)
        return starts(size, stride) - cut * padding + span + extra * output_padding + add

    return size_of


TRANSPOSED_SLIPS = (
    Slip(_spread(starts=lambda size, s: size * s), "The first input starts at 0. Where does the last one start?"),
    Slip(_spread(cut=-2), "Here padding does not add samples. What does it do to the ends of the result?"),
    Slip(_spread(cut=1), "Padding cuts each end. How many samples are that in all?"),
    Slip(_spread(cut=0), "Your function takes no notice of the padding. What does it do to the ends of the result?"),
    Slip(_spread(extra=0), "Your function takes no notice of output_padding. How many samples does it add?"),
    Slip(_spread(extra=2), "output_padding works at the far end only. How many samples does it add?"),
    Slip(lambda size, k, s, p, op, d: spread_size(size, k, s, p, min(op, p), d), "You give back no more than was cut. "
         "How long is the result where nothing was cut, and output_padding is 2?"),
    Slip(_spread(dilated=False), "Your function takes no notice of the dilation. How far apart do the taps land?"),
    Slip(_spread(add=0), "If the last tap lands at sample 8 and the first at 0, how many samples are that?"),
    Slip(lambda size, k, s, p, op, d: count_windows(size, k, s, p, d), "That is the size of an ordinary convolution. "
         "Here each input spreads over several outputs: where do its taps land?"),
)  # fmt: skip
TRANSPOSED_CASES = (
    (4, 3, 2, 1, 0, 1), (4, 3, 2, 1, 1, 1), (5, 3, 3, 0, 0, 2), (5, 3, 3, 0, 2, 1), (8, 4, 2, 3, 1, 3),
    (1, 5, 1, 1, 0, 1),
)  # fmt: skip


def check_transposed_size(transposed_size):
    """Check ``transposed_size(size, kernel_size, stride, padding, output_padding, dilation)``."""

    def fact(size, kernel_size, stride, padding, output_padding, dilation, _):
        last = stride * (size - 1) + dilation * (kernel_size - 1)
        return f"Before cutting and adding, the last tap lands at sample {last}. How many samples are left after both?"

    judge("transposed_size", transposed_size, TRANSPOSED_CASES, spread_size, TRANSPOSED_SLIPS, fact)


def paddings_that_multiply(numbers):
    """Return the output_padding with which each layer of the decoder multiplies its size by its stride."""
    found = []
    for kernel_size, stride, padding, dilation in numbers["decoder"]:
        made = spread_size(9, kernel_size, stride, padding, 0, dilation)
        found.append(9 * stride - made)
    return found


def check_decoder(output_paddings, decoded_size, numbers):
    """Check question 5: what each layer of the decoder needs, and where it leads."""
    given = wholes("output_paddings", output_paddings, "What does each of the layers need, first layer first?")
    right, layers = paddings_that_multiply(numbers), numbers["decoder"]
    if len(given) != len(right):
        raise NotYet(f"output_paddings has {len(given)} entries for {len(right)} layers. Which layer has none?")
    otherwise, size = "", numbers["latent"]
    for number, (layer, extra, needed) in enumerate(zip(layers, given, right, strict=True), 1):
        kernel_size, stride, padding, dilation = layer
        made = spread_size(size, kernel_size, stride, padding, extra, dilation)
        if extra != needed:
            otherwise = f"Layer {number} makes {made} of {size} samples, not {stride * size}. How far off is it?"
            break
        size = made
    expect("output_paddings", given, right, {}, otherwise)
    otherwise = "Each layer multiplies the size by its stride. What is left of numbers['latent'] after all of them?"
    expect("decoded_size", whole("decoded_size", decoded_size, "How many samples come out?"), size, {}, otherwise)
