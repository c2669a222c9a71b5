"""Write grades into nbgrader's gradebook, and graded notebooks where its formgrader looks for them.

One process writes, whatever number of them grade: nobody waits for a lock, and no student's code is near.
"""

import contextlib
import copy
import os
import sqlite3
import sys
import time
import warnings

import nbformat
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import ClearOutput, ClearSolutions, ComputeChecksums, LockCells, SaveAutoGrades, SaveCells

from course.layout import CourseError, write_whole
from course.reading.merge import ELSEWHERE, ROLE, marks
from course.results.answers import same_answers
from course.results.harmless import harmless, rendered
from course.results.rubric import BLANK, ITEM, RUBRIC, items_of, with_items
from course.showing import visible

BACKUPS = 50  # the oldest go
PATIENCE = 5  # seconds to wait for another program
EARLIER = "[on an earlier answer]"
CONFIG = '''\
"""Made by `make grade`; lets nbgrader's formgrader find this course, and keeps its other commands off."""

from nbgrader.converters.base import NbGraderException
from nbgrader.converters import Autograde, GenerateFeedback


def refuse(words):
    """Return what stands in the place of a command; it refuses before a file is touched."""

    def start(self):
        self.log.error(words)
        raise NbGraderException(words)

    return start


Autograde.start = refuse("use `make grade`, which runs students' code in a sandbox")
GenerateFeedback.start = refuse("use `make feedback`, which leaves out hidden tests and rubrics")

c = get_config()  # noqa: F821
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "course"
c.HTMLExporter.sanitize_html = True
'''


def open_gradebook(course):
    """Return nbgrader's gradebook of a course, as a context manager."""
    _quieten()
    return Gradebook(database(course))


def database(course):
    """Return the address of the gradebook."""
    return f"sqlite:///{course.gradebook}"


def _quieten():
    """Let nbgrader find alembic, which it calls by name, and keep a warning of its own from the teacher."""
    folder = os.path.join(sys.prefix, "bin")
    if folder not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = folder + os.pathsep + os.environ["PATH"]
    warnings.filterwarnings("ignore", message="Object of type <Submitted")


def refuse_locked(course):
    """Stop if another program holds the gradebook: nbgrader would wait for it, each time that it asks."""
    if not course.gradebook.exists():
        return
    with contextlib.closing(sqlite3.connect(course.gradebook, timeout=PATIENCE)) as book:
        try:
            book.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise CourseError(f"{course.gradebook}: {error}; close what uses it, such as the formgrader") from None
        book.rollback()


def back_up(course):
    """Copy the gradebook aside; return the copy's path, None if there is no gradebook yet."""
    if not course.gradebook.exists():
        return None
    folder = course.root / "backups"
    folder.mkdir(exist_ok=True)
    seconds, rest = divmod(time.time_ns(), 10**9)  # one look at the clock, so that names sort as they were made
    name = time.strftime("%Y%m%dT%H%M%S", time.localtime(seconds)) + f"-{rest:09d}"
    aside = folder / f"gradebook-{name}.db"
    with sqlite3.connect(course.gradebook) as old, sqlite3.connect(aside) as new:
        old.backup(new)
    new.close()
    for path in sorted(folder.glob("gradebook-*.db"))[:-BACKUPS]:
        path.unlink()
    return aside


def register(course, name, source):
    """Make the gradebook know the assignment and its cells."""
    config = course.root / "nbgrader_config.py"
    write_whole(config, CONFIG.format(root=str(course.root)))
    notebook = copy.deepcopy(source)
    write_whole(course.root / "source" / name / f"{name}.ipynb", nbformat.writes(source) + "\n")
    for step in (LockCells(), ClearSolutions(), ClearOutput()):
        notebook, _ = step.preprocess(notebook, {})
    notebook, _ = ComputeChecksums().preprocess(with_items(notebook), {})
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(name)
    try:
        SaveCells().preprocess(notebook, resources_for(course, name))
    except RuntimeError:
        raise CourseError(
            f"the assignment {name} has other cells than when its first submission was graded: "
            f"grade it with the version of then, or in a new course folder"
        ) from None


def resources_for(course, name, student=None):
    """Return what nbgrader's steps want to know."""
    found = {"notebook": name, "assignment": name, "student": student, "db_url": database(course)}
    return {"nbgrader": found, "unique_key": name, "output_files_dir": f"{name}_files"}


