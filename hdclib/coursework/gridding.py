"""Checks of the assignment *gridding*: paths, maps, holes, neighbours, the lattice. Stacks are lists of dilations."""

from math import gcd

from hdclib.coursework.counted import counts_along, holes_along, path_ends
from hdclib.coursework.fair import NotYet
from hdclib.coursework.judging import Slip, expect, judge, whole, wholes
from hdclib.coursework.plots import check_cells

ASK = "Which number did you find?"
ONE_AXIS = "That is one axis. How many pairs of a row and a column are there?"
STACKS = (([2, 2, 2], 3), ([1, 2], 3), ([1, 4], 2), ([3], 4), ([9, 1, 2], 3))


def _outer_taps_only(dilations, kernel_size):
    """The slip of adding the first and the last copy and no copy between them."""
    far = [dilation * (kernel_size - 1) for dilation in dilations]
    ends = counts_along(far, 2)
    return ends + [0] * (1 + sum(far) - len(ends))


PATH_SLIPS = (
    Slip(lambda dilations, k: [min(count, 1) for count in counts_along(dilations, k)],
         "You tell which samples are read. How many paths lead to each of them?"),
    Slip(lambda dilations, k: [count for count in counts_along(dilations, k) if count],
         "The samples that no path reaches belong to the list. Which number do they get?"),
    Slip(lambda dilations, k: counts_along([d + 1 for d in dilations], k),
         "Dilation is the distance between neighbouring taps, not the number of samples skipped. "
         "Where are the taps of an ordinary convolution?"),
    Slip(lambda dilations, k: counts_along(dilations, 3), "Your kernels always have three taps. "
         "What does kernel_size say?"),
    Slip(lambda dilations, k: counts_along([1] * len(dilations), k),
         "Your function takes no notice of the dilations. How far apart are the taps?"),
    Slip(lambda dilations, k: counts_along(dilations[:1], k), "That is the first layer alone. "
         "What does each further layer do to the counts?"),
    Slip(lambda dilations, k: counts_along(dilations[-1:], k), "That is the last layer alone. "
         "What do the layers below it do to the counts?"),
    Slip(lambda dilations, k: [sum(parts) for parts in zip(*_padded(dilations, k), strict=True)],
         "Your counts of the layers are added. A path goes through all layers: do choices add, or multiply?"),
    Slip(lambda dilations, k: counts_along(dilations, k) + [0] * sum(dilations), "The list goes on behind the last "
         "sample that is read. Where does the receptive field end?"),
    Slip(lambda dilations, k: sorted(path_ends(dilations, k)), "That lists the samples that are read. "
         "How many paths lead to each sample of the receptive field?"),
    Slip(_outer_taps_only, "You add the two outer copies of the counts. What of the taps between them?"),
)  # fmt: skip


def _padded(dilations, kernel_size):
    """Each layer's own counts, centred in the field of all."""
    field = 1 + (kernel_size - 1) * sum(dilations)
    for dilation in dilations:
        counts = counts_along([dilation], kernel_size)
        before = (field - len(counts)) // 2
        yield [0] * before + counts + [0] * (field - len(counts) - before)


def check_path_counts(path_counts):
    """Check ``path_counts(dilations, kernel_size)``."""

    def fact(dilations, kernel_size, _):
        paths = kernel_size ** len(dilations)
        return f"Through {len(dilations)} layers of {kernel_size} taps lead {paths} paths. Do your counts sum to that?"

    judge("path_counts", path_counts, STACKS, counts_along, PATH_SLIPS, fact)


def map_of(dilations, kernel_size):
    """Return the paths to each pixel: a path chooses its rows and its columns independently."""
    counts = counts_along(dilations, kernel_size)
    return [[row * column for column in counts] for row in counts]


def _map_by(combine):
    """Return a map in which a row's and a column's count are combined otherwise."""

    def wrong_map(dilations, kernel_size):
        counts = counts_along(dilations, kernel_size)
        return [[combine(row, column) for column in counts] for row in counts]

    return wrong_map


