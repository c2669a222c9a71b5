"""VGG16 with each of its pools as a switch: size, field and cost."""

import traitlets

from hdclib.vgg import POOL_CHOICES, vgg16
from hdclib.widgets.base import PageWidget

POOLS = tuple(f"pool_{number}" for number in range(1, 6))


class PoolsOut(PageWidget):
    """Keep, remove or dilate each pool of VGG16 and see what comes out of every block.

    Attributes
    ----------
    pool_1, pool_2, pool_3, pool_4, pool_5 : str
        "keep", "remove" or "dilate", as in `hdclib.vgg16`.
    """

    script = "pools_out.js"
    pool_1 = traitlets.Enum(POOL_CHOICES, "keep").tag(sync=True)
    pool_2 = traitlets.Enum(POOL_CHOICES, "keep").tag(sync=True)
    pool_3 = traitlets.Enum(POOL_CHOICES, "keep").tag(sync=True)
    pool_4 = traitlets.Enum(POOL_CHOICES, "keep").tag(sync=True)
    pool_5 = traitlets.Enum(POOL_CHOICES, "keep").tag(sync=True)

    @property
    def layers(self):
        """Layers of the network that the widget shows."""
        return vgg16([getattr(self, name) for name in POOLS])


def pools_out_panel(pools=("keep",) * 5, key="vgg"):
    """Return VGG16 with a choice for each of its five pools.

    Parameters
    ----------
    pools : sequence of 5 str
        Where the reader starts; see `hdclib.vgg16`.
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
    return PoolsOut(key=key, **dict(zip(POOLS, pools, strict=True)))
