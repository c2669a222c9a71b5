"""`inspect` on ONNX files: whole ones, and those that are broken in every way that a file can be."""

import pickle
import random
import re
from pathlib import Path

import numpy as np
import pytest

import hdclib as hdc

onnx = pytest.importorskip("onnx", reason="ONNX files are made with onnx: pip install -r requirements-witness.txt")
from onnx import TensorProto, helper, inliner, numpy_helper  # noqa: E402

from hdclib.networks.backbones import PUBLISHED_FIELDS  # noqa: E402

FLOAT = TensorProto.FLOAT


def weight(name, *shape):
    return numpy_helper.from_array(np.ones(shape, dtype=np.float32), name)


def model_of(nodes, sizes=(1, 1, 33, 33), weights=(), **more):
    x = helper.make_tensor_value_info("x", FLOAT, sizes)
    y = helper.make_tensor_value_info("y", FLOAT, None)
    graph = helper.make_graph(nodes, "net", [x], [y], list(weights))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], **more)


def convolution(dilation=1, read="x", made="y", name="w"):
    return helper.make_node("Conv", [read, name], [made], dilations=[dilation] * 2, pads=[dilation] * 4, name="conv")


WHOLE = model_of(
    [convolution(1, "x", "a"), convolution(2, "a", "b"), helper.make_node("Add", ["a", "b"], ["y"])],
    weights=[weight("w", 1, 1, 3, 3)],
)


@pytest.fixture
def saved(tmp_path):
    """Write bytes, or a model, and return the path."""

    def write(content, name="net.onnx"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.SerializeToString())
        return path

    return write


def test_a_whole_file_is_read(saved):
    report = hdc.inspect(saved(WHOLE))
    assert [axis.fields for axis in report.axes] == [(7,)] * 2 and report.exact
    assert [view.path for view in report.views] == ["conv", "conv (call 2)"]


def test_open_sizes_are_asked_for_and_given(saved):
    path = saved(model_of([convolution()], ("n", 1, "rows", None), [weight("w", 1, 1, 3, 3)]))
    with pytest.raises(ValueError, match=r"^shape is needed: the file gives \? × 1 × \? × \? for its input x"):
        hdc.inspect(path)
    with pytest.raises(ValueError, match=r"^shape is \(3, 9, 9\), and the file's input x takes 1 × \? × \?$"):
        hdc.inspect(path, (3, 9, 9))
    assert hdc.inspect(path, (1, 9, 9)).axes[0].fields == (3,)


def test_a_batch_that_the_file_fixes_is_kept(saved):
    shape = numpy_helper.from_array(np.array([4, 1, 9, 9]), "s")
    nodes = [convolution(made="a"), helper.make_node("Reshape", ["a", "s"], ["y"])]
    assert hdc.inspect(saved(model_of(nodes, (4, 1, 9, 9), [weight("w", 1, 1, 3, 3), shape]))).axes[0].fields == (3,)


def test_weights_that_stand_in_a_missing_file_are_not_needed(saved):
    away = TensorProto(name="w", data_type=FLOAT, dims=[1, 1, 3, 3], data_location=TensorProto.EXTERNAL)
    away.external_data.add(key="location", value="/no/such/file")
    assert hdc.inspect(saved(model_of([convolution(2)], weights=[away]))).axes[0].fields == (5,)


def test_sizes_that_stand_in_a_missing_file_leave_an_operation_unknown(saved):
    away = TensorProto(name="s", data_type=TensorProto.INT64, dims=[4], data_location=TensorProto.EXTERNAL)
    away.external_data.add(key="location", value="/no/such/file")
    report = hdc.inspect(saved(model_of([helper.make_node("Reshape", ["x", "s"], ["y"], name="fold")], weights=[away])))
    assert report.unknown == ("fold (Reshape)",) and "at most" in str(report)


def test_functions_of_the_file_are_written_out_as_onnx_itself_does(saved):
    reference = onnx.AttributeProto(name="dilations", type=onnx.AttributeProto.INTS, ref_attr_name="step")
    first = helper.make_node("Conv", ["p", "q"], ["m"], pads=[2] * 4)
    first.attribute.append(reference)
    opset = [helper.make_opsetid("", 18)]
    made = helper.make_function("own", "Twice", ["p", "q"], ["r"], [
        first, helper.make_node("Conv", ["m", "q"], ["r"], pads=[1] * 4),
    ], opset, attributes=["step"])  # fmt: skip
    outer = helper.make_function("own", "Outer", ["p", "q"], ["r"], [
        helper.make_node("Twice", ["p", "q"], ["r"], domain="own", step=[2, 2]),
    ], [*opset, helper.make_opsetid("own", 1)])  # fmt: skip
    nodes = [helper.make_node("Outer", ["x", "w"], ["t"], domain="own"),
             helper.make_node("Twice", ["t", "w"], ["y"], domain="own", step=[4, 4])]  # fmt: skip
    model = model_of(nodes, weights=[weight("w", 1, 1, 3, 3)])
    model.functions.extend([made, outer])
    model.opset_import.append(helper.make_opsetid("own", 1))
    report = hdc.inspect(saved(model))
    assert report.axes[0].fields == (2 * (2 + 1 + 4 + 1) + 1,) and report.exact
    inlined = hdc.inspect(saved(inliner.inline_local_functions(model), "inlined.onnx"))
    assert [view.dilation for view in inlined.views] == [view.dilation for view in report.views]
    assert (inlined.axes, inlined.input) == (report.axes, report.input)


