"""Pictures pasted into answers are kept and shown, within limits; what only claims to be one is not."""

import base64

import courses
import nbformat
import pytest
from faults import PICTURE

from course.feedback import page_of, write_feedback
from course.plan import prepare
from course.results import gradebook

DATA = f"data:image/png;base64,{PICTURE}"


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    return courses.small_assignment(tmp_path_factory.mktemp("pictures"), ["ada", "ben"])


def recorded(assignment, source, attachments, own=False):
    """Record an answer, or a cell of the student's own, with attachments; return the stored source and the notes."""
    course, student = assignment.course, assignment.roster["ada"]
    notebook = courses.solved(course, "ada")
    cell = nbformat.v4.new_markdown_cell() if own else courses.at(notebook, "written")
    cell.source, cell["attachments"] = source, attachments
    notebook.cells += [cell] if own else []
    courses.hand_in(course, "ada", notebook)
    job, _, notes = prepare(assignment, student, course.submitted("ada", "small"))
    gradebook.save(course, "small", student, job["notebook"])
    stored = nbformat.read(course.autograded("ada", "small"), as_version=4)
    return next(cell.source for cell in stored.cells if "picture" in cell.source), notes


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize("name", ["a.png", "my drawing.png"])
def test_a_pasted_picture_is_stored_and_on_the_students_page(assignment, name, own):
    address = name.replace(" ", "%20")
    stored, notes = recorded(assignment, f"picture ![x](attachment:{address})", {name: {"image/png": PICTURE}}, own)
    assert DATA in stored and notes == []
    assert DATA in page_of(assignment, "ada")
    assert "ada" in write_feedback(assignment.course, "small")[0]


@pytest.mark.parametrize(
    "attachments",
    [
        None,
        {},
        [],
        {"a.png": PICTURE},
        {"a.png": {"image/png": 7}},
        {"a.png": {"image/png": base64.b64encode(b"<svg onload='x'/>").decode()}},
        {"a.png": {"image/svg+xml": PICTURE}},
        {"a.png": {"text/html": PICTURE}},
    ],
    ids=str,
)
def test_what_is_no_picture_stays_a_broken_one(assignment, attachments):
    stored, _ = recorded(assignment, "picture ![x](attachment:a.png)", attachments)
    assert "data:" not in stored


def test_a_picture_that_is_too_large_is_left_out_and_noted(assignment):
    large = base64.b64encode(base64.b64decode(PICTURE) + bytes(3_200_000)).decode()
    both = {"large.png": {"image/png": large}, "small.png": {"image/png": PICTURE}}
    stored, notes = recorded(assignment, "picture ![x](attachment:large.png) ![y](attachment:small.png)", both)
    assert stored.count("data:") == 1 and DATA in stored
    assert notes == ["the picture large.png was left out: it has 3.2 MB, at most 3 are kept of one and 12 of all"]


def test_another_picture_is_another_answer(assignment):
    other = base64.b64encode(base64.b64decode(PICTURE) + b"\0").decode()
    recorded(assignment, "picture ![x](attachment:a.png)", {"a.png": {"image/png": PICTURE}})
    with gradebook.open_gradebook(assignment.course) as book:
        grade = book.find_grade("written", "small", "small", "ada")
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        book.db.commit()
    recorded(assignment, "picture ![x](attachment:a.png)", {"a.png": {"image/png": PICTURE}})
    assert not gradebook.standing(assignment.course, "small")["ada"]["written"].waits
    recorded(assignment, "picture ![x](attachment:a.png)", {"a.png": {"image/png": other}})
    assert gradebook.standing(assignment.course, "small")["ada"]["written"].waits
