"""Fixtures for tests of the book without a network: the archive, Python in the browser, Binder's environment."""

import os
import sys

import pytest

from tools.driving import hosts, lab_driver
from tools.site import pyodide_packages

VERSION = pyodide_packages.official_lock()["info"]["version"]


@pytest.fixture(scope="session")
def source():
    """Return where packages of Pyodide are; skip, with the reason, on a machine that cannot get any."""
    found = pyodide_packages.find_source("", VERSION)
    if not found:
        pytest.skip(f"Python in the browser was not tested: none within reach. {pyodide_packages.where_from(VERSION)}")
    return found


@pytest.fixture(scope="session")
def archive(source):
    """Return the path of the book's archive."""
    if not hosts.ARCHIVE.is_file():
        pytest.fail("the archive is not built: run `make offline`")
    return hosts.ARCHIVE


@pytest.fixture(scope="session")
def folder(archive, tmp_path_factory):
    """Unpack the archive into an empty folder; return the book's folder in it."""
    return hosts.unpack(tmp_path_factory.mktemp("stick"))


@pytest.fixture(scope="session")
def book(folder):
    """Serve the unpacked book below a sub-path with what every Python has; return the address of the book."""
    with hosts.static_host(folder.parent) as address:
        yield f"{address}/{folder.name}"


@pytest.fixture(scope="session")
def stick(folder):
    """Start the unpacked book's own server, with an environment that holds nothing; return the address."""
    command = [sys.executable, "-I", "-u", "serve.py", "--port", "0"]
    with hosts.running(command, folder, {"PATH": os.environ["PATH"]}) as address:
        yield address


@pytest.fixture(scope="session")
def lonely():
    """Return a headless browser whose network is cut, and the list of other hosts that it asked for."""
    with lab_driver.lonely_chromium() as browser_and_asked:
        yield browser_and_asked


@pytest.fixture
def page(lonely):
    """Return a page with no cookies, no storage, nothing cached, whose browser asked no other host in the end."""
    chromium, asked = lonely
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    yield context.new_page()
    context.close()
    assert asked == []
