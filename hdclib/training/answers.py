"""How many trained networks show the period that the curve of plain averages foretells."""

import numpy as np

from hdclib.signal import filter_image, measured_period, response_zeros, side_lobe, white_noise
from hdclib.training.pair_results import periods

NOISES = 16  # as many maps as each network was measured on: the differences of 16 pictures under two noises
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
        stack = _from_the_picture(dilations, before)
        first = int(PIXELS * response_zeros(stack, 3)[0]) + 1
        lobe = round(PIXELS * side_lobe(stack, 3)[1])
        steps = [round(PIXELS / period) for period in measured if period is not None]
        given = [step for step in steps if step > first]
        found[dilations] = len(given), sum(abs(step - lobe) <= 1 for step in given)
    return found


def averages_periods(before="nothing"):
    """Return for each schedule the period that plain averages of noise show, on maps as many and as large.

    Where it is not that of the side lobe, or the first that is looked at, no network could be expected to agree.

    Parameters
    ----------
    before : str
        What stands before the dilated layers: "nothing" or "ordinary layer", which is counted as a layer of the stack.

    Returns
    -------
    found : dict of tuple to float
        In pixels.

    Raises
    ------
    TypeError, ValueError
        If `before` is another word, or no word.

    Examples
    --------
    >>> from hdclib.training import averages_periods
    >>> found = averages_periods()
    >>> [round(found[dilations], 1) for dilations in ((1, 1, 9), (2, 2, 7), (1, 3, 9))]
    [9.1, 2.3, 21.3]
    """
    noises, found = [white_noise((PIXELS, PIXELS), seed) for seed in range(1, NOISES + 1)], {}
    for dilations in periods(before):
        stack = _from_the_picture(dilations, before)
        maps = [filter_image(noise, stack, 3) for noise in noises]
        found[dilations] = measured_period(np.concatenate([*maps, *(image.T for image in maps)]), stack, 3)
    return found


def _from_the_picture(dilations, before):
    return dilations if before == "nothing" else (1, *dilations)
