"""The same shards on a Dask cluster: a scheduler and two workers, of which one is killed midway."""

import json
import os
import subprocess
import sys
import time

import courses
import psutil

from course.layout import PROJECT

STUDENTS = [f"s{at}" for at in range(5)]


def test_a_cluster_that_loses_a_worker_grades_everything(tmp_path):
    course = courses.make_course(tmp_path, STUDENTS)
    for student in STUDENTS:
        courses.hand_in(course, student, courses.solved(course, student))
    with Cluster(tmp_path) as cluster:
        grading = subprocess.Popen(
            courses.command(course, "grade", "--scheduler", cluster.address),
            cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        wait_for(lambda: any(courses.record_of(course, student) for student in STUDENTS))
        cluster.kill_one()
        out, complaint = grading.communicate(timeout=600)
    assert grading.returncode == 0, complaint[-2000:]
    assert f"{len(STUDENTS)} graded, 0 rejected, 0 failed" in out
    assert {courses.record_of(course, student)["points"] for student in STUDENTS} == {6.0}
    local = courses.run(course, "grade", "--again")
    assert f"{len(STUDENTS)} submissions in" in local.stdout
    assert {courses.record_of(course, student)["points"] for student in STUDENTS} == {6.0}


def wait_for(condition, seconds=300):
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder):
        self.file, self.folder = folder / "scheduler.json", folder

    def __enter__(self):
        self.processes = [self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")]
        wait_for(lambda: self.file.exists() and self.file.read_text().endswith("}"))
        self.address = json.loads(self.file.read_text())["address"]
        alone = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder)]
        self.processes += [self._start("worker", *alone) for _ in range(2)]
        wait_for(lambda: self._workers() == 2)
        return self

    def _start(self, kind, *options):
        command = [sys.executable, "-m", "distributed.cli.dask_" + kind, "--scheduler-file", str(self.file), *options]
        quiet = dict.fromkeys(("stdout", "stderr"), subprocess.DEVNULL)
        return subprocess.Popen(command, cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(PROJECT)}, **quiet)

    def _workers(self):
        from distributed import Client

        with Client(self.address, timeout="20s") as client:
            return len(client.scheduler_info()["workers"])

    def kill_one(self):
        """Kill a worker that is at work: one that has a sandbox below it."""
        busy = []
        wait_for(lambda: busy.extend(one for one in self.processes[1:] if psutil.Process(one.pid).children()) or busy)
        busy[0].kill()

    def __exit__(self, *_):
        for process in self.processes:
            process.kill()
            process.wait()
