"""`inspect` on lists of layers and on plain graphs: fields, borders, views, repairs, words; no other package."""

import json
import random

import numpy as np
import pytest
from brute_force import path_counts

import hdclib as hdc
from hdclib import ConvLayer, inspect
from hdclib.networks import Cascade, PadLayer, Parallel, PoolLayer, ResizeLayer, TransposedLayer, resnet_graph
from hdclib.networks.graphs import square_window
from hdclib.networks.inspecting.graph import Convolution, Graph
from hdclib.networks.inspecting.repairs import rewired
from hdclib.networks.inspecting.shapes import permuted, reshaped
from hdclib.networks.inspecting.whole import mixed
from hdclib.networks.inspecting.windows import convolution
from hdclib.networks.inspecting.words import picture, table
from hdclib.networks.whole_networks import aspp_graph, espnet_graph


@pytest.mark.parametrize("seed", range(40))
def test_a_stack_reads_what_its_paths_count(seed):
    rng = random.Random(seed)
    drawn = [(rng.randint(1, 4), rng.randint(1, 4), rng.randint(1, 2)) for _ in range(rng.randint(1, 5))]
    layers = [ConvLayer(taps, dilation, stride=stride) for taps, dilation, stride in drawn]
    report, counts = inspect(layers), hdc.tap_counts(layers)
    assert counts.tolist() == path_counts(drawn)
    assert report.axes[0].fields == (len(counts),) == (hdc.receptive_field(layers),)
    assert (report.input.read, report.input.spans) == (np.count_nonzero(counts), (len(counts),))
    grid = hdc.networks.feature_grid(layers)
    assert (report.axes[0].stride, report.axes[0].padding) == (grid.stride, grid.padding)
    for number, view in enumerate(report.views):
        behind = np.asarray(path_counts(drawn[number:]))
        assert (view.seen.read, view.seen.spans) == (np.count_nonzero(behind), (len(behind),))


@pytest.mark.parametrize(
    ("layers", "fields"),
    [
        ([TransposedLayer(4, stride=2, padding=1), ConvLayer(3, padding=1)], (3,)),
        ([ConvLayer(3, stride=2, padding=1), TransposedLayer(4, stride=2, padding=1)], (5,)),
        ([ConvLayer(3), PoolLayer(2), ConvLayer(3), TransposedLayer(2, stride=2)], (8,)),
        ([TransposedLayer(3, stride=2, padding=1), ConvLayer(3, 2, padding=2)], (3, 4)),
        ([Parallel([Cascade([1, 2], kernel_size=3), ConvLayer(1)])], (7,)),
    ],
)
def test_fields_through_upsampling_and_branches(layers, fields):
    assert inspect(layers).axes[0].fields == fields


def test_strided_branches_read_what_the_longest_path_leaves_out():
    from hdclib.networks.inspecting import shapes, whole
    from hdclib.networks.inspecting.axes import Window
    from hdclib.networks.inspecting.moves import Along

    graph = Graph((1, 1, 32), 1)
    one = graph.add("convolution", [(0, [Along(2, Window(32, 16, 1, 2))])])
    one = graph.add("convolution", [(one, [Along(2, Window(16, 16, 3, before=1))])])
    two = graph.add("pooling", [(0, [Along(2, Window(32, 16, 2, 2))])])
    graph.outputs["output"] = whole.elementwise(graph, [one, two], (1, 1, 16))
    report = inspect(graph, at=(8,))
    assert np.flatnonzero(report.reads()).tolist() == [14, 16, 17, 18]
    assert report.axes[0].fields == (5,) and shapes


def test_causal_stacks_are_told_from_centred_ones():
    causal = [layer for d in (1, 2, 4) for layer in (PadLayer(2 * d), ConvLayer(3, d))]
    assert inspect(causal, (40,)).axes[0].causal
    centred = inspect([ConvLayer(3, d, padding=d) for d in (1, 2, 4)], (40,)).axes[0]
    assert not centred.causal and centred.shift == 0


def test_borders_are_counted_as_they_are_by_hand():
    report = inspect([ConvLayer(3, 2, padding=2)], (11,))
    assert (report.axes[0].cut, report.axes[0].unread) == (4, 0)
    assert inspect([ConvLayer(2, stride=4)], (17,)).axes[0].unread == 17 - 8


