"""What can change a score grades again, and nothing else does."""

import os
import shutil

import courses
import pytest

from course.fingerprint import DECIDE, code_that_decides, files_that_decide, fingerprint
from course.layout import PROJECT
from course.plan import Assignment

DECIDES = ["course/reading/preflight.py", "course/reading/merge.py", "course/running/sandbox.py", "course/plan.py",
           "course/running/watchdog.py", "course/running/inside/enter.py", "course/running/inside/kernel.py",
           "course/release.py", "course/variants.py", "course/results/gradebook.py", "hdclib/checks.py",
           "hdclib/coursework/counted.py", "hdclib/figures.py"]  # fmt: skip
DECIDES_NOTHING = ["course/export.py", "course/feedback.py", "course/collect.py", "course/results/lms.py",
                   "course/roster.py"]  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project's code."""
    copy = tmp_path_factory.mktemp("project")
    for name in ("course", "hdclib"):
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "assignments"))
    return copy


def digest_after(project, name):
    """Return the digest of the code after one more line in a file, which is put back."""
    before = (project / name).read_bytes()
    (project / name).write_bytes(before + b"\n# one more line\n")
    code_that_decides.cache_clear()
    try:
        return code_that_decides(project)
    finally:
        (project / name).write_bytes(before)


def digest_of(project):
    code_that_decides.cache_clear()
    return code_that_decides(project)


@pytest.mark.parametrize("name", DECIDES)
def test_a_change_of_what_decides_a_score_grades_again(project, name):
    assert digest_after(project, name) != digest_of(project)


@pytest.mark.parametrize("name", DECIDES_NOTHING)
def test_a_change_elsewhere_grades_nothing_again(project, name):
    assert digest_after(project, name) == digest_of(project)


def test_no_widget_decides_a_score(project):
    widgets = [path.relative_to(project).as_posix() for path in (project / "hdclib" / "widgets").rglob("*.py")]
    assert len(widgets) > 10
    before = digest_of(project)
    assert [name for name in widgets if digest_after(project, name) != before] == []


def test_a_new_file_in_a_folder_that_decides_grades_again(project):
    before = digest_of(project)
    (project / "course" / "running" / "new.py").write_text("")
    after = digest_of(project)
    (project / "course" / "running" / "new.py").unlink()
    assert before != after and digest_of(project) == before


def test_everything_that_is_listed_is_there_and_compiled_files_are_not():
    assert [name for name in DECIDE if not (PROJECT / name).exists()] == []
    assert not any(path.suffix == ".pyc" for path in files_that_decide())


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = courses.make_course(tmp_path_factory.mktemp("marks"), ["ada", "ben"])
    for student in ("ada", "ben"):
        courses.hand_in(course, student, courses.solved(course, student))
    return course


def mark(course, student="ada"):
    """Return the fingerprint of a student's submission as it is now."""
    assignment = Assignment(course, "small")
    return fingerprint(assignment, assignment.roster[student], course.submitted(student, "small"))


def test_a_date_alone_grades_nothing_again(course):
    before, path = mark(course), course.submitted("ada", "small") / "small.ipynb"
    os.utime(path, (1, 1))
    assert mark(course) == before


def test_other_content_of_the_same_size_and_date_grades_again(course):
    before, path = mark(course), course.submitted("ada", "small") / "small.ipynb"
    status, text = path.stat(), path.read_text()
    path.write_text(text.replace("return sum(values)", "return sum(valuez)"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size and mark(course) != before
    path.write_text(text)
    assert mark(course) == before


def test_a_gigantic_file_is_not_read(course):
    path = course.submitted("ben", "small") / "more.bin"
    with open(path, "wb") as out:
        out.truncate(10**12)
    marks = {mark(course, "ben")}
    os.truncate(path, 10**12 + 1)
    assert mark(course, "ben") not in marks


def test_limits_and_the_assignment_count(course):
    before = mark(course)
    settings = (course.root / "course.toml").read_text()
    other = courses.open_course(course.root, course.assignments)
    assert mark(other) == before
    (course.root / "course.toml").write_text(settings.replace("memory_mb = 900", "memory_mb = 901"))
    assert mark(courses.open_course(course.root, course.assignments)) != before
    (course.root / "course.toml").write_text(settings)
    source = course.source("small")
    text = source.read_text()
    source.write_text(text.replace("Sum numbers.", "Sum the numbers."))
    assert mark(course) != before
    source.write_text(text)


def test_the_code_the_numbers_and_the_names_of_files_count(course, monkeypatch):
    before, path = mark(course), course.submitted("ada", "small") / "small.ipynb"
    other = path.rename(path.with_name("another.ipynb"))
    assert mark(course) != before
    other.rename(path)
    assert mark(course) == before
    with monkeypatch.context() as patch:
        patch.setattr(Assignment, "numbers", lambda self, student: {"values": [1], "factor": 2})
        assert mark(course) != before
    monkeypatch.setattr("course.fingerprint.code_that_decides", lambda: "other code")
    assert mark(course) != before


def test_a_file_of_the_largest_size_is_read_to_its_end(course):
    path = course.submitted("ada", "small") / "largest.bin"
    most = course.limits.submission_mb * 1_000_000
    path.write_bytes(bytes(most))
    before = mark(course)
    path.write_bytes(bytes(most - 1) + b"x")
    assert mark(course) != before
    path.unlink()
