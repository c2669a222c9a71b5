"""Which input sizes a U-Net takes: both sides of every level, and the rule for the sizes that fit."""

import traitlets

from hdclib.checks import one_of, whole_number
from hdclib.sizes.chains import fitting_sizes
from hdclib.sizes.u_nets import u_net_layers
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.sliders import Panel, linked_slider

JOINS = ("equal", "crop")


class UNetSizes(PageWidget):
    """A U-Net along one axis: 3-tap convolutions, pools of 2, transposed convolutions of kernel 2 and stride 2.

    Attributes
    ----------
    size : int, 1 to 1024
        Input samples.
    depth : int, 1 to 5
        Pools on the way down, and transposed layers on the way up.
    convolutions : int, 1 to 3
        On each level, on the way down and on the way up.
    dilation : int, 1 to 3
        Of all convolutions.
    padded : bool
        Whether every convolution is padded so that it keeps the size.
    join : {"equal", "crop"}
        Whether the sides are joined as they are, or the left one is cropped first.
    """

    script = "sizes/u_net_sizes.js"
    size = traitlets.Int(572, min=1, max=1024).tag(sync=True)
    depth = traitlets.Int(4, min=1, max=5).tag(sync=True)
    convolutions = traitlets.Int(2, min=1, max=3).tag(sync=True)
    dilation = traitlets.Int(1, min=1, max=3).tag(sync=True)
    padded = traitlets.Bool(True).tag(sync=True)
    join = traitlets.Enum(list(JOINS), default_value="equal").tag(sync=True)

    @property
    def answer(self):
        """The sizes that fit, as `fitting_sizes` finds them."""
        layers, joins = u_net_layers(self.depth, self.convolutions, dilation=self.dilation, padded=self.padded)
        return fitting_sizes(layers, joins if self.join == "equal" else (), whole=self.join == "crop")


def u_net_sizes_panel(size=572, depth=4, convolutions=2, dilation=1, *, padded=True, join="equal", key="unet"):
    """Return a U-Net whose sizes the reader follows down and up again.

    Parameters
    ----------
    size : int, 1 to 1024
    depth : int, 1 to 5
    convolutions : int, 1 to 3
    dilation : int, 1 to 3
    padded : bool
    join : {"equal", "crop"}
        Where the reader starts; see the class ``UNetSizes``.
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If a number is out of range or `join` is another word.

    References
    ----------
    Ronneberger, Fischer and Brox (2015), fig. 1 [ronneberger2015].
    """
    numbers = {"size": size, "depth": depth, "convolutions": convolutions, "dilation": dilation}
    checked = {name: whole_number(name, value, 1) for name, value in numbers.items()}
    picture = UNetSizes(key=key, padded=padded, join=one_of("join", join, JOINS, "'equal' or 'crop'"), **checked)
    words = {"size": "Input size", "depth": "Levels", "convolutions": "Convolutions", "dilation": "Dilation"}
    return Panel([linked_slider(picture, name, label) for name, label in words.items()], picture)
