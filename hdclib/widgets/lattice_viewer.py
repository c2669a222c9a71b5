"""The sub-grids that a common divisor makes, and what one output reads of its own."""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.base import PageWidget, Panel, linked_slider


class LatticeViewer(PageWidget):
    """Three dilations, kernel size 3: which pixels are read, missed, or out of reach on another sub-grid.

    Attributes
    ----------
    dilation_1, dilation_2, dilation_3 : int, 1 to 8
    repeats : int, 1 to 3
        How often the three layers are stacked on each other.
    """

    script = "lattice_viewer.js"
    dilation_1 = traitlets.Int(2, min=1, max=8).tag(sync=True)
    dilation_2 = traitlets.Int(4, min=1, max=8).tag(sync=True)
    dilation_3 = traitlets.Int(8, min=1, max=8).tag(sync=True)
    repeats = traitlets.Int(1, min=1, max=3).tag(sync=True)


def lattice_viewer_panel(dilations, key="lattice"):
    """Return the sub-grids with sliders for three dilations and for how often they are repeated.

    Parameters
    ----------
    dilations : sequence of 3 int, 1 to 8
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
    picture = LatticeViewer(key=key, **{f"dilation_{n}": dilation for n, dilation in enumerate(chosen, 1)})
    sliders = [linked_slider(picture, f"dilation_{number}", f"Dilation {number}") for number in (1, 2, 3)]
    return Panel([*sliders, linked_slider(picture, "repeats", "Repeats")], picture)
