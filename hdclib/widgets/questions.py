"""Exercises with instant feedback that work without a kernel."""

import traitlets

from hdclib.checks import whole_number
from hdclib.exercises import Condition, check_stack
from hdclib.widgets.base import PageWidget


class Question(PageWidget):
    """A number to type, or an option to pick; made by `ask_number` and `ask_choice`."""

    script = "question.js"
    label = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    otherwise = traitlets.Unicode().tag(sync=True)


def ask_number(label, answer, right, otherwise, hints=None):
    """Ask for a number.

    Parameters
    ----------
    label : str
        What to type, such as "Samples read:".
    answer : int or float
        The right number, best straight from a function of hdclib.
    right : str
        Said when it is right: why it is.
    otherwise : str
        Said of a wrong number without a hint of its own: a fact and a question, not the answer.
    hints : dict of number to str, optional
        Likely mistakes, and what to say of each.

    Returns
    -------
    question : Question
    """
    hints = hints or {}
    if answer in hints:
        raise ValueError(f"hints has the right answer {answer!r} among the mistakes")
    feedback = {_number_key(value): [False, words] for value, words in hints.items()}
    feedback[_number_key(answer)] = [True, right]
    return Question(label=label, feedback=feedback, otherwise=otherwise)


def ask_choice(label, options, right):
    """Ask to pick one option.

    Parameters
    ----------
    label : str
        The question.
    options : dict of str to str
        Each option, and what to say to someone who picks it.
    right : str
        The key of the right option.

    Returns
    -------
    question : Question
    """
    if right not in options:
        raise ValueError(f"right must be one of the options {list(options)}, got {right!r}")
    feedback = {words: [words == right, reply] for words, reply in options.items()}
    return Question(label=label, options=list(options), feedback=feedback)


class StackQuestion(PageWidget):
    """Ask for the dilations of a stack; made by `ask_stack`."""

    script = "stack_question.js"
    label = traitlets.Unicode().tag(sync=True)
    kernel_size = traitlets.Int(3, min=1).tag(sync=True)
    least = traitlets.Int(1, min=1).tag(sync=True)
    most = traitlets.Int(1, max=8).tag(sync=True)
    limit = traitlets.Int(99, max=999).tag(sync=True)
    conditions = traitlets.List().tag(sync=True)
    right = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)


def ask_stack(label, conditions, example, right, hint, kernel_size=3, depth=None, limit=99):
    """Ask for dilations that meet conditions; every right stack passes.

    Parameters
    ----------
    label : str
    conditions : sequence of (property, sign, wanted)
        See `hdclib.exercises.Condition`.
    example : sequence of int
        One right answer. It is checked here and not sent to the page.
    right, hint : str
        Said after the measurements, when all conditions are met and when not.
    kernel_size : int
    depth : int or (int, int), optional
        How many dilations, or from how many to how many; as many as the example if left out.
    limit : int
        Largest dilation accepted.

    Returns
    -------
    question : StackQuestion

    Raises
    ------
    ValueError
        If the example does not meet the conditions.
    """
    results = check_stack(example, kernel_size, [Condition(*condition) for condition in conditions])
    missed = [condition for condition, _, met in results if not met]
    if missed:
        raise ValueError(f"example {list(example)} does not meet {missed[0]}")
    least, most = depth if isinstance(depth, tuple) else (depth or len(example),) * 2
    return StackQuestion(
        label=label,
        kernel_size=kernel_size,
        least=whole_number("depth", least, 1),
        most=whole_number("depth", most, least),
        limit=limit,
        conditions=[list(condition) for condition in conditions],
        right=right,
        hint=hint,
    )


def _number_key(value):
    """The number as the page writes it: 7, not 7.0."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
