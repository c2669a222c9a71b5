"""Cascades and branches against walking every path, by code that shares nothing with hdclib."""

import random
from collections import Counter
from itertools import product

import numpy as np
import pytest
from random_modules import build, random_shape

import hdclib as hdc
from hdclib import ConvLayer
from hdclib.networks import Cascade, Parallel

SEED = 811


def random_shapes(number, sizes):
    rng = random.Random(SEED + len(sizes))
    return [("cascade", [random_shape(rng, 2, sizes)]) for _ in range(number)]


def walk(shape, align):
    """Where every path ends, in half samples from the output."""
    if shape[0] == "layer":
        _, size, dilation = shape
        shift = dilation * (size - 1) if align == "centre" else 2 * dilation * (size - 1)
        return [2 * dilation * tap - shift for tap in range(size)]
    ends = [walk(part, align) for part in shape[1]]
    if shape[0] == "parallel":
        return [end for branch in ends for end in branch]
    return [sum(steps) for steps in product(*ends)]


def walk_image(shape):
    """The same on an image, as a Counter of (row, column)."""
    if shape[0] == "layer":
        return Counter(product(walk(shape, "centre"), repeat=2))
    parts = [walk_image(part) for part in shape[1]]
    if shape[0] == "parallel":
        return sum(parts, Counter())
    total = Counter({(0, 0): 1})
    for part in parts:
        grown = Counter()
        for ((row, column), count), ((down, right), ways) in product(total.items(), part.items()):
            grown[row + down, column + right] += count * ways
        total = grown
    return total


def as_counts(ends):
    ends = Counter(ends)
    return [ends[place] for place in range(min(ends), max(ends) + 1, 2)]


@pytest.mark.parametrize(("align", "sizes"), [("centre", (1, 3, 5)), ("last", (1, 2, 3, 4))])
def test_counts_match_walking_every_path(align, sizes):
    for shape in random_shapes(300, sizes):
        module, wanted = build(shape), as_counts(walk(shape, align))
        assert hdc.tap_counts(module, align=align).tolist() == wanted, shape
        assert hdc.receptive_field(module) == len(wanted), shape


def test_image_counts_match_walking_both_axes():
    for shape in random_shapes(60, (1, 3, 5)):
        counts, wanted = hdc.usage_map(build(shape)), walk_image(shape)
        first = (len(counts) - 1) // 2
        read = [(int(row), int(column)) for row, column in np.argwhere(counts)]
        found = {(2 * (row - first), 2 * (column - first)): int(counts[row, column]) for row, column in read}
        assert found == dict(wanted), shape


def test_coverage_counts_what_is_read():
    for shape in random_shapes(60, (1, 3, 5)):
        found, line = hdc.coverage(build(shape)), as_counts(walk(shape, "centre"))
        assert (found.span, found.read) == (len(line), sum(count > 0 for count in line))
        assert found.pixels_read == len(walk_image(shape)) and found.pixels == len(line) ** 2
        assert found.hole_free == (len(walk_image(shape)) == len(line) ** 2)


def test_an_axis_without_holes_does_not_make_a_map_without_holes():
    found = hdc.coverage(Parallel([1, 2], kernel_size=3))
    assert (found.holes, found.largest_gap, found.hole_free) == (0, 1, False)
    assert len(walk_image(("parallel", [("layer", 3, 1), ("layer", 3, 2)]))) == found.pixels_read == 17


def test_a_cascade_of_layers_is_the_stack_of_the_other_chapters():
    rng = random.Random(SEED)
    for _ in range(200):
        layers = [ConvLayer(rng.randint(1, 5), rng.randint(1, 6)) for _ in range(rng.randint(1, 4))]
        assert hdc.tap_counts(Cascade(layers)).tolist() == hdc.tap_counts(layers).tolist()
        assert hdc.usage_map(Cascade([Cascade(layers)])).tolist() == hdc.usage_map(layers).tolist()
        assert hdc.coverage(Cascade(layers)) == hdc.coverage(layers)
        assert hdc.as_layers(Cascade([Cascade(layers)])) == tuple(layers)


def test_a_skip_adds_no_position_when_every_kernel_is_odd():
    rng = random.Random(SEED)
    for _ in range(200):
        cascade = Cascade([ConvLayer(rng.choice([3, 5, 7]), rng.randint(1, 9)) for _ in range(rng.randint(1, 5))])
        plain, skipped = hdc.tap_counts(cascade), hdc.tap_counts(hdc.networks.with_skips(cascade))
        assert ((plain > 0) == (skipped > 0)).all() and (skipped >= plain).all()


def test_summed_outputs_are_the_prefixes_and_the_input():
    wanted = Counter(walk(("parallel", [("layer", 1, 1)]), "centre"))
    layers = [("layer", 3, d) for d in (1, 2, 4)]
    for depth in (1, 2, 3):
        wanted += Counter(walk(("cascade", layers[:depth]), "centre"))
    assert hdc.tap_counts(hdc.networks.summed([1, 2, 4], 3)).tolist() == as_counts(wanted.elements())


def test_counts_too_large_for_64_bits_stay_exact():
    cascade = Cascade([1] * 45, kernel_size=3)
    assert sum(hdc.tap_counts(hdc.networks.with_skips(cascade)).tolist()) == 4**45
    twice = Parallel([1, 1], kernel_size=1)
    assert hdc.tap_counts(Cascade([twice] * 64)).tolist() == [2**64]


