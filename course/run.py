"""Execute an assembled notebook and find out which tests it passes. Knows nothing of gradebooks or secrets."""

import secrets
import time

import nbformat

from course.assemble import LOCKED, ROLE, TEST, marks
from course.session import KernelGone, Session, error_output

CANARY = "assert 1 == 2"
RESTARTS = 2  # after the second one the rest is given up
FORGED = "a test that must fail passed: the code changes how tests work"


def run_job(job, limits, boxed=True):
    """Grade one submission.

    Parameters
    ----------
    job : dict
        ``student``, ``notebook`` (the text of an assembled notebook) and ``names`` (what tests find in their
        name space whatever the student's code did: the numbers and the grading seed).
    limits : Limits
    boxed : bool

    Returns
    -------
    outcome : dict
        ``student``, ``notebook`` (its text, executed), ``reasons`` for a human to look, ``seconds``.
    """
    start = time.perf_counter()
    notebook = nbformat.reads(job["notebook"], as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    reasons, done, lethal = [], 0, set()
    while done < len(cells):
        reached, more = _run_from(cells, done, lethal, job["names"], limits, boxed)
        reasons += more
        lethal.add(reached)
        done = reached + 1
        if len(lethal) > RESTARTS:
            reasons.append("the tests after it did not run")
            for cell in cells[done:]:
                cell.outputs = [error_output("not run: cells before it killed the kernel again and again")]
            break
    text = nbformat.writes(notebook)
    seconds = time.perf_counter() - start
    return {"student": job["student"], "notebook": text, "reasons": list(dict.fromkeys(reasons)), "seconds": seconds}


def _run_from(cells, first, lethal, names, limits, boxed):
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
    with Session(limits, boxed) as session:
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
            reasons.append(f"a cell printed more than {limits.output_kb} kB; the rest was left out")
    return len(cells), reasons


def _place(cells, at):
    """Say in words where in the notebook something happened."""
    return f"the cell {marks(cells[at])['grade_id']}" if marks(cells[at]) else f"code cell {at + 1}"


def _run_cell(session, cell, names):
    """Execute a cell, a test by its own rules; return reasons for a human to look."""
    kind = cell.metadata.get(ROLE)
    if kind == TEST:
        return _run_test(session, cell, names)
    code = f"#hdc-locked\n{cell.source}" if kind == LOCKED else cell.source.replace("#hdc-", "# hdc-")
    cell.outputs, reply = session.execute(code)
    cell.execution_count = (reply or {}).get("execution_count")
    return [f"a cell was stopped after {session.limits.cell_seconds} s"] if reply is None else []


def _run_test(session, cell, names):
    """Execute a test, then one that must fail; write the verdict into the cell's outputs as nbgrader reads it."""
    outputs, reply = _ask(session, cell.source, names)
    passed = reply == "passed"
    forged = _ask(session, CANARY, names)[1] == "passed"
    for output in outputs:
        if output.output_type == "stream":
            output.name = "stdout"  # nbgrader takes a warning for a failure
    cell.outputs = [output for output in outputs if output.output_type != "execute_result"]
    if forged:
        cell.outputs.append(error_output(FORGED))
    elif passed:
        cell.outputs = [output for output in cell.outputs if output.output_type != "error"]
    elif not any(output.output_type == "error" for output in cell.outputs):
        cell.outputs.append(error_output("the test did not reach its end"))
    reasons = [f"{FORGED} ({marks(cell)['grade_id']})"] if forged else []
    return reasons + ([f"the test {marks(cell)['grade_id']} was stopped after its time"] if reply == "stopped" else [])


def _ask(session, source, names):
    """Let the kernel run a test; return its outputs and "passed", "failed" or "stopped"."""
    word = secrets.token_hex(8)
    outputs, reply = session.execute(f"#hdc-test {(word, names)!r}\n{source}")
    if reply is None:
        return outputs, "stopped"
    passed = reply.get("status") == "ok" and reply.get("user_expressions", {}).get("word") == word
    return outputs, "passed" if passed else "failed"
