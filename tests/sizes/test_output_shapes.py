"""What a transposed layer cuts off for a given size, against ONNX Runtime and TensorFlow as recorded."""

import json
from pathlib import Path

import pytest

from hdclib.sizes.frameworks import onnx_conv_transpose_size, tensorflow_same_padding, tensorflow_size
from hdclib.sizes.output_shapes import (
    onnx_conv_transpose_padding,
    tensorflow_conv_transpose_padding,
    tensorflow_conv_transpose_sizes,
)

TABLES = Path(__file__).parents[1] / "tables"


def recorded(name):
    table = json.loads((TABLES / name).read_text())
    return [dict(zip(table["columns"], case, strict=True)) for case in table["cases"]]


def test_onnx_runtime_cuts_where_we_say_wherever_it_runs():
    seen = {"SAME_UPPER": 0, "SAME_LOWER": 0, "NOTSET": 0, "refused": 0}
    for case in recorded("onnx_conv_transpose_same.json"):
        names = ("size", "kernel_size", "stride", "dilation", "output_padding", "out", "auto_pad")
        given = {name: case[name] for name in names}
        if (given["out"], given["auto_pad"]) == (None, "NOTSET"):
            continue  # then pads count, and there are none
        try:
            before, after = onnx_conv_transpose_padding(**given)
        except ValueError:
            seen["refused"] += 1
            continue
        out = given.pop("out") or given["size"] * given["stride"]
        auto_pad = given.pop("auto_pad")
        assert onnx_conv_transpose_size(**given, pads=(before, after)) == out
        assert case["runtime_out"] in (None, out), case
        assert case["runtime_before"] in (None, before), case
        assert (case["runtime_out"] is None) == (given["output_padding"] >= given["stride"]), case
        if auto_pad != "NOTSET":  # there the reference evaluator leaves the odd sample at the end
            assert case["reference_before"] in (None, before), case
        seen[auto_pad] += case["runtime_before"] is not None
    assert min(seen.values()) > 70, seen


def test_tensorflow_accepts_the_sizes_and_cuts_where_we_say():
    seen = {True: 0, False: 0, "shown": 0}
    for case in recorded("tensorflow_conv_transpose.json"):
        size, kernel_size, out = case["size"], case["kernel_size"], case["out"]
        layer = {"stride": case["stride"], "padding": case["padding"].lower()}
        accepted = out in tensorflow_conv_transpose_sizes(size, kernel_size, **layer)
        assert case["accepted"] == accepted, case
        seen[accepted] += 1
        if accepted and case["before"] is not None:
            before, _ = tensorflow_conv_transpose_padding(size, out, kernel_size, **layer)
            assert case["before"] == before, case
            seen["shown"] += 1
    assert min(seen.values()) > 50, seen


def test_the_two_sizes_of_four_inputs_at_stride_2_are_7_and_8():
    assert list(tensorflow_conv_transpose_sizes(4, 3, stride=2)) == [7, 8]
    assert [tensorflow_conv_transpose_padding(4, out, 3, stride=2) for out in (7, 8)] == [(1, 1), (0, 1)]


def test_same_on_the_way_back_is_same_on_the_way_there():
    for kernel_size in range(1, 7):
        for stride in range(1, 5):
            for size in range(1, 7):
                for dilation in (1, 2):
                    layer = {"stride": stride, "dilation": dilation}
                    outs = [n for n in range(1, 60) if tensorflow_size(n, kernel_size, **layer) == size]
                    assert list(tensorflow_conv_transpose_sizes(size, kernel_size, **layer)) == outs
                    for out in outs:
                        there = tensorflow_same_padding(out, kernel_size, **layer)
                        assert tensorflow_conv_transpose_padding(size, out, kernel_size, **layer) == there


@pytest.mark.parametrize(("size", "kernel_size", "stride", "pads"), [(2, 3, 1, (1, 1)), (3, 3, 2, (0, 1))])
def test_two_cases_by_hand(size, kernel_size, stride, pads):
    assert onnx_conv_transpose_padding(size, kernel_size, stride=stride) == pads


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: tensorflow_conv_transpose_padding(4, 9, 3, stride=2), r"^out must be from 7 to 8 for size=4, got 9$"),
        (lambda: onnx_conv_transpose_padding(4, 3, auto_pad="NOTSET"), r"^out is missing: with auto_pad='NOTSET'"),
        (lambda: onnx_conv_transpose_padding(4, 1, stride=3), r"^the whole result has 10 samples, out=12: raise"),
        (
            lambda: onnx_conv_transpose_padding(4, 3, auto_pad="same"),
            r"^auto_pad must be 'SAME_UPPER', 'SAME_LOWER' or",
        ),
        (lambda: tensorflow_conv_transpose_sizes(4, 3, padding="full"), r"^padding must be 'same' or 'valid'"),
    ],
)
def test_what_cannot_be_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
