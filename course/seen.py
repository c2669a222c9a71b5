"""Acknowledge that a human has looked at a submission, and decide which points count where two kinds clash."""

from course.attention import acknowledge, reasons_of
from course.layout import CourseError
from course.plan import Assignment
from course.results.gradebook import keep_or_take
from course.results.records import read_record
from course.results.standing import standing
from course.showing import say


def see(course, name, ids, take_tests=False):
    """Acknowledge all that is told of the submissions of these students; return it, id → reasons."""
    assignment = Assignment(course, name)
    known = {student.id: student for student in assignment.students}
    if unknown := [one for one in ids if one not in known]:
        raise CourseError(f"STUDENT must be an id on the roster, got {', '.join(unknown)}")
    seen = {}
    for student in (known[one] for one in ids):
        found = standing(course, name).get(student.id, {})
        seen[student.id] = reasons_of(assignment, student, read_record(course, student.id, name), found)
        keep_or_take(course, name, student.id, take_tests)
        acknowledge(assignment, student, seen[student.id])
    return seen


def run(course, options):
    """Acknowledge what is told of some students."""
    for student, reasons in see(course, options.assignment, options.students, options.take_tests).items():
        say(f"{student}: {'; '.join(reasons) or 'there was nothing to see'}")
    return 0
