"""Take submissions from a folder or from what Canvas or Moodle let one download, and put each where it is graded."""

import argparse
import json
import os
import shutil
import sys
import tempfile
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.layout import ASSIGNMENTS, CourseError, open_course, write_whole
from course.lms import read_name
from course.roster import read_roster

IGNORED = ("__MACOSX", ".DS_Store", ".ipynb_checkpoints", "Thumbs.db")
MOST_FILES = 20_000  # of an archive


@dataclass
class Found:
    """One file of the download: its path in there, its size, and how to copy it out."""

    parts: tuple
    size: int
    copy: object


def files_of(place):
    """Yield the files of a folder or zip archive; links are left out, and so is what systems add on their own."""
    if not place.exists():
        raise CourseError(f"FROM is {place}: there is no such folder or zip archive")
    if place.is_dir():
        yield from _of_folder(place)
    elif zipfile.is_zipfile(place):
        yield from _of_archive(zipfile.ZipFile(place))
    else:
        raise CourseError(f"FROM is {place}: neither a folder nor a zip archive")


def _of_folder(place):
    """Yield the plain files below a folder."""
    for path in sorted(place.rglob("*")):
        parts = path.relative_to(place).parts
        if path.is_file() and not path.is_symlink() and not set(parts) & set(IGNORED):
            yield Found(parts, path.stat().st_size, lambda to, path=path: shutil.copy2(path, to))


def _of_archive(archive):
    """Yield the files of an archive; what they are called decides nothing about where they are written."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_FILES:
        raise CourseError(f"the archive holds {len(members)} files, at most {MOST_FILES} are read")
    for member in members:
        parts = PurePosixPath(member.filename).parts
        if not set(parts) & set(IGNORED):
            yield Found(parts, member.file_size, lambda to, member=member: _unpack(archive, member, to))


def _unpack(archive, member, to):
    """Write one file of an archive, and not a byte more than it claims to have."""
    with archive.open(member) as stream, open(to, "wb") as out:
        left = member.file_size
        while left and (part := stream.read(min(left, 2**20))):
            out.write(part)
            left -= len(part)


def plain(name):
    """Return a name without case, accents, and what is no letter or digit."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


class Roll:
    """Finds students by what a file name says of them."""

    def __init__(self, roster):
        self._by = {field: {} for field in ("id", "lms_id", "full_name")}
        for student in roster:
            for field, known in self._by.items():
                if getattr(student, field):
                    known.setdefault(plain(getattr(student, field)), []).append(student)

    def find(self, named):
        """Return the student; raise LookupError with the reason if none or several fit."""
        fitting = self._by[named.by].get(plain(named.value), [])
        if len(fitting) != 1:
            many = " and ".join(student.id for student in fitting)
            raise LookupError(f"{named.by} {named.value} is {'both ' + many if many else 'nobody on the roster'}")
        return fitting[0]


def collect(course, name, place):
    """Copy the submissions of an assignment into the course.

    Returns
    -------
    taken : dict
        Student → what was taken of theirs, in words.
    unclear : list of str
        The files that could not be assigned to a student, with the reason.
    """
    roll, newest, unclear = Roll(read_roster(course.roster)), {}, []
    for found in files_of(place):
        named = read_name(_inside(found.parts, name))
        try:
            student = roll.find(named) if named else None
        except LookupError as error:
            unclear.append(f"{'/'.join(found.parts)}: {error}")
            continue
        if student is None:
            unclear.append(f"{'/'.join(found.parts)}: no student is named")
            continue
        newest.setdefault(student.id, {}).setdefault(named.order, []).append((named, found))
    taken = {student: _take(course, name, student, tries) for student, tries in sorted(newest.items())}
    return taken, unclear


def _inside(parts, name):
    """Return the path without a leading folder that is named after the assignment or the submissions."""
    return parts[1:] if len(parts) > 1 and plain(parts[0]) in (plain(name), "submissions", "submitted") else parts


def _take(course, name, student, tries):
    """Put the last try of a student into the course as a whole; say what was taken."""
    last = max(tries, key=lambda order: tuple(str(part).zfill(20) for part in order))
    folder = course.submitted(student, name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as fresh:
        for named, found in tries[last]:
            _take_file(Path(fresh), named.file, found, course.limits.submission_mb)
        if folder.exists():
            shutil.rmtree(folder)
        os.mkdir(folder)
        for path in Path(fresh).iterdir():
            path.replace(folder / path.name)
    words = ", ".join(named.file for named, _ in tries[last])
    words += " (late)" if any(named.late for named, _ in tries[last]) else ""
    return words + (f"; {len(tries) - 1} earlier tries left out" if len(tries) > 1 else "")


def _take_file(folder, name, found, megabytes):
    """Copy one file; of one that is too large, leave a note in its place."""
    if found.size > megabytes * 1_000_000:
        reason = f"{name} has {found.size / 1e6:.0f} MB, at most {megabytes} MB are taken"
        write_whole(folder / "refused.json", json.dumps({"reason": reason}))
    else:
        found.copy(folder / (Path(name).name or "unnamed"))


def main(arguments=None):
    """Run the command line; return 1 if a file could not be assigned to a student."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment")
    parser.add_argument("place", type=Path, metavar="FROM", help="a folder or a zip archive")
    parser.add_argument("--course", default="_course", help="the folder of the course")
    parser.add_argument("--assignments", type=Path, default=ASSIGNMENTS, help="the folder of the assignments' sources")
    options = parser.parse_args(arguments)
    try:
        course = open_course(options.course, options.assignments)
        course.folder(options.assignment)
        taken, unclear = collect(course, options.assignment, options.place)
        absent = [student.id for student in read_roster(course.roster) if student.id not in taken]
    except CourseError as error:
        print(f"collect: {error}", file=sys.stderr)
        return 2
    for student, words in taken.items():
        print(f"{student}: {words}")
    print(
        f"{len(taken)} submissions taken; nothing of {len(absent)} students{': ' if absent else ''}{', '.join(absent)}"
    )
    for words in unclear:
        print(f"NOT TAKEN {words}")
    return 1 if unclear else 0
