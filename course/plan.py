"""Decide what has to be graded: read each submission, put its answers into the assignment, skip what is done."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path

import nbformat

import hdclib
from course import variants
from course.assemble import assemble, marks
from course.layout import CourseError
from course.preflight import Rejected, find_notebook, read_submission
from course.record import RUBRIC
from course.release import public_version, read_source, release_digest, with_numbers
from course.roster import Student, read_roster
from course.scan import suspicious

HERE = Path(__file__).resolve().parent
DECIDE = [
    "variants.py",
    "preflight.py",
    "matching.py",
    "assemble.py",
    "scan.py",
    "run.py",
    "session.py",
    "inside/kernel.py",
]


class Assignment:
    """An assignment as it is graded in a course: its source, its students, and their numbers."""

    def __init__(self, course, name):
        self.course, self.name, self.folder = course, name, course.folder(name)
        self.source = read_source(course, name)
        _keep_rubrics(self.source)
        self.secret = variants.read_secret(course.secret)
        self.public = variants.public_numbers(self.folder)
        self.public_release = public_version(course, name)
        listed = read_roster(course.roster) if course.roster.exists() else []
        self.roster = {student.id: student for student in listed}

    @cached_property
    def students(self):
        """Everyone who is on the roster or has handed in, in order of the id."""
        folders = self.course.root.glob(f"submitted/*/{self.name}")
        handed_in = {path.parent.name: Student(path.parent.name) for path in folders}
        return [student for _, student in sorted({**handed_in, **self.roster}.items())]

    @cached_property
    def _owners(self):
        """Map the text of each student's numbers to the student."""
        return {variants.numbers_text(self.numbers(student)): student.id for student in self.roster.values()}

    def numbers(self, student):
        """Return a student's own numbers; the public ones in a course without a roster."""
        return variants.student_numbers(self.folder, self.secret, student.id) if self.roster else self.public

    def whose_numbers(self, submission, student):
        """Return a reason for a human to look if the submission's numbers are another's."""
        texts = [cell.text for cell in submission.cells if cell.grade_id == variants.CELL]
        found = variants.read_numbers(texts[0]) if texts else None
        if found is None or found == self.numbers(student):
            return []
        if found == self.public:
            return ["the numbers are the public ones, not the student's own"]
        owner = self._owners.get(variants.numbers_text(found)) if isinstance(found, dict) else None
        return [f"the numbers are those of {owner}" if owner else "the numbers were changed and put back"]


def _keep_rubrics(source):
    """Note the rubric of each written answer in the cell's metadata, for those who grade it."""
    for cell in source.cells:
        _, mark, rest = cell.source.partition("BEGIN MARK SCHEME")
        if mark and marks(cell).get("solution"):
            lines = rest.partition("END MARK SCHEME")[0].splitlines()[1:-1]
            cell.metadata[RUBRIC] = "**Rubric**\n\n" + "\n".join(lines).strip()


@dataclass
class Planned:
    """A submission that is to be graded, or was refused: then `job` is None and `reasons` say why."""

    student: Student
    fingerprint: str
    job: dict | None
    reasons: list
    notes: list


def plan(assignment, again=False):
    """Yield a Planned for each submission that has no record yet, or another one than what is there now."""
    for student in assignment.students:
        folder = assignment.course.submitted(student.id, assignment.name)
        if not folder.exists():
            continue
        mark = fingerprint(assignment, student, folder)
        if not again and read_record(assignment.course, student.id, assignment.name).get("fingerprint") == mark:
            continue
        try:
            yield Planned(student, mark, *_prepare(assignment, student, folder))
        except Rejected as refused:
            yield Planned(student, mark, None, [str(refused)], [])


def _prepare(assignment, student, folder):
    """Return the job, reasons for a human to look, and notes, of a submission."""
    limits, numbers = assignment.course.limits, assignment.numbers(student)
    refused = folder / "refused.json"
    if refused.exists():
        raise Rejected(json.loads(refused.read_text(encoding="utf-8"))["reason"])
    path, notes = find_notebook(folder, assignment.name)
    submission = read_submission(path, limits.submission_mb)
    source = with_numbers(assignment.source, numbers)
    release = with_numbers(assignment.public_release, numbers)
    notebook, reasons, more = assemble(submission, source, release, assignment.name)
    notes += more
    if submission.about.get("release", release_digest(release)) != release_digest(release):
        notes.append("the notebook is from another release; its answers were put into today's")
    reasons += assignment.whose_numbers(submission, student)
    reasons += _suspicions(submission, {cell.source for cell in release.cells})
    seed = variants.grading_seed(assignment.secret, assignment.name, student.id)
    names = {"numbers": numbers, "grading_seed": seed}
    return {"student": student.id, "notebook": nbformat.writes(notebook), "names": names}, reasons, notes


def _suspicions(submission, given):
    """Return what the student's own code reaches for, cell by cell."""
    reasons = []
    for at, cell in enumerate(submission.cells, 1):
        words = suspicious(cell.text) if cell.kind == "code" and cell.text not in given else []
        if words:
            reasons.append(f"cell {at} reaches beyond an answer: {', '.join(words)}")
    return reasons


def fingerprint(assignment, student, folder):
    """Return a text that differs whenever grading could come out differently."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        status = path.lstat()
        digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    digest.update(assignment.course.source(assignment.name).read_bytes())
    digest.update(code_that_decides())
    digest.update(f"{asdict(assignment.course.limits)} {assignment.numbers(student)}".encode())
    return digest.hexdigest()


@cache
def code_that_decides():
    """Return a digest of the code that a score depends on: grading itself, and the library with its checks."""
    library = Path(hdclib.__file__).parent
    paths = [*(HERE / name for name in DECIDE), *sorted(library.rglob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).digest()


def read_record(course, student, name):
    """Return what is recorded of a submission, an empty dict if nothing is."""
    path = course.record(student, name)
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError as error:
        raise CourseError(f"{path} is damaged ({error}): remove it, and the submission is graded again") from None
