"""Bad stacks, modules and words are named as the caller called them."""

import numpy as np
import pytest
from brute_force import path_counts

import hdclib as hdc
from hdclib import Cascade, ConvLayer, Parallel, as_layers
from hdclib.exercises import Condition


@pytest.mark.parametrize("function", [hdc.module_span, hdc.module_counts, hdc.module_coverage])
def test_a_lone_layer_with_a_stride_is_refused_as_a_part_is(function):
    words = "^module has stride 2: parts are joined on one grid, with stride 1; for a network with strides ask each"
    with pytest.raises(ValueError, match=words):
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


TAKING_DILATIONS = [
    hdc.common_divisor, hdc.distance_chain, hdc.rising_groups, hdc.is_sawtooth, hdc.second_distance,
    lambda dilations: hdc.m2_rule_accepts(dilations, 3),
]  # fmt: skip


@pytest.mark.parametrize("function", TAKING_DILATIONS)
def test_dilations_are_called_dilations(function):
    with pytest.raises(TypeError, match="^dilations must be a list or tuple, got 3$"):
        function(3)
    with pytest.raises(ValueError, match=r"^dilations\[1\] \(a dilation\) must be at least 1, got 0$"):
        function([1, 0])


@pytest.mark.parametrize("function", TAKING_DILATIONS)
def test_layers_in_place_of_dilations_are_told_how_to_become_dilations(function):
    layers = [hdc.ConvLayer(3, 2), hdc.ConvLayer(5, 1)]
    with pytest.raises(TypeError) as caught:
        function(layers)
    told = str(caught.value)
    assert told.startswith(f"dilations[0] is {layers[0]}: give ")
    function(eval(told.partition(": give ")[2], {"layers": layers}))


HUGE = 10**5000  # Python does not print it


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ConvLayer(-HUGE), r"kernel_size must be at least 1, got about -10\*\*5000"),
        (lambda: hdc.widest_hole_free(HUGE, 3), r"depth must be at most 10000, got about 10\*\*5000"),
        (lambda: hdc.tap_counts([HUGE], 3), r"layers span about 10\*\*5000 samples, and at most 67108864 can be"),
        (lambda: hdc.holes([1, -HUGE]), r"counts must be at least 0, got about -10\*\*5000"),
        (lambda: hdc.enlarge([[1]], HUGE), r"factor asks for about 10\*\*10000 pixels, at most 67108864 are allowed"),
        (lambda: hdc.design(HUGE, 3, 3), r"target about 10\*\*5000 is more than 27, the widest"),
        (lambda: hdc.all_stacks(2, HUGE), r"depth=2 with largest=about 10\*\*5000 makes more than 3000000 stacks"),
        (lambda: hdc.coverage([-HUGE], 3), r"layers\[0\] \(a dilation\) must be at least 1, got about -10\*\*5000"),
        (lambda: hdc.check([1], [HUGE, 3]), "kernel_size has 2 entries for 1 layer"),
        (lambda: hdc.filter_image([[1]], [1], 3, between=[HUGE]), "between must be a function of an array, got a list"),
    ],
)
def test_numbers_too_long_to_be_printed_are_rounded(call, message):
    with pytest.raises((TypeError, ValueError), match=f"^{message}"):
        call()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: Parallel([6, Cascade([1, 2], 3)], 3), TypeError,
         r"parts mixes modules and dilations: parts\[0\] is 6, write ConvLayer\(3, 6\)"),
        (lambda: Cascade([Cascade([1, 2], 3), 4]), TypeError,
         r"parts mixes modules and dilations: parts\[1\] is 4, write ConvLayer\(kernel_size, 4\)"),
        (lambda: Parallel([Cascade([1, 2], 3)], 3), TypeError,
         "kernel_size=3 is superfluous: the layers of every module .*"),
        (lambda: Parallel(Cascade([1], 3)), TypeError, "parts must be a list or tuple, got Cascade.*: put it .*"),
        (lambda: hdc.design(1000, 10, 3), ValueError, "target=1000 with depth=10 and kernel_size=3 has more than 20000 "
         "schedules: take fewer layers or a smaller target; for a deep stage design one group and repeat it, .*"),
        (lambda: hdc.hole_free_schedules(1001, 10, 3), ValueError, "field=1001 with depth=10 .* a smaller field; .*"),
        (lambda: hdc.design(9, 3, 10**30), ValueError,
         "kernel_size asks for 2999999999999999999999999999998 samples, at most 67108864 are allowed"),
        (lambda: hdc.design(10**9, 40, 2), ValueError, "target asks for 1000000000 samples, .*"),
        (lambda: hdc.design(4, 1, 3), ValueError, "target 4 is more than 3, the widest hole-free field of 1 layer .*"),
        (lambda: hdc.all_stacks(10**9, 1), ValueError, "depth must be at most 10000, got 1000000000"),
        (lambda: hdc.all_stacks(10_000, 10**9), ValueError,
         "depth=10000 with largest=1000000000 makes more than 3000000 stacks: take a smaller one"),
        (lambda: hdc.all_stacks(23, 10**6, "any"), ValueError, "depth=23 with largest=1000000 makes more than .*"),
        (lambda: hdc.all_stacks(9_999, 2), ValueError, "depth asks for 99990000 dilations, at most 67108864 .*"),
        (lambda: hdc.filter_image([[1]], [1, 2], 3, between=3), TypeError, "between must be a function of .*, got 3"),
        (lambda: hdc.filter_image([[1]], [1, 2], 3, between=lambda image: image.T[:, :0]), ValueError,
         r"between\(image\) must have 2 axes .*"),
        (lambda: hdc.filter_image([[1, 2]], [1, 2], 3, between=np.transpose), ValueError,
         r"between must keep the shape \(1, 2\), got \(2, 1\)"),
        (lambda: hdc.trained(size=np.array([1, 2])), TypeError, "size must be one number or one word, got array.*"),
        (lambda: hdc.trained_pictures(noise=[1]), TypeError, r"noise must be one number or one word, got \[1\]"),
        (lambda: hdc.published_part("WaveNets", "one block"), ValueError, "name must be one of Yu-.*, got 'WaveNets'"),
        (lambda: hdc.published_part(3, "one block"), TypeError, "name must be one of Yu-Koltun, .*, got 3"),
    ],
)  # fmt: skip
def test_a_refusal_names_what_the_caller_gave_and_a_way_out(call, error, message):
    with pytest.raises(error, match=f"^{message}$"):
        call()


def test_a_group_that_is_repeated_leaves_no_hole_as_the_refusal_says():
    for group in hdc.hole_free_schedules(17, 3, 3):
        assert 0 not in path_counts([(3, dilation, 1) for dilation in group * 2])


def test_one_hole_is_one_hole():
    assert path_counts([(2, 1, 1), (2, 1, 1), (2, 4, 1)]).count(0) == 1
    assert "counted: 1 hole along an axis;" in str(hdc.check([1, 1, 4], 2))
    assert "counted: 6 holes along an axis;" in str(hdc.check([2, 2, 2], 3))


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
        "stride_in": lambda: hdc.resnet(50, [value] if value is None else value),  # None is the default
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
