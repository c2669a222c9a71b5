"""Plant one bug after the other in a copy of hdclib and show that strict nbval turns red each time.

Prints a line for each bug: the cells that failed. Exits with 1 if a bug went unnoticed. Works on a copy of the
project in a temporary folder; the checkout is not touched.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = ["book/gridding.ipynb", "book/rules_and_truth.ipynb"]
FAILED = re.compile(r"^FAILED (.+?)(?: - |$)", re.MULTILINE)


@dataclass(frozen=True)
class Bug:
    """A text of hdclib, and the wrong text that takes its place."""

    kind: str
    file: str
    right: str
    wrong: str


BUGS = (
    Bug("a sign", "hdclib/rules/distance.py",
        "after - 2 * rate, 2 * rate - after", "after + 2 * rate, 2 * rate - after"),
    Bug("an off-by-one", "hdclib/gridding/reading.py",
        "return self.span - self.read", "return self.span - self.read - 1"),
    Bug("swapped arguments", "hdclib/gridding/reading.py", "return Coverage(len(read), along,",
        "return Coverage(along, len(read),"),
    Bug("a dropped layer", "hdclib/gridding/counts.py", "tap_counts(layers[: depth + 1])",
        "tap_counts(layers[: max(depth, 1)])"),
    Bug("a wrong axis", "hdclib/rules/criterion.py", "np.sort(dilation_rows(dilations, size), axis=1)",
        "np.sort(dilation_rows(dilations, size), axis=0)"),
)  # fmt: skip


def plant(bug, copy):
    """Put the bug into the copy; complain if its place has gone."""
    path = copy / bug.file
    text = path.read_text(encoding="utf-8")
    if text.count(bug.right) != 1:
        raise SystemExit(f"{bug.file} has {text.count(bug.right)} places that read {bug.right!r}, one is needed")
    path.write_text(text.replace(bug.right, bug.wrong), encoding="utf-8")
    return lambda: path.write_text(text, encoding="utf-8")


def failing_cells(copy, notebooks):
    """Run strict nbval on the copy and return the names of the cells that fail."""
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-p", "tests.nbval_glue", "-q", "-ra"]
    command += ["--nbval-sanitize-with", "tests/nbval_sanitize.cfg", *notebooks]
    done = subprocess.run(command, cwd=copy, env=environment(copy), capture_output=True, text=True, check=False)
    return FAILED.findall(done.stdout)


def environment(copy):
    """The environment in which the copy's hdclib is found before the installed one."""
    return {**os.environ, "PYTHONPATH": str(copy)}


def main(notebooks):
    """Plant each bug in turn."""
    unseen = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv*", "_build", "node_modules", ".git"))
        if broken := failing_cells(copy, notebooks):
            raise SystemExit(f"without any bug these cells fail: {broken}")
        for bug in BUGS:
            mend = plant(bug, copy)
            cells = failing_cells(copy, notebooks)
            mend()
            unseen += not cells
            print(f"{bug.kind:18} {bug.file}: {'NOT SEEN' if not cells else f'{len(cells)} cells red: ' + cells[0]}")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or CHAPTERS))
