"""Bad stacks, modules and words are named as the caller called them."""

import re

import numpy as np
import pytest
from brute_force import path_counts, reached_by

import hdclib as hdc
from hdclib import ConvLayer, as_layers
from hdclib.networks import Cascade, Parallel
from hdclib.rules.exercises import Condition


def test_a_lone_layer_with_a_stride_is_refused_as_a_part_is():
    words = "^module has stride 2: parts are joined on one grid, with stride 1; for a network with strides ask each"
    with pytest.raises(ValueError, match=words):
        hdc.networks.with_skip(ConvLayer(3, stride=2))


def test_arrays_without_axes_are_numbers_not_lists():
    assert as_layers([2], np.array(3)) == (ConvLayer(3, 2),)
    with pytest.raises(TypeError, match=r"^layers must be a list or tuple, got array\(3\)$"):
        as_layers(np.array(3), 3)


@pytest.mark.parametrize("module", [Parallel([1, 2], 3), Cascade([Parallel([1, 2], 3)])])
def test_branches_in_place_of_layers_are_sent_to_the_functions_that_take_them(module):
    calls = [
        lambda: hdc.is_hole_free(module), lambda: hdc.coverage([module]), lambda: hdc.coverage([1, module], 3),
        lambda: hdc.check([ConvLayer(3), module]),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(TypeError, match="ask receptive_field, tap_counts, usage_map or coverage$"):
            call()
    for function in (hdc.receptive_field, hdc.tap_counts, hdc.usage_map, hdc.coverage):
        function(module)


def test_long_values_are_shortened():
    for call in (lambda: as_layers("x" * 5000, 3), lambda: ConvLayer([1] * 5000), lambda: Cascade([[7] * 5000, 1], 3),
                 lambda: hdc.is_hole_free(Parallel([1] * 500, 3)), lambda: hdc.receptive_field([1] * 500)):  # fmt: skip
        with pytest.raises(TypeError) as caught:
            call()
        assert len(str(caught.value)) < 200


TAKING_DILATIONS = [
    hdc.common_divisor, hdc.distance_chain, hdc.rules.rising_groups, hdc.rules.is_sawtooth, hdc.second_distance,
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
        (lambda: hdc.place_values([-HUGE]), r"kernel_sizes\[0\] must be at least 2, got about -10\*\*5000"),
        (lambda: hdc.tap_counts([HUGE], 3), r"layers span about 10\*\*5000 samples, and at most 67108864 can be"),
        (lambda: hdc.holes([1, -HUGE]), r"counts must be at least 0, got about -10\*\*5000"),
        (
            lambda: hdc.signal.enlarge([[1]], HUGE),
            r"factor asks for about 10\*\*10000 pixels, at most 67108864 are allowed",
        ),
        (lambda: hdc.design(HUGE, 3, 3), r"target about 10\*\*5000 is more than 27, the widest"),
        (lambda: hdc.all_stacks(2, HUGE), r"depth=2 with largest=about 10\*\*5000 makes more than 3000000 stacks"),
        (lambda: hdc.coverage([-HUGE], 3), r"layers\[0\] \(a dilation\) must be at least 1, got about -10\*\*5000"),
        (lambda: hdc.check([1], [HUGE, 3]), "kernel_size has 2 entries for 1 layer"),
        (lambda: hdc.resnet(HUGE), r"depth must be one of 18, .*, got about 10\*\*5000"),
        (lambda: hdc.resnet(50, output_stride=HUGE), r"output_stride must be one of 8, 16, 32, got about 10\*\*5000"),
        (lambda: hdc.networks.halving_layers(HUGE), r"output_stride must be 8, 16 or 32, got about 10\*\*5000"),
        (
            lambda: hdc.conv_size(9, HUGE),
            r"the kernel spans about 10\*\*5000 samples \(kernel_size=about 10\*\*5000, "
            r"dilation=1\) but the padded input has 9: lower kernel_size or pad about 10\*\*4999 more on each side",
        ),
        (lambda: hdc.conv_size(9, 3, dilation=HUGE), r"the kernel spans .*, dilation=about 10\*\*5000\)"),
        (
            lambda: hdc.sizes.pool_size(9, 3, padding=HUGE),
            r"padding must be at most 1, half of .*=3, got about 10\*\*5000",
        ),
        (
            lambda: hdc.sizes.pool_size(9, HUGE),
            r"the window spans about 10\*\*5000 samples \(kernel_size=about .* at least",
        ),
        (lambda: hdc.sizes.conv_transpose_size(9, 3, padding=HUGE), r"padding=about 10\*\*5000 cuts about 10\*\*5000"),
        (
            lambda: hdc.sizes.conv_transpose_size(9, 3, output_padding=HUGE),
            "output_padding must be less than stride=1 ",
        ),
        (
            lambda: hdc.sizes.output_padding_for(9, HUGE, 3),
            r"no output_padding turns size=9 into out=about 10\*\*5000: 0 ",
        ),
        (lambda: hdc.coverage(Parallel([HUGE], 3)), r"layers span about 10\*\*5000 cells, and at most 16777216 of a"),
        (lambda: hdc.sizes.size_chain(9, [ConvLayer(HUGE)]), "layer 1 of 1: the kernel spans about"),
        (
            lambda: hdc.networks.apply_stack([1], [ConvLayer(HUGE)], [[1]]),
            r"weights\[0\] must have shape \(about 10\*\*5000,\)",
        ),
        (
            lambda: hdc.networks.apply_stack([1], [ConvLayer(2, HUGE)], [[1, 1]]),
            r"layers\[0\] spans about 10\*\*5000 samples",
        ),
        (lambda: hdc.check([ConvLayer(3, stride=HUGE)]), r"layers\[0\] has stride about 10\*\*5000: the HDC rules"),
        (lambda: Parallel([ConvLayer(3, stride=HUGE)]), r"parts\[0\] has stride about 10\*\*5000: parts are"),
        (lambda: Parallel([Cascade([1], 3), HUGE]), r"parts mixes .*: parts\[1\] is about 10\*\*5000, write ConvLayer"),
        (lambda: hdc.common_divisor([ConvLayer(HUGE)]), r"dilations\[0\] is a ConvLayer that holds a number of more "),
        (lambda: hdc.gridding.lattice_limit(HUGE, HUGE), r"span must be one more than a multiple of step=about 10\*\*"),
        (lambda: hdc.signal.pool_image([[1]], HUGE), r"image is 1 × 1, its sides cannot be halved about 10\*\*5000"),
        (lambda: hdc.signal.filter_image([[1]], [ConvLayer(3, stride=HUGE)]), r"stride must be 1 .*, got a list"),
        (lambda: hdc.sizes.onnx_conv_transpose_size(4, 3, pads=(HUGE, 0)), "pads=a tuple that holds .* cut about"),
        (lambda: hdc.sizes.keras_conv_transpose_size(4, 3, stride=HUGE, dilation=HUGE), "Keras takes stride=about"),
        (lambda: hdc.sizes.keras_conv_transpose_size(4, 3, stride=2, output_padding=HUGE), "Keras wants output_p"),
        (lambda: hdc.signal.filter_image([[1]], [1], 3, between=[HUGE]), "between must be a function .*, got a list"),
    ],
)
def test_numbers_too_long_to_be_printed_are_rounded(call, message):
    with pytest.raises((TypeError, ValueError), match=f"^{message}"):
        call()


