"""Draw the numbers of a student's variant."""

from functools import cache
from itertools import product
from math import gcd

LAYERS = 3
TRUE_CLAIMS, FALSE_CLAIMS = "BEGHI", "ACDF"


def draw(random):
    """Return the numbers of one variant as a dict, from a `random.Random`.

    A stack for kernel size 3 in `chain`; for all the rest a kernel size from 4 to 9, a field that stacks of
    `layers` layers of both kinds have, a bound for the survey, and four claims, of which two hold.
    """
    kernel_size = random.randint(4, 9)
    claims = random.sample(TRUE_CLAIMS, 2) + random.sample(FALSE_CLAIMS, 2)
    random.shuffle(claims)
    return {
        "chain": _chain(random),
        "kernel_size": kernel_size,
        "layers": LAYERS,
        "field": random.choice(_fields(kernel_size)),
        "largest": random.randint(15, 32),
        "claims": claims,
    }


def _chain(random):
    """Four different dilations that fall somewhere and have holes; the rule accepts every second one, by chance."""
    accepted = random.random() < 0.5
    while True:
        stack = random.sample(range(1, 19), 4)
        after = max(stack[3] - 2 * stack[2], 2 * stack[2] - stack[3], stack[2])
        m2 = max(after - 2 * stack[1], 2 * stack[1] - after, stack[1])
        read = {sum(steps) for steps in product(*((0, d, 2 * d) for d in stack))}
        if stack != sorted(stack) and len(read) <= 2 * sum(stack) and (m2 <= 3) == accepted:
            return stack


@cache
def _fields(kernel_size):
    """Fields that both kinds of mistake have: holes in spite of the rule, and none in spite of it."""
    wrongly = {True: set(), False: set()}
    highest = 6 * kernel_size
    for first in range(1, highest):
        for second in range(first, highest):
            for third in range(second, highest):
                accepted = max(third - 2 * second, second) <= kernel_size
                if accepted != _has_no_hole(first, second, third, kernel_size) and gcd(first, second, third) == 1:
                    wrongly[accepted].add(1 + (kernel_size - 1) * (first + second + third))
    return sorted(wrongly[True] & wrongly[False])


def _has_no_hole(first, second, third, kernel_size):
    """Whether three rising dilations leave no hole."""
    steps = kernel_size - 1
    return first == 1 and second <= 1 + steps and third <= 1 + steps * (1 + second)
