"""Draw the numbers of a student's variant."""

from itertools import product
from math import gcd


def draw(random):
    """Return the numbers of one variant as a dict, from a `random.Random`.

    Whole numbers and lists of them. `mixed` has holes although its dilations share no divisor above 1,
    `lattice` has a common divisor, and `field` can be had by `depth` layers of which one has
    dilation `kept`, with holes and without.
    """
    step = random.randint(2, 6)
    field, kept = _field_and_dilation(random)
    return {
        "kernel_size": 3,
        "mixed": _with_holes(random),
        "lattice": [step * times for times in _coprime(random)],
        "depth": 4,
        "field": field,
        "kept": kept,
    }


def _with_holes(random):
    """Four dilations with a 1 and no common divisor that read between a third and nine tenths of their field."""
    while True:
        stack = [1, *(random.randint(1, 16) for _ in range(3))]
        random.shuffle(stack)
        read = len({sum(steps) for steps in product(*((0, d, 2 * d) for d in stack))})
        field = 1 + 2 * sum(stack)
        if 31 <= field <= 71 and field / 3 < read < 0.9 * field:
            return stack


def _coprime(random):
    """Three small numbers that share no divisor above 1."""
    while True:
        times = [random.randint(1, 9) for _ in range(3)]
        if gcd(*times) == 1:
            return times


def _field_and_dilation(random):
    """A field and a dilation that four layers without holes can have, though not any four."""
    while True:
        total, kept = random.randint(13, 36), random.randint(2, 7)
        stacks = [sorted((1, kept, other, total - 1 - kept - other)) for other in range(1, total - 1 - kept)]
        full = [stack for stack in stacks if all(d <= 1 + 2 * sum(stack[:at]) for at, d in enumerate(stack))]
        if full and len(full) < len(stacks):
            return 1 + 2 * total, kept
