"""The frequency response of a stack and its sliders."""

import ipywidgets
import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.base import PageWidget, Panel, linked_slider

MOST_LAYERS = 3


class FrequencyExplorer(PageWidget):
    """Gain of a stack of averages of kernel size 3 for every frequency.

    Attributes
    ----------
    layers : int, 1 to 3
    dilation_1, dilation_2, dilation_3 : int, 1 to 9
        Those beyond `layers` are kept but not used.
    scale : str
        "linear" or "logarithmic".
    """

    script = "frequency_explorer.js"
    layers = traitlets.Int(3, min=1, max=MOST_LAYERS).tag(sync=True)
    dilation_1 = traitlets.Int(2, min=1, max=9).tag(sync=True)
    dilation_2 = traitlets.Int(2, min=1, max=9).tag(sync=True)
    dilation_3 = traitlets.Int(2, min=1, max=9).tag(sync=True)
    scale = traitlets.Enum(["linear", "logarithmic"], default_value="linear").tag(sync=True)
    display_2 = traitlets.Unicode("flex").tag(sync=True, derived=True)
    display_3 = traitlets.Unicode("flex").tag(sync=True, derived=True)


def frequency_panel(dilations, key="frequency"):
    """Return the frequency response with sliders for the number of layers and each dilation.

    Parameters
    ----------
    dilations : sequence of int
        1 to 3 dilations from 1 to 9, where the reader starts.
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
    chosen = plain_dilations(dilations)
    if len(chosen) > MOST_LAYERS:
        raise ValueError(f"dilations has {len(chosen)} entries, at most {MOST_LAYERS} are shown")
    start = {f"dilation_{number}": dilation for number, dilation in enumerate(chosen, 1)}
    shown = {f"display_{n}": "flex" if n <= len(chosen) else "none" for n in range(2, MOST_LAYERS + 1)}
    picture = FrequencyExplorer(key=key, layers=len(chosen), **start, **shown)
    sliders = [linked_slider(picture, "layers", "Layers")]
    for number in range(1, MOST_LAYERS + 1):
        slider = linked_slider(picture, f"dilation_{number}", f"Dilation {number}")
        if number > 1:
            slider.layout.display = shown[f"display_{number}"]
            ipywidgets.jsdlink((picture, f"display_{number}"), (slider.layout, "display"))
        sliders.append(slider)
    return Panel(sliders, picture)
