"""Runs of pytest without the seconds that its imports take: a process imports once, and each run is a fork of it.

As a program it reads arguments of pytest, a JSON list a line, and answers each with {"status", "out"}.
"""

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

import pytest

#: What tests import that no mutant changes.
USUAL = (
    "numpy", "matplotlib.pyplot", "PIL.Image", "nbformat", "yaml", "bs4", "hypothesis.strategies", "traitlets",
    "anywidget", "ipywidgets", "playwright.sync_api", "nbgrader.api", "nbgrader.preprocessors",
)  # fmt: skip
#: The library, for runs in which it is not changed.
LIBRARY = ("hdclib.widgets", "hdclib.networks.catalogue", "hdclib.training.results", "hdclib.signal.pooling")


class Server:
    """A process that forks for each run of pytest.

    Parameters
    ----------
    folder : Path
        Where it works; what is imported from the project is imported from there.
    environment : dict
    library : bool
        Whether the library is imported once as well.
    """

    def __init__(self, folder, environment, library):
        names = json.dumps([*USUAL, *(LIBRARY if library else ())])
        own = folder / ".venv/bin/python"  # imports the hdclib of this folder, in the sandbox too
        python = str(own) if own.exists() else sys.executable
        command = [python, "-P", __file__, names]  # without this folder among those of modules
        self.process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)  # fmt: skip

    def run(self, arguments, seconds):
        """Run pytest; return its exit status, None if it took longer than `seconds`, and what it printed."""
        self.process.stdin.write(json.dumps([seconds, *arguments]) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return answer["status"], answer["out"]

    def close(self):
        """End the process."""
        self.process.stdin.close()
        self.process.wait()


def _forked(arguments, seconds):
    """Run pytest in a child of this process, in a group of its own, of which nothing is left afterwards."""
    with tempfile.TemporaryFile("w+") as out:
        child = os.fork()
        if child == 0:
            os.setsid()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
            os._exit(_run(arguments))
        status = _waited(child, time.monotonic() + seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        out.seek(0)
        return {"status": status, "out": out.read()}


def _run(arguments):
    status = int(pytest.main(arguments))
    sys.stdout.flush()
    return status


def _waited(child, until):
    """Return the exit status of a child, None if it has not ended in time; a signal counts as status 1."""
    pause = 0.005
    while time.monotonic() < until:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 1
        time.sleep(pause)
        pause = min(0.2, pause * 1.3)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def main(names):
    """Import, then answer until the input ends."""
    for name in json.loads(names):
        importlib.import_module(name)
    for line in sys.stdin:
        seconds, *arguments = json.loads(line)
        print(json.dumps(_forked(arguments, seconds)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
