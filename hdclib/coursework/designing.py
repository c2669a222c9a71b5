"""Checks of the assignment *designing*: a backbone kept dense, schedules, a design, branches."""

from hdclib.checks import shown
from hdclib.coursework.chains import FIELD_SLIPS
from hdclib.coursework.counted import (
    dense_layers,
    full_schedules,
    holes_along,
    jump_of,
    reads_all,
    samples_read,
    sizes_after,
    span_read,
)
from hdclib.coursework.fair import NotYet, run_alone
from hdclib.coursework.judging import Slip, expect, judge, plain, whole, wholes
from hdclib.coursework.plots import check_points

ASK = "Which number did you find?"
GRID_SLIPS = (
    *(Slip(lambda layers, slip=slip: [slip.compute(layers), jump_of(layers)], slip.hint) for slip in FIELD_SLIPS),
    Slip(lambda layers: [jump_of(layers), span_read(layers)], "Both numbers are right, in the other order. "
         "Which one does the docstring name first?"),
    Slip(lambda layers: [span_read(layers), sum(stride for _, stride, _, _ in layers)], "Two layers of stride 2 leave "
         "every fourth sample. Do strides add, or multiply?"),
    Slip(lambda layers: [span_read(layers), layers[-1][1]], "That is the last layer's stride. "
         "What did the layers before it do?"),
    Slip(span_read, "That is the field alone. Which two numbers are asked for?"),
)  # fmt: skip
GRID_CASES = (
    ([[3, 1, 1, 1], [3, 1, 1, 1]],),
    ([[3, 1, 2, 2], [3, 1, 4, 4]],),
    ([[3, 2, 1, 1], [3, 1, 1, 1]],),
    ([[7, 2, 3, 1], [3, 2, 1, 1], [3, 1, 2, 2], [3, 2, 1, 1], [5, 1, 2, 1]],),
)


def check_grid_of(grid_of):
    """Check ``grid_of(layers)``, which returns the field and the jump."""
    judge("grid_of", grid_of, GRID_CASES, lambda layers: [span_read(layers), jump_of(layers)], GRID_SLIPS)


def _dense_by(own=False, padded=True, add=False, latest=False, dilated=True, first=False):
    """Return `dense_layers` with one of its parts changed."""

    def dense(layers, output_stride):
        kept, taken, made = 1, 1, []
        lost = jump_of(layers) // output_stride
        for kernel_size, stride, padding, dilation in layers:
            stays = taken * stride > lost if first else kept * stride <= output_stride
            here = stride if stays else 1
            after = stride // here if latest and stride > here else taken * (stride // here)
            factor = (after if own else taken) if dilated else 1
            wide = dilation + factor - 1 if add else dilation * factor
            made.append([kernel_size, here, padding * factor if padded else padding, wide])
            kept, taken = kept * here, after
        return made

    return dense


def _undilated_twos(layers, output_stride):
    return [[k, s, p * (1 + (d > 1)), min(d, 2)] for k, s, p, d in dense_layers(layers, output_stride)]


DENSE_SLIPS = (
    Slip(_dense_by(dilated=False), "Your strides are right, and nothing is dilated. How far apart were the samples "
         "that the later layers read?"),
    Slip(_dense_by(own=True), "You dilate the layer that loses its stride. A stride works on the layer's output: "
         "which layers come to see more samples than before?"),
    Slip(_dense_by(padded=False), "Strides and dilations are right. "
         "Which padding keeps the size if the dilation is doubled?"),
    Slip(_dense_by(own=True, padded=False), "You dilate the layer that loses its stride. Which layers come to see "
         "more samples than before?"),
    Slip(_dense_by(latest=True), "After one lost stride of 2 the dilation is 2. What is it after two of them?"),
    Slip(_undilated_twos, "After one lost stride of 2 the dilation is 2. What is it after two of them?"),
    Slip(_dense_by(first=True), "You take the first strides away. Which strides make the grid coarser than wanted, "
         "if you go from the input?"),
    Slip(lambda layers, _: dense_layers(layers, 1), "You take all strides away. Which product of strides is allowed?"),
    Slip(_dense_by(add=True), "Dilations are added. A layer with taps 2 apart, on a grid twice as fine: "
         "how far apart are its taps?"),
    Slip(lambda layers, _: layers, "Nothing has changed. Which strides exceed the output stride?"),
)  # fmt: skip
DENSE_CASES = (
    ([[3, 2, 1, 1], [3, 1, 1, 1]], 1),
    ([[7, 2, 3, 1], [3, 2, 1, 1], [3, 2, 1, 1], [3, 1, 1, 1], [3, 2, 1, 1], [5, 1, 2, 1]], 4),
    ([[5, 2, 2, 1], [3, 2, 1, 1], [3, 1, 2, 2], [3, 2, 1, 1], [3, 1, 1, 1]], 2),
    ([[3, 2, 1, 1], [3, 2, 1, 1]], 8),
)


