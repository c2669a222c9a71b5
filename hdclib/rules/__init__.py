"""The rules of the paper, the exact criterion, and stacks designed with them."""

from hdclib.names import lazy_names

__all__, __getattr__, __dir__ = lazy_names(
    __name__,
    {
        "rules.borders": ("paths_lost",),
        "rules.criterion": (
            "ReachStep", "are_hole_free", "first_hole", "hole_free_pairs", "is_hole_free", "place_values",
            "reach_steps",
        ),
        "rules.distance": (
            "DistanceStep", "descent_gaps", "distance_chain", "gap_chain", "m2_rule_accepts", "second_distance",
            "second_distances", "shifted_copies",
        ),
        "rules.report": ("Finding", "Report", "check"),
        "rules.sawtooth": ("common_divisor", "is_sawtooth", "rising_groups"),
        "rules.schedules": (
            "Schedule", "best_schedules", "design", "hole_free_schedules", "least_depth", "nearest_field",
        ),
        "rules.surveys": ("Survey", "accepts", "all_stacks", "are_filled", "survey"),
    },
)  # fmt: skip