MAP_SLIPS = (
    Slip(_map_by(lambda row, column: row + column), "Each way to the row goes with each way to the column. "
         "Do two independent choices add, or multiply?"),
    Slip(_map_by(lambda row, column: min(row * column, 1)), "You tell which pixels are used. How often is each used?"),
    Slip(_map_by(min), "Each way to the row goes with each way to the column. How many pairs are there?"),
    Slip(_map_by(lambda row, column: column), "Your rows are all alike. "
         "How often is a row used in which no path ends?"),
    Slip(_map_by(lambda row, column: row), "Your columns are all alike. How often is a column used "
         "in which no path ends?"),
    Slip(counts_along, "That is one axis. An image has rows and columns: which shape has the map?"),
)  # fmt: skip


def check_usage_map(usage_map):
    """Check ``usage_map(dilations, kernel_size)``."""

    def fact(dilations, kernel_size, _):
        return f"The middle column of a 3 x 3 layer alone is 1, 1, 1. What is it for dilations {dilations}?"

    judge("usage_map", usage_map, STACKS[:4], map_of, MAP_SLIPS, fact)


def check_map_plot(map_ax, numbers):
    """Check the plot of the usage map of ``numbers["mixed"]``."""
    counts = map_of(numbers["mixed"], numbers["kernel_size"])
    check_cells("map_ax", map_ax, counts, "the usage map of numbers['mixed']")


def check_missing(holes_per_axis, pixels_used, pixels_missed, numbers):
    """Check question 3: what the stack ``numbers["mixed"]`` leaves out."""
    counts = counts_along(numbers["mixed"], numbers["kernel_size"])
    span, holes = len(counts), counts.count(0)
    read = span - holes
    hints = {
        read: "That many samples are read. How many are not?",
        holes**2: "That is the square. How many are there along one axis?",
        span: "That is the receptive field. How many of its samples are not read?",
    }
    expect("holes_per_axis", whole("holes_per_axis", holes_per_axis, ASK), holes, hints, "Which counts are 0?")
    _check_used(whole("pixels_used", pixels_used, ASK), span, read, len(numbers["mixed"]))
    _check_missed(whole("pixels_missed", pixels_missed, ASK), span, read)


def _check_used(pixels_used, span, read, depth):
    hints = {
        span**2: "That is the receptive field of the image. How many of its pixels are used?",
        read: ONE_AXIS,
        9**depth: "That counts paths, and several end on the same pixel. How many different pixels are there?",
        span**2 - (span - read) ** 2: "A pixel is missed if its row or its column is a hole. Which are used then?",
    }
    otherwise = "A pixel is used if its row is read and its column is read. How many such pairs are there?"
    expect("pixels_used", pixels_used, read**2, hints, otherwise)


def _check_missed(pixels_missed, span, read):
    holes = span - read
    hints = {
        holes**2: "These lie in a row and a column that are both holes. Is a pixel used if only its column is?",
        read**2: "These are used. How many are not?",
        2 * holes * span: "Pixels whose row and column are both holes are counted twice. How many are these?",
        holes * span: "These lie in the rows that are holes. What of the columns?",
    }
    otherwise = "How many pixels has the receptive field, and how many of them are used?"
    expect("pixels_missed", pixels_missed, span**2 - read**2, hints, otherwise)


def shared_along(dilations, kernel_size, shift):
    """Count the input samples along one axis that two outputs `shift` apart both read."""
    read = set(path_ends(dilations, kernel_size))
    return len(read & {position + shift for position in read})


def _shared_paths(dilations, kernel_size, shift):
    """The slip of counting paths where samples are asked for."""
    ends = path_ends(dilations, kernel_size)
    return sum(min(ends[position], ends[position + shift]) for position in list(ends))


