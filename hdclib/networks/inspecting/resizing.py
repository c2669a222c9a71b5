"""Resizing a map: which positions each output of a nearest, linear, cubic or smoothed resize weighs."""

import numpy as np

from hdclib.networks.inspecting.axes import Table
from hdclib.networks.inspecting.moves import Along
from hdclib.networks.inspecting.tables import nearest_rows, smoothed_rows, weighted_rows

SUPPORTS = {"linear": 1, "cubic": 2}


def resized(graph, source, sizes, mode, scales, aligned=False, smooth=False, path="", kind="resize"):
    """Add a resize of the last axes.

    Parameters
    ----------
    graph : Graph
    source : int
    sizes : sequence of int
        Of the output's last axes.
    mode : str
        "nearest", "nearest-exact", "linear" or "cubic".
    scales : sequence of float
        Inputs for one output, as the framework computes it.
    aligned : bool
        Whether corners lie on corners, so that ``scales`` are ``(size - 1) / (out - 1)``.
    smooth : bool
        Whether windows widen where the map shrinks.
    """
    shape = graph.shapes[source]
    first, moves = len(shape) - len(sizes), []
    for axis, out, scale in zip(range(first, len(shape)), sizes, scales, strict=True):
        moves.append(Along(axis, _relation(shape[axis], out, mode, scale, aligned, smooth)))
    return graph.add(kind, [(source, moves)], path)


def _relation(size, out, mode, scale, aligned, smooth):
    if mode.startswith("nearest"):
        shift = 0.5 if mode == "nearest-exact" else 0.0
        return Table(size, nearest_rows(size, out, scale, shift), _nearest(scale, shift))
    if smooth:
        return Table(size, smoothed_rows(size, out, scale, SUPPORTS[mode]), _smoothed(scale, SUPPORTS[mode]))
    rows = weighted_rows(size, out, lambda at: _centres(at, scale, aligned), SUPPORTS[mode])
    return Table(size, rows, _weighted(scale, aligned, SUPPORTS[mode]))


def _centres(at, scale, aligned):
    """Where outputs lie between inputs: corner on corner, or with the centres of pixels at halves."""
    return np.asarray(at, dtype=float) * scale if aligned else (np.asarray(at, dtype=float) + 0.5) * scale - 0.5


def _nearest(scale, shift):
    def unclipped(at):
        found = np.floor((np.asarray(at) + shift) * np.float32(scale)).astype(int)
        return found, found

    return unclipped


def _weighted(scale, aligned, support):
    def unclipped(at):
        centre = _centres(at, scale, aligned)
        base = np.floor(centre).astype(int)
        between = centre != base
        return base - (support - 1) * between, base + support * between

    return unclipped


def _smoothed(scale, support):
    def unclipped(at):
        centre = (np.asarray(at, dtype=float) + 0.5) * scale
        reach = support * max(scale, 1.0)
        return np.ceil(centre - reach).astype(int), np.floor(centre + reach).astype(int) - 1

    return unclipped
