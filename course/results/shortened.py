"""Keep pages short: an answer without end is cut on its page, and the page says what was left out."""

from course.reading.merge import LOCKED, ROLE, TEST
from course.results.harmless import PICTURE, rendered, sanitised
from course.results.rubric import ITEM, RUBRIC

LONGEST, MOST = 100_000, 400_000  # characters of a student's cell on a page, and of all of them together
OF_THE_COURSE = (LOCKED, TEST, RUBRIC, ITEM)  # roles of cells that no student wrote
LEFT_OUT = "{count:,} more characters of this cell are left out on this page; they stand in the file that was handed in"


def shortened(notebook):
    """Cut the cells of a student that are too long for a page, and return the notebook.

    Pictures do not count, for their size is limited where they are read; from a cell that is cut they go too.
    """
    left = MOST
    for cell in notebook.cells:
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


def _cut(cell, words, most):
    """Return the beginning of a cell's text and how much is left out."""
    told = LEFT_OUT.format(count=len(words) - most)
    if cell.cell_type == "code":
        return f"{words[:most]}\n# {told}"
    if words.startswith("<div>"):  # as stored
        return sanitised(f"<div>{sanitised(words[:most])}<p><strong>{told}</strong></p></div>")
    return rendered(f"{words[:most]}\n\n**{told}**")
