"""Practice: work out M_2 of one stack after the other."""

import traitlets

from hdclib.checks import sized
from hdclib.layers import plain_dilations
from hdclib.widgets.kit.turns import InTurn


class PredictDistance(InTurn):
    """Ask for M_2 of a stack, answer with the whole chain, and go on to the next.

    Attributes
    ----------
    stacks : list of list of int
        The stacks in the order in which they are asked.
    turn : int, from 1 to their number
        Which one is asked now.
    """

    script = "rules/predict_distance.js"
    asked = "stacks"
    stacks = traitlets.List(traitlets.List(traitlets.Int()), minlen=1).tag(sync=True)

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
