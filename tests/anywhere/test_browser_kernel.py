"""Python in the browser, from the unpacked archive, with the network cut.

Notebooks run below a sub-path on a plain server; widgets and storage are tested with the archive's own server.
"""

import hosts
import lab_driver
import nbformat
import notebook_form
import pytest

import hdclib as hdc

NOTEBOOKS = notebook_form.in_toc(hosts.ROOT)
MAP = ".hdc[aria-label='Usage map']"
CELLS = [
    "from hdclib.widgets import usage_map_panel\npanel = usage_map_panel([2, 2, 2])\npanel",
    "panel.picture.dilation_3 = 5\npanel.picture.kernel_size = 2",
    "print('python sees', panel.picture.dilation_1, panel.picture.layers, panel.picture.dilations)",
]
SAVE = """content => window.jupyterapp.serviceManager.contents.save(
  'sync.ipynb', {type: 'notebook', format: 'json', content})"""


def lab(book, path):
    return f"{book}/lite/lab/index.html?path={path}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=hosts.name_of)
def test_every_notebook_gives_the_stored_outputs(lonely, book, path):
    chromium, asked = lonely
    assert lab_driver.run_notebook(chromium, lab(book, path.relative_to(hosts.ROOT / "book")), path) == []
    assert asked == []


def test_the_button_opens_the_chapter_and_python_answers(page, book):
    page.goto(f"{book}/book/gridding.html")
    page.get_by_role("link", name="Run in the browser").click()
    page.wait_for_selector(lab_driver.NOTEBOOK, timeout=lab_driver.PATIENCE)
    assert page.evaluate("() => window.jupyterapp.shell.currentWidget.context.path") == "gridding.ipynb"
    assert lab_driver.first_output(page) < lab_driver.PATIENCE / 1000


def show_map(page, stick):
    """Open a notebook of our own, kept in the browser, and run its first cell."""
    page.goto(f"{stick}/lite/lab/index.html")
    page.wait_for_function("() => window.jupyterapp?.restored", timeout=lab_driver.PATIENCE)
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    kernel = {"kernelspec": {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}}
    page.evaluate(SAVE, nbformat.v4.new_notebook(cells=cells, metadata=kernel))
    lab_driver.open_notebook(page, lab(stick, "sync.ipynb"))
    lab_driver.run_cell(page, 0)
    wait_for_counts(page, [2, 2, 2], 3)


def wait_for_counts(page, dilations, kernel_size):
    """Wait until the map shows what hdclib counts."""
    wanted = " ".join(map(str, hdc.tap_counts(dilations, kernel_size).tolist()))
    shows = "([place, wanted]) => document.querySelector(place)?.dataset.counts === wanted"
    page.wait_for_function(shows, arg=[MAP, wanted], timeout=lab_driver.PATIENCE)


def test_python_moves_the_view_and_a_slider_calls_python(page, stick):
    show_map(page, stick)
    lab_driver.run_cell(page, 1)  # Python sets two traits
    wait_for_counts(page, [2, 2, 5], 2)
    page.locator(".widget-slider", has_text="Dilation 1").locator(".noUi-handle").focus()
    page.keyboard.press("ArrowLeft")  # the reader moves one slider
    wait_for_counts(page, [1, 2, 5], 2)
    lab_driver.run_cell(page, 2)
    output = page.locator(".jp-CodeCell >> nth=2").locator(".jp-OutputArea-output")
    output.wait_for(timeout=lab_driver.PATIENCE)
    assert output.inner_text().strip() == "python sees 1 3 [1, 2, 5]"


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
