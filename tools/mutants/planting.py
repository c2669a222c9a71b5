"""Plant one mutant after the other in copies of the project, and run the layers until one turns red."""

import os
import queue
import shutil
import subprocess
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import hdc_versions

from tools.driving.hosts import copy_repository
from tools.mutants.forks import Server
from tools.mutants.layers import steps_for

SITE = "_build/html"
MADE = ("web/node_modules", "web/dist")  # linked, not copied: no mutant is planted there
PATIENCE = {  # seconds
    "room": 300, "doctest": 120, "unit": 900, "nbval": 400, "empty page": 400, "page": 900, "grading": 900,
}  # fmt: skip
PASSED, FAILED, NO_TEST = 0, 1, 5
OPTIONS = ("-q", "-rfE", "--tb=no", "--no-header", "-p", "no:cacheprovider")


class Refused(Exception):
    """Without any mutant a step is red, or pytest could not run it."""


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: the layer and the test that turned red, both empty if none did, and the seconds."""

    layer: str
    test: str
    seconds: float


class Copy:
    """A copy of the project in which one mutant at a time is planted, and of the built site if its tests are run."""

    def __init__(self, root, folder, with_site):
        self.root, self.folder, self.site = root, folder / "project", folder / "site"
        copy_repository(self.folder, root, untracked=True)
        for command in (["init", "-q"], ["add", "-A"]):  # some tests ask git what belongs to the project
            subprocess.run(["git", *command], cwd=self.folder, check=True)
        for name in MADE:
            if (root / name).exists():
                (self.folder / name).symlink_to(root / name)
        if (root / ".venv").exists():
            _share_environment(root, self.folder)
        if with_site:
            shutil.copytree(root / SITE, self.site)
        self._turn, self._servers = 0, {}

    @contextmanager
    def planted(self, mutant):
        """Plant a mutant, in the project and where the built site serves the same file, and mend both afterwards.

        Raises
        ------
        Refused
            If the site was built from another text of the file.
        """
        places = [self.folder / mutant.file]
        if self.site.exists():
            served = mutant.file.removeprefix("hdclib/widgets/").removeprefix("web/")
            places += filter(Path.exists, [hdc_versions.folder(self.site) / served])
        before = [(place, place.read_text(encoding="utf-8"), place.stat()) for place in places]
        if len({text for _, text, _ in before}) > 1:
            raise Refused(f"the site was built from another {mutant.file}: build it again")
        self._turn += 1
        for place, text, stat in before:
            place.write_text(mutant.planted(text), encoding="utf-8")
            # Python tells by date and size whether what it compiled is still right: no two texts share a date here.
            os.utime(place, (stat.st_atime, stat.st_mtime + self._turn))
        try:
            yield
        finally:
            for place, text, stat in before:
                place.write_text(text, encoding="utf-8")
                os.utime(place, (stat.st_atime, stat.st_mtime))

    def run(self, step, library):
        """Run a step; return the name of the first test that is red, nothing if all pass or there is none.

        Parameters
        ----------
        step : Step
        library : bool
            Whether the library is as it was, so that it need not be imported anew.

        Raises
        ------
        Refused
            If pytest could not run.
        """
        status, red, out = self._pytest(step, library, "-x")
        if status is None:
            return f"nothing within {PATIENCE[step.layer]} s"
        if status in (PASSED, NO_TEST):
            return ""
        if not red and status == FAILED:
            return "pytest itself"
        if not red:
            raise Refused(f"pytest {' '.join(step.arguments)}: exit status {status}\n{out[-2000:]}")
        return red[0]

    def all_red(self, step, library):
        """Run a step to its end; return the names of all tests that are red, as far as it got."""
        return self._pytest(step, library)[1]

    def _pytest(self, step, library, *more):
        """Return the exit status, None for one that took too long, the names of the red tests, and what was printed."""
        if library not in self._servers:
            self._servers[library] = Server(self.folder, self._environment(), library)
        status, out = self._servers[library].run([*more, *OPTIONS, *step.arguments], PATIENCE[step.layer])
        red = [line.split(" ", 1)[1] for line in out.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return status, [name.split(" - ")[0] for name in red], out

    def close(self):
        """End the processes that ran the tests."""
        for server in self._servers.values():
            server.close()

    def _environment(self):
        return os.environ | {"PYTHONPATH": str(self.folder), "HDC_SITE": str(self.site),
                             "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # fmt: skip


def _share_environment(root, folder):
    """Give a copy of the project an environment of its own, of the same files, that imports the copy's hdclib.

    The sandbox of grading has no other way to find it.
    """
    shutil.copytree(root / ".venv", folder / ".venv", symlinks=True, copy_function=_link)
    for finder in folder.glob(".venv/lib/*/site-packages/__editable__*"):
        text = finder.read_text(encoding="utf-8")
        finder.unlink()  # it is a file of the other environment, too
        finder.write_text(text.replace(str(root), str(folder)), encoding="utf-8")


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:  # on another disk
        shutil.copy2(source, target)


class Field:
    """Copies of the project, one for each worker, and what is known of the steps without any mutant."""

    def __init__(self, root, folder, workers, layers):
        self.root, self.layers = root, layers
        self._copies, self._green, self._locks = queue.SimpleQueue(), {}, {}
        self._lock = threading.Lock()
        self._all = [Copy(root, Path(folder) / str(number), "page" in layers) for number in range(workers)]
        for copy in self._all:
            self._copies.put(copy)

    def judge(self, mutant):
        """Return the Verdict on a mutant.

        Raises
        ------
        Refused
            If a step is red without any mutant.
        """
        copy = self._copies.get()
        try:
            seconds = 0.0
            for step in steps_for(mutant.file, self.root):
                if step.layer not in self.layers:
                    continue
                self._must_be_green(copy, step, mutant.is_script)
                start = time.monotonic()
                with copy.planted(mutant):
                    red = copy.run(step, mutant.is_script)
                seconds += time.monotonic() - start
                if red:
                    return Verdict(step.layer, red, seconds)
            return Verdict("", "", seconds)
        finally:
            self._copies.put(copy)

    def close(self):
        """End what the copies started."""
        for copy in self._all:
            copy.close()

    def _must_be_green(self, copy, step, library):
        """Run a step without any mutant, once for all workers."""
        with self._lock:
            lock = self._locks.setdefault(step, threading.Lock())
        with lock:
            if step not in self._green:
                self._green[step] = copy.run(step, library)
        if self._green[step]:
            raise Refused(f"without any mutant {self._green[step]} is red")


def judge_all(root, mutants, workers, layers, tell):
    """Return the Verdict on each mutant, in their order; `tell` is called with each pair as soon as it is known."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        field = Field(root, folder, workers, layers)

        def judged(mutant):
            verdict = field.judge(mutant)
            tell(mutant, verdict)
            return verdict

        try:
            return list(pool.map(judged, mutants))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            field.close()
