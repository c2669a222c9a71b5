"""Keep pages short: an answer without end is cut on its page, and the page says what was left out."""

from course.reading.merge import LOCKED, ROLE, TEST, marks
from course.results.harmless import PICTURE, rendered, sanitised
from course.results.rubric import ITEM, RUBRIC

LONGEST, MOST = 100_000, 400_000  # characters of a student's cell on a page, and of all of them together
OF_THE_COURSE = (LOCKED, TEST, RUBRIC, ITEM)  # roles of cells that no student wrote
LEFT_OUT = "{what} of this cell are left out on this page; they stand in the file that was handed in"


def shortened(notebook):
    """Cut the cells of a student that are too long for a page, and return the notebook.

    Answers are shown before what a student added, and the written ones first, since no test has read them. Pictures do
    not count, for their size is limited where they are read; from a cell that is cut they go too.
    """
    left = MOST
    for cell in sorted(notebook.cells, key=_rank):
        if cell.metadata.get(ROLE) in OF_THE_COURSE:
            continue
        most, length = min(LONGEST, left), len(cell.source)
        if length > most:
            words = PICTURE.sub("", cell.source) if cell.cell_type == "markdown" else cell.source
            length = len(words)
            if length > most:
                cell.source = _cut(cell, words, most)
        left -= min(length, most)
    return notebook


def _rank(cell):
    """Return what puts cells in order: those first that a human has to read."""
    return not marks(cell).get("solution"), cell.cell_type == "code"


def _cut(cell, words, most):
    """Return the beginning of a cell's text and how much is left out."""
    what = f"{len(words) - most:,} more characters"
    if pictures := len(PICTURE.findall(cell.source)) if cell.cell_type == "markdown" else 0:
        what += f" and {pictures} picture{'s' if pictures > 1 else ''}"
    told = LEFT_OUT.format(what=what)
    if cell.cell_type == "code":
        return f"{words[:most]}\n# {told}"
    if words.startswith("<div>"):  # as stored
        return sanitised(f"<div>{sanitised(words[:most])}<p><strong>{told}</strong></p></div>")
    return rendered(f"{words[:most]}\n\n**{told}**")
