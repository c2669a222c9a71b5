"""The list of mutants is in order: each can be planted, and the layers name tests that there are."""

import ast
import os
import subprocess
import sys

import pytest

from tools.mutants import report
from tools.mutants.entries import ROOT, Mutant, read_list, stale, written_mutants
from tools.mutants.layers import LAYERS, steps_for
from tools.mutants.planting import Copy, Refused, Verdict
from tools.mutants.thick import groups

MUTANTS = written_mutants()
ONE = Mutant("a/b.py", "off by one", "x + 1", "x + 2")


def test_each_mutant_can_be_planted_and_none_is_there_twice():
    assert stale(MUTANTS) == []
    places = [(mutant.file, mutant.right, mutant.wrong) for mutant in MUTANTS]
    assert len(places) == len(set(places)) and len(places) >= 200


def test_each_mutant_of_python_is_another_program():
    for mutant in MUTANTS:
        if not mutant.is_script:
            text = (ROOT / mutant.file).read_text(encoding="utf-8")
            assert ast.dump(ast.parse(mutant.planted(text))) != ast.dump(ast.parse(text)), mutant


def test_the_document_names_what_is_equivalent_as_the_list_has_it():
    text = (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8")
    assert text.partition("## Change nothing anyone can see\n\n")[2].strip() == report.reasons(MUTANTS)


def test_a_mistake_is_planted_in_the_built_site_too_and_mended_in_both(tmp_path):
    root, name = tmp_path / "root", "hdclib/widgets/kit/x.js"
    for place in (root / name, root / "_build" / "html" / "_static" / "hdc-0123456789" / "kit" / "x.js"):
        place.parent.mkdir(parents=True)
        place.write_text("x + 1\n")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    copy = Copy(root, tmp_path / "copy", with_site=True)
    served = copy.site / "_static" / "hdc-0123456789" / "kit" / "x.js"
    with copy.planted(Mutant(name, "off by one", "x + 1", "x + 2")):
        assert (copy.folder / name).read_text() == served.read_text() == "x + 2\n"
    assert (copy.folder / name).read_text() == served.read_text() == "x + 1\n"
    served.write_text("another")
    with pytest.raises(Refused, match="build it again"), copy.planted(Mutant(name, "off by one", "x + 1", "x + 2")):
        pass


def test_a_copy_has_an_environment_of_its_own_that_imports_its_hdclib(tmp_path):
    root = tmp_path / "root"
    packages = root / ".venv" / "lib" / "python3" / "site-packages"
    packages.mkdir(parents=True)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    (root / ".gitignore").write_text(".venv/\n")
    finder, other = "__editable___hdclib_finder.py", "numpy.py"
    (packages / finder).write_text(f"MAPPING = {{'hdclib': '{root}/hdclib'}}")
    (packages / other).write_text("x = 1")
    copy = Copy(root, tmp_path / "copy", with_site=False)
    own = copy.folder / packages.relative_to(root)
    assert (own / finder).read_text() == f"MAPPING = {{'hdclib': '{copy.folder}/hdclib'}}"
    assert (packages / finder).read_text() == f"MAPPING = {{'hdclib': '{root}/hdclib'}}"  # which shares all other files
    assert (own / other).samefile(packages / other)
    known = subprocess.run(["git", "ls-files"], cwd=copy.folder, capture_output=True, text=True, check=True).stdout
    assert known == ".gitignore\n"


@pytest.mark.parametrize(
    ("text", "words"), [("y = x", "0 places read 'x + 1'"), ("x + 1, x + 1", "2 places read 'x + 1'")]
)
def test_a_mutant_whose_place_has_gone_or_is_not_the_only_one_is_named(tmp_path, text, words):
    with pytest.raises(ValueError, match=f"a/b.py, off by one: {words}".replace("+", r"\+")):
        ONE.planted(text)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.py").write_text(text)
    assert len(stale([ONE], tmp_path)) == 1
    assert stale([Mutant("gone.py", "any", "a", "b")], tmp_path) != []


def test_a_mutant_that_changes_nothing_is_refused():
    with pytest.raises(ValueError, match="the same text"):
        Mutant("a.py", "none", "x", "x").planted("x")


def test_the_list_is_read_with_the_reasons_of_what_is_equivalent(tmp_path):
    (tmp_path / "one.toml").write_text('["a.py"]\n"kind" = ["x", "y", "no one can see it"]\n')
    assert read_list(tmp_path / "one.toml") == [Mutant("a.py", "kind", "x", "y", "no one can see it")]


def test_the_tests_of_every_file_are_there_and_the_layers_in_order():
    for file in {mutant.file for mutant in MUTANTS}:
        steps = steps_for(file, ROOT)
        assert steps
        costs = [LAYERS.index(step.layer) for step in steps if step.layer != "doctest"]
        assert costs == sorted(costs), file
        named = [name for step in steps for name in step.arguments if name.startswith(("tests/", "book/"))]
        assert [name for name in named if not (ROOT / name).exists()] == [], file


def test_sums_are_by_room_and_layer():
    other = Mutant("a/c.js", "swapped", "x", "y")
    judged = [(ONE, Verdict("room", "t", 2.0)), (ONE, Verdict("", "", 9.0)), (other, Verdict("page", "t", 30.0))]
    assert report.sums(judged) == [
        ["a, Python", 0, 1, 0, 0, 0, 0, 0, 1, 2], ["a, scripts", 0, 0, 0, 0, 0, 1, 0, 0, 1],
        ["all", 0, 1, 0, 0, 0, 1, 0, 1, 3],
    ]  # fmt: skip
    assert report.share_without_browser(judged) == (0, 1)
    assert "- `a/b.py`: off by one" in report.document(judged, [], "today:")


def test_a_planted_mistake_is_noticed_and_mended(tmp_path):
    (tmp_path / "hdclib").mkdir()
    (tmp_path / "hdclib" / "b.py").write_text("VALUE = 1\n")
    (tmp_path / "tests" / "layers").mkdir(parents=True)
    (tmp_path / "tests" / "layers" / "test_b.py").write_text(
        "from pathlib import Path\ndef test_b():\n    assert Path('hdclib/b.py').read_text() == 'VALUE = 1\\n'\n"
    )
    program = """
import sys
from pathlib import Path
from tools.mutants.entries import Mutant
from tools.mutants.planting import judge_all
mutants = [Mutant("hdclib/b.py", "one", "1", "2"), Mutant("hdclib/b.py", "none", "VALUE = 1", "VALUE  = 1")]
verdicts = judge_all(Path(sys.argv[1]), mutants, 1, ("room",), lambda *pair: None)
print([verdict.test for verdict in verdicts], Path(sys.argv[1], "hdclib/b.py").read_text().strip())
"""
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    command, environment = [sys.executable, "-c", program, str(tmp_path)], os.environ | {"PYTHONPATH": "web"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "['tests/layers/test_b.py::test_b', 'tests/layers/test_b.py::test_b'] VALUE = 1", done


def test_tests_that_notice_the_same_mistakes_are_one_group():
    noticed = {"one": ["a", "b", "c"], "two": ["b", "a"], "three": []}
    assert groups(noticed) == [(["one", "two"], ["a", "b"]), (["one"], ["c"])]
