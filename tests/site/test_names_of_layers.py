"""A Layer with a number is a feature map, an operation is a convolution: in chapters, figures and widgets."""

import json
import re
from pathlib import Path

import pytest

from tools.notebooks import notebook_form

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [*notebook_form.chapters(ROOT), *sorted((ROOT / "book").glob("*.md"))]
SCRIPTS = sorted((ROOT / "hdclib" / "widgets").rglob("*.js"))
#: An operation that bears a number must not be called a layer, and no feature map a lower-case one.
OTHER_USE = re.compile(r"(?<![\d×] )\blayers? (?:\$[a-z]|\d)|\b[Ff]eature maps? \d|\b[Oo]peration \d")
#: What a panel is called that shows one map alone.
ONE_END = re.compile(r"[\"`]Layer (?:\d|\$?\{[^}]*\})[\"`]")


def words_of(path):
    """The texts of a chapter, captions and alt texts among them; the text of a page."""
    if path.suffix == ".md":
        return [path.read_text(encoding="utf-8")]
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    told = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    return told + [json.dumps(cell["metadata"], ensure_ascii=False) for cell in cells]


@pytest.mark.parametrize("text", ["layer 2 has", "layers $i$ to $n$", "feature map 3", "operation 2", "of layer 19"])
def test_other_uses_are_found(text):
    assert OTHER_USE.search(text)


@pytest.mark.parametrize(
    "text", ["Layer 2 has", "convolution 2", "3 × 3 layers 4 apart", "three layers", "layer by layer"]
)
def test_right_uses_are_left_alone(text):
    assert not OTHER_USE.search(text)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_numbered_layer_is_a_feature_map_in_every_text(path):
    assert [found[0] for text in words_of(path) for found in OTHER_USE.finditer(text)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_numbered_layer_is_a_feature_map_in_every_widget(path):
    assert [found[0] for found in OTHER_USE.finditer(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", notebook_form.chapters(ROOT), ids=lambda path: path.stem)
def test_a_panel_says_both_ends(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert [found[0] for text in code for found in ONE_END.finditer(text)] == []
