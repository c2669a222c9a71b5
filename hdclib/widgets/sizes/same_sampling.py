"""Which samples the windows of one layer sit on, in three ways of padding to the same size."""

import traitlets

from hdclib.checks import whole_number
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.sliders import Panel, linked_slider


class SameSampling(PageWidget):
    """One layer padded alike on both sides, as TensorFlow's SAME, and as ONNX's SAME_LOWER.

    Attributes
    ----------
    size : int, 4 to 16
    kernel_size : int, 1 to 6
    stride : int, 1 to 4
    dilation : int, 1 to 3
    """

    script = "sizes/same_sampling.js"
    size = traitlets.Int(8, min=4, max=16).tag(sync=True)
    kernel_size = traitlets.Int(3, min=1, max=6).tag(sync=True)
    stride = traitlets.Int(2, min=1, max=4).tag(sync=True)
    dilation = traitlets.Int(1, min=1, max=3).tag(sync=True)


def same_sampling_panel(size=8, kernel_size=3, stride=2, dilation=1, key="same"):
    """Return the three ways of padding with sliders for the layer.

    Parameters
    ----------
    size : int, 4 to 16
    kernel_size : int, 1 to 6
    stride : int, 1 to 4
    dilation : int, 1 to 3
        Where the reader starts.
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If a number is out of range.
    """
    shape = {"size": size, "kernel_size": kernel_size, "stride": stride, "dilation": dilation}
    picture = SameSampling(key=key, **{name: whole_number(name, value, 1) for name, value in shape.items()})
    words = {"size": "Input size", "kernel_size": "Kernel size", "stride": "Stride", "dilation": "Dilation"}
    return Panel([linked_slider(picture, name, label) for name, label in words.items()], picture)
