"""Rule against truth: every stack up to a size, what a rule says of it, and whether it has holes."""

import math
from dataclasses import dataclass
from functools import cache
from itertools import combinations, combinations_with_replacement

import numpy as np

from hdclib.checks import one_of, room_for, shown, whole_number
from hdclib.layers import MOST_LAYERS
from hdclib.rules.criterion import are_hole_free, dilation_rows
from hdclib.rules.distance import second_distances

MOST_STACKS = 3_000_000  # rows in one survey: about a hundred megabytes of 64-bit integers
ORDERS = ("sorted", "any")


def all_stacks(depth, largest, order="sorted"):
    """List every stack of `depth` dilations from 1 to `largest`, one a row.

    Parameters
    ----------
    depth : int
        Layers of each stack, 1 to 10,000.
    largest : int
        Largest dilation, at least 1.
    order : "sorted" or "any"
        "sorted" lists only stacks whose dilations never fall; "any" lists every order.

    Returns
    -------
    dilations : ndarray of int64, shape (m, depth)
        In dictionary order. For "sorted" m is the binomial coefficient C(largest + depth - 1, depth), for "any"
        ``largest ** depth``.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or there would be more than 3,000,000 stacks, or 2**26 dilations in all.

    Examples
    --------
    >>> from hdclib import all_stacks
    >>> all_stacks(2, 2).tolist(), all_stacks(2, 2, order="any").tolist()
    ([[1, 1], [1, 2], [2, 2]], [[1, 1], [1, 2], [2, 1], [2, 2]])
    """
    depth, largest = whole_number("depth", depth, 1, MOST_LAYERS), whole_number("largest", largest, 1)
    one_of("order", order, ORDERS)
    count = largest  # never fewer, and quickly known where it is far too many
    if largest <= MOST_STACKS:
        count = largest**depth if order == "any" else math.comb(largest + depth - 1, depth)
    if count > MOST_STACKS:
        raise ValueError(
            f"depth={depth} with largest={shown(largest)} makes more than {MOST_STACKS} stacks: take a smaller one"
        )
    room_for("depth", count * depth, "dilations")
    if order == "any":
        numbers = np.arange(count)
        return np.array([numbers // largest**place % largest + 1 for place in range(depth - 1, -1, -1)]).T
    values = (value for row in combinations_with_replacement(range(1, largest + 1), depth) for value in row)
    return np.fromiter(values, dtype=np.int64, count=count * depth).reshape(count, depth)


def _distance(rows, kernel_size):
    return second_distances(rows) <= kernel_size


def _repaired(rows, kernel_size):
    distance = rows[:, -1]
    for rate in rows[:, -2:0:-1].T:
        distance = np.maximum(distance - (kernel_size - 1) * rate, rate)
    return distance <= kernel_size


def _divisor(rows, kernel_size):
    return np.gcd.reduce(rows, axis=1) == 1


def _coprime(rows, kernel_size):
    verdict = np.ones(len(rows), dtype=bool)
    for one, other in combinations(rows.T, 2):
        verdict &= np.gcd(one, other) == 1
    return verdict


def _largest(rows, kernel_size):
    return rows.max(axis=1) <= kernel_size


#: Rules that a survey can try: name → function of the stacks, one a row, and the kernel size.
RULES = {
    "distance": _distance,  # M_2 <= K, as the HDC paper prints it
    "repaired": _repaired,  # the same with K - 1 in place of the printed factor 2, see gap_chain
    "divisor": _divisor,  # no common divisor above 1
    "coprime": _coprime,  # no two dilations share a divisor above 1
    "largest": _largest,  # no dilation above K
    "exact": are_hole_free,  # the exact criterion
}
#: What a survey can demand of the stacks before it asks the rule.
DEMANDS = {
    "none": lambda rows: np.ones(len(rows), dtype=bool),
    "first": lambda rows: rows[:, 0] == 1,
    "divisor": lambda rows: _divisor(rows, None),
}


def accepts(rule, dilations, kernel_size):
    """Return a rule's verdict on many stacks of equal depth at once.

    Parameters
    ----------
    rule : str or callable
        "distance", M_2 <= K as printed; "repaired", the same with K - 1 in place of its factor 2; "divisor", no common
        divisor above 1; "coprime", no two dilations share one; "largest", no dilation above K; "exact", the criterion.
        Or your own function of an array of stacks, one a row, and the kernel size, that returns one bool a stack.
    dilations : array of int, shape (m, n)
        One stack a row; "distance" needs n of at least 2.
    kernel_size : int
        The same for all layers.

    Returns
    -------
    accepted : ndarray of bool, shape (m,)

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or `rule` does not return one bool a stack.

    Examples
    --------
    >>> from hdclib.rules import accepts
    >>> accepts("distance", [[2, 2], [1, 4]], 3), accepts("divisor", [[2, 2], [1, 4]], 3)
    (array([ True, False]), array([False,  True]))
    """
    size = whole_number("kernel_size", kernel_size, 1)
    rows = dilation_rows(dilations, size)
    if not callable(rule):
        one_of("rule", rule, RULES, f"one of {', '.join(RULES)} or a function")
    verdict = np.asarray((rule if callable(rule) else RULES[rule])(rows, size))
    if verdict.shape != (len(rows),) or verdict.dtype != bool:
        raise ValueError(f"rule must return one bool for each of {len(rows)} stacks, got {shown(verdict)}")
    return verdict


@dataclass(frozen=True)
class Survey:
    """How often a rule agrees with the truth, and the smallest stacks on which it does not.

    Attributes
    ----------
    right_acceptances, false_acceptances, false_rejections, right_rejections : int
        Stacks that are accepted without holes, accepted with holes, rejected without, rejected with.
    smallest_false_acceptance, smallest_false_rejection : list of int or None
        Fewest layers first, then smallest receptive field, then dictionary order.
    """

    right_acceptances: int
    false_acceptances: int
    false_rejections: int
    right_rejections: int
    smallest_false_acceptance: list | None
    smallest_false_rejection: list | None

    @property
    def stacks(self):
        """Stacks looked at."""
        return self.right_acceptances + self.false_acceptances + self.false_rejections + self.right_rejections

    @property
    def hole_free(self):
        """Stacks without holes."""
        return self.right_acceptances + self.false_rejections

    @property
    def accepted(self):
        """Stacks that the rule accepts."""
        return self.right_acceptances + self.false_acceptances


def survey(rule, kernel_size, depths=(2, 3, 4), largest=30, order="sorted", demand="none"):
    """Hold a rule against the truth on every stack up to a size.

    Parameters
    ----------
    rule : str or callable
        As in `accepts`.
    kernel_size : int
        The same for all layers.
    depths : sequence of int
        Numbers of layers.
    largest : int
        Largest dilation.
    order : "sorted" or "any"
        As in `all_stacks`.
    demand : "none", "first" or "divisor"
        Look at all stacks, only at those whose first dilation is 1, or only at those without a common divisor
        above 1.

    Returns
    -------
    result : Survey

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Examples
    --------
    >>> from hdclib import survey
    >>> found = survey("distance", 3)
    >>> found.stacks, found.false_acceptances, found.false_rejections, found.smallest_false_acceptance
    (46345, 322, 0, [2, 2])
    """
    one_of("demand", demand, DEMANDS)
    depths = _depths(depths)
    if isinstance(rule, str) and rule == "distance" and depths[0] < 2:
        raise ValueError(f"depths must be at least 2 for the rule 'distance', which needs M_2, got {depths[0]}")
    counts, smallest = np.zeros(4, dtype=int), {True: None, False: None}
    for depth in depths:
        rows = all_stacks(depth, largest, order)
        rows = rows[DEMANDS[demand](rows)]
        accepted, free = accepts(rule, rows, kernel_size), are_hole_free(rows, kernel_size)
        cells = accepted & free, accepted & ~free, ~accepted & free, ~accepted & ~free
        counts += [np.count_nonzero(cell) for cell in cells]
        for verdict in smallest:
            smallest[verdict] = smallest[verdict] or _smallest(rows[(accepted != free) & (accepted == verdict)])
    right, false_yes, false_no, right_no = map(int, counts)
    return Survey(right, false_yes, false_no, right_no, smallest[True], smallest[False])


def _depths(depths):
    """The depths in rising order, each once."""
    try:
        numbers = list(depths)
    except TypeError:
        numbers = None
    if numbers is None or isinstance(depths, (str, bytes)):
        raise TypeError(f"depths must be a sequence of whole numbers, got {shown(depths)}")
    if not numbers:
        raise ValueError("depths is empty: give at least one number of layers")
    return sorted({whole_number(f"depths[{place}]", depth, 1) for place, depth in enumerate(numbers)})


def _smallest(rows):
    """The row of smallest sum, the first in dictionary order; None if there is no row."""
    return rows[rows.sum(axis=1).argmin()].tolist() if len(rows) else None


def are_filled(dilations, kernel_size):
    """Answer whether stacks of equal depth are hole-free by marking every sample that each of them reads.

    The slow twin of `are_hole_free`: it knows no theorem and shares no code with it.

    Parameters
    ----------
    dilations : array of int, shape (m, n)
        One stack a row.
    kernel_size : int
        The same for all layers.

    Returns
    -------
    filled : ndarray of bool, shape (m,)

    Raises
    ------
    TypeError, ValueError
        If `dilations` is not a two-dimensional array of whole numbers of at least 1, or a stack spans more than 2**26
        samples.

    Examples
    --------
    >>> from hdclib.rules import are_filled
    >>> are_filled([[1, 2, 5], [1, 2, 9]], kernel_size=3)
    array([ True, False])
    """
    size = whole_number("kernel_size", kernel_size, 1)
    rows = dilation_rows(dilations, size).tolist()
    room_for("dilations × kernel_size", max(map(sum, rows), default=0) * (size - 1) + 1, "samples")
    marked_below = cache(lambda below: _marked(below, size))
    every_mark = (_add_copies(marked_below(tuple(row[:-1])), row[-1], size) for row in rows)
    return np.fromiter((mark & (mark + 1) == 0 for mark in every_mark), dtype=bool, count=len(rows))


def _marked(dilations, size):
    """The samples read, as the bits of one whole number: bit x is 1 if sample x is read."""
    mark = 1
    for dilation in dilations:
        mark = _add_copies(mark, dilation, size)
    return mark


def _add_copies(mark, dilation, size):
    copies = mark
    for tap in range(1, size):
        copies |= mark << (tap * dilation)
    return copies
