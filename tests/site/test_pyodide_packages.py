"""Pyodide's packages are verified by name before they go in."""

import hashlib
import zipfile

import pytest

from tools.site import pyodide_packages

CONTENT = b"a wheel"
PACKAGE = {"file_name": "a-1.whl", "sha256": hashlib.sha256(CONTENT).hexdigest()}


def test_an_official_file_is_taken_from_a_folder_or_an_archive(tmp_path):
    (tmp_path / "a-1.whl").write_bytes(CONTENT)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("pyodide/a-1.whl", CONTENT)
    assert pyodide_packages.verified(str(tmp_path), PACKAGE, "0.27.7") == CONTENT
    assert pyodide_packages.verified(str(tmp_path / "all.zip"), PACKAGE, "0.27.7") == CONTENT


def test_a_missing_file_is_named_with_where_packages_come_from(tmp_path):
    with pytest.raises(pyodide_packages.BadPackage, match=r"a-1\.whl is missing in .*\.\./shared/pyodide-0\.27\.7"):
        pyodide_packages.verified(str(tmp_path), PACKAGE, "0.27.7")


def test_a_changed_file_is_named_with_both_sums(tmp_path):
    (tmp_path / "a-1.whl").write_bytes(b"another")
    with pytest.raises(pyodide_packages.BadPackage, match=r"a-1\.whl .* is not the official file: .*sha256"):
        pyodide_packages.verified(str(tmp_path), PACKAGE, "0.27.7")


def test_what_a_package_depends_on_is_needed_whatever_its_spelling():
    packages = {"a": {"depends": ["b_c"]}, "b-c": {"depends": []}, "d": {"depends": []}}
    assert pyodide_packages.needed({"packages": packages}, ["a"]) == ["a", "b-c"]
