"""How alike the code of two students is: fingerprints of its structure, in which names and numbers are all the same.

Winnowing (Schleimer, Wilkerson, Aiken 2003) chooses the fingerprints, as copydetect has it: of any `LENGTH` + `WINDOW`
- 1 tokens that two students share at least one is found. Nothing is executed: the code is only taken apart.
"""

import itertools
import zlib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from copydetect.utils import hashed_kgrams, winnow
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, String, Text

LENGTH, WINDOW = 12, 4  # tokens of a fingerprint, and of those in a row the smallest is kept
ITSELF = "as it is"
LONGEST = 30_000  # characters of a student's code that are compared
LEAST = 25  # tokens that two must have in common to be told
SHORTEST, LONGEST_WORD = 3, 100  # letters of a name or comment that says something, and that are kept of it


@dataclass
class Code:
    """The code that a student wrote: what the handout holds is left out.

    `words` are names and comments that say more than the structure does.
    """

    student: str
    lines: list = field(default_factory=list)  # (cell, number in the cell, text)
    parts: list = field(default_factory=list)  # (cell, its tokens, the index of the line of each)
    functions: dict = field(default_factory=dict)  # cell → names that are defined there
    words: set = field(default_factory=set)
    left_out: int = 0  # characters beyond `LONGEST`


def read_code(student, cells, given):
    """Return the Code in the cells of a student.

    Parameters
    ----------
    student : str
    cells : list of (str, str)
        Name and text of each.
    given : set of str
        Lines of the handout, without blanks around them.
    """
    code, left = Code(student), LONGEST
    for cell, text in cells:
        kept, left = text[:left], left - len(text[:left])
        code.left_out += len(text) - len(kept)
        rows = ["" if line.strip() in given else line for line in kept.split("\n")]
        first = len(code.lines)
        code.lines += [(cell, number, row) for number, row in enumerate(rows, 1)]
        _take_apart(code, cell, "\n".join(rows), first)
    return code


def _take_apart(code, cell, text, first):
    """Add the tokens of a cell's text, whose lines start at the index `first`."""
    tokens, places, line = [], [], first
    for kind, value in PythonLexer(stripnl=False).get_tokens(text):
        role = _role(kind)
        word = value.strip() if role == ITSELF else role
        if kind in Name.Function:
            code.functions.setdefault(cell, []).append(value)
        is_own = role in ("name", "def") and tokens[-1:] != ["."]  # what stands behind a dot is of a library mostly
        if len(value) >= SHORTEST and (is_own or kind in Comment):
            code.words.add(" ".join(value.split())[:LONGEST_WORD])
        if word and not (word == "text" and tokens[-1:] == ["text"]):
            tokens.append(word)
            places.append(line)
        line += value.count("\n")
    code.parts.append((cell, tuple(tokens), places))


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


def fingerprints(code):
    """Return the fingerprints of a Code: hash → where each begins, as (part, index of the token)."""
    found = {}
    for part, (_, tokens, _) in enumerate(code.parts):
        if len(tokens) >= LENGTH:
            signs = tuple(zlib.crc32(word.encode()) for word in tokens)  # of numbers the hash is the same in each run
            hashes, places = winnow(hashed_kgrams(signs, LENGTH), WINDOW, remove_duplicates=False)
            for mark, at in zip(hashes.tolist(), places.tolist(), strict=True):
                found.setdefault(mark, []).append((part, at))
    return found


@dataclass
class Pair:
    """Two students, what part of each one's code the other has too, and why."""

    students: tuple
    parts: tuple  # of the code that is compared, from 0 to 1
    lines: tuple  # of each: indices of the lines that match
    cells: list  # (cell of the one, cell of the other) that match most
    words: list  # names and comments that only these two use
    published: float  # part of what matches that stands in the published solution too

    @property
    def alike(self):
        """The larger of the two parts."""
        return max(self.parts)


class Class:
    """The codes of a class, ready to be compared.

    Parameters
    ----------
    codes : list of Code
    given : Code
        What was handed out; its fingerprints count for nobody.
    solution : Code
        The published one.
    shared : int
        What more students than this hand in counts for nobody.
    """

    def __init__(self, codes, given, solution, shared):
        self.codes = {code.student: code for code in codes}
        base, self.solution = set(fingerprints(given)), set(fingerprints(solution))
        self.prints = {code.student: fingerprints(code) for code in codes}
        holders = {}
        for student, found in self.prints.items():
            for mark in found.keys() - base:
                holders.setdefault(mark, []).append(student)
        self.holders = {mark: students for mark, students in holders.items() if len(students) <= shared}
        self._by_common = {}  # student → which tokens common fingerprints cover
        self.common = holders.keys() - self.holders.keys() | base
        words = Counter(word for code in codes for word in code.words)
        known = given.words | solution.words
        self.rare = {word for word, count in words.items() if count == 2 and word not in known}

    def pairs(self, threshold):
        """Return the Pairs of whom one has at least this part of the other's code, the most alike first."""
        marks = {}
        for mark, students in self.holders.items():
            for two in itertools.combinations(students, 2):
                marks.setdefault(two, []).append(mark)
        found = [self._pair(two, shared) for two, shared in marks.items() if len(shared) * (LENGTH + WINDOW) >= LEAST]
        return sorted((pair for pair in found if pair and pair.alike >= threshold), key=lambda pair: -pair.alike)

    def _pair(self, two, marks):
        """Return the Pair of two students who share fingerprints, None if those are few."""
        covered = [self._covered(student, marks) for student in two]
        sizes = [_size(one) for one in covered]
        if min(sizes) < LEAST:
            return None
        parts = tuple(size / self._compared(*one) for size, *one in zip(sizes, two, covered, strict=True))
        lines = tuple(_lines(self.codes[student], one) for student, one in zip(two, covered, strict=True))
        published = self._covered(two[0], [mark for mark in marks if mark in self.solution])
        words = self.codes[two[0]].words & self.codes[two[1]].words & self.rare
        return Pair(two, parts, lines, self._cells(two, marks), sorted(words),
                    _size(published) / sizes[0])  # fmt: skip

    def _covered(self, student, marks):
        """Return for each part of a student's code which of its tokens fingerprints cover."""
        covered = [np.zeros(len(tokens), dtype=bool) for _, tokens, _ in self.codes[student].parts]
        for mark in marks:
            for part, at in self.prints[student].get(mark, ()):
                covered[part][at : at + LENGTH] = True
        return covered

    def _compared(self, student, covered):
        """Return how many tokens of a student are compared: all but those that only common fingerprints cover."""
        if student not in self._by_common:
            self._by_common[student] = self._covered(student, self.common & self.prints[student].keys())
        common = self._by_common[student]
        return _size([~one | other for one, other in zip(common, covered, strict=True)])

    def _cells(self, two, marks):
        """Return which cells of two students match: for each of the first the one that it shares most with."""
        counts = {}
        for mark in marks:
            (a, _), (b, _) = (self.prints[student][mark][0] for student in two)
            counts.setdefault(a, Counter())[b] += 1
        cells = [[cell for cell, _, _ in self.codes[student].parts] for student in two]
        return [(cells[0][a], cells[1][counts[a].most_common(1)[0][0]]) for a in sorted(counts)]


def _size(covered):
    """Return how many tokens are covered."""
    return sum(int(one.sum()) for one in covered)


def _lines(code, covered):
    """Return the indices of the lines that hold covered tokens."""
    found = (places[at] for (_, _, places), one in zip(code.parts, covered, strict=True) for at in np.flatnonzero(one))
    return sorted(set(found))
