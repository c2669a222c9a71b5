"""Show in terminals and tables what others wrote: names, file names, and what grading says of them."""

import re
import unicodedata

FORMULA = "=+-@|%\t\r\n"  # what a spreadsheet may take for the start of a formula
BREAK = ";"  # where many spreadsheets begin a new cell, whatever stands in quotes around it
INERT = re.compile(r"[+-][A-Za-z0-9._@+-]*[A-Za-z][A-Za-z0-9._@+-]*")  # calls nothing, whatever reads it


class Exact(str):
    """A name by which a platform finds a student: it compares letter by letter, so a sign in front would lose them."""


def visible(text):
    """Return `text` with every character that is not seen, or that moves others, in the form ``\\x1b``.

    A name can otherwise clear a terminal, turn the order of a line round, or hide its end. Half a pair of surrogates,
    which no file can hold, is shown in the same way.

    Examples
    --------
    >>> from course.showing import visible
    >>> print(visible("Ada\\x1b[2J \\u202egnp.exe"))
    Ada\\x1b[2J \\u202egnp.exe
    """
    return "".join(letter if _is_seen(letter) else letter.encode("unicode_escape").decode() for letter in text)


def _is_seen(letter):
    """Tell whether a character shows itself; an unusual space does as well as a space."""
    return letter.isprintable() or unicodedata.category(letter) == "Zs"


def short(text, most):
    """Return the beginning of a text that is longer than `most` characters, with a mark that it goes on."""
    return f"{text[:most]} …" if len(text) > most else text


def say(text, **settings):
    """Print `text`, line by line, with what is not seen made visible."""
    print("\n".join(visible(line) for line in str(text).split("\n")), **settings)


def plain_cell(cell):
    """Return the cell of a table so that a spreadsheet takes it for text; a number or an inert Exact name stays."""
    if not isinstance(cell, str) or _is_number(cell) or (isinstance(cell, Exact) and INERT.fullmatch(cell)):
        return cell
    return BREAK.join(map(_inert, cell.split(BREAK)))


def _inert(text):
    """Return a text that a cell may begin with, with an apostrophe in front if a spreadsheet would run it."""
    start = unicodedata.normalize("NFKC", text.lstrip(' "\u00a0\u3000'))[:1]
    is_run = start and start in FORMULA and not _is_number(text.strip())
    return f"'{visible(text)}" if is_run else visible(text)


def _is_number(cell):
    """Tell whether a cell holds a plain number such as -0.5."""
    whole, _, part = cell.removeprefix("-").partition(".")
    return cell.isascii() and whole.isdigit() and (not part or part.isdigit())
