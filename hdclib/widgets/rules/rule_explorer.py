"""Rule against truth, surveyed live in the page."""

import traitlets

from hdclib.rules.surveys import DEMANDS, ORDERS, RULES
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.sliders import Panel, linked_slider


class RuleExplorer(PageWidget):
    """Hold a rule against the truth on every stack up to a size, and show the smallest stack it misjudges.

    Attributes
    ----------
    rule : str
        A key of `hdclib.rules.surveys.RULES`.
    kernel_size : int, 2 to 9
    layers : "2", "3", "4" or "2-4"
    order : "sorted" or "any"
    demand : "none", "first" or "divisor"
    largest : int, 2 to 30
        Largest dilation.
    shown : "either", "acceptance" or "rejection"
        Which mistake to draw: a false acceptance if there is one and else a false rejection, or one kind only.
    """

    script = "rules/rule_explorer.js"
    rule = traitlets.Enum(list(RULES), default_value="distance").tag(sync=True)
    kernel_size = traitlets.Int(3, min=2, max=9).tag(sync=True)
    layers = traitlets.Enum(["2", "3", "4", "2-4"], default_value="2-4").tag(sync=True)
    order = traitlets.Enum(list(ORDERS), default_value="sorted").tag(sync=True)
    demand = traitlets.Enum(list(DEMANDS), default_value="none").tag(sync=True)
    largest = traitlets.Int(30, min=2, max=30).tag(sync=True)
    shown = traitlets.Enum(["either", "acceptance", "rejection"], default_value="either").tag(sync=True)


def rule_explorer_panel(rule="distance", kernel_size=3, key="survey"):
    """Return the explorer with sliders for the kernel size and the largest dilation.

    Parameters
    ----------
    rule : str
        Where the reader starts: "distance", "repaired", "divisor", "coprime", "largest" or "exact"; see
        `hdclib.rules.accepts`.
    kernel_size : int, 2 to 9
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    panel : Panel

    Raises
    ------
    traitlets.TraitError
        If `rule` is another word, or `kernel_size` is out of range.
    """
    picture = RuleExplorer(key=key, rule=rule, kernel_size=kernel_size)
    sliders = [
        linked_slider(picture, "kernel_size", "Kernel size K"),
        linked_slider(picture, "largest", "Largest dilation"),
    ]
    return Panel(sliders, picture)
