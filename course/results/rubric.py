"""The rubric of a written answer: its items are grades of their own, so that points are given item by item."""

import copy
import re

import nbformat
from nbformat.v4 import new_markdown_cell
from nbgrader.utils import compute_checksum

from course.layout import CourseError
from course.reading.merge import ELSEWHERE, ROLE, marks
from course.results.harmless import rendered

RUBRIC = "rubric"  # in a cell's metadata the text; as a role: a cell that shows it
ITEM, LABEL = "hdc_item", "hdc_label"  # in the metadata of an item's cell: whose item it is, and what it is called
BLANK = "hdc_blank"  # marks items of an answer that is as it was handed out
LINE = re.compile(r"[-*] +(\d+(?:\.\d+)?) points?: *(\S.*)", re.IGNORECASE)
NAME = re.compile(r"(.+)-item-(\d+)")


def items_of(rubric):
    """Return the items of a rubric, and the lines that are none.

    Returns
    -------
    items : list of (float, str)
        Points and what they are for; empty for a rubric that is a text.
    rest : str

    Examples
    --------
    >>> from course.results.rubric import items_of
    >>> items_of("- 3 points: a reason\\n- 1 point: an example\\n- Take 1 point off for guessing.")
    ([(3.0, 'a reason'), (1.0, 'an example')], '- Take 1 point off for guessing.')
    """
    lines = [line.strip() for line in rubric.splitlines()]
    found = [LINE.fullmatch(line) for line in lines]
    items = [(float(match[1]), match[2]) for match in found if match]
    return items, "\n".join(line for line, match in zip(lines, found, strict=True) if not match).strip()


def keep_rubrics(source, name):
    """Note the rubric of each written answer of an assignment's source in the cell's metadata, for those who grade it.

    Raises
    ------
    CourseError
        If the points of the items are not those of the question.
    """
    for cell in source.cells:
        if NAME.fullmatch(marks(cell).get("grade_id", "")):
            raise CourseError(f"{name}: a cell is named {marks(cell)['grade_id']}, as items of rubrics are; rename it")
        _, mark, rest = cell.source.partition("BEGIN MARK SCHEME")
        if not mark or not marks(cell).get("solution"):
            continue
        cell.metadata[RUBRIC] = "\n".join(rest.partition("END MARK SCHEME")[0].splitlines()[1:-1]).strip()
        items, most = items_of(cell.metadata[RUBRIC])[0], marks(cell).get("points", 0)
        if items and sum(points for points, _ in items) != most:
            parts = " + ".join(f"{points:g}" for points, _ in items)
            found = f"{sum(points for points, _ in items):g} points ({parts})"
            raise CourseError(f"{name}: the items of the rubric of {marks(cell)['grade_id']} sum to {found}, "
                              f"the question has {most:g}")  # fmt: skip


def with_items(notebook):
    """Return a notebook in which the items of a rubric follow each written answer and bear its points."""
    cells = []
    for cell in notebook.cells:
        items, _ = items_of(cell.metadata.get(RUBRIC, ""))
        cells += _parted(cell, items) if items else [cell]
    return nbformat.from_dict({**notebook, "cells": cells})


def _parted(cell, items):
    """Return a written answer without its points, and the items that have them."""
    name, is_blank = marks(cell)["grade_id"], marks(cell).get("checksum") == compute_checksum(cell)
    answer = copy.deepcopy(cell)
    answer.metadata["nbgrader"] = {**marks(cell), "grade": False}
    if is_blank:
        answer.metadata["nbgrader"]["checksum"] = compute_checksum(answer)
    known = {ROLE: ITEM, ITEM: name, **{mark: True for mark, holds in
             ((BLANK, is_blank), (ELSEWHERE, cell.metadata.get(ELSEWHERE))) if holds}}  # fmt: skip
    return [answer, *(_item_cell(name, number, len(items), item, known) for number, item in enumerate(items, 1))]


def _item_cell(name, number, count, item, known):
    """Return the cell of one item, as nbgrader has those that a human gives points and a comment to."""
    points, words = item
    found = {"schema_version": 3, "grade_id": f"{name}-item-{number}", "grade": True, "solution": True,
             "locked": False, "task": False, "points": points}  # fmt: skip
    metadata = {**known, LABEL: f"Rubric, item {number} of {count}", "nbgrader": found}
    return new_markdown_cell(rendered(f"**{points:g} point{'s' if points != 1 else ''}**: {words}"), metadata=metadata)


def question_of(grade):
    """Return the name of the question that a grade belongs to: of an item, or its own."""
    found = NAME.fullmatch(grade)
    return found[1] if found else grade


def in_words(grade):
    """Return the name of a grade as it is told to a student."""
    found = NAME.fullmatch(grade)
    return f"{found[1]}, item {found[2]}" if found else grade
