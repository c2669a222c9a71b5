"""Practice: work out M_2 of one stack after the other."""

import traitlets

from hdclib.checks import sized
from hdclib.layers import plain_dilations
from hdclib.widgets.base import PageWidget


class PredictDistance(PageWidget):
    """Ask for M_2 of a stack, answer with the whole chain, and go on to the next.

    Attributes
    ----------
    stacks : list of list of int
        The stacks in the order in which they are asked.
    turn : int
        Which one is asked now, counted from 1.
    """

    script = "predict_distance.js"
    stacks = traitlets.List(traitlets.List(traitlets.Int()), minlen=1).tag(sync=True)
    turn = traitlets.Int(1, min=1).tag(sync=True)

    @traitlets.validate("stacks")
    def _check_stacks(self, proposal):
        for place, stack in enumerate(proposal["value"]):
            if len(plain_dilations(stack, f"stacks[{place}]")) < 2:
                raise ValueError(f"each of stacks must have at least 2 dilations, got {stack}")
        return proposal["value"]


def distance_drill(stacks, key="predict"):
    """Return a drill that asks for M_2 of each stack.

    Parameters
    ----------
    stacks : sequence of sequences of int
        At least one, each of at least two dilations.
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    drill : PredictDistance

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If `stacks` is empty, or one of them holds fewer than two dilations or anything else.
    """
    chosen = [plain_dilations(stack, f"stacks[{place}]") for place, stack in enumerate(sized("stacks", stacks))]
    return PredictDistance(stacks=chosen, key=key)
