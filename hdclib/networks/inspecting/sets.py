"""Sets of positions of a tensor: a product of parts, each a boxed mask over some of the axes.

A vector per axis is enough while a set is a product; a union of different shapes joins axes into one part.
"""

from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np

from hdclib.checks import MOST_CELLS

LONGEST_KEPT = 2**14  # of the masks that are made once: all of them together stay below 64 MB


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """A mask over some axes of a tensor, and where its box starts along each; trimmed, so that none is wider."""

    axes: tuple
    starts: tuple
    mask: np.ndarray

    def along(self, axis):
        """Return the positions of this part along one of its axes, as a boxed vector."""
        place = self.axes.index(axis)
        others = tuple(i for i in range(len(self.axes)) if i != place)
        return self.starts[place], self.mask.any(others) if others else self.mask

    def without(self, axis):
        """Return this part with one axis projected away, or None if no axis is left."""
        place = self.axes.index(axis)
        axes, starts = _left(self.axes, place), _left(self.starts, place)
        return trimmed(axes, starts, self.mask.any(place)) if axes else None

    def renamed(self, names):
        """Return this part with new numbers of its axes, sorted."""
        axes = [names[axis] for axis in self.axes]
        order = sorted(range(len(axes)), key=axes.__getitem__)
        if order == list(range(len(axes))):
            return Part(tuple(axes), self.starts, self.mask)
        starts = tuple(self.starts[i] for i in order)
        return Part(tuple(axes[i] for i in order), starts, self.mask.transpose(order))


@dataclass(frozen=True, eq=False, slots=True)
class Places:
    """A set of positions of a tensor of this shape; `exact` is False where it may hold more than it should."""

    shape: tuple
    parts: tuple
    exact: bool = True

    def along(self, axis, relation, forward=False):
        """Carry the set through a relation along one axis; None if nothing is left."""
        size = relation.out if forward else relation.size
        parts = []
        for part in self.parts:
            if axis in part.axes:
                part = _carried(part, axis, relation.forth if forward else relation.back)
                if part is None:
                    return None
            parts.append(part)
        return Places(_replaced(self.shape, axis, size), tuple(parts), self.exact)

    def whole(self, axis, size):
        """Replace one axis by all positions of an axis of another size."""
        parts = []
        for part in self.parts:
            if axis in part.axes:
                part = part.without(axis)
            if part is not None:
                parts.append(part)
        parts.append(full_part(axis, size))
        return Places(_replaced(self.shape, axis, size), tuple(parts), self.exact)

    def permuted(self, order):
        """Return the set with its axes in another order, as numpy's transpose takes it."""
        names = {old: new for new, old in enumerate(order)}
        parts = tuple(part.renamed(names) for part in self.parts)
        return Places(tuple(self.shape[old] for old in order), parts, self.exact)

    def reshaped(self, shape):
        """Return the set in another shape of as many positions, read row by row."""
        shape, parts = tuple(shape), list(self.parts)
        for old, new in blocks_of(self.shape, shape):
            labels = [-1 - axis for axis in new]  # below 0, so that no axis that waits for its turn has the same
            if len(old) == len(new) == 1:
                parts = [_relabelled(part, old[0], labels[0]) for part in parts]
            else:
                parts = self._folded(parts, old, labels, [shape[axis] for axis in new])
        names = {-1 - axis: axis for axis in range(len(shape))}
        return Places(shape, tuple(part.renamed(names) for part in parts), self.exact)

    def _folded(self, parts, old, labels, sizes):
        """Replace the axes `old` of a list of parts by others with as many positions."""
        touched = [part for part in parts if set(part.axes) & set(old)]
        others = [part for part in parts if not set(part.axes) & set(old)]
        if all(len(part.axes) == 1 and self.fills(part) for part in touched):
            return others + [full_part(label, size) for label, size in zip(labels, sizes, strict=True)]
        whole = reduce(_times, touched)
        kept = [place for place, axis in enumerate(whole.axes) if axis not in old]
        order = kept + [whole.axes.index(axis) for axis in old]
        outer = [whole.mask.shape[place] for place in kept]
        full = np.zeros(outer + [self.shape[axis] for axis in old], dtype=bool)
        box = [slice(None)] * len(kept)
        for axis in old:
            place = whole.axes.index(axis)
            box.append(slice(whole.starts[place], whole.starts[place] + whole.mask.shape[place]))
        full[tuple(box)] = whole.mask.transpose(order)
        axes = tuple(whole.axes[place] for place in kept) + tuple(labels)
        starts = tuple(whole.starts[place] for place in kept) + (0,) * len(labels)
        return others + split(trimmed(axes, starts, full.reshape(outer + sizes)))

    def fills(self, part):
        """Whether a part of one axis holds all of its positions."""
        return part.mask.shape[0] == self.shape[part.axes[0]] and bool(part.mask.all())

    def filled(self, axis):
        """Whether the set is a product with all positions of this axis."""
        part = next(part for part in self.parts if axis in part.axes)
        return len(part.axes) == 1 and self.fills(part)

    def over(self, axes):
        """Return the positions along some axes, whatever the others: where their box starts, and its mask."""
        parts = []
        for part in self.parts:
            for axis in part.axes:
                if axis not in axes and part is not None:
                    part = part.without(axis)
            if part is not None:
                parts.append(part)
        whole = reduce(_times, parts).renamed({axis: place for place, axis in enumerate(axes)})
        return whole.starts, whole.mask

    def count(self):
        """Return how many positions the set has."""
        return int(np.prod([np.count_nonzero(part.mask) for part in self.parts], dtype=object))

    def array(self):
        """Return the whole tensor as booleans."""
        starts, mask = self.over(range(len(self.shape)))
        found = np.zeros(self.shape, dtype=bool)
        found[tuple(slice(start, start + size) for start, size in zip(starts, mask.shape, strict=True))] = mask
        return found


