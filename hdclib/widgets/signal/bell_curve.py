"""Usage counts against the bell, for more and more layers."""

import traitlets

from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.sliders import Panel, linked_slider

MOST_LAYERS = 8
SCHEDULES = {
    "ones": [1] * MOST_LAYERS,
    "twos": [2] * MOST_LAYERS,
    "sawtooth": [1, 2, 3] * 2 + [1, 2],
    "rising": list(range(1, MOST_LAYERS + 1)),
    "doubling": [2**i for i in range(MOST_LAYERS)],
    "tripling": [3**i for i in range(MOST_LAYERS)],
}


class BellCurve(PageWidget):
    """Weights of a stack of averages of kernel size 3, and the Gaussian of the same width.

    Attributes
    ----------
    layers : int, 1 to 8
    schedule : str
        A key of `SCHEDULES`; the first `layers` of its dilations are used.
    """

    script = "signal/bell_curve.js"
    layers = traitlets.Int(3, min=1, max=MOST_LAYERS).tag(sync=True)
    schedule = traitlets.Enum(list(SCHEDULES), default_value="ones").tag(sync=True)
    schedules = traitlets.Dict(SCHEDULES).tag(sync=True, derived=True)


def bell_panel(layers=3, schedule="ones", key="bell"):
    """Return the bell with a slider for the number of layers.

    Parameters
    ----------
    layers : int, 1 to 8
    schedule : str
        "ones", "twos", "sawtooth" (1, 2, 3, 1, 2, 3, ...), "rising" (1, 2, 3, 4, ...), "doubling" (1, 2, 4, ...) or
        "tripling" (1, 3, 9, ...).
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    traitlets.TraitError
        If `layers` is out of range, or `schedule` is another word.
    """
    picture = BellCurve(key=key, layers=layers, schedule=schedule)
    return Panel([linked_slider(picture, "layers", "Layers")], picture)
