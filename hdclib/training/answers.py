"""How many trained networks show the period that the curve of plain averages foretells."""

from hdclib.signal import response_zeros, side_lobe
from hdclib.training.pair_results import periods

PIXELS = 64  # in a row of the maps that were measured, so a period is 64 over a whole number, the step


def period_answers(before="nothing"):
    """Return for each schedule how many of its eight networks gave an answer, and how many of these agree.

    An answer is a step beyond the first that `measured_period` looks at, just past the first zero of the stack. It
    agrees if it is the step nearest to that of the side lobe, or one beside it.

    Parameters
    ----------
    before : str
        What stands before the dilated layers: "nothing" or "ordinary layer", which is counted as a layer of the stack.

    Returns
    -------
    found : dict of tuple to (int, int)

    Raises
    ------
    TypeError, ValueError
        If `before` is another word, or no word.

    Examples
    --------
    >>> from hdclib.training import period_answers
    >>> period_answers()[2, 2, 7], period_answers()[1, 1, 9], period_answers("ordinary layer")[1, 9, 9]
    ((8, 8), (0, 0), (6, 3))
    """
    found = {}
    for dilations, measured in periods(before).items():
        stack = dilations if before == "nothing" else (1, *dilations)
        first = int(PIXELS * response_zeros(stack, 3)[0]) + 1
        lobe = round(PIXELS * side_lobe(stack, 3)[1])
        steps = [round(PIXELS / period) for period in measured if period is not None]
        given = [step for step in steps if step > first]
        found[dilations] = len(given), sum(abs(step - lobe) <= 1 for step in given)
    return found
