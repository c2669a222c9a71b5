"""What is in the archive is official or ours, whole; a build with anything else stops and names the file."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools.driving import hosts
from tools.site import pyodide_packages

NUMPY = pyodide_packages.official_lock()["packages"]["numpy"]["file_name"]


def test_the_wheel_in_the_browser_is_this_hdclib_whole(archive):
    with zipfile.ZipFile(archive) as whole:
        name = next(name for name in whole.namelist() if "/static/pyodide/" in name and "/hdclib-" in name)
        with whole.open(name) as wheel, zipfile.ZipFile(wheel) as files:
            packed = {name: files.read(name) for name in files.namelist() if name.startswith("hdclib/")}
    folder = hosts.ROOT / "hdclib"
    ours = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert packed == {str(Path("hdclib") / path.relative_to(folder)): path.read_bytes() for path in ours}


def test_every_package_in_the_archive_is_the_official_one(archive):
    lock = pyodide_packages.official_lock()
    with zipfile.ZipFile(archive) as whole:
        for name in pyodide_packages.needed(lock):
            package = lock["packages"][name]
            content = whole.read(f"{archive.stem}/lite/static/pyodide/{package['file_name']}")
            assert pyodide_packages.sha256(content) == package["sha256"], name


@pytest.fixture
def packages(archive, tmp_path):
    """Take the packages out of the archive into a folder that a test may spoil."""
    lock = pyodide_packages.official_lock()
    with zipfile.ZipFile(archive) as whole:
        for name in pyodide_packages.needed(lock):
            file_name = lock["packages"][name]["file_name"]
            (tmp_path / file_name).write_bytes(whole.read(f"{archive.stem}/lite/static/pyodide/{file_name}"))
    return tmp_path


def build_from(folder):
    """Start the build with packages from a folder; return how it ended and what it said."""
    command = [sys.executable, "-m", "tools.site.lite", "--pyodide", str(folder)]
    environment = {**os.environ, "PYTHONPATH": "web"}
    done = subprocess.run(command, cwd=hosts.ROOT, env=environment, capture_output=True, text=True)
    return done.returncode, done.stderr


def test_a_wrong_package_stops_the_build_with_its_name(packages):
    content = bytearray((packages / NUMPY).read_bytes())
    content[len(content) // 2] ^= 1  # one bit
    (packages / NUMPY).write_bytes(content)
    code, said = build_from(packages)
    assert code == 1
    assert f"{NUMPY} in {packages} is not the official file" in said


def test_a_missing_package_stops_the_build_with_its_name(packages):
    (packages / NUMPY).unlink()
    code, said = build_from(packages)
    assert code == 1
    assert f"{NUMPY} is missing in {packages}" in said
    assert "../shared/pyodide-" in said
    assert "https://cdn.jsdelivr.net/pyodide/" in said
