"""Tell whether a submission has to be graded again: a digest of all that can change its score."""

import hashlib
import os
from dataclasses import asdict
from functools import cache

from course.layout import PROJECT

#: Folders and files of the project that can change a score. A change elsewhere grades nothing again.
DECIDE = ("course/reading", "course/running", "course/plan.py", "course/release.py", "course/variants.py",
          "course/results/gradebook.py", "course/results/rubric.py", "hdclib")  # fmt: skip
NOT = ("hdclib/widgets",)  # a widget draws what a page shows; no answer and no test runs it


def fingerprint(assignment, student, folder):
    """Return a text that differs whenever grading could come out differently.

    Parameters
    ----------
    assignment : plan.Assignment
    student : roster.Student
    folder : Path
        What the student handed in. What a file holds counts, not its date; of one that is too large to be opened
        its size alone.
    """
    limits, digest = assignment.course.limits, hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(_part(path.name, _content(path, limits.submission_mb * 1_000_000)))
    digest.update(_part("source", assignment.course.source(assignment.name).read_bytes()))
    digest.update(_part("code", code_that_decides().encode()))
    digest.update(_part("settings", f"{asdict(limits)} {assignment.numbers(student)}".encode()))
    return digest.hexdigest()


def _part(name, content):
    """Return a digest of one thing under its name, so that nothing can be shifted into its neighbour."""
    return hashlib.sha256(os.fsencode(name)).digest() + hashlib.sha256(content).digest()


def _content(path, most):
    """Return what decides of a file that was handed in."""
    if path.is_symlink() or not path.is_file():
        return b"no plain file"
    size = path.stat().st_size
    return path.read_bytes() if size <= most else f"{size} bytes".encode()


@cache
def code_that_decides(project=PROJECT):
    """Return a digest of the code that a score depends on."""
    digest = hashlib.sha256()
    for path in files_that_decide(project):
        digest.update(_part(str(path.relative_to(project)), path.read_bytes()))
    return digest.hexdigest()


def files_that_decide(project=PROJECT):
    """Return the files that `DECIDE` names, in order."""
    found = []
    for name in DECIDE:
        place = project / name
        found += place.rglob("*") if place.is_dir() else [place]
    return sorted(path for path in found if path.is_file() and not _is_left_out(path.relative_to(project)))


def _is_left_out(path):
    """Tell whether a path lies in one of the folders that decide nothing."""
    return "__pycache__" in path.parts or any(path.is_relative_to(name) for name in NOT)
