"""Design a stack: all hole-free schedules of a given depth and field, ranked."""

from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice

import numpy as np

from hdclib.checks import MOST_CELLS, counted, one_of, room_for, shown, whole_number
from hdclib.gridding.counts import tap_counts
from hdclib.layers import MOST_LAYERS
from hdclib.rules.distance import m2_rule_accepts

MOST_SCHEDULES = 20_000  # that are listed, each with its evenness in whole numbers
MOST_RANKED = 1_000_000  # of which the best few are looked for; fewer where the field is so wide that
MOST_POWERS = 2**31  # powers, one for each schedule and frequency, would have to be multiplied
#: What comes first in the list, and in which words.
RANKINGS = {
    "evenness": "the inputs are used as equally as possible",
    "squares": "the sum of the squares of the dilations is as small as possible",
    "nearness": "the largest dilation is as small as possible",
}


@dataclass(frozen=True)
class Schedule:
    """One hole-free stack and what speaks for it.

    Attributes
    ----------
    dilations : tuple of int, rising
        In any other order the same inputs are read, equally often.
    field : int
        Receptive field along one axis, in input samples.
    evenness : float, above 0 to 1
        ``sum(c)**2 / (sum(c**2) * field)`` for the usage counts c: 1 if every input is used equally often.
    passes_m2 : bool
        Whether the paper's M_2 <= K accepts it in rising order.
    weights : int
        Weights for each pair of channels of a square kernel: layers times kernel_size squared.
    """

    dilations: tuple
    field: int
    evenness: float
    passes_m2: bool
    weights: int

    @property
    def squares(self):
        """Sum of the squares of the dilations, which tells how far the paths scatter; see `design` and `paths_lost`."""
        return _squares(self.dilations)


def least_depth(target, kernel_size):
    """Return the fewest layers whose field can be hole-free and at least `target` wide.

    Since n layers have ``kernel_size ** n`` paths, the answer is the logarithm of `target`, rounded up.

    Parameters
    ----------
    target : int
        Receptive field wanted along one axis, in input samples, at least 1.
    kernel_size : int
        At least 2.

    Returns
    -------
    depth : int, at least 1

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number, or too small.

    Examples
    --------
    >>> from hdclib import least_depth
    >>> [least_depth(target, 3) for target in (3, 27, 28, 81)]
    [1, 3, 4, 4]
    """
    target = whole_number("target", target, 1)
    kernel_size = whole_number("kernel_size", kernel_size, 2)
    depth = 1
    while kernel_size**depth < target:
        depth += 1
    return depth


