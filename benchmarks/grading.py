"""Measure the grading of 30 ordinary submissions on two cores, in the sandbox, from the command to its summary.

The submissions are the solutions of an assignment of the book, each with numbers of its own.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from course.layout import open_course  # noqa: E402
from course.release import read_source, write_release  # noqa: E402

ASSIGNMENT, STUDENTS, JOBS, BUDGET = "sizes", 30, 2, 40.0


def hand_in(course, student, source):
    """Hand in a student's own notebook with the solutions of the source."""
    notebook = nbformat.read(course.root / "handout" / student / f"{ASSIGNMENT}.ipynb", as_version=4)
    for cell, solved in zip(notebook.cells, source.cells, strict=True):
        if solved.metadata.get("nbgrader", {}).get("solution"):
            cell.source = solved.source
    folder = course.submitted(student, ASSIGNMENT)
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{ASSIGNMENT}.ipynb")


def main():
    """Print what grading says and how long it took; the exit code says whether the budget was met."""
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
    print(
        f"{STUDENTS} submissions on {JOBS} cores: {seconds:.1f} s with starting up; the machine's load was {load:.1f}"
    )
    print(f"budget {BUDGET:.0f} s: {'met' if met else 'MISSED'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
