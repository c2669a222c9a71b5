"""The cone: a stack of convolutions, and what one of its outputs uses of every layer."""

import base64

import traitlets

from hdclib.checks import whole_number
from hdclib.layers import plain_dilations
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import BoundedList

MOST_LAYERS = 4
LARGEST = 10


class Cone(PageWidget):
    """Layers of kernel size 3, one above the other, and the ways of one output down to the input.

    Attributes
    ----------
    dilations : list of 1 to 4 int, 1 to 10
        First layer first.
    view : str
        "side", "space" or "above".
    column, row : int, -3 to 3
        Where the output stands, from the middle of its map.
    second : int, 0 to 3
        How far a second output stands beside the first; 0 for none.
    step : int, 0 to 4
        How many layers down the values have come; more than there are convolutions is all of them.
    picture : str
        "none", "photograph" or "noise": what the stack is applied to beside the cone.
    photograph : str
        64 × 64 grey levels, a byte each, row by row, in base64.
    """

    script = "gridding/cone.js"
    dilations = BoundedList(traitlets.Int(1, min=1, max=LARGEST), default=[2, 2, 2], most=MOST_LAYERS)
    view = traitlets.Enum(["side", "space", "above"], default_value="side").tag(sync=True)
    column = traitlets.Int(0, min=-3, max=3).tag(sync=True)
    row = traitlets.Int(0, min=-3, max=3).tag(sync=True)
    second = traitlets.Int(0, min=0, max=3).tag(sync=True)
    step = traitlets.Int(MOST_LAYERS, min=0, max=MOST_LAYERS).tag(sync=True)
    picture = traitlets.Enum(["none", "photograph", "noise"], default_value="none").tag(sync=True)
    photograph = traitlets.Unicode().tag(sync=True, derived=True)


def cone_panel(dilations, view="side", second=0, step=None, picture="none", key="cone"):
    """Return the cone of a stack of kernel size 3, which can be turned, dragged and played.

    Parameters
    ----------
    dilations : sequence of 1 to 4 int, 1 to 10
        First layer first; the reader may change them.
    view : str
        "side", "space" or "above".
    second : int, 0 to 3
        How far a second output stands beside the first; 0 for none.
    step : int, optional
        How many layers down the values have come at first. All of them, if left out.
    picture : str
        "none", "photograph" or "noise": what the stack is applied to at first.
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    cone : Cone

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If a dilation is no whole number from 1 to 10, there are none or more than 4, or another value is out of range.
    """
    chosen = plain_dilations(dilations)
    whole_number("the number of dilations", len(chosen), 1, MOST_LAYERS)
    for place, dilation in enumerate(chosen):
        whole_number(f"dilations[{place}]", dilation, 1, LARGEST)
    shown = len(chosen) if step is None else step
    state = {"dilations": chosen, "view": view, "second": second, "step": shown, "picture": picture}
    return Cone(key=key, photograph=_photograph(), **state)


def _photograph():
    """Return matplotlib's portrait, the one of the chapter on pooling, as the script wants it."""
    from hdclib.signal.figures import small_face  # loads matplotlib

    return base64.b64encode(small_face().tobytes()).decode("ascii")
