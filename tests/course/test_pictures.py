"""Pictures pasted into answers are kept and shown, within limits; what only claims to be one is not."""

import base64

import courses
import nbformat
import pytest
from faults import PICTURE
from growing import grows_with_its_input

from course.feedback import page_of, write_feedback
from course.plan import prepare
from course.results import gradebook
from course.results.harmless import rendered
from course.results.standing import standing

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
def test_what_is_no_picture_is_not_shown_and_words_stand_in_its_place(assignment, attachments):
    stored, _ = recorded(assignment, "picture ![mine](attachment:a.png)", attachments)
    assert "data:" not in stored and "[a picture is left out: mine]" in stored


def test_a_picture_that_is_too_large_is_left_out_and_noted(assignment):
    large = base64.b64encode(base64.b64decode(PICTURE) + bytes(3_200_000)).decode()
    both = {"large.png": {"image/png": large}, "small.png": {"image/png": PICTURE}}
    stored, notes = recorded(assignment, "picture ![x](attachment:large.png) ![y](attachment:small.png)", both)
    assert stored.count("data:") == 1 and DATA in stored
    assert notes == ["the picture large.png was left out: it has 3.2 MB, at most 3 are kept of one and 12 of all"]


@pytest.mark.parametrize(
    "text",
    [f"picture ![x](attachment:a.png) {'word ' * 10_000}", f"picture ![x]({DATA}) {'word ' * 10_000}",
     f"picture ![x]({DATA[:-8]}{'A' * 40_000}) and ![y]({DATA})", "picture " + ">" * 5000 + " ![x](attachment:a.png)",
     f"picture `{DATA}`", "picture <img src='attachment:a.png' width=300>", "picture\n\n<img src=attachment:a.png>"],
    ids=["long", "long with data", "long data", "breaks its reader", "in code", "in HTML", "a block of HTML"],
)  # fmt: skip
def test_no_picture_vanishes_whatever_stands_around_it(assignment, text):
    stored, _ = recorded(assignment, text, {"a.png": {"image/png": PICTURE}})
    assert f'src="{DATA}"' in stored and f'src="{DATA}"' in page_of(assignment, "ada")


def test_a_large_picture_written_into_a_text_takes_no_longer_than_it_is_long():
    assert grows_with_its_input(lambda much: rendered(f"![x]({DATA}{'A' * 500 * much}) and ![y]({DATA})"))


@pytest.mark.parametrize("kind", ["raw", "code"])
def test_a_picture_in_a_cell_that_became_of_another_kind_is_shown(assignment, kind):
    course, notebook = assignment.course, courses.solved(assignment.course, "ben")
    cell = courses.at(notebook, "written")
    cell.cell_type, cell.source = kind, "![x](attachment:a.png)"
    cell["attachments"] = {"a.png": {"image/png": PICTURE}}
    if kind == "raw":
        notebook.cells.append(nbformat.from_dict({**cell, "metadata": {}, "id": "other", "source": "mine"}))
    courses.hand_in(course, "ben", notebook)
    job, _, _ = prepare(assignment, assignment.roster["ben"], course.submitted("ben", "small"))
    gradebook.save(course, "small", assignment.roster["ben"], job["notebook"])
    assert page_of(assignment, "ben").count(DATA) == (2 if kind == "raw" else 1)


def test_words_in_the_place_of_a_picture_let_nothing_act():
    shown = rendered(
        "<img alt='<script>hit()</script>\"> <b onclick=x>' onerror=hit()> ![a\"b](https://a.example/x.png)"
    )
    assert "<script" not in shown and "<img" not in shown and "<b" not in shown and shown.count("is left out") == 2


def test_another_picture_is_another_answer(assignment):
    other = base64.b64encode(base64.b64decode(PICTURE) + b"\0").decode()
    recorded(assignment, "picture ![x](attachment:a.png)", {"a.png": {"image/png": PICTURE}})
    with gradebook.open_gradebook(assignment.course) as book:
        grade = book.find_grade("written", "small", "small", "ada")
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        book.db.commit()
    recorded(assignment, "picture ![x](attachment:a.png)", {"a.png": {"image/png": PICTURE}})
    assert not standing(assignment.course, "small")["ada"]["written"].waits
    recorded(assignment, "picture ![x](attachment:a.png)", {"a.png": {"image/png": other}})
    assert standing(assignment.course, "small")["ada"]["written"].waits
