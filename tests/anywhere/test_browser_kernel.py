"""Python in the browser, from the unpacked archive, with the network cut.

Notebooks run below a sub-path on a plain server; widgets and storage are tested with the archive's own server.
"""

import pytest
import two_way

from tools.driving import hosts, lab_driver, places
from tools.notebooks import notebook_form

NOTEBOOKS = notebook_form.in_toc(hosts.ROOT)
SAVE = """content => window.jupyterapp.serviceManager.contents.save(
  'sync.ipynb', {type: 'notebook', format: 'json', content})"""


def lab(book, path):
    return f"{book}/lite/lab/index.html?path={path}"


@pytest.fixture(scope="module")
def desk(lonely, book):
    """Return a tab for all notebooks."""
    desk = lab_driver.Desk(lonely[0], lambda path: places.in_lite(book, path))
    yield desk
    desk.close()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=hosts.name_of)
def test_every_notebook_gives_the_stored_outputs(desk, lonely, path):
    assert desk.run(path) == []
    assert lonely[1] == []


def test_the_button_opens_the_chapter_and_python_answers(page, book):
    page.goto(f"{book}/book/gridding.html")
    page.get_by_role("link", name="Run in the browser").click()
    page.wait_for_selector(lab_driver.NOTEBOOK, timeout=lab_driver.PATIENCE)
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.context.path") == "gridding.ipynb"
    assert lab_driver.first_output(page) < lab_driver.PATIENCE / 1000


def test_python_moves_the_view_and_a_slider_calls_python(page, stick):
    page.goto(f"{stick}/lite/lab/index.html")
    page.wait_for_function("() => window.jupyterapp?.restored", timeout=lab_driver.PATIENCE)
    page.evaluate(SAVE, two_way.notebook(name="python", display_name="Python (Pyodide)", language="python"))
    two_way.check(page, lab(stick, "sync.ipynb"))


def test_a_change_is_kept_in_the_browser(page, stick):
    address = lab(stick, "gridding.ipynb")
    lab_driver.open_notebook(page, address)
    page.locator(f"{lab_driver.NOTEBOOK} >> nth=0").locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# my own note\n")
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")
    lab_driver.open_notebook(page, address)
    assert "# my own note" in page.locator(f"{lab_driver.NOTEBOOK} >> nth=0").inner_text()
