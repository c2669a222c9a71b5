"""The parts of grading that read a submission: what is suspicious, which cell is which, what a file holds."""

import base64
import json
import time

import nbformat
import pytest
from faults import PICTURE

from course.layout import PROJECT as ROOT
from course.layout import Course, CourseError, open_course
from course.reading.matching import match
from course.reading.preflight import LARGEST_PICTURE, MOST_CELLS, Cell, Rejected, find_notebook, parse, read_submission
from course.reading.scan import suspicious
from course.results.names import time_in

RELEASE = [Cell("markdown", "# Title"), Cell("code", "import x", {"grade_id": "imports"}, "a"),
           Cell("code", "def f():\n    raise NotImplementedError()", {"grade_id": "f"}, "b"),
           Cell("code", "assert f() == 1", {"grade_id": "test_f"}, "c"),
           Cell("markdown", "YOUR ANSWER HERE", {"grade_id": "written"}, "d")]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import socket, math", ["import socket"]),
        ("from ctypes.util import find_library", ["import ctypes.util"]),
        ("get_ipython().run_cell('1')", ["get_ipython().run_cell"]),
        ("shell = get_ipython()", ["get_ipython"]),
        ("np.allclose = lambda *a: True", ["np.allclose ="]),
        ("hdc.coursework.check = None", ["hdc.check ="]),
        ("f.__code__ = g.__code__", [".__code__"]),
        ("!cat secret", ["a shell command"]),
        ("%%bash\ncat secret", ["%bash"]),
        ("x = !ls", ["a shell command"]),
        ("  x = 1\n  import gc", ["import gc"]),
        ("%time import gc", ["import gc"]),
        ("%timeit -n1 -r1 import gc", ["import gc"]),
        ("%%time\nimport gc", ["import gc"]),
        ("x = %pwd\nimport gc", ["%pwd", "import gc"]),
        ("len?\nimport gc", ["import gc"]),
        (">>> import gc", ["import gc"]),
        ("def broken(:\n", ["it cannot be read as Python"]),
    ],
)
def test_code_that_reaches_for_the_machinery_is_named(text, words):
    found = suspicious(text)
    assert found == words


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\nimport matplotlib.pyplot as plt\n%matplotlib inline\nplt.rcParams['font.size'] = 9",
        "class A:\n    def __init__(self): self.x = 1\nprint('import sys')",
        "import re\nre.compile('a')\nassert 'a' != 'b'",
        "import os, sys, threading\nclass A:\n    def __call__(self): return locals()\n    def __eq__(self, o): pass",
        "def f(vars): return setattr(vars, 'a', 1)\n%timeit -n 1 f",
    ],
)
def test_ordinary_code_is_not_suspicious(text):
    assert suspicious(text) == []


@pytest.mark.parametrize("name", Course(ROOT).names())
def test_no_solution_of_an_assignment_is_suspicious(name):
    source = nbformat.read(Course(ROOT).source(name), as_version=4)
    code = [cell for cell in source.cells if cell.cell_type == "code"]
    answers = [cell.source for cell in code if cell.metadata.get("nbgrader", {}).get("solution")]
    assert [suspicious(text) for text in answers if suspicious(text)] == []


def stripped(cells):
    """Return cells without any mark."""
    return [Cell(cell.kind, cell.text) for cell in cells]


def test_cells_are_known_by_name_wherever_they_stand():
    found = match(RELEASE[::-1], RELEASE)
    assert found.places == {at: 4 - at for at in range(5)}


def test_an_answer_without_marks_is_known_by_its_place():
    given = stripped(RELEASE)
    given[2].text, given[4].text = "def f():\n    return 1", "Because."
    found = match(given, RELEASE)
    assert found.places == {at: at for at in range(5)}
    assert "recognised without them: imports, f, test_f, written" in found.notes[0]


def test_a_cell_that_a_student_adds_is_nobodys():
    given = [*RELEASE[:2], Cell("code", "helper = 1"), *RELEASE[2:]]
    assert match(given, RELEASE).places == {0: 0, 1: 1, 3: 2, 4: 3, 5: 4}


def test_a_cell_that_occurs_twice_is_known_twice():
    assert match([*RELEASE, RELEASE[2]], RELEASE).of(2) == [2, 5]


@pytest.mark.parametrize("source", ["x = 1", ["x = ", "1"]])
def test_the_text_of_a_cell_may_be_stored_by_lines(source):
    data = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": source}]}).encode()
    assert parse(data, "a").cells[0].text == "x = 1"


