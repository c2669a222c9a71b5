"""Read, plan and record each submission in a process of its own kind, with limits: one that breaks it stops nobody.

One such process serves a whole run; after one that died or took too long, the next submission gets a new one. It is
also the only process that writes the gradebook.
"""

import resource
from concurrent.futures import TimeoutError as TooLong

from pebble import ProcessExpired, ProcessPool

from course.layout import CourseError
from course.reading.preflight import Rejected
from course.running.parent import die_with_parent, processes

SECONDS = 60  # for one step
MEGABYTES = 3000  # address space of the process
FULL = ("disk is full", "No space left", "Disk quota exceeded")
LOCKED = "the gradebook is in use by another program: close it, and the same command goes on from here"


class Broken(Exception):
    """A step that came to no end; the message is the reason that the teacher reads."""


class Guard:
    """A process for steps on one thing, as a context manager.

    Parameters
    ----------
    subject : object
        What all steps are about: an assignment, or the path of a file.
    seconds : int
        What a step may take.
    """

    def __init__(self, subject, seconds=SECONDS):
        self.seconds = seconds
        self._pool = ProcessPool(1, context=processes(), initializer=_begin, initargs=[subject])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._pool.stop()
        self._pool.join()

    def run(self, step, *arguments):
        """Return ``step(subject, *arguments)``.

        Raises
        ------
        Rejected
            As the step raised it.
        CourseError
            If the teacher has to put something right first.
        OSError
            If the disk is full.
        Broken
            If anything else went wrong; the message says what.
        """
        try:
            kind, found = self._pool.schedule(_take, args=[step, *arguments], timeout=self.seconds).result()
        except TooLong:
            raise Broken(f"it took longer than {self.seconds} s") from None
        except ProcessExpired:
            raise Broken("it broke the process that worked on it") from None
        if kind == "done":
            return found
        raise {"rejected": Rejected, "stop": CourseError, "full": OSError, "broken": Broken}[kind](found)


_kept = {}  # in a process that takes steps: what all of them need


def _begin(subject):
    """Set the limits and keep what all steps need."""
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20,) * 2)
    _kept["subject"] = subject


def _take(step, *arguments):
    """Take one step; return how it went and its result or the reason, as plain values that can always be sent."""
    try:
        return "done", step(_kept["subject"], *arguments)
    except Rejected as error:
        return "rejected", str(error)
    except CourseError as error:
        return "stop", str(error)
    except MemoryError:
        return "broken", f"it took more than {MEGABYTES} MB of memory"
    except Exception as error:
        words = f"{type(error).__name__}: {error}"[:500]
        if any(part in words for part in FULL):
            return "full", f"disk is full: {words}"
        return ("stop", LOCKED) if "database is locked" in words else ("broken", words)
