"""Read Gradescope's export of submissions: who handed in which folder stands in a file beside the folders.

Gradescope does not document that file. What is read here is what public programs agree on that read it: folders
``submission_123`` as keys, below each ``:submitters`` with ``:name``, ``:sid`` and ``:email``, and ``:created_at``.
"""

import datetime
import re

from course.guard import Broken, Guard
from course.layout import CourseError
from course.reading.yaml_text import read_yaml
from course.results.names import SUBMITTER, Named

METADATA = "submission_metadata.yml"
EXPORT, SUBMISSION = re.compile(r"assignment_\d+_export"), re.compile(r"submission_\d+")
LARGEST = 100_000_000  # bytes; it holds what an autograder said, too
KEPT = (":submitters", ":created_at")


def submitters_in(path):
    """Return what `read_submitters` finds in a file, read under limits of time and memory."""
    with Guard(path) as guard:
        try:
            return guard.run(_read)
        except Broken as error:
            raise CourseError(f"{METADATA} cannot be read: {error}") from None


def _read(path):
    return read_submitters(path.read_bytes())


def read_submitters(data):
    """Return who handed in each folder of an export.

    Parameters
    ----------
    data : bytes
        What ``submission_metadata.yml`` holds.

    Returns
    -------
    submitters : dict of str to list of Named
        Folder → its submitters, several if it is a group's, without the names of files.

    Raises
    ------
    CourseError
        If it cannot be read.
    """
    found = read_yaml(data, METADATA, _is_kept)
    entries = found.items() if isinstance(found, dict) else ()
    return {folder: _submitters(entry) for folder, entry in entries}


def _is_kept(path):
    """Tell whether a place in the file says who handed in a folder, or when."""
    return not path or (SUBMISSION.fullmatch(path[0]) is not None and (len(path) == 1 or path[1] in KEPT))


def _submitters(entry):
    """Return the submitters that an entry names."""
    entry = entry if isinstance(entry, dict) else {}
    order, people = _order(entry.get(":created_at")), entry.get(":submitters")
    return [_submitter(one, order) for one in (people if isinstance(people, list) else ()) if isinstance(one, dict)]


def _submitter(person, order):
    """Return one submitter, whom address and number name; the name, which they choose, only where there are none."""
    email, number, name = (_text(person, key) for key in (":email", ":sid", ":name"))
    also = [("email", email), *((field, number) for field in ("id_number", "sis_id", "id", "username"))]
    known = tuple((field, value) for field, value in also if value)
    return Named(SUBMITTER, name, order, "", also=known, platform="Gradescope", account=f"{email} {number}".strip())


def _text(person, key):
    """Return a text of a submitter, an empty one if it is not told."""
    value = person.get(key, "")
    if not isinstance(value, str):
        raise CourseError(f"{METADATA}: {key} of a submitter is {str(value)[:50]}; allowed is a text")
    return value


def _order(created):
    """Return the time of handing in, as an order that `results.names.time_in` reads; empty if it is not told."""
    try:
        time = datetime.datetime.fromisoformat(re.sub(r" (?=[+-]\d|Z)", "", created))
        return (time.replace(tzinfo=time.tzinfo or datetime.UTC).astimezone(datetime.UTC).strftime(
            "%Y-%m-%d %H:%M:%S UTC"),)  # fmt: skip
    except (TypeError, ValueError, OverflowError):  # none that a submission can have
        return ()
