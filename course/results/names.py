"""How learning platforms name the files of a download, and which platform a download is from."""

import contextlib
import datetime
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from course.layout import CourseError

AGAIN = re.compile(r"-(\d{1,9})(?=\.ipynb$)")  # Canvas counts what is handed in again: name-1.ipynb, name-2.ipynb
NUMBERS = re.compile(r"(?=_(\d{1,18})_\d{1,18}_)")  # where Canvas's numbers may stand
DAY_AND_TIME = re.compile(r"(?P<day>.+\b\d{4}) (?P<time>\d{3,4})(?: ?(?P<half>[AP]M))?")  # May 4, 2026 905 PM
FIELDS = ("id", "username", "id_number", "email", "lms_id", "full_name")  # of a student, in a teacher's pattern
#: Other ways to mean a student: by the end of the words, after a _; by all of `also`, or by the full name without any.
MEANT = ENDS, SUBMITTER, IN_DOUBT = "ends", "submitter", "in doubt"


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
    also: tuple = ()  # (field, value) of a student that it means too
    is_dated: bool = False  # whether the file's date in the download is that of handing in
    whole: bool = False  # whether a download holds one submission of each student, of which all files count
    is_file: bool = True  # whether it was handed in as a file, not typed in the browser
    platform: str = ""
    account: str = ""  # what the platform knows of who handed it in, besides `value`
    came_as: str = ""  # the outermost part of its path
    unlike: str = ""  # platforms that write such names, though most names of the download are others


@dataclass(frozen=True)
class Form:
    """How a platform names what is handed in: the outermost part of a path, which a student's file may lie below."""

    platform: str
    pattern: re.Pattern
    read: Callable
    is_file: bool = False
    is_folder: bool = False

    def found(self, parts):
        """Return the match of a path, None if this platform writes no such path."""
        return self.pattern.fullmatch(parts[0]) if (self.is_folder if len(parts) > 1 else self.is_file) else None


def _moodle(found, parts):
    own = parts[-1] if len(parts) > 1 else found["file"]
    return Named("full_name", found["full_name"], (), own or parts[-1], number=found["number"] or "",
                 account=found["number"] or "", is_file=found["kind"] == "file")  # fmt: skip


def _canvas(found, parts):
    order, own = (int(found["order"]),), AGAIN.sub("", found["file"])
    also = tuple(("lms_id", one[1]) for one in NUMBERS.finditer(parts[0]))
    return Named("lms_id", found["lms_id"], order, own, bool(found["late"]), found["user"], also=also, whole=True)


def _blackboard(found, parts):
    return Named(ENDS, found["ends"], (found["order"],), found["file"] or parts[-1])


def _exchange(found, parts):
    return Named("id", found["id"], (found["order"],), parts[-1])


def _brightspace(found, parts):
    time = _day_and_time(found["order"])
    # which of two is the last cannot be told without a time, so they are not of one account
    account = found["account"] if time else f"{found['account']}, {found['order']}"
    return Named("full_name", found["full_name"], time, parts[-1], account=account)


def _ilias(found, parts):
    return Named("username", found["username"], (), parts[-1])


