"""VGG16 with each of its pools as a switch: size, field and cost."""

import traitlets

from hdclib.networks.vgg import POOL_CHOICES, vgg16
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import BoundedList


class PoolsOut(PageWidget):
    """Keep, remove or dilate each pool of VGG16 and see what comes out of every block.

    Attributes
    ----------
    pools : list of 5 str
        "keep", "remove" or "dilate", as in `hdclib.networks.vgg16`.
    """

    script = "networks/pools_out.js"
    pools = BoundedList(traitlets.Enum(POOL_CHOICES), ["keep"] * 5, 5, 5, formerly={"entry": "pool"})

    @property
    def layers(self):
        """Layers of the network that the widget shows."""
        return vgg16(self.pools)


def pools_out_panel(pools=("keep",) * 5, key="vgg"):
    """Return VGG16 with a choice for each of its five pools.

    Parameters
    ----------
    pools : sequence of 5 str
        Where the reader starts; see `hdclib.networks.vgg16`.
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    widget : PoolsOut

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If `pools` has not five entries, or one that is not allowed.
    """
    vgg16(pools)
    return PoolsOut(key=key, pools=list(pools))
