"""Modules, backbones and published networks."""

from hdclib.names import lazy_names

__all__, __getattr__, __dir__ = lazy_names(
    __name__,
    {
        "layers": ("Cascade", "Parallel"),
        "networks.backbones": ("backbone", "halving_layers", "path", "resnet"),
        "networks.catalogue": ("Published", "published", "published_part"),
        "networks.dense": ("apply_stack", "dilate_instead"),
        "networks.graphs": ("resnet_graph",),
        "networks.grids": ("FeatureGrid", "feature_grid", "feature_grids"),
        "networks.inspecting.asking": ("inspect",),
        "networks.inspecting.chain": ("layers_of",),
        "networks.inspecting.inspection": ("AxisReport", "Inspection"),
        "networks.inspecting.lists": ("ResizeLayer",),
        "networks.inspecting.repairs": ("Repair",),
        "networks.inspecting.views": ("Seen", "View"),
        "networks.looking_up": ("closing_layers", "dilations_in_words", "look_up", "verdict"),
        "networks.modules": ("summed", "with_skip", "with_skips"),
        "sizes.chains": ("PadLayer", "PoolLayer", "TransposedLayer"),
        "networks.vgg": ("LayerRow", "NetLayer", "layer_table", "network_cost", "vgg16"),
    },
)  # fmt: skip
