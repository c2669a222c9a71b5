"""Limits that hold whatever a student's code does: on calls, memory, output, time, and on the watch itself."""

import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import courses
import nbformat
import pytest
import zmq
from nbformat.v4 import new_code_cell, new_notebook

from course.layout import Limits
from course.running import memory, watchdog
from course.running.run import run_job
from course.running.session import FULL_CELLS, Session

LIMITS = Limits(**courses.QUICK)
CLOSED = """\
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    return libc.syscall(number, *arguments)
machine = os.uname().machine
numbers = {"x86_64": (319, 447, 29, 425, 68, 64), "aarch64": (279, 447, 194, 425, 186, 190)}[machine]
tried = {"memfd_create": call(numbers[0], b"x", 0), "memfd_secret": call(numbers[1], 0),
         "shmget": call(numbers[2], 0, 10**6, 0o1600),
         "io_uring": call(numbers[3], 8, ctypes.create_string_buffer(200)),
         "msgget": call(numbers[4], 0, 0o1600), "semget": call(numbers[5], 0, 9, 0o1600),
         "mq_open": libc.mq_open(b"/q", os.O_CREAT | os.O_RDWR, 0o600, None)}
for name, family in (("vsock", 40), ("unix", 1), ("inet", 2)):
    try:
        socket.socket(family, 1).close()
        tried[name] = 0
    except OSError:
        tried[name] = -1
print({name: result >= 0 for name, result in tried.items()})
"""
FLOOD = """\
from IPython.display import display
display({"text/plain": "x"}, raw=True, metadata={"a": "y" * 10**6})
for _ in range(50):
    display({"text/plain": "z" * 10**4}, raw=True)
    print("w" * 10**4)
shell = get_ipython()
for _ in range(20):
    try:
        raise ValueError("v" * 10**6)
    except ValueError:
        shell.showtraceback()
"""


def run(*codes, limits=LIMITS):
    """Return the outcome of a notebook with these cells of a student's."""
    cells = [new_code_cell(code, metadata={"hdc_role": "student"}) for code in codes]
    return run_job({"student": "x", "notebook": nbformat.writes(new_notebook(cells=cells)), "names": {}}, limits)


def outputs(outcome):
    return [cell.outputs for cell in nbformat.reads(outcome["notebook"], as_version=4).cells]


def test_calls_to_memory_of_nobody_and_to_the_host_are_refused_and_others_are_not():
    ((said,),) = outputs(run(CLOSED))
    closed = ("memfd_create", "memfd_secret", "shmget", "io_uring", "msgget", "semget", "mq_open", "vsock")
    assert said.text == f"{dict.fromkeys(closed, False) | {'unix': True, 'inet': True}}\n"


def test_no_kind_of_output_makes_a_large_notebook():
    limits = replace(LIMITS, output_kb=20)
    outcome = run(*[FLOOD] * 5, *["print('x' * 19_000)"] * 30, limits=limits)
    assert len(outcome["notebook"]) < 2 * FULL_CELLS * limits.output_kb * 1000
    assert "a cell printed more than 20 kB; the rest was left out" in outcome["reasons"]
    assert any(output.output_type == "error" for output in outputs(outcome)[0])  # the first one is kept


def test_all_kernels_of_a_submission_share_one_clock():
    limits = replace(LIMITS, total_seconds=12, cell_seconds=30)
    outcome = run(*["import os, time\ntime.sleep(7)\nos._exit(1)"] * 3, limits=limits)
    assert any("the notebook took more than 12 s" in reason for reason in outcome["reasons"])
    assert outcome["seconds"] < 3 * 7  # each has time for itself otherwise


def test_what_cannot_be_watched_is_killed(monkeypatch):
    def blind(pid):
        raise PermissionError

    monkeypatch.setattr(watchdog, "usage", blind)
    process = subprocess.Popen(["sleep", "600"])
    guard = watchdog.Watchdog(process, LIMITS, time.monotonic() + 600, memory.Group(LIMITS))
    guard.start()
    process.wait()
    guard.join()
    assert guard.reason == "it could not be watched (PermissionError)"


