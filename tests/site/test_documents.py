"""What README and docs/ name is there: files, commands of the Makefile, folders of the house."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PLACES = ("hdclib", "course", "tests", "tools", "web", "benchmarks", "experiments", "docs", "book", "binder")
FILE = re.compile(r"`([\w./-]+\.(?:py|js|mjs|css|cfg|bib))(?:::?[\w]+)?`")
COMMAND = re.compile(r"`make ([a-z][a-z-]*)")
STANDS_FOR = re.compile(r"NAME|TOPIC|name|variant\.py")  # a pattern, not a file


@pytest.fixture(scope="module")
def files():
    """The files of the project, each with all folders that it stands in."""
    found = [path for place in PLACES for path in (ROOT / place).rglob("*") if "node_modules" not in path.parts]
    return ["/" + path.relative_to(ROOT).as_posix() for path in found]


def test_the_documents_name_files_and_commands():
    texts = [path.read_text(encoding="utf-8") for path in DOCUMENTS]
    assert sum(len(FILE.findall(text)) for text in texts) > 30
    assert sum(len(COMMAND.findall(text)) for text in texts) > 30


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(path, files):
    named = set(FILE.findall(path.read_text(encoding="utf-8")))
    lost = [name for name in named if not STANDS_FOR.search(name) and not any(at.endswith("/" + name) for at in files)]
    assert sorted(lost) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_is_one(path):
    commands = re.findall(r"^([a-z][a-z-]*):(?!=)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(set(COMMAND.findall(path.read_text(encoding="utf-8"))) - set(commands)) == []
