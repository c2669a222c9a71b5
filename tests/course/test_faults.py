"""Every fault of the table comes out as docs/teaching.md says; all are graded in one batch."""

import hashlib
import socket

import courses
import psutil
import pytest
from faults import FAULTS, as_foreseen, hand_in_all, outcome

from course.layout import PROJECT

DEEDS = ("reading", "editing the gradebook", "writing outside", "network access", "a namespace")


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """A course with every fault graded, and digests of its files from before."""
    course = courses.make_course(tmp_path_factory.mktemp("faults"), [entry.student for entry in FAULTS])
    with socket.create_server(("127.0.0.1", 0)) as server:
        (course.root / "port.txt").write_text(str(server.getsockname()[1]))
        hand_in_all(course)
        before = {path: digest(path) for path in untouchable(course)}
        done = courses.run(course, "grade", "--jobs", "2")
    return course, done, before


def untouchable(course):
    """Return the files that no submission may change."""
    return [course.roster, course.secret, PROJECT / "course" / "grade.py", *course.root.glob("submitted/*/*/*.ipynb")]


def digest(path):
    """Return a digest of a file, of its first part if it is gigantic."""
    with open(path, "rb") as stream:
        return hashlib.sha256(stream.read(10**7)).hexdigest()


@pytest.mark.parametrize("entry", FAULTS, ids=lambda entry: entry.student)
def test_fault_comes_out_as_foreseen(batch, entry):
    course, done, _ = batch
    assert as_foreseen(course, entry), f"{outcome(course, entry)}\n{done.stderr[-2000:]}"


def test_every_fault_has_a_line_in_the_guide():
    guide = (PROJECT / "docs" / "teaching.md").read_text(encoding="utf-8")
    lines = [f"| {entry.name} | {'none' if entry.points is None else f'{entry.points:g}'} |" for entry in FAULTS]
    assert [line for line in lines if line not in guide] == []
    human = [line.split("|")[1].strip() for line in guide.splitlines() if "| human: " in line or "; human: " in line]
    assert sorted(human) == sorted(entry.name for entry in FAULTS if entry.reason)


def test_the_summary_names_each_submission_that_needs_a_human(batch):
    _, done, _ = batch
    lines = done.stdout.splitlines()
    named = {line.split()[0] for line in lines if line.startswith("  ") and not line.startswith("  noted")}
    assert named == {entry.student for entry in FAULTS if entry.reason}


def test_the_exit_status_says_that_a_human_is_needed(batch):
    assert batch[1].returncode == 1


def test_no_deed_succeeded(batch):
    course, _, _ = batch
    deeds = [entry for entry in FAULTS if entry.name.startswith(DEEDS)]
    assert len(deeds) == 7
    assert [entry.name for entry in deeds if "SUCCEEDED" in courses.graded_text(course, entry.student)] == []


def test_no_file_was_changed(batch):
    _, _, before = batch
    assert {path for path, old in before.items() if digest(path) != old} == set()


def test_no_process_is_left_behind(batch):
    assert [process.pid for process in psutil.process_iter() if "987654" in courses.command_of(process)] == []


def test_a_rerun_gives_the_same_scores(batch):
    course, _, _ = batch
    few = [entry.student for entry in FAULTS if entry.name in ("correct", "partial", "old notebook format 3")]
    before = {entry.student: courses.record_of(course, entry.student) for entry in FAULTS}
    for student in few:
        course.record(student, "small").unlink()
    courses.run(course, "grade", "--jobs", "2")
    after = {entry.student: courses.record_of(course, entry.student) for entry in FAULTS}
    assert [student for student in few if after[student]["points"] != before[student]["points"]] == []
    complete = {student for student in before if before[student].get("fingerprint")}  # a failure is tried again
    assert {student for student in complete if after[student] != before[student]} <= set(few)
