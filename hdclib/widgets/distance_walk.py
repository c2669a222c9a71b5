"""The recurrence M_i walked from the last layer to the first, on the samples that are read."""

import ipywidgets
import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.base import PageWidget, Panel, linked_slider

MOST_LAYERS = 5


class DistanceWalk(PageWidget):
    """One step of the recurrence: the pattern, its three copies, the candidates, and the gap that is counted.

    Attributes
    ----------
    layers : int, 2 to 5
    step : int, 1 to 5
        1 shows the last layer, each further step one layer nearer to the input.
    dilation_1 to dilation_5 : int, 1 to 9
        Those beyond `layers` are kept but not used. The kernel size is 3.
    """

    script = "distance_walk.js"
    layers = traitlets.Int(3, min=2, max=MOST_LAYERS).tag(sync=True)
    step = traitlets.Int(1, min=1, max=MOST_LAYERS).tag(sync=True)
    dilation_1 = traitlets.Int(1, min=1, max=9).tag(sync=True)
    dilation_2 = traitlets.Int(2, min=1, max=9).tag(sync=True)
    dilation_3 = traitlets.Int(9, min=1, max=9).tag(sync=True)
    dilation_4 = traitlets.Int(1, min=1, max=9).tag(sync=True)
    dilation_5 = traitlets.Int(1, min=1, max=9).tag(sync=True)
    display_3 = traitlets.Unicode("flex").tag(sync=True, derived=True)
    display_4 = traitlets.Unicode("none").tag(sync=True, derived=True)
    display_5 = traitlets.Unicode("none").tag(sync=True, derived=True)

    @property
    def dilations(self):
        """Dilations of the layers in use, first layer first."""
        return [getattr(self, f"dilation_{number}") for number in range(1, self.layers + 1)]


def distance_walk_panel(dilations, key="walk"):
    """Return the walk with sliders for the number of layers, the step and each dilation.

    Parameters
    ----------
    dilations : sequence of int
        2 to 5 dilations from 1 to 9, where the reader starts.
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
    chosen = plain_dilations(dilations)
    if not 2 <= len(chosen) <= MOST_LAYERS:
        raise ValueError(f"dilations must have 2 to {MOST_LAYERS} entries, got {len(chosen)}")
    start = {f"dilation_{number}": dilation for number, dilation in enumerate(chosen, 1)}
    shown = {f"display_{n}": "flex" if n <= len(chosen) else "none" for n in range(3, MOST_LAYERS + 1)}
    picture = DistanceWalk(key=key, layers=len(chosen), **start, **shown)
    sliders = [linked_slider(picture, "layers", "Layers"), linked_slider(picture, "step", "Step")]
    for number in range(1, MOST_LAYERS + 1):
        slider = linked_slider(picture, f"dilation_{number}", f"Dilation {number}")
        if number > 2:
            slider.layout.display = shown[f"display_{number}"]
            ipywidgets.jsdlink((picture, f"display_{number}"), (slider.layout, "display"))
        sliders.append(slider)
    return Panel(sliders, picture)
