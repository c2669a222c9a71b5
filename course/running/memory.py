"""A sandbox's memory held by a control group of its own, on machines that let us make one (cgroup v2, delegated).

A group counts what belongs to no process as well: files in memory, shared memory, what waits in sockets and queues.
"""

import contextlib
import functools
import itertools
import os
import subprocess
import time
from pathlib import Path

ROOT, OWN = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")
ENTER = 'echo $$ > "$0" && exec "$@"'  # before anything else of the sandbox is there
LEAVE_SECONDS = 5  # for processes that were killed to be gone

_numbers = itertools.count()


class Group:
    """A control group; `there` is False where none can be had, and then it changes nothing."""

    def __init__(self, limits, above=None):
        above = above or place()
        self._folder = above and above / f"hdc-{os.getpid()}-{next(_numbers)}"
        self.there = above is not None and self._make(limits)

    def _make(self, limits):
        """Make the group with its limits; tell whether that went."""
        try:
            self._folder.mkdir()
            (self._folder / "memory.max").write_text(str(limits.memory_mb * 2**20))
        except OSError:
            self.close()
            return False
        for name, value in (("memory.swap.max", "0"), ("memory.oom.group", "1")):
            with contextlib.suppress(OSError):  # kernels without it
                (self._folder / name).write_text(value)
        return True

    def around(self, command):
        """Return the command that enters the group and then becomes `command`."""
        return ["/bin/sh", "-c", ENTER, str(self._folder / "cgroup.procs"), *command] if self.there else command

    def is_overrun(self):
        """Tell whether something in the group was killed because its memory was used up."""
        events = _words(self._folder / "memory.events") if self.there else []
        return dict(zip(events[::2], events[1::2], strict=False)).get("oom_kill", "0") != "0"

    def close(self):
        """Remove the group, once what was killed in it is gone."""
        deadline = time.monotonic() + LEAVE_SECONDS
        while self._folder and self._folder.exists() and time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                self._folder.rmdir()
                return
            time.sleep(0.02)


def place(root=ROOT, own=OWN):
    """Return the group below which we can make groups and put processes into them, None if there is none."""
    return _place(Path(root), Path(own))


@functools.cache
def _place(root, own):
    with contextlib.suppress(OSError):
        (path,) = [line[3:] for line in own.read_text().splitlines() if line.startswith("0::")] or [None]
        group = root / (path or "").lstrip("/")
        above = [one for one in (group, *group.parents) if path and one.is_relative_to(root)]
        return next((one for one in above if "memory" in _words(one / "cgroup.subtree_control") and _works(one)), None)
    return None


def _works(place):
    """Tell whether a process can be put into a group below `place`, by trying it."""
    trial = place / f"hdc-trial-{os.getpid()}"
    try:
        trial.mkdir()
        entered = subprocess.run(["/bin/sh", "-c", ENTER, str(trial / "cgroup.procs"), "true"], capture_output=True)
        trial.rmdir()
    except OSError:
        return False
    return entered.returncode == 0


def _words(path):
    """Return the words in a file, none if it cannot be read."""
    try:
        return path.read_text().split()
    except OSError:
        return []