def everything(shape):
    """Return the set of all positions of a tensor."""
    return Places(tuple(shape), tuple(full_part(axis, size) for axis, size in enumerate(shape)))


def one_place(shape, at):
    """Return the set of the positions whose coordinates along some axes are given, as {axis: position}."""
    point = np.ones(1, dtype=bool)
    parts = [Part((a,), (at[a],), point) if a in at else full_part(a, size) for a, size in enumerate(shape)]
    return Places(tuple(shape), tuple(parts))


def union(one, other):
    """Return the positions in either of two sets of one tensor; None stands for the empty set."""
    if one is None or other is None or one is other:
        return other if one is None else one
    exact = one.exact and other.exact
    same, pairs = [], []
    for a, b in _aligned(one.parts, other.parts):
        (same if _equal(a, b) else pairs).append((a, b))
    if all(_inside(a, b) for a, b in pairs):
        return Places(one.shape, other.parts, exact)
    if all(_inside(b, a) for a, b in pairs):
        return Places(one.shape, one.parts, exact)
    if len(pairs) > 1:
        a, b = (reduce(_times, parts) for parts in zip(*pairs, strict=True))
        if _union_cells(a, b) > MOST_CELLS:  # the product around it says "at most"
            exact = False
        else:
            pairs = [(a, b)]
    joined = [part for a, b in pairs for part in split(_either(a, b))]
    return Places(one.shape, (*(a for a, _ in same), *joined), exact)


def minus(one, other):
    """Return the positions of one set that are not in another; None if there are none."""
    if other is None:
        return one
    whole, taken = reduce(_times, one.parts), reduce(_times, other.parts)
    mask = whole.mask.copy()
    low = [max(a, b) for a, b in zip(whole.starts, taken.starts, strict=True)]
    ends = [(w + n, t + m) for w, n, t, m in zip(whole.starts, mask.shape, taken.starts, taken.mask.shape, strict=True)]
    high = [max(least, min(pair)) for least, pair in zip(low, ends, strict=True)]
    inner = tuple(slice(a - w, b - w) for a, b, w in zip(low, high, whole.starts, strict=True))
    mask[inner] &= ~taken.mask[tuple(slice(a - t, b - t) for a, b, t in zip(low, high, taken.starts, strict=True))]
    left = trimmed(whole.axes, whole.starts, mask)
    return None if left is None else Places(one.shape, tuple(split(left)), one.exact and other.exact)


def trimmed(axes, starts, mask):
    """Return a part whose box is no wider than what it holds, or None if it holds nothing."""
    starts, box = list(starts), []
    for place, size in enumerate(mask.shape):
        line = mask.any(tuple(i for i in range(mask.ndim) if i != place)) if mask.ndim > 1 else mask
        if line[0] and line[-1]:
            box.append(slice(0, size))
            continue
        found = line.nonzero()[0]
        if len(found) == 0:
            return None
        box.append(slice(int(found[0]), int(found[-1]) + 1))
        starts[place] += int(found[0])
    return Part(tuple(axes), tuple(starts), mask[tuple(box)])


