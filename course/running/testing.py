"""The process that runs an assignment's tests, in a sandbox of its own, and the wall between it and a student's."""

import select
import socket
import subprocess
from dataclasses import replace

from course.running import sandbox
from course.running.inside import wire
from course.running.watchdog import kill_tree

MEGABYTES = 1500  # address space of the tester: a wrong answer may be long to count out
PATIENCE = 60  # seconds, of a busy machine: its own limits are shorter


class Tester:
    """The tester.

    Parameters
    ----------
    wall : socket.socket
        The tests' end of the wall.
    limits : Limits
    boxed : bool
    """

    def __init__(self, wall, limits, boxed=True):
        self.limits = limits
        self._number = 0  # of the test
        own = replace(limits, address_mb=min(limits.address_mb, MEGABYTES))
        self._control, control = socket.socketpair()
        argv = sandbox.tester_argv(control.fileno(), wall.fileno())
        command = sandbox.wrapped(argv, sandbox.TESTS, own, sandbox.own_user()) if boxed else argv
        with control:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                start_new_session=True, env=sandbox.environment(), pass_fds=[control.fileno(), wall.fileno()],
            )  # fmt: skip

    def wait(self):
        """Wait until it is ready for tests."""
        if self._next() is None:
            raise OSError("the process that runs the tests did not start")

    def start(self, source, names):
        """Let a test begin, with `names` in its name space."""
        seconds = self.limits.cell_seconds + 2 * self.limits.grace_seconds
        given = {name: wire.encode(value) for name, value in names.items()}
        self._number += 1
        wire.send(self._control, {"number": self._number, "source": source, "given": given, "seconds": seconds})

    def verdict(self):
        """Return what came of the test that was started last: a dict of ``passed``, ``text`` and ``error``.

        None if it came to no end; then nothing that this tester tells later may count.
        """
        found = self._next()
        return found if found and found["number"] == self._number else None

    def _next(self):
        """Return the next that it tells; None if it tells nothing more."""
        ready, _, _ = select.select([self._control], [], [], PATIENCE)
        return wire.receive(self._control) if ready else None

    def close(self):
        """End the tester."""
        self._control.close()
        with self.process:
            kill_tree(self.process)
