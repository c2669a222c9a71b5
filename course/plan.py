"""Decide what has to be graded: read each submission, put its answers into the assignment, skip what is done."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course import variants
from course.fingerprint import fingerprint
from course.guard import Broken
from course.history import contents, is_mended
from course.reading.elsewhere import answers_elsewhere
from course.reading.imports import missing_packages
from course.reading.merge import ROLE, STUDENT, marks, merge
from course.reading.preflight import Rejected, Submission, compare_others, find_notebook, read_submission
from course.reading.scan import suspicious
from course.receipts import TAKING, holder, read_receipt
from course.release import public_version, read_source, release_digest, with_numbers
from course.results.records import read_record
from course.results.rubric import keep_rubrics
from course.roster import Student, is_safe, read_roster


class Assignment:
    """An assignment as it is graded in a course: its source, its students, and their numbers."""

    def __init__(self, course, name):
        self.course, self.name, self.folder = course, name, course.folder(name)
        self.source = read_source(course, name)
        keep_rubrics(self.source, name)
        self.secret = variants.read_secret(course)
        self.public = variants.public_numbers(self.folder)
        self.public_release = public_version(course, name)
        listed = read_roster(course.roster) if course.roster.exists() else []
        self.roster = {student.id: student for student in listed}

    @cached_property
    def students(self):
        """Everyone who is on the roster, has handed in or has been graded, in order of the id."""
        places = [
            *self.course.root.glob(f"submitted/*/{self.name}"),
            *self.course.root.glob(f"autograded/*/{self.name}"),
        ]
        others = {path.parent.name: Student(path.parent.name) for path in places if is_safe(path.parent.name)}
        return [student for _, student in sorted({**others, **self.roster}.items())]

    def irregular(self, student):
        """Return what a human should know of how a submission came here, or an empty text."""
        receipt = read_receipt(self.course, student.id, self.name)
        if receipt.get("state") == TAKING:
            return "stopped while collecting; collect again"
        if "replaced" in receipt:
            return receipt["replaced"]
        return "gone from the roster" if self.roster and student.id not in self.roster else ""

    @cached_property
    def _owners(self):
        """Map the text of each student's numbers to the student."""
        return {variants.numbers_text(self.numbers(student)): student.id for student in self.roster.values()}

    def numbers(self, student):
        """Return a student's own numbers; the public ones in a course without a roster."""
        return variants.student_numbers(self.folder, self.secret, student.id) if self.roster else self.public

    def numbers_of(self, submission, student):
        """Return the numbers that a submission is graded with: a group's with those of the member whose notebook it is.

        To be in one group is not enough: the members share the submission, as collecting has found.
        """
        owner = self._owner(_numbers_in(submission)) if student.groups else None
        is_shared = owner and holder(self.course, owner, self.name) == student.id
        return self.numbers(self.roster[owner] if is_shared else student)

    def whose_numbers(self, submission, numbers):
        """Return a reason for a human to look if the submission's numbers are not those that it is graded with."""
        found = _numbers_in(submission)
        if found is None or found == numbers:
            return []
        if found == self.public:
            return ["the numbers are the public ones, not the student's own"]
        owner = self._owner(found)
        return [f"the numbers are those of {owner}" if owner else "the numbers were changed and put back"]

    def _owner(self, numbers):
        """Return the id of the student whose numbers these are, None if they are nobody's."""
        return self._owners.get(variants.numbers_text(numbers)) if isinstance(numbers, dict) else None


def _numbers_in(submission):
    """Return the numbers that stand in a submission, None if there are none."""
    texts = [cell.text for cell in submission.cells if cell.grade_id == variants.CELL]
    return variants.read_numbers(texts[0]) if texts else None


@dataclass
class Planned:
    """A submission that is to be graded, or was refused: then `job` is None and `reasons` say why."""

    student: Student
    fingerprint: str
    job: dict | None
    reasons: list
    notes: list