def test_the_way_out_for_branches_behind_a_network_with_strides_is_the_one_the_message_names():
    network = hdc.resnet(50, "first 3x3", output_stride=8)
    with pytest.raises(ValueError, match=r"receptive_field\(\[\*layers, ConvLayer\(3, 12\)\]\)$"):
        Cascade([*network, Parallel([ConvLayer(1), ConvLayer(3, 12)])])
    branches = [ConvLayer(1), *(ConvLayer(3, d) for d in (12, 24, 36))]
    fields = [hdc.receptive_field([*network, branch]) for branch in branches]
    assert fields == [427 + 8 * (3 - 1) * d for d in (0, 12, 24, 36)] == [427, 619, 811, 1003]


@pytest.mark.parametrize(
    ("act", "error", "words"),
    [
        (lambda: Cascade([]), ValueError, "parts is empty"),
        (lambda: Parallel([ConvLayer(3, stride=2)]), ValueError, r"parts\[0\] has stride 2"),
        (lambda: Cascade([Parallel([1], 3), 2]), TypeError, r"parts\[1\] is 2, write ConvLayer\(kernel_size, 2\)"),
        (lambda: hdc.tap_counts(Parallel([1, 1], [2, 3])), ValueError, "half a sample apart"),
        (lambda: hdc.networks.with_skip([1, 2]), TypeError, "module must be a ConvLayer, Cascade or Parallel"),
        (lambda: hdc.tap_counts([1], 3, align="left"), ValueError, "align must be one of centre, last, got 'left'"),
        (lambda: hdc.usage_map(Cascade([1], 3), align="left"), ValueError, "align must be one of centre, last"),
        (lambda: hdc.coverage(Parallel([1, 2], 3), align="left"), ValueError, "align must be one of centre, last"),
        (lambda: hdc.usage_map(Parallel([5000], 3)), ValueError, "at most 16777216 of a module can be counted"),
        (lambda: hdc.coverage(Parallel([1, 2], 3), 3), TypeError, "kernel_size=3 is superfluous: every ConvLayer has"),
        (lambda: hdc.receptive_field(Parallel([1], 3), 3), TypeError, "kernel_size=3 is superfluous"),
        (lambda: hdc.tap_counts(Cascade([1], 3), 3), TypeError, "kernel_size=3 is superfluous"),
        (
            lambda: hdc.usage_map(hdc.networks.with_skips(Cascade([1] * 1500, 3))),
            ValueError,
            "span 9006001 cells with counts that may exceed .*, and at most 2097152 of those have room: ask coverage",
        ),
        (lambda: hdc.networks.with_skips(Parallel([1], 3)), TypeError, "module must be a Cascade"),
        (lambda: hdc.networks.published_part("VAN", "head"), ValueError, "part must be one of large kernel attention"),
    ],
)  # fmt: skip
def test_wrong_input_is_named(act, error, words):
    with pytest.raises(error, match=words):
        act()


def entry(name, part):
    return hdc.networks.published_part(name, part)


def test_published_spans_are_those_of_the_papers():
    spans = {(e.name, e.part): hdc.receptive_field(e.module) for e in hdc.networks.published()}
    assert spans["Yu-Koltun", "context module"] == 67  # Yu and Koltun (2016), table 1
    assert spans["WaveNet", "one block"] == 1024  # van den Oord et al. (2016), section 2.1
    assert spans["WaveNet", "three blocks"] == 3 * 1023 + 1
    assert spans["VAN", "large kernel attention"] == 23
    assert spans["UniRepLKNet", "dilated branches, K=13"] == 13
    assert spans["UniRepLKNet", "dilated branches, K=17"] == 17


def test_one_wavenet_block_reads_each_sample_once():
    assert hdc.tap_counts(entry("WaveNet", "one block").module, align="last").tolist() == [1] * 1024


def test_published_cascades_agree_with_the_exact_criterion():
    for found in hdc.networks.published():
        if isinstance(found.module, Cascade) and all(isinstance(part, hdc.ConvLayer) for part in found.module.parts):
            assert hdc.coverage(found.module) == hdc.coverage(found.module.parts)
            line = hdc.tap_counts(found.module, align=found.align)
            assert (
                bool((line > 0).all()) == hdc.is_hole_free(list(found.module.parts)) == hdc.is_hole_free(found.module)
            ), found.name


def pixels_read(module):
    """The pixels that a module reads, as a set, counted from the middle: sums along a cascade, unions of branches."""
    if isinstance(module, hdc.ConvLayer):
        middle = module.kernel_size // 2
        steps = [module.dilation * (tap - middle) for tap in range(module.kernel_size)]
        return {(y, x) for y in steps for x in steps}
    found = [pixels_read(part) for part in module.parts]
    if isinstance(module, Parallel):
        return set().union(*found)
    reached = {(0, 0)}
    for step in found:
        reached = {(y + dy, x + dx) for y, x in reached for dy, dx in step}
    return reached


@pytest.mark.parametrize(
    ("name", "part", "number"),
    [
        ("torchvision", "layer3 to FCN head", 45**2),
        ("torchvision", "layer3 to DeepLab head", 117**2),
        ("DeepLab v3", "block4 and ASPP, stride 16", 33**2),
        ("DenseASPP", "dilations 3 to 24", 43**2),
        ("DeepLab v3", "ASPP, stride 8", 25),
    ],
)
def test_published_modules_with_branches_read_what_their_sets_say(name, part, number):
    module = entry(name, part).module
    assert hdc.coverage(module).pixels_read == len(pixels_read(module)) == number


def test_names_of_published_parts_differ_and_sources_are_in_the_bibliography():
    from pathlib import Path

    names = [(e.name, e.part) for e in hdc.networks.published()]
    assert len(set(names)) == len(names)
    text = (Path(__file__).parents[2] / "book" / "references.bib").read_text(encoding="utf-8")
    for found in hdc.networks.published():
        assert f"{{{found.source}," in text