def test_answers_with_numbers_too_long_to_be_printed_are_rounded_too():
    about = r"about 10\*\*5000"
    none = hdc.sizes.solve_size("conv", "padding", HUGE, size=9, kernel_size=3)
    one = hdc.sizes.solve_size("conv", "size", HUGE, kernel_size=1, within=(HUGE, HUGE))
    assert re.fullmatch(f"no padding from 0 to 1024 gives {about}: padding 1024 gives 2055", none.explanation)
    assert re.fullmatch(f"size {about}: output size {about}", one.explanation)
    assert str(hdc.check([HUGE], 1)).startswith("dilations [about 10**5000], kernel sizes [1]\n")
    assert str(hdc.distance_chain([1, HUGE])[1]) == "M_2 = r_2 = about 10**5000"


def test_numbers_of_numpy_are_shown_as_numbers():
    two = np.uint8(2)
    with pytest.raises(ValueError, match=r"^the kernel spans 3 samples \(kernel_size=2, dilation=2\) but .* has 2: "):
        hdc.conv_size(two, two, dilation=two)
    with pytest.raises(ValueError, match="^padding must be at most 1, half of kernel_size=2, got 2: "):
        hdc.sizes.pool_size(9, two, padding=two)
    with pytest.raises(ValueError, match="less than stride=2 or less than dilation=2, got 2: give at most 1$"):
        hdc.sizes.conv_transpose_size(9, 3, stride=two, output_padding=two, dilation=two)
    with pytest.raises(ValueError, match="^Keras takes stride=2 or dilation=2, not both above 1"):
        hdc.sizes.keras_conv_transpose_size(9, 3, stride=two, dilation=two)


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
        (lambda: hdc.design(1000, 10, 3), ValueError, "target=1000 with depth=10 and kernel_size=3 has more than "
         r"20000 schedules: design fewer layers for a smaller target and add others\. A layer of dilation d, .*"),
        (lambda: hdc.rules.hole_free_schedules(1001, 10, 3), ValueError, "field=1001 with depth=10 .*er field .*"),
        (lambda: hdc.design(9, 3, 10**30), ValueError,
         "kernel_size asks for 2999999999999999999999999999998 samples, at most 67108864 are allowed"),
        (lambda: hdc.design(10**9, 40, 2), ValueError, "target asks for 1000000000 samples, .*"),
        (lambda: hdc.design(4, 1, 3), ValueError, "target 4 is more than 3, the widest .* of 1 layer .*"),
        (lambda: hdc.all_stacks(10**9, 1), ValueError, "depth must be at most 10000, got 1000000000"),
        (lambda: hdc.all_stacks(10_000, 10**9), ValueError,
         "depth=10000 with largest=1000000000 makes more than 3000000 stacks: take a smaller one"),
        (lambda: hdc.all_stacks(23, 10**6, "any"), ValueError, "depth=23 with largest=1000000 makes more than .*"),
        (lambda: hdc.all_stacks(9_999, 2), ValueError, "depth asks for 99990000 dilations, at most 67108864 .*"),
        (lambda: hdc.signal.filter_image([[1]], [1, 2], 3, between=3), TypeError, "between must be a function .*"),
        (lambda: hdc.signal.filter_image([[1]], [1, 2], 3, between=lambda image: image.T[:, :0]), ValueError,
         r"between\(image\) must have 2 axes .*"),
        (lambda: hdc.signal.filter_image([[1, 2]], [1, 2], 3, between=np.transpose), ValueError,
         r"between must keep the shape \(1, 2\), got \(2, 1\)"),
        (lambda: hdc.training.scores(size=np.array([1, 2])), TypeError, "size must be one number or one word, got.*"),
        (lambda: hdc.training.pictures(noise=[1]), TypeError, r"noise must be one number or one word, got \[1\]"),
        (lambda: hdc.networks.published_part("WaveNets", "one block"), ValueError, "name must be .*, got 'WaveNets'"),
        (lambda: hdc.networks.published_part(3, "one block"), TypeError, "name must be one of Yu-Koltun, .*, got 3"),
    ],
)  # fmt: skip
def test_a_refusal_names_what_the_caller_gave_and_a_way_out(call, error, message):
    with pytest.raises(error, match=f"^{message}$"):
        call()


