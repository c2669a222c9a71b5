"""What a stack does to a signal: response, bell curve, filtering, pooling."""

from hdclib.names import lazy_names

__all__, __getattr__, __dir__ = lazy_names(
    __name__,
    {
        "signal.bell": ("bell_distance", "gaussian_match", "largest_variance_share", "middle_share", "usage_variance"),
        "signal.filtering": (
            "filter_image", "grain", "grain_part", "grid_energy", "split_image", "weave_image",
        ),
        "signal.pictures": ("scene", "white_noise"),
        "signal.pooling": ("enlarge", "mirror_blocks", "pool_image", "rms_error"),
        "signal.response": (
            "averaging_weights", "effective_inputs", "frequency_response", "measured_period", "output_correlation",
            "response_zeros", "row_energies", "side_lobe",
        ),
    },
)  # fmt: skip
