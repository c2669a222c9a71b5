"""Design a stack: all hole-free schedules of a given depth and field, ranked."""

from dataclasses import dataclass
from itertools import islice

from hdclib.checks import counted, one_of, room_for, shown, whole_number
from hdclib.counts import MAX_SAMPLES, tap_counts
from hdclib.layers import MAX_LAYERS
from hdclib.rules import m2_rule_accepts

MOST_SCHEDULES = 20_000
RANKINGS = ("evenness", "nearness")


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
    >>> from hdclib import nearest_field
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
    >>> from hdclib import hole_free_schedules
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
        "evenness": the inputs are used as equally as possible. "nearness": the largest dilation is as small as
        possible, so that the centre counts most.

    Returns
    -------
    schedules : list of Schedule

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, the stacks span more than 2**26 samples, no stack of that depth is so wide, or
        more than 20,000 are.

    Examples
    --------
    >>> from hdclib import design, is_hole_free, receptive_field
    >>> [(s.dilations, round(s.evenness, 2)) for s in design(17, 3, 3)]
    [((1, 2, 5), 0.91), ((1, 3, 4), 0.88)]
    >>> stack = (1, 1, *design(127, 8, 2)[0].dilations)  # for a field of 129 from ten layers
    >>> receptive_field(stack, kernel_size=2), is_hole_free(stack, kernel_size=2)
    (129, True)
    """
    one_of("rank", rank, RANKINGS)
    target, depth, kernel_size = _checked("target", target, depth, kernel_size)
    field = nearest_field(target, depth, kernel_size)
    room_for("kernel_size" if depth * kernel_size > MAX_SAMPLES else "target", field, "samples", MAX_SAMPLES)
    found = _listed(field, depth, kernel_size, "target", target)
    schedules = [_judge(dilations, field, kernel_size) for dilations in found]
    if rank == "evenness":
        return sorted(schedules, key=lambda schedule: (-schedule.evenness, schedule.dilations))
    return sorted(schedules, key=lambda schedule: schedule.dilations[::-1])


def _judge(dilations, field, kernel_size):
    passes = len(dilations) == 1 or m2_rule_accepts(dilations, kernel_size)
    counts = tap_counts(dilations, kernel_size).tolist()
    evenness = sum(counts) ** 2 / (sum(count * count for count in counts) * field)
    return Schedule(dilations, field, evenness, passes, len(dilations) * kernel_size**2)


def _checked(name, samples, depth, kernel_size):
    return (
        whole_number(name, samples, 1),
        whole_number("depth", depth, 1, MAX_LAYERS),
        whole_number("kernel_size", kernel_size, 2),
    )


def _listed(field, depth, kernel_size, name, samples):
    """Every schedule, or an error that names the argument from which the field came."""
    total, rest = divmod(field - 1, kernel_size - 1)
    if rest or depth > total:
        return []
    found = list(islice(_schedules(total, depth, kernel_size), MOST_SCHEDULES + 1))
    if len(found) > MOST_SCHEDULES:
        raise ValueError(
            f"{name}={shown(samples)} with depth={depth} and kernel_size={shown(kernel_size)} has more than "
            f"{MOST_SCHEDULES} schedules: design fewer layers for a smaller {name} and add others. A layer of "
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
