"""Watch what a sandbox uses from outside, and kill it when it is too much."""

import os
import threading
import time

import psutil

INTERVAL = 0.2  # seconds
SHARED_BYTES = 4_000_000  # of the folder for the sockets
SHARED_FILES = 64


class Watchdog(threading.Thread):
    """Kill a process with all its descendants once it uses too much; `reason` then says of what."""

    def __init__(self, process, shared, limits):
        super().__init__(daemon=True)
        self.process, self.shared, self.limits = process, shared, limits
        self.reason = ""
        self._deadline = time.monotonic() + limits.total_seconds
        self._over = threading.Event()

    def run(self):
        """Look at regular intervals."""
        while not self._over.wait(INTERVAL) and self.process.poll() is None:
            if reason := self._too_much():
                self.kill(reason)

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
            return f"more than {limits.memory_mb} MB of memory were used"
        if _shared_too_much(self.shared):
            return "files were written outside of the scratch folder"
        return ""


def usage(pid):
    """Return the number of processes below `pid` and their memory in bytes, with what lies in scratch folders."""
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


def _shared_too_much(folder):
    """Tell whether the folder of the sockets holds more than sockets and the connection file."""
    size = count = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            count += 1
            size += entry.stat(follow_symlinks=False).st_size
            if entry.is_dir(follow_symlinks=False) or count > SHARED_FILES or size > SHARED_BYTES:
                return True
    return False


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
