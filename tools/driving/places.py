"""Run every notebook of the book in every place where it is to run; print a table, and the reasons of failures."""

import argparse
import shlex
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tools.driving import hosts, lab_driver
from tools.notebooks import notebook_form

PASSED, ABSENT = "passed", "not there"
FIRST_OUTPUT, ARCHIVE_SIZE = 45, 60  # seconds after the page's load; MB


@contextmanager
def site():
    """Serve the site as a static host does; yield a function that says where a notebook is."""
    with hosts.static_host(hosts.SITE) as address:
        yield lambda path: in_lite(address, path)


@contextmanager
def archive():
    """Unpack the archive and serve it below a sub-path; yield a function that says where a notebook is."""
    with tempfile.TemporaryDirectory() as folder:
        book = hosts.unpack(Path(folder))
        with hosts.static_host(book.parent) as address:
            yield lambda path: in_lite(f"{address}/{book.name}", path)


@contextmanager
def binder():
    """Make Binder's environment and start its JupyterLab; yield a function that says where a notebook is."""
    with tempfile.TemporaryDirectory() as folder, hosts.binder(Path(folder)) as address:
        yield lambda path: in_lab(address, path)


def in_lite(address, path):
    """Return where JupyterLite opens a notebook of the book, and the notebook's path there."""
    name = path.relative_to(hosts.ROOT / "book").as_posix()
    return f"{address}/lite/lab/index.html?path={name}", name


def in_lab(address, path):
    """Return the same for JupyterLab; nothing for a notebook that is made by the build, not in the repository."""
    name = path.relative_to(hosts.ROOT).as_posix()
    return None if notebook_form.is_handed_out(path) else (f"{address}/lab/tree/{name}?reset", name)


def in_chromium(place, paths):
    """Run notebooks in a place, in one tab without network; yield what came of each."""
    with place() as address_of, lab_driver.lonely_chromium() as (chromium, asked):
        desk = lab_driver.Desk(chromium, address_of)
        for path in paths:
            mistakes = desk.run(path) if address_of(path) else [ABSENT]
            yield [*mistakes, *[f"asked for {host}" for host in asked]]


def with_nbval(command, paths):
    """Compare stored with fresh outputs by nbval; yield what came of each notebook."""
    for path in paths:
        if notebook_form.is_handed_out(path):
            yield [ABSENT]
            continue
        done = subprocess.run([*command, str(path)], cwd=hosts.ROOT, capture_output=True, text=True)
        yield [] if done.returncode == 0 else [done.stdout.strip().splitlines()[-1]]


def places(command):
    """Return the places by name: for each, a function from notebooks to what came of them."""
    return {
        "nbval": lambda paths: with_nbval(command, paths),
        "Binder": lambda paths: in_chromium(binder, paths),
        "JupyterLite": lambda paths: in_chromium(site, paths),
        "offline zip": lambda paths: in_chromium(archive, paths),
    }


def try_all(name, run, paths):
    """Run all notebooks in one place; return a cell of the table for each, and the reasons of those that failed."""
    cells, reasons = {}, []
    since = time.monotonic()
    for path, mistakes in zip(paths, run(paths), strict=True):
        now = time.monotonic()
        outcome = ABSENT if mistakes == [ABSENT] else "FAILED" if mistakes else PASSED
        cells[path] = f"{outcome} {now - since:.0f} s" if outcome == PASSED else outcome
        reasons += [f"{hosts.name_of(path)}, {name}: {mistake}" for mistake in mistakes if mistake != ABSENT]
        print(f"{name}: {hosts.name_of(path)} {cells[path]}", file=sys.stderr, flush=True)
        since = now
    return cells, reasons


def table(paths, columns):
    """Return the table of notebooks and places as text."""
    rows = [
        ["notebook", *columns],
        *[[hosts.name_of(path), *[cells[path] for cells in columns.values()]] for path in paths],
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join("  ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)) for row in rows)


def budgets(path):
    """Measure what has a budget; return lines to print, and those that are over."""
    with site() as address_of, lab_driver.lonely_chromium() as (chromium, _):
        page = chromium.new_page()
        lab_driver.open_notebook(page, address_of(path)[0])
        seconds = lab_driver.first_output(page)
    size = hosts.ARCHIVE.stat().st_size / 1e6
    measured = {
        f"first output of Python in the browser: {seconds:.1f} s, at most {FIRST_OUTPUT} s": seconds <= FIRST_OUTPUT,
        f"archive: {size:.1f} MB, at most {ARCHIVE_SIZE} MB": size <= ARCHIVE_SIZE,
    }
    return list(measured), [line for line, met in measured.items() if not met]


def main():
    """Try every place; exit with 1 if a notebook failed or a budget is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nbval", required=True, help="the command that compares one notebook")
    command = shlex.split(parser.parse_args().nbval)
    if not hosts.ARCHIVE.is_file():
        return "the archive is not built: see what `make offline` says"
    paths = notebook_form.in_toc(hosts.ROOT)
    results = {name: try_all(name, run, paths) for name, run in places(command).items()}
    lines, over = budgets(next(path for path in paths if hosts.name_of(path) == "gridding"))
    print(table(paths, {name: cells for name, (cells, _) in results.items()}), *lines, sep="\n")
    reasons = [reason for _, found in results.values() for reason in found] + over
    return "\n".join(reasons) if reasons else 0


if __name__ == "__main__":
    sys.exit(main())
