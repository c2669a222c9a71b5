"""How learning platforms name the files of a download and the columns of a grade table."""

import re
from dataclasses import dataclass

#: Canvas: ``lastnamefirstname_LATE_12345_67890_original name.ipynb``: user, late mark, user's number, submission's.
CANVAS = re.compile(r"(?P<user>[^_]+)_(?:(?P<late>LATE)_)?(?P<lms_id>\d{1,18})_(?P<order>\d{1,18})_(?P<file>.+)")
#: Moodle: ``First Last_12345_assignsubmission_file_`` as a folder, or before the original name.
MOODLE = re.compile(r"(?P<full_name>.+?)_(?P<order>\d{1,18})_assignsubmission_file_(?P<file>.*)")
#: JupyterHub's exchange: ``student+assignment+time+random``.
EXCHANGE = re.compile(r"(?P<id>[^+]+)\+(?P<name>[^+]+)\+(?P<order>[^+]+?)(?:\+.*)?")
AGAIN = re.compile(r"-(\d{1,9})(?=\.ipynb$)")  # Canvas counts what is handed in again: name-1.ipynb, name-2.ipynb


@dataclass(frozen=True)
class Named:
    """What the name of a file says: how to find the student, which try it is, and the file's own name."""

    by: str  # the field of a student: id, lms_id, full_name
    value: str
    order: tuple  # the larger, the later
    file: str
    late: bool = False


def read_name(parts):
    """Return what the path of a file within a download says, or None if it names no student.

    Parameters
    ----------
    parts : tuple of str
        Folders and file name, outermost first. The outermost is the platform's and decides alone: what lies below
        it is named by the student.
    """
    first, file = parts[0], parts[-1]
    if found := MOODLE.fullmatch(first):
        own = file if len(parts) > 1 else found["file"]
        return Named("full_name", found["full_name"], (int(found["order"]),), own or file)
    if len(parts) == 1 and (found := CANVAS.fullmatch(first)):
        again = AGAIN.search(first)
        order = (int(again[1]) if again else 0, int(found["order"]))
        return Named("lms_id", found["lms_id"], order, AGAIN.sub("", found["file"]), bool(found["late"]))
    if len(parts) > 1 and (found := EXCHANGE.fullmatch(first)):
        return Named("id", found["id"], (found["order"],), file)
    if len(parts) > 1:
        return Named("id", parts[0], (), parts[-1])
    stem, dot, _ = parts[0].rpartition(".ipynb")
    return Named("id", stem, (), parts[0]) if dot else None


def canvas_rows(students, points, most, column):
    """Return the rows of a table that Canvas imports: one column for the assignment, under it the points possible."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column]
    yield ["    Points Possible", "", "", "", "", _number(most)]
    for student in students:
        name = f"{student.last_name}, {student.first_name}" if student.last_name else student.id
        yield [name, student.lms_id, student.sis_id, student.id, student.section, _number(points.get(student.id))]


def moodle_rows(students, points, remarks, column):
    """Return the rows of a table that Moodle imports: who, the grade, and a remark."""
    yield ["First name", "Last name", "ID number", "Email address", column, f"{column} (feedback)"]
    for student in students:
        who = [student.first_name, student.last_name, student.id, student.email]
        yield [*who, _number(points.get(student.id)), remarks.get(student.id, "")]


def _number(value):
    """Return a number in its shortest form, an empty cell for None: the platform then leaves what it has."""
    return "" if value is None else f"{value:.10g}"
