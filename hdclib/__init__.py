"""Dilated convolution and the Hybrid Dilated Convolution (HDC) design rules.

Layers are listed input first. A stack is a sequence of `ConvLayer`, or of plain dilations with a `kernel_size`.
"""

import sys
from importlib import import_module

from hdclib.counts import descent_counts, outer_counts, stage_counts, tap_counts, usage_map
from hdclib.coverage import Coverage, coverage, holes, largest_gap, shared_inputs
from hdclib.criterion import ReachStep, are_hole_free, is_hole_free, lattice_step, reach_steps, widest_hole_free
from hdclib.design import Schedule, design, hole_free_schedules, least_depth, nearest_field
from hdclib.layers import ConvLayer, as_layers
from hdclib.published import Published, published, published_part, with_skips
from hdclib.report import Finding, Report, check
from hdclib.rules import (
    DistanceStep,
    distance_chain,
    gap_chain,
    m2_rule_accepts,
    second_distance,
    second_distances,
)
from hdclib.sawtooth import common_divisor, is_sawtooth, rising_groups
from hdclib.spacings import receptive_field, tap_spacings
from hdclib.survey import Survey, accepts, all_stacks, survey

__version__ = "0.1.0"

if sys.platform == "emscripten":
    import_module("hdclib.browser")

# What a script may never ask for is imported when it is first asked for (PEP 562): `import hdclib` stays quick.
_LATER = {
    "bell": (
        "bell_distance", "gaussian_match", "largest_variance_share", "middle_share", "usage_variance",
    ),
    "branches": (
        "Cascade", "Parallel", "joined", "module_span", "with_skip",
    ),
    "chains": (
        "halving_layers", "size_chain",
    ),
    "convolving": (
        "dilated_convolve", "spread_kernel", "transposed_convolve",
    ),
    "dense": (
        "apply_stack", "dilate_instead",
    ),
    "filtering": (
        "filter_image", "grain", "grid_energy", "split_image", "weave_image",
    ),
    "from_torch": (
        "layers_of",
    ),
    "frameworks": (
        "keras_conv_transpose_size", "onnx_conv_transpose_size", "onnx_same_padding", "tensorflow_same_padding",
        "tensorflow_size",
    ),
    "gaps": (
        "descent_gaps", "hole_free_views", "shifted_copies", "widest_step",
    ),
    "lattice": (
        "lattice_limit", "sub_grids",
    ),
    "links": (
        "fed_outputs",
    ),
    "module_usage": (
        "ModuleCoverage", "module_counts", "module_coverage",
    ),
    "networks": (
        "backbone", "path", "resnet",
    ),
    "pooling": (
        "enlarge", "mirror_blocks", "pool_image", "rms_error",
    ),
    "positions": (
        "read_positions", "spread_counts", "spreads_evenly", "transposed_read_positions", "unread_samples",
        "window_centres",
    ),
    "reach": (
        "are_filled", "first_hole", "place_values", "read_runs",
    ),
    "receptive": (
        "FeatureGrid", "feature_grid", "feature_grids",
    ),
    "scenes": (
        "scene", "white_noise",
    ),
    "signal": (
        "averaging_weights", "effective_inputs", "frequency_response", "output_correlation", "response_zeros",
        "side_lobe",
    ),
    "sizes": (
        "conv_size", "conv_transpose_size", "effective_size", "pool_size", "same_padding",
    ),
    "training_results": (
        "trained", "trained_comparisons", "trained_conditions", "trained_made", "trained_pictures", "trained_runs",
    ),
    "unknowns": (
        "Solutions", "input_sizes_with_output", "output_padding_for", "solve_size",
    ),
    "vgg": (
        "LayerRow", "NetLayer", "layer_table", "network_cost", "vgg16",
    ),
}
_HOME = {name: module for module, names in _LATER.items() for name in names}

__all__ = [
    "ConvLayer", "Coverage", "DistanceStep", "Finding", "Published", "ReachStep", "Report", "Schedule", "Survey",
    "accepts", "all_stacks", "are_hole_free", "as_layers", "check", "common_divisor", "coverage", "descent_counts",
    "design", "distance_chain", "gap_chain", "hole_free_schedules", "holes", "is_hole_free", "is_sawtooth",
    "largest_gap", "lattice_step", "least_depth", "m2_rule_accepts", "nearest_field", "outer_counts", "published",
    "published_part", "reach_steps", "receptive_field", "rising_groups", "second_distance", "second_distances",
    "shared_inputs", "stage_counts", "survey", "tap_counts", "tap_spacings", "usage_map", "widest_hole_free",
    "with_skips",
    *_HOME,
]


def __getattr__(name):
    """Import a public name from its module."""
    if name not in _HOME:
        raise AttributeError(f"module 'hdclib' has no attribute {name!r}")
    globals()[name] = value = getattr(import_module(f"hdclib.{_HOME[name]}"), name)
    return value


def __dir__():
    """List the public names, those that are not imported yet too."""
    return sorted({*globals(), *_HOME})
