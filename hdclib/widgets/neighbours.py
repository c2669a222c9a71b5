"""Two neighbouring outputs and the inputs they share."""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.base import PageWidget, Panel, linked_slider


class Neighbours(PageWidget):
    """Which inputs two outputs read, for three layers with kernel size 3.

    Attributes
    ----------
    dilation_1, dilation_2, dilation_3 : int, 1 to 4
    right, down : int, 0 to 4
        Where the second output lies, in input pixels from the first.
    """

    script = "neighbours.js"
    dilation_1 = traitlets.Int(2, min=1, max=4).tag(sync=True)
    dilation_2 = traitlets.Int(2, min=1, max=4).tag(sync=True)
    dilation_3 = traitlets.Int(2, min=1, max=4).tag(sync=True)
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
    picture = Neighbours(key=key, **{f"dilation_{n}": dilation for n, dilation in enumerate(chosen, 1)})
    sliders = [linked_slider(picture, "right", "B to the right"), linked_slider(picture, "down", "B below")]
    sliders += [linked_slider(picture, f"dilation_{number}", f"Dilation {number}") for number in (1, 2, 3)]
    return Panel(sliders, picture)