MOODLE, CANVAS, BLACKBOARD, EXCHANGE, BRIGHTSPACE, ILIAS = FORMS = (
    # ``First Last_12345_assignsubmission_file`` as a folder (before 4.1 with one more _), or before the original
    # name. The number is the participant's in this assignment; with groups, name and number are the group's.
    # Moodle writes a blank for each _ of a name.
    Form("Moodle", re.compile(r"(?P<full_name>[^_]+)(?:_(?P<number>\d{1,18}))?_assignsubmission_(?P<kind>[a-z]+)"
                              r"(?:_(?P<file>.*))?"), _moodle, is_file=True, is_folder=True),
    # ``lastnamefirstname_LATE_12345_67890_original name.ipynb``: user, late mark, user's number, the file's.
    Form("Canvas", re.compile(r"(?P<user>[^_]+)_(?:(?P<late>LATE)_)?(?P<lms_id>\d{1,18})_(?P<order>\d{1,18})_"
                              r"(?P<file>.+)"), _canvas, is_file=True),
    # ``Assignment 1_jdoe_attempt_2026-05-04-23-10-05_sizes.ipynb``, and a text without a name of its own.
    # The first time in a name is the platform's, for a student may write another one into the name of the file.
    # Where the login begins cannot be told from the name alone, since both it and the title may hold a _.
    Form("Blackboard", re.compile(r"(?P<ends>.+?)_attempt_(?P<order>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)"),
         _blackboard, is_file=True),
    # JupyterHub's exchange: ``student+assignment+time+random``, of which a login may hold a + too.
    Form("JupyterHub's exchange", re.compile(r"(?P<id>.+)\+[^+]+\+(?P<order>\d{4}-\d\d-\d\d [^+]*)(?:\+[^+]*)?"),
         _exchange, is_folder=True),
    # ``12345-67890 - Jane Doe - May 4, 2026 1130 PM`` as a folder: the first number is the student's.
    Form("Brightspace", re.compile(r"(?P<account>\d+)-\d+ - (?P<full_name>.+?) ?- ?(?P<order>[^-]*\d{4}[^-]*)"),
         _brightspace, is_folder=True),
    # ``Doe_Jane_jdoe_4711`` as a folder: names, login and its own number.
    Form("ILIAS", re.compile(r"[^_]+_[^_]+_(?P<username>[^_]+)_\d+"), _ilias, is_folder=True),
)  # fmt: skip


def read_names(paths):
    """Return what the path of each file of one download says, None for one that names no student.

    A student can give a file, a login or a name the form of another platform's, but not take it the form of their
    own. So the form that most names of the download bear is its platform's, and decides for all that bear it. Where
    two forms fit equally many, a name that bears both is in doubt; where none fits most, names are plain logins.

    Parameters
    ----------
    paths : list of tuple of str
        Folders and file name, outermost first. The outermost is the platform's and decides alone: what lies below
        it is named by the student.
    """
    borne = [{form: found for form in FORMS if (found := form.found(parts))} for parts in paths]
    outermost = {(parts[0], len(parts) > 1): forms for parts, forms in zip(paths, borne, strict=True)}
    votes = Counter(form for forms in outermost.values() for form in forms)
    most = max(votes.values(), default=0)
    chosen = [form for form, count in votes.items() if count == most and 2 * most > len(outermost)]
    return [_read(parts, forms, chosen) for parts, forms in zip(paths, borne, strict=True)]


def _read(parts, borne, chosen):
    """Return what a path says that bears these forms, in a download that is of one of the chosen ones."""
    fitting, platforms = [form for form in chosen if form in borne], " or ".join(form.platform for form in borne)
    if len(fitting) > 1:
        return Named(IN_DOUBT, platforms, (), parts[-1])
    if fitting:
        return replace(fitting[0].read(borne[fitting[0]], parts), platform=fitting[0].platform)
    stem, dot, _ = parts[0].rpartition(".ipynb")
    if len(parts) == 1 and not dot:
        return None
    return Named("id", parts[0] if len(parts) > 1 else stem, (), parts[-1], is_dated=True, unlike=platforms)


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


def _day_and_time(words):
    """Return Brightspace's time, to a minute, as an order; empty if it is written in another way."""
    if not (found := DAY_AND_TIME.fullmatch(words.strip())):
        return ()
    text = f"{found['day'].replace(',', '')} {found['time']:0>4} {found['half'] or ''}".strip()
    for day in ("%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y"):
        with contextlib.suppress(ValueError):
            time = datetime.datetime.strptime(text, f"{day} {'%I%M %p' if found['half'] else '%H%M'}")
            return (time.strftime("%Y-%m-%d %H:%M"),)
    return ()
