"""Sphinx transform: a page is read and a notebook is run: its code is one closed line there, its prints sentences.

The cells are the same. What only sets a notebook up is left out of its page; the rest opens with a click, or for the
whole book with the switch that page.js makes.
"""

import ast
import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

OPEN_PAGES = "book/coursework/"  # a student writes in these cells
OPEN = "tag_open-code"  # the class of a cell with this tag: its code is what the reader is to read
SET_UP_CALLS = {"book_style"}
SUMMARY = {"code": "Python, {lines}", "check": "A check in Python, {lines}"}
COLUMNS = re.compile(r"^.*\S {2,}\S", re.MULTILINE)  # a line with more than one space between words
ARRAY = re.compile(r"\[[^\[\]\n]*\]")  # numpy sets its numbers in columns of their own


def kind_of(source):
    """Return "set-up" for a cell of imports, "check" for one that only asserts, else "code".

    Parameters
    ----------
    source : str
        A code cell, with or without IPython's own syntax.
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return "code"
    if all(map(_sets_up, statements)):
        return "set-up"
    tested = [isinstance(statement, ast.Assert) for statement in statements]
    return "check" if tested[-1] and all(map(_prepares, statements)) else "code"


def summary(source):
    """Return what stands on the closed line of a cell."""
    count = len(source.strip().splitlines())
    return SUMMARY[kind_of(source)].format(lines="1 line" if count == 1 else f"{count} lines")


def is_prose(text):
    """Tell whether a print is made of sentences, which may be broken between words, and not of lines in columns."""
    plain = ARRAY.sub(lambda array: " ".join(array[0].split()), text)
    return len(COLUMNS.findall(plain)) < 2


def is_cell(node):
    """Tell whether a node is a code cell with its outputs."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


class FoldCode(SphinxPostTransform):
    """Close each cell's code, leave set-up cells out, and set printed sentences as text."""

    default_priority = 890
    formats = ("html",)

    def run(self, **options):
        """Change every code cell of the page."""
        if self.env.docname.startswith(OPEN_PAGES):
            return
        for cell in list(self.document.findall(is_cell)):
            _fold(cell)
            for printed in list(cell.findall(_is_print)):
                if is_prose(printed.astext()):
                    _put(printed, [_sentences(printed.astext())])


def _sets_up(statement):
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return True
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SET_UP_CALLS


def _prepares(statement):
    return isinstance(statement, (ast.Assert, ast.Assign, ast.For, ast.Import, ast.ImportFrom, ast.FunctionDef))


def _is_print(node):
    return isinstance(node, nodes.literal_block) and "stream" in node["classes"]


def _fold(cell):
    """Put the code between the two ends of a closed line; drop a cell that only sets up."""
    if not cell.children:  # its code is hidden by a tag, and it shows nothing
        cell.parent.remove(cell)
        return
    source, *outputs = cell.children
    if source.get("nb_element") != "cell_code_source":  # its code is hidden by a tag
        return
    text = source.astext()
    if kind_of(text) == "set-up" and not outputs:
        cell.parent.remove(cell)
        return
    state = " open data-stays" if OPEN in cell["classes"] else ""
    words = f'<details class="hdc-code"{state}><summary>{summary(text)}</summary>'
    _put(source, [_html(words), source, _html("</details>")])


def _put(node, others):
    """Set other nodes in the place of one; they take over nothing of it, no class and no name."""
    place = node.parent.index(node)
    node.parent[place : place + 1] = others


def _html(text):
    return nodes.raw("", text, format="html")


def _sentences(text):
    """The lines of a print as paragraphs; a line that was set in keeps its place."""
    block = nodes.container(classes=["hdc-found"])
    for line in filter(str.strip, text.splitlines()):
        classes = ["hdc-found-in"] if line.startswith(" ") else []
        block += nodes.paragraph("", line.strip(), classes=classes)
    return block