SOCKETS = """\
import os, socket
mounts = [line.split()[4] for line in open("/proc/self/mountinfo")]
shared = [place for place in mounts if "/hdc-" in place]
tried = {"shared": len(shared)}
for place in shared:
    os.chmod(place, 0o777)
    deeds = {"file": lambda: open(place + "/x", "w"), "folder": lambda: os.mkdir(place + "/d"),
             "socket": lambda: socket.socket(socket.AF_UNIX).bind(place + "/k-1"),
             "link": lambda: os.symlink("/tmp", place + "/l")}
    for name, deed in deeds.items():
        try:
            deed()
            tried[name] = True
        except FileNotFoundError:
            tried[name] = False
print(tried, os.listdir(place))
"""


def test_no_folder_that_is_shared_takes_a_socket_or_a_file_of_a_students():
    with Session(LIMITS) as session:
        folder = session.folder
        assert not folder.exists()
        outputs, _ = session.execute(SOCKETS)
        still, _ = session.execute("print('heard')")
    assert (
        outputs[0].text == str({"shared": 1, "file": False, "folder": False, "socket": False, "link": False}) + " []\n"
    )
    assert still[0].text == "heard\n" and not folder.exists()


def test_a_cell_is_interrupted_after_the_sockets_are_gone():
    outcome = run("import time\nwhile True: time.sleep(0.1)", limits=replace(LIMITS, cell_seconds=1))
    assert "a cell was stopped after 1 s" in outcome["reasons"]


@pytest.fixture
def delegated(tmp_path, monkeypatch):
    """A folder that looks like cgroup v2 with a delegated group in which memory can be limited."""
    above = tmp_path / "user.slice"
    (above / "grader.scope").mkdir(parents=True)
    (tmp_path / "cgroup.subtree_control").write_text("memory pids")
    (above / "cgroup.subtree_control").write_text("cpu memory\n")
    own = tmp_path / "own"
    own.write_text("4:memory:/old\n0::/user.slice/grader.scope\n")
    monkeypatch.setattr(Path, "rmdir", shutil.rmtree)  # files of a real group go with it
    monkeypatch.setattr(memory, "place", lambda: memory._place(tmp_path, own))
    return above


def test_a_sandbox_gets_a_group_of_its_own_where_that_can_be_had(delegated):
    group = memory.Group(LIMITS)
    assert group.there and group._folder.parent == delegated
    settings = {path.name: path.read_text() for path in group._folder.iterdir()}
    assert settings == {"memory.max": str(900 * 2**20), "memory.swap.max": "0", "memory.oom.group": "1"}
    done = subprocess.run(group.around(["sh", "-c", "echo $$"]), capture_output=True, text=True)
    assert (group._folder / "cgroup.procs").read_text() == done.stdout
    assert not group.is_overrun()
    (group._folder / "memory.events").write_text("low 0\noom 2\noom_kill 1\n")
    process = subprocess.Popen(["true"])
    guard = watchdog.Watchdog(process, LIMITS, time.monotonic() + 600, group)
    process.wait()
    assert guard.why() == "more than 900 MB of memory were used"
    group.close()
    assert [path.name for path in delegated.iterdir() if path.is_dir()] == ["grader.scope"]


def test_a_submission_is_graded_in_its_group(delegated):
    ((said,),) = outputs(run("print(1 + 1)"))
    assert said.text == "2\n" and [path.name for path in delegated.iterdir() if path.is_dir()] == ["grader.scope"]


@pytest.mark.parametrize("own", ["", "4:memory:/x\n", "0::/nowhere\n", "0::/../..\n"])
def test_without_a_group_memory_is_counted(tmp_path, own):
    (tmp_path / "own").write_text(own)
    assert memory._place(tmp_path / "root", tmp_path / "own") is None


def test_the_grader_never_connects_again_to_a_socket_that_a_student_may_have_made():
    with Session(LIMITS) as session:
        channels = (session.client.shell_channel, session.client.iopub_channel, session.client.control_channel)
        assert [channel.socket.getsockopt(zmq.RECONNECT_IVL) for channel in channels] == [-1, -1, -1]
