"""The exact criterion as a picture: copies of a run, layer by layer."""

import ipywidgets
import traitlets

from hdclib.layers import as_layers
from hdclib.widgets.base import PageWidget, Panel, linked_slider

MOST_LAYERS = 5
LARGEST_DILATION = 81
LARGEST_KERNEL = 7


def _dilation(value):
    return traitlets.Int(value, min=1, max=LARGEST_DILATION).tag(sync=True)


def _kernel(value=3):
    return traitlets.Int(value, min=2, max=LARGEST_KERNEL).tag(sync=True)


class ReachBuilder(PageWidget):
    """Up to five layers, sorted by dilation; each adds copies of the run that is covered so far.

    Attributes
    ----------
    layers : int, 1 to 5
    dilation_1 to dilation_5 : int, 1 to 81
    kernel_1 to kernel_5 : int, 2 to 7
        Those beyond `layers` are kept but not used.
    """

    script = "reach_builder.js"
    layers = traitlets.Int(3, min=1, max=MOST_LAYERS).tag(sync=True)
    dilation_1 = _dilation(1)
    dilation_2 = _dilation(2)
    dilation_3 = _dilation(5)
    dilation_4 = _dilation(9)
    dilation_5 = _dilation(27)
    kernel_1 = _kernel()
    kernel_2 = _kernel()
    kernel_3 = _kernel()
    kernel_4 = _kernel()
    kernel_5 = _kernel()
    display_2 = traitlets.Unicode("flex").tag(sync=True, derived=True)
    display_3 = traitlets.Unicode("flex").tag(sync=True, derived=True)
    display_4 = traitlets.Unicode("none").tag(sync=True, derived=True)
    display_5 = traitlets.Unicode("none").tag(sync=True, derived=True)


def reach_builder_panel(dilations, kernel_size=3, key="reach"):
    """Return the builder with sliders for the number of layers and each dilation.

    Parameters
    ----------
    dilations : sequence of int
        1 to 5 dilations from 1 to 81, where the reader starts.
    kernel_size : int or sequence of int, 2 to 7
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    ValueError, TypeError, traitlets.TraitError
        If a number is out of range.
    """
    chosen = as_layers(dilations, kernel_size, "dilations")
    if len(chosen) > MOST_LAYERS:
        raise ValueError(f"dilations has {len(chosen)} entries, at most {MOST_LAYERS} are shown")
    start = {f"dilation_{number}": layer.dilation for number, layer in enumerate(chosen, 1)}
    start |= {f"kernel_{number}": layer.kernel_size for number, layer in enumerate(chosen, 1)}
    start |= {f"display_{n}": "flex" if n <= len(chosen) else "none" for n in range(2, MOST_LAYERS + 1)}
    picture = ReachBuilder(key=key, layers=len(chosen), **start)
    sliders = [linked_slider(picture, "layers", "Layers")]
    for number in range(1, MOST_LAYERS + 1):
        slider = linked_slider(picture, f"dilation_{number}", f"Dilation {number}")
        if number > 1:
            slider.layout.display = start[f"display_{number}"]
            ipywidgets.jsdlink((picture, f"display_{number}"), (slider.layout, "display"))
        sliders.append(slider)
    return Panel(sliders, picture)
