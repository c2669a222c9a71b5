"""The designer: every hole-free schedule of a depth, kernel size and field."""

import traitlets

from hdclib.rules.schedules import MOST_SCHEDULES, RANKINGS
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.sliders import Panel, linked_slider


class Designer(PageWidget):
    """All hole-free schedules for a wanted field, sorted, a page at a time, with the usage map of the chosen one.

    Attributes
    ----------
    depth : int, 1 to 6
    kernel_size : int, 2 to 7
    target : int, 3 to 127
        Receptive field wanted along one axis, in input samples.
    rank : str
        "evenness", "squares" or "nearness", as in `hdclib.design`.
    choice : int, 1 to 20,000
        Which of the schedules is drawn, counted through the whole list; the last one where there are fewer. Goes
        back to 1 when another list is asked for.
    """

    script = "rules/designer.js"
    depth = traitlets.Int(4, min=1, max=6).tag(sync=True)
    kernel_size = traitlets.Int(3, min=2, max=7).tag(sync=True)
    target = traitlets.Int(31, min=3, max=127).tag(sync=True)
    rank = traitlets.Enum(tuple(RANKINGS), "evenness").tag(sync=True)
    choice = traitlets.Int(1, min=1, max=MOST_SCHEDULES).tag(sync=True)


def designer_panel(target=31, depth=4, kernel_size=3, key="design", rank="evenness"):
    """Return the designer with sliders for the target field, the layers and the kernel size.

    Parameters
    ----------
    target : int, 3 to 127
    depth : int, 1 to 6
    kernel_size : int, 2 to 7
    key : str
        Name of the widget in the page's address.
    rank : str
        How the list is sorted at first, as in `hdclib.design`.

    Returns
    -------
    panel : Panel

    Raises
    ------
    traitlets.TraitError
        If a number is out of range, or there is no such ranking.
    """
    picture = Designer(key=key, target=target, depth=depth, kernel_size=kernel_size, rank=rank)
    labels = {"target": "Target field", "depth": "Layers", "kernel_size": "Kernel size"}
    return Panel([linked_slider(picture, trait, label) for trait, label in labels.items()], picture, above=True)
