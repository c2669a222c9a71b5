"""A game of sentences that are true or false."""

import traitlets

from hdclib.checks import shown, sized, text
from hdclib.widgets.kit.turns import InTurn


class Sentences(InTurn):
    """Ask of one sentence after the other whether it is true, and say why; made by `ask_sentences`.

    Attributes
    ----------
    sentences : list of [str, bool, str]
        Each sentence, whether it is true, and why.
    turn : int, from 1 to their number
        Which one is asked now.
    """

    script = "questions/sentences.js"
    asked = "sentences"
    sentences = traitlets.List(traitlets.List(), minlen=1).tag(sync=True)


def ask_sentences(sentences, key="sentences"):
    """Return a game that asks of each sentence whether it is true.

    Parameters
    ----------
    sentences : sequence of (str, bool, str)
        At least one: the sentence, whether it is true, and why, which is said after either answer.
    key : str
        Name of the widget in the page's address.

    Returns
    -------
    game : Sentences

    Raises
    ------
    TypeError, ValueError, traitlets.TraitError
        If `sentences` is empty, or one of them is no such triple.
    """
    return Sentences(sentences=[_triple(*numbered) for numbered in enumerate(sized("sentences", sentences))], key=key)


def _triple(place, given):
    name = f"sentences[{place}]"
    if not isinstance(given, (tuple, list)) or len(given) != 3 or not isinstance(given[1], bool):
        raise TypeError(f"{name} must be (sentence, whether it is true, why), got {shown(given)}")
    return [text(f"{name}[0]", given[0]), given[1], text(f"{name}[2]", given[2])]
