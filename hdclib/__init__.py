"""Dilated convolution and the Hybrid Dilated Convolution (HDC) design rules.

Layers are listed input first. A stack is a sequence of `ConvLayer`, or of plain dilations with a `kernel_size`.
"""

from hdclib.bell import bell_distance, gaussian_match, largest_variance_share, middle_share, usage_variance
from hdclib.branches import JOINS, Cascade, Parallel, joined, module_span, with_skip
from hdclib.chains import halving_layers, size_chain
from hdclib.convolving import dilated_convolve, spread_kernel, transposed_convolve
from hdclib.coverage import (
    Coverage,
    coverage,
    descent_counts,
    holes,
    largest_gap,
    outer_counts,
    receptive_field,
    shared_inputs,
    stage_counts,
    tap_counts,
    tap_spacings,
    usage_map,
)
from hdclib.criterion import (
    ReachStep,
    are_hole_free,
    is_hole_free,
    lattice_step,
    reach_steps,
    widest_hole_free,
)
from hdclib.dense import apply_stack, dilate_instead
from hdclib.design import Schedule, design, hole_free_schedules, least_depth, nearest_field
from hdclib.filtering import filter_image, grain, grid_energy, split_image, weave_image
from hdclib.frameworks import (
    keras_conv_transpose_size,
    onnx_conv_transpose_size,
    onnx_same_padding,
    tensorflow_same_padding,
    tensorflow_size,
)
from hdclib.gaps import descent_gaps, hole_free_views, shifted_copies, widest_step
from hdclib.lattice import lattice_limit, sub_grids
from hdclib.layers import ConvLayer, as_layers
from hdclib.links import fed_outputs
from hdclib.module_usage import ModuleCoverage, module_counts, module_coverage
from hdclib.networks import backbone, resnet
from hdclib.pooling import enlarge, mirror_blocks, pool_image, rms_error
from hdclib.positions import (
    read_positions,
    spread_counts,
    spreads_evenly,
    transposed_read_positions,
    unread_samples,
    window_centres,
)
from hdclib.published import Published, published, published_part, with_skips
from hdclib.reach import are_filled, first_hole, place_values, read_runs
from hdclib.receptive import FeatureGrid, feature_grid, feature_grids
from hdclib.report import Finding, Report, check
from hdclib.rules import (
    DistanceStep,
    common_divisor,
    distance_chain,
    gap_chain,
    is_sawtooth,
    m2_rule_accepts,
    rising_groups,
    second_distance,
    second_distances,
)
from hdclib.scenes import scene, white_noise
from hdclib.signal import (
    averaging_weights,
    effective_inputs,
    frequency_response,
    output_correlation,
    response_zeros,
    side_lobe,
)
from hdclib.sizes import conv_size, conv_transpose_size, effective_size, pool_size, same_padding
from hdclib.survey import Survey, accepts, all_stacks, survey
from hdclib.unknowns import Solutions, input_sizes_with_output, output_padding_for, solve_size
from hdclib.vgg import layer_table, network_cost, vgg16

__version__ = "0.1.0"

__all__ = [
    "Cascade",
    "ConvLayer",
    "Coverage",
    "DistanceStep",
    "FeatureGrid",
    "Finding",
    "JOINS",
    "ModuleCoverage",
    "Parallel",
    "Published",
    "ReachStep",
    "Report",
    "Schedule",
    "Solutions",
    "Survey",
    "accepts",
    "all_stacks",
    "apply_stack",
    "are_filled",
    "are_hole_free",
    "as_layers",
    "averaging_weights",
    "backbone",
    "bell_distance",
    "check",
    "common_divisor",
    "conv_size",
    "conv_transpose_size",
    "coverage",
    "descent_counts",
    "descent_gaps",
    "design",
    "dilate_instead",
    "dilated_convolve",
    "distance_chain",
    "effective_inputs",
    "effective_size",
    "enlarge",
    "feature_grid",
    "feature_grids",
    "fed_outputs",
    "filter_image",
    "first_hole",
    "frequency_response",
    "gap_chain",
    "gaussian_match",
    "grain",
    "grid_energy",
    "halving_layers",
    "hole_free_schedules",
    "hole_free_views",
    "holes",
    "input_sizes_with_output",
    "is_hole_free",
    "is_sawtooth",
    "joined",
    "keras_conv_transpose_size",
    "largest_gap",
    "largest_variance_share",
    "lattice_limit",
    "lattice_step",
    "layer_table",
    "least_depth",
    "m2_rule_accepts",
    "middle_share",
    "mirror_blocks",
    "module_counts",
    "module_coverage",
    "module_span",
    "nearest_field",
    "network_cost",
    "onnx_conv_transpose_size",
    "onnx_same_padding",
    "outer_counts",
    "output_correlation",
    "output_padding_for",
    "place_values",
    "pool_image",
    "pool_size",
    "published",
    "published_part",
    "reach_steps",
    "read_positions",
    "read_runs",
    "receptive_field",
    "resnet",
    "response_zeros",
    "rising_groups",
    "rms_error",
    "same_padding",
    "scene",
    "second_distance",
    "second_distances",
    "shared_inputs",
    "shifted_copies",
    "side_lobe",
    "size_chain",
    "solve_size",
    "split_image",
    "spread_counts",
    "spread_kernel",
    "spreads_evenly",
    "stage_counts",
    "sub_grids",
    "survey",
    "tap_counts",
    "tap_spacings",
    "tensorflow_same_padding",
    "tensorflow_size",
    "transposed_convolve",
    "transposed_read_positions",
    "unread_samples",
    "usage_map",
    "usage_variance",
    "vgg16",
    "weave_image",
    "white_noise",
    "widest_hole_free",
    "widest_step",
    "window_centres",
    "with_skip",
    "with_skips",
]
