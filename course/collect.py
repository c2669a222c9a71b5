"""Take submissions from a folder or from what Canvas or Moodle let one download, and put each where it is graded."""

import contextlib
import tempfile
from dataclasses import replace
from pathlib import Path

from course.download import files_of
from course.groups import share_all
from course.layout import CourseError
from course.placing import Unclear, copy_out, put, refuse_another, refuse_doubles, refuse_older
from course.reading.table import plain
from course.receipts import holder, read_receipt
from course.results.gradescope import EXPORT, LARGEST, METADATA, SUBMISSION, submitters_in
from course.results.names import ENDS, SUBMITTER, read_names, reader_of, time_in
from course.roll import LONGEST_TOLD, Roll
from course.roster import read_roster
from course.showing import short, visible


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
    shared, not_shared = share_all(course, name, members, tries, taken)
    return {**taken, **shared}, unclear + not_shared


def ways_in(course, name, place):
    """Return the way back to each student of a download as their receipts would tell it; in doubt there is none."""
    tries, _, _ = _assigned(Roll(read_roster(course.roster)), name, place, None)
    ways = {}
    for student, files in tries.items():
        with contextlib.suppress(Unclear):
            ways[student] = _way_back(_last(files))
    return ways


def _assigned(roll, name, place, pattern):
    """Return the files of each student, who shares whose as members of a group, and the files that name none or two."""
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
        unclear += [f"{short(found.words, LONGEST_TOLD)}: {reason}" for reason in reasons]
        if owners:
            first, *others = owners
            file = replace(owners[first], file=owners[first].file or inside[-1], came_as=inside[0])
            tries.setdefault(first, []).append((file, found))
            for other in others:
                members.setdefault(other, set()).add(first)
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
            copy_out(found, Path(folder, METADATA))
            told.update(submitters_in(Path(folder, METADATA)))
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
    refuse_doubles(chosen)
    order = max((named.order for named, _ in chosen), key=_sortable)
    known = {"order": _sortable(order), "date": max(found.date for _, found in chosen),
             "late": any(named.late for named, _ in chosen), "handed_in": _handed_in(chosen),
             **_way_back(chosen)}  # fmt: skip
    refuse_another(read_receipt(course, student, name), known, course.submitted(student, name))
    for there in {student, holder(course, student, name)}:  # another one may have handed in for the group before
        refuse_older(read_receipt(course, there, name), known, course.submitted(there, name))
    files_told = ", ".join(short(named.file, LONGEST_TOLD) for named, _ in chosen)
    words = files_told + put(course, name, student, chosen, known)
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
    if len(names := sorted({short(f"{named.value} {named.account}".strip(), LONGEST_TOLD) for named, _ in files})) > 1:
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
