"""What the book is built and tested with is pinned to single versions whose files are known by their hashes."""

import json
import re
from pathlib import Path

import pytest

from tools.site import lite

ROOT = Path(__file__).resolve().parents[2]
PINS = ["requirements.txt", "course/requirements.txt", "binder/requirements.txt", "web/lite/requirements.txt"]
LOCKS = ["web/package-lock.json", "web/lite/package-lock.json"]
ENTRY = re.compile(r"[a-z0-9-]+(?:\[[a-z-]+\])?==\S+(?: ; [^\\]+?)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)")


@pytest.mark.parametrize("name", PINS)
def test_every_package_has_one_version_and_its_hashes(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    entries = re.split(r"\n(?=[a-z])", "\n".join(line for line in lines if not line.lstrip().startswith("#")))
    assert len(entries) > 30
    assert [entry for entry in entries if not ENTRY.fullmatch(entry)] == []


@pytest.mark.parametrize("name", PINS)
def test_no_index_of_packages_is_named(name):
    assert re.findall(r"://|^-", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_npm_has_one_version_and_its_hash(name):
    packages = json.loads((ROOT / name).read_text(encoding="utf-8"))["packages"]
    own = packages.pop("")
    assert packages and all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert [one["resolved"] for one in packages.values() if "resolved" in one] == []
    asked = own.get("devDependencies", {}) | own.get("dependencies", {})
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked


def test_the_wheels_for_the_browser_are_asked_for_by_their_hashes():
    text = (ROOT / "web" / "lite" / "requirements.txt").read_text(encoding="utf-8")
    found = lite.pins_of(lite.PURE, text)
    assert re.findall(r"^([a-z-]+)==", found, re.MULTILINE) == list(lite.PURE)
    assert found.count("--hash=sha256:") >= 2 * len(lite.PURE)
