"""How alike the code of two students is: fingerprints of its structure, in which names and numbers are all the same.

Winnowing (Schleimer, Wilkerson, Aiken 2003) chooses the fingerprints, as copydetect has it: of any `LENGTH` + `WINDOW`
- 1 tokens that two students share at least one is found. Nothing is executed: the code is only taken apart.
"""

import itertools
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from copydetect.utils import hashed_kgrams, winnow

from course.results.structure import structure_of

LENGTH, WINDOW = 12, 4  # tokens of a fingerprint, and of those in a row the smallest is kept
LONGEST = 10_000  # tokens of a student's code that are compared
LEAST = 25  # tokens that two must have in common to be told


@dataclass
class Code:
    """The code that a student wrote: what the handout holds is left out.

    `words` are names and comments that say more than the structure does.
    """

    student: str
    added: set = field(default_factory=set)  # cells of the student's own, which are for no question
    lines: list = field(default_factory=list)  # (cell, number in the cell, text), those that are compared and near
    parts: list = field(default_factory=list)  # (cell, its tokens, the index of the line of each)
    functions: dict = field(default_factory=dict)  # cell → names that are defined there
    words: set = field(default_factory=set)
    left_out: int = 0  # characters that are not compared


def read_code(student, cells, given, added=()):
    """Return the Code in the cells of a student.

    Parameters
    ----------
    student : str
    cells : list of (str, str)
        Name and text of each; of the last ones something is left out where it is too much.
    given : set of str
        Lines of the handout, without blanks around them.
    added : collection of str
        Names of the cells that are the student's own.
    """
    code, left = Code(student, set(added)), LONGEST
    for cell, text in cells:
        rows = ["" if row.strip() in given else row for row in lines_of(text)]
        found = structure_of(rows, left)
        left -= len(found.tokens)
        near = sorted({at + step for at in found.rows for step in (-1, 0, 1) if 0 <= at + step < len(rows)})
        places = {at: len(code.lines) + number for number, at in enumerate(near)}
        code.lines += [(cell, at + 1, rows[at]) for at in near]
        code.parts.append((cell, tuple(found.tokens), [places[at] for at in found.rows]))
        code.functions.setdefault(cell, []).extend(found.functions)
        code.words |= found.words
        code.left_out += found.left_out
    return code


def lines_of(text):
    """Return the lines of a text as Python reads them, whatever ends them."""
    return re.sub("\r\n?", "\n", text).split("\n")


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
        """Return how many tokens of a student are compared: all but those that only common fingerprints cover.

        What stands in a cell of the student's own and matches nothing is not: it would make a copy look small.
        """
        if student not in self._by_common:
            self._by_common[student] = self._covered(student, self.common & self.prints[student].keys())
        common = self._by_common[student]
        code = self.codes[student]
        return _size([other if cell in code.added else ~one | other
                      for (cell, _, _), one, other in zip(code.parts, common, covered, strict=True)])  # fmt: skip

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
