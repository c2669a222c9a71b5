"""A stride turns into a dilation: the same feature, and new ones between."""

import traitlets

from hdclib.checks import whole_number
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.sliders import Panel, linked_slider

STRIDES = 2, 4


class StrideToDilation(PageWidget):
    """Two convolutions of kernel size 3, the first with a stride, which is taken away and made up for.

    Attributes
    ----------
    stride : int, 2 to 4
        Of the first convolution, and then the dilation of the second.
    step : int, 0 to 3
        With the stride; without it; with the dilation; with the outputs between.
    """

    script = "networks/stride_to_dilation.js"
    stride = traitlets.Int(2, min=STRIDES[0], max=STRIDES[1]).tag(sync=True)
    step = traitlets.Int(0, min=0, max=3).tag(sync=True)


def stride_to_dilation_panel(stride=2, key="instead"):
    """Return two layers whose stride turns into a dilation, with a slider for it.

    Parameters
    ----------
    stride : int, 2 to 4
        Where the reader starts.
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If `stride` is no whole number from 2 to 4, or `key` no word.
    """
    picture = StrideToDilation(key=key, stride=whole_number("stride", stride, *STRIDES))
    return Panel([linked_slider(picture, "stride", "Stride")], picture, above=True)
