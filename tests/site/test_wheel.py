"""What `pip install` of this project brings: every module, script and data file of hdclib, and nothing else."""

import os
import zipfile
from pathlib import Path

import pytest

from tools.site import lite
from tools.site.leaks import leaks_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """Build the wheel twice, in folders of other names and with files of other dates and modes; return both."""
    made = []
    for place, mask in (("source", 0o022), ("elsewhere/another", 0o077)):
        folder = tmp_path_factory.mktemp("wheel")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
            before = os.umask(mask)
            try:
                lite.make_wheel(folder / place, folder / "wheels")
            finally:
                os.umask(before)
        made += (folder / "wheels").glob("hdclib-*.whl")
    return made


@pytest.fixture(scope="module")
def packed(wheels):
    """Return the files of the wheel."""
    with zipfile.ZipFile(wheels[0]) as files:
        return {name: files.read(name) for name in files.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_the_files_of_the_folder_and_no_others(packed):
    files = [path for path in (ROOT / "hdclib").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert packed == {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files}


def test_checkers_of_types_are_told_that_it_has_types(packed):
    assert packed["hdclib/py.typed"] == b""


def test_the_wheel_holds_no_secret_and_no_place_of_this_machine(wheels):
    assert leaks_in(wheels[0]) == []


def test_two_wheels_of_one_commit_are_the_same_bytes(wheels):
    one, other = (wheel.read_bytes() for wheel in wheels)
    assert one == other


def test_scripts_styles_and_data_are_among_them(packed):
    assert {Path(name).suffix for name in packed} >= {".py", ".js", ".css", ".json"}
