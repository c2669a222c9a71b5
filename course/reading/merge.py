"""Put a student's answers into the assignment as it is today: nothing else of the submission counts."""

import copy

import nbformat
from nbformat import v4

from course.reading.matching import match
from course.reading.preflight import Cell, Rejected
from course.variants import CELL as NUMBERS

ROLE = "hdc_role"
STUDENT, LOCKED, TEST = "student", "locked", "test"
ADDED = "hdc_added"  # marks cells of the student's own, and texts of the course that they edited
ELSEWHERE = "hdc_elsewhere"  # marks a written answer that may stand in one of those


def marks(cell):
    """Return nbgrader's metadata of a notebook's cell."""
    return cell.metadata.get("nbgrader", {})


def role(cell):
    """Tell whose code a cell of the source is: the student's, the course's, or a test of the course."""
    found = marks(cell)
    if not found or found.get("solution") or found.get("task"):
        return STUDENT
    return TEST if found.get("grade") else LOCKED if found.get("locked") else STUDENT


def as_cells(notebook):
    """Return a notebook's cells in the form of a submission's."""
    return [Cell(cell.cell_type, cell.source, marks(cell), cell.get("id", "")) for cell in notebook.cells]


def merge(submission, source, release, name):
    """Return the notebook to run and what the teacher should know.

    Parameters
    ----------
    submission : preflight.Submission
    source : NotebookNode
        With solutions, hidden tests and the student's own numbers.
    release : NotebookNode
        What the student was given; its cells are those of `source`, one by one.
    name : str
        The assignment's name.

    Returns
    -------
    notebook : NotebookNode
        Each cell's metadata say whose code it is.
    reasons : list of str
        Why a human should look.
    notes : list of str
        What was put right.
    """
    given = as_cells(release)
    claimed = submission.about.get("assignment", name)
    if claimed != name:
        raise Rejected(f"this is a notebook of the assignment {claimed!r}")
    found = match(submission.cells, given)
    answers = [at for at, cell in enumerate(source.cells) if marks(cell).get("solution")]
    if not any(found.of(at) for at in answers):
        raise Rejected("no answer cell was recognised: this is no notebook of this assignment")
    reasons, notes = _irregular(submission, found, source, given)
    is_same = submission.about.get("release") == release.metadata.get("hdc", {}).get("release")
    notebook = copy.deepcopy(source)
    notebook.cells = []
    for cell in _leading(submission, found):
        notebook.cells.append(cell)
    for at, cell in enumerate(source.cells):
        edited = _edited_by_hand(role(cell), release.cells[at], at, submission, found) if is_same else []
        if edited:
            notes.append(f"a cell of the course was edited; both versions count: {marks(cell)['grade_id']}")
        notebook.cells += _place(cell, release.cells[at], at, submission, found, edited)
    return notebook, found.notes + reasons, submission.notes + notes


def _place(cell, released, at, submission, found, edited):
    """Return the source's cell, with the student's text where it is theirs, and the cells they added after it.

    Their versions of a cell of the course that they `edited` stand between.
    """
    here, placed = found.of(at), copy.deepcopy(cell)
    placed.metadata[ROLE] = role(cell)
    if placed.metadata[ROLE] == STUDENT:
        placed.source, placed.metadata["nbgrader"] = released.source, marks(released)
        if not marks(released):
            del placed.metadata["nbgrader"]
        if here:
            placed.source = submission.cells[here[-1]].text
            _paste(placed, submission.cells[here[-1]])
        if not marks(released) and placed.source.strip() != released.source.strip():
            placed.metadata[ADDED] = True
    if placed.cell_type == "code":
        placed.outputs, placed.execution_count = [], None
    earlier = [_added(submission.cells[i]) for i in here[:-1]] if placed.metadata[ROLE] == STUDENT else []
    return [*earlier, placed, *edited, *(_added(submission.cells[i]) for i in _following(here, submission, found))]


def _edited_by_hand(whose, released, at, submission, found):
    """Return the student's own version of a cell of the course, as cells that they added: their answers may need it."""
    if whose != LOCKED or marks(released)["grade_id"] == NUMBERS:
        return []
    texts = [submission.cells[i] for i in found.of(at)]
    return [_added(cell) for cell in texts if cell.text.strip() != released.source.strip()]


def _following(here, submission, found):
    """Return the indices of the student's own cells that stand right after their cells `here`."""
    after = []
    for start in here:
        at = start + 1
        while at < len(submission.cells) and at not in found.places:
            after.append(at)
            at += 1
    return after


def _leading(submission, found):
    """Return the student's own cells that stand before the first recognised one."""
    first = min(found.places)
    return [_added(cell) for cell in submission.cells[:first]]


def _added(cell):
    """Return a cell that the student added, as a cell of a notebook."""
    make = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}[cell.kind]
    return _paste(make(cell.text, metadata={ROLE: STUDENT, ADDED: True}), cell)


def _paste(made, cell):
    """Give a cell of a notebook the pictures of a student's cell, and return it."""
    if cell.pictures and made.cell_type != "code":
        made.attachments = nbformat.from_dict(cell.pictures)
    return made


def _irregular(submission, found, source, given):
    """Return what was lost, for a human, and what was done to the notebook's own cells and put right."""
    names = {at: cell.grade_id for at, cell in enumerate(given) if cell.grade_id}
    lost = [names[at] for at in names if role(source.cells[at]) == STUDENT and not found.of(at)]
    doubled = [names[at] for at in names if len(found.of(at)) > 1]
    tests = [at for at in names if role(source.cells[at]) == TEST]
    mended = {
        "test cells were deleted and put back": [names[at] for at in tests if not found.of(at)],
        "test cells were edited and put back": [names[at] for at in tests if _edited(submission, found, given, at)],
        "cells of another kind were put back": [names[at] for at in names if _converted(submission, found, given, at)],
        "points were changed and put back": [names[at] for at in names if _revalued(submission, found, given, at)],
    }
    reasons = [f"answer cells are missing: {', '.join(lost)}"] if lost else []
    reasons += [f"cells occur more than once, all ran: {', '.join(doubled)}"] if doubled else []
    notes = [f"{words}: {', '.join(wrong)}" for words, wrong in mended.items() if wrong]
    order = [found.places[at] for at in sorted(found.places)]
    if order != sorted(order):
        notes.append("cells were reordered; they ran in the order of the assignment")
    return reasons, notes


def _edited(submission, found, given, at):
    """Tell whether the student's copy of a cell differs from the one in the release."""
    return any(submission.cells[i].text.strip() != given[at].text.strip() for i in found.of(at))


def _converted(submission, found, given, at):
    """Tell whether the student made another kind of cell of one: text of code, or code of text."""
    return any(submission.cells[i].kind != given[at].kind for i in found.of(at))


def _revalued(submission, found, given, at):
    """Tell whether the student's copy of a cell claims other points."""
    claimed = [submission.cells[i].nbgrader.get("points") for i in found.of(at)]
    return any(points is not None and points != given[at].nbgrader.get("points") for points in claimed)
