"""The grader's own processes: how they are started, and how they end with the grader, however that ends."""

import contextlib
import ctypes
import multiprocessing
import os
import signal
from multiprocessing import forkserver
from typing import Any

PR_SET_PDEATHSIG = 1
IMPORTED = ["course.plan", "course.results.gradebook", "course.running.run"]


def processes():
    """Return the context for the grader's processes: forked from a server that has imported what they need.

    The server is started once, holds no thread and no file of the grader's, and ends when the grader does.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(IMPORTED)
    return context


def die_with_parent():
    """Leave Ctrl-C to the grader, and end when it ends however it does.

    The server ends with the grader once none of its children holds the grader's end of their pipe; we end with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server: Any = forkserver._forkserver  # Python has no public name for it
    if (held := server._forkserver_alive_fd) is not None:
        os.close(held)
        server._forkserver_alive_fd = None
    with contextlib.suppress(OSError, AttributeError):  # systems other than Linux
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is None or not parent.is_alive():  # it died before it could be asked for
        os._exit(1)
