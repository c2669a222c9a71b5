"""The search for what must not be published finds it, wherever it is."""

import zipfile

import pytest

from tools.site.leaks import ROOT, leaks_in

PLANTED = [
    "ghp_" + "a1B2" * 9,
    "AKIA" + "ABCD" * 4,
    "-----BEGIN RSA " + "PRIVATE KEY-----",
    "https://me:word@" + "example.org/",
]


@pytest.fixture
def site(tmp_path):
    """A site with one page and a wheel."""
    (tmp_path / "lite" / "static" / "pyodide").mkdir(parents=True)
    (tmp_path / "index.html").write_text("<p>https://example.org/book: 3 × 3</p>")
    with zipfile.ZipFile(tmp_path / "lite" / "static" / "pyodide" / "hdclib-0.1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("hdclib/layers.py", "import numpy")
    return tmp_path


def test_what_may_be_published_is_no_leak(site):
    assert leaks_in(site) == []


@pytest.mark.parametrize("secret", [*PLANTED, f"{ROOT}/book/gridding.ipynb"])
def test_a_secret_and_a_place_of_this_machine_are_found(site, secret):
    (site / "index.html").write_text(f"<p>{secret}</p>")
    (found,) = leaks_in(site)
    assert found.startswith("index.html: ")


def test_the_wheel_within_a_site_is_opened(site):
    with zipfile.ZipFile(site / "lite" / "static" / "pyodide" / "hdclib-0.1.0-py3-none-any.whl", "a") as wheel:
        wheel.writestr("hdclib/names.py", f"# {ROOT}/hdclib")
    (found,) = leaks_in(site)
    assert found.startswith("lite/static/pyodide/hdclib-0.1.0-py3-none-any.whl/hdclib/names.py: ")
