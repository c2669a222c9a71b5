"""Numbers of one's own: drawn from the course's secret and the student's id, at release and again at grading.

A notebook keeps them in one cell, ``numbers = {...}``. The source and the pages of the book hold the public variant.
"""

import ast
import hashlib
import hmac
import importlib.util
import pprint
import random
import secrets
from typing import Any

from course.layout import CourseError

CELL = "numbers"  # the grade_id of the cell that holds them
PUBLIC = "public"  # seeds the variant of the source and of the book's pages
LEAST_SECRET = 16  # bytes
LOST = """\
{path} is gone. Every student's numbers and the hidden cases are drawn from it, and another secret would give others:
honest answers would be marked as wrong. Put it back from a copy. If there is none, remove {made} from the course,
release again, and let the students work with their new numbers."""


def derived_seed(secret, *names):
    """Return a whole number of 256 bits that only the holder of `secret` can compute from `names`."""
    if len(secret) < LEAST_SECRET:
        raise ValueError(f"secret must have at least {LEAST_SECRET} bytes, got {len(secret)}")
    message = "".join(f"{len(name)}:{name}" for name in names).encode()
    return int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest(), "big")


def grading_seed(secret, assignment, student, content):
    """Return the seed of a submission's hidden cases, in 31 bits so that numpy takes it too.

    It depends on the bytes of the submission too: what somebody learnt of the cases of one fits no other.
    """
    digest = hashlib.sha256(content).hexdigest()
    return derived_seed(secret, "hidden cases", assignment, student, digest) % 2**31


def public_numbers(folder):
    """Return the numbers of the public variant of the assignment in `folder`."""
    return _draw(folder, PUBLIC)


def student_numbers(folder, secret, student):
    """Return the numbers of one student's variant of the assignment in `folder`."""
    return _draw(folder, derived_seed(secret, "numbers", folder.name, student))


def _draw(folder, seed):
    """Call ``draw`` of the folder's variant.py."""
    path = folder / "variant.py"
    spec: Any = importlib.util.spec_from_file_location(f"variant_of_{folder.name}", path)  # never None for a file.py
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    numbers = module.draw(random.Random(seed))
    if ast.literal_eval(repr(numbers)) != numbers:
        raise ValueError(f"{path}: draw must return a dict of plain numbers, strings and lists, got {numbers!r}")
    return numbers


def numbers_text(numbers):
    """Return the source of the cell that holds `numbers`."""
    return "numbers = " + pprint.pformat(numbers, sort_dicts=False, width=68).replace("\n", "\n" + " " * 10)


def read_numbers(text):
    """Return the numbers that a cell's source assigns, or None if it is no plain assignment of them."""
    try:
        return ast.literal_eval(text.partition("=")[2].strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def read_secret(course):
    """Return the course's secret; make one if nothing was made from it yet.

    Raises
    ------
    CourseError
        If the secret is gone though notebooks were handed out or graded: another one would not fit them.
    """
    path = course.secret
    if not path.exists():
        made = [name for name in ("handout", "autograded", "records") if (course.root / name).exists()]
        if made:
            raise CourseError(LOST.format(path=path, made=", ".join(made)))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip().encode()
