"""A course in a folder of its own, with the small assignment, for the tests of grading."""

import contextlib
import copy
import io
import json
import os
import subprocess
import sys

import nbformat
import psutil
import small

import course.__main__ as line
from course import release, variants
from course.layout import open_course
from course.plan import Assignment
from course.results import gradebook

QUICK = {"cell_seconds": 10, "grace_seconds": 2, "total_seconds": 90, "memory_mb": 900, "processes": 12, "disk_mb": 8,
         "output_kb": 50, "submission_mb": 5}  # fmt: skip


def make_course(root, students, limits=QUICK):
    """Return a course with the students on its roster and the small assignment released."""
    small.write(root / "assignments")
    (root / "course").mkdir()
    lines = [f"{name},{name.title()},Tester,{name}@example.org,{1000 + at}" for at, name in enumerate(students)]
    (root / "course" / "roster.csv").write_text("\n".join(["id,first_name,last_name,email,lms_id", *lines]) + "\n")
    settings = [f"{name} = {value}" for name, value in limits.items()]
    (root / "course" / "course.toml").write_text("\n".join(["[limits]", *settings]) + "\n")
    course = open_course(root / "course", root / "assignments")
    release.write_release(course, "small")
    return course


def small_assignment(root, students):
    """Return the small assignment of a course with these students, known to its gradebook."""
    assignment = Assignment(make_course(root, students), "small")
    gradebook.register(assignment.course, "small", assignment.source)
    return assignment


def handout(course, student):
    """Return the notebook that a student was given."""
    return nbformat.read(course.root / "handout" / student / "small.ipynb", as_version=4)


def solved(course, student):
    """Return a student's notebook with all answers right."""
    notebook = handout(course, student)
    for cell, solution in zip(notebook.cells, small.source().cells, strict=True):
        if solution.metadata.get("nbgrader", {}).get("solution"):
            cell.source = solution.source.partition("=== BEGIN")[0] if cell.cell_type == "markdown" else solution.source
    return notebook


def at(notebook, grade_id):
    """Return the cell with this name."""
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def hand_in(course, student, notebook, name="small.ipynb"):
    """Put a notebook, or text or bytes in its place, where submissions are."""
    folder = course.submitted(student, "small")
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(notebook, bytes):
        (folder / name).write_bytes(notebook)
    else:
        (folder / name).write_text(json.dumps(notebook) if isinstance(notebook, dict) else notebook, encoding="utf-8")
    return folder / name


def own_numbers(course, student):
    """Return a student's own numbers."""
    return variants.student_numbers(course.folder("small"), variants.read_secret(course), student)


def arguments(course, name, *options):
    """Return the arguments that stand for a command of the course."""
    folders = ["--course", str(course.root), "--assignments", str(course.assignments)]
    return [name, *(["small"] if name != "release" else []), *folders, *options]


def command(course, name, *options):
    """Return the command line that runs a command of the course."""
    return [sys.executable, "-m", "course", *arguments(course, name, *options)]


def run(course, name, *options):
    """Run a command of the course to its end in this process, which has imported it all; tell it as of a process."""
    given, told, complaint = arguments(course, name, *options), io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(complaint):
        status = line.main(given)
    return subprocess.CompletedProcess(given, status, told.getvalue(), complaint.getvalue())


def record_of(course, student):
    """Return what grading recorded of a student."""
    path = course.record(student, "small")
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def graded_text(course, student):
    """Return the text of a graded notebook."""
    return course.autograded(student, "small").read_text(encoding="utf-8")


def changed(notebook, **answers):
    """Return a copy of the notebook with other texts in the named cells."""
    other = copy.deepcopy(notebook)
    for name, text in answers.items():
        at(other, name).source = text
    return other


def lay(folder, **files):
    """Write files, given as name=text with / in the names, into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def held(course, student):
    """Return name and text of the files that were collected of a student."""
    folder = course.submitted(student, "small")
    return {path.name: path.read_text() for path in folder.iterdir()} if folder.exists() else {}


def is_root():
    """Tell whether the tests run as root."""
    return os.geteuid() == 0


def command_of(process):
    """Return a process's command line; empty if it has ended."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []
