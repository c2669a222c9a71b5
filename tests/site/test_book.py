"""Rules that every chapter in _toc.yml obeys."""

import ast
import json
import re
from pathlib import Path

import pytest

import hdclib.widgets
from hdclib.names import public_names
from tools.notebooks import notebook_form

BOOK = Path(__file__).resolve().parents[2] / "book"
NOTEBOOKS = notebook_form.chapters(BOOK.parent)
LONGEST_CELL = 12  # lines
ABSOLUTE_PATH = re.compile(r"(?<![\w.:/])/(?:home|root|tmp|Users|usr|work)/|[A-Z]:\\\\Users")
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells_of(path, kind):
    """Return (number, cell) of the notebook's cells of a kind."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(number, cell) for number, cell in enumerate(cells) if cell["cell_type"] == kind]


def outputs_of(path):
    """Return (cell number, cell, output) of every output."""
    return [(number, cell, output) for number, cell in cells_of(path, "code") for output in cell["outputs"]]


def test_book_has_notebooks():
    assert len(NOTEBOOKS) >= 2


@every_notebook
def test_title_comes_first(path):
    number, cell = cells_of(path, "markdown")[0]
    assert number == 0
    assert "".join(cell["source"]).startswith("# ")


@every_notebook
def test_there_is_one_title(path):
    lines = [line for _, cell in cells_of(path, "markdown") for line in "".join(cell["source"]).splitlines()]
    assert sum(line.startswith("# ") for line in lines) == 1


@every_notebook
def test_every_cell_is_executed_in_order(path):
    counts = [cell["execution_count"] for _, cell in cells_of(path, "code")]
    assert counts == list(range(1, len(counts) + 1))


@every_notebook
def test_no_cell_is_empty_or_long(path):
    lengths = {number: len("".join(cell["source"]).splitlines()) for number, cell in cells_of(path, "code")}
    assert {number: lines for number, lines in lengths.items() if not 0 < lines <= LONGEST_CELL} == {}


@every_notebook
def test_no_output_is_an_error_or_a_warning(path):
    wrong = [
        number
        for number, _, output in outputs_of(path)
        if output["output_type"] == "error" or output.get("name") == "stderr"
    ]
    assert wrong == []


@every_notebook
def test_every_picture_has_a_text_in_its_place(path):
    pictures = [(number, cell) for number, cell, output in outputs_of(path) if "image/png" in output.get("data", {})]
    alts = {number: cell["metadata"].get("mystnb", {}).get("image", {}).get("alt", "") for number, cell in pictures}
    assert [number for number, alt in alts.items() if len(alt) < 10] == []


@every_notebook
def test_metadata_holds_the_kernel_and_the_widgets_only(path):
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    assert set(metadata) <= {"kernelspec", "language_info", "widgets"}
    assert metadata["kernelspec"] == notebook_form.KERNEL
    assert metadata["language_info"] == {"name": "python"}


@every_notebook
def test_every_shown_widget_is_stored_without_its_script(path):
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    models = metadata.get("widgets", {}).get(notebook_form.WIDGET_STATE, {}).get("state", {})
    views = [output["data"].get(notebook_form.WIDGET_VIEW) for _, _, output in outputs_of(path) if "data" in output]
    assert {view["model_id"] for view in views if view} <= set(models)
    assert [model for model in models.values() if any(model["state"].get(name) for name in ("_esm", "_css"))] == []


@every_notebook
def test_no_path_of_one_machine(path):
    assert ABSOLUTE_PATH.findall(path.read_text(encoding="utf-8")) == []


def asked_numbers(path):
    """Return (cell number, number) of each result of a prediction; the right number is the first of the replies."""
    found = []
    for number, cell in cells_of(path, "code"):
        source = "".join(cell["source"])
        calls = ast.walk(ast.parse(source)) if "recall_prediction(" in source else ()
        replies = [call.args[0].keys[0].value for call in calls if isinstance(call, ast.Call)]
        found += [(number, first) for first in replies if isinstance(first, int)]
    return found


def told_above(path, last):
    """Return what a reader meets above a cell: the opening, the box "In a hurry?", captions and texts for pictures."""
    opening = ["".join(cell["source"]) for number, cell in cells_of(path, "markdown") if number < last]
    shown = [cell["metadata"].get("mystnb", {}) for number, cell in cells_of(path, "code") if number < last]
    boxes = [text for text in opening if "{admonition} In a hurry?" in text]
    return [opening[0], *boxes, *(str(part.get(kind, "")) for part in shown for kind in ("figure", "image"))]


@every_notebook
def test_nothing_above_a_result_gives_away_the_number_that_was_asked_for(path):
    for last, number in asked_numbers(path):
        assert [text for text in told_above(path, last) if re.search(rf"(?<![\d.]){number}(?![\d.]\d|\d)", text)] == []


def test_the_api_reference_lists_every_public_name_where_a_reader_finds_it():
    listed, module = set(), None
    page = (BOOK / "api.md").read_text(encoding="utf-8")
    for kind, name in re.findall(r"^\.\. (currentmodule|auto\w+):: ([\w.]+)", page, re.MULTILINE):
        if kind == "currentmodule":
            module = name
        elif kind != "automodule":
            listed.add(f"{module}.{name}")
    makers = {name for name in hdclib.widgets.__all__ if name.islower() and not name.startswith("ask_")}
    assert listed == {*public_names().values(), *(f"hdclib.widgets.{name}" for name in makers)}
