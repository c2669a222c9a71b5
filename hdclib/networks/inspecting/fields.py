"""How far every position of every tensor reaches into the input, along one axis, beyond the border too.

The first and the last sample that position o reads are carried forwards: as lines ``slope * o + start`` while
strides are whole, as arrays over all positions behind an upsampling.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from hdclib.networks.inspecting.axes import Window
from hdclib.networks.inspecting.moves import Along, Minus, Permute, Reshape, Whole
from hdclib.networks.inspecting.sets import blocks_of

MOST_UNEVEN = 2**22  # positions whose ends are kept one by one
LONGEST_PERIOD = 64  # positions after which a pattern that comes again is found
NOTHING = object()  # an axis that has gone: no position reads along it


@dataclass(frozen=True)
class Reach:
    """What the positions along one axis of a tensor reach of the input.

    Attributes
    ----------
    axis : int
        Of the tensor.
    size : int
        Positions along it.
    slope, low, high : int
        Position o reaches ``slope * o + low`` to ``slope * o + high``; where `slope` is None, `low` and `high` are
        arrays with an entry for each position.
    cut_first, cut_last : int
        How many positions at either end reach beyond a border somewhere on the way.
    folded : tuple or None
        Where the axis is folded into another one with its neighbours: the sizes of all, and which one it is.
    """

    axis: int
    size: int
    slope: int | None
    low: Any
    high: Any
    cut_first: int = 0
    cut_last: int = 0
    folded: tuple | None = None

    @cached_property
    def ends(self):
        """The first and the last sample that each position reaches, as two arrays."""
        if self.slope is None:
            return self.low, self.high
        steps = np.arange(self.size) * self.slope
        return steps + self.low, steps + self.high

    def of(self, position):
        """Return the first and the last sample that one position reaches."""
        if self.slope is None:
            return int(self.low[position]), int(self.high[position])
        return self.slope * position + self.low, self.slope * position + self.high

    @property
    def widest(self):
        """How many samples the position reaches that reaches most."""
        return int(np.max(self.high - self.low)) + 1

    def at(self, first, last):
        """Return what the positions from `first` to `last` (arrays) reach, beyond the tensor's ends as well."""
        low, high = self.ends
        return _beyond(low, first), _beyond(high, last)


def fields_of(graph, axis):
    """Return how far each tensor reaches along one axis of the network's input, without global links.

    Parameters
    ----------
    graph : Graph
    axis : int
        Of the input's places, from 0.

    Returns
    -------
    found : dict of int to Reach
        Tensors without such an axis, or of which nothing general can be told, are left out.
    """
    place = len(graph.shapes[0]) - graph.spatial + axis
    found, lost = {0: Reach(place, graph.shapes[0][place], 1, 0, 0)}, set()
    for operation in graph.operations:
        reach: Any = NOTHING
        for link in operation.links:
            if not link.is_global and (link.source in found or link.source in lost):
                reach = _joined(reach, _followed(found.get(link.source), link.moves, graph.shapes[link.source]))
        if reach is None:
            lost.add(operation.target)
        elif reach is not NOTHING:
            found[operation.target] = reach
    return {tensor: reach for tensor, reach in found.items() if reach.folded is None}


def _followed(reach, moves, shape):
    """A reach behind some moves; None if it cannot be told, NOTHING if the axis has gone."""
    if reach is None:
        return None
    for move in moves:
        reach = _moved(reach, move, shape)
        if reach is None or reach is NOTHING:
            return reach
        shape = move.read_by(shape)
    return reach


def _moved(reach, move, shape):
    if isinstance(move, Along):
        if move.axis != reach.axis:
            return reach
        return None if reach.folded else _along(reach, move.relation)
    if isinstance(move, Permute):
        return replace(reach, axis=move.order.index(reach.axis))
    if isinstance(move, Whole):
        if move.axis != reach.axis:
            return reach
        return NOTHING if reach.size == 1 and not reach.folded else None
    if isinstance(move, Reshape):
        return _folded(reach, move)
    return reach if isinstance(move, Minus) else None


def _folded(reach, move):
    """What an axis reaches in another shape: folded with its neighbours into one, or unfolded from it again."""
    old, new = next(block for block in blocks_of(move.old, move.new) if reach.axis in block[0])
    if len(old) == len(new) == 1:
        return replace(reach, axis=new[0])
    if len(old) == 1 and reach.folded and tuple(move.new[axis] for axis in new) == reach.folded[0]:
        return replace(reach, axis=new[reach.folded[1]], folded=None)
    if len(new) == 1 and not reach.folded and move.old[reach.axis] > 1:
        return replace(reach, axis=new[0], folded=(tuple(move.old[axis] for axis in old), old.index(reach.axis)))
    return NOTHING if move.old[reach.axis] == 1 else None


def _along(reach, relation):
    if isinstance(relation, Window) and reach.slope is not None:
        return _line(reach, relation)
    if max(relation.out, reach.size) > MOST_UNEVEN:
        return None
    ends = relation.span(np.arange(relation.out), np.arange(relation.out))
    if ends is None:
        return None
    cut_first = int(np.count_nonzero(ends[0] < reach.cut_first))
    cut_last = int(np.count_nonzero(ends[1] > reach.size - 1 - reach.cut_last))
    low, high = reach.at(*ends)
    return Reach(reach.axis, relation.out, None, low, high, cut_first, cut_last)


def _line(reach, window):
    """What a line of windows of a line reaches: a line again."""
    (first, last), step, out = window.span(0, 0), window.stride, window.out
    cut_first = min(max(-((first - reach.cut_first) // step), 0), out)
    cut_last = min(max(out - 1 - (reach.size - 1 - reach.cut_last - last) // step, 0), out)
    low, high = reach.low + reach.slope * first, reach.high + reach.slope * last
    return Reach(reach.axis, out, reach.slope * step, low, high, cut_first, cut_last)


def _joined(one, other):
    """What either of two reaches; None if that cannot be told of one of them."""
    if one is None or other is None:
        return None
    if one is NOTHING or other is NOTHING:
        return other if one is NOTHING else one
    if (one.axis, one.folded) != (other.axis, other.folded):
        return None
    cuts = max(one.cut_first, other.cut_first), max(one.cut_last, other.cut_last)
    if one.slope is not None and one.slope == other.slope:
        low, high = min(one.low, other.low), max(one.high, other.high)
        return Reach(one.axis, one.size, one.slope, low, high, *cuts, one.folded)
    if one.size > MOST_UNEVEN:
        return None
    (a, b), (c, d) = one.ends, other.ends
    return Reach(one.axis, one.size, None, np.minimum(a, c), np.maximum(b, d), *cuts, one.folded)


def _beyond(values, at):
    """Read an array at any place: beyond its ends it goes on as it does inside, or with its mean slope."""
    last = len(values) - 1
    if last < 0 or (at.min(initial=0) >= 0 and at.max(initial=0) <= last):
        return values[at]
    for period in range(1, min(LONGEST_PERIOD, last) + 1):
        steps = values[period:] - values[:-period]
        if (steps == steps[0]).all():
            turns = np.where(at < 0, at // period, np.maximum(-((last - at) // period), 0))
            return values[at - turns * period] + turns * steps[0]
    inside = np.clip(at, 0, last)
    slope = (values[last] - values[0]) / last if last else 1.0
    return values[inside] + np.rint((at - inside) * slope).astype(int)