@pytest.mark.parametrize(
    ("target", "depth", "kernel_size", "fewer", "added"),
    [(129, 10, 2, 8, (1, 1)), (129, 9, 2, 7, (1, 32)), (129, 8, 3, 5, (1, 1, 2)), (3001, 8, 3, 7, (407,))],
)
def test_layers_that_are_added_leave_no_hole_as_the_refusal_says(target, depth, kernel_size, fewer, added):
    with pytest.raises(ValueError, match="has more than 20000 schedules: design fewer layers for a smaller target"):
        hdc.design(target, depth, kernel_size)
    smaller = target - sum(added) * (kernel_size - 1)
    stack = [*hdc.design(smaller, fewer, kernel_size)[0].dilations]
    for dilation in added:
        assert dilation <= hdc.receptive_field(stack, kernel_size)
        stack.append(dilation)
    assert len(stack) == depth
    assert set(reached_by([(kernel_size, dilation, 1) for dilation in stack])) == set(range(target))


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
        "rule": lambda: hdc.rules.accepts(value, [[1, 2]], 3),
        "demand": lambda: hdc.survey("exact", 3, demand=value),
        "rank": lambda: hdc.design(9, 3, 3, rank=value),
        "align": lambda: hdc.tap_counts([1], 3, align=value),
        "kind": lambda: hdc.signal.enlarge([[1]], 2, kind=value),
        "padding": lambda: hdc.sizes.tensorflow_size(8, 3, padding=value),
        "auto_pad": lambda: hdc.sizes.onnx_same_padding(8, 3, auto_pad=value),
        "property": lambda: Condition(value, "=", 1),
        "sign": lambda: Condition("holes", value, 1),
        "stride_in": lambda: hdc.resnet(50, [value] if value is None else value),  # None is the default
        "name": lambda: hdc.networks.backbone(value),
        r"pools\[1\]": lambda: hdc.networks.vgg16(["keep", value, "keep", "keep", "keep"]),
        "operation": lambda: hdc.sizes.solve_size(value, "size", 4, kernel_size=3),
        "unknown": lambda: hdc.sizes.solve_size("conv", value, 4, kernel_size=3),
    }
    for name, call in calls.items():
        with pytest.raises(TypeError, match=f"^{name} must be (one of |'same' or 'valid'|'SAME_UPPER' or )"):
            call()
    with pytest.raises(TypeError, match="^kind must be one of max, average, stride"):
        hdc.signal.pool_image([[1, 2], [3, 4]], kind=value)
    with pytest.raises(TypeError, match="^kind must be one of shapes"):
        hdc.signal.scene(value)
