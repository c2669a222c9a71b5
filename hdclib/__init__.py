"""Dilated convolution and the Hybrid Dilated Convolution (HDC) design rules.

Layers are listed input first. A stack is a sequence of `ConvLayer`, or of plain dilations with a `kernel_size`.

Here stand the names that two or more notebooks of the book use. All others are public under their topic: `gridding`,
`networks`, `rules`, `signal`, `sizes` and `training`, as in ``hdclib.signal.measured_period``. Figures and widgets need
more than numpy and are imported by name, as in ``from hdclib.gridding.figures import plot_usage_map``.
"""

import logging
import sys

from hdclib.names import TOPICS, lazy_names, new_home

__version__ = "0.1.0"

if sys.platform == "emscripten":  # Pyodide's matplotlib makes its list of fonts on every start, and says so on stderr
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

__all__, __getattr__, __dir__ = lazy_names(
    __name__,
    {
        "layers": ("Cascade", "ConvLayer", "as_layers", "receptive_field"),
        "gridding": (
            "coverage", "descent_counts", "holes", "largest_gap", "lattice_step", "neighbour_paths", "outer_counts",
            "pixels_near", "shared_inputs", "stage_counts", "tap_counts", "usage_map",
        ),
        "rules": (
            "all_stacks", "are_hole_free", "check", "common_divisor", "descent_gaps", "design", "distance_chain",
            "is_hole_free", "least_depth", "m2_rule_accepts", "paths_lost", "place_values", "reach_steps",
            "second_distance", "survey",
        ),
        "sizes": (
            "conv_size", "conv_transpose_size", "read_positions", "same_padding", "size_chain", "spread_counts",
            "transposed_convolve", "unread_samples",
        ),
        "networks": ("feature_grid", "halving_layers", "inspect", "published_part", "resnet", "resnet_graph"),
        "signal": ("effective_inputs", "filter_image", "grid_energy", "side_lobe", "white_noise"),
        "training": (
            "comparisons", "failed", "neighbours", "orders", "pair_tests", "pictures", "scores", "seeds",
            "where_learned",
        ),
        "tables": ("Table",),
    },
    packages=TOPICS,
    hint=new_home,
)  # fmt: skip
