"""A module of layers, one after the other or side by side, and what it reads."""

import traitlets

from hdclib.checks import whole_number
from hdclib.layers import as_layers
from hdclib.networks.modules import JOINS
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import BoundedList

MOST_LAYERS = 10
MOST_KERNEL = 13
MOST_DILATION = 512


class ModuleBuilder(PageWidget):
    """Layers that the reader joins in four ways, and the usage map of the module.

    Attributes
    ----------
    join : str
        "cascade", "parallel", "summed" or "skips", as in `hdclib.networks.modules.JOINS`.
    view : str
        "map" for an image, "axis" for one axis.
    kernels : list of 1 to 10 int, 1 to 13
    dilations : list of 1 to 10 int, 1 to 512
    """

    script = "networks/module_builder.js"
    join = traitlets.Enum(tuple(JOINS), "parallel").tag(sync=True)
    view = traitlets.Enum(("map", "axis"), "map").tag(sync=True)
    kernels = BoundedList(traitlets.Int(min=1, max=MOST_KERNEL), [3] * 5, most=MOST_LAYERS)
    dilations = BoundedList(traitlets.Int(min=1, max=MOST_DILATION), [1, 2, 4, 8, 16], most=MOST_LAYERS)

    @property
    def module(self):
        """What is shown, as a `Cascade` or `Parallel`."""
        depth = min(len(self.kernels), len(self.dilations))
        return JOINS[self.join](self.dilations[:depth], self.kernels[:depth])


def module_panel(dilations, join="parallel", kernel_size=3, view="map", key="module"):
    """Return a module that the reader can rebuild.

    Parameters
    ----------
    dilations : sequence of int
        1 to 10 dilations from 1 to 512, where the reader starts.
    join : str
        "cascade", "parallel", "summed" or "skips".
    kernel_size : int or sequence of int, 1 to 13
    view : str
        "map" or "axis".
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    builder : ModuleBuilder

    Raises
    ------
    ValueError, TypeError, traitlets.TraitError
        If a value is out of range.
    """
    layers = as_layers(dilations, kernel_size, "dilations")
    if len(layers) > MOST_LAYERS:
        raise ValueError(f"dilations has {len(layers)} entries, at most {MOST_LAYERS} are shown")
    kernels = [whole_number("kernel_size", layer.kernel_size, 1, MOST_KERNEL) for layer in layers]
    chosen = [whole_number("dilations", layer.dilation, 1, MOST_DILATION) for layer in layers]
    return ModuleBuilder(key=key, join=join, view=view, kernels=kernels, dilations=chosen)
