"""Whole numbers that come from numpy give the answers that Python's own give."""

from functools import partial

import numpy as np
import pytest

import hdclib as hdc
from hdclib import ConvLayer
from hdclib.networks.backbones import halving_layers, resnet
from hdclib.networks.grids import FeatureGrid
from hdclib.networks.vgg import layer_table, network_cost, vgg16
from hdclib.rules.exercises import Condition, check_stack

IMAGE = np.arange(64.0).reshape(8, 8)

# Numbers from 0 to 255 whose sums, products or negatives do not fit into an unsigned byte.
WIDE = {"stride": 200, "padding": 200, "dilation": 200}
UP = {**WIDE, "output_padding": 100}
CASES = [
    (lambda *numbers: ConvLayer(*numbers[:2], stride=numbers[2], padding=numbers[3]), (200, 200, 2, 7)),
    (hdc.as_layers, ([200, 100], 200)),
    (hdc.tap_counts, ([100, 200], 3)),
    (hdc.gridding.tap_spacings, ([100, 200], [3, 5])),
    (hdc.receptive_field, ([100, 200], 200)),
    (partial(hdc.shared_inputs, kernel_size=np.uint8(3)), ([1, 200], 200)),
    (hdc.rules.are_hole_free, ([[1, 2, 200]], 200)),
    (hdc.rules.are_filled, ([[1, 2, 200]], 200)),
    (hdc.place_values, ([20, 20, 20],)),
    (hdc.least_depth, (255, 4)),
    (hdc.rules.nearest_field, (16, 3, 8)),
    (hdc.rules.hole_free_schedules, (121, 3, 12)),
    (hdc.design, (17, 3, 12)),
    (hdc.design, (17, 3, 20)),
    (hdc.distance_chain, ([200, 1, 100],)),
    (hdc.second_distance, ([200, 1, 100],)),
    (hdc.rules.second_distances, ([[200, 1, 100]],)),
    (hdc.m2_rule_accepts, ([200, 1, 100], 3)),
    (hdc.common_divisor, ([200, 100],)),
    (hdc.all_stacks, (2, 200)),
    (hdc.rules.accepts, ("repaired", [[1, 2, 200]], 200)),
    (hdc.survey, ("distance", 3, [2, 3], 9)),
    (partial(hdc.signal.output_correlation, kernel_size=np.uint8(3)), ([1, 2], 200)),
    (hdc.gridding.sub_grids, (200, 200, 20)),
    (hdc.gridding.lattice_limit, (201, 200)),
    (hdc.rules.shifted_copies, ([0, 250], 200)),
    (hdc.white_noise, ([20, 20], 200)),
    (hdc.signal.scene, ("shapes", 200)),
    (hdc.signal.split_image, (IMAGE, 2)),
    (hdc.grid_energy, (IMAGE, 200)),
    (hdc.signal.pool_image, (IMAGE, 3)),
    (hdc.signal.enlarge, (IMAGE, 40, "bilinear")),
    (hdc.signal.mirror_blocks, (IMAGE, 4)),
    (hdc.sizes.effective_size, (200, {"dilation": 200})),
    (hdc.conv_size, (200, 100, {"stride": 3, "padding": 200, "dilation": 2})),
    (hdc.sizes.pool_size, (200, 200, {"padding": 100, "dilation": 1})),
    (hdc.sizes.pool_size, (200, 200, {"stride": 200, "padding": 100})),
    (hdc.sizes.conv_transpose_size, (200, 200, UP)),
    (hdc.same_padding, (200, {"dilation": 200})),
    (hdc.sizes.tensorflow_size, (200, 200, {"stride": 3})),
    (hdc.sizes.tensorflow_same_padding, (200, 200, {"stride": 3})),
    (hdc.sizes.onnx_same_padding, (200, 200, {"stride": 3})),
    (hdc.sizes.onnx_conv_transpose_size, (200, 200, {"stride": 200, "pads": (200, 200), "dilation": 200})),
    (hdc.sizes.keras_conv_transpose_size, (200, 200, {"stride": 200, "padding": "same", "output_padding": 100})),
    (hdc.sizes.keras_conv_transpose_size, (200, 200, {"stride": 200, "padding": "valid", "output_padding": 0})),
    (hdc.read_positions, (200, 3, WIDE)),
    (hdc.sizes.transposed_read_positions, (200, 3, {"stride": 7, "padding": 200, "dilation": 200})),
    (hdc.sizes.window_centres, (200, 3, {"stride": 200, "before": 200, "dilation": 200})),
    (hdc.unread_samples, (200, 100, {"stride": 3, "dilation": 2})),
    (hdc.spread_counts, (200, 3, {"stride": 2})),
    (hdc.spread_counts, (200, 200, UP)),
    (hdc.sizes.spreads_evenly, (200, {"stride": 200, "dilation": 3})),
    (hdc.sizes.fed_outputs, (200, 201, 100, {"stride": 3, "padding": 200, "dilation": 2})),
    (hdc.sizes.fed_outputs, (0, 7, 3, {"padding": 2, "dilation": 2})),
    (hdc.sizes.input_sizes_with_output, (200, 200, WIDE)),
    (hdc.sizes.output_padding_for, (1, 255, 3, {"padding": 100, "dilation": 200})),
    (hdc.sizes.dilated_convolve, ([100, 200, 250], [200, 2], {"stride": 2, "padding": 200})),
    (hdc.sizes.transposed_convolve, ([100, 200, 250], [200, 2], {"stride": 200, "padding": 3, "output_padding": 100})),
    (hdc.sizes.spread_kernel, ([100, 200], {"dilation": 200})),
    (FeatureGrid(5, 200, 200).window, (200,)),
    (halving_layers, (16,)),
    (hdc.sizes.size_chain, (200, [ConvLayer(3, padding=200)])),
    (resnet, (50,)),
    (layer_table, (vgg16(), 224)),
    (network_cost, (vgg16(), 224)),
    (check_stack, ([100, 200], 3, [Condition("field", ">=", 27)])),
]


def bytes_of(value):
    """`value` with each whole number in it as an unsigned byte."""
    if type(value) is int:
        return np.uint8(value)
    if type(value) is dict:
        return {name: bytes_of(entry) for name, entry in value.items()}
    return type(value)(map(bytes_of, value)) if type(value) in (list, tuple) else value


def answer(function, arguments):
    """What `function` says; a dict at the end of the arguments holds those that are given by name."""
    named = arguments[-1] if isinstance(arguments[-1], dict) else {}
    return repr(function(*arguments[: len(arguments) - bool(named)], **named))


@pytest.mark.parametrize(("function", "arguments"), CASES, ids=lambda part: getattr(part, "__name__", None))
def test_bytes_give_what_ints_give(function, arguments):
    assert answer(function, bytes_of(arguments)) == answer(function, arguments)


def test_bytes_are_no_smaller_in_a_question_turned_round():
    known = {"size": 200, "kernel_size": 200, "dilation": 2}
    as_bytes = {name: np.uint8(value) for name, value in known.items()}
    found = hdc.sizes.solve_size("conv", "padding", np.uint8(200), within=(np.uint8(0), np.uint8(250)), **as_bytes)
    assert found == hdc.sizes.solve_size("conv", "padding", 200, within=(0, 250), **known)
    assert found.values
