"""The widgets and figures of the chapter on cascades and branches: traits, bounds, and what is drawn."""

import numpy as np
import pytest
import traitlets
from matplotlib.colors import to_hex

import hdclib as hdc
from hdclib.figures import COLOURS
from hdclib.networks.figures import plot_barcodes, plot_joins, plot_read_maps
from hdclib.widgets import ModuleBuilder, causal_tree_panel, module_panel


def test_the_builder_holds_the_module_it_shows():
    builder = module_panel([1, 6, 12], kernel_size=[1, 3, 3])
    assert builder.module == hdc.networks.Parallel([1, 6, 12], kernel_size=[1, 3, 3])
    builder.join = "cascade"
    assert builder.module == hdc.networks.Cascade([1, 6, 12], kernel_size=[1, 3, 3])
    wanted = "ModuleBuilder(join='cascade', view='map', kernels=[1, 3, 3], dilations=[1, 6, 12])"
    assert repr(builder) == wanted


@pytest.mark.parametrize(
    "change", [{"join": "stack"}, {"view": "cube"}, {"kernels": [14]}, {"dilations": [0]}, {"dilations": []}]
)
def test_the_builder_refuses_what_it_cannot_show(change):
    with pytest.raises(traitlets.TraitError):
        ModuleBuilder(**change)


def test_the_builder_takes_ten_layers_at_most():
    with pytest.raises(ValueError, match="dilations has 11 entries, at most 10 are shown"):
        module_panel([1] * 11)


def test_the_tree_knows_its_dilations_and_has_a_slider_for_each_trait():
    panel = causal_tree_panel(layers=3, blocks=2)
    assert panel.picture.dilations == [1, 2, 4, 1, 2, 4]
    sliders = panel.children[0].children
    assert [slider.description for slider in sliders] == ["Layers a block", "Blocks", "Kernel size", "Steps back"]
    with pytest.raises(ValueError, match="blocks must be at most 3, got 4"):
        causal_tree_panel(blocks=4)


def test_a_barcode_has_a_bar_for_each_sample_read_and_a_cross_for_each_hole():
    line = hdc.tap_counts([2, 2], kernel_size=3)
    ax = plot_barcodes(["two"], [line], ["5 of 9"])
    assert len(ax.patches) == 5
    assert sorted(ax.lines[0].get_xdata()) == [-3, -1, 1, 3]


def test_a_read_map_has_a_square_for_each_pixel_read():
    counts = np.array([[1, 0, 2], [0, 3, 3], [0, 0, 1]])  # its rows are not its columns
    (ax,) = plot_read_maps([counts], ["two"])
    (image,) = ax.images
    painted = image.to_rgba(image.get_array())
    for pixel, colour in zip(counts.flat, painted.reshape(-1, 4), strict=True):
        assert to_hex(colour) == COLOURS["tap" if pixel else "hole-ground"].lower()
    assert ax.get_ylim() == (2.5, -0.5) and ax.get_xlim() == (-0.5, 2.5)  # the first row on top, nothing cut


def test_each_sketch_names_every_layer():
    for ax in plot_joins(["a", "b", "c"]):
        assert {"a", "b", "c"} <= {text.get_text() for text in ax.texts}