def test_a_branch_that_reads_the_input_from_inside_is_never_taken_for_a_constant(saved):
    inner = helper.make_graph(
        [convolution(4, made="z")], "inner", [], [helper.make_tensor_value_info("z", FLOAT, None)]
    )
    always = numpy_helper.from_array(np.array(True), "c")
    node = helper.make_node("If", ["c"], ["y"], then_branch=inner, else_branch=inner, name="choice")
    report = hdc.inspect(saved(model_of([node], weights=[weight("w", 1, 1, 3, 3), always])))
    assert report.unknown == ("choice (If)",) and report.reads().all() and "at most" in str(report)


LIGHT = Path(onnx.__file__).parent / "backend/test/data/light"  # networks whose weights are filled with one number


@pytest.mark.parametrize("path", sorted(LIGHT.glob("*.onnx")), ids=lambda path: path.stem)
def test_the_networks_that_onnx_is_tested_with_are_read_exactly(path):
    report = hdc.inspect(path)
    assert report.exact and not report.unknown
    known = FIELDS_OF_LIGHT.get(path.stem.removeprefix("light_"))
    assert known is None or (report.axes[0].fields, report.axes[0].stride, report.axes[0].padding) == known


def of_the_table(name, more=0):
    field, stride, padding = PUBLISHED_FIELDS[name]
    return (field,), stride, padding + more


FIELDS_OF_LIGHT = {
    "bvlc_alexnet": of_the_table("alexnet_v2"),
    # where TensorFlow's SAME pads 2, 0 and 0 samples before an even map, its convolutions of stride 2 pad 3, 1 and 1
    "inception_v2": of_the_table("inception_v2", 1 + 8 + 16),
    "resnet50": ((427,), 32, 213),
}


def test_a_cycle_is_named(saved):
    nodes = [convolution(1, "b", "a"), convolution(1, "a", "b"), helper.make_node("Add", ["a", "x"], ["y"])]
    with pytest.raises(ValueError, match="^model: conv reads 'b', which nothing before it makes: a cycle, or no"):
        hdc.inspect(saved(model_of(nodes, weights=[weight("w", 1, 1, 3, 3)])))


def huge(path):
    with open(path, "wb") as file:
        file.truncate(2**31)  # a file with a hole, which takes no room
    return path


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no ONNX file, or one without operations"),
        (b"not a network at all", "is no whole ONNX file: "),
        (b"\x80\x04" + bytes(range(256)) * 4, "is no whole ONNX file: "),
        (WHOLE.SerializeToString()[:-40], "is no whole ONNX file: "),
        (model_of([]), "is no ONNX file, or one without operations"),
        (model_of([convolution()], (1, 1, 2**20, 2**20), [weight("w", 1, 1, 3, 3)]), "takes an input x of 1 × 1048576"),
        (model_of([convolution()], weights=[TensorProto(name="w", data_type=FLOAT, dims=[2**40, 1, 3, 3])]),
         "holds the tensor 'w' of shape"),
        (model_of([convolution()], weights=[TensorProto(name="w", data_type=FLOAT, dims=[1, 1, 3, 3])]),
         "holds the tensor 'w' with broken values"),
        (model_of([convolution()], weights=[weight("w", 3)]), "Conv at conv does not fit: "),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_in_words(saved, content, words):
    with pytest.raises(ValueError, match=f"^model:? .*{words}"):
        hdc.inspect(saved(content))


def test_a_file_beyond_what_onnx_can_hold_is_refused_before_it_is_read(tmp_path):
    with pytest.raises(ValueError, match="^model .* has 2147483648 bytes, and an ONNX file has at most 2147483647$"):
        hdc.inspect(huge(tmp_path / "net.onnx"))
    with pytest.raises(ValueError, match="^model .* cannot be read: Is a directory$"):
        hdc.inspect(tmp_path)
    for name, target in (("endless.onnx", "/dev/zero"), ("empty.onnx", "/dev/null")):
        (tmp_path / name).symlink_to(target)
        with pytest.raises(ValueError, match="^model .* cannot be read: it is a pipe or a device$"):
            hdc.inspect(tmp_path / name)