def split(part):
    """Return parts of fewer axes with the same product, as far as an axis can be parted from the rest."""
    parts, axes = [], part.axes
    for axis in axes:
        if len(part.axes) == 1:
            break
        start, line = part.along(axis)
        rest = part.without(axis)
        if np.count_nonzero(line) * np.count_nonzero(rest.mask) == np.count_nonzero(part.mask):
            parts.append(Part((axis,), (start,), line))
            part = rest
    return [*parts, part]


def blocks_of(old, new):
    """Pair the axes of two shapes of as many positions: lists of axes that fold into each other."""
    left, right = ([axis for axis, size in enumerate(shape) if size != 1] for shape in (old, new))
    blocks = []
    while left:
        block = [left.pop(0)], [right.pop(0)]
        a, b = old[block[0][0]], new[block[1][0]]
        while a != b:
            if a < b:
                block[0].append(left.pop(0))
                a *= old[block[0][-1]]
            else:
                block[1].append(right.pop(0))
                b *= new[block[1][-1]]
        blocks.append(block)
    ones = tuple([axis for axis, size in enumerate(shape) if size == 1] for shape in (old, new))
    return [*blocks, ones] if ones[0] or ones[1] else blocks


def full_part(axis, size):
    """Return the part that holds all positions of one axis."""
    return _kept_part(axis, size) if size <= LONGEST_KEPT else Part((axis,), (0,), np.ones(size, dtype=bool))


@lru_cache(maxsize=4096)
def _kept_part(axis, size):
    return Part((axis,), (0,), np.ones(size, dtype=bool))


def _carried(part, axis, carry):
    """Take a part through a relation along one axis, and trim what was cut off."""
    place = part.axes.index(axis)
    box = carry(part.mask, place, part.starts[place])
    return None if box is None else trimmed(part.axes, _replaced(part.starts, place, box[1]), box[0])


def _times(one, other):
    """The product of two parts, as one part with its axes in order."""
    whole = Part(one.axes + other.axes, one.starts + other.starts, np.multiply.outer(one.mask, other.mask))
    return whole.renamed({axis: axis for axis in whole.axes})


def _aligned(ours, theirs):
    """Pair the parts of two sets over the same axes, joining parts until they match."""
    ours, pairs = list(ours), []
    theirs = {axis: part for part in theirs for axis in part.axes}
    while ours:
        a, b = ours.pop(), None
        while b is None or a.axes != b.axes:
            found = {id(theirs[axis]): theirs[axis] for axis in a.axes}
            b = reduce(_times, found.values())
            more = [part for part in ours if set(part.axes) & set(b.axes)]
            ours = [part for part in ours if not set(part.axes) & set(b.axes)]
            a = reduce(_times, more, a)
        pairs.append((a, b))
    return pairs


def _equal(a, b):
    same_box = a is b or (a.starts == b.starts and a.mask.shape == b.mask.shape)
    return same_box and (a.mask is b.mask or bool((a.mask == b.mask).all()))


def _inside(a, b):
    """Whether part `b` holds every position of part `a`."""
    inner = [start - other for start, other in zip(a.starts, b.starts, strict=True)]
    ends = [start + size for start, size in zip(inner, a.mask.shape, strict=True)]
    if min(inner) < 0 or any(end > size for end, size in zip(ends, b.mask.shape, strict=True)):
        return False
    theirs = b.mask[tuple(slice(start, end) for start, end in zip(inner, ends, strict=True))]
    return not (a.mask & ~theirs).any()


def _union_box(a, b):
    starts = tuple(map(min, a.starts, b.starts))
    ends = [max(s + n, t + m) for s, n, t, m in zip(a.starts, a.mask.shape, b.starts, b.mask.shape, strict=True)]
    return starts, tuple(end - start for start, end in zip(starts, ends, strict=True))


def _union_cells(a, b):
    return int(np.prod(_union_box(a, b)[1], dtype=object))


def _either(a, b):
    """The union of two parts over the same axes."""
    starts, shape = _union_box(a, b)
    mask = np.zeros(shape, dtype=bool)
    for part in (a, b):
        places = [slice(s - t, s - t + n) for s, t, n in zip(part.starts, starts, part.mask.shape, strict=True)]
        mask[tuple(places)] |= part.mask
    return Part(a.axes, starts, mask)


def _relabelled(part, old, new):
    if old not in part.axes:
        return part
    return Part(tuple(new if axis == old else axis for axis in part.axes), part.starts, part.mask)


def _left(values, place):
    return values[:place] + values[place + 1 :]


def _replaced(values, place, value):
    return (*values[:place], value, *values[place + 1 :])
