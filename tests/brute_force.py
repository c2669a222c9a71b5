"""The definitions again, by enumeration. Nothing here imports hdclib."""

from itertools import product


def reached_by(layers):
    """Every path from one output down to the input, as the list of input positions where they end.

    `layers` are (kernel_size, dilation, stride) triples, first layer first.
    """
    ends = [0]
    for kernel_size, dilation, stride in reversed(layers):
        ends = [stride * at + dilation * tap for at in ends for tap in range(kernel_size)]
    return ends


def path_counts(layers):
    """Paths to each input position, from the first that is reached to the last."""
    ends = reached_by(layers)
    return [ends.count(position) for position in range(min(ends), max(ends) + 1)]


def path_map(layers):
    """Paths to each pixel by walking both axes at once, as {(row, column): count}."""
    pixels = {(0, 0): 1}
    for kernel_size, dilation, stride in reversed(layers):
        below = {}
        for (row, column), count in pixels.items():
            for down, right in product(range(kernel_size), repeat=2):
                place = (stride * row + dilation * down, stride * column + dilation * right)
                below[place] = below.get(place, 0) + count
        pixels = below
    return pixels


def longest_step(positions):
    """Largest distance between neighbours of a set of whole numbers."""
    ordered = sorted(set(positions))
    return max((after - before for before, after in zip(ordered, ordered[1:], strict=False)), default=0)