class Hostile:
    """Writes a file when it is unpickled."""

    def __init__(self, trace):
        self.trace = str(trace)

    def __reduce__(self):
        return open, (self.trace, "w")


def test_no_code_of_a_file_is_run(saved, tmp_path):
    trace = tmp_path / "ran"
    hostile = pickle.dumps(Hostile(trace))
    for name, content in (("net.onnx", hostile), ("net.pt", hostile), ("net.py", b"raise SystemExit(7)")):
        with pytest.raises(ValueError, match="is no "):
            hdc.inspect(saved(content, name))
    evil = model_of([helper.make_node("PyOp", ["x"], ["y"], domain="ai.onnx.contrib", code="raise SystemExit(7)")])
    assert not hdc.inspect(saved(evil)).exact
    assert not trace.exists()
    pickle.loads(hostile).close()
    assert trace.exists()  # so the file would have shown it


def many_operations():
    """A file with shapes that are computed, a function, a branch, and most kinds of operations."""
    node, numbers = helper.make_node, lambda name, *values: numpy_helper.from_array(np.array(values), name)
    inner = helper.make_graph([node("Relu", ["a"], ["z"])], "in", [], [helper.make_tensor_value_info("z", FLOAT, None)])
    opset = [helper.make_opsetid("", 18)]
    twice = helper.make_function("own", "Twice", ["p", "q"], ["r"], [
        node("Conv", ["p", "q"], ["m"], pads=[1] * 4), node("Conv", ["m", "q"], ["r"], pads=[1] * 4),
    ], opset)  # fmt: skip
    model = model_of([
        convolution(1, "x", "a"), node("Shape", ["a"], ["s"]), node("Gather", ["s", "i"], ["g"], axis=0),
        node("Concat", ["one", "one", "g"], ["t"], axis=0), node("Resize", ["a", "", "", "t"], ["r"], mode="linear"),
        node("ConvTranspose", ["r", "w"], ["u"], strides=[2, 2]), node("Slice", ["u", "from", "to"], ["v"]),
        node("Pad", ["v", "pads"], ["p"]), node("Twice", ["p", "w"], ["f"], domain="own"),
        node("GlobalAveragePool", ["f"], ["m"]), node("Mul", ["f", "m"], ["n"]), node("Reshape", ["n", "new"], ["o"]),
        node("Transpose", ["o"], ["q"], perm=[0, 1, 3, 2]), node("Softmax", ["q"], ["k"], axis=1),
        node("If", ["always"], ["b"], then_branch=inner, else_branch=inner),
        node("MaxPool", ["k"], ["y"], kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1),
    ], (1, 1, 16, 16), [
        weight("w", 1, 1, 3, 3), numbers("i", 2, 3), numbers("one", 1), numbers("from", 0, 0, 0, 0),
        numbers("to", 1, 1, 2**62, 32), numbers("pads", *[0] * 8), numbers("new", 1, 1, -1, 16),
        numpy_helper.from_array(np.array(True), "always"),
    ])  # fmt: skip
    model.functions.append(twice)
    model.opset_import.append(helper.make_opsetid("own", 1))
    return model


FILES = [WHOLE.SerializeToString(), many_operations().SerializeToString()]


def asked(path):
    """A report or a reason, in words."""
    try:
        return str(hdc.inspect(path))
    except ValueError as error:
        assert re.match("model|shape is needed|no output|.* has no places|the input", str(error))
        assert not re.search(r"zip\(\)|object|expected", str(error))
        return str(error)


def test_a_whole_file_of_many_operations_is_read_exactly(saved):
    report = hdc.inspect(saved(FILES[1]))
    assert report.exact and report.global_branches and len(report.views) == 4


@pytest.mark.parametrize("content", FILES, ids=["few operations", "many operations"])
def test_a_file_that_ends_at_any_byte_gives_a_report_or_a_reason(saved, content):
    for size in range(len(content)):
        assert asked(saved(content[:size]))


@pytest.mark.parametrize("block", range(4))
@pytest.mark.parametrize("content", FILES, ids=["few operations", "many operations"])
def test_a_file_with_wrong_bytes_gives_a_report_or_a_reason(saved, content, block):
    rng = random.Random(block)
    for _ in range(150):
        broken = bytearray(content)
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(broken))
            broken[at : at + rng.choice((0, 1, 1, 1, 5))] = rng.randbytes(rng.choice((0, 1, 1, 1, 5)))
        assert asked(saved(bytes(broken)))


def test_a_file_with_names_that_are_no_text_is_refused(saved):
    for name in (b"conv", b"Conv", b"w"):
        with pytest.raises(ValueError, match="is no whole ONNX file: it has names that are no text$"):
            hdc.inspect(saved(FILES[0].replace(name, b"\xff" * len(name))))
