"""Measure the grading of 30 ordinary submissions on two cores, in the sandbox, from the command to its summary.

The submissions are the solutions of an assignment of the book, each with numbers of its own.
"""

import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from benchmarks.rows import Row, arguments, report
from course.layout import Limits, open_course
from course.release import read_source, write_release
from course.running.session import Session
from course.running.testing import Tester

ROOT = Path(__file__).resolve().parents[1]

ASSIGNMENT, STUDENTS, JOBS, BUDGET = "sizes", 30, 2, 40.0
STARTS = 5  # of which the middle one counts


def hand_in(course, student, source):
    """Hand in a student's own notebook with the solutions of the source."""
    notebook = nbformat.read(course.root / "handout" / student / f"{ASSIGNMENT}.ipynb", as_version=4)
    for cell, solved in zip(notebook.cells, source.cells, strict=True):
        if solved.metadata.get("nbgrader", {}).get("solution"):
            cell.source = solved.source
    folder = course.submitted(student, ASSIGNMENT)
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{ASSIGNMENT}.ipynb")


def second_process():
    """Return the seconds that a session takes to start, and those that its process for the tests takes alone."""
    limits, whole, alone = Limits(), [], []
    for _ in range(STARTS):
        start = time.perf_counter()
        with Session(limits):
            whole.append(time.perf_counter() - start)
        wall, other = socket.socketpair()
        start = time.perf_counter()
        with wall, other, contextlib.closing(Tester(wall, limits)) as tester:
            tester.wait()
            alone.append(time.perf_counter() - start)
    return statistics.median(whole), statistics.median(alone)


def rows():
    """Print what grading says, and yield how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        students = [f"student{at:02}" for at in range(STUDENTS)]
        Path(folder, "roster.csv").write_text("\n".join(["id", *students]) + "\n")
        course = open_course(folder)
        write_release(course, ASSIGNMENT)
        for student in students:
            hand_in(course, student, read_source(course, ASSIGNMENT))
        command = [sys.executable, "-m", "course", "grade", ASSIGNMENT, "--course", folder, "--jobs", str(JOBS)]
        start = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        seconds = time.perf_counter() - start
    print(done.stdout)
    met = done.returncode == 0 and seconds <= BUDGET
    load = os.getloadavg()[0]
    words = f"of {BUDGET:.0f} s, with starting up; the machine's load was {load:.1f}"
    yield Row(f"{STUDENTS} submissions on {JOBS} cores", f"{seconds:.1f} s", words, met)
    whole, alone = second_process()
    yield Row("a session starts", f"{whole:.2f} s", f"its second process, for the tests, takes {alone:.2f} s beside it")


if __name__ == "__main__":
    sys.exit(report(rows(), arguments().rows))
