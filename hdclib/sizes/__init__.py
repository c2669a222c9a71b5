"""Sizes of layers, what frameworks do, and which samples a window reads."""

from hdclib.names import lazy_names

__all__, __getattr__, __dir__ = lazy_names(
    __name__,
    {
        "sizes.averages": ("average_pool", "pool_divisors"),
        "sizes.chains": (
            "FittingSizes", "fitting_sizes", "layer_size", "size_chain",
        ),
        "sizes.convolving": ("dilated_convolve", "spread_kernel", "transposed_convolve"),
        "sizes.formulas": (
            "causal_padding", "conv_size", "conv_transpose_size", "effective_size", "pool_size", "same_padding",
        ),
        "sizes.frameworks": (
            "keras_conv_transpose_size", "onnx_conv_transpose_size", "onnx_same_padding", "tensorflow_same_padding",
            "tensorflow_size",
        ),
        "sizes.interpolating": ("interpolate_linear", "sampled_positions"),
        "sizes.output_shapes": (
            "onnx_conv_transpose_padding", "tensorflow_conv_transpose_padding", "tensorflow_conv_transpose_sizes",
        ),
        "sizes.u_nets": ("u_net_layers",),
        "sizes.unknowns": ("Solutions", "input_sizes_with_output", "output_padding_for", "solve_size"),
        "sizes.windows": (
            "fed_outputs", "read_positions", "spread_counts", "spreads_evenly", "transposed_read_positions",
            "unread_samples", "window_centres",
        ),
    },
)  # fmt: skip
