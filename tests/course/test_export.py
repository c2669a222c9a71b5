"""The tables of an export cell by cell: what a human set counts, 0 too; who is who; what a section holds."""

import csv
import io
from types import SimpleNamespace

import courses
import pytest

from course.export import Grades, _parts, as_csv, export, file_part, of_section, run, status_of
from course.layout import CourseError, open_course
from course.plan import Assignment, prepare
from course.receipts import write_receipt
from course.results import gradebook
from course.results.lms import canvas_rows, moodle_rows
from course.results.standing import Question, total_of
from course.roster import Student

ROSTER = """\
id,first_name,last_name,email,lms_id,section
ada,Ada,Aal,ada@b.c,11,A
ben,Ben,Bo,ben@b.c,12,A
eve,Eve,Ek,eve@b.c,13,B
zoe,Zoe,Zu,zoe@b.c,14,B
"""
RULE = "\n[assignments.small]\npenalty_percent = 50\nlate_hours = { ben = 1 }\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """ada's answer got a 0 by hand, ben was late and waits, eve's group handed in with ada, zoe handed in nothing."""
    course = courses.make_course(tmp_path_factory.mktemp("tables"), ["ada", "ben", "eve", "zoe"])
    course.roster.write_text(ROSTER)
    with open(course.root / "course.toml", "a") as settings:
        settings.write(RULE)
    course = open_course(course.root, course.assignments)
    assignment = Assignment(course, "small")
    gradebook.register(course, "small", assignment.source)
    for name in ("ada", "ben"):
        courses.hand_in(course, name, courses.solved(course, name))
        job, *_ = prepare(assignment, assignment.roster[name], course.submitted(name, "small"))
        gradebook.save(course, "small", assignment.roster[name], job["notebook"])
    write_receipt(course, "eve", "small", "taken", **{"with": "ada"})
    with gradebook.open_gradebook(course) as book:
        grade = book.find_grade("test_total", "small", "small", "ada")
        grade.manual_score, grade.needs_manual_grade = 0.0, False
        grade = book.find_grade("written", "small", "small", "ada")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 0.0, 0.5, False
        book.find_grade("test_plot", "small", "small", "ben").needs_manual_grade = True
        book.find_comment("written", "small", "small", "ada").manual_comment = "Say\nwhy."
        book.db.commit()
    return course


def rows_of(table):
    """The rows of a table by who they are about, as {head: cell}."""
    head, *rows = table
    return {row[0]: dict(zip(head, row, strict=True)) for row in rows}


def test_the_totals_have_each_student_under_their_own_heads(course):
    rows = rows_of(Grades(course, "small").total_rows())
    ada, ben, eve, zoe = (rows[name] for name in ("ada", "ben", "eve", "zoe"))
    assert (ada["last_name"], ada["first_name"], ada["email"], ada["section"]) == ("Aal", "Ada", "ada@b.c", "A")
    assert (ada["points"], ada["automatic"], ada["manual"], ada["most"]) == ("3.5", "3", "0.5", "8")
    assert (ben["points"], ben["late"], ben["waits_for_a_human"]) == ("3", "late: 1 day, -50 %", "test_plot written")
    assert (eve["points"], eve["status"]) == (ada["points"], ada["status"])
    assert (zoe["points"], zoe["automatic"], zoe["status"]) == ("", "", "not handed in")


def test_a_question_shows_a_0_set_by_hand_and_nothing_where_a_human_has_to_look(course):
    head, most, *rows = Grades(course, "small").question_rows()
    assert head[4:] == ["test_total", "test_scaled", "test_plot", "written"]
    assert most[3:] == ["most", "3", "2", "1", "2"]
    scores = {row[0]: row[4:] for row in rows}
    assert scores["ada"] == ["0", "2", "1", "0.5"] and scores["ben"] == ["3", "2", "", ""]
    assert [row[1:3] for row in rows][0] == ["Aal", "Ada"]


def test_platforms_get_the_points_less_the_penalty_and_the_comments_on_one_line(course):
    grades = Grades(course, "small")
    assert [row[-1] for row in grades.canvas_rows("Small")] == ["Small", "8", "3.5", "3", "3.5", ""]
    rows = list(grades.moodle_rows("Small"))
    assert rows[1][-2:] == ["3.5", "written: Say why."] and rows[2][-2:] == ["3", ""]


def test_a_section_holds_its_own_students_alone(course):
    assert [row[0] for row in Grades(course, "small", "B").total_rows()] == ["id", "eve", "zoe"]
    with pytest.raises(CourseError, match="--section must be one of A, B, got 'C'"):
        of_section(Assignment(course, "small").students, "C")
    assert file_part("Group A/1") == "-Group-A-1" and file_part("") == ""


def test_each_table_is_in_its_own_file(course):
    paths = export(course, "small", "Small", "A")
    assert [path.name for path in paths] == [f"small{kind}-A.csv" for kind in ("", "-questions", "-canvas", "-moodle")]
    heads = [next(csv.reader(io.StringIO(path.read_text())))[:2] for path in paths]
    assert heads == [["id", "last_name"], ["id", "last_name"], ["Student", "ID"], ["First name", "Last name"]]


@pytest.mark.parametrize(
    ("record", "questions", "words"),
    [
        ({}, {}, "not handed in"), ({}, {"q": 1}, "graded"), ({"status": "graded"}, {"q": 1}, "graded"),
        ({"status": "refused"}, {}, "refused"), ({"status": "refused"}, {"q": 1}, "refused after graded"),
    ],
)  # fmt: skip
def test_how_a_submission_stands(record, questions, words):
    assert status_of(record, questions) == words and status_of(record, questions, "odd") == f"{words}; odd"


def test_a_humans_points_stand_in_the_place_of_the_tests_0_too():
    questions = {"a": Question(3.0, None, False, 3.0), "b": Question(2.0, 0.0, False, 2.0, 0.5),
                 "c": Question(None, None, True, 1.0)}  # fmt: skip
    assert _parts(questions) == [(3.0, 0.0), (0, 0.5)]
    assert [question.score for question in questions.values()] == [3.0, 0.5, None] and total_of(questions) == 3.5
    assert Question(2.0, 0.0, False, 2.0).score == 0.0
    assert not Question(2.0, None, True, 2.0).clashes and Question(2.0, 1.0, True, 2.0).clashes


def test_platforms_know_a_student_by_their_own_names_and_numbers():
    one = Student("x", "Ada", "Aal", "a@b.c", "11", "s1", "A", "login", "n7")
    _, _, canvas = canvas_rows([one], {"x": 0.0}, 5, "Small")
    assert list(map(str, canvas)) == ["Aal, Ada", "11", "s1", "login", "A", "0"]
    _, moodle = moodle_rows([one], {"x": 0.0}, {"x": "Good."}, "Small")
    assert list(map(str, moodle)) == ["Ada", "Aal", "login", "n7", "a@b.c", "0", "Good."]
    assert str(list(canvas_rows([one], {}, 5, "Small"))[2][-1]) == ""


@pytest.mark.parametrize("cell", ["@SUM(A1)", "=1", " =1", "+1+1", "-1+1", "|x", "%x", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted_in_a_table(cell):
    assert as_csv([[cell]]).lstrip('"').startswith("'")


@pytest.mark.parametrize("cell", ["-1.5", "3", "a@b.c", "x=1"])
def test_numbers_and_other_words_stay(cell):
    assert as_csv([[cell]]) == f"{cell}\n"


def test_who_must_be_asked_for_their_lateness_is_told(course, capsys):
    write_receipt(course, "ada", "small", "taken", came_as="Ada Aal_1_assignsubmission_file")
    options = SimpleNamespace(assignment="small", column="", section="")
    text = (course.root / "course.toml").read_text()
    due = "due = 2026-01-01T00:00:00\npenalty_percent"
    (course.root / "course.toml").write_text(text.replace("penalty_percent", due))
    run(open_course(course.root, course.assignments), options)
    (course.root / "course.toml").write_text(text)
    assert "it is not known whether they were late, or how late: ada, eve" in capsys.readouterr().out
