"""Find answers that stand where nobody looks for them: beside a cell that was left as it was handed out."""

import ast

from course.reading.merge import ADDED, ELSEWHERE, marks


def answers_elsewhere(notebook, release):
    """Mark written answers that may stand in another cell, and return what a human should know.

    A cell left as it was handed out is worth nothing to the grader. That is wrong if the student wrote in a cell of
    their own or into the question, or if their own cell comes first and the one handed out undoes it.

    Parameters
    ----------
    notebook : NotebookNode
        Merged; its cells are marked by this function.
    release : NotebookNode
        What the student was given.

    Returns
    -------
    reasons : list of str
    """
    given = {marks(cell)["grade_id"]: cell.source.strip() for cell in release.cells if marks(cell).get("solution")}
    reasons = []
    for at, cell in enumerate(notebook.cells):
        name = marks(cell).get("grade_id")
        if given.get(name) != cell.source.strip():
            continue
        if cell.cell_type != "code" and marks(cell).get("grade") and (places := _written(notebook.cells, at)):
            cell.metadata[ELSEWHERE] = True
            reasons.append(f"{name} is as it was handed out, but the answer may stand in {_named(places)}")
        elif cell.cell_type == "code" and (places := _undone(notebook.cells[:at], cell.source)):
            reasons.append(f"{name} is as it was handed out and comes after {_named(places)}, which it undoes")
    return reasons


def _named(places):
    """Return numbers of cells in words."""
    return f"cell{'s' if len(places) > 1 else ''} {', '.join(str(at + 1) for at in places)} of the graded notebook"


def _written(cells, at):
    """Return where else the student wrote: text of their own anywhere, and any cell of theirs beside the one `at`."""
    beside = {*_run(cells, at, -1), *_run(cells, at, 1)}
    return [one for one, cell in enumerate(cells)
            if cell.metadata.get(ADDED) and any(letter.isalnum() for letter in cell.source)
            and (cell.cell_type != "code" or one in beside)]  # fmt: skip


def _run(cells, at, step):
    """Return the unbroken row of the student's own cells that starts beside the cell `at`."""
    found, at = [], at + step
    while 0 <= at < len(cells) and cells[at].metadata.get(ADDED):
        found.append(at)
        at += step
    return found


def _undone(before, stub):
    """Return which of the student's own cells bind a name that a cell handed out binds again."""
    names = _bound(stub)
    return [at for at, cell in enumerate(before)
            if cell.cell_type == "code" and cell.metadata.get(ADDED) and names & _bound(cell.source)]  # fmt: skip


def _bound(source):
    """Return the names that a cell's statements define or assign; none if it cannot be read."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    defined = {one.name for one in statements if isinstance(one, (ast.FunctionDef, ast.ClassDef))}
    assigned = (node for one in statements if isinstance(one, (ast.Assign, ast.AnnAssign)) for node in ast.walk(one))
    return defined | {node.id for node in assigned if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