def test_a_byte_order_mark_does_not_matter():
    data = json.dumps({"cells": [{"cell_type": "code", "source": "1"}]}).encode("utf-8-sig")
    assert len(parse(data, "a").cells) == 1


@pytest.mark.parametrize("wrong", [{"cells": 3}, {"cells": [1, None]}, {"cells": []}, [], 7, None])
def test_what_is_no_notebook_is_rejected(wrong):
    with pytest.raises(Rejected):
        parse(json.dumps(wrong).encode(), "a.ipynb")


@pytest.mark.parametrize("cell", [{}, {"source": 5}, {"metadata": []}, {"metadata": {"nbgrader": {"grade_id": [1]}}}])
def test_a_cell_of_any_shape_is_read(cell):
    (found,) = parse(json.dumps({"cells": [cell]}).encode(), "a").cells
    assert (found.text, found.grade_id) == ("", "")


def test_equal_texts_without_marks_are_told_apart_by_their_place():
    release = [Cell("code", "import x", {"grade_id": "a"}), Cell("code", "f()", {"grade_id": "b"}),
               Cell("code", "f()", {"grade_id": "c"}), Cell("markdown", "end", {"grade_id": "d"})]  # fmt: skip
    assert match(stripped(release), release).places == {0: 0, 1: 1, 2: 2, 3: 3}
    other = [Cell("code", "import x"), Cell("markdown", "f()"), Cell("code", "g()"), Cell("markdown", "end")]
    assert match(other, release).places == {0: 0, 3: 3}
    first = [Cell("code", "mine"), *stripped(release[1:])]
    assert match(first, release).places[0] == 0


def test_the_most_cells_the_largest_file_and_the_largest_picture_are_read(tmp_path):
    cells = [{"cell_type": "code", "source": "1"}] * MOST_CELLS
    assert len(parse(json.dumps({"cells": cells}).encode(), "a").cells) == MOST_CELLS
    with pytest.raises(Rejected, match=f"has {MOST_CELLS + 1} cells"):
        parse(json.dumps({"cells": [*cells, cells[0]]}).encode(), "a")
    path = tmp_path / "a.ipynb"
    text = json.dumps({"cells": cells[:1]})
    path.write_text(text + " " * (1_000_000 - len(text)))
    assert len(read_submission(path, 1).cells) == 1
    path.write_text(text + " " * (1_000_001 - len(text)))
    with pytest.raises(Rejected, match="at most 1 MB are opened"):
        read_submission(path, 1)
    for characters, notes in ((LARGEST_PICTURE, 0), (LARGEST_PICTURE + 4, 1)):
        pasted = {"cell_type": "markdown", "source": "x", "attachments": {"a.png": {"image/png": large(characters)}}}
        found = parse(json.dumps({"cells": [pasted]}).encode(), "a")
        assert (len(found.notes), len(found.cells[0].pictures)) == (notes, 1 - notes)


def large(characters):
    """Return a picture, in base64, that is so long."""
    start = base64.b64decode(PICTURE)
    return base64.b64encode(start + bytes(characters // 4 * 3 - len(start))).decode()


def test_the_notebook_of_the_right_name_is_chosen_and_no_link_is_followed(tmp_path):
    for name in ("a.ipynb", "small.ipynb"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "b.ipynb").symlink_to(tmp_path / "a.ipynb")
    chosen, others = find_notebook(tmp_path, "small")
    assert chosen.name == "small.ipynb" and [path.name for path in others] == ["a.ipynb"]


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "'3'", "true"])
def test_a_limit_is_a_whole_number_from_1_on(tmp_path, value):
    (tmp_path / "course.toml").write_text(f"[limits]\nmemory_mb = {value}\n")
    with pytest.raises(CourseError, match="memory_mb = .*; allowed are whole numbers"):
        open_course(tmp_path)
    (tmp_path / "course.toml").write_text("[limits]\nmemory_mb = 1\n")
    assert open_course(tmp_path).limits.memory_mb == 1


def test_a_time_of_the_exchange_is_that_of_greenwich_wherever_the_teacher_is(monkeypatch):
    try:
        for place, away in (("UTC0", 0), ("EST5", 5 * 3600)):
            monkeypatch.setenv("TZ", place)
            time.tzset()
            assert time_in(("2026-05-04 12:00:00 UTC",)) == 1_777_896_000
            assert time_in(("2026-05-04-12-00-00",)) == 1_777_896_000 + away  # Blackboard's own time
    finally:
        monkeypatch.undo()
        time.tzset()
