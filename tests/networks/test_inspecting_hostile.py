"""ONNX networks as plain data that somebody made to do harm: a report or a reason, in little time and memory."""

import random
import tracemalloc
from time import perf_counter

import numpy as np
import pytest

from hdclib import inspect
from hdclib.networks.inspecting.graph import Convolution, Graph
from hdclib.networks.inspecting.onnx_graphs import Shaped, graph_of_plain
from hdclib.networks.inspecting.onnx_rules import CONSTANTS, RULES
from hdclib.networks.inspecting.windows import MOST_TAPS, convolution

SMALL, LARGE = (-1, 0, 1, 1, 2, 2, 3, 3, 4, 8), (-(2**63), -7, 9, 2**16, 2**20, 2**31, 2**40, 2**62)
STRANGE = None, "x", 1.5, [], [[1]], float("nan"), float("inf"), b"x", Shaped((3,))
NUMBERS = (
    "group", "ceil_mode", "axis", "keepdims", "num_groups", "blocksize", "allowzero", "antialias", "transA", "transB",
    "to", "start", "end", "size", "exclusive", "noop_with_empty_axes",
)  # fmt: skip
LISTS = (
    "strides", "dilations", "pads", "kernel_shape", "output_padding", "output_shape", "axes", "split", "starts", "ends",
    "perm", "scales",
)  # fmt: skip
WORDS = {
    "auto_pad": ("SAME_UPPER", "SAME_LOWER", "VALID", "NOTSET"),
    "mode": ("nearest", "linear", "cubic", "constant", "edge", "reflect", "wrap", "CRD", "DCR"),
    "coordinate_transformation_mode": ("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel"),
    "nearest_mode": ("floor", "ceil", "round_prefer_floor"),
}
OPERATIONS = sorted({*RULES, *CONSTANTS, "Add", "Relu", "Mul", "Max", "Where", "Foo"} - {"elementwise"})
OFTEN = "Conv", "ConvTranspose", "Resize", "Pad", "Reshape", "MaxPool", "Slice"


def attribute(rng, name):
    if rng.random() < 0.03:
        return rng.choice(STRANGE)
    if name in WORDS:
        return rng.choice(WORDS[name])
    pool = LARGE if rng.random() < 0.2 else SMALL
    if name in NUMBERS:
        return rng.choice(pool)
    return [rng.choice(pool) for _ in range(rng.choice((2, 2, 2, 4, 4, 8, 1, 0)))]


def constant(rng):
    if rng.random() < 0.3:
        return Shaped(tuple(rng.choice((0, 1, 1, 2, 3, 2**20)) for _ in range(rng.randrange(6))))
    pool = rng.choice((SMALL, SMALL, LARGE, (0.0, 1.0, 2.0, 1e-30, 1e30, float("nan"), float("inf"))))
    return np.array([rng.choice(pool) for _ in range(rng.choice((1, 2, 4, 4, 8)))])


def drawn(seed):
    """A network of one to five operations, most of which do not fit."""
    rng = random.Random(seed)
    constants = {f"c{number}": constant(rng) for number in range(4)} | {"w": Shaped((2, 2, 3, 3))}
    names, nodes = ["x"], []
    for number in range(rng.choice((1, 1, 2, 3, 5))):
        first = rng.choice([names[-1]] * 3 + names) if rng.random() < 0.8 else rng.choice(list(constants))
        others = rng.choices([*constants, *["w"] * 4, *names, ""], k=rng.choice((0, 1, 1, 2, 3)))
        made = [f"t{number}.{place}" for place in range(rng.choice((1, 1, 1, 2, 3)))]
        attributes = {name: attribute(rng, name) for name in (*NUMBERS, *LISTS, *WORDS) if rng.random() < 0.15}
        op = rng.choice(OPERATIONS if rng.random() < 0.8 else OFTEN)
        nodes.append({"op": op, "name": f"n{number}", "inputs": [first, *others], "outputs": made,
                      "attributes": attributes})  # fmt: skip
        names += made
    sizes = rng.choice([[1, 2, 8, 8]] * 4 + [[1, 2, 16], [1, 1, 4, 4, 4], [2**40, 2, 8, 8], [3, 2, 8, 8]])
    shapes = {name: [rng.choice((1, 2, 8, *LARGE[3:])) for _ in range(4)] for name in names if rng.random() < 0.1}
    return {"inputs": [("x", sizes)], "outputs": [names[-1]], "constants": constants, "nodes": nodes,
            "opset": rng.choice((9, 11, 13, 18)), "shapes": shapes}  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("block", range(4))
def test_operations_with_any_attributes_give_a_report_or_a_reason(block):
    answered = 0
    for seed in range(1000 * block, 1000 * (block + 1)):
        try:
            report = inspect(graph_of_plain(drawn(seed))[0])
            assert str(report) and report.record() and report.repairs is not None
            answered += 1
        except ValueError as error:
            assert "zip()" not in str(error) and "object" not in str(error), seed
    assert 100 < answered < 900


