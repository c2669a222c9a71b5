"""An answer without end makes no page without end, and the page says what is missing."""

import courses
import nbformat
import pytest
from bs4 import BeautifulSoup
from faults import PICTURE
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.feedback import page_of
from course.plan import prepare
from course.reading.merge import ROLE, STUDENT, TEST
from course.results import gradebook
from course.results.shortened import LONGEST, MOST, shortened

LONG = "word <b> & [x](y) " * 200_000  # 3.6 MB
LARGEST = 3_000_000  # characters of a page, of which 0.2 million are nbgrader's styles


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    return courses.small_assignment(tmp_path_factory.mktemp("shortened"), ["ada"])


@pytest.mark.parametrize(("where", "text"), [("written", LONG), ("written", "<p>" * 10**6), ("total", f"# {LONG}")])
def test_the_page_of_a_long_answer_is_short_and_says_so(assignment, where, text):
    course, student = assignment.course, assignment.roster["ada"]
    courses.hand_in(course, "ada", courses.changed(courses.solved(course, "ada"), **{where: text}))
    job, _, _ = prepare(assignment, student, course.submitted("ada", "small"))
    gradebook.save(course, "small", student, job["notebook"])
    page = page_of(assignment, "ada")
    words = BeautifulSoup(page, "html.parser").get_text()
    assert len(page) < LARGEST and "more characters of this cell are left out on this page" in words
    assert "Score:" in words and "test_plot" in words  # what comes after it is there
    stored = nbformat.read(course.autograded("ada", "small"), as_version=4)
    assert any(len(cell.source) >= len(text) for cell in stored.cells)  # points by hand are for all of it


def student(cell):
    """Return a cell as a student's."""
    cell.metadata[ROLE] = STUDENT
    return cell


def test_many_long_cells_share_one_bound_and_the_courses_own_cells_do_not():
    own = new_code_cell("assert True", metadata={ROLE: TEST})
    cells = [student(new_code_cell("x" * LONGEST)) for _ in range(50)]
    found = shortened(new_notebook(cells=[*cells, own])).cells
    assert sum(len(cell.source) for cell in found) < MOST + 50 * 200
    assert found[0].source == "x" * LONGEST and found[-1].source == "assert True"
    assert f"# {LONGEST:,} more characters" in found[49].source


def test_answers_are_shown_before_what_a_student_added_and_written_ones_first():
    answer = {"nbgrader": {"grade_id": "written", "solution": True}}
    code, written = (student(make("a" * LONGEST, metadata=answer)) for make in (new_code_cell, new_markdown_cell))
    junk = [student(new_markdown_cell("x" * LONGEST)) for _ in range(5)]
    more = [student(new_code_cell("y" * LONGEST, metadata=answer)) for _ in range(3)]
    shortened(new_notebook(cells=[*junk, code, *more, written]))
    assert "left out" not in written.source + code.source and "left out" in more[2].source
    assert all("left out" in cell.source for cell in junk)


@pytest.mark.parametrize("text", ["short", "<div><p>short</p></div>"])
def test_a_picture_does_not_count_unless_its_text_is_cut(text):
    image = f'<img src="data:image/png;base64,{PICTURE * 2000}">'
    whole = f"<div>{image}<p>{text}</p></div>"
    assert shortened(new_notebook(cells=[student(new_markdown_cell(whole))])).cells[0].source == whole
    long = f"<div>{image}<p>{text * LONGEST}</p></div>"
    source = shortened(new_notebook(cells=[student(new_markdown_cell(long))])).cells[0].source
    assert "more characters and 1 picture of this cell are left out" in source
    assert len(source) < 2 * LONGEST and source.endswith("</div>")
