"""`layers_of` on graphs of layers: a chain gives its stack, all else is refused; tests/witness has PyTorch's."""

import random
import subprocess
import sys

import pytest
from brute_force import path_counts

import hdclib as hdc
from hdclib import ConvLayer
from hdclib.networks import Cascade, PadLayer, Parallel, PoolLayer, ResizeLayer, TransposedLayer, layers_of
from hdclib.networks.inspecting.axes import Window
from hdclib.networks.inspecting.graph import Graph
from hdclib.networks.inspecting.moves import Along, Permute, Reshape, Whole
from hdclib.networks.inspecting.whole import reduced
from hdclib.networks.inspecting.windows import pool


@pytest.mark.parametrize("seed", range(20))
def test_a_stack_comes_back_from_its_own_graph(seed):
    rng = random.Random(seed)
    layers = tuple(
        ConvLayer(rng.randint(1, 4), rng.randint(1, 4), stride=rng.randint(1, 2), padding=rng.randint(0, 3))
        for _ in range(rng.randint(1, 5))
    )
    found = layers_of(layers)
    counts = path_counts([(layer.kernel_size, layer.dilation, layer.stride) for layer in layers])
    assert found == layers == layers_of(list(layers), (99, 98), axis=1) and hdc.tap_counts(found).tolist() == counts


def test_a_cascade_is_opened_and_pools_and_equal_zeros_are_layers():
    module = Cascade([Cascade([1, 2], kernel_size=3), ConvLayer(1)])
    assert layers_of(module) == (ConvLayer(3), ConvLayer(3, 2), ConvLayer(1))
    found = layers_of([PadLayer(2, 2), PoolLayer(3, stride=2, padding=1), ConvLayer(3)])
    assert found == (ConvLayer(1, padding=2), ConvLayer(3, stride=2, padding=1), ConvLayer(3))


def test_what_acts_on_each_position_and_what_reads_the_whole_map_are_left_out():
    graph = Graph((1, 4, 9), 1)
    found = graph.add("convolution", [(0, [Along(2, Window(9, 7, 3))])], "one")
    gate = graph.add("sigmoid", [(found, [])])
    found = graph.add("multiply", [(found, []), (gate, [])])
    mean = graph.add("mean", [(found, [Whole(2, 7, 1)])])
    found = graph.add("multiply", [(found, []), (mean, [Whole(2, 1, 7)])])
    graph.outputs["output"] = graph.add("permute", [(found, [Permute((0, 2, 1))])])
    assert layers_of(graph) == (ConvLayer(3),)


def test_the_chain_ends_where_the_places_do():
    one = layers_of([ConvLayer(3), ConvLayer(7)], (9,))
    assert one == (ConvLayer(3), ConvLayer(7))  # an output of one place
    graph = Graph((1, 4, 9), 1)
    found = graph.add("convolution", [(0, [Along(2, Window(9, 7, 3))])], "one")
    found = graph.add("mean", [(found, [Whole(2, 7, 1)])])
    graph.outputs["output"] = graph.add("reshape", [(found, [Reshape((1, 4, 1), (1, 4))])])
    assert layers_of(graph) == (ConvLayer(3),)
    graph = Graph((1, 4, 9), 1)
    found = graph.add("convolution", [(0, [Along(2, Window(9, 1, 9))])], "one")
    found = graph.add("reshape", [(found, [Reshape((1, 4, 1), (1, 4))])])
    graph.outputs["output"] = graph.add("linear", [(found, [Whole(1, 4, 8)])])
    assert layers_of(graph) == (ConvLayer(9),)


def folded():
    """A signal of 8 samples whose halves become channels."""
    graph = Graph((1, 1, 8), 1)
    graph.outputs["output"] = graph.add("reshape", [(0, [Reshape((1, 1, 8), (1, 2, 4))])], "fold")
    return graph


def unruled():
    graph = Graph((1, 1, 8), 1)
    graph.outputs["output"] = graph.unknown("sort", [0], (1, 1, 8), "sorting")
    return graph


def flat():
    """The mean of a signal, spread over its places again."""
    graph = Graph((1, 1, 8), 1)
    mean = graph.add("mean", [(0, [Whole(2, 8, 1)])])
    graph.outputs["output"] = graph.add("add", [(mean, [Whole(2, 1, 8)])])
    graph.tags[-1] = graph.tags[0]
    return graph


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ([ConvLayer(3), Parallel([1, 2], kernel_size=3)], r"layers\[1\] \(sum of branches\) joins 2 branches"),
        ([ConvLayer(3), TransposedLayer(2, stride=2)], r"layers\[1\] \(transposed convolution\) enlarges the map"),
        ([ConvLayer(3), ResizeLayer(2)], r"layers\[1\] \(resize\) has no window of one size and one step"),
        ([PadLayer(2), ConvLayer(3)], r"layers\[0\] \(padding\) adds or cuts other numbers of samples before and"),
        ([PadLayer(-1, -1), ConvLayer(3)], r"layers\[0\] \(padding\) adds or cuts other numbers of samples before"),
        (folded(), r"fold \(reshape\) folds the axis or moves parts of it"),
        (unruled(), r"sorting \(sort\) folds the axis or moves parts of it"),
        (flat(), "the output reads the input through branches over the whole map alone"),
    ],
)
def test_what_is_no_chain_of_windows_is_refused_by_name(model, words):
    with pytest.raises(ValueError, match=f"^{words}.*: ask hdclib.inspect, which takes the network as it is$"):
        layers_of(model)


def test_a_size_that_is_rounded_up_is_refused_and_one_that_needs_no_rounding_is_not():
    pool = [PoolLayer(2, stride=2, ceil_mode=True)]
    assert layers_of(pool, (8,)) == (ConvLayer(2, stride=2),)
    with pytest.raises(ValueError, match=r"^layers\[0\] \(pooling\) .* or rounds its size up"):
        layers_of(pool, (9,))


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"model": [ConvLayer(3)], "axis": 1}, ValueError, "^axis must be at most 0, got 1$"),
        ({"model": [ConvLayer(3)], "axis": -1}, ValueError, "^axis must be at least 0, got -1$"),
        ({"model": [PadLayer(0)]}, ValueError, "^model has no convolution or pool along this axis"),
        ({"model": [ConvLayer(3)], "output": "mask"}, ValueError, "^output must be one of output, got 'mask'$"),
        ({"model": [object()]}, TypeError, "^model must be a torch.nn.Module, the path of an ONNX file, or a list"),
    ],
)
def test_bad_input_is_refused_in_words(arguments, error, words):
    with pytest.raises(error, match=words):
        layers_of(**arguments)


def test_it_needs_no_torch():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, hdclib; hdclib.networks.layers_of; print('torch' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "False\n"


def test_a_pool_whose_window_holds_the_whole_map_is_a_layer_and_a_mean_is_none():
    graph = Graph((1, 1, 8), 1)
    source = pool(graph, 0, (4,), (4,), (1,), (0,), (2,))
    graph.outputs["output"] = pool(graph, source, (4,), (1,), (1,), (1,), (1,))
    assert graph.operations[-1].links[0].is_global
    assert layers_of(graph) == (ConvLayer(4, stride=4), ConvLayer(4, padding=1))
    graph.outputs["output"] = reduced(graph, source, [2], True)
    assert layers_of(graph) == (ConvLayer(4, stride=4),)
