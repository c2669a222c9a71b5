"""The sub-grids that a common divisor makes, and what one output reads of its own."""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import dilations_trait
from hdclib.widgets.kit.sliders import Panel, linked_slider, stacked_sliders


class LatticeViewer(PageWidget):
    """Three dilations, kernel size 3: which pixels are read, missed, or out of reach on another sub-grid.

    Attributes
    ----------
    dilations : list of 3 int, 1 to 8
    repeats : int, 1 to 3
        How often the three layers are stacked on each other.
    """

    script = "gridding/lattice_viewer.js"
    dilations = dilations_trait([2, 4, 8], largest=8)
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
    picture = LatticeViewer(key=key, dilations=chosen)
    last = linked_slider(picture, "repeats", "Repeats")
    return Panel([*stacked_sliders(picture, "dilations", "Dilation"), last], picture)
