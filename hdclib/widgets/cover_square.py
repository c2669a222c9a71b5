"""The book's question as a game: can three dilations cover the square?"""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.base import PageWidget, Panel, linked_slider


class CoverSquare(PageWidget):
    """Which pixels of a square one output of three 3 x 3 layers uses.

    Attributes
    ----------
    side : int, odd, 7 to 27
        Pixels along each side of the square.
    dilation_1, dilation_2, dilation_3 : int, 1 to 12
    """

    script = "cover_square.js"
    side = traitlets.Int(13, min=7, max=27).tag(sync=True)
    dilation_1 = traitlets.Int(2, min=1, max=12).tag(sync=True)
    dilation_2 = traitlets.Int(2, min=1, max=12).tag(sync=True)
    dilation_3 = traitlets.Int(2, min=1, max=12).tag(sync=True)

    @traitlets.validate("side")
    def _odd(self, proposal):
        if proposal["value"] % 2 == 0:
            raise traitlets.TraitError(f"side must be odd, got {proposal['value']}: the output sits in the middle")
        return proposal["value"]


def cover_square_panel(dilations, side=13, key="square"):
    """Return the game with sliders for the side of the square and the three dilations.

    Parameters
    ----------
    dilations : sequence of 3 int, 1 to 12
    side : int, odd, 7 to 27
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
    picture = CoverSquare(key=key, side=side, **{f"dilation_{n}": dilation for n, dilation in enumerate(chosen, 1)})
    sliders = [linked_slider(picture, "side", "Side of the square", step=2)]
    sliders += [linked_slider(picture, f"dilation_{number}", f"Dilation {number}") for number in (1, 2, 3)]
    return Panel(sliders, picture)
