"""Read Gradescope's export of submissions: who handed in which folder stands in a file beside the folders.

Gradescope does not document that file. What is read here is what public programs agree on that read it: folders
``submission_123`` as keys, below each ``:submitters`` with ``:name``, ``:sid`` and ``:email``, and ``:created_at``.
"""

import datetime
import re

import yaml

from course.layout import CourseError
from course.results.names import SUBMITTER, Named

METADATA = "submission_metadata.yml"
EXPORT, SUBMISSION = re.compile(r"assignment_\d+_export"), re.compile(r"submission_\d+")
LARGEST = 100_000_000  # bytes; it holds what an autograder said, too


_Quickest: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's, where PyYAML was built with it


class Loader(_Quickest):
    """A reader of YAML that makes plain values only; what Ruby marks as something else is left out."""


Loader.add_multi_constructor("", lambda loader, tag, node: None)


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
    try:
        found = yaml.load(data, Loader)  # noqa: S506, it is a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CourseError(f"{METADATA} cannot be read: {' '.join(str(error).split())[:200]}") from None
    entries = found.items() if isinstance(found, dict) else ()
    return {folder: _submitters(entry) for folder, entry in entries if isinstance(folder, str)}


def _submitters(entry):
    """Return the submitters that an entry names."""
    entry = entry if isinstance(entry, dict) else {}
    order, people = _order(entry.get(":created_at")), entry.get(":submitters")
    return [_submitter(one, order) for one in (people if isinstance(people, list) else ()) if isinstance(one, dict)]


def _submitter(person, order):
    """Return one submitter, whom address and number name; the name, which they choose, only where there are none."""
    email, number, name = (str(person.get(key) or "") for key in (":email", ":sid", ":name"))
    also = [("email", email), *((field, number) for field in ("id_number", "sis_id", "id", "username"))]
    known = tuple((field, value) for field, value in also if value)
    return Named(SUBMITTER, name, order, "", also=known, platform="Gradescope", account=f"{email} {number}".strip())


def _order(created):
    """Return the time of handing in, as an order that `results.lms.time_in` reads; empty if it is not told."""
    if not isinstance(created, datetime.datetime):
        return ()
    zone = created.tzinfo or datetime.UTC
    return (created.replace(tzinfo=zone).astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S UTC"),)
