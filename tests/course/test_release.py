"""What students get fails where the answers are missing, and is what the book shows."""

import re
import subprocess
import sys

import nbformat
import pytest

from course.layout import PROJECT, Course
from course.release import public_version, write_pages

COURSE = Course(PROJECT)
NBVAL = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "--nbval-cell-timeout", "60", "-q", "-c",
         "pyproject.toml", "-p", "no:cacheprovider"]  # fmt: skip


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """What nbval says of all releases, in one run."""
    folder = tmp_path_factory.mktemp("releases")
    for name in COURSE.names():
        nbformat.write(public_version(COURSE, name), folder / f"{name}.ipynb")
    return subprocess.run([*NBVAL, "-rf", folder], cwd=PROJECT, capture_output=True, text=True)


@pytest.mark.parametrize("name", COURSE.names())
def test_nbval_fails_on_the_release_in_each_cell_that_needs_an_answer(name, compared):
    assert compared.returncode == 1, compared.stdout[-2000:]
    tests = [at for at, cell in enumerate(c for c in public_version(COURSE, name).cells if c.cell_type == "code")
             if cell.metadata.get("nbgrader", {}).get("grade")]  # fmt: skip
    failed = set(re.findall(rf"^FAILED .*{name}\.ipynb::Cell (\d+)", compared.stdout, re.MULTILINE))
    assert tests and [at for at in tests if str(at) not in failed] == []


def test_the_pages_of_the_book_are_the_release_itself_and_clean_to_download(tmp_path):
    names = write_pages(COURSE, tmp_path)
    assert names == COURSE.names()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}.ipynb" for name in names)
    for name in names:
        page = nbformat.read(tmp_path / f"{name}.ipynb", as_version=4)
        assert page == public_version(COURSE, name)
        assert not any(cell.get("outputs") for cell in page.cells)
        assert not any(":::" in cell.source or "{download}" in cell.source for cell in page.cells)


def test_every_assignment_is_in_the_table_of_contents():
    toc = (PROJECT / "_toc.yml").read_text(encoding="utf-8")
    assert [name for name in COURSE.names() if f"book/coursework/{name}" not in toc] == []
