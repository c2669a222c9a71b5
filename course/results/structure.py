"""Take code apart into the words of its structure: all names are one word, and what does nothing is left out."""

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, String, Text

ITSELF = "as it is"
SHORTEST, LONGEST_WORD = 3, 100  # letters of a name or comment that says something, and that are kept of it
OPEN, CLOSED = set("([{"), set(")]}")
CALLED = ("name", "def", "text")  # a bracket after one of these belongs to a call
IDLE = ("name", "number", "text", "None", "True", "False", "...")  # as a statement of its own
MOST_READ = 200_000  # tokens that the lexer is asked for, and comments


@dataclass
class Structure:
    """What was found in a text; `rows` says of each token in which row of the text it stands."""

    tokens: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    functions: list = field(default_factory=list)  # names that are defined
    words: set = field(default_factory=set)  # names and comments
    left_out: int = 0  # characters of code that were not read


def structure_of(rows, most):
    """Return the Structure of a text, of which so many tokens are read at most.

    Rows that are empty or hold a comment alone cost nothing, so nobody hides code behind them.

    Examples
    --------
    >>> from course.results.structure import structure_of
    >>> structure_of(["# mine", "a = (b + 1,);", "0"], 100).tokens
    ['name', '=', 'name', '+', 'number']
    """
    found = _Reader(Structure())
    kept = [(at, row) for at, row in enumerate(rows) if row.strip() and not row.lstrip().startswith("#")]
    comments = (row for row in rows if row.lstrip().startswith("#") and len(row.strip()) >= SHORTEST)
    found.made.words = {_word(row) for row in islice(comments, MOST_READ)}
    text, line, read = "\n".join(row for _, row in kept), 0, 0
    for count, (kind, value) in enumerate(PythonLexer(stripnl=False).get_tokens(text)):
        if len(found.made.tokens) + len(found.statement) >= most or count >= MOST_READ:
            found.made.left_out = max(0, len(text) - read)
            break
        found.take(_plain(kind, value), kept[min(line, len(kept) - 1)][0] if kept else 0)
        line, read = line + value.count("\n"), read + len(value)
    found.end_statement()
    return found.made


def _word(text):
    """Return a name or comment as it is told."""
    return " ".join(text[: 2 * LONGEST_WORD].split())[:LONGEST_WORD]


def _plain(kind, value):
    """Return a token as Python reads it: a name in unusual letters is the name in plain ones."""
    if kind not in Name or value.isascii():
        return kind, value
    return next(iter(PythonLexer().get_tokens(unicodedata.normalize("NFKC", value[:LONGEST_WORD]))))


class _Reader:
    """Takes tokens one after the other, and adds each statement that does something to what was `made`."""

    def __init__(self, made):
        self.made = made
        self.statement = []  # (word, row)
        self.brackets = []  # of each open one, whether it counts
        self.is_builtin = False  # whether the word before is one

    def take(self, token, row):
        """Take one token, as the lexer has it."""
        kind, value = token
        role = _role(kind)
        last = self.statement[-1][0] if self.statement else ""
        if kind in Name.Function:
            self.made.functions.append(value)
        is_own = role in ("name", "def") and last != "."  # what stands behind a dot is of a library mostly
        if (is_own or kind in Comment) and len(value) >= SHORTEST:
            self.made.words.add(_word(value))
        word = value.strip() if role == ITSELF else role
        if word == ";" or ("\n" in value and not word and not self.brackets and not value.startswith("\\")):
            self.end_statement()
        elif word in OPEN:
            is_called = last in CALLED or last in CLOSED or self.is_builtin
            self._open(word, row, counts=word != "(" or is_called)
        elif word in CLOSED:
            self._close(word, row)
        elif word and word != "pass" and not (word == last == "text"):
            self.statement.append((word, row))
        if word:
            self.is_builtin = kind in Name.Builtin

    def _open(self, word, row, counts):
        self.brackets.append(counts)
        if counts:
            self.statement.append((word, row))

    def _close(self, word, row):
        """End a bracket; a comma in front of its end says nothing."""
        if self.statement and self.statement[-1][0] == ",":
            self.statement.pop()
        if not self.brackets or self.brackets.pop():
            self.statement.append((word, row))

    def end_statement(self):
        """Add the statement that was taken, unless it does nothing."""
        words = [word for word, _ in self.statement]
        if "".join(words) not in IDLE:
            self.made.tokens += words
            self.made.rows += [row for _, row in self.statement]
        self.statement, self.brackets = [], []


@cache
def _role(kind):
    """Return what stands for tokens of a kind: one word for all names, numbers or texts, none for what is not run."""
    if kind in Comment or kind in String.Doc or kind in Text:
        return ""
    if kind in Name.Builtin or kind in Keyword:
        return ITSELF
    if kind in Name.Function or kind in Name.Class:
        return "def"
    return "name" if kind in Name else "number" if kind in Number else "text" if kind in String else ITSELF