NESTED = [Cascade([ConvLayer(3, 1, padding=1), Parallel([ConvLayer(1)])]), ConvLayer(3, 2, padding=2),
          Cascade([Cascade([ConvLayer(3, 5, padding=5)])])]  # fmt: skip


@pytest.mark.parametrize("layers", [[ConvLayer(3, d, padding=d) for d in (1, 2, 5)], NESTED], ids=["flat", "nested"])
def test_a_repair_keeps_the_field_and_mends_the_views_of_a_list_that_its_patch_is_run_on(layers):
    report = inspect(layers, (64, 64))
    assert [view.has_holes for view in report.views if view.kernel_size == (3, 3)] == [False, True, True]
    assert len(report.repairs) >= 3
    for repair in report.repairs:
        mended, names = list(layers), {"ConvLayer": ConvLayer, "Cascade": Cascade, "Parallel": Parallel}
        exec(repair.patch, names, {"layers": mended})
        assert mended == repair.apply(layers) == list(repair.layers) != layers
        again = inspect(mended, (64, 64))
        assert [axis.fields for axis in again.axes] == [axis.fields for axis in report.axes]
        assert len(again.views_with_holes) == repair.with_holes < repair.before == 2
        assert again.input.has_holes == repair.input_has_holes
        told = dict(line.split(": ") for line in repair.lines)
        for view in again.views:
            was = next(one for one in report.views if one.path == view.path)
            wanted = f"dilation={view.dilation[0]}, padding={view.padding[0][0]}"
            assert told.get(view.path, wanted) == wanted and (view.path in told) == (view.dilation != was.dilation)


def test_of_repairs_that_mend_as_much_the_one_that_changes_fewest_layers_is_first():
    stack = [ConvLayer(3, d, padding=d) for d in (1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 4, 4)]
    repairs = inspect(stack, (256,)).repairs
    assert [repair.with_holes for repair in repairs] == [0, 0, 0]
    assert [len(repair.dilations) for repair in repairs] == [6, 8, 9]


def test_a_repair_that_leaves_holes_in_the_input_says_so_and_stands_last():
    stack = [ConvLayer(3, d, padding=d) for d in (2, 4, 8)]  # 29 samples, more than the 27 paths of three layers
    report = inspect(stack, (65, 65))
    for repair in report.repairs:
        assert inspect(repair.apply(stack), (65, 65)).input.has_holes and repair.input_has_holes
    assert "1 with holes instead of 3, and the input keeps holes: dilation 10 in layers[0]" in str(report)
    mixed_up = [ConvLayer(3, d, padding=d) for d in (2, 8, 8, 8)]  # some lists fill its field, and others do not
    among = [repair.input_has_holes for repair in inspect(mixed_up, (81,)).repairs]
    assert among == sorted(among) and {*among} == {False, True}


def test_the_lines_to_copy_give_a_dilation_its_own_padding():
    graph = Graph((1, 1, 65), 1)
    source = 0
    for name in ("a", "b"):
        source = convolution(graph, source, Convolution((5,), (1,), (3,), (6,), (6,)), 1, name)
    graph.outputs["output"] = source
    lines = inspect(graph).repairs[0].patch.splitlines()
    assert lines[:2] == ['model.get_submodule("a").dilation = (5,)', 'model.get_submodule("a").padding = (10,)']
    assert lines[2:] == ['model.get_submodule("b").dilation = (1,)', 'model.get_submodule("b").padding = (2,)']


@pytest.mark.parametrize("layers", [
    [ConvLayer(3, d, padding=d) for d in (2, 2, 3)], [ConvLayer(3, d, padding=d) for d in (2, 4, 8)],
    [Parallel([ConvLayer(3, 1, padding=1), ConvLayer(3, 3, padding=3)])],
    [Parallel([ConvLayer(1), ConvLayer(3, 4, padding=4)])],
    [ConvLayer(3, 2, padding=2), ConvLayer(2)], [ConvLayer(1)],
], ids=str)  # fmt: skip
@pytest.mark.parametrize("axes", [1, 2])
def test_what_is_read_along_an_axis_and_around_the_middle_is_that_of_the_mask(layers, axes):
    report = inspect(layers, (33,) * axes)
    mask = np.asarray(report.reads()) > 0
    places = np.argwhere(mask)
    low, high = places.min(axis=0), places.max(axis=0) + 1
    window = mask[tuple(slice(a, b) for a, b in zip(low, high, strict=True))]
    assert report.input.lines == tuple(len({place[axis] for place in places}) for axis in range(axes))
    if min(window.shape) < 3 or any(side % 2 == 0 for side in window.shape):
        assert report.input.beside is None
    else:
        middle = np.array(window.shape) // 2
        around = [at for at in np.argwhere(window) if max(abs(at - middle)) == 1]
        assert report.input.beside == len(around)


