"""Random graphs beside the truth: every value is a whole number whose bits are the inputs that it depends on."""

import itertools
import random

import numpy as np

from hdclib.networks.inspecting import resizing, shapes, whole, windows
from hdclib.networks.inspecting.graph import Convolution, Graph

MOST = {1: 24, 2: 9, 3: 5}


class Pair:
    """A graph and, for each of its tensors, an array of bits of the inputs that each entry depends on."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.axes = self.rng.choice((1, 2, 2, 3))
        shape = (1, self.rng.randint(1, 3), *(self.rng.randint(3, MOST[self.axes]) for _ in range(self.axes)))
        self.graph = Graph(shape, self.axes)
        bits = np.empty(shape, dtype=object)
        bits.reshape(-1)[:] = [1 << number for number in range(bits.size)]
        self.bits, wanted = [bits], self.rng.randint(2, 7)
        while len(self.bits) <= wanted:
            at = -1 if self.rng.random() < 0.7 else self.rng.randrange(len(self.bits))
            made = self.rng.choice(KINDS)(self, at % len(self.bits), self.bits[at])
            if made is None or not made[1].size or max(made[1].shape[2:]) > 2 * MOST[self.axes]:
                continue
            number = made[0]()
            assert self.graph.shapes[number] == made[1].shape, made
            self.numbers = [*getattr(self, "numbers", [0]), number]
            self.bits.append(made[1])

    def many(self, least, most):
        return tuple(self.rng.randint(least, most) for _ in range(self.axes))

    def number(self, place):
        return getattr(self, "numbers", [0])[place]


def joined(arrays):
    """Entry by entry, what any of the arrays depends on."""
    return np.bitwise_or.reduce(np.stack([np.asarray(one, dtype=object) for one in arrays]), axis=0)


def with_zeros(bits, amounts):
    """Zeros around an array of Python's own numbers; numpy's pad would put in its own."""
    wide = np.zeros([before + size + after for size, (before, after) in zip(bits.shape, amounts, strict=True)], object)
    wide[tuple(slice(b, b + n) for n, (b, _) in zip(bits.shape, amounts, strict=True))] = bits
    return wide


def windowed(bits, kernel, stride, dilation, before, after, groups=1, channels=None, sizes=None):
    """What each window of a convolution depends on, by walking over all of its taps."""
    wide = with_zeros(bits, [(0, 0), (0, 0), *((b, a + 99) for b, a in zip(before, after, strict=True))])
    if sizes is None:
        sizes = [(n + b + a - d * (k - 1) - 1) // s + 1 for n, b, a, d, k, s in
                 zip(bits.shape[2:], before, after, dilation, kernel, stride, strict=True)]  # fmt: skip
    if min(sizes) < 1:
        return None
    total = np.zeros((*bits.shape[:2], *sizes), dtype=object)
    for taps in itertools.product(*map(range, kernel)):
        numbers = zip(taps, dilation, sizes, stride, strict=True)
        cuts = [slice(t * d, t * d + (n - 1) * s + 1, s) for t, d, n, s in numbers]
        total = total | wide[(slice(None), slice(None), *cuts)]
    return total if channels is None else mixed(total, groups, channels)


def mixed(bits, groups, channels):
    """Each output channel depends on all channels of its group."""
    parts = np.split(bits, groups, axis=1)
    wide = [np.repeat(joined(part.swapaxes(0, 1))[:, None], channels // groups, 1) for part in parts]
    return np.concatenate(wide, axis=1)


def convolution(pair, at, bits):
    groups = pair.rng.choice([g for g in (1, 2, 3) if bits.shape[1] % g == 0])
    channels = groups * pair.rng.randint(1, 2)
    kernel, stride, dilation = pair.many(1, 4), pair.many(1, 2), pair.many(1, 3)
    before, after = pair.many(0, 3), pair.many(0, 3)
    truth = windowed(bits, kernel, stride, dilation, before, after, groups, channels)
    numbers = Convolution(kernel, stride, dilation, before, after, groups)
    if truth is None:
        return None
    return lambda: windows.convolution(pair.graph, pair.number(at), numbers, channels), truth


def transposed(pair, at, bits):
    kernel, stride, dilation = pair.many(1, 3), pair.many(1, 3), pair.many(1, 2)
    before, after = pair.many(0, 2), pair.many(-1, 2)
    sizes = [(n - 1) * s + d * (k - 1) + 1 - b - a for n, s, d, k, b, a in
             zip(bits.shape[2:], stride, dilation, kernel, before, after, strict=True)]  # fmt: skip
    if min(sizes) < 1:
        return None
    truth = np.zeros((1, bits.shape[1], *sizes), dtype=object)
    for place in itertools.product(*map(range, bits.shape[2:])):
        for taps in itertools.product(*map(range, kernel)):
            to = [p * s - b + t * d for p, s, b, t, d in zip(place, stride, before, taps, dilation, strict=True)]
            if all(0 <= one < size for one, size in zip(to, sizes, strict=True)):
                truth[(0, slice(None), *to)] |= bits[(0, slice(None), *place)]
    numbers = Convolution(kernel, stride, dilation, before, after, 1, True)
    return lambda: windows.convolution(pair.graph, pair.number(at), numbers, 2), mixed(truth, 1, 2)


def pool(pair, at, bits):
    kernel, stride, dilation = pair.many(1, 3), pair.many(1, 3), pair.many(1, 2)
    before = pair.many(0, 1)
    sizes = tuple(-(-(n + 2 * b - d * (k - 1) - 1) // s) + 1 for n, b, d, k, s in
                  zip(bits.shape[2:], before, dilation, kernel, stride, strict=True))  # fmt: skip
    truth = windowed(bits, kernel, stride, dilation, before, before, sizes=sizes)
    if truth is None:
        return None
    return lambda: windows.pool(pair.graph, pair.number(at), kernel, stride, dilation, before, sizes), truth


def alike(pair, bits):
    return [place for place, other in enumerate(pair.bits) if other.shape == bits.shape]


def residual(pair, at, bits):
    other = pair.rng.choice(alike(pair, bits))
    sources = [pair.number(at), pair.number(other)]
    return lambda: whole.elementwise(pair.graph, sources, bits.shape), bits | pair.bits[other]


def gate(pair, at, bits):
    other, axes = pair.rng.choice(alike(pair, bits)), range(2, 2 + pair.axes)
    mean = np.bitwise_or.reduce(pair.bits[other].reshape(*bits.shape[:2], -1), axis=2)
    truth = bits | mean.reshape(*mean.shape, *[1] * pair.axes)

    def add():
        small = whole.reduced(pair.graph, pair.number(other), list(axes), True)
        return whole.elementwise(pair.graph, [pair.number(at), small], bits.shape)

    return add, truth


def concatenation(pair, at, bits):
    other, axis = pair.rng.choice(alike(pair, bits)), pair.rng.randint(1, 1 + pair.axes)
    if axis == 1 and bits.shape[1] > 4:
        return None
    sources = [pair.number(at), pair.number(other)]
    return lambda: shapes.joined(pair.graph, sources, axis), np.concatenate([bits, pair.bits[other]], axis)


def slicing(pair, at, bits):
    axis = pair.rng.randint(1, 1 + pair.axes)
    start = pair.rng.randrange(bits.shape[axis])
    step = pair.rng.choice((1, 2, -1))
    index = range(bits.shape[axis])[start::step]
    truth = np.take(bits, list(index), axis)
    return lambda: shapes.sliced(pair.graph, pair.number(at), axis, start, len(index), step), truth


def padding(pair, at, bits):
    mode = pair.rng.choice(("constant", "edge", "reflect", "wrap"))
    amounts = {axis: (pair.rng.randint(0, 2), pair.rng.randint(0, 2)) for axis in range(2, 2 + pair.axes)}
    if mode == "reflect" and min(bits.shape[2:]) < 3:
        return None
    pads = [(0, 0), (0, 0), *amounts.values()]
    truth = with_zeros(bits, pads) if mode == "constant" else np.pad(bits, pads, mode=mode)
    return lambda: shapes.padded(pair.graph, pair.number(at), amounts, mode), truth


def turned(pair, at, bits):
    order = (0, *pair.rng.sample(range(1, 2 + pair.axes), 1 + pair.axes))
    return lambda: shapes.permuted(pair.graph, pair.number(at), order), bits.transpose(order)


def refolded(pair, at, bits):
    """A channel shuffle: two axes and back, the other way round."""
    groups = pair.rng.choice([g for g in (1, 2, 3) if bits.shape[1] % g == 0])
    opened = (1, groups, bits.shape[1] // groups, *bits.shape[2:])
    truth = bits.reshape(opened).swapaxes(1, 2)
    order = (0, 2, 1, *range(3, len(opened)))

    def add():
        number = shapes.permuted(pair.graph, shapes.reshaped(pair.graph, pair.number(at), opened), order)
        return shapes.reshaped(pair.graph, number, bits.shape)

    return add, truth.reshape(bits.shape)


def shuffled(pair, at, bits):
    if pair.axes != 2 or bits.shape[2] % 2 or bits.shape[3] % 2 or bits.shape[1] > 3:
        return None
    _, channels, rows, columns = bits.shape
    truth = np.empty((1, channels * 4, rows // 2, columns // 2), dtype=object)
    for channel, i, j in itertools.product(range(channels), (0, 1), (0, 1)):
        truth[0, channel * 4 + i * 2 + j] = bits[0, channel, i::2, j::2]
    return lambda: shapes.shuffled_in(pair.graph, pair.number(at), 2), truth


def nearest(pair, at, bits):
    factor = pair.rng.choice((2, 3))
    sizes = tuple(factor * size for size in bits.shape[2:])
    truth = bits
    for axis in range(2, 2 + pair.axes):
        truth = np.repeat(truth, factor, axis)
    scales = [1 / factor] * pair.axes
    return lambda: resizing.resized(pair.graph, pair.number(at), sizes, "nearest", scales), truth


def running(pair, at, bits):
    axis = pair.rng.randint(2, 1 + pair.axes)
    truth = np.bitwise_or.accumulate(bits, axis)
    return lambda: windows.running(pair.graph, pair.number(at), axis), truth


KINDS = [convolution, convolution, transposed, pool, residual, residual, gate, concatenation, slicing, padding, turned,
         refolded, shuffled, nearest, running]  # fmt: skip
