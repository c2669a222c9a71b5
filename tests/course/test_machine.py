"""What happens to the grader itself: killed, interrupted, started twice, out of space, without a sandbox."""

import contextlib
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import courses
import nbformat
import psutil
import pytest

from course import grade
from course.layout import PROJECT, Limits
from course.running import sandbox
from course.running.run import run_job
from course.running.session import sweep

STUDENTS = [f"s{at}" for at in range(3)]


@pytest.fixture
def course(tmp_path):
    """A course in which three students handed in."""
    course = courses.make_course(tmp_path, STUDENTS)
    for student in STUDENTS:
        courses.hand_in(course, student, courses.solved(course, student))
    return course


def hear_ctrl_c():
    """Undo what a shell does to a command in the background, so that tests that run there can interrupt too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(course, *options):
    """Start grading and return its process."""
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "preexec_fn": hear_ctrl_c}
    return subprocess.Popen(courses.command(course, "grade", "--jobs", "2", *options), cwd=PROJECT, **quiet)


def graded(course):
    """Return the students that have a record."""
    return {student for student in STUDENTS if courses.record_of(course, student)}


def wait_for(condition, seconds=300):
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def family(process):
    """Return the processes below a process."""
    return psutil.Process(process.pid).children(recursive=True)


def ended(processes):
    """Tell whether all of these processes are gone."""
    return not [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def hand_in_endless(course):
    """Let the last student hand in a loop without end, so that grading is not over before it is stopped."""
    last = STUDENTS[-1]
    endless = courses.changed(courses.solved(course, last), total="while True:\n    pass")
    courses.hand_in(course, last, endless)


def finishes_the_rest(course, before):
    """Grade again; tell whether only the rest was graded, and everyone has their points."""
    courses.hand_in(course, STUDENTS[-1], courses.solved(course, STUDENTS[-1]))
    again = courses.run(course, "grade", "--jobs", "2")
    assert again.returncode == 0, again.stderr[-1000:]
    assert f"{len(STUDENTS) - len(before)} submissions in" in again.stdout
    return {courses.record_of(course, student)["points"] for student in STUDENTS} == {6.0}


def test_a_killed_grader_loses_nothing_and_leaves_nothing(course):
    hand_in_endless(course)
    process = start(course)
    wait_for(lambda: graded(course))
    below = family(process)
    assert any("bwrap" in one.name() for one in below)
    process.kill()
    process.communicate()
    wait_for(lambda: ended(below), 60)
    before = graded(course)
    assert 0 < len(before) < len(STUDENTS)
    assert finishes_the_rest(course, before)
    assert [folder for one in below for folder in glob.glob(f"{tempfile.gettempdir()}/hdc-{one.pid}-*")] == []


def workers(process):
    """Return the processes that a grader has started, the server that they are forked from among them."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return [one for one in family(process) if "multiprocessing.forkserver" in " ".join(one.cmdline())]


def test_a_grader_killed_while_it_starts_leaves_nothing(course):
    process = start(course)
    wait_for(lambda: workers(process))
    below = family(process)
    process.kill()
    process.wait()
    wait_for(lambda: ended(below), 60)


def test_ctrl_c_stops_and_the_same_command_goes_on(course):
    hand_in_endless(course)
    process = start(course)
    wait_for(lambda: graded(course))
    below = family(process)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=120)
    assert process.returncode == 130 and "the same command goes on from there" in complaint
    wait_for(lambda: ended(below), 60)
    assert finishes_the_rest(course, graded(course))


@pytest.mark.parametrize("boxed", [True, False])
def test_a_kernel_ends_with_a_grader_that_dies_while_it_starts(monkeypatch, tmp_path, boxed):
    slow = tmp_path / "bwrap"
    slow.write_text(f'#!/bin/sh\nsleep 1\nexec {shutil.which("bwrap")} "$@"\n')
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    imports = "from course.layout import Limits; from course.running.session import Session"
    code = f"{imports}; Session(Limits(), {boxed}).__enter__()"
    grader = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT)
    wait_for(lambda: family(grader))
    below = family(grader)
    grader.kill()
    grader.wait()
    wait_for(lambda: ended(below), 60)
    sweep()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_ctrl_c_that_falls_into_a_destructor_stops_too(monkeypatch, course):
    class Interrupted:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(grade, "finish", lambda *_: Interrupted())
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
    try:
        with pytest.raises(KeyboardInterrupt):
            grade.grade(course, "small", jobs=2)
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_process_of_the_grader_that_dies_is_made_up_for(course):
    process = start(course)
    wait_for(lambda: graded(course))
    workers = [one.parent() for one in family(process) if one.name() == "bwrap" and one.parent().name() != "bwrap"]
    assert workers
    workers[0].kill()
    out, complaint = process.communicate(timeout=600)
    assert process.returncode == 0, complaint[-1000:]
    assert f"{len(STUDENTS)} graded, 0 rejected, 0 failed" in out


