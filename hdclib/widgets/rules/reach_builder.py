"""The exact criterion as a picture: copies of a run, layer by layer."""

import traitlets

from hdclib.checks import whole_number
from hdclib.layers import as_layers
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import BoundedList, dilations_trait
from hdclib.widgets.kit.sliders import Panel, stacked_sliders

MOST_LAYERS = 5
START = [1, 2, 5, 9, 27]
KERNELS = 2, 7


class ReachBuilder(PageWidget):
    """Up to five layers, sorted by dilation; each adds copies of the run that is covered so far.

    Attributes
    ----------
    dilations : list of 1 to 5 int, 1 to 81
        First layer first.
    kernels : list of 5 int, 2 to 7
        Kernel size of each layer; those of layers that there are not are kept but not used.
    step : int, 0 to 5
        How many layers have laid down their copies; more than there are is all of them.
    """

    script = "rules/reach_builder.js"
    dilations = dilations_trait(START[:3], largest=81, most=MOST_LAYERS, spare=START)
    kernels = BoundedList(
        traitlets.Int(min=KERNELS[0], max=KERNELS[1]),
        [3] * MOST_LAYERS,
        MOST_LAYERS,
        MOST_LAYERS,
        formerly={"entry": "kernel"},
    )
    step = traitlets.Int(MOST_LAYERS, min=0, max=MOST_LAYERS).tag(sync=True)


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
    kernels = [whole_number("kernel_size", layer.kernel_size, *KERNELS) for layer in chosen]
    picture = ReachBuilder(
        key=key,
        dilations=[layer.dilation for layer in chosen],
        kernels=kernels + [3] * (MOST_LAYERS - len(kernels)),
    )
    return Panel(stacked_sliders(picture, "dilations", "Dilation", depth="Layers"), picture)
