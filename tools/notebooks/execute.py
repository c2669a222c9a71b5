"""Execute the book's notebooks and store them in a form that is the same on every run.

Without arguments every chapter of ``_toc.yml`` and the source of every assignment is executed. A notebook whose
fresh outputs equal the stored ones is left untouched, byte for byte. Each figure of a chapter is drawn once more for
a phone, into ``_build/narrow``, where the build of the pages takes it from.
"""

import argparse
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

from tools.notebooks import narrow_figures, notebook_form

ROOT = Path(__file__).resolve().parents[2]
CELL_TIMEOUT = 60  # seconds
PROCESSES = 2


class ExecutionFailed(Exception):
    """A notebook could not be executed; the message names it, and the cell that raised an error or took too long."""


class NamingClient(NotebookClient):
    """A client that remembers which cell it is in, and draws each figure once more into the folder `narrow`, if any."""

    at = narrow = None

    async def async_execute_cell(self, cell, cell_index, **options):
        """Execute one cell, noting its index first."""
        self.at = cell_index
        executed = await super().async_execute_cell(cell, cell_index, **options)
        if self.narrow and any("image/png" in output.get("data", {}) for output in executed.get("outputs", [])):
            await self._draw_again(cell.source, self.narrow / f"{cell_index}.png")
        return executed

    async def _draw_again(self, source, target):
        """Let the kernel draw the figure of a cell for a phone; nothing of that comes into the notebook."""
        tool = f"__import__('runpy').run_path({narrow_figures.__file__!r})"
        code = f"{tool}['draw_again']({source!r}, {str(target)!r}, globals())"
        answer = await self.kc.execute(code, silent=True, reply=True, timeout=CELL_TIMEOUT)
        if answer["content"]["status"] != "ok":
            reason = "{ename}: {evalue}".format(**answer["content"])
            raise narrow_figures.DoesNotFit(f"drawn for a phone: {reason}")


def narrow_folder(path):
    """Return an empty folder for the narrow figures of a chapter; None for what is no chapter."""
    if path.parent != ROOT / "book":
        return None
    folder = narrow_figures.KEPT / path.stem
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def run(path, text):
    """Return the notebook with this text, at `path`, with the outputs that its code gives today."""
    notebook = nbformat.reads(text, as_version=4)
    notebook.metadata.pop("widgets", None)
    client = NamingClient(
        notebook,
        timeout=CELL_TIMEOUT,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
    )
    client.narrow = narrow_folder(path)
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, narrow_figures.DoesNotFit) as error:
        raise ExecutionFailed(f"{path.name}, cell {client.at}: {error}") from None
    return notebook


def refresh(path, check=False):
    """Execute one notebook and store it if its outputs changed; return whether they did."""
    stored = path.read_text(encoding="utf-8")
    fresh = notebook_form.tidy(run(path, stored), path.stem)
    if notebook_form.same(nbformat.reads(stored, as_version=4), fresh):
        return False
    if not check:
        if path.read_text(encoding="utf-8") != stored:
            raise ExecutionFailed(f"{path.name} was edited while it was executed: run this again")
        path.write_text(nbformat.writes(fresh) + "\n", encoding="utf-8")
    return True


def refresh_all(paths, check):
    """Execute the notebooks in parallel, one line each; return the failures and the changes."""
    failures, changed = [], []
    with ProcessPoolExecutor(PROCESSES) as pool:
        jobs = {pool.submit(refresh, path, check): path for path in paths}
        for done, job in enumerate(as_completed(jobs), 1):
            path = jobs[job]
            try:
                outcome = "changed" if job.result() else "as stored"
                if outcome == "changed":
                    changed.append(path)
            except ExecutionFailed as error:
                outcome = "FAILED"
                failures.append(str(error))
            print(f"[{done}/{len(jobs)}] {path.relative_to(ROOT)}: {outcome}", flush=True)
    return failures, changed


def main():
    """Run the command line; exit with 1 if a cell failed or, with --check, if a notebook would change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: every chapter and assignment")
    parser.add_argument("--check", action="store_true", help="write nothing, report what would change")
    options = parser.parse_args()
    stored = notebook_form.chapters(ROOT) + notebook_form.in_course(ROOT)
    paths = [path.resolve() for path in options.notebooks] or stored
    print(f"executing {len(paths)} notebooks", flush=True)
    failures, changed = refresh_all(paths, options.check)
    for failure in failures:
        print(f"\n{failure}", file=sys.stderr)
    return 1 if failures or (options.check and changed) else 0


if __name__ == "__main__":
    sys.exit(main())
