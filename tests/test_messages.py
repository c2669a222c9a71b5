"""Bad stacks, modules and words are named as the caller called them."""

import numpy as np
import pytest

import hdclib as hdc
from hdclib import Cascade, ConvLayer, Parallel, as_layers
from hdclib.exercises import Condition


@pytest.mark.parametrize("function", [hdc.module_span, hdc.module_counts, hdc.module_coverage])
def test_a_lone_layer_with_a_stride_is_refused_as_a_part_is(function):
    with pytest.raises(ValueError, match="^module has stride 2: parts are joined on one grid, with stride 1$"):
        function(ConvLayer(3, stride=2))


def test_arrays_without_axes_are_numbers_not_lists():
    assert as_layers([2], np.array(3)) == (ConvLayer(3, 2),)
    with pytest.raises(TypeError, match=r"^layers must be a list or tuple, got array\(3\)$"):
        as_layers(np.array(3), 3)


@pytest.mark.parametrize("module", [Cascade([1, 2], 3), Parallel([1, 2], 3)])
def test_a_module_in_place_of_layers_is_sent_to_the_functions_for_modules(module):
    calls = [
        lambda: hdc.coverage(module), lambda: hdc.coverage([module]), lambda: hdc.coverage([1, module], 3),
        lambda: hdc.coverage([ConvLayer(3), module]),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(TypeError, match="ask module_coverage or module_counts$"):
            call()


def test_long_values_are_shortened():
    for call in (lambda: as_layers("x" * 5000, 3), lambda: ConvLayer([1] * 5000), lambda: Cascade([[7] * 5000, 1], 3),
                 lambda: hdc.coverage(Cascade([1] * 500, 3)), lambda: hdc.module_span([1] * 500)):  # fmt: skip
        with pytest.raises(TypeError) as caught:
            call()
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "function",
    [hdc.common_divisor, hdc.distance_chain, hdc.rising_groups, hdc.is_sawtooth, hdc.second_distance,
     lambda dilations: hdc.m2_rule_accepts(dilations, 3)],
)  # fmt: skip
def test_dilations_are_called_dilations(function):
    with pytest.raises(TypeError, match="^dilations must be a list or tuple, got 3$"):
        function(3)
    with pytest.raises(ValueError, match=r"^dilations\[1\] \(a dilation\) must be at least 1, got 0$"):
        function([1, 0])


def test_parts_are_called_parts():
    with pytest.raises(TypeError, match="^parts must be a list or tuple, got 3$"):
        Cascade(3, 3)
    with pytest.raises(ValueError, match="^parts is empty"):
        Parallel([], 3)


@pytest.mark.parametrize("value", [["x"], np.array(["x", "y"]), None, 3, {}])
def test_a_choice_that_is_no_word_is_refused_with_the_choices(value):
    calls = {
        "order": lambda: hdc.all_stacks(2, 2, order=value),
        "rule": lambda: hdc.accepts(value, [[1, 2]], 3),
        "demand": lambda: hdc.survey("exact", 3, demand=value),
        "rank": lambda: hdc.design(9, 3, 3, rank=value),
        "join": lambda: hdc.joined([1], value, 3),
        "align": lambda: hdc.module_counts(ConvLayer(3), align=value),
        "kind": lambda: hdc.enlarge([[1]], 2, kind=value),
        "padding": lambda: hdc.tensorflow_size(8, 3, padding=value),
        "auto_pad": lambda: hdc.onnx_same_padding(8, 3, auto_pad=value),
        "property": lambda: Condition(value, "=", 1),
        "sign": lambda: Condition("holes", value, 1),
        "stride_in": lambda: hdc.resnet(50, value),
        "name": lambda: hdc.backbone(value),
        r"pools\[1\]": lambda: hdc.vgg16(["keep", value, "keep", "keep", "keep"]),
        "operation": lambda: hdc.solve_size(value, "size", 4, kernel_size=3),
        "unknown": lambda: hdc.solve_size("conv", value, 4, kernel_size=3),
    }
    for name, call in calls.items():
        with pytest.raises(TypeError, match=f"^{name} must be (one of |'same' or 'valid'|'SAME_UPPER' or )"):
            call()
    with pytest.raises(TypeError, match="^kind must be one of max, average, stride"):
        hdc.pool_image([[1, 2], [3, 4]], kind=value)
    with pytest.raises(TypeError, match="^kind must be one of shapes"):
        hdc.scene(value)
