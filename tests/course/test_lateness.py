"""A due date, grace and a penalty apply where it is known when something was handed in, and nowhere else in silence."""

import datetime

import courses
import pytest

from course.collect import collect
from course.export import Grades
from course.feedback import page_of, penalties
from course.grade import summary
from course.lateness import Lateness, Rule, is_missing, lateness, read_rule
from course.layout import CourseError, open_course
from course.plan import Assignment, prepare
from course.receipts import write_receipt
from course.results import gradebook
from course.results.standing import standing

DUE = datetime.datetime(2026, 5, 4, 12, 0)
NOON = DUE.timestamp()
RULE = Rule(due=DUE, grace_minutes=15, penalty_percent=10, most_penalty_percent=25,
            extended={"eve": DUE + datetime.timedelta(days=7)}, late_hours={"ben": 30, "zoe": 0})  # fmt: skip
SETTINGS = """
[assignments.small]
due = 2026-05-04T12:00:00
penalty_percent = 10
missing_is_zero = true

[assignments.small.extended]
eve = 2126-05-11T12:00:00
"""


@pytest.mark.parametrize(
    ("student", "receipt", "days", "part"),
    [
        ("ada", {"handed_in": NOON - 60}, 0, 0.0),
        ("ada", {"handed_in": NOON + 14 * 60}, 0, 0.0),
        ("ada", {"handed_in": NOON + 16 * 60}, 1, 0.1),
        ("ada", {"handed_in": NOON + 86_400 + 16 * 60}, 2, 0.2),
        ("ada", {"handed_in": NOON + 9 * 86_400}, 9, 0.25),
        ("eve", {"handed_in": NOON + 6 * 86_400}, 0, 0.0),
        ("eve", {"handed_in": NOON + 8 * 86_400}, 1, 0.1),
        ("ben", {"late": True}, 2, 0.2),
        ("zoe", {"late": True}, 0, 0.0),
        ("ada", {"late": True, "platform": "Canvas"}, None, 0.0),
        ("ada", {"platform": "Canvas"}, 0, 0.0),
        ("ada", {"came_as": "x_1_2_small.ipynb", "platform": "Moodle"}, None, 0.0),
    ],
)
def test_days_begun_after_the_grace_cost_their_part(student, receipt, days, part):
    found = lateness(RULE, student, receipt)
    assert (found.days, found.part) == (days, part)
    assert found.is_marked == (days is None and "late" in receipt)


def test_without_a_rule_nobody_is_late_and_nothing_is_missing():
    assert lateness(Rule(), "ada", {}) == Lateness(0)
    assert not is_missing(Rule(), "ada", NOON)


