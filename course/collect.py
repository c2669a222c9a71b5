"""Take submissions from a folder or from what Canvas or Moodle let one download, and put each where it is graded."""

import contextlib
import os
import shutil
import tempfile
import time
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from course.history import contents, is_by_hand, is_mended, lay_aside
from course.layout import CourseError
from course.reading.table import plain
from course.receipts import TAKEN, TAKING, holder, read_receipt, write_receipt
from course.results.gradescope import EXPORT, LARGEST, METADATA, SUBMISSION, read_submitters
from course.results.names import ENDS, SUBMITTER, read_names, reader_of, time_in
from course.roll import Roll
from course.roster import read_roster
from course.showing import visible

IGNORED = ("__MACOSX", ".git", ".DS_Store", ".ipynb_checkpoints", "Thumbs.db")
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
        yield from _of_archive(_opened(place))
    else:
        raise CourseError(f"FROM is {place}: neither a folder nor a zip archive")


def _opened(place):
    """Return the archive with its list of contents read; one name or number that is none spoils the whole list."""
    try:
        return zipfile.ZipFile(place)
    except UNREADABLE as error:
        raise CourseError(f"FROM is {place}: its list of contents is damaged ({error}); download it again, or unpack "
                          "it with another program and give the folder") from error  # fmt: skip


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


def collect(course, name, place, pattern=None):
    """Copy the submissions of an assignment into the course.

    Parameters
    ----------
    course : Course
    name : str
        The assignment's.
    place : Path
        A folder or an archive.
    pattern : str, optional
        How names are to be read, as `results.lms.reader_of` takes it; else as the known platforms write them.

    Returns
    -------
    taken : dict
        Student → what was taken of theirs, in words.
    unclear : list of str
        The files and students of which nothing was taken, with the reason.
    """
    tries, members, unclear = _assigned(Roll(read_roster(course.roster)), name, place, pattern)
    taken = {}
    for student, files in sorted(tries.items()):
        try:
            taken[student] = _take(course, name, student, files)
        except Unclear as reason:
            unclear.append(f"{student}: {reason}")
    for member, first in members.items():
        if first in taken and member not in tries:
            taken[member] = share(course, name, member, first)
    return taken, unclear


def ways_in(course, name, place):
    """Return the way back to each student of a download as their receipts would tell it; in doubt there is none."""
    tries, _, _ = _assigned(Roll(read_roster(course.roster)), name, place, None)
    ways = {}
    for student, files in tries.items():
        with contextlib.suppress(Unclear):
            ways[student] = _way_back(_last(files))
    return ways


class Unclear(Exception):
    """Nothing of a student's was taken; the message says why and what to do."""


def _assigned(roll, name, place, pattern):
    """Return the files of each student, who shares whose as a group, and the files that name none or two."""
    tries, members, unclear, found = {}, {}, [], list(files_of(place))
    paths = [one.parts for one in found] if pattern else _inside([one.parts for one in found], name)
    files = list(zip(found, paths, strict=True))
    submitters = {} if pattern else _submitters(files)
    read = list(map(reader_of(pattern), paths)) if pattern else read_names(paths)
    names = [submitters.get(inside[0]) or [one] for inside, one in zip(paths, read, strict=True)]
    roll.learn_title([one.value for named in names for one in named if one and one.by == ENDS])
    for (found, inside), named in zip(files, names, strict=True):
        if (named[0] and not named[0].is_file) or (not pattern and inside == (METADATA,)):
            continue
        owners, reasons = _owners(roll, named, inside)
        unclear += [f"{found.words}: {reason}" for reason in reasons]
        if owners:
            first, *others = owners
            file = replace(owners[first], file=owners[first].file or inside[-1], came_as=inside[0])
            tries.setdefault(first, []).append((file, found))
            members.update(dict.fromkeys(others, first))
    return tries, members, unclear


def _owners(roll, named, inside):
    """Return the ids of the students whom names mean, each with its name, and why others of them mean nobody."""
    meant, reasons = {}, []
    for one in named:
        try:
            for student in _owner(roll, one, inside):
                meant.setdefault(student.id, []).append(one)
        except LookupError as error:
            reasons.append(str(error))
    reasons += [f"{student} is meant by {' and '.join(f'{one.by} {one.value} {one.account}' for one in many)}"
                for student, many in meant.items() if len(many) > 1]  # fmt: skip
    return {student: one for student, (one, *more) in meant.items() if not more}, reasons


def _owner(roll, named, inside):
    """Return the students whom a name means, or raise LookupError with the reason why there are none."""
    if SUBMISSION.fullmatch(inside[0]) and (named is None or named.by != SUBMITTER):
        raise LookupError(f"Gradescope's {METADATA}, which belongs beside the folders, does not say whose it is")
    if named is None:
        raise LookupError("no student is named")
    return roll.find(named)


def _submitters(files):
    """Return who handed in each folder of Gradescope's export; empty if this is none."""
    told = {}
    for found in (found for found, inside in files if inside == (METADATA,)):
        if found.size > LARGEST:
            raise CourseError(f"{found.words} has {found.size / 1e6:.0f} MB, at most {LARGEST / 1e6:.0f} MB are read")
        with tempfile.TemporaryDirectory() as folder:
            _copy(found, Path(folder, METADATA))
            told.update(read_submitters(Path(folder, METADATA).read_bytes()))
    return told


def _inside(paths, name):
    """Return the paths without what only says which assignment it is.

    That is a folder around all of them named after the assignment or the submissions, or its name before a student's
    as GitHub Classroom writes it. A folder beside others is somebody's, whatever it is called.
    """
    paths = _without_outermost(paths, EXPORT.fullmatch)
    known = (plain(name), "submissions", "submitted", f"{plain(name)}submissions")
    paths = _without_outermost(paths, lambda folder: plain(folder) in known)
    return [(parts[0].removeprefix(f"{name}-"), *parts[1:]) if len(parts) > 1 else parts for parts in paths]