def test_what_stands_behind_the_judged_output_is_no_view_of_it():
    report = inspect(aspp_graph(50, 16, None, (0, 2), 257), output="aspp")
    wide = [view.path for view in report.views if max(view.kernel_size) > 1]
    assert [view.path for view in report.wide_views] == wide[:-1] and wide[-1] == "head.1"
    assert report.record()["wide_views"] == len(wide) - 1 and f"of {len(wide) - 1} convolutions of more" in str(report)


def window_of_three(graph, source, path, dilation):
    numbers = Convolution((3,), (1,), (dilation,), (dilation,), (dilation,))
    return convolution(graph, source, numbers, 1, path)


def test_a_sibling_of_the_judged_output_is_no_view_and_no_repair_of_it():
    graph = Graph((1, 1, 65), 1)
    graph.outputs = {name: window_of_three(graph, 0, name, d) for name, d in (("a", 2), ("b", 4))}
    report = inspect(graph, output="a")
    assert [view.path for view in report.wide_views] == ["a"] and len(report.views) == 2
    assert "of 1 convolution of more than one tap, the output reads the input of 1 with holes" in str(report)


def test_dilations_that_would_widen_the_field_by_a_way_past_the_next_layer_are_no_repair():
    graph = Graph((1, 1, 65), 1)
    first = window_of_three(graph, 0, "a", 2)
    second, past = window_of_three(graph, first, "b", 2), first
    for number in range(10):  # ten layers of two taps, which read backwards only, and keep their dilation
        past = convolution(graph, past, Convolution((2,), (1,), (1,), (1,), (0,)), 1, f"past.{number}")
    graph.outputs["output"] = graph.add("sum", [(second, []), (past, [])])
    report = inspect(graph)
    assert report.views_with_holes and report.axes[0].fields == (17,) and not report.repairs
    wider = rewired(graph, {first: 3, second: 1})  # which leaves no hole, and reads 18
    assert not inspect(wider).views_with_holes and inspect(wider).axes[0].fields == (18,)


def test_what_lies_around_the_middle_is_told_only_of_a_window_that_no_border_cuts():
    stack = [ConvLayer(3, d, padding=d) for d in (2, 4, 8)]
    assert "of the 8 samples around the middle one it reads 0" in str(inspect(stack, (65, 65)))
    for report in (inspect(stack, (28, 28)), inspect(stack, (65, 65), at=(0, 0))):
        assert report.input.spans != (29, 29) and "around the middle" not in str(report)


def test_two_layers_of_small_dilations_are_turned_round():
    (repair,) = inspect([ConvLayer(3, padding=1), ConvLayer(3, 2, padding=2)], (33,)).repairs
    assert repair.lines == ["layers[0]: dilation=2, padding=2", "layers[1]: dilation=1, padding=1"]


def test_repairs_are_found_before_branches_that_read_far_apart():
    branches = Parallel([ConvLayer(3, d, padding=d) for d in (6, 12, 18)])
    layers = [ConvLayer(3, d, padding=d) for d in (1, 2, 2, 2, 4, 4)] + [branches, ConvLayer(3, padding=1)]
    report = inspect(layers, (129, 129))
    assert len(report.repairs) >= 3  # the branches' own views keep their holes
    for repair in report.repairs:
        assert len(inspect(repair.apply(layers), (129, 129)).views_with_holes) == repair.with_holes < repair.before


def test_reads_and_feeds_are_the_same_relation_from_both_ends():
    layers = [ConvLayer(3, 2, stride=2, padding=1), ResizeLayer(2, mode="linear"), ConvLayer(2)]
    report = inspect(layers, (13,))
    size = report.feeds((0,)).size
    there = np.array([report.reads((o,)) for o in range(size)])
    back = np.array([report.feeds((i,)) for i in range(13)])
    np.testing.assert_array_equal(there, back.T)


