import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdclib.sizes.formulas import conv_size, conv_transpose_size, pool_size, same_padding
from hdclib.sizes.frameworks import (
    keras_conv_transpose_size,
    onnx_conv_transpose_size,
    onnx_same_padding,
    tensorflow_same_padding,
    tensorflow_size,
)


def recorded(name):
    """The cases of one recorded table, each as {column: value}."""
    table = json.loads((Path(__file__).parents[1] / "tables" / name).read_text())
    return [dict(zip(table["columns"], case, strict=True)) for case in table["cases"]]


def size_or_none(function, *arguments, **keywords):
    try:
        return function(*arguments, **keywords)
    except ValueError:
        return None


# --- TensorFlow and Keras ---


def test_sizes_are_tensorflows():
    seen = set()
    for case in recorded("tensorflow_conv.json"):
        layer = {name: case[name] for name in ("size", "kernel_size", "stride", "dilation")}
        assert tensorflow_size(**layer, padding="same") == case["same_out"], case
        expected = case["valid_out"] or None  # an empty tensor is refused here
        assert size_or_none(tensorflow_size, **layer, padding="valid") == expected, case
        seen.add(expected is None)
    assert seen == {True, False}


def test_same_padding_is_what_tensorflows_outputs_show():
    shown = [case for case in recorded("tensorflow_conv.json") if case["same_before"] is not None]
    assert len(shown) > 600
    for case in shown:
        layer = {name: case[name] for name in ("size", "kernel_size", "stride", "dilation")}
        before, after = tensorflow_same_padding(**layer)
        assert before == case["same_before"], case
        span = case["dilation"] * (case["kernel_size"] - 1) + 1
        assert len(range(0, before + case["size"] + after - span + 1, case["stride"])) == case["same_out"], case


@given(st.integers(1, 60), st.integers(1, 7), st.integers(1, 6), st.integers(1, 6))
def test_tensorflow_adds_the_fewest_zeros_that_do(size, kernel_size, stride, dilation):
    total = sum(tensorflow_same_padding(size, kernel_size, stride=stride, dilation=dilation))
    span = dilation * (kernel_size - 1) + 1
    counts = [len(range(0, size + zeros - span + 1, stride)) for zeros in range(total + 1)]
    assert counts[-1] >= len(range(0, size, stride))  # total 0 may leave more room than is used
    assert all(count < len(range(0, size, stride)) for count in counts[:-1])


@given(st.integers(1, 60), st.integers(1, 7), st.integers(1, 6))
def test_at_stride_1_tensorflow_and_pytorch_pad_alike(size, kernel_size, dilation):
    ours = tensorflow_same_padding(size, kernel_size, dilation=dilation)
    assert ours == same_padding(kernel_size, dilation=dilation)


def test_at_stride_2_tensorflow_and_pytorch_sample_different_pixels():
    assert tensorflow_size(8, 3, stride=2) == conv_size(8, 3, stride=2, padding=1) == 4
    assert tensorflow_same_padding(8, 3, stride=2) == (0, 1)  # windows start at 0, 2, 4, 6; PyTorch's at -1, 1, 3, 5


def test_transposed_sizes_and_refusals_are_keras():
    cases = recorded("keras_conv_transpose.json")
    for case in cases:
        shape_out, run_out = case.pop("shape_out"), case.pop("run_out")
        assert size_or_none(keras_conv_transpose_size, **case) == (shape_out or None), case  # 0 is refused here
        assert run_out in (None, shape_out), case
        case["refused"], case["ran"] = shape_out is None, run_out is not None
    assert sum(case["refused"] for case in cases) > 100
    assert sum(case["ran"] for case in cases) > 100


def test_keras_is_stricter_about_output_padding_than_pytorch():
    assert conv_transpose_size(4, 3, dilation=3, output_padding=2) == 12
    with pytest.raises(ValueError, match=r"^Keras wants output_padding less than stride=1, got 2: give at most 0$"):
        keras_conv_transpose_size(4, 3, dilation=3, output_padding=2)


# --- ONNX ---


def test_auto_pad_is_what_onnx_and_its_runtime_do():
    cases, crops = recorded("onnx_auto_pad.json"), []
    for case in cases:
        layer = {name: case[name] for name in ("size", "kernel_size", "stride", "dilation")}
        out = tensorflow_size(**layer, padding="same")
        assert out == case["inferred_out"], case
        assert case["runtime_out"] in (None, out), case
        before, _ = onnx_same_padding(**layer, auto_pad=case["auto_pad"])
        assert case["reference_before"] in (None, before), case
        surplus = case["size"] - (out - 1) * case["stride"] - case["dilation"] * (case["kernel_size"] - 1) - 1
        if surplus > 0:
            crops.append(case["runtime_before"] not in (None, 0))  # the runtime's issue 10086
        else:
            assert case["runtime_before"] in (None, before), case
        assert (case["runtime_out"] is None) == (case["dilation"] > 1), case  # as the docstring says
    assert sum(case["runtime_before"] is not None for case in cases) > 100
    assert any(crops)


