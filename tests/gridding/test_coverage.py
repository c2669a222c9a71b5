"""hdclib/gridding/reading.py against paths walked one by one and against PyTorch's recorded gradients."""

import json
import math
import random
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from brute_force import longest_step, path_counts, path_map, reached_by
from hypothesis import given, settings
from hypothesis import strategies as st

import hdclib as hdc
from hdclib import ConvLayer

TABLES = Path(__file__).parents[1] / "tables"
FACTS = {  # dilations: (pixels read, pixels, largest gap), from the published maps
    (2, 2, 2): (49, 169, 2),
    (1, 2, 3): (169, 169, 1),
    (1, 1, 1): (49, 49, 1),
    (1, 2, 5): (289, 289, 1),
    (1, 2, 9): (441, 625, 3),
    (2, 4, 8): (225, 841, 2),
    (2, 4, 6): (169, 625, 2),
}
triples = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 9), st.integers(1, 3)), min_size=1, max_size=4)


def layers_of(shapes):
    return [ConvLayer(kernel_size, dilation, stride=stride) for kernel_size, dilation, stride in shapes]


@settings(max_examples=300)
@given(triples)
def test_counts_match_walking_every_path(shapes):
    assert hdc.tap_counts(layers_of(shapes)).tolist() == path_counts(shapes)


@settings(max_examples=100)
@given(triples)
def test_field_coverage_and_gap_match_the_set_of_positions(shapes):
    reached = reached_by(shapes)
    found = hdc.coverage(layers_of(shapes))
    assert found.span == max(reached) - min(reached) + 1 == hdc.receptive_field(layers_of(shapes))
    assert found.read == len(set(reached))
    assert found.holes == found.span - found.read
    assert found.largest_gap == longest_step(reached)
    assert found.hole_free == (len(set(reached)) == max(reached) + 1)


@settings(max_examples=100)
@given(triples)
def test_paths_to_a_neighbour_are_those_that_end_one_beside_the_middle(shapes):
    reached = reached_by(shapes)
    first, last = min(reached), max(reached)
    if (last - first) % 2:
        with pytest.raises(ValueError, match="^layers span [0-9]+ samples, an even number, .* none is the middle$"):
            hdc.neighbour_paths(layers_of(shapes))
    else:
        beside = [at for at in reached if at == (first + last) // 2 + 1]
        assert hdc.neighbour_paths(layers_of(shapes)) == len(beside)


@settings(max_examples=100)
@given(triples, st.sampled_from([1, 3, 5, 7]))
def test_pixels_near_are_those_of_the_paths_that_end_in_the_square(shapes, side):
    reached = reached_by(shapes)
    first, last = min(reached), max(reached)
    if (last - first) % 2 == 0:
        near = {at for at in reached if abs(at - (first + last) // 2) <= side // 2}
        assert hdc.pixels_near(layers_of(shapes), side=side) == len(near) ** 2


def test_branches_read_near_pixels_of_their_own_and_a_square_has_a_middle():
    assert hdc.pixels_near(hdc.networks.Parallel([1, 2], 3)) == 17  # by hand: 9 of dilation 1, 8 more of dilation 2
    with pytest.raises(ValueError, match="^side must be odd, so that a pixel is the middle, got 4$"):
        hdc.pixels_near([1], 3, side=4)
    with pytest.raises(ValueError, match="^layers span 2 samples, an even number"):
        hdc.pixels_near([1], 2)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 2)), min_size=1, max_size=3))
def test_the_map_matches_walking_both_axes_at_once(shapes):
    counts = hdc.usage_map(layers_of(shapes))
    walked = path_map(shapes)
    assert {place: int(counts[place]) for place in map(tuple, np.argwhere(counts > 0))} == walked
    assert counts.sum() == np.prod([kernel_size**2 for kernel_size, _, _ in shapes])


@pytest.mark.parametrize(("dilations", "known"), FACTS.items(), ids=str)
def test_known_stacks_cover_what_is_published(dilations, known):
    found = hdc.coverage(dilations, kernel_size=3)
    assert (found.pixels_read, found.pixels, found.largest_gap) == known
    assert found.share == known[0] / known[1]


def test_stages_and_descent_are_the_parts_of_the_stack():
    dilations = [2, 1, 4, 3]
    for depth, counts in enumerate(hdc.stage_counts(dilations, kernel_size=3), 1):
        assert counts.tolist() == path_counts([(3, d, 1) for d in dilations[:depth]])
    for depth, counts in enumerate(hdc.gridding.descent_counts(dilations, kernel_size=3)):
        assert counts.tolist() == path_counts([(3, d, 1) for d in dilations[depth:]])


def test_the_explainers_layers_use_9_25_and_49_pixels():
    used = [int((hdc.outer_counts(counts) > 0).sum()) for counts in hdc.stage_counts([2, 2, 2], kernel_size=3)]
    assert used == [9, 25, 49]


def test_rectangular_maps_have_rows_first():
    rows, columns = hdc.tap_counts([2], kernel_size=3), hdc.tap_counts([1], kernel_size=2)
    counts = hdc.outer_counts(rows, columns)
    assert counts.shape == (5, 2)
    assert counts[:, 0].tolist() == [1, 0, 1, 0, 1]


