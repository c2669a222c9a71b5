"""What `pip install` of this project brings: every module, script and data file of hdclib, and nothing else."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """Build the wheel from a copy, since setuptools builds in the folder of the project; return its files."""
    source = tmp_path_factory.mktemp("source")
    shutil.copytree(ROOT / "hdclib", source / "hdclib", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    subprocess.run([*BUILD, "--wheel-dir", source / "wheels", source], check=True)
    (wheel,) = (source / "wheels").glob("hdclib-*.whl")
    with zipfile.ZipFile(wheel) as files:
        return {name: files.read(name) for name in files.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_the_files_of_the_folder_and_no_others(packed):
    files = [path for path in (ROOT / "hdclib").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert packed == {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files}


def test_checkers_of_types_are_told_that_it_has_types(packed):
    assert packed["hdclib/py.typed"] == b""


def test_scripts_styles_and_data_are_among_them(packed):
    assert {Path(name).suffix for name in packed} >= {".py", ".js", ".css", ".json"}
