"""Modules of branches drawn at random, as plain tuples that hdclib and the page's scripts can both be given."""

from hdclib import ConvLayer
from hdclib.networks import Cascade, Parallel


def random_shape(rng, depth, sizes):
    """A module as plain tuples: ("layer", kernel size, dilation) or (join, parts)."""
    kind = rng.choice(["layer", "cascade", "parallel"]) if depth else "layer"
    if kind == "layer":
        return ("layer", rng.choice(sizes), rng.randint(1, 5))
    return (kind, [random_shape(rng, depth - 1, sizes) for _ in range(rng.randint(1, 3))])


def build(shape):
    """The same as layers, cascades and branches of hdclib."""
    if shape[0] == "layer":
        return ConvLayer(*shape[1:])
    return {"cascade": Cascade, "parallel": Parallel}[shape[0]]([build(part) for part in shape[1]])
