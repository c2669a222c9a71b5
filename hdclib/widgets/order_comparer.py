"""Two orders of layers side by side: what the final output and the layers between read."""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.base import PageWidget

MOST_LAYERS = 8
LARGEST = 9


class OrderComparer(PageWidget):
    """Two stacks of kernel size 3, compared layer by layer.

    Attributes
    ----------
    first, second : list of 1 to 8 int, 1 to 9
        Dilations, first layer first.
    view : "up" or "down"
        Look from each layer at the input, or from the final output at each layer.
    """

    script = "order_comparer.js"
    first = traitlets.List(traitlets.Int(min=1, max=LARGEST), minlen=1, maxlen=MOST_LAYERS).tag(sync=True)
    second = traitlets.List(traitlets.Int(min=1, max=LARGEST), minlen=1, maxlen=MOST_LAYERS).tag(sync=True)
    view = traitlets.Enum(["up", "down"], default_value="down").tag(sync=True)


def compare_orders(first, second, view="down", key="orders"):
    """Return two stacks side by side, layer by layer; the reader can type others.

    Parameters
    ----------
    first, second : sequence of int
        1 to 8 dilations from 1 to 9, kernel size 3.
    view : "up" or "down"
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    comparer : OrderComparer

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If a list is empty or too long, a dilation is out of range, or `view` is another word.
    """
    chosen = {"first": plain_dilations(first, "first"), "second": plain_dilations(second, "second")}
    return OrderComparer(**chosen, view=view, key=key)
