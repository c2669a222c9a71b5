"""Whole numbers that come from numpy give the answers that Python's own give."""

from functools import partial

import numpy as np
import pytest

import hdclib as hdc
from hdclib import Cascade, ConvLayer
from hdclib.chains import halving_layers
from hdclib.exercises import Condition, check_stack
from hdclib.networks import resnet
from hdclib.receptive import FeatureGrid
from hdclib.vgg import layer_table, network_cost, vgg16

IMAGE = np.arange(64.0).reshape(8, 8)

# Numbers from 0 to 255 whose sums, products or negatives do not fit into an unsigned byte.
CASES = [
    (lambda *numbers: ConvLayer(*numbers[:2], stride=numbers[2], padding=numbers[3]), (200, 200, 2, 7)),
    (hdc.as_layers, ([200, 100], 200)),
    (hdc.tap_counts, ([100, 200], 3)),
    (hdc.tap_spacings, ([100, 200], [3, 5])),
    (hdc.receptive_field, ([100, 200], 200)),
    (partial(hdc.shared_inputs, kernel_size=np.uint8(3)), ([1, 200], 200)),
    (hdc.widest_hole_free, (6, 4)),
    (hdc.are_hole_free, ([[1, 2, 200]], 200)),
    (hdc.are_filled, ([[1, 2, 200]], 200)),
    (hdc.place_values, ([20, 20, 20],)),
    (hdc.least_depth, (255, 4)),
    (hdc.nearest_field, (16, 3, 8)),
    (hdc.hole_free_schedules, (121, 3, 12)),
    (hdc.design, (17, 3, 12)),
    (hdc.design, (17, 3, 20)),
    (hdc.distance_chain, ([200, 1, 100],)),
    (hdc.second_distance, ([200, 1, 100],)),
    (hdc.second_distances, ([[200, 1, 100]],)),
    (hdc.m2_rule_accepts, ([200, 1, 100], 3)),
    (hdc.common_divisor, ([200, 100],)),
    (hdc.all_stacks, (2, 200)),
    (hdc.accepts, ("repaired", [[1, 2, 200]], 200)),
    (hdc.survey, ("distance", 3, [2, 3], 9)),
    (hdc.module_counts, (Cascade([1, 2], 3), 2)),
    (partial(hdc.output_correlation, kernel_size=np.uint8(3)), ([1, 2], 200)),
    (hdc.sub_grids, (200, 200, 20)),
    (hdc.lattice_limit, (201, 200)),
    (hdc.shifted_copies, ([0, 250], 200)),
    (hdc.white_noise, ([20, 20], 200)),
    (hdc.scene, ("shapes", 200)),
    (hdc.split_image, (IMAGE, 2)),
    (hdc.grid_energy, (IMAGE, 200)),
    (hdc.pool_image, (IMAGE, 3)),
    (hdc.enlarge, (IMAGE, 40, "bilinear")),
    (hdc.mirror_blocks, (IMAGE, 4)),
    (hdc.effective_size, (200, 200)),
    (hdc.conv_size, (200, 100, 3, 200, 2)),
    (hdc.pool_size, (200, 200, None, 100, 1)),
    (hdc.pool_size, (200, 200, 200, 100)),
    (hdc.conv_transpose_size, (200, 200, 200, 200, 100, 200)),
    (hdc.same_padding, (200, 200)),
    (hdc.tensorflow_size, (200, 200, 3)),
    (hdc.tensorflow_same_padding, (200, 200, 3)),
    (hdc.onnx_same_padding, (200, 200, 3)),
    (hdc.onnx_conv_transpose_size, (200, 200, 200, (200, 200), 100, 200)),
    (hdc.keras_conv_transpose_size, (200, 200, 200, "same", 100)),
    (hdc.keras_conv_transpose_size, (200, 200, 200, "valid", 0)),
    (hdc.read_positions, (200, 3, 200, 200, 200)),
    (hdc.transposed_read_positions, (200, 3, 7, 200, 200)),
    (hdc.window_centres, (200, 3, 200, 200, 200)),
    (hdc.unread_samples, (200, 100, 3, 0, 2)),
    (hdc.spread_counts, (200, 3, 2)),
    (hdc.spread_counts, (200, 200, 200, 200, 100, 200)),
    (hdc.spreads_evenly, (200, 200, 3)),
    (hdc.fed_outputs, (200, 201, 100, 3, 200, 2)),
    (hdc.fed_outputs, (0, 7, 3, 1, 2, 2)),
    (hdc.input_sizes_with_output, (200, 200, 200, 200, 200)),
    (hdc.output_padding_for, (1, 255, 3, 1, 100, 200)),
    (hdc.dilated_convolve, ([100, 200, 250], [200, 2], 2, 200, 1)),
    (hdc.transposed_convolve, ([100, 200, 250], [200, 2], 200, 3, 100, 1)),
    (hdc.spread_kernel, ([100, 200], 200)),
    (FeatureGrid(5, 200, 200).window, (200,)),
    (halving_layers, (16,)),
    (hdc.size_chain, (200, [ConvLayer(3, padding=200)])),
    (resnet, (50,)),
    (layer_table, (vgg16(), 224)),
    (network_cost, (vgg16(), 224)),
    (check_stack, ([100, 200], 3, [Condition("field", ">=", 27)])),
]


def bytes_of(value):
    """`value` with each whole number in it as an unsigned byte."""
    if type(value) is int:
        return np.uint8(value)
    return type(value)(map(bytes_of, value)) if type(value) in (list, tuple) else value


@pytest.mark.parametrize(("function", "arguments"), CASES, ids=lambda part: getattr(part, "__name__", None))
def test_bytes_give_what_ints_give(function, arguments):
    assert repr(function(*map(bytes_of, arguments))) == repr(function(*arguments))


def test_bytes_are_no_smaller_in_a_question_turned_round():
    known = {"size": 200, "kernel_size": 200, "dilation": 2}
    as_bytes = {name: np.uint8(value) for name, value in known.items()}
    found = hdc.solve_size("conv", "padding", np.uint8(200), within=(np.uint8(0), np.uint8(250)), **as_bytes)
    assert found == hdc.solve_size("conv", "padding", 200, within=(0, 250), **known)
    assert found.values
