"""How learning platforms name the files of a download and the columns of a grade table."""

import contextlib
import datetime
import re
from dataclasses import dataclass

from course.layout import CourseError
from course.showing import Exact

#: Canvas: ``lastnamefirstname_LATE_12345_67890_original name.ipynb``: user, late mark, user's number, the file's.
CANVAS = re.compile(r"(?P<user>[^_]+)_(?:(?P<late>LATE)_)?(?P<lms_id>\d{1,18})_(?P<order>\d{1,18})_(?P<file>.+)")
#: Moodle: ``First Last_12345_assignsubmission_file`` as a folder (before 4.1 with one more _), or before the original
#: name. The number is the participant's in this assignment; with groups, name and number are the group's.
MOODLE = re.compile(r"(?P<full_name>.+?)(?:_(?P<number>\d{1,18}))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?")
#: Blackboard: ``Assignment 1_jdoe_attempt_2026-05-04-23-10-05_sizes.ipynb``, and a text without a name of its own.
#: The first time in a name is the platform's, for a student may write another one into the name of the file.
#: Where the login begins cannot be told from the name alone, since both it and the title may hold a _.
BLACKBOARD = re.compile(r"(?P<ends>.+?)_attempt_(?P<order>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)")
#: Brightspace: ``12345-67890 - Jane Doe - May 4, 2026 1130 PM`` as a folder.
BRIGHTSPACE = re.compile(r"\d+-\d+ ?- ?(?P<full_name>.+?) ?- ?(?P<order>[^-]*\d{4}[^-]*)")
#: ILIAS: ``Doe_Jane_jdoe_4711`` as a folder: names, login and its own number.
ILIAS = re.compile(r"[^_]+_[^_]+_(?P<username>[^_]+)_\d+")
#: JupyterHub's exchange: ``student+assignment+time+random``.
EXCHANGE = re.compile(r"(?P<id>[^+]+)\+(?P<name>[^+]+)\+(?P<order>[^+]+?)(?:\+.*)?")
AGAIN = re.compile(r"-(\d{1,9})(?=\.ipynb$)")  # Canvas counts what is handed in again: name-1.ipynb, name-2.ipynb
FIELDS = ("id", "username", "id_number", "email", "lms_id", "full_name")  # of a student, in a teacher's pattern
#: Other ways to mean a student: by the end of the words, after a _; by all of `also`, else by the full name.
MEANT = ENDS, SUBMITTER = "ends", "submitter"


@dataclass(frozen=True)
class Named:
    """What the name of a file says: how to find the student, which try it is, and the file's own name."""

    by: str  # the field of a student: id, lms_id, full_name; or one of `MEANT`
    value: str
    order: tuple  # the larger, the later
    file: str
    late: bool = False
    user: str = ""  # what else the platform calls who handed it in
    number: str = ""  # Moodle's, of the participant
    also: tuple = ()  # (field, value) of a student that it may mean if the first means nobody
    is_dated: bool = False  # whether the file's date in the download is that of handing in
    whole: bool = False  # whether a download holds one submission of each student, of which all files count


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
        return Named("full_name", found["full_name"], (), own or file, number=found["number"] or "")
    if len(parts) == 1 and (found := CANVAS.fullmatch(first)):
        own = AGAIN.sub("", found["file"])
        order = (int(found["order"]),)
        return Named("lms_id", found["lms_id"], order, own, bool(found["late"]), found["user"], whole=True)
    if len(parts) == 1 and (found := BLACKBOARD.fullmatch(first)):
        return Named(ENDS, found["ends"], (found["order"],), found["file"] or file)
    if len(parts) > 1 and (found := EXCHANGE.fullmatch(first)):
        return Named("id", found["id"], (found["order"],), file)
    if len(parts) > 1:
        also = [(by, found[by]) for by, form in (("full_name", BRIGHTSPACE), ("username", ILIAS))
                if (found := form.fullmatch(first))]  # fmt: skip
        return Named("id", first, (), file, is_dated=not also, also=tuple(also))
    stem, dot, _ = parts[0].rpartition(".ipynb")
    return Named("id", stem, (), parts[0], is_dated=True) if dot else None


def reader_of(pattern):
    """Return a function that reads names as a teacher's pattern says: ``{last_name}_{first_name}_{any}/{file}``.

    The pattern stands for the beginning of a path; its fields hold no slash.

    Raises
    ------
    CourseError
        If the pattern names no student, or has a field that there is not.
    """
    pieces = re.split(r"\{(\w*)\}", pattern)
    fields = [field for field in pieces[1::2] if field not in ("any", "file")]
    names = set(fields) == {"first_name", "last_name"}
    if len(fields) != len(set(fields)) or not (names or (len(fields) == 1 and fields[0] in FIELDS)):
        allowed = f"{', '.join(f'{{{one}}}' for one in FIELDS)}, or {{first_name}} and {{last_name}}"
        raise CourseError(f"--pattern must hold one of {allowed}; besides {{any}} and {{file}}; got {pattern!r}")
    literal = [re.escape(piece) for piece in pieces[::2]]
    groups = ["([^/]*?)" if field in ("any", "file") else f"(?P<{field}>[^/]+?)" for field in pieces[1::2]]
    form = re.compile("".join(a + b for a, b in zip(literal, [*groups, ""], strict=True)) + "(?:/.*)?", re.DOTALL)

    def read(parts):
        if not (found := form.fullmatch("/".join(parts))):
            return None
        words = f"{found['first_name']} {found['last_name']}" if names else found[fields[0]]
        return Named("full_name" if names else fields[0], words, (), parts[-1])

    return read


def time_in(order):
    """Return the time in seconds that JupyterHub's exchange or Blackboard writes into a name, None if it is none."""
    words = str(order[0]) if order else ""
    for form in ("%Y-%m-%d %H:%M:%S %Z", "%Y-%m-%d-%H-%M-%S"):  # the second is the platform's own time
        with contextlib.suppress(ValueError):
            time = datetime.datetime.strptime(words, form)
            return (time.replace(tzinfo=datetime.UTC) if words.endswith("UTC") else time).timestamp()
    return None


def is_no_file(parts):
    """Tell whether a file is what Moodle makes of another kind of submission, such as text typed in the browser."""
    found = MOODLE.fullmatch(parts[0])
    return found is not None and found["kind"] != "file"


def canvas_rows(students, points, most, column):
    """Return the rows of a table that Canvas imports: one column for the assignment, under it the points possible."""
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column]
    yield ["    Points Possible", "", "", "", "", _number(most)]
    for student in students:
        name = f"{student.last_name}, {student.first_name}" if student.last_name else student.id
        who = [*map(Exact, (student.lms_id, student.sis_id, student.username)), student.section]
        yield [name, *who, _number(points.get(student.id))]


def moodle_rows(students, points, comments, column):
    """Return the rows of a table that Moodle imports: who, the grade, and what the teacher wrote to the student."""
    yield ["First name", "Last name", "Username", "ID number", "Email address", column, f"{column} (feedback)"]
    for student in students:
        who = [student.first_name, student.last_name]
        who += map(Exact, (student.username, student.id_number, student.email))
        yield [*who, _number(points.get(student.id)), comments.get(student.id, "")]


def _number(value):
    """Return a number in its shortest form, an empty cell for None: the platform then leaves what it has."""
    return "" if value is None else f"{value:.10g}"
