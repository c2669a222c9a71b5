"""Make what students get: no solutions, no hidden tests, numbers of their own."""

import copy
import hashlib

import nbformat
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)
from nbgrader.utils import compute_checksum

from course import variants
from course.collect import ways_in
from course.layout import PROJECT, CourseError, write_whole
from course.receipts import read_receipt
from course.results.archives import canvas_name, moodle_name, write_archive
from course.roster import read_roster
from course.showing import say

PAGES = PROJECT / "book" / "coursework"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def read_source(course, name):
    """Return the source notebook of an assignment."""
    return nbformat.read(course.source(name), as_version=4)


def with_numbers(notebook, numbers):
    """Return a copy of `notebook` whose cell of numbers holds `numbers`."""
    changed = copy.deepcopy(notebook)
    for cell in changed.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == variants.CELL:
            cell.source = variants.numbers_text(numbers)
            if "checksum" in cell.metadata["nbgrader"]:
                cell.metadata["nbgrader"]["checksum"] = compute_checksum(cell)
    return changed


def student_version(source, name):
    """Return the notebook that a student gets; `source` stays as it is."""
    notebook = copy.deepcopy(source)
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    steps = (
        LockCells(),
        ClearSolutions(),
        ClearOutput(),
        ClearHiddenTests(),
        ClearMarkScheme(enforce_metadata=False),
        ComputeChecksums(),
        CheckCellMetadata(),
    )
    for step in steps:
        notebook, _ = step.preprocess(notebook, {})
    notebook.metadata["hdc"] = {"assignment": name, "release": release_digest(notebook)}
    return notebook


def release_digest(notebook):
    """Return a short name for this state of an assignment: equal for all its variants."""
    cells = [cell.source for cell in notebook.cells if not is_numbers(cell)]
    return hashlib.sha256("\0".join(cells).encode()).hexdigest()[:12]


def is_numbers(cell):
    """Tell whether a cell holds the numbers of the variant."""
    return cell.metadata.get("nbgrader", {}).get("grade_id") == variants.CELL


def public_version(course, name):
    """Return the student's notebook with the public numbers."""
    return with_numbers(student_version(read_source(course, name), name), variants.public_numbers(course.folder(name)))


def write_pages(course, folder=PAGES):
    """Write the pages of the book, each of them the very notebook that a reader downloads; return their names."""
    for name in course.names():
        write_whole(folder / f"{name}.ipynb", nbformat.writes(public_version(course, name)) + "\n")
    return course.names()


def write_release(course, name, only=()):
    """Write the public notebook, and one for each student of the roster or for some; return how many got one."""
    public, folder = public_version(course, name), course.folder(name)
    write_whole(course.root / "release" / name / f"{name}.ipynb", nbformat.writes(public) + "\n")
    students = read_roster(course.roster) if course.roster.exists() else []
    if unknown := set(only) - {student.id for student in students}:
        raise CourseError(f"--student must be an id on the roster, got {', '.join(sorted(unknown))}")
    secret = variants.read_secret(course)
    chosen = [student for student in students if not only or student.id in only]
    for student in chosen:
        own = with_numbers(public, variants.student_numbers(folder, secret, student.id))
        write_whole(handout(course, student, name), nbformat.writes(own) + "\n")
    return len(chosen)


def handout(course, student, name):
    """Return where a student's own notebook is."""
    return course.root / "handout" / student.id / f"{name}.ipynb"


def write_archives(course, name, place=None):
    """Write the archives by which Moodle and Canvas hand out the notebooks that there are.

    Parameters
    ----------
    course : Course
    name : str
        The assignment's.
    place : Path, optional
        A download of the platform's, which tells the numbers by which it finds each student; else the roster does, or
        what was collected before.

    Returns
    -------
    archives : dict of Path to list of str
        Path → ids of those who have a notebook and are not in it; without an archive there is no entry.
    """
    listed = read_roster(course.roster) if course.roster.exists() else []
    paths = {one: path for one in listed if (path := handout(course, one, name)).exists()}
    told = ways_in(course, name, place) if place else {}
    ways = {one: told.get(one.id) or read_receipt(course, one.id, name) for one in paths}
    names = {"moodle": {one: moodle_name(one, way, f"{name}.ipynb") for one, way in ways.items()},
             "canvas": {one: canvas_name(way, "ipynb") for one, way in ways.items()}}  # fmt: skip
    made = {}
    for platform, known in names.items():
        path = course.root / "handout" / f"{name}-{platform}.zip"
        if write_archive(path, {to: paths[one] for one, to in known.items() if to}):
            made[path] = [one.id for one, to in known.items() if not to]
    return made


def run(course, options):
    """Make the notebooks of all assignments or some, for all students or some, or the pages of the book only."""
    if options.pages:
        write_pages(course)
        return 0
    if options.place and len(options.only) != 1:
        raise CourseError(f"--from is a download of one assignment: name one of {', '.join(course.names())}")
    for name in options.only or course.names():
        count = write_release(course, name, options.student)
        print(f"{name}: {course.root / 'release' / name}; numbers of their own for {count} students")
        for path, left_out in write_archives(course, name, options.place).items():
            say(f"to upload: {path}{', without ' if left_out else ''}{', '.join(left_out)}")
    return 0
