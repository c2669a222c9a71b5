"""The usage map and its sliders."""

import ipywidgets
import traitlets

from hdclib.layers import as_layers
from hdclib.widgets.base import PageWidget, Panel, linked_slider

MOST_LAYERS = 4


class UsageMap(PageWidget):
    """How often each input pixel is used by one pixel of a later layer.

    Attributes
    ----------
    kernel_size : int, 2 to 5
    layers : int, 1 to 4
    dilation_1, dilation_2, dilation_3, dilation_4 : int, 1 to 9
        Those beyond `layers` are kept but not used.
    seen_from : int, 2 to 5
        Number of the layer whose pixel looks down on Layer 1.
    """

    script = "usage_map.js"
    kernel_size = traitlets.Int(3, min=2, max=5).tag(sync=True)
    layers = traitlets.Int(3, min=1, max=MOST_LAYERS).tag(sync=True)
    dilation_1 = traitlets.Int(2, min=1, max=9).tag(sync=True)
    dilation_2 = traitlets.Int(2, min=1, max=9).tag(sync=True)
    dilation_3 = traitlets.Int(2, min=1, max=9).tag(sync=True)
    dilation_4 = traitlets.Int(1, min=1, max=9).tag(sync=True)
    seen_from = traitlets.Int(4, min=2, max=MOST_LAYERS + 1).tag(sync=True)
    display_2 = traitlets.Unicode("flex").tag(sync=True, derived=True)
    display_3 = traitlets.Unicode("flex").tag(sync=True, derived=True)
    display_4 = traitlets.Unicode("none").tag(sync=True, derived=True)

    @property
    def dilations(self):
        """Dilations of the layers in use, first layer first."""
        return [getattr(self, f"dilation_{number}") for number in range(1, self.layers + 1)]


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
    start = {f"dilation_{number}": dilation for number, dilation in enumerate(chosen, 1)}
    shown = {f"display_{n}": "flex" if n <= len(chosen) else "none" for n in range(2, MOST_LAYERS + 1)}
    picture = UsageMap(
        key=key, kernel_size=kernel_size, layers=len(chosen), seen_from=len(chosen) + 1, **start, **shown
    )
    sliders = [
        linked_slider(picture, "layers", "Layers"),
        linked_slider(picture, "kernel_size", "Kernel size"),
        linked_slider(picture, "seen_from", "Seen from Layer"),
    ]
    for number in range(1, MOST_LAYERS + 1):
        slider = linked_slider(picture, f"dilation_{number}", f"Dilation {number}")
        if number > 1:
            slider.layout.display = shown[f"display_{number}"]
            ipywidgets.jsdlink((picture, f"display_{number}"), (slider.layout, "display"))
        sliders.append(slider)
    return Panel(sliders, picture)
