"""The frequency response of a stack and its sliders."""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import dilations_trait
from hdclib.widgets.kit.sliders import Panel, stacked_sliders

MOST_LAYERS = 3


class FrequencyExplorer(PageWidget):
    """Gain of a stack of averages of kernel size 3 for every frequency.

    Attributes
    ----------
    dilations : list of 1 to 3 int, 1 to 9
        First layer first.
    scale : str
        "linear" or "logarithmic".
    """

    script = "signal/frequency_explorer.js"
    dilations = dilations_trait([2, 2, 2], largest=9, most=MOST_LAYERS)
    scale = traitlets.Enum(["linear", "logarithmic"], default_value="linear").tag(sync=True)


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
    picture = FrequencyExplorer(key=key, dilations=chosen)
    return Panel(stacked_sliders(picture, "dilations", "Dilation", depth="Layers"), picture)
