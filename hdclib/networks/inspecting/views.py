"""What a set of positions looks like: its span, the share that is read, its gaps; and the view of each convolution."""

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Seen:
    """Positions of one tensor that an output reads.

    Attributes
    ----------
    starts, spans : tuple of int
        The first position along each axis, and how many from the first to the last.
    read : int
        Positions that are read on some channel.
    gaps : tuple of int
        The largest distance between neighbouring positions on a line along each axis; 1 is without a gap.
    steps : tuple of int
        The greatest common divisor of all distances along each axis; 0 where there is one position.
    separable : bool
        Whether the set is a product of its axes.
    lines : tuple of int
        How many positions along each axis are read at some place across it.
    beside : int or None
        How many of the positions around the middle one of the window are read, of 3 ** axes − 1; None where the window
        has no middle one, or is narrower than 3.
    """

    starts: tuple
    spans: tuple
    read: int
    gaps: tuple
    steps: tuple
    separable: bool
    lines: tuple
    beside: int | None

    @property
    def positions(self):
        """How many positions the window has."""
        return math.prod(self.spans)

    @property
    def share(self):
        """The part of the window that is read, 1.0 without holes."""
        return self.read / self.positions

    @property
    def has_holes(self):
        """Whether a position of the window is not read."""
        return self.read < self.positions

    def window(self, mask):
        """Return the part of a map of all positions that lies between the first and the last that are read."""
        return mask[tuple(slice(start, start + span) for start, span in zip(self.starts, self.spans, strict=True))]


@dataclass(frozen=True)
class View:
    """One convolution, and what the final output reads of its input.

    Attributes
    ----------
    path : str
        Of the module, or the kind where none is known; a number follows where it runs more than once.
    kind : str
    kernel_size, stride, dilation, padding : tuple
        One entry for an axis; the padding as (before, after).
    groups : int
    field : tuple of int or None
        Samples of the network's input that one output of this convolution reaches, along each axis.
    seen : Seen or None
        None if the final output reads nothing of it.
    tensor, target : int
        The numbers of its input and its output in the graph.
    exact : bool
        False if `seen` may hold more than is read.
    """

    path: str
    kind: str
    kernel_size: tuple
    stride: tuple
    dilation: tuple
    padding: tuple
    groups: int
    field: tuple
    seen: Seen | None
    tensor: int
    target: int
    exact: bool

    @property
    def has_holes(self):
        """Whether the final output leaves out a position, where a kernel of more than one tap looks."""
        return self.seen is not None and max(self.kernel_size) > 1 and self.seen.has_holes


def seen(places, axes):
    """Describe the positions of a set along some of its axes.

    Parameters
    ----------
    places : Places
    axes : sequence of int

    Returns
    -------
    found : Seen
    """
    alone = [part for part in places.parts if len(part.axes) == 1 and part.axes[0] in axes]
    if len(alone) == len(axes):  # a product: each axis by itself
        found = {part.axes[0]: (part.starts[0], part.mask) for part in alone}
        lines = [found[axis] for axis in axes]
        counts = tuple(int(np.count_nonzero(line)) for _, line in lines)
        gaps, steps = zip(*(_line(line) for _, line in lines), strict=True)
        starts, spans = tuple(start for start, _ in lines), tuple(len(line) for _, line in lines)
        beside = _beside([line for _, line in lines], spans)
        return Seen(starts, spans, math.prod(counts), gaps, steps, True, counts, beside)
    starts, mask = places.over(axes)
    read = int(np.count_nonzero(mask))
    lines = [mask.any(tuple(i for i in range(mask.ndim) if i != axis)) for axis in range(mask.ndim)]
    counts = tuple(int(np.count_nonzero(line)) for line in lines)
    gaps = tuple(_gap(mask, axis) for axis in range(mask.ndim))
    steps = tuple(_line(line)[1] for line in lines)
    return Seen(starts, mask.shape, read, gaps, steps, math.prod(counts) == read, counts, _beside([mask], mask.shape))


def _beside(masks, spans):
    """How many positions around the middle one are read, of a product of masks whose axes are `spans` together."""
    if any(span < 3 or span % 2 == 0 for span in spans):
        return None
    around = [mask[tuple(slice(span // 2 - 1, span // 2 + 2) for span in mask.shape)] for mask in masks]
    middle = all(bool(mask[(1,) * mask.ndim]) for mask in around)
    return math.prod(int(np.count_nonzero(mask)) for mask in around) - middle


def _line(line):
    """The largest gap and the common step of a vector that begins and ends with a position that is read."""
    if line.all():
        return 1, 1 if len(line) > 1 else 0
    steps = np.diff(line.nonzero()[0])
    return int(steps.max()), int(np.gcd.reduce(steps))


def _gap(mask, axis):
    """The largest distance between neighbours on any line along an axis."""
    lines = np.moveaxis(mask, axis, -1).reshape(-1, mask.shape[axis])
    rows, at = lines.nonzero()
    steps = np.diff(at)[np.diff(rows) == 0]
    return int(steps.max(initial=1))


def convolution_views(graph, given, reaches):
    """Return a `View` for each convolution, in the order in which they run.

    Parameters
    ----------
    graph : Graph
    given : dict of int to (Seen, bool)
        What is seen of each convolution's input, and whether that is exact.
    reaches : sequence of dict of int to Reach
        `fields` for each axis of the network's input.
    """
    found, names = [], {}
    for operation in graph.operations:
        numbers = operation.convolution
        if numbers is None:
            continue
        path = operation.path or operation.kind
        names[path] = names.get(path, 0) + 1
        again = f" (call {names[path]})" if names[path] > 1 else ""
        field = tuple(_field(reach.get(operation.target)) for reach in reaches)
        what, exact = given.get(operation.links[0].source, (None, True))
        padding = tuple(zip(numbers.before, numbers.after, strict=True))
        found.append(View(path + again, operation.kind, numbers.kernel_size, numbers.stride,
                          numbers.dilation, padding, numbers.groups, field, what, operation.links[0].source,
                          operation.target, exact))  # fmt: skip
    return tuple(found)


def _field(reach):
    return None if reach is None else reach.widest
