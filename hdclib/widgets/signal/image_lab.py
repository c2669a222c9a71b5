"""A small picture, smoothed by a stack that the reader builds."""

import traitlets

from hdclib.layers import plain_dilations
from hdclib.signal.pictures import KINDS
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import dilations_trait
from hdclib.widgets.kit.sliders import Panel, linked_slider, stacked_sliders


class ImageLab(PageWidget):
    """Input, output and error of three averaging layers of kernel size 3 on a picture of 48 by 48 pixels.

    Attributes
    ----------
    kind : str
        One of `hdclib.signal.pictures.KINDS`.
    noise : int, 0 to 30
        Standard deviation of white noise, in hundredths of the grey scale.
    dilations : list of 3 int, 1 to 9
    """

    script = "signal/image_lab.js"
    kind = traitlets.Enum(KINDS, default_value="shapes").tag(sync=True)
    noise = traitlets.Int(20, min=0, max=30).tag(sync=True)
    dilations = dilations_trait([2, 2, 2], largest=9)


def image_lab_panel(dilations, kind="shapes", noise=20, key="lab"):
    """Return the picture laboratory with sliders for noise and three dilations.

    Parameters
    ----------
    dilations : sequence of 3 int, 1 to 9
    kind : str
        "shapes", "step", "line", "checkerboard", "offsets" or "flat", as for `hdclib.signal.scene`.
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
    picture = ImageLab(key=key, kind=kind, noise=noise, dilations=chosen)
    noise_slider = linked_slider(picture, "noise", "Noise, in %")
    return Panel([noise_slider, *stacked_sliders(picture, "dilations", "Dilation")], picture, above=True)
