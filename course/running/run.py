"""Execute a merged notebook and find out which tests it passes. Knows nothing of gradebooks or secrets."""

import time

import nbformat
from nbformat.v4 import new_output

from course.reading.merge import ROLE, TEST, marks
from course.running.session import KernelGone, Session, error_output

RESTARTS = 2  # after the second one the rest is given up


def run_job(job, limits, boxed=True):
    """Grade one submission.

    Parameters
    ----------
    job : dict
        ``student``, ``notebook`` (the text of a merged notebook), ``names`` (what tests find in their name space: the
        numbers and the grading seed) and ``missing`` (packages that are imported and not installed).
    limits : Limits
    boxed : bool

    Returns
    -------
    outcome : dict
        ``student``, ``notebook`` (its text, executed), ``reasons`` for a human to look, ``seconds``.
    """
    start = time.perf_counter()
    deadline = time.monotonic() + limits.total_seconds
    notebook = nbformat.reads(job["notebook"], as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    reasons, done, lethal, hopeless = [], 0, set(), False
    while done < len(cells) and not hopeless:
        try:
            with Session(limits, boxed, deadline, job.get("missing", ())) as session:
                reached, more = _run_from(session, cells, done, lethal, job["names"])
        except KernelGone as gone:  # while it started: no fault of the submission's, if it is the first
            if not lethal:
                raise
            reached, more = done - 1, [str(gone)]
        lethal.add(reached)
        reasons += more
        hopeless = len(lethal) > RESTARTS or reached < done
        done = reached + 1
    if hopeless:
        reasons.append("the tests after it did not run")
        for cell in cells[done:]:
            cell.outputs = [error_output("not run: cells before it killed the kernel again and again")]
    text = nbformat.writes(notebook)
    seconds = time.perf_counter() - start
    return {"student": job["student"], "notebook": text, "reasons": list(dict.fromkeys(reasons)), "seconds": seconds}


def _run_from(session, cells, first, lethal, names):
    """Execute cells in a kernel of their own until the end, or until one kills it.

    The student's cells before `first` run again, since later ones need what they define; tests do not, nor do the
    cells that killed a kernel.

    Returns
    -------
    reached : int
        Index of the cell that killed the kernel; the number of cells if none did.
    reasons : list of str
    """
    reasons = []
    for at, cell in enumerate(cells):
        again = at < first
        if at in lethal or (again and cell.metadata.get(ROLE) == TEST):
            continue
        try:
            found = _run_cell(session, cell, names)
        except KernelGone as gone:
            cell.outputs = [error_output(f"stopped: {gone}")]
            return at, [*reasons, f"{gone}, in {_place(cells, at)}; the rest ran without it"]
        reasons += [] if again else found
    if session.cut:
        reasons.append(f"a cell printed more than {session.limits.output_kb} kB; the rest was left out")
    return len(cells), reasons


def _place(cells, at):
    """Say in words where in the notebook something happened."""
    return f"the cell {marks(cells[at])['grade_id']}" if marks(cells[at]) else f"code cell {at + 1}"


def _run_cell(session, cell, names):
    """Execute a cell, a test by its own rules; return reasons for a human to look."""
    if cell.metadata.get(ROLE) == TEST:
        return _run_test(session, cell, names)
    cell.outputs, reply = session.execute(cell.source)
    cell.execution_count = (reply or {}).get("execution_count")
    return [f"a cell was stopped after {session.limits.cell_seconds} s"] if reply is None else []


def _run_test(session, cell, names):
    """Run a test and write its verdict into the cell's outputs as nbgrader reads it."""
    verdict, stopped = session.test(cell.source, names)
    cell.outputs = [new_output("stream", name="stdout", text=verdict["text"])] if verdict["text"] else []
    if verdict["error"]:
        name, message, lines = verdict["error"]
        cell.outputs.append(new_output("error", ename=name, evalue=message, traceback=lines))
    elif stopped:
        cell.outputs.append(error_output(f"stopped after {session.limits.cell_seconds} s"))
    return [f"the test {marks(cell)['grade_id']} was stopped after its time"] if stopped else []
