"""Compare answers with the truth, and tell the usual mistakes apart."""

import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hdclib.checks import shown
from hdclib.coursework.fair import NotYet, run_alone


@dataclass(frozen=True)
class Slip:
    """A usual mistake.

    Attributes
    ----------
    compute : callable
        What a function with this mistake returns. Where it stops with an error, the slip says nothing of the case.
    hint : str
        A question that leads out of it.
    """

    compute: Callable
    hint: str


def plain(value):
    """Return an answer with arrays, tuples and queues as lists, sets as sorted lists, and numpy's numbers as Python's.

    Examples
    --------
    >>> from hdclib.coursework.judging import plain
    >>> plain((1, [2, 3]))
    [1, [2, 3]]
    """
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, (list, tuple, range, deque)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        items = [plain(item) for item in value]
        with contextlib.suppress(TypeError):  # of kinds that have no order
            items.sort()
        return items
    return value


def same(answer, truth):
    """Tell whether two plain values are equal: 2.0 is 2, since np.ones makes floats, and True is not 1."""
    if isinstance(truth, list):
        return isinstance(answer, list) and len(answer) == len(truth) and all(map(same, answer, truth))
    if {type(answer), type(truth)} == {int, float}:
        return answer == truth
    return type(answer) is type(truth) and answer == truth


def judge(name, function, cases, truth, slips=(), fact=None):
    """Run a student's function on cases and print that it is right, or say what it is not.

    Parameters
    ----------
    name : str
    function : callable
    cases : sequence of tuple
        Arguments of each call.
    truth : callable
        Gives the right result, in plain values.
    slips : sequence of Slip
        The first one that makes the same mistakes gives the hint.
    fact : callable, optional
        Given the arguments and the truth, a sentence that helps where no slip fits; it ends with a question.

    Raises
    ------
    NotYet
        If a result is wrong.
    """
    answers = [plain(run_alone(name, function, *case)) for case in cases]
    rights = [truth(*case) for case in cases]
    wrong = [at for at in range(len(cases)) if not same(answers[at], rights[at])]
    if not wrong:
        print(f"{name}: right in all {len(cases)} cases of this check.")
        return
    at = wrong[0]
    call = f"{name}({', '.join(map(shown, cases[at]))})"
    hint = _of_kind(answers[at], rights[at]) or _slip_hint(slips, cases, answers, rights)
    if not hint and fact:
        hint = fact(*cases[at], rights[at])
    raise NotYet(
        f"{call} gives {shown(answers[at])}, and {shown(rights[at])} is right. "
        f"{hint or 'Can you do this case by hand, and see where your function leaves you?'}"
    )


def _of_kind(answer, right):
    """Return a hint for an answer of the wrong kind, or nothing."""
    if answer is None and right is not None:
        return "Nothing comes back. Does your function reach a line with return?"
    if type(right) is bool and type(answer) is not bool:
        return "True or False is asked for. Which comparison gives you one of them?"
    if isinstance(answer, float) and not answer.is_integer():
        return "Sizes and counts are whole numbers. Where does a division leave a fraction: // rounds down, / does not?"
    if isinstance(answer, list) and (fractions := _fractions(answer)):
        return f"Sizes and counts are whole numbers, and {fractions[0]} is none. Which line of yours makes a fraction?"
    if isinstance(answer, str):
        return "That is text. Which number or list does the text stand for?"
    return ""


def _fractions(values):
    """Return the numbers of nested lists that are not whole."""
    found = []
    for value in values:
        if isinstance(value, list):
            found += _fractions(value)
        elif isinstance(value, float) and not value.is_integer():
            found.append(value)
    return found


def _slip_hint(slips, cases, answers, rights):
    """Return the hint of the first slip that gives the wrong answers too, or nothing."""
    for slip in slips:
        made = [_made(slip, case, answer) for case, answer in zip(cases, answers, strict=True)]
        mistaken = [not same(value, right) for value, right in zip(made, rights, strict=True)]
        if all(map(same, made, answers)) and any(mistaken):
            return slip.hint
    return ""


def _made(slip, case, answer):
    """Return what a slip makes of a case; the student's answer where the slip is not defined."""
    try:
        return plain(slip.compute(*case))
    except (ArithmeticError, IndexError, TypeError, ValueError):
        return answer


def whole(name, value, question):
    """Return an answer as an int, or ask for one; 8.0 is 8, since a division may come out even.

    Parameters
    ----------
    name : str
    value : int
    question : str
        Asked if there is no answer yet.
    """
    value = _even(plain(value))
    if value is None or value is ...:
        raise NotYet(f"{name} is still empty. {question}")
    if type(value) is not int:
        raise NotYet(f"{name} is {shown(value)}, and a whole number is asked for. {question}")
    return value


def _even(value):
    """Return a float without a fraction as an int, anything else as it is."""
    return int(value) if type(value) is float and value.is_integer() else value


def wholes(name, value, question):
    """Return an answer as a list of int, or ask for one."""
    value = plain(value)
    value = list(map(_even, value)) if isinstance(value, list) else value
    if value is None or value is ...:
        raise NotYet(f"{name} is still empty. {question}")
    if not isinstance(value, list) or any(type(item) is not int for item in value):
        raise NotYet(f"{name} is {shown(value)}, and a list of whole numbers is asked for. {question}")
    return value


def expect(name, value, right, hints, otherwise):
    """Print that an answer is right, or raise the hint that it calls for.

    Parameters
    ----------
    name : str
    value : int or list of int
    right : int or list of int
    hints : dict of int or tuple: str
        Hints for wrong values; lists are looked up as tuples.
    otherwise : str
        The hint for any other value.
    """
    if same(value, right):
        print(f"{name}: right.")
        return
    key = tuple(value) if isinstance(value, list) else value
    raise NotYet(f"{name} = {shown(value)} is not right yet. {hints.get(key, otherwise)}")