SHARED_SLIPS = (
    Slip(lambda dilations, k, shift: max(0, 1 + (k - 1) * sum(dilations) - shift),
         "That many samples lie in both receptive fields. Which of them does each output read?"),
    Slip(_shared_paths, "You count paths. How many different samples are read by both?"),
    Slip(lambda dilations, k, shift: shared_along(dilations, k, shift) ** 2, "Along one axis, please. "
         "How many samples are shared there?"),
    Slip(lambda dilations, k, shift: len(path_ends(dilations, k)), "That is what one output reads. "
         "What changes if the other one is shifted?"),
    Slip(lambda dilations, k, shift: max(0, len(path_ends(dilations, k)) - shift),
         "Shifting by one does not always lose one sample. Which samples does the second output read?"),
    Slip(lambda dilations, k, shift: shared_along(dilations, k, shift) > 0, "You tell whether they share anything. "
         "How many samples do they share?"),
)  # fmt: skip
SHARED_CASES = (([2, 2, 2], 3, 1), ([2, 2, 2], 3, 2), ([1, 2, 3], 3, 1), ([1, 4], 3, 3), ([1, 2], 2, 0), ([1], 3, 9))


def check_shared(shared):
    """Check ``shared(dilations, kernel_size, shift)``."""

    def fact(dilations, kernel_size, shift, _):
        read = sorted(path_ends(dilations, kernel_size))
        return f"One output reads {read}, the other one the same shifted by {shift}. Which samples are in both?"

    judge("shared", shared, SHARED_CASES, shared_along, SHARED_SLIPS, fact)


def check_lattice(step, sub_grids, lattice_pixels, numbers):
    """Check question 5: the lattice of ``numbers["lattice"]``."""
    stack = numbers["lattice"]
    right, read = gcd(*stack), len(path_ends(stack, numbers["kernel_size"]))
    otherwise = "Which largest number divides every dilation of the stack?"
    hints = {1: "1 divides everything. Is there a larger number that divides all dilations?"}
    hints |= {min(stack): "That is the smallest dilation. Does it divide the other ones?"}
    expect("step", whole("step", step, ASK), right, hints, otherwise)
    otherwise = "Rows can differ by 0 to step - 1, and so can columns. How many pairs is that?"
    hints = {right: "That is one axis. An image has rows and columns: how many mixes are there?"}
    expect("sub_grids", whole("sub_grids", sub_grids, ASK), right**2, hints, otherwise)
    span = 1 + (numbers["kernel_size"] - 1) * sum(stack)
    hints = {
        span**2: "That is the receptive field of the image. How many of its pixels are used?",
        read: ONE_AXIS,
        ((span - 1) // right + 1) ** 2: "That many pixels lie on the lattice. Does the stack read all of these?",
    }
    otherwise = "How many samples along one axis are read, and how many pairs of a row and a column is that?"
    expect("lattice_pixels", whole("lattice_pixels", lattice_pixels, ASK), read**2, hints, otherwise)


def check_two_stacks(full, torn, numbers):
    """Check question 6: one field, with and without holes."""
    full = _stack_of("full", full, numbers)
    holes = holes_along(full, numbers["kernel_size"])
    if holes:
        raise NotYet(f"full = {full} leaves {len(holes)} holes, the first at sample {holes[0]}. What could reach it?")
    print("full: right.")
    torn = _stack_of("torn", torn, numbers)
    if gcd(*torn) > 1:
        raise NotYet(f"All dilations of torn = {torn} are multiples of {gcd(*torn)}. Which one can you change?")
    if 1 not in torn:
        raise NotYet(f"torn = {torn} has no dilation of 1. How far can the others jump if one of them is 1?")
    if not holes_along(torn, numbers["kernel_size"]):
        raise NotYet(f"torn = {torn} has no hole. Which dilation could jump further than the others fill?")
    print("torn: right.")


def _stack_of(name, stack, numbers):
    """Return a stack that has the depth and the field asked for, or say what it has instead."""
    stack = wholes(name, stack, "Which dilations did you choose?")
    if len(stack) != numbers["depth"] or min(stack) < 1:
        raise NotYet(f"{name} = {stack}. Can you give {numbers['depth']} dilations of at least 1?")
    field = 1 + (numbers["kernel_size"] - 1) * sum(stack)
    if field != numbers["field"]:
        raise NotYet(f"{name} = {stack} has a field of {field}, not {numbers['field']}. What do the dilations sum to?")
    if numbers["kept"] not in stack:
        raise NotYet(f"{name} = {stack} has no dilation of {numbers['kept']}. Which of the dilations can make room?")
    return stack