def plan(guard, assignment, again=False):
    """Yield a Planned for each submission that has no record yet, or another one than what is there now."""
    for student in assignment.students:
        if not assignment.course.submitted(student.id, assignment.name).exists():
            continue
        before = "" if again else read_record(assignment.course, student.id, assignment.name).get("fingerprint", "")
        try:
            planned = guard.run(plan_one, student, before)
        except Broken as error:
            planned = Planned(student, "", None, [f"it could not be read: {error}"], [])
        if planned:
            yield planned


def plan_one(assignment, student, before):
    """Return the Planned of one submission, None if its fingerprint is the one that it had `before`."""
    folder = assignment.course.submitted(student.id, assignment.name)
    mark = fingerprint(assignment, student, folder)
    if mark == before:
        return None
    try:
        return Planned(student, mark, *prepare(assignment, student, folder))
    except Rejected as refused:
        return Planned(student, mark, None, [str(refused)], [])


@dataclass
class Answers:
    """The answers of a submission, put into the assignment as they are graded."""

    path: Path
    others: list  # notebooks that lie beside it
    submission: Submission
    numbers: dict
    release: NotebookNode  # what the student was given
    notebook: NotebookNode
    reasons: list  # why a human should look
    notes: list  # what was put right

    @property
    def given(self):
        """The texts of the cells that the student was given."""
        return {cell.source for cell in self.release.cells}

    def own_code(self):
        """Return the student's own code, cell by cell of the notebook that is run: name or number → text."""
        given = self.given
        return {
            marks(cell).get("grade_id", at): cell.source
            for at, cell in enumerate(self.notebook.cells, 1)
            if cell.cell_type == "code" and cell.metadata[ROLE] == STUDENT and cell.source not in given
        }


def read_answers(assignment, student, folder):
    """Return the Answers in a submission's folder."""
    limits = assignment.course.limits
    receipt = read_receipt(assignment.course, student.id, assignment.name)
    if receipt.get("refused") and not is_mended(receipt, contents(folder)):
        raise Rejected(receipt["refused"])
    path, others = find_notebook(folder, assignment.name)
    submission = read_submission(path, limits.submission_mb)
    numbers = assignment.numbers_of(submission, student)
    source = with_numbers(assignment.source, numbers)
    release = with_numbers(assignment.public_release, numbers)
    notebook, reasons, notes = merge(submission, source, release, assignment.name)
    return Answers(path, others, submission, numbers, release, notebook, reasons, notes)


def prepare(assignment, student, folder):
    """Return the job, reasons for a human to look, and notes, of a submission."""
    found = read_answers(assignment, student, folder)
    path, submission, notebook, release = found.path, found.submission, found.notebook, found.release
    notes = [] if path.stem == assignment.name else [f"the file is named {path.name}, not {assignment.name}.ipynb"]
    reasons = found.reasons + answers_elsewhere(notebook, release)
    beside, ignored = compare_others(submission, path, found.others, {text.strip() for text in found.given},
                                     assignment.course.limits.submission_mb)  # fmt: skip
    reasons, notes = reasons + beside, notes + ignored + found.notes
    if submission.about.get("release", release_digest(release)) != release_digest(release):
        notes.append("the notebook is from another release; its answers were put into today's")
    reasons += assignment.whose_numbers(submission, found.numbers)
    own = found.own_code()
    missing = {name: missing_packages(text) for name, text in own.items()}
    reasons += [f"cell {name} is worth a look: {', '.join(words)}" for name, text in own.items()
                if (words := suspicious(text))]  # fmt: skip
    reasons += [f"cell {name} imports {', '.join(absent)}: not installed here, so what uses it fails"
                for name, absent in missing.items() if absent]  # fmt: skip
    seed = variants.grading_seed(assignment.secret, assignment.name, student.id, path.read_bytes())
    names = {"numbers": found.numbers, "grading_seed": seed}
    job = {"student": student.id, "notebook": nbformat.writes(notebook), "names": names,
           "missing": sorted(set().union(*missing.values()))}  # fmt: skip
    return job, reasons, notes
