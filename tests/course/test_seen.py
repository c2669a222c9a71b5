"""What a human has seen is acknowledged once and stays so, until the student hands in something else."""

import courses
import pytest

from course.grade import summary
from course.layout import write_whole
from course.plan import Assignment
from course.results import gradebook
from course.results.standing import standing

RECORD = '{"student": "ada", "status": "graded", "points": 3.0, "reasons": ["a cell was stopped"], "notes": []}'


@pytest.fixture
def course(tmp_path):
    course = courses.make_course(tmp_path, ["ada", "ben"])
    courses.hand_in(course, "ada", "one")
    write_whole(course.record("ada", "small"), RECORD)
    return course


def told(course, record=RECORD):
    """Return the summary after grading has written this record."""
    write_whole(course.record("ada", "small"), record)
    return summary(course, "small", 0, 0.0)


def test_what_was_seen_is_told_no_more_whatever_is_graded_again(course):
    text, in_order = told(course)
    assert "ada (3 points): a cell was stopped" in text and not in_order
    done = courses.run(course, "seen", "ada")
    assert (done.returncode, done.stdout) == (0, "ada: a cell was stopped\n")
    for _ in range(2):
        text, in_order = told(course)
        assert "seen by a human: ada" in text and "need a human" not in text and in_order


def test_another_reason_or_another_file_has_not_been_seen(course):
    courses.run(course, "seen", "ada")
    text, in_order = told(course, RECORD.replace('stopped"', 'stopped", "it imports socket"'))
    assert "ada (3 points): it imports socket" in text and not in_order
    courses.hand_in(course, "ada", "two")
    assert "ada (3 points): a cell was stopped" in told(course)[0]


def test_who_is_on_no_roster_is_named(course):
    done = courses.run(course, "seen", "zoe")
    assert done.returncode == 2 and "STUDENT must be an id on the roster, got zoe" in done.stderr


@pytest.mark.parametrize(("options", "score"), [((), 1.0), (("--take-tests",), 3.0)])
def test_points_that_clash_are_kept_or_taken(course, options, score):
    assignment = Assignment(course, "small")
    gradebook.register(course, "small", assignment.source)
    with gradebook.open_gradebook(course) as book:
        book.update_or_create_student("ada")
        book.update_or_create_submission("small", "ada")
        grade = book.find_grade("test_total", "small", "small", "ada")
        grade.auto_score, grade.manual_score, grade.needs_manual_grade = 3.0, 1.0, True
        book.db.commit()
    assert "test_total: 1 points were set by hand" in summary(course, "small", 0, 0.0)[0]
    courses.run(course, "seen", "ada", *options)
    found = standing(course, "small")["ada"]["test_total"]
    assert (found.score, found.waits) == (score, False) and summary(course, "small", 0, 0.0)[1]
