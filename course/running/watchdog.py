"""Watch what a sandbox uses from outside, and kill it when it is too much."""

import threading
import time

import psutil

INTERVAL = 0.2  # seconds


class Watchdog(threading.Thread):
    """Kill a process with all its descendants once it uses too much; `reason` then says of what.

    Parameters
    ----------
    process : subprocess.Popen
    limits : Limits
    deadline : float
        On the clock of `time.monotonic`; it is the same for all kernels of a submission.
    group : memory.Group
        It is held by the kernel of the machine too, where that is to be had.
    """

    def __init__(self, process, limits, deadline, group):
        super().__init__(daemon=True)
        self.process, self.limits, self.group = process, limits, group
        self.reason = ""
        self._deadline = deadline
        self._over = threading.Event()

    def run(self):
        """Look at regular intervals."""
        while not self._over.wait(INTERVAL) and self.process.poll() is None:
            try:
                reason = self._too_much()
            except Exception as error:  # what cannot be watched does not run
                reason = f"it could not be watched ({type(error).__name__})"
            if reason:
                self.kill(reason)

    def why(self):
        """Return why the sandbox was killed, an empty string if it was not."""
        return self.reason or (self._memory() if self.group.is_overrun() else "")

    def kill(self, reason):
        """Kill the sandbox and remember why; only the first reason counts."""
        self.reason = self.reason or reason
        kill_tree(self.process)

    def stop(self):
        """End the watch."""
        self._over.set()

    def _too_much(self):
        """Return what the sandbox uses too much of, or an empty string."""
        limits = self.limits
        if time.monotonic() > self._deadline:
            return f"the notebook took more than {limits.total_seconds} s"
        count, memory = usage(self.process.pid)
        if count > limits.processes:
            return f"more than {limits.processes} processes were started"
        if memory > limits.memory_mb * 2**20:
            return self._memory()
        return ""

    def _memory(self):
        """Return what is said of too much memory."""
        return f"more than {self.limits.memory_mb} MB of memory were used"


def usage(pid):
    """Return the number of processes below `pid` and their memory in bytes."""
    try:
        family = psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return 0, 0
    memory = 0
    for process in family:
        try:
            memory += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return len(family), memory


def kill_tree(process):
    """Kill a process and all below it; bubblewrap's own end takes its whole process namespace with it."""
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    for member in [process, *family]:
        try:
            member.kill()
        except (psutil.NoSuchProcess, ProcessLookupError):
            continue
