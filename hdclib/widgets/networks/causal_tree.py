"""A causal network over time, and the inputs that one of its nodes reads."""

import traitlets

from hdclib.checks import whole_number
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.sliders import Panel, linked_slider


class CausalTree(PageWidget):
    """Blocks of causal layers whose dilations double: 1, 2, 4, and so on.

    Attributes
    ----------
    layers : int, 1 to 10
        Layers of one block.
    blocks : int, 1 to 3
    kernel_size : int, 2 or 3
    back : int, 0 to 15
        How many time steps ago the output is taken.
    """

    script = "networks/causal_tree.js"
    layers = traitlets.Int(4, min=1, max=10).tag(sync=True)
    blocks = traitlets.Int(1, min=1, max=3).tag(sync=True)
    kernel_size = traitlets.Int(2, min=2, max=3).tag(sync=True)
    back = traitlets.Int(0, min=0, max=15).tag(sync=True)

    @property
    def dilations(self):
        """Dilations of all layers, first layer first."""
        return [2**level for level in range(self.layers)] * self.blocks


def causal_tree_panel(layers=4, blocks=1, kernel_size=2, key="tree"):
    """Return the tree with sliders for its layers, blocks, kernel size and time.

    Parameters
    ----------
    layers : int, 1 to 10
    blocks : int, 1 to 3
    kernel_size : int, 2 or 3
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If a number is out of range.
    """
    start = {
        "layers": whole_number("layers", layers, 1, 10),
        "blocks": whole_number("blocks", blocks, 1, 3),
        "kernel_size": whole_number("kernel_size", kernel_size, 2, 3),
    }
    picture = CausalTree(key=key, **start)
    names = {"layers": "Layers a block", "blocks": "Blocks", "kernel_size": "Kernel size", "back": "Steps back"}
    return Panel([linked_slider(picture, trait, words) for trait, words in names.items()], picture)