def nearest_field(target, depth, kernel_size):
    """Return the smallest field of at least `target` that a hole-free stack of `depth` layers can have.

    Fields grow in steps of ``kernel_size - 1``, from ``1 + depth * (kernel_size - 1)``, where all dilations are 1,
    to ``kernel_size ** depth``, and every step between can be reached.

    Parameters
    ----------
    target, depth : int
        At least 1.
    kernel_size : int
        At least 2.

    Returns
    -------
    field : int

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number or out of range, or no hole-free stack of that depth is so wide.

    Examples
    --------
    >>> from hdclib.rules import nearest_field
    >>> nearest_field(16, 3, 3), nearest_field(4, 3, 3)
    (17, 7)
    """
    target, depth, kernel_size = _checked("target", target, depth, kernel_size)
    if target > kernel_size**depth:
        needed = least_depth(target, kernel_size)
        raise ValueError(
            f"target {shown(target)} is more than {shown(kernel_size**depth)}, the widest hole-free field of "
            f"{counted(depth, 'layer')} with kernel_size {shown(kernel_size)}: take {needed} layers or a larger kernel"
        )
    step = kernel_size - 1
    return 1 + step * max(depth, -(-(target - 1) // step))


def hole_free_schedules(field, depth, kernel_size):
    """Return every hole-free list of rising dilations with exactly this field.

    Parameters
    ----------
    field, depth : int
        At least 1.
    kernel_size : int
        At least 2.

    Returns
    -------
    schedules : list of tuple of int
        In lexicographic order; empty if there is none.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a whole number or out of range, or there are more than 20,000. Then see `design`.

    Examples
    --------
    >>> from hdclib.rules import hole_free_schedules
    >>> hole_free_schedules(17, 3, 3)
    [(1, 2, 5), (1, 3, 4)]
    """
    field, depth, kernel_size = _checked("field", field, depth, kernel_size)
    return _listed(field, depth, kernel_size, "field", field)


def design(target, depth, kernel_size, rank="evenness"):
    """Return all hole-free schedules of the field nearest above `target`, best first.

    Where there are too many to list, design fewer layers for a smaller field and add others. A layer of dilation d, at
    most the field before it, adds ``d * (kernel_size - 1)`` and leaves no hole; d = 1 is always allowed.

    Parameters
    ----------
    target : int
        Receptive field wanted along one axis, in input samples.
    depth : int
        Number of layers.
    kernel_size : int
    rank : str
        "evenness": the inputs are used as equally as possible. "squares": the sum of the squares of the dilations is
        as small as possible. Times ``(kernel_size**2 - 1) / 12`` it is the mean squared distance of the ends of all
        paths from their middle, and where paths stay nearer to it, fewer of them step off the input at its borders,
        as a rule; `paths_lost` counts them. "nearness": the largest dilation is as small as possible, so that the
        centre counts most.

    Returns
    -------
    schedules : list of Schedule

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, the stacks span more than 2**26 samples, no stack of that depth is so wide, or
        more than 20,000 are. Then see `best_schedules`.

    Examples
    --------
    >>> from hdclib import is_hole_free, receptive_field
    >>> from hdclib import design
    >>> [(s.dilations, round(s.evenness, 2)) for s in design(17, 3, 3)]
    [((1, 2, 5), 0.91), ((1, 3, 4), 0.88)]
    >>> [(s.dilations, s.squares) for s in design(17, 3, 3, rank="squares")]
    [((1, 3, 4), 26), ((1, 2, 5), 30)]
    >>> stack = (1, 1, *design(127, 8, 2)[0].dilations)  # for a field of 129 from ten layers
    >>> receptive_field(stack, kernel_size=2), is_hole_free(stack, kernel_size=2)
    (129, True)
    """
    one_of("rank", rank, RANKINGS)
    target, depth, kernel_size = _checked("target", target, depth, kernel_size)
    field = nearest_field(target, depth, kernel_size)
    room_for("kernel_size" if depth * kernel_size > MOST_CELLS else "target", field, "samples")
    found = _listed(field, depth, kernel_size, "target", target)
    return _sorted([_judge(dilations, field, kernel_size) for dilations in found], rank)


def best_schedules(target, depth, kernel_size, most, rank="evenness"):
    """Return the first few of what `design` would return, also where there are too many to list them all.

    Parameters
    ----------
    target, depth, kernel_size, rank
        As in `design`.
    most : int
        How many to return at most, 1 to 20,000.

    Returns
    -------
    schedules : list of Schedule
        Best first.
    total : int
        How many there are.

    Raises
    ------
    TypeError, ValueError
        As `design`, but only above 1,000,000 schedules.

    Examples
    --------
    >>> from hdclib.rules import best_schedules
    >>> best, total = best_schedules(1000, 7, 3, most=1)
    >>> best[0].field, total
    (1001, 142396)
    """
    one_of("rank", rank, RANKINGS)
    most = whole_number("most", most, 1, MOST_SCHEDULES)
    target, depth, kernel_size = _checked("target", target, depth, kernel_size)
    field = nearest_field(target, depth, kernel_size)
    room_for("kernel_size" if depth * kernel_size > MOST_CELLS else "target", field, "samples")
    limit = max(MOST_SCHEDULES, min(MOST_RANKED, MOST_POWERS // field))
    found = _listed(field, depth, kernel_size, "target", target, limit)
    front = _front(found, field, kernel_size, most, rank) if len(found) > most else found
    return _sorted([_judge(dilations, field, kernel_size) for dilations in front], rank)[:most], len(found)


def _sorted(schedules, rank):
    """Schedules, best first."""
    if rank == "evenness":
        return sorted(schedules, key=lambda schedule: (-schedule.evenness, schedule.dilations))
    return sorted(schedules, key=lambda schedule: _KEYS[rank](schedule.dilations))


def _squares(dilations):
    return sum(dilation * dilation for dilation in dilations)


_KEYS = {  # rankings for which the dilations alone decide
    "squares": lambda dilations: (_squares(dilations), dilations),
    "nearness": lambda dilations: dilations[::-1],
}


def _front(found, field, kernel_size, most, rank):
    """Those of the schedules that can be among the best `most`: a few more than that where some are level."""
    if rank in _KEYS:
        return nsmallest(most, found, key=_KEYS[rank])
    squares = _sums_of_squares(np.array(found), field, kernel_size)
    last = np.partition(squares, most - 1)[most - 1]
    return [found[place] for place in np.flatnonzero(squares <= last * (1 + 1e-9))]


def _sums_of_squares(rows, field, kernel_size):
    """The sum of the squared usage counts of each row of dilations, by Parseval's theorem, to about 12 digits.

    The counts' spectrum is the product of the layers' spectra, and the least sum is the most even schedule, as all
    have the same field and the same number of paths.
    """
    dilations, places = np.unique(rows, return_inverse=True)
    places = places.reshape(rows.shape)
    frequencies = np.arange(field // 2 + 1)
    weights = np.where((frequencies == 0) | (2 * frequencies == field), 1.0, 2.0)  # all others come twice
    sums = np.zeros(len(rows))
    for some in np.array_split(frequencies, len(dilations) * len(frequencies) // 2**22 + 1):
        power = _power(dilations, kernel_size, some / field)
        for part in np.array_split(np.arange(len(rows)), len(rows) * len(some) // 2**21 + 1):
            sums[part] += np.prod([power[column] for column in places[part].T], axis=0) @ weights[some]
    return sums / field


def _power(dilations, kernel_size, frequencies):
    """The power of a layer of ones at each frequency, in turns a sample: one row a dilation."""
    turns = np.outer(dilations, frequencies) % 1
    return np.abs(sum(np.exp(-2j * np.pi * turns * tap) for tap in range(kernel_size))) ** 2


def _judge(dilations, field, kernel_size):
    passes = len(dilations) == 1 or m2_rule_accepts(dilations, kernel_size)
    counts = tap_counts(dilations, kernel_size).tolist()
    evenness = sum(counts) ** 2 / (sum(count * count for count in counts) * field)
    return Schedule(dilations, field, evenness, passes, len(dilations) * kernel_size**2)


def _checked(name, samples, depth, kernel_size):
    return (
        whole_number(name, samples, 1),
        whole_number("depth", depth, 1, MOST_LAYERS),
        whole_number("kernel_size", kernel_size, 2),
    )


def _listed(field, depth, kernel_size, name, samples, limit=MOST_SCHEDULES):
    """Every schedule, or an error that names the argument from which the field came."""
    total, rest = divmod(field - 1, kernel_size - 1)
    if rest or depth > total:
        return []
    found = list(islice(_schedules(total, depth, kernel_size), limit + 1))
    if len(found) > limit:
        raise ValueError(
            f"{name}={shown(samples)} with depth={depth} and kernel_size={shown(kernel_size)} has more than "
            f"{limit} schedules: design fewer layers for a smaller {name} and add others. A layer of "
            "dilation d, at most the field before it, adds d for each tap after the first, and leaves no hole"
        )
    return found


def _schedules(total, depth, kernel_size):
    """Yield each list of `depth` rising dilations that sum to `total` without a hole, in lexicographic order."""
    step = kernel_size - 1
    wanted = [1 + step * total]  # wanted[i]: the reach from which i more layers can still come to the field
    while len(wanted) < depth:
        wanted.append(-(-wanted[-1] // kernel_size))
    chosen, left, choices = [], total, []
    while True:
        more = depth - len(chosen) - 1  # layers after the one to be chosen next
        reach = 1 + step * (total - left)
        least = max(chosen[-1] if chosen else 1, -((reach - wanted[more]) // step))
        choices.append(iter(range(least if more else max(least, left), min(reach, left // (more + 1)) + 1)))
        while (dilation := next(choices[-1], None)) is None or len(choices) == depth:
            if dilation is not None:
                yield (*chosen, dilation)
                continue
            choices.pop()
            if not choices:
                return
            left += chosen.pop()
        chosen.append(dilation)
        left -= dilation