def test_missing_is_zero_once_the_time_of_that_student_has_passed():
    rule = Rule(due=DUE, missing_is_zero=True, extended=RULE.extended)
    assert not is_missing(rule, "ada", NOON - 1) and is_missing(rule, "ada", NOON + 1)
    assert not is_missing(rule, "eve", NOON + 86_400)
    assert is_missing(Rule(missing_is_zero=True), "ada", 0.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("due = 3", "due = 3; a time such as"),
        ("grace = 3", "grace = 3; keys are due, grace_minutes"),
        ("penalty_percent = -1", "penalty_percent = -1; a number of at least 0"),
        ("missing_is_zero = 1", "missing_is_zero = 1; true and false"),
        ("late_hours = 3", "late_hours = 3; a table of students"),
        ("[assignments.small.late_hours]\nada = '3'", "ada = '3'; a number of hours"),
        ("[assignments.small.extended]\nada = 2026-05-04", "ada = datetime.date.*a time such as"),
        ("[assignments.other]\n", "assignments.other.; assignments are small"),
        ("[penalties]\n", "penalties.; allowed are"),
        ("due = = 3", "cannot be read"),
    ],
)
def test_what_makes_no_rule_is_named(tmp_path, text, words):
    course = courses.make_course(tmp_path, ["ada"])
    with open(course.root / "course.toml", "a") as settings:
        settings.write(f"[assignments.small]\n{text}\n")
    with pytest.raises(CourseError, match=words):
        read_rule(open_course(course.root, course.assignments), "small")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with a due date: ada was late, ben came from Moodle, eve has time, zoe handed in nothing."""
    course = courses.make_course(tmp_path_factory.mktemp("late"), ["ada", "ben", "eve", "zoe"])
    with open(course.root / "course.toml", "a") as settings:
        settings.write(SETTINGS)
    course = open_course(course.root, course.assignments)
    names = {"ada": "ada+small+2026-05-06 09:00:00 UTC+x", "ben": "Ben Tester_1_assignsubmission_file"}
    for student, name in names.items():
        text = courses.nbformat.writes(courses.solved(course, student))
        collect(course, "small", courses.lay(tmp_path_factory.mktemp("download"), **{f"{name}/small.ipynb": text}))
    assignment = Assignment(course, "small")
    gradebook.register(course, "small", assignment.source)
    for name in ("ada", "ben"):
        job, *_ = prepare(assignment, assignment.roster[name], course.submitted(name, "small"))
        gradebook.save(course, "small", assignment.roster[name], job["notebook"])
    return course


def test_the_tables_show_and_count_lateness(course):
    rows = [row for row in Grades(course, "small").total_rows()]
    late, points = rows[0].index("late"), rows[0].index("points")
    assert {row[0]: (row[late], row[points]) for row in rows[1:]} == {
        "ada": ("late: 2 days, -20 %", "4.8"),
        "ben": ("when it was handed in is not known", "6"),
        "eve": ("", ""),
        "zoe": ("", "0"),
    }
    assert [row[-1] for row in Grades(course, "small").canvas_rows("Small")][2:] == ["4.8", "6", "", "0"]
    assert "late: ada (2 d)" in summary(course, "small", 0, 0.0)[0]
    assert "not known whether they were late, or how late: ben" in courses.run(course, "export").stdout


def test_the_students_page_shows_the_same_points(course):
    assignment = Assignment(course, "small")
    gradebook.keep_penalties(course, "small", penalties(assignment, standing(course, "small")))
    assert "Score: 4.8 / 8.0" in page_of(assignment, "ada") and "Late submission penalty" in page_of(assignment, "ada")
    assert "Score: 6.0 / 8.0" in page_of(assignment, "ben")


def test_a_mark_of_canvas_is_shown_though_it_says_no_time(course):
    write_receipt(course, "eve", "small", "taken", late=True, platform="Canvas")
    rows = {row[0]: row for row in Grades(course, "small").total_rows()}
    assert rows["eve"][rows["id"].index("late")] == "late, by how much is not known"
    assert "late, by how much is not known: eve" in summary(course, "small", 0, 0.0)[0]


def test_what_waits_to_be_graded_is_not_missing_and_by_hand_its_time_is_not_known(course):
    courses.hand_in(course, "zoe", courses.solved(course, "zoe"))
    rows = {row[0]: row for row in Grades(course, "small").total_rows()}
    found = dict(zip(rows["id"], rows["zoe"], strict=True))
    assert (found["status"], found["points"]) == ("not graded yet", "")
    assert found["late"] == "when it was handed in is not known"


def test_the_grace_holds_for_what_is_missing_too():
    rule = Rule(due=DUE, grace_minutes=15, missing_is_zero=True)
    assert [is_missing(rule, "ada", NOON + 60 * minutes) for minutes in (-1, 14, 16)] == [False, False, True]


def test_lateness_in_words_and_points_to_a_hundredth():
    assert [Lateness(days, 0.1).words for days in (0, 1, 2)] == ["", "late: 1 day, -10 %", "late: 2 days, -10 %"]
    assert Lateness(1, 1 / 3).penalty(1) == 0.33