def test_transposed_sizes_are_onnxs_and_the_runtime_refuses_more():
    cases = recorded("onnx_conv_transpose.json")
    for case in cases:
        layer = {name: case[name] for name in ("size", "kernel_size", "stride", "dilation", "output_padding")}
        out = size_or_none(onnx_conv_transpose_size, **layer, pads=(case["pad_before"], case["pad_after"]))
        legal = case["output_padding"] < max(case["stride"], case["dilation"])
        assert out == (case["inferred_out"] if legal and case["inferred_out"] > 0 else None), case
        runs = out is not None and case["output_padding"] < case["stride"]
        assert case["runtime_out"] == (out if runs else None), case
    assert sum(case["runtime_out"] is not None for case in cases) > 200


def test_pytorchs_pooling_rule_is_onnxs_too():
    cases = recorded("onnx_pool.json")
    agreed = 0
    for case in cases:
        layer = {name: case[name] for name in ("size", "kernel_size", "stride", "padding", "dilation", "ceil_mode")}
        out = size_or_none(pool_size, **layer)
        if out is not None:
            assert out == case["inferred_out"] == case["runtime_out"], case
            agreed += 1
    assert agreed > 200


@given(st.integers(1, 20), st.integers(1, 5), st.integers(1, 4), st.integers(0, 4), st.integers(1, 4))
def test_equal_pads_are_pytorchs_padding(size, kernel_size, stride, padding, dilation):
    shape = {"size": size, "kernel_size": kernel_size, "stride": stride, "dilation": dilation}
    pytorch = size_or_none(conv_transpose_size, padding=padding, **shape)
    assert size_or_none(onnx_conv_transpose_size, pads=(padding,) * 2, **shape) == pytorch


# --- errors ---


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: tensorflow_size(7, 3, padding="full"), ValueError, r"^padding must be 'same' or 'valid', got 'full'$"),
        (lambda: tensorflow_size(7, 3, padding=1), TypeError, r"^padding must be 'same' or 'valid', got 1$"),
        (lambda: tensorflow_size(7, 0), ValueError, r"^kernel_size must be at least 1, got 0$"),
        (lambda: tensorflow_size(2, 3, padding="valid"), ValueError, r"^the kernel spans 3 samples .* input has 2"),
        (lambda: tensorflow_same_padding(True, 3), TypeError, r"^size must be a whole number, got True$"),
        (
            lambda: onnx_same_padding(7, 3, auto_pad="same"),
            ValueError,
            r"^auto_pad must be 'SAME_UPPER' or 'SAME_LOWER'",
        ),
        (lambda: onnx_conv_transpose_size(4, 3, pads=1), TypeError, r"^pads must be a pair \(before, after\), got 1$"),
        (lambda: onnx_conv_transpose_size(4, 3, pads=(1, -1)), ValueError, r"^pads must be at least 0, got -1$"),
        (lambda: onnx_conv_transpose_size(1, 3, pads=(1, 2)), ValueError, r"pads=\(1, 2\) cut 3 .* at most 2 together"),
        (lambda: onnx_conv_transpose_size(4, 3, output_padding=1), ValueError, r"^output_padding must be less than"),
        (lambda: keras_conv_transpose_size(4, 3, stride=2, dilation=2), ValueError, r"stride=2 or dilation=2, not"),
        (
            lambda: keras_conv_transpose_size(1, 2, padding="same", output_padding=0),
            ValueError,
            r"^size=1 gives an empty result: leave ",
        ),
        (lambda: keras_conv_transpose_size(4, 3, stride=2, output_padding=0.5), TypeError, r"^output_padding must be"),
    ],
)
def test_bad_arguments_are_named(call, kind, message):
    with pytest.raises(kind, match=message):
        call()


def test_small_numpy_integers_do_not_overflow():
    assert tensorflow_same_padding(np.int8(101), np.int8(3), stride=np.int8(100), dilation=np.int8(100)) == (100, 100)
    assert onnx_conv_transpose_size(np.int8(100), np.int8(3), stride=np.int8(100)) == 9903
    assert keras_conv_transpose_size(np.int8(100), np.int8(3), stride=np.int8(100)) == 10000


# --- dilated pools ---


def test_tensorflow_runs_dilated_pools_with_valid_and_stride_1_only():
    ran = refused = 0
    for case in recorded("tensorflow_pool.json"):
        if case["dilation"] == 1:
            continue
        layer = {name: case[name] for name in ("size", "kernel_size", "stride", "dilation")}
        out = size_or_none(tensorflow_size, **layer, padding="valid")
        if case["padding"] == "VALID" and case["stride"] == 1:
            assert (case["out"] or None) == out, case
            ran += out is not None
        else:
            assert case["out"] is None, case
            refused += 1
    assert ran > 20 and refused > 100
    assert tensorflow_size(8, 3, padding="valid", dilation=2) == 4