def test_deep_stacks_are_exact_beyond_64_bits():
    counts = hdc.tap_counts([1] * 80, kernel_size=3)
    assert sum(counts.tolist()) == 3**80
    assert type(counts.tolist()[80]) is int
    below, above = hdc.tap_counts([1] * 39, kernel_size=3), hdc.tap_counts([1] * 40, kernel_size=3)
    assert below.dtype == np.int64 and sum(below.tolist()) == 3**39
    assert above.dtype == object and sum(above.tolist()) == 3**40
    assert int(hdc.usage_map([1] * 30, kernel_size=3).sum()) == 9**30


def test_what_is_read_of_a_deep_and_wide_stack_is_found_without_counting_paths():
    deep = [*hdc.place_values([3] * 15), *[1] * 40]
    with pytest.raises(ValueError, match=f"^layers span {3**15 + 80} samples with counts that may exceed 2"):
        hdc.tap_counts(deep, kernel_size=3)
    tracemalloc.start()
    found = hdc.coverage(deep, kernel_size=3)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.span, found.read, found.hole_free) == (3**15 + 80, 3**15 + 80, True)
    assert most < 40 * found.span  # bytes: room for a map of booleans, one of 64-bit integers, and the places read


def test_maps_of_large_counts_have_a_limit_of_their_own():
    wide = [1] * 41 + [100] * 40
    assert len(hdc.tap_counts(wide, kernel_size=3)) == 8083
    words = r"with counts that may exceed 2\*\*63 - 1, and at most [0-9]+ of those have room: "
    with pytest.raises(ValueError, match=f"^layers span {8083**2} cells {words}ask coverage"):
        hdc.usage_map(wide, kernel_size=3)
    with pytest.raises(ValueError, match=f"^rows × columns have {8000**2} cells {words}look at each axis"):
        hdc.outer_counts([2**62] * 8000)
    assert hdc.outer_counts([1] * 8000).shape == (8000, 8000)


def test_holes_are_positions_on_one_axis_and_pairs_on_a_map():
    assert hdc.holes(hdc.tap_counts([2, 3], kernel_size=3)).tolist() == [1, 9]
    assert hdc.holes(np.array([[1, 0], [0, 2]])).tolist() == [[0, 1], [1, 0]]
    assert hdc.holes(hdc.tap_counts([1], kernel_size=3)).tolist() == []


@given(st.lists(st.integers(1, 6), min_size=1, max_size=3), st.integers(0, 40), st.integers(1, 5))
def test_shared_inputs_are_the_intersection_of_two_shifted_sets(dilations, shift, kernel_size):
    read = set(reached_by([(kernel_size, d, 1) for d in dilations]))
    shared = read & {position + shift for position in read}
    assert hdc.shared_inputs(dilations, shift, kernel_size=kernel_size) == len(shared)


def test_a_map_too_large_to_count_is_refused_in_words():
    with pytest.raises(ValueError, match="layers span 134217729 samples, and at most 67108864 can be counted"):
        hdc.tap_counts([2**26], kernel_size=3)
    with pytest.raises(ValueError, match="cells, and at most"):
        hdc.usage_map([5000], kernel_size=3)
    with pytest.raises(ValueError, match="^shift must be at least 0, got -1$"):
        hdc.shared_inputs([1, 2], -1, kernel_size=3)


def test_counts_equal_the_gradients_that_pytorch_recorded():
    recorded = json.loads((TABLES / "dependence.json").read_text())
    assert len(recorded["cases"]) > 100
    for case in recorded["cases"]:
        layers = layers_of(case["layers"])
        if "counts_2d" in case:
            assert hdc.usage_map(layers).tolist() == case["counts_2d"], case["layers"]
        else:
            assert hdc.tap_counts(layers).tolist() == case["counts"], case["layers"]


@given(triples, st.integers(0, 4), st.integers(1, 9))
def test_a_layer_with_one_tap_and_stride_1_changes_nothing_wherever_it_stands(shapes, place, dilation):
    layers = layers_of(shapes)
    layers.insert(place, ConvLayer(1, dilation))
    assert hdc.tap_counts(layers).tolist() == path_counts(shapes)


def test_inputs_that_no_output_reads_are_counted_and_told():
    rng = random.Random(7)
    for _ in range(300):
        layers = [ConvLayer(rng.randint(1, 3), rng.randint(1, 3), stride=rng.randint(1, 4)) for _ in range(3)]
        shapes = [(layer.kernel_size, layer.dilation, layer.stride) for layer in layers]
        stride = math.prod(layer.stride for layer in layers)
        read = {(stride * output + at) for output in range(-200, 200) for at in set(reached_by(shapes))}
        wanted = sum(at not in read for at in range(stride)), stride
        assert hdc.gridding.skipped_inputs(layers) == wanted, layers
        assert hdc.coverage(layers).skipped == wanted
    told = str(hdc.coverage([ConvLayer(2, stride=4)]))
    assert told.endswith("; of every 4 inputs along an axis 2 reach no output")
    assert "no output" not in str(hdc.coverage([1, 2], 3))