def network(*nodes, sizes=(1, 1, 8, 8), **constants):
    """A network whose last node makes its output, and whose constants are arrays or shapes."""
    nodes = [{"name": op.lower(), "op": op, "inputs": read, "outputs": [f"t{number}"], "attributes": attributes}
             for number, (op, read, attributes) in enumerate(nodes)]  # fmt: skip
    return {"inputs": [("x", list(sizes))], "outputs": [nodes[-1]["outputs"][0]], "constants": constants,
            "nodes": nodes, "opset": 18}  # fmt: skip


def of(*numbers):
    return np.array(numbers)


DOUBLED = [("Concat", [f"t{n - 1}" if n else "c", f"t{n - 1}" if n else "c"], {"axis": 0}) for n in range(40)]
TAPS = {"kernel_shape": [2**16], "pads": [2**16, 2**16]}
TOO_MUCH = {
    "resize": network(("Resize", ["x", "", "c"], {}), c=of(1.0, 1, 1e9, 1e9)),
    "linear": network(("Resize", ["x", "", "", "c"], {"mode": "linear"}), c=of(1, 1, 2**30, 2**30)),
    "tile": network(("Tile", ["x", "c"], {}), c=of(1, 1, 2**30, 1)),
    "pad": network(("Pad", ["x", "c"], {"mode": "edge"}), c=of(0, 0, 0, 2**40, 0, 0, 0, 0)),
    "zeros": network(("Pad", ["x", "c"], {}), c=of(0, 0, 0, 2**40, 0, 0, 0, 0)),
    "expand": network(("Expand", ["x", "c"], {}), c=of(2**40, 1, 8, 8)),
    "transposed": network(("ConvTranspose", ["x", "w"], {"strides": [2**40] * 2}), w=Shaped((1, 1, 3, 3))),
    "taps": network(("MaxPool", ["x"], TAPS), sizes=(1, 1, 2**20)),
    "batch": network(("Relu", ["x"], {}), sizes=(2**40, 1, 8, 8)),
    "channels": network(("Conv", ["x", "w"], {}), w=Shaped((2**40, 1, 3, 3))),
    "range": network(("Range", ["c", "d", "e"], {}), ("Add", ["x", "t0"], {}), c=of(0)[0], d=of(2**62)[0], e=of(1)[0]),
    "constant tile": network(("Tile", ["c", "d"], {}), ("Add", ["x", "t0"], {}), c=of(1), d=of(2**40)),
    "constant expand": network(("Expand", ["c", "d"], {}), ("Add", ["x", "t0"], {}), c=of(1), d=of(2**40)),
    "constant concat": network(*DOUBLED, ("Add", ["x", "t39"], {}), c=of(1, 2)),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_would_fill_the_memory_is_refused_or_read_as_unknown_at_once(name):
    tracemalloc.start()
    start = perf_counter()
    try:
        report = inspect(graph_of_plain(TOO_MUCH[name])[0])
        assert name.startswith(("range", "constant")) and not report.exact
    except ValueError as error:
        assert "are followed" in str(error) or "are allowed" in str(error) or "broadcast" in str(error)
    assert tracemalloc.get_traced_memory()[1] < 20e6 and perf_counter() - start < 10
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (network(("Conv", ["x", "w"], {}), w=Shaped((4, 3, 3, 3))), "fits no kernel of .* on 1 channels"),
        (network(("Conv", ["x", "w"], {"group": 2}), w=Shaped((3, 1, 3, 3)), sizes=(1, 2, 8, 8)), "fall into 2 groups"),
        (network(("Conv", ["x", "w"], {"kernel_shape": [5, 5]}), w=Shaped((1, 1, 3, 3))), "fits no kernel of .5, 5."),
        (network(("Conv", ["x", "w"], {"pads": [1, 1]}), w=Shaped((1, 1, 3, 3))), "pads are .* beside a kernel of 2"),
        (network(("Split", ["x"], {"axis": 2, "split": [3]})), "1 parts of .3. do not make up 8"),
        (network(("Gather", ["x", "c"], {"axis": 2}), c=of(8)), "an index of .8. is outside of 8 positions"),
        (network(("Reshape", ["x", "c"], {}), c=of(1, 1, 8, 9)), "has other than as many positions as"),
        (network(("Squeeze", ["x", "c"], {}), c=of(2)), "has other than as many positions as"),
        (network(("MatMul", ["x", "w"], {}), w=Shaped((9, 2))), "have no product"),
        (network(("Slice", ["x", "c", "c", "d"], {}), c=of(3), d=of(2)), "has an axis of 0 positions"),
        (network(("MaxPool", ["x"], {})), "inputs or attributes are missing, or of another kind than it takes"),
        (network(("Conv", ["x"], {})), "inputs or attributes are missing, or of another kind than it takes"),
    ],
)
def test_what_onnx_does_not_allow_is_refused_and_not_read_in_some_way(model, words):
    with pytest.raises(ValueError, match=f"^model: .* does not fit: .*{words}"):
        inspect(graph_of_plain(model)[0])