def save(course, name, student, text):
    """Record a graded notebook; return the points that its tests gave.

    Points that a human gave stay. Where the answer is another one now, or its tests say otherwise, the question waits
    for a human again, and a comment says that it is on an earlier answer.

    Parameters
    ----------
    course : Course
    name : str
        The assignment's.
    student : roster.Student
    text : str
        The executed notebook.
    """
    notebook = nbformat.reads(text, as_version=4)
    kept, path = harmless(notebook), course.autograded(student.id, name)
    for cell, other in zip(notebook.cells, kept.cells, strict=True):
        if cell.cell_type == "code":
            cell.update(source=other.source, outputs=other.outputs, execution_count=other.execution_count)
    notebook, kept = with_items(notebook), with_items(kept)
    same = same_answers(nbformat.read(path, as_version=4), kept) if path.exists() else set()
    settled = _settled(course, name, student.id, same)
    with open_gradebook(course) as gradebook:
        known = {"first_name": student.first_name, "last_name": student.last_name, "email": student.email}
        gradebook.update_or_create_student(student.id, **{key: _name(value) for key, value in known.items()})
        gradebook.update_or_create_submission(name, student.id)
    SaveAutoGrades().preprocess(notebook, resources_for(course, name, student.id))
    write_whole(path, nbformat.writes(_with_rubrics(kept)) + "\n")
    blank = {marks(cell)["grade_id"] for cell in notebook.cells if cell.metadata.get(BLANK)}
    written = {marks(cell).get("grade_id") for cell in notebook.cells if cell.cell_type == "markdown"}
    elsewhere = {marks(cell)["grade_id"] for cell in kept.cells if cell.metadata.get(ELSEWHERE)}
    with open_gradebook(course) as gradebook:
        found = gradebook.find_submission_notebook(name, name, student.id)
        _mark_earlier(found.comments, same)
        grades = found.grades
        for grade in grades:
            if grade.name in blank:
                grade.auto_score, grade.needs_manual_grade = 0.0, grade.manual_score is not None
            if grade.name in elsewhere:  # no answer where one is looked for is worth 0 to nbgrader
                grade.auto_score, grade.needs_manual_grade = None, True
            if grade.name in settled and settled[grade.name] == grade.auto_score:
                grade.needs_manual_grade = False
            elif grade.needs_manual_grade and grade.name in written:  # no test has points to set against a human's
                grade.auto_score = None
        gradebook.db.commit()
        return sum(grade.auto_score or 0 for grade in grades)


def _settled(course, name, student, same):
    """Return the points of tests, by name, where a human gave points to the very answers that stand there now."""
    with open_gradebook(course) as gradebook:
        try:
            grades = gradebook.find_submission_notebook(name, name, student).grades
        except MissingEntry:
            return {}
        return {grade.name: grade.auto_score for grade in grades
                if grade.manual_score is not None and not grade.needs_manual_grade and grade.name in same}  # fmt: skip


def _mark_earlier(comments, same):
    """Say of each comment that a human wrote on another answer than the one that stands there now that it is."""
    for comment in comments:
        if comment.manual_comment and comment.name not in same and not comment.manual_comment.startswith(EARLIER):
            comment.manual_comment = f"{EARLIER} {comment.manual_comment}"


def _name(text):
    """Return a student's name as nbgrader's pages may show it, which take it for HTML."""
    return visible(text).translate({ord("<"): "‹", ord(">"): "›"}) or None


def _with_rubrics(notebook):
    """Return the notebook with the rubric of each written answer above it, and a word if that may stand elsewhere.

    Items of the rubric follow the answer with points of their own; only what is said beside them stands above.
    """
    cells = []
    for cell in notebook.cells:
        _, rest = items_of(cell.metadata.pop(RUBRIC, ""))
        rubric = f"**Rubric**\n\n{rest}" if rest else ""
        if cell.metadata.get(ELSEWHERE) and ITEM not in cell.metadata:
            rubric = f"**This is as it was handed out; look for the answer in the student's other cells.**\n\n{rubric}"
        if rubric:
            cells.append(new_markdown_cell(rendered(rubric), metadata={ROLE: RUBRIC}))
        cells.append(cell)
    return nbformat.from_dict({**notebook, "cells": cells})


def keep_penalties(course, name, penalties):
    """Store what lateness costs each submission, so that the formgrader and the students' pages show it."""
    if not penalties:
        return
    with open_gradebook(course) as gradebook:
        for student, points in penalties.items():
            gradebook.find_submission_notebook(name, name, student).late_submission_penalty = points or None
        gradebook.db.commit()


def keep_or_take(course, name, student, take):
    """End the clashes of a student's points: keep the human's, or `take` those of the tests; return their names."""
    with open_gradebook(course) as gradebook:
        try:
            grades = gradebook.find_submission_notebook(name, name, student).grades
        except MissingEntry:
            return []
        clashing = [grade for grade in grades if grade.needs_manual_grade
                    and grade.auto_score is not None and grade.manual_score is not None]  # fmt: skip
        for grade in clashing:
            grade.needs_manual_grade = False
            if take:
                grade.manual_score = None
        gradebook.db.commit()
        return [grade.name for grade in clashing]
