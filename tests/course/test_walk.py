"""The whole way: release, three students, grading, written answers, feedback, tables; then the same scores again."""

import csv

import courses
import nbformat
import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook

from course.results import gradebook as book
from course.results.standing import standing

STUDENTS = ["ada", "ben", "eve", "zoe"]  # zoe hands in nothing
WORTH = {"ada": 6.0, "ben": 3.0, "eve": 0.0}
MANUAL = {"ada": 2.0, "ben": 1.5}


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """A course in which three students handed in, and all steps were taken."""
    course = courses.make_course(tmp_path_factory.mktemp("walk"), STUDENTS)
    download = tmp_path_factory.mktemp("download")
    hand_in(course, download)
    steps = [courses.run(course, "collect", str(download)), courses.run(course, "grade", "--jobs", "2")]
    grade_by_hand(course)
    steps += [courses.run(course, "feedback"), courses.run(course, "export", "--column", "Small (42)")]
    return course, steps


def hand_in(course, folder):
    """Lay the work of three students into a folder as Canvas would."""
    right, half = courses.solved(course, "ada"), courses.handout(course, "ben")
    half = courses.changed(half, total="def total(values):\n    return sum(values)", written="Because it is.")
    for at, (student, notebook) in enumerate(
        {"ada": right, "ben": half, "eve": courses.handout(course, "eve")}.items()
    ):
        nbformat.write(notebook, folder / f"tester{student}_{1000 + at}_777{at}_small.ipynb")


def grade_by_hand(course):
    """Give points and a comment to written answers as nbgrader's formgrader does."""
    with Gradebook(book.database(course)) as gradebook:
        for student, points in MANUAL.items():
            gradebook.find_grade("written", "small", "small", student).manual_score = points
            gradebook.find_grade("written", "small", "small", student).needs_manual_grade = False
            gradebook.find_comment("written", "small", "small", student).manual_comment = f"well said, {student}"
        gradebook.db.commit()


def table(course, name):
    """Return the rows of one of the tables."""
    with open(course.root / "grades" / name, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_step_succeeds(walk):
    assert [(step.returncode, step.stderr[-500:]) for step in walk[1] if step.returncode] == []


def test_tests_give_the_points(walk):
    assert {student: courses.record_of(walk[0], student)["points"] for student in WORTH} == WORTH


def test_the_summary_says_what_it_cost_and_what_waits(walk):
    text = walk[1][1].stdout
    assert "small: 3 submissions in" in text and "s each" in text
    assert "not handed in: zoe" in text
    assert "written answers wait in 2 submissions" in text  # an untouched answer is worth 0 at once


def test_the_totals_hold_everyone(walk):
    rows = {row["id"]: row for row in table(walk[0], "small.csv")}
    assert {student: row["points"] for student, row in rows.items()} == {
        "ada": "8",
        "ben": "4.5",
        "eve": "0",
        "zoe": "",
    }
    assert rows["zoe"]["status"] == "not handed in"
    assert rows["ada"]["automatic"] == "6" and rows["ada"]["manual"] == "2"
    assert {row["waits_for_a_human"] for row in rows.values()} == {""}


def test_the_questions_hold_everyone(walk):
    rows = {row["id"]: row for row in table(walk[0], "small-questions.csv")}
    ada = {name: rows["ada"][name] for name in ("test_total", "test_scaled", "test_plot", "written")}
    assert ada == {"test_total": "3", "test_scaled": "2", "test_plot": "1", "written": "2"}
    assert set(rows) == {"", *STUDENTS} and rows[""]["test_total"] == "3"
    assert rows["zoe"]["test_total"] == ""


def test_canvas_can_import_the_grades(walk):
    rows = table(walk[0], "small-canvas.csv")
    assert list(rows[0]) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Small (42)"]
    assert rows[0]["Student"].strip() == "Points Possible" and rows[0]["Small (42)"] == "8"
    assert [(row["ID"], row["SIS Login ID"], row["Small (42)"]) for row in rows[1:]] == [
        ("1000", "ada", "8"),
        ("1001", "ben", "4.5"),
        ("1002", "eve", "0"),
        ("1003", "zoe", ""),
    ]


def test_moodle_can_import_the_grades(walk):
    rows = table(walk[0], "small-moodle.csv")
    assert [(row["ID number"], row["Email address"], row["Small (42)"]) for row in rows][:2] == [
        ("ada", "ada@example.org", "8"),
        ("ben", "ben@example.org", "4.5"),
    ]


def test_feedback_shows_points_and_comments_and_needs_no_network(walk):
    page = (walk[0].root / "feedback" / "ben" / "small" / "small.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(page, "html.parser")
    assert "4.5 / 8.0" in soup.get_text() and "well said, ben" in soup.get_text()
    assert soup.find_all("script") + soup.find_all("link") + soup.find_all("iframe") == []
    assert [tag["src"] for tag in soup.find_all(src=True) if not tag["src"].startswith("data:")] == []
    assert "url(http" not in page


def test_feedback_leaves_out_hidden_tests_and_rubrics_unless_asked(walk):
    course, path = walk[0], walk[0].root / "feedback" / "eve" / "small" / "small.html"
    page = path.read_text(encoding="utf-8")
    assert "hidden_cases" not in page and "the sum of five" not in page and "commutativity" not in page
    assert "further tests, not shown" in page
    assert courses.run(course, "feedback", "--with-hidden-tests").returncode == 0
    page = path.read_text(encoding="utf-8")
    assert "hidden_cases" in page and "commutativity" in page


def test_the_rubric_stands_above_the_answer_for_the_grader(walk):
    cells = nbformat.reads(courses.graded_text(walk[0], "ada"), as_version=4).cells
    at = next(at for at, cell in enumerate(cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == "written")
    assert "2 points for naming" in cells[at - 1].source
    assert "MARK SCHEME" not in cells[at].source


def test_grading_again_changes_no_score_and_keeps_what_a_human_gave(walk):
    course, before = walk[0], standing(walk[0], "small")
    again = courses.run(course, "grade", "--again", "--jobs", "1")
    assert "3 submissions" in again.stdout and again.returncode == 0
    assert standing(course, "small") == before
    assert len(list((course.root / "backups").glob("gradebook-*.db"))) == 1  # the first run had none to copy


def test_an_answer_that_changed_is_put_back_on_the_list(walk):
    course = walk[0]
    notebook = courses.changed(courses.handout(course, "ben"), written="Something else.")
    courses.hand_in(course, "ben", notebook)
    courses.run(course, "grade", "--jobs", "1")
    assert standing(course, "small")["ben"]["written"] == (None, 1.5, True, 2.0, 0.0, "")


def test_a_broken_file_after_a_graded_one_leaves_its_points_and_says_so(walk):
    course = walk[0]
    courses.hand_in(course, "ada", "{")
    done = courses.run(course, "grade", "--jobs", "1")
    assert done.returncode == 1
    assert "ada (rejected): small.ipynb is truncated: it is no JSON; the points are those of" in done.stdout
    assert courses.run(course, "export").returncode == 0
    row = next(row for row in table(course, "small.csv") if row["id"] == "ada")
    assert (row["status"], row["points"]) == ("rejected after graded", "8") and "submission before" in row["remarks"]
