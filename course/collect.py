"""Take submissions from a folder or from what Canvas or Moodle let one download, and put each where it is graded."""

import os
import shutil
import tempfile
import time
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.layout import CourseError
from course.receipts import TAKEN, TAKING, read_receipt, write_receipt
from course.results.lms import read_name
from course.roster import read_roster
from course.showing import visible

IGNORED = ("__MACOSX", ".DS_Store", ".ipynb_checkpoints", "Thumbs.db")
MOST_FILES = 20_000  # of an archive
MOST_OF_ONE = 50  # files of one student
COARSE = 2  # seconds, to which an archive knows its dates
LONGEST_NAME = 100  # characters of a stored name
UNREADABLE = (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError, ValueError)


@dataclass
class Found:
    """One file of the download: its path in there, its size, its date, and how to copy it out."""

    parts: tuple
    size: int
    date: float
    copy: object

    @property
    def words(self):
        """The path of the file, to be read."""
        return "/".join(self.parts)


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
            yield Found(parts, path.stat().st_size, path.stat().st_mtime, lambda to, path=path: shutil.copy2(path, to))


def _of_archive(archive):
    """Yield the files of an archive; what they are called decides nothing about where they are written."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MOST_FILES:
        raise CourseError(f"the archive holds {len(members)} files, at most {MOST_FILES} are read")
    for member in members:
        parts = PurePosixPath(member.filename).parts
        if not set(parts) & set(IGNORED):
            date = _date(member)
            yield Found(parts, member.file_size, date, lambda to, member=member: _unpack(archive, member, to))


def _date(member):
    """Return the date of a file in an archive, in seconds; 0 if it makes no sense."""
    try:
        return time.mktime((*member.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0


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
        The files and students of which nothing was taken, with the reason.
    """
    tries, unclear = _assigned(Roll(read_roster(course.roster)), name, place)
    taken = {}
    for student, files in sorted(tries.items()):
        try:
            taken[student] = _take(course, name, student, files)
        except Unclear as reason:
            unclear.append(f"{student}: {reason}")
    return taken, unclear


class Unclear(Exception):
    """Nothing of a student's was taken; the message says why and what to do."""


def _assigned(roll, name, place):
    """Return the files of each student, and those that name none or two."""
    tries, unclear = {}, []
    for found in files_of(place):
        named = read_name(_inside(found.parts, name))
        try:
            if named is None:
                raise LookupError("no student is named")
            tries.setdefault(roll.find(named).id, []).append((named, found))
        except LookupError as error:
            unclear.append(f"{found.words}: {error}")
    return tries, unclear


def _inside(parts, name):
    """Return the path without a leading folder that is named after the assignment or the submissions."""
    return parts[1:] if len(parts) > 1 and plain(parts[0]) in (plain(name), "submissions", "submitted") else parts


def _take(course, name, student, files):
    """Put the last try of a student into the course as a whole; say what was taken."""
    if len({named.value for named, _ in files}) > 1:
        raise Unclear(f"several names mean this student: {', '.join(sorted({named.value for named, _ in files}))}")
    orders = {named.order for named, _ in files}
    last = max(orders, key=_sortable)
    chosen = [(named, found) for named, found in files if named.order == last]
    _refuse_doubles(chosen)
    known = {"order": _sortable(last), "date": max(found.date for _, found in chosen)}
    _refuse_older(read_receipt(course, student, name), known, course.submitted(student, name))
    refused = _put(course, name, student, chosen, known)
    words = ", ".join(named.file for named, _ in chosen) + refused
    words += " (late)" if any(named.late for named, _ in chosen) else ""
    return words + (f"; {len(orders) - 1} earlier tries left out" if len(orders) > 1 else "")


def _sortable(order):
    """Return an order that compares as its numbers and dates do, also as it is stored."""
    return [str(part).zfill(20) for part in order]


def _refuse_doubles(chosen):
    """Refuse files that would lie in each other's place."""
    if len(chosen) > MOST_OF_ONE:
        raise Unclear(f"{len(chosen)} files, at most {MOST_OF_ONE} are taken of a student")
    stored = {}
    for named, found in chosen:
        stored.setdefault(stored_name(named.file).casefold(), []).append(found.words)
    if doubled := [" and ".join(words) for words in stored.values() if len(words) > 1]:
        raise Unclear(f"which of them counts? {'; '.join(doubled)}")


def _refuse_older(receipt, known, folder):
    """Refuse a try from before the one that is in place."""
    if not folder.exists() or "order" not in receipt:
        return
    before = (receipt["order"], receipt["date"] - COARSE)
    if len(receipt["order"]) == len(known["order"]) and (known["order"], known["date"]) < before:
        raise Unclear(f"this is older than what is in place; remove {folder} to take it all the same")


def _put(course, name, student, chosen, known):
    """Copy the files into a new folder and put it in the place of the old one; return what was refused, in words."""
    folder, most = course.submitted(student, name), course.limits.submission_mb
    folder.parent.mkdir(parents=True, exist_ok=True)
    large = [f"{named.file} has {found.size / 1e6:.0f} MB, at most {most} MB are taken" for named, found in chosen
             if found.size > most * 1_000_000]  # fmt: skip
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as fresh:
        for named, found in chosen:
            if found.size <= most * 1_000_000:
                _copy(found, Path(fresh, stored_name(named.file)))
        write_receipt(course, student, name, TAKING)
        if folder.exists():
            shutil.rmtree(folder)
        os.mkdir(folder)
        for path in Path(fresh).iterdir():
            path.replace(folder / path.name)
    write_receipt(course, student, name, TAKEN, refused=visible("; ".join(large)), **known)
    return f" ({'; '.join(large)})" if large else ""


def _copy(found, to):
    """Copy one file out of the download."""
    try:
        found.copy(to)
    except UNREADABLE as error:
        raise Unclear(f"{found.words} is damaged or encrypted: {error}") from None


def stored_name(name):
    """Return the name under which a file is kept: one that every disk takes and every terminal shows."""
    last = visible(Path(name).name).replace("\0", "") or "unnamed"
    stem, dot, end = last.rpartition(".")
    if len(last.encode()) > LONGEST_NAME:
        cut = (stem or end).encode()[: LONGEST_NAME - 20].decode(errors="ignore")
        last = f"{cut}…{dot}{end[:10]}" if dot else cut
    return "unnamed" if last in (".", "..") else last


def run(course, options):
    """Take the submissions of one assignment; a file that could not be assigned to a student needs a human."""
    taken, unclear = collect(course, options.assignment, options.place)
    absent = [student.id for student in read_roster(course.roster) if student.id not in taken]
    for student, words in taken.items():
        print(visible(f"{student}: {words}"))
    nothing = f"nothing of {len(absent)} students{': ' if absent else ''}{', '.join(absent)}"
    print(f"{len(taken)} submissions taken; {nothing}")
    for words in unclear:
        print(visible(f"NOT TAKEN {words}"))
    return 1 if unclear else 0