def test_the_report_fits_a_log_and_json():
    report = inspect([ConvLayer(3, 2, padding=2)] * 3, (65, 65))
    assert max(map(len, str(report).splitlines())) <= 120 and max(map(len, table(report).splitlines())) <= 120
    assert "49 of the 13 × 13 = 169 samples of its window (29.0 %), 7 of 13 along an axis" in str(report)
    assert "of the 8 samples around the middle one it reads 0" in str(report)
    assert json.loads(json.dumps(report.record()))["input"]["read"] == 49
    assert picture(report.map("layers[2]")).splitlines()[1:] == ["#.#.#", ".....", "#.#.#", ".....", "#.#.#"]


def told(layers, shape, **asked):
    """The report in one line, without the spaces that wrap it."""
    return " ".join(str(inspect(layers, shape, **asked)).split())


def test_the_report_says_once_what_is_true_of_all_axes_and_else_of_each():
    same = told([ConvLayer(3, padding=1)], (9, 9))
    assert "rows and columns: 3 samples, an output for every sample, the first begins one sample before the" in same
    assert "rows and columns: 2 of 9 outputs are cut by it; every sample of the input is read" in same
    assert "slices, rows and columns: 3 samples" in told([ConvLayer(3)], (9, 9, 9))
    other = told([ConvLayer(3, stride=2)], (9, 8))
    assert "rows: 0 of 4 outputs are cut by it; every sample of the input is read" in other
    assert "columns: 0 of 3 outputs are cut by it; no output reads one sample of the input" in other
    alone = told([ConvLayer(3, stride=2)], (9,))
    assert "field 3 samples, an output every 2 samples, the first begins with the input" in alone
    assert "border 0 of 4 outputs are cut by it" in alone
    assert "the first begins one sample inside the input" in told([PadLayer(-1)], (9,))


def test_the_report_counts_in_english_and_names_what_it_judges():
    ones = [ConvLayer(1), ConvLayer(3, padding=1)]
    assert told(ones, (9,)).startswith(
        "layers, input 1 × 9; judged is what its output of 9 reads at (4) field 3 samples"
    )
    assert "the output reads the input of the 1 convolution of more than one tap without holes" in told(ones, (9,))
    assert "the output reads the input of all 2 convolutions of more than one tap without" in told(ones[1:] * 2, (9,))
    assert "of 1 convolution of more than one tap, the output reads the input of 1 with holes" in told(
        [ConvLayer(3, 2)], (9, 9)
    )
    assert "views no convolution before it has more than one tap" in told(ones[:1], (9,))
    graph = resnet_graph(50, 8, shape=(3, 129, 129))
    words = " ".join(str(inspect(graph, at=(0, 3))).split())
    assert 'network, input 3 × 129 × 129; judged is what its output "layer4" of 17 × 17 reads at (0, 3)' in words
    assert "before layer4.1.conv2 (3 × 3, dilation 4)" in words


def test_the_reason_says_where_dilations_stand_side_by_side():
    row = [ConvLayer(3, d, padding=d) for d in (2, 6)]
    assert "dilations 2, 6 from here to the output leave a grid" in told(row, (64,))
    assert "dilations 2, 6, 12, some side by side, from here" in told([row[0], Parallel([6, 12], kernel_size=3)], (64,))
    skipped = [row[0], Parallel([Cascade([ConvLayer(1)]), row[1]])]
    assert "dilations 2, 6 from here" in told(skipped, (64,))


