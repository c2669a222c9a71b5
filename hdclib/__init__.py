"""Dilated convolution and the Hybrid Dilated Convolution (HDC) design rules.

Layers are listed input first. A stack is a sequence of `ConvLayer`, or of plain dilations with a `kernel_size`.
"""

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
from hdclib.layers import ConvLayer, as_layers
from hdclib.reach import are_filled, first_hole, place_values, read_runs
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
from hdclib.survey import Survey, accepts, all_stacks, survey

__version__ = "0.1.0"

__all__ = [
    "ConvLayer",
    "Coverage",
    "DistanceStep",
    "Finding",
    "ReachStep",
    "Report",
    "Survey",
    "accepts",
    "all_stacks",
    "are_filled",
    "are_hole_free",
    "as_layers",
    "check",
    "common_divisor",
    "coverage",
    "descent_counts",
    "distance_chain",
    "first_hole",
    "gap_chain",
    "holes",
    "is_hole_free",
    "is_sawtooth",
    "largest_gap",
    "lattice_step",
    "m2_rule_accepts",
    "outer_counts",
    "place_values",
    "reach_steps",
    "read_runs",
    "receptive_field",
    "rising_groups",
    "second_distance",
    "second_distances",
    "shared_inputs",
    "stage_counts",
    "survey",
    "tap_counts",
    "tap_spacings",
    "usage_map",
    "widest_hole_free",
]