def check_keep_dense(keep_dense):
    """Check ``keep_dense(layers, output_stride)``."""
    judge("keep_dense", keep_dense, DENSE_CASES, dense_layers, DENSE_SLIPS)


def smallest_context(numbers):
    """Return the smallest odd field on the grid with which the network sees ``pixels`` image pixels."""
    dense = dense_layers(numbers["backbone"], numbers["output_stride"])
    missing = max(0, numbers["pixels"] - span_read(dense))
    return 1 + 2 * -(-missing // (2 * jump_of(dense)))


def check_backbone(field_before, jump_before, map_size, numbers):
    """Check the first half of question 3: the backbone, kept dense."""
    layers = numbers["backbone"]
    dense = dense_layers(layers, numbers["output_stride"])
    bare = [[kernel, stride, 0, 1] for kernel, stride, _, _ in dense]
    hints = {span_read(bare): "That is the field without the dilations. What does keep_dense give the later layers?"}
    otherwise = "What does your grid_of say about the layers that keep_dense returns?"
    expect("field_before", whole("field_before", field_before, ASK), span_read(dense), hints, otherwise)
    hints = {jump_of(layers): "That is the backbone as it was handed out. How dense is it now?"}
    otherwise = "Which strides are left, and what is their product?"
    expect("jump_before", whole("jump_before", jump_before, ASK), jump_of(dense), hints, otherwise)
    hints = {sizes_after(numbers["image"], layers)[-1]: "That is the map of the backbone as handed out. And now?"}
    sizes = sizes_after(numbers["image"], dense)
    otherwise = f"The first layer makes {sizes[1]} samples of {sizes[0]}. What do the others make of these?"
    expect("map_size", whole("map_size", map_size, ASK), sizes[-1], hints, otherwise)


def check_context(context_field, fewest, numbers):
    """Check the second half of question 3: what the context module has to see."""
    dense = dense_layers(numbers["backbone"], numbers["output_stride"])
    given, right = whole("context_field", context_field, ASK), smallest_context(numbers)
    seen = span_read(dense) + (given - 1) * jump_of(dense)
    otherwise = f"The whole network then sees {seen} pixels, and {numbers['pixels']} are wanted. "
    otherwise += "Is there a smaller odd field that does?" if given > right else "How much does one grid sample add?"
    if given % 2 == 0:
        otherwise = "Layers of kernel size 3 add an even number to 1. Can their field be even?"
    expect("context_field", given, right, {}, otherwise)
    hints = {(right - 1) // 2: "That many layers do it with dilation 1 each. How far may later layers jump?"}
    hints |= {right.bit_length() - 1: "Dilations 1, 2, 4, ... do it with that many. Could each layer jump further?"}
    otherwise = "Through n layers of three taps lead 3 to the power n paths. How many does the field need at least?"
    least = next(depth for depth in range(1, 99) if 3**depth >= right)
    expect("fewest", whole("fewest", fewest, ASK), least, hints, otherwise)


def check_schedules(schedules):
    """Check ``schedules(field, layers, largest)``, which lists stacks of kernel size 3 in any order."""
    for case in (17, 3, 9), (31, 4, 9), (27, 3, 9), (31, 4, 15), (29, 3, 20):
        found, right = plain(run_alone("schedules", schedules, *case)), full_schedules(*case)
        if not isinstance(found, list) or not all(isinstance(stack, list) for stack in found):
            raise NotYet(f"schedules{case} gives {shown(found)}. Which list of lists of dilations should it return?")
        if sorted(found) != right:
            raise NotYet(f"schedules{case}: {_wrong_stack(found, right, case)}")
    print("schedules: right in all 5 cases of this check.")


def _wrong_stack(found, right, case):
    """Say what is wrong with the first stack that does not belong, or name one that is missing."""
    field, layers, largest = case
    for stack in found:
        if stack not in right:
            return f"{stack} should not be listed. {_fault(stack, field, layers, largest)}"
    missing = [stack for stack in right if stack not in found]
    if not missing:
        return "a stack is listed twice. Which orders of the same dilations do you try?"
    touches = any(rate == 1 + 2 * sum(missing[0][:at]) for at, rate in enumerate(missing[0]) if at)
    hint = "A copy may begin right behind the last one. Do you allow it?" if touches else "Which rule leaves it out?"
    return f"{missing[0]} is missing: it has the field {field} and no hole. {hint}"


def _fault(stack, field, layers, largest):
    """Ask about what a stack breaks."""
    if len(stack) != layers:
        return f"It has {len(stack)} layers. How many are asked for?"
    if stack != sorted(stack):
        return "It falls somewhere. In which order is a set of dilations listed?"
    if max(stack) > largest:
        return f"It has a dilation above {largest}. Which bound do you test?"
    if 1 + 2 * sum(stack) != field:
        return f"Its field is {1 + 2 * sum(stack)}. What do the dilations have to sum to?"
    return f"It has a hole at sample {holes_along(stack, 3)[0]}. What does your search know of holes?"


def check_design(design, whole_field, whole_read, numbers):
    """Check question 5: a design that keeps to all that is asked for; any such design is right."""
    stack = _kept_to(wholes("design", design, "Which dilations do you choose?"), numbers)
    print("design: keeps to all conditions.")
    dense, field = dense_layers(numbers["backbone"], numbers["output_stride"]), 1 + 2 * sum(stack)
    right = span_read(dense) + (field - 1) * jump_of(dense)
    hints = {
        field: "That is on the grid of the context module. How many image pixels lie between two of its samples?",
        span_read(dense) + field - 1: "A step on the grid is more than one image pixel. How many is it?",
        span_read(dense) + field * jump_of(dense): "A field of 1 on the grid adds nothing. How many steps has yours?",
    }
    otherwise = "What does grid_of say about the dense backbone with your layers behind it?"
    expect("whole_field", whole("whole_field", whole_field, ASK), right, hints, otherwise)
    read = len(samples_read([*dense, *_module(stack)]))
    otherwise = "Follow each tap from one output down to the image. How many different pixels do you come to?"
    expect("whole_read", whole("whole_read", whole_read, ASK), read, {}, otherwise)


def _module(stack):
    """The layers of a context module of kernel size 3, which keep the size."""
    return [[3, 1, dilation, dilation] for dilation in stack]


def _kept_to(stack, numbers):
    """Return a design that keeps to all conditions, or ask about the first one that it breaks."""
    if len(stack) != numbers["layers"] or min(stack) < 1:
        raise NotYet(f"design = {stack}. Can you give {numbers['layers']} dilations of at least 1?")
    if max(stack) > numbers["largest"]:
        raise NotYet(f"design = {stack} has a dilation above {numbers['largest']}. Which others could grow instead?")
    field, wanted = 1 + 2 * sum(stack), smallest_context(numbers)
    if field != wanted:
        raise NotYet(f"design = {stack} has a field of {field}, not {wanted}. What do the dilations have to sum to?")
    if not reads_all(stack, 3):
        raise NotYet(f"design = {stack} has a hole at sample {holes_along(stack, 3)[0]}. Which layer could reach it?")
    for depth in range(1, len(stack)):
        if not reads_all(stack[:depth], 3):
            raise NotYet(f"The view through {stack[:depth]} alone has holes. In which order has no view any?")
    return stack


def check_growth_plot(growth_ax, design, numbers):
    """Check the plot of the field of the whole network, with the student's own design, after each layer."""
    stack = wholes("design", design, "Which dilations do you choose in question 5?")
    layers = dense_layers(numbers["backbone"], numbers["output_stride"]) + _module(stack)
    points = {0: 1} | {depth: span_read(layers[:depth]) for depth in range(1, len(layers) + 1)}
    check_points("growth_ax", growth_ax, points, "the field after each layer, from 1 pixel at 0 on")


def read_beside(branches):
    """Return the samples that branches side by side read, counted from their common middle."""
    return {dilation * (tap - size // 2) for size, dilation in branches for tap in range(size)}


def check_branches(parallel_span, parallel_read, cascade_span, cascade_read, numbers):
    """Check question 6: the same layers side by side, and in a row."""
    branches = numbers["branches"]
    spans = [dilation * (kernel_size - 1) + 1 for kernel_size, dilation in branches]
    row, taps = sum(spans) - len(spans) + 1, sum(kernel_size for kernel_size, _ in branches)
    hints = dict.fromkeys((row, sum(spans)), "Branches do not follow each other. Do their spans add up?")
    otherwise = "All branches are centred on the same sample. Which of them reaches furthest?"
    expect("parallel_span", whole("parallel_span", parallel_span, ASK), max(spans), hints, otherwise)
    hints = {taps: "The middle sample is read by every branch. How many different samples are there?"}
    hints |= {max(spans): "That is the span. How many of its samples does any branch read?"}
    otherwise = "Which samples does each branch read, counted from the middle? How many different ones are these?"
    expect("parallel_read", whole("parallel_read", parallel_read, ASK), len(read_beside(branches)), hints, otherwise)
    hints = {sum(spans): "Each further layer adds its span less one. Why less one?"}
    hints |= {max(spans): "In a row the spans add. How much does each add?"}
    otherwise = "How much does each layer add to a field of 1?"
    expect("cascade_span", whole("cascade_span", cascade_span, ASK), row, hints, otherwise)
    hints = {row: "That is the span. Are there samples in it that no path reaches?"}
    otherwise = "Which sums of one tap from each layer are there? How many different ones?"
    read = len(samples_read([[size, 1, 0, dilation] for size, dilation in branches]))
    expect("cascade_read", whole("cascade_read", cascade_read, ASK), read, hints, otherwise)