KEPT = {"pads": [1] * 4}
ALSO_READ = {
    "the bias of a convolution": [("GlobalAveragePool", ["x"], {}), ("Flatten", ["t0"], {}),
                                  ("Conv", ["x", "w", "t1"], KEPT)],
    "the scale of a normalisation": [("GlobalAveragePool", ["x"], {}), ("Flatten", ["t0"], {}),
                                     ("InstanceNormalization", ["x", "t1", "c"], {})],
    "what a resize is asked for": [("Conv", ["x", "w"], KEPT), ("Cast", ["t0"], {"to": 7}),
                                   ("Resize", ["x", "", "", "t1"], {})],
}  # fmt: skip


@pytest.mark.parametrize("name", ALSO_READ)
def test_an_operation_that_reads_the_network_in_another_place_too_has_no_rule(name):
    report = inspect(graph_of_plain(network(*ALSO_READ[name], w=Shaped((1, 1, 3, 3)), c=of(1.0)))[0])
    assert len(report.unknown) == 1 and not report.exact and "at most" in str(report)


def test_the_sum_that_a_matrix_product_adds_is_read():
    nodes = [("Reshape", ["x", "s"], {}), ("Gemm", ["t0", "w", "t0"], {})]
    graph, _ = graph_of_plain(network(*nodes, s=of(8, 8), w=Shaped((8, 8))))
    assert len(graph.operations[-1].links) == 2


@pytest.mark.parametrize("scale", [Shaped((4,)), of(0.5)[0]], ids=["a number for each channel", "one number"])
def test_weights_of_whole_numbers_are_read_by_their_shape(scale):
    nodes = [("QuantizeLinear", ["x", "one"], {}), ("DequantizeLinear", ["t0", "one"], {}),
             ("DequantizeLinear", ["w", "scale"], {"axis": 0}), ("Conv", ["t1", "t2"], {})]  # fmt: skip
    inside = [("QLinearConv", ["x", "one", "one", "w"], {})]
    for model in (nodes, inside):
        report = inspect(graph_of_plain(network(*model, w=Shaped((4, 1, 3, 3)), scale=scale, one=of(0.1)[0]))[0])
        assert report.exact and report.axes[0].fields == (3,)


def test_a_weight_that_is_turned_or_folded_keeps_its_shape():
    nodes = [("Transpose", ["w"], {"perm": [3, 2, 0, 1]}), ("Reshape", ["t0", "s"], {}), ("Conv", ["x", "t1"], {})]
    graph, _ = graph_of_plain(network(*nodes, w=Shaped((3, 3, 1, 128)), s=of(128, 1, 3, -1)))
    assert inspect(graph).axes[0].fields == (3,) and graph.shapes[-1] == (1, 128, 6, 6)


def test_a_resize_of_some_axes_resizes_those():
    graph, _ = graph_of_plain(network(("Resize", ["x", "", "c"], {"axes": [3]}), c=of(2.0)))
    assert inspect(graph).exact and graph.shapes[-1] == (1, 1, 8, 16)


@pytest.mark.parametrize(
    ("attributes", "scales"),
    [
        ({}, of(1.0, 2, 1, 1)),
        ({"keep_aspect_ratio_policy": "not_larger"}, of(1.0, 1, 2, 2)),
        ({"coordinate_transformation_mode": "tf_crop_and_resize"}, of(1.0, 1, 2, 2)),
        ({"coordinate_transformation_mode": "pytorch_half_pixel"}, of(1.0, 1, 1, 0.125)),
    ],
)
def test_a_resize_that_no_rule_covers_is_told_as_such(attributes, scales):
    model = network(("Resize", ["x", "", "c"], attributes), c=scales)
    assert inspect(graph_of_plain(model)[0]).unknown == ("resize (Resize)",)


def test_shapes_are_computed_as_onnx_computes_them():
    nodes = [("Div", ["c", "d"], {}), ("Max", ["t0", "e", "f"], {}), ("Reshape", ["x", "t1"], {})]
    given = {"c": of(-3, 1, 8, 8), "d": of(2, 1, 1, 1), "e": of(-9, 1, 1, 1), "f": of(-9, 1, 8, 8)}
    graph, _ = graph_of_plain(network(*nodes, **given))
    assert graph.shapes[-1] == (1, 1, 8, 8)  # -3 divided by 2 is -1
    nodes = [("ReduceProd", ["c", "d"], {}), ("Reshape", ["x", "t0"], {})]
    graph, _ = graph_of_plain(network(*nodes, c=np.array([[2, 4], [2, 4]]), d=of(1)))
    assert graph.shapes[-1] == (8, 8)


def test_a_kernel_of_the_most_taps_is_followed_and_one_of_more_is_not():
    def followed(taps):
        graph = Graph((1, 1, 100), 1)
        convolution(graph, 0, Convolution((taps,), (1,), (1,), (MOST_TAPS,), (0,)), 1)
        return graph.shapes[-1]

    assert followed(MOST_TAPS) == (1, 1, 101)
    with pytest.raises(ValueError, match=f"^a kernel of {MOST_TAPS + 1} taps .*, and at most {MOST_TAPS} are"):
        followed(MOST_TAPS + 1)