def _without_outermost(paths, is_known):
    """Return the paths without the folder around all of them, if it is a known one."""
    around = {parts[0] if len(parts) > 1 else "" for parts in paths}
    return [parts[1:] for parts in paths] if len(around) == 1 and is_known(*around) else paths


def _take(course, name, student, files):
    """Put the last try of a student into the course as a whole; say what was taken."""
    chosen = _last(files)
    _refuse_doubles(chosen)
    order = max((named.order for named, _ in chosen), key=_sortable)
    known = {"order": _sortable(order), "date": max(found.date for _, found in chosen),
             "late": any(named.late for named, _ in chosen), "handed_in": _handed_in(chosen),
             **_way_back(chosen)}  # fmt: skip
    there = holder(course, student, name)  # another one handed in for the group before
    _refuse_older(read_receipt(course, there, name), known, course.submitted(there, name))
    words = ", ".join(named.file for named, _ in chosen) + _put(course, name, student, chosen, known)
    words += " (late)" if known["late"] else ""
    left_out = len(files) - len(chosen)
    return words + (f"; {left_out} earlier tries left out" if left_out else "")


def _last(files):
    """Return the files of the last try; of a download that holds one try of each student, the last of each name.

    Raises
    ------
    Unclear
        If more than one account or name means the student: whose they are, and which came last, is for a human.
    """
    if len(names := sorted({f"{named.value} {named.account}".strip() for named, _ in files})) > 1:
        raise Unclear(f"several names mean this student: {', '.join(names)}")
    tries = {}
    for named, found in files:
        tries.setdefault(named.file.casefold() if named.whole else "", []).append((named, found))
    last = [(max((named.order for named, _ in group), key=_sortable), group) for group in tries.values()]
    return [(named, found) for order, group in last for named, found in group if named.order == order]


def _way_back(chosen):
    """Return which platform it is and what it called the submission, so that feedback finds the way back."""
    first = [(named.came_as, named.platform) for named, _ in chosen]
    name, platform = next((one for one in first if one[0].endswith(".ipynb")), first[0])
    return {"came_as": visible(name), "platform": platform, "account": chosen[0][0].account}


def _handed_in(chosen):
    """Return when the files were handed in, in seconds; None where the download does not tell."""
    times = [found.date if named.is_dated else time_in(named.order) for named, found in chosen]
    return None if None in times else max(times)


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
    """Refuse a try of another account than the one in place, or from before it or what was put there by hand."""
    found = contents(folder)
    anyway = f"remove {folder} to take it all the same"
    if is_by_hand(receipt, found) and max(path.stat().st_mtime for path in folder.iterdir()) > known["date"] + COARSE:
        raise Unclear(f"this is older than what was put in place by hand; {anyway}")
    if not found or "order" not in receipt:
        return
    is_same_platform = receipt.get("platform") == known["platform"]
    if is_same_platform and receipt["account"] != known["account"]:
        raise Unclear(f"this is by {known['came_as']}, and what is in place by {receipt['came_as']}; {anyway}")
    before = (receipt["order"], receipt["date"] - COARSE)
    if len(receipt["order"]) == len(known["order"]) and (known["order"], known["date"]) < before:
        raise Unclear(f"this is older than what is in place; {anyway}")


def _put(course, name, student, chosen, known):
    """Put the files in the place of what was there, which is kept; return what there is to say of it, in words."""
    folder, most = course.submitted(student, name), course.limits.submission_mb
    folder.parent.mkdir(parents=True, exist_ok=True)
    large = [f"{named.file} has {found.size / 1e6:.0f} MB, at most {most} MB are taken" for named, found in chosen
             if found.size > most * 1_000_000]  # fmt: skip
    words = f" ({'; '.join(large)})" if large else ""
    known = {**known, "refused": visible("; ".join(large))}
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as fresh:
        for named, found in chosen:
            if found.size <= most * 1_000_000:
                _copy(found, Path(fresh, stored_name(named.file)))
        before, receipt, new = contents(folder), read_receipt(course, student, name), contents(Path(fresh))
        if is_mended(receipt, before) and new == receipt["files"]:
            return f"{words}; it was mended by hand since it was taken, and stays so"
        by_hand = new != before and (is_mended(receipt, before) or is_by_hand(receipt, before))
        write_receipt(course, student, name, TAKING)
        aside = lay_aside(course, student, name) if new != before else None
        if folder.exists():
            shutil.rmtree(folder)
        os.mkdir(folder)
        for path in Path(fresh).iterdir():
            path.replace(folder / path.name)
    if by_hand:
        known["replaced"] = f"a newer try took the place of a file that was mended by hand; that one is in {aside}"
        words += f"; {known['replaced']}"
    write_receipt(course, student, name, TAKEN, files=new, **known)
    return words


def share(course, name, member, first):
    """Let a member of a group share what the group handed in; return it in words."""
    write_receipt(course, member, name, TAKING)
    lay_aside(course, member, name)
    write_receipt(course, member, name, TAKEN, **{"with": first})
    return f"shares the submission of {first}"


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
    taken, unclear = collect(course, options.assignment, options.place, options.pattern)
    absent = [student.id for student in read_roster(course.roster) if student.id not in taken]
    for student, words in taken.items():
        print(visible(f"{student}: {words}"))
    nothing = f"nothing of {len(absent)} students{': ' if absent else ''}{', '.join(absent)}"
    print(f"{len(taken)} submissions taken; {nothing}")
    for words in unclear:
        print(visible(f"NOT TAKEN {words}"))
    return 1 if unclear else 0
