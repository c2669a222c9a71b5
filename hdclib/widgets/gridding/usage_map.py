"""The usage map and its sliders."""

import traitlets

from hdclib.layers import as_layers
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import dilations_trait
from hdclib.widgets.kit.sliders import Panel, linked_slider, stacked_sliders

MOST_LAYERS = 4


class UsageMap(PageWidget):
    """How often each input pixel is used by one pixel of a later layer.

    Attributes
    ----------
    kernel_size : int, 2 to 5
    dilations : list of 1 to 4 int, 1 to 9
        First layer first.
    seen_from : int, 2 to 5
        Number of the layer whose pixel looks down on Layer 1.
    """

    script = "gridding/usage_map.js"
    kernel_size = traitlets.Int(3, min=2, max=5).tag(sync=True)
    dilations = dilations_trait([2, 2, 2], largest=9, most=MOST_LAYERS, spare=[2, 2, 2, 1])
    seen_from = traitlets.Int(4, min=2, max=MOST_LAYERS + 1).tag(sync=True)


def usage_map_panel(dilations, kernel_size=3, key="map"):
    """Return a usage map with sliders for the number of layers, the kernel size and each dilation.

    Parameters
    ----------
    dilations : sequence of int
        1 to 4 dilations from 1 to 9, where the reader starts.
    kernel_size : int, 2 to 5
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    ValueError, TypeError, traitlets.TraitError
        If a number is out of range.
    """
    chosen = [layer.dilation for layer in as_layers(dilations, kernel_size, "dilations")]
    if len(chosen) > MOST_LAYERS:
        raise ValueError(f"dilations has {len(chosen)} entries, at most {MOST_LAYERS} are shown")
    picture = UsageMap(key=key, kernel_size=kernel_size, dilations=chosen, seen_from=len(chosen) + 1)
    layers, *dilation = stacked_sliders(picture, "dilations", "Dilation", depth="Layers")
    kernel, view = (
        linked_slider(picture, "kernel_size", "Kernel size"),
        linked_slider(picture, "seen_from", "Seen from Layer"),
    )
    return Panel([layers, kernel, view, *dilation], picture)
