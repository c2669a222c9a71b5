"""Command line of a course: ``python -m course COMMAND``."""

import argparse
import errno
import importlib
import os
import sys
import traceback
from pathlib import Path

from course.layout import ASSIGNMENTS, CourseError, open_course
from course.showing import say

DONE, NEED_A_HUMAN, STOPPED, INTERRUPTED = 0, 1, 2, 130  # exit status
STATUSES = """\
exit status:
  0    done, and nothing needs a human but written answers
  1    done, and at least one submission or file needs a human
  2    nothing was done, or it had to stop: the message says why and what to do
  130  you stopped it; the same command goes on from there

docs/teaching.md tells the whole way, from a list of students to grades."""
WITHOUT = "--without-sandbox-i-accept-the-risk"
FULL = "the disk is full: what was done is kept; make room, and the same command goes on from there"
OURS = "stopped by a mistake of the program itself, told above: please report it"


def make_parser():
    """Return the one parser of all commands; each is a module with a function ``run``."""
    parser = argparse.ArgumentParser(
        prog="python -m course", description="Coursework, from release to grades.", epilog=STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")
    release = _add(commands, "release", "make the notebooks that students get")
    release.add_argument("only", nargs="*", metavar="ASSIGNMENT", help="such as sizes (default: all)")
    release.add_argument("--student", action="append", default=[], metavar="ID", help="for this one only, or several")
    release.add_argument("--from", dest="place", type=Path, metavar="FROM",
                         help="a download of Moodle or Canvas, to hand the notebooks out there")  # fmt: skip
    release.add_argument("--pages", action="store_true", help="write the pages of the book only")
    collect = _add(commands, "collect", "take submissions from a download of Canvas, Moodle or JupyterHub", True)
    collect.add_argument("place", type=Path, metavar="FROM", help="a folder or a zip archive")
    collect.add_argument("--pattern", help="how names of files are to be read: {last_name}_{first_name}_{any}/{file}")
    _add_grade(commands)
    seen = _add(commands, "seen", "acknowledge that a human has looked at a submission", True)
    seen.add_argument("students", nargs="+", metavar="STUDENT", help="ids as the summary of grading shows them")
    seen.add_argument("--take-tests", action="store_true",
                      help="where points set by hand are for another answer, let those of the tests count")  # fmt: skip
    formgrader = _add(commands, "formgrader", "grade written answers in the browser")
    formgrader.add_argument(
        "--port", type=int, default=8888, help="where to listen, on this machine only (default: %(default)s)"
    )
    formgrader.add_argument("--no-browser", dest="browser", action="store_false", help="print the address only")
    feedback = _add(commands, "feedback", "write a page for each student", True)
    feedback.add_argument("--with-hidden-tests", action="store_true", help="show hidden tests and rubrics too")
    feedback.add_argument("--student", action="append", default=[], metavar="ID", help="for this one only, or several")
    statistics = _add(commands, "statistics", "write a page about how the class did", True)
    similarity = _add(commands, "similarity", "write a page about whose code is alike, and why", True)
    similarity.add_argument("--threshold", type=int, default=50, metavar="PERCENT",
                            help="of one student's code that the other has too (default: %(default)s)")  # fmt: skip
    similarity.add_argument("--shared", type=int, metavar="STUDENTS",
                            help="leave out what more students hand in (default: 4, or a tenth of them)")  # fmt: skip
    export = _add(commands, "export", "write the tables of grades, also for Canvas and Moodle", True)
    export.add_argument(
        "--column", help="what the platform calls the assignment; in Canvas with its number: 'Sizes (42)'"
    )
    for parser_of in (export, statistics):
        parser_of.add_argument("--section", default="", help="of this section of the roster only")
    return parser


def _add_grade(commands):
    """Add the command that grades."""
    grade = _add(commands, "grade", "grade submissions in the sandbox; goes on where the last run stopped", True)
    grade.add_argument(
        "--jobs", type=_jobs, default=os.cpu_count() or 1, help="submissions graded at once (default: %(default)s)"
    )
    grade.add_argument("--scheduler", metavar="ADDRESS", help="grade on the Dask cluster with this scheduler")
    grade.add_argument("--again", action="store_true", help="grade also what has been graded already")
    grade.add_argument(WITHOUT, dest="boxed", action="store_false", help="run students' code with your own rights")


def _add(commands, name, words, one_assignment=False):
    """Add a command with what all have in common, and return its parser."""
    parser = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.", epilog=STATUSES,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    if one_assignment:
        parser.add_argument("assignment", metavar="ASSIGNMENT", help="such as sizes")
    parser.add_argument("--course", default="_course", metavar="FOLDER", help="the course (default: %(default)s)")
    parser.add_argument("--assignments", type=Path, default=ASSIGNMENTS, metavar="FOLDER",
                        help="the assignments' sources (default: those of the book)")  # fmt: skip
    return parser


def _jobs(text):
    """Return the number of submissions to grade at once."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number of at least 1, got {text}")
    return int(text)


def main(arguments=None):
    """Run one command and return the exit status."""
    options = make_parser().parse_args(arguments)
    try:
        course = open_course(options.course, options.assignments)
        if hasattr(options, "assignment"):
            course.folder(options.assignment)
        return importlib.import_module(f"course.{options.command}").run(course, options)
    except KeyboardInterrupt:
        words, status = "stopped: what was done is kept; the same command goes on from there", INTERRUPTED
    except CourseError as error:
        words, status = str(error), STOPPED
    except Exception as error:
        words, status = FULL, STOPPED
        if not disk_is_full(error):
            traceback.print_exc()
            words = OURS
    say(f"\n{options.command}: {words}", file=sys.stderr)
    return status


def disk_is_full(error):
    """Tell whether `error` says that there is no room left."""
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error)


if __name__ == "__main__":
    sys.exit(main())
