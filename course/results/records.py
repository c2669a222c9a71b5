"""The record of a submission: what grading found out about it, in a file of its own."""

import json

from course.layout import CourseError, write_whole
from course.showing import short, visible

LONGEST, MOST = 500, 30  # characters of what is told, and how much of it: all of it is read by a human


def read_record(course, student, name):
    """Return what is recorded of a submission, an empty dict if nothing is."""
    path = course.record(student, name)
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError as error:
        raise CourseError(f"{path} is damaged ({error}): remove it, and the submission is graded again") from None


def keep(course, name, planned, found):
    """Write the record of a submission; it is the last thing written, so what has one is complete."""
    said = {"reasons": planned.reasons, "notes": planned.notes}  # names of files and cells stand in them
    known = {"student": planned.student.id, **{kind: _told(texts) for kind, texts in said.items()}}
    mark = planned.fingerprint if found["status"] != "failed" else ""  # a failure of the grader's is tried again
    text = json.dumps({**known, **found, "fingerprint": mark}, indent=1)
    write_whole(course.record(planned.student.id, name), text + "\n")


def _told(texts):
    """Return texts as a human can read them: what is not seen is spelt out, and what has no end is cut."""
    told = [visible(short(text, LONGEST)) for text in texts[:MOST]]
    return told + [f"and {len(texts) - MOST} more"] * (len(texts) > MOST)
