"""What the built page makes of a notebook's cells: set-up left out, code closed, printed sentences as text."""

import hdc_code
import pytest
from docutils import nodes

SET_UP = ["import hdclib as hdc", "from a import b\n\nbook_style()", "import a\nbook_style(seed=3)"]
CHECKS = ["assert 1 == 1", "known = {1: 2}\nfor a, b in known.items():\n    pass\nassert known", "x = 1\nassert x"]
CODE = ["x = 1\nx", "print(1)", "assert x\nprint(x)", "import a\na.run()", "other_call()", "%matplotlib inline\nx = 1"]


@pytest.mark.parametrize(
    ("kind", "source"),
    [(kind, source) for kind, all_ in (("set-up", SET_UP), ("check", CHECKS), ("code", CODE)) for source in all_],
)
def test_a_cell_is_of_one_kind(kind, source):
    assert hdc_code.kind_of(source) == kind


@pytest.mark.parametrize(("tag", "state"), [([], ""), (["tag_open-code"], " open data-stays")])
def test_code_that_is_to_be_read_stays_open(tag, state):
    source = nodes.container("", nodes.literal_block("", "x = 1"), nb_element="cell_code_source")
    cell = nodes.container("", source, nb_element="cell_code", classes=["cell", *tag])
    hdc_code._fold(cell)
    assert cell[0].astext() == f'<details class="hdc-code"{state}><summary>Python, 1 line</summary>'


def test_a_hidden_cell_that_shows_nothing_is_left_out():
    cell = nodes.container("", nb_element="cell_code", classes=["cell"])
    section = nodes.section("", nodes.title("", "Try it"), cell)
    hdc_code._fold(cell)
    assert [type(part) for part in section] == [nodes.title]


@pytest.mark.parametrize(
    ("source", "words"),
    [("x", "Python, 1 line"), ("x\ny\n", "Python, 2 lines"), ("x = 1\nassert x", "A check in Python, 2 lines")],
)
def test_the_closed_line_says_how_much_there_is(source, words):
    assert hdc_code.summary(source) == words


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("one sentence.\n  set in", True),
        ("[2, 2, 2]  49\n[1, 2, 3]  169", False),
        ("layer    size\nconv1    224", False),
        ("one thing  and another", True),
        ("without: [1 0 3]\nwith: [ 1  0  6]", True),
        ("[1 0 2 0 1]", True),
    ],
)
def test_columns_are_no_prose(text, prose):
    assert hdc_code.is_prose(text) == prose
