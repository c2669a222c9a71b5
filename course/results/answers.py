"""Which of a student's cells a grade is for: points that a human gave hold for these and no others."""

from course.reading.merge import ADDED, ROLE, STUDENT, marks
from course.results.rubric import ITEM, question_of


def answers(notebook):
    """Return the texts of the student's cells that each grade, and each comment, is for.

    A grade is for the student's cells since the grade before it and for those that they added right after it; that of
    a written answer is for all cells that they added, since the answer may stand there or point there. The items of a
    rubric are for one answer, and a comment is for what the next grade is for.

    Returns
    -------
    answers : dict of str to list of str
        Name of the grade, or of the cell that the comment stands below → sources, in order.
    """
    found, since, last, commented = {}, [], None, []
    added = [cell.source for cell in notebook.cells if cell.metadata.get(ADDED)]
    for cell in notebook.cells:
        if cell.metadata.get(ROLE) == STUDENT:
            since.append(cell.source)
            if last and cell.metadata.get(ADDED):
                found[last].append(cell.source)
        if marks(cell).get("solution"):
            commented.append(marks(cell)["grade_id"])
        if marks(cell).get("grade"):
            name = marks(cell)["grade_id"]
            is_next_item = last and cell.metadata.get(ITEM) == question_of(last)
            found[name] = found[last] if is_next_item else since + (added if cell.cell_type != "code" else [])
            found.update(dict.fromkeys(commented, found[name]))
            since, last, commented = [], name, []
    return {**found, **dict.fromkeys(commented, since)}


def same_answers(before, after):
    """Return the names of the grades and comments whose answers are equal in two notebooks."""
    old, new = answers(before), answers(after)
    return {name for name in new if old.get(name) == new[name]}
