"""What publishes the book, and what Binder builds it from."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import yaml

from tools.site import serve

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8"))
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[a-z-]+\])?==(\S+)((?: ; [^\\]*)?) \\$", re.MULTILINE)


def pins(path):
    return {(name, mark): version for name, version, mark in PIN.findall((ROOT / path).read_text(encoding="utf-8"))}


def test_the_workflow_sets_the_address_that_binder_opens(tmp_path):
    shutil.copy(ROOT / "_config.yml", tmp_path)
    step = next(step for step in WORKFLOW["jobs"]["publish"]["steps"] if "Binder" in step.get("name", ""))
    given = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "a/b", "GITHUB_REF_NAME": "release"}
    subprocess.run(["sh", "-c", step["run"]], cwd=tmp_path, env=os.environ | given, check=True)
    settings, before = (yaml.safe_load((at / "_config.yml").read_text(encoding="utf-8")) for at in (tmp_path, ROOT))
    assert settings.pop("repository") == {"url": "https://github.com/a/b", "branch": "release"}
    before.pop("repository")
    assert settings == before


def test_other_versions_are_tried_on_every_python_from_the_oldest_that_is_allowed():
    text = (ROOT / ".github" / "workflows" / "versions.yml").read_text(encoding="utf-8")
    matrix = yaml.safe_load(text)["jobs"]["versions"]["strategy"]["matrix"]
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert f">={matrix['python'][0]}" == oldest and len(matrix["python"]) >= 4
    assert matrix["include"] == [{"python": matrix["python"][0], "versions": "test-oldest"}]
    commands = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {*matrix["versions"], "test-oldest"} <= set(commands)


def test_binder_and_the_browser_get_the_versions_of_the_book():
    book = pins("requirements.txt")
    for path in ("binder/requirements.txt", "web/lite/requirements.txt"):
        shared = book.keys() & pins(path).keys()
        assert len(shared) > 30
        assert {at: book[at] for at in shared} == {at: pins(path)[at] for at in shared}


def test_the_headers_in_the_documentation_are_those_that_are_tested():
    text = (ROOT / "docs" / "maintaining.md").read_text(encoding="utf-8")
    assert f"\n    {serve.POLICY}\n" in text
    assert f"\n    {serve.LITE_POLICY}\n" in text
