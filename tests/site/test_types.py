"""The checkers of types look at all that they should, and a mistake turns them red."""

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
from importlib import import_module
from pathlib import Path

import pytest

from tools.setup import check_scripts, stubs

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"
MADE_BY_NODE = {"build.mjs", "pretended.mjs", "stills.mjs"}  # they run in Node alone, whose types are not installed


def tsc(*arguments):
    """Run the checker of the scripts; return its status and what it said."""
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    command = [WEB / "node_modules" / ".bin" / "tsc", *arguments]
    done = subprocess.run(
        command, cwd=WEB, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_every_script_of_the_pages_is_checked():
    _, said = tsc("--project", "tsconfig.json", "--listFilesOnly")
    listed = {Path(line).resolve() for line in said.splitlines()}
    scripts = {path for folder in check_scripts.FOLDERS for path in check_scripts.scripts_in(ROOT / folder)}
    assert len(scripts) > 80 and {path.name for path in scripts - listed} == MADE_BY_NODE


def test_a_script_that_uses_what_may_be_missing_is_named(tmp_path):
    settings = {"extends": str(WEB / "tsconfig.json"), "include": ["wrong.js"], "compilerOptions": {"rootDirs": ["."]}}
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings))
    (tmp_path / "wrong.js").write_text('export const words = document.querySelector("p").textContent;\n')
    status, said = tsc("--project", str(tmp_path / "tsconfig.json"))
    assert status != 0 and "wrong.js(1,22): error TS2531" in said


def test_a_function_without_annotations_is_checked(tmp_path):
    (tmp_path / "wrong.py").write_text('def half(number):\n    return len(3) + "".missing\n')
    settings = ["--config-file", ROOT / "pyproject.toml", "--cache-dir", tmp_path / "cache"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *settings, tmp_path / "wrong.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and "[arg-type]" in done.stdout and "[attr-defined]" in done.stdout


@pytest.mark.parametrize("package", stubs.PACKAGES)
def test_the_stub_of_a_package_names_what_it_has(package):
    text = (ROOT / package / "__init__.pyi").read_text(encoding="utf-8")
    assert text == stubs.stub_of(package), "run python -m tools.setup.stubs"
    imports = [node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom)]
    module = import_module(package.replace("/", "."))
    assert {node.names[0].name for node in imports} - set(stubs.TOPICS) == set(module.__all__)
    for node in imports:
        home, name = import_module(node.module), node.names[0].name
        assert getattr(module, name) is getattr(home, name)


def test_a_user_of_hdclib_is_told_of_a_wrong_name(tmp_path):
    (tmp_path / "user.py").write_text(
        "import hdclib as hdc\nhdc.tap_counts([1, 2], kernel_size=3)\nhdc.tap_count([1])\nhdc.conv_size(7, kernel=3)\n"
    )
    settings = ["--config-file", "pyproject.toml"]  # with the cache of `make lint`: numpy's types take a while
    command = [sys.executable, "-m", "mypy", *settings, tmp_path / "user.py"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    assert re.findall(r"user\.py:(\d): error", said) == ["3", "4"], said
