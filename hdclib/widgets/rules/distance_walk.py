"""The recurrence M_i walked from the last layer to the first, on the samples that are read."""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import dilations_trait
from hdclib.widgets.kit.sliders import Panel, linked_slider, stacked_sliders

MOST_LAYERS = 5


class DistanceWalk(PageWidget):
    """One step of the recurrence: the pattern, its three copies, the candidates, and the gap that is counted.

    Attributes
    ----------
    step : int, 1 to 5
        1 shows the last layer, each further step one layer nearer to the input.
    dilations : list of 2 to 5 int, 1 to 9
        First layer first. The kernel size is 3.
    """

    script = "rules/distance_walk.js"
    step = traitlets.Int(1, min=1, max=MOST_LAYERS).tag(sync=True)
    dilations = dilations_trait([1, 2, 9], largest=9, fewest=2, most=MOST_LAYERS, spare=[1, 2, 9, 1, 1])


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
    picture = DistanceWalk(key=key, dilations=chosen)
    layers, *dilation = stacked_sliders(picture, "dilations", "Dilation", depth="Layers")
    return Panel([layers, linked_slider(picture, "step", "Step"), *dilation], picture)