def test_the_report_says_why_there_is_no_repair_and_what_to_do_where_there_is_one():
    causal = [layer for d in (1, 2, 4) for layer in (PadLayer(2 * d), ConvLayer(3, d))]
    assert "none found: a dilation is changed only where zeros on both sides keep the size" in told(causal, (64,))
    assert "none of the dilations that were tried leaves fewer" in told([ConvLayer(3, 2, padding=2)], (64,))
    words = told([ConvLayer(3, d, padding=d) for d in (1, 2, 4)], (64,))
    assert (
        "same field and cost, with which the network is to be trained again; paddings go with them (as code: " in words
    )
    assert (
        "report.repairs[0].patch) 0 with holes instead of 2: dilation 4 in layers[0]; dilation 1 in layers[2]" in words
    )
    assert "nothing to mend" in told([ConvLayer(3, padding=1)], (64,))


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"model": [ConvLayer(9)], "shape": (4,)}, ValueError, r"^layers\[0\] is .* whose window is wider than the 4"),
        ({"model": [ConvLayer(3)], "shape": (9,), "at": (9,)}, ValueError, r"^at\[0\] must be below 7, got 9$"),
        ({"model": [ConvLayer(3)], "shape": (9,), "output": "x"}, ValueError, "^output must be one of output, got"),
        ({"model": [ConvLayer(3)], "shape": (9,), "output": 1}, TypeError, "^output must be one of output, got 1$"),
        ({"model": [ConvLayer(3)], "shape": (9,), "at": 4}, ValueError, "^at must hold 1 whole number, got 4$"),
        (
            {"model": [ConvLayer(3)], "call": lambda m, x: x},
            TypeError,
            "^call runs a PyTorch model, and model is .Conv",
        ),
        ({"model": [ConvLayer(3)], "call": 3}, TypeError, "^call must be a function of a model and a tensor, got 3$"),
        ({"model": [ConvLayer(3)], "shape": (2**24 + 1,)}, ValueError, "^the input has an axis of 16777217 positions"),
        ({"model": "none.onnx"}, ValueError, "^model 'none.onnx' cannot be read: No such file or directory$"),
        ({"model": [ConvLayer(3, 10**9)]}, ValueError, "^model spans about 2000000001 samples"),
    ],
)
def test_bad_input_is_refused_in_words(arguments, error, words):
    with pytest.raises(error, match=words):
        inspect(**arguments)


def test_an_output_may_be_asked_for_by_its_number():
    graph = resnet_graph(50, shape=(3, 65, 65))
    assert [inspect(graph, output=number).output for number in range(3)] == ["layer4", "layer3", "layer2"]
    assert inspect(graph, output=1, at=[np.int64(2), 3]).at == (2, 3)


def test_ten_thousand_layers_and_a_dilation_of_a_million_are_answered():
    assert inspect([ConvLayer(3)] * 10_000).axes[0].fields == (20_001,)
    deep = inspect([ConvLayer(3, 1 + d % 5, padding=1 + d % 5) for d in range(10_000)], (1000,))
    assert len(deep.views_with_holes) == 4 and "more than 200 convolutions stand on one grid" in str(deep)
    report = inspect([ConvLayer(3, 10**6), ConvLayer(3)])
    assert report.input.spans == (2_000_003,) and report.input.read == 9


def test_a_map_whose_rows_and_columns_are_folded_for_a_linear_layer_keeps_its_field():
    graph = Graph((1, 4, 9, 11), 2)
    source = square_window(graph, 0, "first", 3, 1, 2, 4)
    folded = reshaped(graph, permuted(graph, source, (0, 2, 3, 1)), (99, 4))
    mixed_up = mixed(graph, folded, 1, 8)
    opened = permuted(graph, reshaped(graph, mixed_up, (1, 9, 11, 8)), (0, 3, 1, 2))
    graph.outputs = {"output": square_window(graph, opened, "last", 3, 1, 1, 4), "folded": mixed_up}
    assert [axis.fields for axis in inspect(graph).axes] == [(7,), (7,)]
    assert [axis.fields for axis in inspect(graph, output="folded", at=[5]).axes] == [None, None]
    other = reshaped(graph, folded, (1, 11, 9, 4))
    graph.outputs = {"output": permuted(graph, other, (0, 3, 1, 2))}
    assert [axis.fields for axis in inspect(graph).axes] == [None, None]


@pytest.mark.parametrize(("side", "said"), [(769, True), (1665, False)])
def test_a_border_that_hides_holes_is_told(side, said):
    words = " ".join(str(hdc.inspect(espnet_graph(side), output="level3")).split())
    hidden = "its field is larger than this window: holes that the border hides here may show on a larger input"
    assert (hidden in words) == said and ("none at the input: reads all" in words) == said


def test_a_border_that_hides_nothing_is_not_told():
    assert "larger than this window" not in str(hdc.inspect(hdc.resnet_graph(50, 8)))
