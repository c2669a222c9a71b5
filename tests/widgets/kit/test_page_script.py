"""The joining of scripts for notebook front ends: what it takes apart, what it refuses, and that it renews itself."""

import json
import shutil
import subprocess
import time

import pytest
from scripts import node

from hdclib.widgets import UsageMap
from hdclib.widgets.kit import live, page_script
from hdclib.widgets.kit.es_module import code_only, read_module


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder in place of hdclib/widgets."""
    monkeypatch.setattr(page_script, "SCRIPTS", tmp_path)
    page_script.script_of.cache_clear()
    yield tmp_path
    page_script.script_of.cache_clear()


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")


def run(text, tmp_path):
    """What the default export of a joined script is."""
    joined = tmp_path / "joined.mjs"
    joined.write_text(text, encoding="utf-8")
    code = f"import shown from {json.dumps(joined.as_uri())}; console.log(JSON.stringify(shown));"
    done = subprocess.run(
        [str(node()), "--input-type=module", "--eval", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_files_may_use_the_same_names_and_rename_what_they_take(folder):
    write(
        folder,
        a="const SIZE = 1;\nfunction help() { return SIZE; }\nexport { help as size };\n",
        b='import {\n  size as inner,\n} from "./a.js";\nconst SIZE = 2;\n'
        "export function help() { return [inner(), SIZE]; }\n",
        c='import { help } from "./b.js";\nimport { size } from "./a.js";\nconst SIZE = 3;\n'
        "export default [help(), size(), SIZE];\n",
    )
    assert run(page_script.script_of("c.js"), folder) == [[1, 2], 1, 3]


def test_words_in_strings_comments_templates_and_expressions_are_no_statements(folder):
    text = r"""
// import { a } from "./nowhere.js";
/* export const b = 1;
export default c; */
const quoted = "it's\" \nimport";
const told = `
export const inner = ${[`${quoted.length}}`].map((one) => `{${one}}`)};
import`;
const half = quoted.length / 2 / 1;
const found = /["'`/[\]`](?:import)/g.test("x") ? 1 : 0;
const set = { import: 4, export: 5 };
export default [told.split("\n").length, half, found, set.import + set.export];
"""
    write(folder, a=text)
    assert read_module(text, "a.js").imports == []
    assert run(page_script.script_of("a.js"), folder) == [3, 6.5, 0, 9]


def test_the_code_keeps_its_lines():
    text = "const a = `one\ntwo`; // three\n/* four\nfive */ a;\n"
    lines = ["const a = " + " " * 4, " " * 4 + ";" + " " * 9, " " * 7, " " * 7 + " a;", ""]
    assert code_only(text, "a.js").split("\n") == lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('import shown from "./a.js";', 1),
        ('\nimport * as all from "./a.js";', 2),
        ('import "./a.js";', 1),
        ('import { a } from "d3";', 1),
        ('\n\nexport { a } from "./a.js";', 3),
        ('export * from "./a.js";', 1),
        ("export let a = 1;", 1),
        ("export const { a } = b;", 1),
        ("export const a = f(1, 2), b = 2;", 1),
        ("export default function render() {}", 1),
        ('function f() {\n  return import("./a.js");\n}', 2),
        ("const a = {\n  url: import.meta.url };", 2),
        ('const a = "no end;\n', 1),
        ("const a = `no end;\n", 1),
    ],
)
def test_other_forms_are_refused_with_file_and_line(text, line):
    with pytest.raises(ValueError, match=rf"^x\.js, line {line}: "):
        read_module(text, "x.js")


def test_what_is_not_exported_and_circles_are_refused(folder):
    write(folder, a='import { b } from "./b.js";\nexport const a = b;\n', b="export const c = 1;\n")
    with pytest.raises(ValueError, match=r"^a\.js imports b, which b\.js does not export$"):
        page_script.script_of("a.js")
    write(folder, b='import { a } from "./a.js";\nexport const b = a;\n')
    with pytest.raises(ValueError, match=r"^a\.js imports b\.js imports a\.js: a circle$"):
        page_script.script_of("a.js")
    with pytest.raises(FileNotFoundError):
        page_script.script_of("nowhere.js")


@pytest.mark.parametrize("kind", ["right", "wrong"])
def test_an_edited_script_reaches_a_living_widget(kind, tmp_path, monkeypatch):
    copy = tmp_path / "widgets"
    shutil.copytree(page_script.SCRIPTS, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setenv("ANYWIDGET_HMR", "1")
    for module in (page_script, live):
        monkeypatch.setattr(module, "SCRIPTS", copy)
    live._start_watching.cache_clear()
    if kind == "wrong":
        monkeypatch.setattr(live, "_start_watching", lambda: None)  # so that the warning comes here, not in its thread
    widget = UsageMap()
    before = widget._esm
    time.sleep(0.3)  # until the watcher has seen the folder as it is
    maps = copy / "kit" / "maps.js"
    added = "export const EDITED = 1;\n" if kind == "right" else "export let EDITED = 1;\n"
    maps.write_text(maps.read_text(encoding="utf-8") + added, encoding="utf-8")
    if kind == "wrong":
        with pytest.warns(UserWarning, match=r"gridding/usage_map\.js was not loaded again: kit/maps\.js, line"):
            live.renew_all()
        assert widget._esm == before
        return
    until = time.monotonic() + 30
    while widget._esm == before and time.monotonic() < until:
        time.sleep(0.05)
    assert "EDITED" in widget._esm and "EDITED" not in before


def test_without_being_asked_nothing_is_watched(monkeypatch):
    monkeypatch.delenv("ANYWIDGET_HMR", raising=False)
    widget = UsageMap()
    assert widget not in live._LIVING
