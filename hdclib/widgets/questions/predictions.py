"""A guess before a result, and the same guess beside it."""

import traitlets

from hdclib.checks import sized, text
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.questions.text_arguments import number_key, texts


class Prediction(PageWidget):
    """A guess to type or to pick, which stays in the reader's browser; made by `ask_prediction`."""

    script = "questions/prediction.js"
    label = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)


class Outcome(PageWidget):
    """What the reader guessed, and what to say of it; made by `recall_prediction`."""

    script = "questions/outcome.js"
    replies = traitlets.Dict().tag(sync=True)
    otherwise = traitlets.Unicode().tag(sync=True)


def ask_prediction(label, options=None, key="prediction"):
    """Ask for a guess, and do not say whether it is right.

    Parameters
    ----------
    label : str
        What to guess, such as "Pixels used:".
    options : sequence of str, optional
        What to choose from; without any, a number is asked for.
    key : str
        Names the guess: ``recall_prediction`` brings it back by the same name.

    Returns
    -------
    prediction : Prediction

    Raises
    ------
    TypeError, traitlets.TraitError
        If a text is no string, or `options` no sequence of them.
    """
    chosen = [text(f"options[{place}]", words) for place, words in enumerate(sized("options", options or []))]
    return Prediction(label=text("label", label), options=chosen, key=key)


def recall_prediction(replies, otherwise, key="prediction"):
    """Show the reader's guess beside the result.

    Parameters
    ----------
    replies : dict of number or str to str
        Likely guesses, the right one among them, and what to say of each.
    otherwise : str
        Said of any other guess, and to a reader who made none: it should tell the result.
    key : str
        The name under which it was asked for.

    Returns
    -------
    outcome : Outcome

    Raises
    ------
    TypeError, traitlets.TraitError
        If `replies` is no dict of texts, or a text is no string.
    """
    said = {}
    for guess, words in texts("replies", replies).items():
        said[guess if isinstance(guess, str) else number_key(guess)] = words
    return Outcome(replies=said, otherwise=text("otherwise", otherwise), key=key)
