"""What one output reads of its receptive field, how often, and what it leaves out."""

from hdclib.names import lazy_names

__all__, __getattr__, __dir__ = lazy_names(
    __name__,
    {
        "gridding.counts": ("descent_counts", "outer_counts", "stage_counts", "tap_counts", "usage_map"),
        "gridding.lattice": ("lattice_limit", "lattice_step", "sub_grids"),
        "gridding.reading": (
            "Coverage", "coverage", "holes", "largest_gap", "neighbour_paths", "pixels_near", "read_runs",
            "shared_inputs", "skipped_inputs", "widest_step",
        ),
        "layers": ("tap_spacings",),
    },
)  # fmt: skip
