"""hdclib/widgets/networks/branches_maths.js against hdclib, on thousands of random modules."""

import random

from random_modules import build, random_shape
from scripts import evaluate

import hdclib as hdc
from hdclib.networks.modules import JOINS

SEED = 20188


def for_page(shape):
    if shape[0] == "layer":
        return {"kernelSize": shape[1], "dilation": shape[2]}
    return {"join": shape[0], "parts": [for_page(part) for part in shape[1]]}


def shapes(number, sizes):
    rng = random.Random(SEED)
    return [("cascade", [random_shape(rng, 2, sizes)]) for _ in range(number)]


def compare(axes, align, sizes, number):
    cases = shapes(number, sizes)
    expression = f"Array.from(script.moduleCounts(given, {axes}, '{align}').cells)"
    found = evaluate("networks/branches_maths.js", expression, [for_page(shape) for shape in cases])
    for shape, cells in zip(cases, found, strict=True):
        assert cells == (hdc.tap_counts, hdc.usage_map)[axes - 1](build(shape), align=align).ravel().tolist(), shape


def test_counts_along_one_axis_equal_hdclib():
    compare(1, "centre", (1, 3, 5, 7), 3000)
    compare(1, "last", (1, 2, 3, 4, 5), 3000)


def test_counts_on_an_image_equal_hdclib():
    compare(2, "centre", (1, 3, 5), 500)
    compare(2, "last", (1, 2, 3), 500)


def test_coverage_equals_hdclib():
    cases = shapes(1000, (1, 3, 5))
    expression = "script.coverageOf(script.bothCounts(given, 'centre', 2049))"
    found = evaluate("networks/branches_maths.js", expression, [for_page(s) for s in cases])
    for shape, page in zip(cases, found, strict=True):
        truth = hdc.coverage(build(shape))
        wanted = [truth.span, truth.read, truth.holes, truth.largest_gap, truth.pixels_read]
        assert [page[key] for key in ("span", "read", "holes", "largestGap", "pixelsRead")] == wanted, shape


def test_a_wide_map_is_not_counted():
    layer = {"kernelSize": 3, "dilation": 9}
    expression = "script.coverageOf(script.bothCounts(given, 'centre', 18)).pixelsRead"
    assert evaluate("networks/branches_maths.js", expression, [layer]) == [None]


def test_joined_layers_read_as_in_hdclib():
    rng = random.Random(SEED)
    lists = [[(rng.randint(1, 5), rng.randint(1, 6)) for _ in range(rng.randint(1, 5))] for _ in range(2000)]
    cases = [[[{"kernelSize": k, "dilation": d} for k, d in layers], rng.choice(list(JOINS))] for layers in lists]
    expression = (
        "((align) => [align, Array.from(script.moduleCounts(script.joinLayers(...given), 1, align).cells)])"
        "(script.alignmentFor(given[0]))"
    )
    for layers, (_, join), (align, cells) in zip(
        lists, cases, evaluate("networks/branches_maths.js", expression, cases), strict=True
    ):
        assert align == ("last" if any(d * (k - 1) % 2 for k, d in layers) else "centre")
        module = JOINS[join]([hdc.ConvLayer(*layer) for layer in layers])
        assert cells == hdc.tap_counts(module, align=align).tolist(), (layers, join)


def test_the_levels_of_a_tree_are_the_descent_of_hdclib():
    rng = random.Random(SEED)
    stacks = [[(rng.randint(1, 4), rng.randint(1, 9)) for _ in range(rng.randint(1, 6))] for _ in range(1000)]
    cases = [[{"kernelSize": k, "dilation": d} for k, d in stack] for stack in stacks]
    found = evaluate("networks/branches_maths.js", "script.treeLevels(given).map((level) => Array.from(level))", cases)
    for stack, levels in zip(stacks, found, strict=True):
        wanted = hdc.gridding.descent_counts([hdc.ConvLayer(*layer) for layer in stack])
        assert levels == [counts.tolist() for counts in wanted] + [[1]], stack
