"""Answers that stand beside the cell for them are not lost in silence: a human is told where to look."""

import courses
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from course.feedback import page_of
from course.plan import prepare
from course.reading.imports import missing_packages
from course.results import gradebook
from course.results.standing import standing


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    return courses.small_assignment(tmp_path_factory.mktemp("elsewhere"), ["ada"])


def prepared(assignment, notebook):
    """Return the merged notebook of a submission, and the reasons for a human to look."""
    courses.hand_in(assignment.course, "ada", notebook)
    job, reasons, _ = prepare(assignment, assignment.roster["ada"], assignment.course.submitted("ada", "small"))
    return job["notebook"], reasons


def unwritten(assignment):
    """Return a notebook with all answers but the written one."""
    course = assignment.course
    blank = courses.at(courses.handout(course, "ada"), "written").source
    return courses.changed(courses.solved(course, "ada"), written=blank)


def at_end(cell):
    return lambda notebook: notebook.cells.append(cell)


def above(cell):
    return lambda notebook: notebook.cells.insert(len(notebook.cells) - 1, cell)


def in_the_question(notebook):
    notebook.cells[0].source += "\n\nBecause addition is commutative."


PLACES = {
    "below": at_end(new_markdown_cell("Because it commutes.")),
    "above": above(new_markdown_cell("Because it commutes.")),
    "in the question": in_the_question,
    "at the top": lambda notebook: notebook.cells.insert(0, new_markdown_cell("Because it commutes.")),
    "a raw cell": at_end(new_raw_cell("Because it commutes.")),
    "a cell of code": at_end(new_code_cell("Because it commutes.")),
    "a comment in code": above(new_code_cell("# Because it commutes.")),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_written_answer_elsewhere_waits_for_a_human(assignment, place):
    notebook = unwritten(assignment)
    PLACES[place](notebook)
    text, reasons = prepared(assignment, notebook)
    assert any("written is as it was handed out, but the answer may stand in cell" in reason for reason in reasons)
    gradebook.save(assignment.course, "small", assignment.roster["ada"], text)
    assert standing(assignment.course, "small")["ada"]["written"][:3] == (None, None, True)
    assert "look for the answer in the student's other cells" in courses.graded_text(assignment.course, "ada")
    assert "look for the answer" not in page_of(assignment, "ada")  # a word for those who grade


def test_points_for_an_answer_elsewhere_hold_until_it_changes(assignment):
    course, student, notebook = assignment.course, assignment.roster["ada"], unwritten(assignment)
    notebook.cells.append(new_markdown_cell("It commutes."))
    gradebook.save(course, "small", student, prepared(assignment, notebook)[0])
    with gradebook.open_gradebook(course) as book:
        grade = book.find_grade("written", "small", "small", "ada")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        book.db.commit()
    gradebook.save(course, "small", student, prepared(assignment, notebook)[0])
    assert standing(course, "small")["ada"]["written"][:3] == (None, 1.5, False)
    notebook.cells[-1].source = "It does not."
    gradebook.save(course, "small", student, prepared(assignment, notebook)[0])
    assert standing(course, "small")["ada"]["written"][:3] == (None, 1.5, True)


@pytest.mark.parametrize("more", [None, new_code_cell("print(total([1]))"), new_markdown_cell(" \n---\n")])
def test_who_wrote_nothing_gets_nothing_and_troubles_nobody(assignment, more):
    notebook = unwritten(assignment)
    if more:
        notebook.cells.insert(4, more)
    assert prepared(assignment, notebook)[1] == []


def test_a_cell_of_code_that_is_undone_by_the_one_handed_out_is_named(assignment):
    course = assignment.course
    blank = courses.at(courses.handout(course, "ada"), "scaled").source
    notebook = courses.changed(courses.solved(course, "ada"), scaled=f"scaled = None\n{blank}")
    assert prepared(assignment, notebook)[1] == []
    untouched = courses.changed(courses.solved(course, "ada"),
                                total=courses.at(courses.handout(course, "ada"), "total").source)  # fmt: skip
    after = nbformat.from_dict(untouched)
    after.cells.insert(4, new_code_cell("def total(values):\n    return sum(values)"))
    assert prepared(assignment, after)[1] == []  # it comes after, so it counts
    untouched.cells.insert(1, new_code_cell("def total(values):\n    return sum(values)"))
    assert "comes after cell" in prepared(assignment, untouched)[1][0]


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("small-Copy1.ipynb", lambda right: right, "holds other answers than small.ipynb"),
        ("old.ipynb", lambda right: "{", "could not be compared with small.ipynb"),
    ],
)
def test_a_notebook_beside_the_graded_one_is_compared(assignment, name, make, words):
    course = assignment.course
    beside = courses.hand_in(course, "ada", make(courses.solved(course, "ada")), name)
    _, reasons = prepared(assignment, courses.handout(course, "ada"))
    beside.unlink()
    assert [reason for reason in reasons if words in reason]


def test_a_copy_of_what_was_graded_or_handed_out_troubles_nobody(assignment):
    course, right = assignment.course, courses.solved(assignment.course, "ada")
    copies = [courses.hand_in(course, "ada", right, "copy.ipynb"),
              courses.hand_in(course, "ada", courses.handout(course, "ada"), "small (1).ipynb")]  # fmt: skip
    _, reasons = prepared(assignment, right)
    for path in copies:
        path.unlink()
    assert reasons == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import seaborn", ["seaborn"]),
        ("def f():\n    from torch.nn import functional", ["torch"]),
        ("import numpy, os, json, sys, matplotlib.pyplot, hdclib", []),
        ("try:\n    import seaborn\nexcept ImportError:\n    import torch", ["torch"]),
        ("try:\n    import seaborn\nexcept ValueError:\n    pass", ["seaborn"]),
        ("from contextlib import suppress\nwith suppress(ImportError):\n    import seaborn", []),
        ("import course", ["course"]),
        ("from . import x", []),
        ("%matplotlib inline\nimport seaborn", ["seaborn"]),
        ("import (", []),
    ],
)
def test_what_is_imported_and_not_installed_is_found(text, names):
    assert missing_packages(text) == names
