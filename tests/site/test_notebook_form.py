"""The stored form of a notebook is the same on every run, and a difference that matters is one."""

import base64
import copy
import io

import nbformat
import numpy as np
import pytest
from PIL import Image

from tools.notebooks import notebook_form

FIRST, SECOND = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
STREAMS = [("stdout", "a"), ("stdout", "b\n"), ("stderr", "c"), ("stdout", "d")]


def picture(level, width=8):
    """Return a grey picture as base64 PNG."""
    stream = io.BytesIO()
    Image.fromarray(np.full((4, width), level, dtype=np.uint8)).save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()


def notebook(text="1", image=None, ids=(FIRST, SECOND), script="export default {}"):
    """Return an executed notebook that shows a slider's model which points at another."""
    slider, layout = ids
    state = {
        slider: {
            "model_name": "AnyModel",
            "state": {"layout": f"IPY_MODEL_{layout}", "page_script": "a.js", "_esm": script, "_css": "p {}"},
        },
        layout: {"model_name": "LayoutModel", "state": {"width": None, "flex": "1"}},
    }
    data = {"text/plain": text, "image/png": image or picture(100)}
    view = {notebook_form.WIDGET_VIEW: {"model_id": slider}}
    outputs = [nbformat.v4.new_output("display_data", data=shown) for shown in (data, view)]
    cell = nbformat.v4.new_code_cell("x", execution_count=1, outputs=outputs, id="a")
    return nbformat.v4.new_notebook(
        cells=[cell],
        metadata={
            "language_info": {"name": "python", "version": "3.11.7"},
            "widgets": {notebook_form.WIDGET_STATE: {"state": state}},
        },
    )


def test_random_ids_do_not_matter():
    assert notebook_form.tidy(notebook(), "a") == notebook_form.tidy(notebook(ids=(SECOND[::-1], FIRST[::-1])), "a")


def test_view_and_layout_follow_the_new_ids():
    tidied = notebook_form.tidy(notebook(), "a")
    state = tidied.metadata.widgets[notebook_form.WIDGET_STATE]["state"]
    shown = tidied.cells[0].outputs[1]["data"][notebook_form.WIDGET_VIEW]["model_id"]
    assert state[state[shown]["state"]["layout"].removeprefix("IPY_MODEL_")]["state"] == {"flex": "1"}


def test_two_notebooks_do_not_share_ids():
    first, second = (notebook_form.tidy(notebook(), name) for name in "ab")
    states = [book.metadata.widgets[notebook_form.WIDGET_STATE]["state"] for book in (first, second)]
    assert set(states[0]).isdisjoint(states[1])


def test_scripts_are_not_stored():
    assert "export default" not in nbformat.writes(notebook_form.tidy(notebook(), "a"))


def test_a_stream_cut_in_pieces_is_stored_whole():
    pieces = [nbformat.v4.new_output("stream", name=name, text=text) for name, text in STREAMS]
    given = notebook()
    given.cells[0].outputs = pieces
    outputs = notebook_form.tidy(given, "a").cells[0].outputs
    assert [(output.name, output.text) for output in outputs] == [("stdout", "ab\n"), ("stderr", "c"), ("stdout", "d")]


def test_tidying_leaves_its_argument_alone():
    given = notebook()
    before = copy.deepcopy(given)
    notebook_form.tidy(given, "a")
    assert given == before


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"text": "2"}, False),
        ({"image": picture(101)}, True),
        ({"image": picture(130)}, False),
        ({"image": picture(100, width=9)}, False),
    ],
    ids=["nothing", "a text", "one grey level", "another picture", "another size"],
)
def test_same_sees_what_matters(change, same):
    assert notebook_form.same(notebook(), notebook(**change)) is same


def test_addresses_in_memory_do_not_matter():
    assert notebook_form.same(notebook("<a at 0x7f87190253>"), notebook("<a at 0x7f00000000>"))


def test_chapters_come_in_the_order_of_reading(tmp_path):
    names = ["a", "b", "c", "d"]
    for name in names:
        (tmp_path / f"{name}.ipynb").touch()
    toc = "root: a\nparts:\n- chapters:\n  - file: b\n    sections:\n    - file: c\n  - file: d\n  - file: text\n"
    (tmp_path / "_toc.yml").write_text(toc)
    assert [path.stem for path in notebook_form.in_toc(tmp_path)] == names


def test_pages_of_assignments_are_no_chapters(tmp_path):
    for name in ("a.ipynb", "book/coursework/b.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "_toc.yml").write_text("root: a\nchapters:\n- file: book/coursework/b\n")
    assert [path.stem for path in notebook_form.in_toc(tmp_path)] == ["a", "b"]
    assert [path.stem for path in notebook_form.chapters(tmp_path)] == ["a"]


def ran(*outputs, count=1):
    cell = {"cell_type": "code", "execution_count": count, "outputs": list(outputs)}
    return {"cells": [{"cell_type": "markdown"}, cell]}


def said(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def test_differences_are_of_text_and_name_the_cell():
    picture = {"output_type": "display_data", "data": {"image/png": "a", "text/plain": ["<Axes at 0x123456789>"]}}
    other = {"output_type": "display_data", "data": {"image/png": "b", "text/plain": "<Axes at 0xabcdefabc>"}}
    assert notebook_form.differences(ran(said("12"), picture), ran(said("1"), said("2"), other)) == []
    assert "code cell 0: stored" in notebook_form.differences(ran(said("1")), ran(said("2")))[0]
    assert notebook_form.differences(ran(picture), ran())
    assert notebook_form.differences(ran(), ran(count=None)) == ["code cell 0 did not run"]


def test_an_error_of_the_first_cell_is_told():
    error = {"output_type": "error", "ename": "ImportError", "evalue": "no such module"}
    assert notebook_form.first_error(ran(said("1"))) == []
    assert notebook_form.first_error(ran(error)) == ["code cell 0: ImportError: no such module"]
    assert notebook_form.first_error(ran(count=None)) == ["code cell 0 did not run"]
