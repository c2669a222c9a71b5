"""hdclib/layers.py: the layer and its checks."""

import pkgutil

import numpy as np
import pytest

import hdclib as hdc
from hdclib import ConvLayer, as_layers
from hdclib.checks import whole_number
from hdclib.names import public_names


def test_effective_size_is_the_distance_from_first_to_last_tap():
    for kernel_size in range(1, 8):
        for dilation in range(1, 8):
            taps = range(0, kernel_size * dilation, dilation)
            assert ConvLayer(kernel_size, dilation).effective_size == taps[-1] - taps[0] + 1


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0,), ValueError, "kernel_size must be at least 1, got 0"),
        ((3, 0), ValueError, "dilation must be at least 1, got 0"),
        ((3, -2), ValueError, "dilation must be at least 1, got -2"),
        ((3, 1.5), TypeError, "dilation must be a whole number, got 1.5"),
        ((3.0,), TypeError, "kernel_size must be a whole number, got 3.0"),
        ((True,), TypeError, "kernel_size must be a whole number, got True"),
        ((3, np.bool_(True)), TypeError, r"dilation must be a whole number, got np\.True_"),
        (("3",), TypeError, "kernel_size must be a whole number, got '3'"),
        ((3, None), TypeError, "dilation must be a whole number, got None"),
    ],
)
def test_a_bad_argument_is_named_with_its_value(arguments, error, message):
    with pytest.raises(error, match=f"^{message}$"):
        ConvLayer(*arguments)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"stride": 0}, "stride must be at least 1, got 0"), ({"padding": -1}, "padding must be at least 0, got -1")],
)
def test_a_bad_stride_or_padding_is_named_with_its_value(arguments, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        ConvLayer(3, **arguments)


@pytest.mark.parametrize("arguments", [(3, 1, 2), (3, 1, 2, 2)], ids=str)
def test_stride_and_padding_are_given_by_name_since_other_libraries_order_them_otherwise(arguments):
    with pytest.raises(TypeError, match="positional arguments"):
        ConvLayer(*arguments)
    assert ConvLayer(3, 2, stride=4, padding=5) == ConvLayer(kernel_size=3, stride=4, padding=5, dilation=2)


@pytest.mark.parametrize("function", [hdc.shared_inputs, hdc.signal.output_correlation, hdc.signal.frequency_response])
def test_a_kernel_size_behind_another_number_is_given_by_name(function):
    with pytest.raises(TypeError, match="positional arguments"):
        function([1, 2], 3, 1)  # as (layers, kernel_size, shift) this would have meant something else


def test_whole_number_takes_numpy_integers_and_names_the_upper_limit():
    assert whole_number("size", np.int16(7), 1) == 7
    assert type(whole_number("size", np.int16(7), 1)) is int
    with pytest.raises(ValueError, match="^size must be at most 9, got 10$"):
        whole_number("size", 10, 1, most=9)


def test_dilations_become_layers_of_one_size_or_of_one_each():
    assert as_layers([1, 2], 3) == (ConvLayer(3, 1), ConvLayer(3, 2))
    assert as_layers(np.array([1, 2]), [3, 5]) == (ConvLayer(3, 1), ConvLayer(5, 2))
    assert as_layers((ConvLayer(2, 4),)) == (ConvLayer(2, 4),)


@pytest.mark.parametrize(
    ("layers", "kernel_size", "error", "message"),
    [
        ([], 3, ValueError, "layers is empty: give at least one layer"),
        ("123", 3, TypeError, "layers must be a list or tuple, got '123'"),
        ({1, 2}, 3, TypeError, "layers must be a list or tuple"),
        (5, 3, TypeError, "layers must be a list or tuple, got 5"),
        ([1, 2], None, TypeError, "layers.0. is 1: plain dilations need a kernel_size"),
        ([1, 0], 3, ValueError, r"layers\[1\] \(a dilation\) must be at least 1, got 0"),
        ([1, 2.5], 3, TypeError, r"layers\[1\] \(a dilation\) must be a whole number, got 2.5"),
        ([1, True], 3, TypeError, r"layers\[1\] \(a dilation\) must be a whole number, got True"),
        ([1, 2], 0, ValueError, "kernel_size must be at least 1, got 0"),
        ([1, 2], [3], ValueError, "^kernel_size has 1 entry for 2 layers: give one number, or one a layer$"),
        ([1], [3, 5], ValueError, "^kernel_size has 2 entries for 1 layer: give one number, or one a layer$"),
        ([1, 2], [], ValueError, "^kernel_size is empty: give one number, or one a layer$"),
        ([1, 2], "3", TypeError, "^kernel_size must be a whole number, or a list with one a layer, got '3'$"),
        ([1, 2], {3}, TypeError, "^kernel_size must be a whole number, or a list with one a layer, got [{]3[}]$"),
        ([1, 2], [3, 0], ValueError, r"kernel_size\[1\] must be at least 1, got 0"),
        ([ConvLayer(3)], 3, TypeError, "kernel_size=3 is superfluous"),
        ([ConvLayer(3), 2], 3, TypeError, r"layers mixes ConvLayer and plain dilations: layers\[1\] is 2"),
        ([1] * 10_001, 3, ValueError, "layers has 10001 entries, at most 10000 are allowed"),
    ],
)
def test_a_bad_stack_is_refused_in_words(layers, kernel_size, error, message):
    with pytest.raises(error, match=message):
        as_layers(layers, kernel_size)


def test_every_public_name_is_documented_with_an_example_or_attributes():
    for name, home in public_names().items():
        words = pkgutil.resolve_name(home).__doc__
        assert words and ("Examples" in words or "Attributes" in words), name
