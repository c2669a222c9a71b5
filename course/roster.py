"""The list of students: one's own table, or the one that Canvas or Moodle exports."""

import csv
import re
from dataclasses import dataclass

from course.layout import CourseError

#: Column of the roster → the heads that mean it: our own, Canvas's, Moodle's.
HEADS = {
    "id": ("id", "sis login id", "username", "id number"),
    "first_name": ("first_name", "first name"),
    "last_name": ("last_name", "last name", "surname"),
    "full_name": ("full_name", "student", "full name"),
    "email": ("email", "email address"),
    "lms_id": ("lms_id",),
    "sis_id": ("sis_id", "sis user id"),
    "section": ("section",),
}
SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]*")


def is_safe(name):
    """Tell whether a name can be the name of a student's folder."""
    return SAFE_ID.fullmatch(name) is not None


@dataclass(frozen=True)
class Student:
    """One line of the roster; `id` names the student's folders, `lms_id` is the number that Canvas knows."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    sis_id: str = ""
    section: str = ""

    @property
    def full_name(self):
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


def read_roster(path):
    """Return the students listed in the CSV file `path`, in its order."""
    if not path.exists():
        raise CourseError(f"{path} is missing: a CSV file with the columns id, first_name, last_name, email, lms_id")
    with open(path, encoding="utf-8-sig", newline="") as lines:
        table = list(csv.DictReader(lines))
    students = [_student(row, path) for row in table if not _is_note(row)]
    ids = [student.id.lower() for student in students]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise CourseError(f"{path}: {', '.join(twice)} are listed more than once (in lower case)")
    return students


def _is_note(row):
    """Tell whether a row is Canvas's second line or its test student, or empty."""
    first = next(iter(row.values()), "") or ""
    return first.strip().startswith(("Points Possible", "Student, Test")) or not any(row.values())


def _student(row, path):
    """Return the student that a row of any of the known tables describes."""
    cells = {(head or "").strip().lower(): (cell or "").strip() for head, cell in row.items() if isinstance(cell, str)}
    if "sis login id" in cells:  # Canvas: its own number stands under ID
        cells["lms_id"] = cells.pop("id", "")
    found = {name: next((cells[head] for head in heads if cells.get(head)), "") for name, heads in HEADS.items()}
    full = found.pop("full_name")
    if full and not found["last_name"]:
        last, comma, first = full.partition(",")
        found["first_name"], found["last_name"] = (first.strip(), last.strip()) if comma else _split(full)
    found["id"] = found["id"] or found["email"].partition("@")[0]
    if not is_safe(found["id"]):
        raise CourseError(
            f"{path}: id must be made of letters, digits, dot, dash, underscore or @, got {found['id']!r}"
        )
    return Student(**found)


def _split(full):
    """Return first and last name of a full name."""
    first, _, last = full.rpartition(" ")
    return first, last
