"""What positions of one axis read: windows, tables and blocks, in both directions.

A relation joins an axis that is read (``size`` positions) and one that reads (``out`` positions). `back` takes a boxed
mask over readers to the positions that they read, `forth` a boxed mask over what is read to the readers. A box is a
mask and the position at which it starts along the axis; None stands for nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Window:
    """Reader o reads ``stride * o - before + dilation * t`` for each tap t, as far as the axis goes.

    One tap makes a slice (a negative `before`), a step, or a padding by zeros.
    """

    size: int
    out: int
    kernel_size: int = 1
    stride: int = 1
    dilation: int = 1
    before: int = 0

    def back(self, mask, axis, start):
        """Return the positions that the readers in a box read."""
        count, reach = mask.shape[axis], (self.kernel_size - 1) * self.dilation
        first = start * self.stride - self.before
        low, high = max(first, 0), min(first + (count - 1) * self.stride + reach, self.size - 1)
        if high < low:
            return None
        if self.stride == 1 and reach <= self.size:
            found = mask if reach == 0 else self._copied(mask, axis, count)
            return (found if low == first and high == first + count + reach - 1
                    else found[_cut(axis, low - first, high - first + 1)]), low  # fmt: skip
        found = np.zeros(_resized(mask.shape, axis, high - low + 1), dtype=bool)
        for tap in range(self.kernel_size):
            base = first + tap * self.dilation
            least, most = _between(low, high, base, self.stride, count)
            if least <= most:
                places = _cut(axis, base + least * self.stride - low, base + most * self.stride - low + 1, self.stride)
                found[places] |= mask[_cut(axis, least, most + 1)]
        return found, low

    def _copied(self, mask, axis, count):
        """A copy of the mask for each tap, `dilation` further on."""
        found = np.zeros(_resized(mask.shape, axis, count + (self.kernel_size - 1) * self.dilation), dtype=bool)
        for first in range(0, self.kernel_size * self.dilation, self.dilation):
            found[_cut(axis, first, first + count)] |= mask
        return found

    def forth(self, mask, axis, start):
        """Return the readers of the positions in a box."""
        end, reach = start + mask.shape[axis] - 1, (self.kernel_size - 1) * self.dilation
        low = max(-((reach - start - self.before) // self.stride), 0)
        high = min((end + self.before) // self.stride, self.out - 1)
        if high < low:
            return None
        found = np.zeros(_resized(mask.shape, axis, high - low + 1), dtype=bool)
        for tap in range(self.kernel_size):
            base = tap * self.dilation - self.before
            least, most = _between(start, end, base + low * self.stride, self.stride, high - low + 1)
            if least <= most:
                first = base + (low + least) * self.stride - start
                places = _cut(axis, first, first + (most - least) * self.stride + 1, self.stride)
                found[_cut(axis, least, most + 1)] |= mask[places]
        return found, low

    def span(self, low, high):
        """Return the first and the last position that readers `low` to `high` reach, also beyond the axis."""
        first = low * self.stride - self.before
        return first, high * self.stride - self.before + (self.kernel_size - 1) * self.dilation


@dataclass(frozen=True)
class Spread:
    """A window turned round: a transposed convolution, where each input writes a window of outputs."""

    window: "Window | Table"

    @property
    def size(self):
        """Positions of the axis that is read."""
        return self.window.out

    @property
    def out(self):
        """Positions of the axis that reads."""
        return self.window.size

    def back(self, mask, axis, start):
        """Return the positions that the readers in a box read."""
        return self.window.forth(mask, axis, start)

    def forth(self, mask, axis, start):
        """Return the readers of the positions in a box."""
        return self.window.back(mask, axis, start)

    def span(self, low, high):
        """Return the first and the last position that readers `low` to `high` reach, or None if no rule tells.

        It is left open where some readers read nothing, or where what they read depends on more than their ends.
        """
        window = self.window
        if isinstance(window, Table) or window.dilation > 1 < window.stride or window.kernel_size < window.stride:
            return None
        return (
            -((window.kernel_size - 1 - low - window.before) // window.stride),
            (high + window.before) // window.stride,
        )


@dataclass(frozen=True, eq=False)
class Table:
    """Reader o reads the positions in row o of a table; -1 stands for none.

    `unclipped` answers `span`: it takes readers, also beyond the axis, to the first and last position they reach.
    """

    size: int
    rows: np.ndarray
    unclipped: Callable | None = field(default=None, repr=False)

    @property
    def out(self):
        """Positions of the axis that reads."""
        return len(self.rows)

    def back(self, mask, axis, start):
        """Return the positions that the readers in a box read."""
        rows = self.rows[start : start + mask.shape[axis]]
        readers, taps = np.nonzero(rows >= 0)
        return self._gathered(mask, axis, readers, rows[readers, taps], self.size)

    def forth(self, mask, axis, start):
        """Return the readers of the positions in a box."""
        inside = (self.rows >= start) & (self.rows < start + mask.shape[axis])
        readers, taps = np.nonzero(inside)
        return self._gathered(mask, axis, self.rows[readers, taps] - start, readers, self.out)

    @staticmethod
    def _gathered(mask, axis, taken, given, size):
        """Put the slices `taken` of a mask at the positions `given`, joining those that meet."""
        if len(given) == 0:
            return None
        order = np.argsort(given, kind="stable")
        places, firsts = np.unique(given[order], return_index=True)
        found = np.zeros(_resized(mask.shape, axis, size), dtype=bool)
        joined = np.logical_or.reduceat(np.take(mask, taken[order], axis), firsts, axis)
        found[(slice(None),) * axis + (places,)] = joined
        return found, 0

    def span(self, low, high):
        """Return the first and the last position that readers `low` to `high` reach, or None if no rule tells."""
        return None if self.unclipped is None else (self.unclipped(low)[0], self.unclipped(high)[1])


@dataclass(frozen=True)
class Blocks:
    """Readers of a block read all positions of the same block, as channels do in a convolution of groups."""

    size: int
    out: int
    blocks: int

    def back(self, mask, axis, start):
        """Return the positions that the readers in a box read."""
        return self._carried(mask, axis, start, self.out // self.blocks, self.size // self.blocks)

    def forth(self, mask, axis, start):
        """Return the readers of the positions in a box."""
        return self._carried(mask, axis, start, self.size // self.blocks, self.out // self.blocks)

    @staticmethod
    def _carried(mask, axis, start, per_block, width):
        first, last = start // per_block, (start + mask.shape[axis] - 1) // per_block
        edges = np.arange(first, last + 1) * per_block - start
        hit = np.logical_or.reduceat(mask, np.maximum(edges, 0), axis)
        return np.repeat(hit, width, axis), first * width

    def span(self, low, high):
        """Return None: a block is no place along an axis."""


def _cut(axis, first, stop, step=1):
    return (slice(None),) * axis + (slice(first, stop, step),)


def _resized(shape, axis, length):
    return (*shape[:axis], length, *shape[axis + 1 :])


def _between(low, high, base, step, count):
    """The first and last j in 0 ... count - 1 with ``low <= base + step * j <= high``."""
    return max(-((base - low) // step), 0), min((high - base) // step, count - 1)
