"""Two orders of layers side by side: what the final output and the layers between read."""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import BoundedList

MOST_LAYERS = 9
LARGEST = 9


class OrderComparer(PageWidget):
    """Two stacks of kernel size 3, compared layer by layer.

    Attributes
    ----------
    first, second : list of 1 to 9 int, 1 to 9
        Dilations, first layer first.
    view : "up" or "down"
        Look from each layer at the input, or from the final output at each layer.
    step : int, 0 to 8
        How many layers are made; more than there are is all of them.
    """

    script = "rules/order_comparer.js"
    first = BoundedList(traitlets.Int(min=1, max=LARGEST), [1], most=MOST_LAYERS)
    second = BoundedList(traitlets.Int(min=1, max=LARGEST), [1], most=MOST_LAYERS)
    view = traitlets.Enum(["up", "down"], default_value="down").tag(sync=True)
    step = traitlets.Int(MOST_LAYERS, min=0, max=MOST_LAYERS).tag(sync=True)


def compare_orders(first, second, view="down", key="orders"):
    """Return two stacks side by side, layer by layer; the reader can type others.

    Parameters
    ----------
    first, second : sequence of int
        1 to 9 dilations from 1 to 9, kernel size 3.
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
