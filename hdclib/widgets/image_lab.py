"""A small picture, smoothed by a stack that the reader builds."""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.scenes import KINDS
from hdclib.widgets.base import PageWidget, Panel, linked_slider


class ImageLab(PageWidget):
    """Input, output and error of three averaging layers of kernel size 3 on a picture of 48 by 48 pixels.

    Attributes
    ----------
    kind : str
        One of `hdclib.scenes.KINDS`.
    noise : int, 0 to 30
        Standard deviation of white noise, in hundredths of the grey scale.
    dilation_1, dilation_2, dilation_3 : int, 1 to 9
    """

    script = "image_lab.js"
    kind = traitlets.Enum(KINDS, default_value="shapes").tag(sync=True)
    noise = traitlets.Int(20, min=0, max=30).tag(sync=True)
    dilation_1 = traitlets.Int(2, min=1, max=9).tag(sync=True)
    dilation_2 = traitlets.Int(2, min=1, max=9).tag(sync=True)
    dilation_3 = traitlets.Int(2, min=1, max=9).tag(sync=True)


def image_lab_panel(dilations, kind="shapes", noise=20, key="lab"):
    """Return the picture laboratory with sliders for noise and three dilations.

    Parameters
    ----------
    dilations : sequence of 3 int, 1 to 9
    kind : str
        "shapes", "step", "line", "checkerboard", "offsets" or "flat", as for `hdclib.scene`.
    noise : int, 0 to 30
        In hundredths of the grey scale.
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If `dilations` has not three entries, a number is out of range, or `kind` is another word.
    """
    chosen = plain_dilations(dilations)
    if len(chosen) != 3:
        raise ValueError(f"dilations must have 3 entries, got {len(chosen)}")
    start = {f"dilation_{n}": dilation for n, dilation in enumerate(chosen, 1)}
    picture = ImageLab(key=key, kind=kind, noise=noise, **start)
    sliders = [linked_slider(picture, "noise", "Noise, in %")]
    sliders += [linked_slider(picture, f"dilation_{number}", f"Dilation {number}") for number in (1, 2, 3)]
    return Panel(sliders, picture, above=True)
