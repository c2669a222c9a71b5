"""Two neighbouring outputs and the inputs they share."""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import dilations_trait
from hdclib.widgets.kit.sliders import Panel, linked_slider, stacked_sliders


class Neighbours(PageWidget):
    """Which inputs two outputs read, for three layers with kernel size 3.

    Attributes
    ----------
    dilations : list of 3 int, 1 to 4
    right, down : int, 0 to 4
        Where the second output lies, in input pixels from the first.
    """

    script = "gridding/neighbours.js"
    dilations = dilations_trait([2, 2, 2], largest=4)
    right = traitlets.Int(1, min=0, max=4).tag(sync=True)
    down = traitlets.Int(0, min=0, max=4).tag(sync=True)


def neighbours_panel(dilations, key="pair"):
    """Return the two outputs with sliders for where the second lies and for the three dilations.

    Parameters
    ----------
    dilations : sequence of 3 int, 1 to 4
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If `dilations` has not three entries, or one is out of range.
    """
    chosen = plain_dilations(dilations)
    if len(chosen) != 3:
        raise ValueError(f"dilations must have 3 entries, got {len(chosen)}")
    picture = Neighbours(key=key, dilations=chosen)
    sliders = [linked_slider(picture, "right", "B to the right"), linked_slider(picture, "down", "B below")]
    return Panel([*sliders, *stacked_sliders(picture, "dilations", "Dilation")], picture)
