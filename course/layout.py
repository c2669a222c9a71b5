"""Where a course keeps its things, and the limits that it sets."""

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ASSIGNMENTS = PROJECT / "course" / "assignments"


class CourseError(Exception):
    """Something that the teacher has to put right before the command can run; the message says what."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use; ``[limits]`` of course.toml changes it."""

    cell_seconds: int = 30  # then the cell is interrupted
    grace_seconds: int = 3  # then, if it is deaf to that, the sandbox is killed
    total_seconds: int = 240  # for the whole notebook
    memory_mb: int = 2048  # of all processes together
    address_mb: int = 4096  # address space of one process
    processes: int = 32
    disk_mb: int = 64  # of each scratch folder, which lies in memory
    output_kb: int = 200  # kept of one cell
    submission_mb: int = 20  # a larger file is not even opened


@dataclass(frozen=True)
class Course:
    """The folder of one course, in the arrangement that nbgrader knows."""

    root: Path
    assignments: Path = ASSIGNMENTS
    limits: Limits = field(default_factory=Limits)
    rules: dict = field(default_factory=dict)  # assignment → what course.toml says of its time, as `lateness` reads it

    def folder(self, name):
        """Return the folder of an assignment's source."""
        folder = self.assignments / name
        if not (folder / f"{name}.ipynb").is_file():
            raise CourseError(f"assignment must be one of {', '.join(self.names())}, got {name!r}")
        return folder

    def names(self):
        """Return the names of all assignments."""
        return sorted(path.stem for path in self.assignments.glob("*/*.ipynb") if path.stem == path.parent.name)

    def source(self, name):
        """Return the path of an assignment's source."""
        return self.folder(name) / f"{name}.ipynb"

    def submitted(self, student, name):
        """Return the folder of a submission."""
        return self.root / "submitted" / student / name

    def autograded(self, student, name):
        """Return the path of a graded notebook."""
        return self.root / "autograded" / student / name / f"{name}.ipynb"

    def record(self, student, name):
        """Return the path of what grading found out about a submission."""
        return self.root / "records" / name / f"{student}.json"

    @property
    def secret(self):
        """The path of the course's secret."""
        return self.root / "secret.txt"

    @property
    def roster(self):
        """The path of the list of students."""
        return self.root / "roster.csv"

    @property
    def gradebook(self):
        """The path of nbgrader's gradebook."""
        return self.root / "gradebook.db"


def open_course(root, assignments=ASSIGNMENTS):
    """Return the course in the folder `root`, with what its course.toml says."""
    root = Path(root).resolve()
    settings = root / "course.toml"
    try:
        said = tomllib.loads(settings.read_text(encoding="utf-8")) if settings.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{settings} cannot be read: {error}") from None
    if unknown := set(said) - {"limits", "assignments"}:
        raise CourseError(f"{settings}: [{', '.join(sorted(unknown))}]; allowed are [limits] and [assignments.NAME]")
    allowed = [limit.name for limit in fields(Limits)]
    for name, value in said.get("limits", {}).items():
        if name not in allowed or type(value) is not int or value < 1:
            raise CourseError(f"{settings}: {name} = {value!r}; allowed are whole numbers for {', '.join(allowed)}")
    course = Course(root, Path(assignments).resolve(), Limits(**said.get("limits", {})), said.get("assignments", {}))
    if unknown := set(course.rules) - set(course.names()):
        raise CourseError(f"{settings}: [assignments.{min(unknown)}]; assignments are {', '.join(course.names())}")
    return course


def write_whole(path, text):
    """Write `text` to `path` so that a crash leaves the old file or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