def test_a_second_run_is_refused_while_the_first_goes_on(course):
    with grade.alone(course):
        second = courses.run(course, "grade")
    assert second.returncode == 2 and "another run is grading" in second.stderr
    assert graded(course) == set()


def test_a_full_disk_stops_grading_and_loses_nothing(course, tmp_path):
    small = tmp_path / "small-disk"
    small.mkdir()
    grade = " ".join(courses.command(course, "grade", "--jobs", "2")).replace(str(course.root), str(small))
    script = f"""
        cp -a {course.root}/. {small}/ && dd if=/dev/zero of={small}/filler bs=1k count=99999 2>/dev/null
        truncate -s -$((180 * 1024)) {small}/filler
        {grade} ; echo "first: $?"
        rm {small}/filler
        {grade} ; echo "second: $?" """
    done = subprocess.run(on_a_small_disk(small, script), cwd=PROJECT, capture_output=True, text=True)
    assert "first: 2" in done.stdout and "second: 0" in done.stdout, done.stdout + done.stderr[-2000:]
    assert "the disk is full: what was done is kept" in done.stderr
    assert f"{len(STUDENTS)} graded, 0 rejected, 0 failed" in done.stdout


def on_a_small_disk(folder, script):
    """Return a command that runs a script where `folder` is a disk of its own of 3 MB."""
    if courses.is_root():
        mount = f"mount -t tmpfs -o size=3m tmpfs {folder} || exit 9"
        return ["unshare", "--mount", "sh", "-c", f"{mount}\n{script}"]
    return ["bwrap", "--dev-bind", "/", "/", "--size", "3000000", "--tmpfs", str(folder), "sh", "-c", script]


def without_bubblewrap(monkeypatch, folder):
    """Let no bwrap be found."""
    for name in ("sh", "uname"):
        (folder / name).symlink_to(shutil.which(name))
    monkeypatch.setenv("PATH", str(folder))


def test_without_a_sandbox_grading_refuses_and_says_what_to_install(course, tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    without_bubblewrap(monkeypatch, tmp_path / "bin")
    refused = courses.run(course, "grade")
    assert refused.returncode == 2 and graded(course) == set()
    assert "bubblewrap (the program bwrap) is not installed" in refused.stderr
    assert "apt-get install bubblewrap" in refused.stderr
    assert "--without-sandbox-i-accept-the-risk" in refused.stderr
    accepted = courses.run(course, "grade", "--without-sandbox-i-accept-the-risk")
    assert accepted.returncode == 0, accepted.stderr[-1000:]
    assert {courses.record_of(course, student)["points"] for student in STUDENTS} == {6.0}


def test_a_sandbox_that_does_not_work_is_no_sandbox(monkeypatch, tmp_path):
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'No permissions to create a new namespace' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert "No permissions to create a new namespace" in sandbox.reason_against(Limits())


BOMBS = {
    "processes": ("import os\nwhile True:\n    os.fork()", "processes were started|could not be interrupted"),
    "network": ("import socket\nprint(socket.if_nameindex())", ""),
}


@pytest.mark.parametrize("deed", BOMBS)
def test_the_sandbox_of_an_ordinary_user_holds_too(monkeypatch, deed):
    monkeypatch.setattr(sandbox, "own_user", lambda: 0)  # then bubblewrap makes a user namespace, as without root
    assert sandbox.reason_against(Limits()) == ""
    code, reason = BOMBS[deed]
    outcome = run_job(job(code), Limits(**courses.QUICK))
    if reason:
        assert any(word in " ".join(outcome["reasons"]) for word in reason.split("|"))
    else:
        assert "'lo'" in outcome["notebook"] and "eth" not in outcome["notebook"]


def job(code):
    """Return a job with one cell of a student's."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code, metadata={"hdc_role": "student"})])
    return {"student": "x", "notebook": nbformat.writes(notebook), "names": {}}


def test_a_limit_that_does_not_exist_is_named(course):
    (course.root / "course.toml").write_text("[limits]\nmemory = 3\n")
    done = courses.run(course, "grade")
    assert done.returncode == 2 and "memory = 3; allowed are whole numbers for cell_seconds" in done.stderr
