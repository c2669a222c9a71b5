"""Arguments that nobody planned for: for each name of a parameter what is right, and beside it what is not."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
from hypothesis import strategies as st

from hdclib import Cascade, ConvLayer
from hdclib.networks import Parallel, PoolLayer, ResizeLayer, TransposedLayer, vgg16
from hdclib.networks.backbones import PUBLISHED_FIELDS
from hdclib.rules.surveys import RULES
from hdclib.signal.pictures import KINDS

SMALL = st.integers(1, 9)
LISTS = st.lists(SMALL, min_size=1, max_size=5)
SAMPLES = st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=9)
IMAGES = st.tuples(st.sampled_from([1, 2, 6, 8]), st.sampled_from([1, 2, 6, 8])).map(np.ones)
LAYERS = st.one_of(
    LISTS,
    st.lists(st.builds(ConvLayer, SMALL, SMALL, stride=st.integers(1, 3), padding=st.integers(0, 3)), max_size=4),
    st.lists(st.sampled_from([
        ConvLayer(3), PoolLayer(2), TransposedLayer(3, stride=2), ResizeLayer(2), ConvLayer(2, 3), Parallel([1, 2], 3),
    ]), max_size=4),
    st.sampled_from([Parallel([1, 6, 12], 3), Cascade([ConvLayer(3), Parallel([1, 2], 3)]), vgg16()]),
)  # fmt: skip

#: What is right, for most functions that have a parameter of this name.
RIGHT = {
    "align": st.sampled_from(["centre", "start", "end"]),
    "auto_pad": st.sampled_from(["SAME_UPPER", "SAME_LOWER", "VALID"]),
    "before": st.sampled_from([0, 1, "nothing"]),
    "counts": st.lists(st.integers(0, 5), min_size=1, max_size=9),
    "data": st.sampled_from(["fields", "photographs"]),
    "demand": st.sampled_from(["none", "starts with 1"]),
    "depths": st.tuples(st.integers(1, 3)),
    "dilations": st.one_of(LISTS, st.lists(st.lists(SMALL, min_size=2, max_size=2), min_size=1, max_size=4)),
    "factor": st.integers(1, 4),
    "frequencies": st.one_of(st.floats(0, 0.5), SAMPLES),
    "image": IMAGES, "other": IMAGES, "values": st.one_of(SAMPLES, IMAGES), "signal": SAMPLES,
    "kernel": st.one_of(SAMPLES, IMAGES),
    "kernel_sizes": LISTS,
    "kind": st.sampled_from([*KINDS, "nearest", "linear", "max", "mean"]),
    "layer": st.builds(ConvLayer, SMALL, SMALL),
    "layers": LAYERS, "module": LAYERS, "parts": LAYERS,
    "measure": st.sampled_from(["mean_iou", "boundary"]),
    "name": st.sampled_from([*PUBLISHED_FIELDS, "HDC"]), "part": st.sampled_from(["ASPP", "res5"]),
    "operation": st.sampled_from(["conv", "pool", "conv_transpose"]),
    "order": st.sampled_from(["sorted", "any"]),
    "output_stride": st.sampled_from([8, 16, 32]),
    "padding": st.sampled_from([0, 1, 2, "same", "valid"]),
    "positions": LISTS, "rows": LISTS, "columns": LISTS,
    "rank": st.sampled_from(["evenness", "field"]),
    "rule": st.sampled_from(sorted(RULES)),
    "shape": st.tuples(SMALL, SMALL),
    "text": st.sampled_from(["1,2,3", "k3 d2", "1"]),
    "weights": st.one_of(st.none(), st.lists(SAMPLES, max_size=4)),
}  # fmt: skip
BOOLEANS = ("align_corners", "ceil_mode", "count_include_pad", "padded", "whole")

#: What a caller may hand in by mistake, or to do harm.
NUMBERS = (
    None, True, 0, -1, 1.5, 0.0, float("nan"), float("inf"), 1e308, 2j, 2**31, 2**63, -(2**63), 2**64, 10**30, 10**5000,
    Decimal(3), Fraction(1, 2), np.float64("nan"), np.int8(100), np.uint8(200), np.bool_(True), np.datetime64("2020"),
)  # fmt: skip
WORDS = "", "no such word", "3", "\ud800", "x" * 5000, "\x1b[2J\n", b"3", memoryview(b"12"), bytearray(b"12")
THINGS = (
    [], (), {}, set(), {1, 2}, {1: 2}, object(), int, len, ..., NotImplemented, range(5), range(10**12), range(10**30),
    iter([1, 2]), SimpleNamespace(kernel_size=3, dilation=1), [[1, 2], [3]], [1] * 300, [[]], [[[]]], [None], ["1"],
    [[1, "2"]], [0], [-1], [2**63], [10**5000], [1e308, 1e308], [True, 2],
)  # fmt: skip
ARRAYS = (
    np.array(3), np.array([]), np.array([[1, 2], [3]], dtype=object), np.array(["a"]), np.zeros((0, 3)),
    np.full(3, np.nan), np.full((2, 2), np.inf), np.ma.masked_array([1, 2], [0, 1]), np.array([1, 2], "M8[D]"),
    np.array([(1, 2)], [("a", "i4"), ("b", "i4")]), np.ones((2, 2), complex), np.ones((1, 1, 1, 1, 1)),
    np.full(3, 2**63, np.uint64), np.full((3, 3), 1e308), np.array([1, 3, 5]),
)  # fmt: skip
STACKS = (
    ConvLayer(3), ConvLayer(1), ConvLayer(2**62, 2**62), Parallel([1, 10**9], 3), Cascade([10**15, 3], 3),
    [ConvLayer(3)], [ConvLayer(3, stride=2**40)], [ConvLayer(3), 1], (PoolLayer(2), None),
    [TransposedLayer(3, stride=10**9)],
)  # fmt: skip
WRONG = st.one_of(
    st.sampled_from([*NUMBERS, *WORDS, *THINGS, *ARRAYS, *STACKS]),
    st.integers(), st.floats(), st.text(max_size=9), st.recursive(st.integers(-2, 9), st.lists, max_leaves=12),
)  # fmt: skip


def argument(name):
    """Return a strategy for an argument: three times in four what is right for its name."""
    right = st.booleans() if name in BOOLEANS else RIGHT.get(name, SMALL)
    return st.integers(0, 3).flatmap(lambda draw: WRONG if draw == 0 else right)
