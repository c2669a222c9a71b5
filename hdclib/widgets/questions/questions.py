"""Exercises with instant feedback that work without a kernel."""

from decimal import ROUND_HALF_UP, Decimal

import traitlets

from hdclib.checks import shown, sized, text, whole_number
from hdclib.layers import as_layers
from hdclib.rules.exercises import Condition, check_stack
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.questions.text_arguments import check_number, number_key, texts

MOST_LAYERS = 8


class Question(PageWidget):
    """A number to type, or an option to pick; made by `ask_number` and `ask_choice`."""

    script = "questions/question.js"
    label = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    decimals = traitlets.Int(0).tag(sync=True)
    otherwise = traitlets.Unicode().tag(sync=True)


def ask_number(label, answer, right, otherwise, hints=None, decimals=0):
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
    decimals : int, optional
        Places after the point that are asked for, up to 4. With 1 or more, what rounds to the rounded answer is right
        too, also a fraction such as 2/7. With 0, the default, the answer must be met exactly.

    Returns
    -------
    question : Question

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If `answer` or a mistake is no finite number, the right answer is among the mistakes, `decimals` is no whole
        number from 0 to 4, or a text is no string.
    """
    check_number("answer", answer)
    if whole_number("decimals", decimals, 0, 4) > 0:
        answer = float(Decimal(float(answer)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))  # as the page does
    hints = texts("hints", hints or {})
    for value in hints:
        check_number("hints", value)
    if answer in hints:
        raise ValueError(f"hints has the right answer {answer!r} among the mistakes")
    feedback = {number_key(value): [False, words] for value, words in hints.items()}
    feedback[number_key(answer)] = [True, text("right", right)]
    return Question(label=label, feedback=feedback, otherwise=otherwise, decimals=decimals)


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

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If `options` is no dict of strings, `right` none of its keys, or `label` no string.
    """
    texts("options", options)
    if not isinstance(right, str) or right not in options:
        raise ValueError(f"right must be one of the options {list(options)}, got {shown(right)}")
    feedback = {words: [words == right, reply] for words, reply in options.items()}
    return Question(label=label, options=list(options), feedback=feedback)


class StackQuestion(PageWidget):
    """Ask for the dilations of a stack; made by `ask_stack`."""

    script = "questions/stack_question.js"
    label = traitlets.Unicode().tag(sync=True)
    kernel_size = traitlets.Int(3, min=1).tag(sync=True)
    least = traitlets.Int(1, min=1).tag(sync=True)
    most = traitlets.Int(1, max=MOST_LAYERS).tag(sync=True)
    limit = traitlets.Int(99, max=999).tag(sync=True)
    conditions = traitlets.List().tag(sync=True)
    example = traitlets.List(traitlets.Int()).tag(sync=True)
    right = traitlets.Unicode().tag(sync=True)
    hint = traitlets.Unicode().tag(sync=True)


def ask_stack(label, conditions, example, right, hint, kernel_size=3, depth=None, limit=99):
    """Ask for dilations that meet conditions; every right stack passes.

    Parameters
    ----------
    label : str
    conditions : sequence of (property, sign, wanted)
        See `hdclib.rules.exercises.Condition`.
    example : sequence of int
        One right answer, checked here. It is shown after three wrong ones, or on request.
    right, hint : str
        Said after the measurements, when all conditions are met and when not.
    kernel_size : int
        The same for all layers.
    depth : int or (int, int), optional
        How many dilations, or from how many to how many, 1 to 8; as many as the example if left out.
    limit : int
        Largest dilation accepted, up to 999.

    Returns
    -------
    question : StackQuestion

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If the example does not meet the conditions or is no valid stack, a condition is none, `depth` or `limit` is no
        whole number or out of range, or a text is no string.
    """
    asked = [_condition(place, condition) for place, condition in enumerate(sized("conditions", conditions))]
    as_layers(example, whole_number("kernel_size", kernel_size, 1), "example")
    results = check_stack(example, kernel_size, asked)
    missed = [condition for condition, _, met in results if not met]
    if missed:
        raise ValueError(f"example {list(example)} does not meet {missed[0]}")
    least, most = _depths(len(example) if depth is None else depth)
    return StackQuestion(
        label=label,
        kernel_size=kernel_size,
        least=least,
        most=most,
        limit=limit,
        conditions=[list(condition) for condition in conditions],
        example=[int(dilation) for dilation in example],
        right=right,
        hint=hint,
    )


def _condition(place, given):
    if not isinstance(given, (tuple, list)) or len(given) != 3:
        raise TypeError(f"conditions[{place}] must be (property, sign, wanted), got {shown(given)}")
    return Condition(*given)


def _depths(depth):
    """The smallest and the largest number of dilations."""
    if not isinstance(depth, tuple):
        return (whole_number("depth", depth, 1, MOST_LAYERS),) * 2
    if len(depth) != 2:
        raise ValueError(f"depth must be one number or a pair (least, most), got {shown(depth)}")
    least = whole_number("depth[0]", depth[0], 1, MOST_LAYERS)
    return least, whole_number("depth[1]", depth[1], least, MOST_LAYERS)
