"""The receipt of a collected submission: what was taken, from which try, and whether taking it came to its end."""

import json

from course.layout import CourseError, write_whole

TAKING, TAKEN = "taking", "taken"


def read_receipt(course, student, name):
    """Return the receipt of a submission, an empty dict where nothing was collected."""
    path = path_of(course, student, name)
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise CourseError(f"{path} is damaged: remove it, and collect again")
    return found


def write_receipt(course, student, name, state, **known):
    """Write the receipt of a submission."""
    write_whole(path_of(course, student, name), json.dumps({"state": state, **known}, indent=1) + "\n")


def holder(course, student, name):
    """Return the id of the student whose submission counts for this one: of a group's, who handed it in."""
    return read_receipt(course, student, name).get("with", student)


def path_of(course, student, name):
    """Return where the receipt lies: beside the submissions, where no file of a student can stand for it."""
    return course.root / "receipts" / name / f"{student}.json"
