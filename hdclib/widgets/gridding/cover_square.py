"""The book's question as a game: can three dilations cover the square?"""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import dilations_trait
from hdclib.widgets.kit.sliders import Panel, stacked_sliders

SIDES = (13, 15, 17, 21, 27, 29)


class CoverSquare(PageWidget):
    """Which pixels of a square one output of three 3 x 3 layers uses.

    Attributes
    ----------
    side : int, one of `SIDES`
        Pixels along each side of the square; a level each. The last cannot be covered.
    dilations : list of 3 int, 1 to 12
    """

    script = "gridding/cover_square.js"
    side = traitlets.Enum(SIDES, 13).tag(sync=True)
    dilations = dilations_trait([2, 2, 2], largest=12)


def cover_square_panel(dilations, side=13, key="square"):
    """Return the game: squares to choose from, and sliders for the three dilations.

    Parameters
    ----------
    dilations : sequence of 3 int, 1 to 12
    side : int, one of 13, 15, 17, 21, 27 and 29
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If `dilations` has not three entries, or a number is out of range.
    """
    chosen = plain_dilations(dilations)
    if len(chosen) != 3:
        raise ValueError(f"dilations must have 3 entries, got {len(chosen)}")
    picture = CoverSquare(key=key, side=side, dilations=chosen)
    return Panel(stacked_sliders(picture, "dilations", "Dilation"), picture)
