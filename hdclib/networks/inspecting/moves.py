"""How one tensor is read by another: a few kinds of moves, each of which carries a set of positions both ways."""

from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from hdclib.networks.inspecting.sets import blocks_of, everything, minus


@dataclass(frozen=True)
class Along:
    """One axis is read through a relation; all other axes stay as they are."""

    axis: int
    relation: Any

    def back(self, places):
        """Return what the readers in a set read."""
        return places.along(self.axis, self.relation)

    def forth(self, places):
        """Return the readers of a set."""
        return places.along(self.axis, self.relation, forward=True)

    def read_by(self, shape):
        """Return the shape of the tensor that reads one of this shape."""
        return (*shape[: self.axis], self.relation.out, *shape[self.axis + 1 :])

    def tagged(self, tags, shape):
        """Return which axes of the network's input each axis of the reader follows."""
        return tags


@dataclass(frozen=True)
class Whole:
    """Every position along one axis is read by all `out` positions of the reader's axis."""

    axis: int
    size: int
    out: int

    def back(self, places):
        """Return what the readers in a set read."""
        return places.whole(self.axis, self.size)

    def forth(self, places):
        """Return the readers of a set."""
        return places.whole(self.axis, self.out)

    def read_by(self, shape):
        """Return the shape of the tensor that reads one of this shape."""
        return (*shape[: self.axis], self.out, *shape[self.axis + 1 :])

    def tagged(self, tags, shape):
        """Return the tags of the reader's axes: one of another length is no place in the input any more."""
        kept = tags[self.axis] if self.size == self.out else frozenset()
        return (*tags[: self.axis], kept, *tags[self.axis + 1 :])


@dataclass(frozen=True)
class Permute:
    """The axes come in another order, as numpy's transpose takes it."""

    order: tuple

    def back(self, places):
        """Return what the readers in a set read."""
        return places.permuted([self.order.index(axis) for axis in range(len(self.order))])

    def forth(self, places):
        """Return the readers of a set."""
        return places.permuted(self.order)

    def read_by(self, shape):
        """Return the shape of the tensor that reads one of this shape."""
        return tuple(shape[axis] for axis in self.order)

    def tagged(self, tags, shape):
        """Return the tags of the reader's axes."""
        return tuple(tags[axis] for axis in self.order)


@dataclass(frozen=True)
class Reshape:
    """The same positions, row by row, in another shape."""

    old: tuple
    new: tuple

    def back(self, places):
        """Return what the readers in a set read."""
        return places.reshaped(self.old)

    def forth(self, places):
        """Return the readers of a set."""
        return places.reshaped(self.new)

    def read_by(self, shape):
        """Return the shape of the tensor that reads one of this shape."""
        return self.new

    def tagged(self, tags, shape):
        """Return the tags of the reader's axes: each follows all that was folded into it, until it is unfolded."""
        found = [frozenset()] * len(self.new)
        for old, new in blocks_of(self.old, self.new):
            parts = Folded([(self.old[place], tags[place]) for place in old]).parts
            if [self.new[axis] for axis in new] != [size for size, _ in parts]:
                whole = Folded(parts) if len(old) > 1 else frozenset().union(*(tag for _, tag in parts))
                parts = [(None, whole)] * len(new)
            for axis, (_, tag) in zip(new, parts, strict=True):
                found[axis] = tag
        return tuple(found)


class Folded(frozenset):
    """What an axis follows that several were folded into; `parts` are their sizes and tags."""

    parts: list

    def __new__(cls, parts):
        """Join the tags of some axes, given as pairs of a size and a tag."""
        flat = [part for size, tag in parts for part in (tag.parts if isinstance(tag, Folded) else [(size, tag)])]
        made = super().__new__(cls, frozenset().union(*(tag for _, tag in flat)))
        made.parts = flat
        return made


@dataclass(frozen=True)
class Turned:
    """Moves taken the other way: what reads becomes what is read, as where a slice of a tensor is written."""

    moves: tuple
    shape: tuple
    tags: tuple

    def back(self, places):
        """Return what the readers in a set read."""
        for move in self.moves:
            places = places and move.forth(places)
        return places

    def forth(self, places):
        """Return the readers of a set."""
        for move in reversed(self.moves):
            places = places and move.back(places)
        return places

    def read_by(self, shape):
        """Return the shape of the tensor that is written into."""
        return self.shape

    def tagged(self, tags, shape):
        """Return the tags of the reader's axes."""
        return self.tags


@dataclass(frozen=True)
class Everything:
    """All positions are read by all."""

    old: tuple
    new: tuple

    def back(self, places):
        """Return all positions, for it is not known which are read."""
        return replace(everything(self.old), exact=False)

    def forth(self, places):
        """Return all positions, for it is not known which read."""
        return replace(everything(self.new), exact=False)

    def read_by(self, shape):
        """Return the shape of the tensor that reads."""
        return self.new

    def tagged(self, tags, shape):
        """Return nothing: where the axes come from is not known."""
        return (frozenset(),) * len(self.new)


@dataclass(frozen=True)
class Minus:
    """All positions but those that a view takes: they have been written over."""

    moves: tuple
    shape: tuple

    def back(self, places):
        """Return what the readers in a set read."""
        written = everything(reduce(lambda shape, move: move.read_by(shape), self.moves, self.shape))
        for move in reversed(self.moves):
            written = written and move.back(written)
        return minus(places, written)

    forth = back

    def read_by(self, shape):
        """Return the shape of the tensor that reads."""
        return self.shape

    def tagged(self, tags, shape):
        """Return the tags of the reader's axes."""
        return tags
