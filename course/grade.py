"""Grade all submissions of an assignment: each in a sandbox, several at once, and go on where the last run stopped."""

import argparse
import contextlib
import errno
import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path

from tqdm import tqdm

from course import record, sandbox, shards
from course.layout import ASSIGNMENTS, CourseError, open_course, write_whole
from course.plan import Assignment, plan
from course.session import sweep
from course.summary import summary

GRADED, NEED_A_HUMAN, STOPPED, INTERRUPTED = 0, 1, 2, 130  # exit status
WITHOUT = "--without-sandbox-i-accept-the-risk"


@contextlib.contextmanager
def alone(course):
    """Keep a second run out of the course while this one goes on."""
    course.root.mkdir(parents=True, exist_ok=True)
    with open(course.root / ".grading", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseError(f"another run is grading in {course.root}: wait for its end") from None
        yield


def grade(course, name, jobs, scheduler=None, boxed=True, again=False):
    """Grade what has to be graded and record it.

    Returns
    -------
    count : int
        Submissions graded in this run.
    seconds : float
        Time that it took.
    """
    start = time.perf_counter()
    assignment = Assignment(course, name)
    sweep()
    record.back_up(course)
    record.register(course, name, assignment.source)
    waiting = {}
    for planned in plan(assignment, again):
        if planned.job is None:
            if course.autograded(planned.student.id, name).exists():
                planned.reasons.append("the points are those of the submission before")
            keep(course, name, planned, {"status": "rejected"})
        else:
            waiting[planned.student.id] = planned
    todo = [planned.job for planned in waiting.values()]
    outcomes = _outcomes(todo, course.limits, boxed, jobs, scheduler)
    with _ctrl_c() as pressed, contextlib.closing(outcomes):  # so that no process outlives an error
        for outcome in tqdm(outcomes, desc=name, total=len(todo), unit="submission"):
            finish(assignment, waiting[outcome["student"]], outcome)
            if pressed:
                raise KeyboardInterrupt
    return len(todo), time.perf_counter() - start


@contextlib.contextmanager
def _ctrl_c():
    """Yield a list that is empty until Ctrl-C is pressed: Python drops the exception if it falls into a destructor."""
    pressed, before = [], signal.getsignal(signal.SIGINT)

    def press(number, frame):
        pressed.append(number)
        raise KeyboardInterrupt

    if before is not signal.SIG_IGN:  # as for a command in the background
        signal.signal(signal.SIGINT, press)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _outcomes(todo, limits, boxed, jobs, scheduler):
    """Return a generator of the outcomes of the jobs."""
    if not todo:
        return (outcome for outcome in ())
    if scheduler:
        return shards.on_cluster(todo, limits, boxed, scheduler)
    return shards.here(todo, limits, boxed, jobs)


def finish(assignment, planned, outcome):
    """Record the outcome of one submission."""
    course, name = assignment.course, assignment.name
    planned.reasons += outcome["reasons"]
    if outcome["notebook"] is None:
        keep(course, name, planned, {"status": "failed"})
        return
    points = record.save(course, name, planned.student, outcome["notebook"])
    keep(course, name, planned, {"status": "graded", "points": points, "seconds": round(outcome["seconds"], 2)})


def keep(course, name, planned, found):
    """Write the record of a submission; it is the last thing written, so what has one is complete."""
    known = {"student": planned.student.id, "reasons": planned.reasons, "notes": planned.notes}
    mark = planned.fingerprint if found["status"] != "failed" else ""  # a failure of the grader's is tried again
    text = json.dumps({**known, **found, "fingerprint": mark}, indent=1)
    write_whole(course.record(planned.student.id, name), text + "\n")


def options_of(arguments):
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("assignment")
    parser.add_argument("--course", default="_course", help="the folder of the course")
    parser.add_argument("--assignments", type=Path, default=ASSIGNMENTS, help="the folder of the assignments' sources")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="submissions graded at once")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="grade on the Dask cluster with this scheduler")
    parser.add_argument("--again", action="store_true", help="grade also what has been graded already")
    parser.add_argument(WITHOUT, dest="boxed", action="store_false", help="run students' code with your own rights")
    options = parser.parse_args(arguments)
    if options.jobs < 1:
        parser.error(f"--jobs must be at least 1, got {options.jobs}")
    return options


def main(arguments=None):
    """Run the command line; return the exit status."""
    options = options_of(arguments)
    try:
        course = open_course(options.course, options.assignments)
        course.folder(options.assignment)
        if options.boxed and not options.scheduler and (reason := sandbox.reason_against(course.limits)):
            raise CourseError(sandbox.ADVICE.format(reason=reason))
        with alone(course):
            graded = grade(course, options.assignment, options.jobs, options.scheduler, options.boxed, options.again)
            text, in_order = summary(course, options.assignment, *graded)
    except KeyboardInterrupt:
        print("\nstopped: what was graded is kept; the same command goes on from there", file=sys.stderr)
        return INTERRUPTED
    except CourseError as error:
        print(f"grade: {error}", file=sys.stderr)
        return STOPPED
    except Exception as error:
        if full := disk_is_full(error):
            print(f"\ngrade: {full}", file=sys.stderr)
            return STOPPED
        raise
    print(text)
    return GRADED if in_order else NEED_A_HUMAN


def disk_is_full(error):
    """Return what to do if `error` says that there is no room left, else an empty string."""
    if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error):
        return "the disk is full: what was graded is kept; make room, and the same command goes on from there"
    return ""
