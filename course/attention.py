"""Who needs a human, and why: what collecting and grading found, less what a human has seen already."""

import json

from course.history import contents
from course.layout import CourseError, write_whole
from course.results.standing import faults_of


def reasons_of(assignment, student, record, questions):
    """Return all reasons for a human to look at a submission.

    Parameters
    ----------
    assignment : plan.Assignment
    student : roster.Student
    record : dict
        From `results.records.read_record`.
    questions : dict
        Name → `results.standing.Question`.
    """
    irregular = assignment.irregular(student)
    clashes = [_clash(name, question) for name, question in questions.items() if question.clashes]
    return [*([irregular] if irregular else []), *record.get("reasons", []), *clashes, *faults_of(questions)]


def _clash(name, question):
    """Return in words that points by hand are for another answer than the one that stands there now."""
    points = f"{question.manual:g} points were set by hand for another answer or verdict"
    ways = "make seen keeps yours, with OPTIONS=--take-tests it takes theirs"
    return f"{name}: {points}, the tests give {question.automatic:g} to this one; {ways}"


def unseen(assignment, student, reasons):
    """Return those of the reasons that no human has acknowledged for what the student handed in."""
    known = _read(_path(assignment, student))
    if not known or known["submission"] != _submission(assignment, student):
        return reasons
    return [reason for reason in reasons if reason not in known["reasons"]]


def acknowledge(assignment, student, reasons):
    """Note that a human has seen these reasons; they stay seen until the student hands in something else."""
    found = {"submission": _submission(assignment, student), "reasons": reasons}
    write_whole(_path(assignment, student), json.dumps(found, indent=1) + "\n")


def _path(assignment, student):
    return assignment.course.root / "seen" / assignment.name / f"{student.id}.json"


def _submission(assignment, student):
    """Return what stands for the content of a submission."""
    return contents(assignment.course.submitted(student.id, assignment.name))


def _read(path):
    """Return what was acknowledged, an empty dict if nothing was."""
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError:
        raise CourseError(f"{path} is damaged: remove it, and look at the submission again") from None
