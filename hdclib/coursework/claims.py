"""The claims of the assignment *rules*, each as a premise and a conclusion about a stack; the texts stand there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import gcd

from hdclib.checks import shown
from hdclib.coursework.counted import distances_of, reads_all, rule_accepts
from hdclib.coursework.fair import NotYet
from hdclib.coursework.judging import plain, wholes


@dataclass(frozen=True)
class Premise:
    """One condition of a claim.

    Attributes
    ----------
    holds : callable
        Tells it of a stack and a kernel size.
    broken : callable
        Given both, says what a stack that breaks it does instead.
    """

    holds: Callable
    broken: Callable


COPRIME = Premise(lambda r, k: gcd(*r) == 1, lambda r, k: f"{gcd(*r)} divides all its dilations")
FULL = Premise(reads_all, lambda r, k: "it has holes")
RISES = Premise(lambda r, k: list(r) == sorted(r), lambda r, k: "it falls somewhere")
ACCEPTED = Premise(rule_accepts, lambda r, k: f"its M_2 is {distances_of(r)[1]}")
FROM_ONE = Premise(lambda r, k: r[0] == 1, lambda r, k: f"it starts with {r[0]}")


def _parts(stack):
    return [stack[:at] + stack[at + 1 :] for at in range(len(stack))]


#: Letter → (premises, conclusion); the conclusion is a function of a stack and the kernel size.
CLAIMS = {
    "A": ([COPRIME], reads_all),
    "B": ([FULL], lambda r, k: 1 in r),
    "C": ([RISES, ACCEPTED], reads_all),
    "D": ([RISES, FULL], rule_accepts),
    "E": ([FULL], lambda r, k: reads_all(r[::-1], k)),
    "F": ([FULL], lambda r, k: all(reads_all(part, k) for part in _parts(r))),
    "G": ([RISES, FROM_ONE, ACCEPTED], reads_all),
    "H": ([FULL], lambda r, k: reads_all([1, *(2 * d for d in r)], k)),
    "I": ([FULL], lambda r, k: max(r) <= k ** (len(r) - 1)),
}
LONGEST, HIGHEST = 5, 200  # of a counterexample, so that it can be tested at once


def refutes(letter, stack, kernel_size):
    """Tell whether a stack satisfies a claim's premises and not its conclusion."""
    premises, conclusion = CLAIMS[letter]
    return all(part.holds(stack, kernel_size) for part in premises) and not conclusion(stack, kernel_size)


@cache
def can_be_refuted(letter, kernel_size):
    """Search all stacks of two and three layers with dilations up to twice the kernel size."""
    rates = range(1, 2 * kernel_size + 1)
    return any(refutes(letter, list(stack), kernel_size) for n in (2, 3) for stack in product(rates, repeat=n))


def check_verdicts(verdicts, numbers):
    """Check question 7: for each claim "holds", or a stack that refutes it."""
    if not isinstance(verdicts, dict):
        raise NotYet(f"verdicts is {shown(verdicts)}. Which dict gives a verdict for each of {numbers['claims']}?")
    for letter in numbers["claims"]:
        if letter not in verdicts:
            raise NotYet(f"verdicts says nothing of claim {letter} yet. Does it hold, or is there a counterexample?")
        _check_verdict(letter, plain(verdicts[letter]), numbers["kernel_size"])
    print(f"verdicts: right on claims {', '.join(numbers['claims'])}.")


def _check_verdict(letter, verdict, kernel_size):
    if verdict == "holds":
        if can_be_refuted(letter, kernel_size):
            raise NotYet(
                f"Claim {letter} has a counterexample with two or three layers, for kernel size {kernel_size}. "
                "Which stacks did your search leave out?"
            )
        return
    stack = wholes(f"verdicts['{letter}']", verdict, "Which stack refutes the claim? If none does, write 'holds'.")
    if not 2 <= len(stack) <= LONGEST or not 1 <= min(stack) <= max(stack) <= HIGHEST:
        raise NotYet(f"{stack} is no stack of 2 to {LONGEST} layers with dilations from 1 to {HIGHEST}. Which one is?")
    premises, conclusion = CLAIMS[letter]
    for part in premises:
        if not part.holds(stack, kernel_size):
            fact = part.broken(stack, kernel_size)
            raise NotYet(f"Claim {letter} says nothing about {stack}: {fact}. What does the claim's 'if' ask for?")
    if conclusion(stack, kernel_size):
        raise NotYet(f"Claim {letter} is true of {stack}. What would a counterexample have to do?")
