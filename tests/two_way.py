"""A widget in a running notebook: the view follows Python, and Python follows the view."""

import nbformat

import hdclib as hdc
from tools.driving import lab_driver

MAP = ".hdc[aria-label='Usage map']"
CELLS = [
    "from hdclib.widgets import usage_map_panel\npanel = usage_map_panel([2, 2, 2])\npanel",
    "panel.picture.dilations = [2, 2, 5]\npanel.picture.kernel_size = 2",
    "print('python sees', panel.picture.dilations)",
]
SHOWS = "([place, wanted]) => document.querySelector(place)?.dataset.counts === wanted"


def notebook(**kernel):
    """Return a notebook with the cells that `check` runs, for a kernel by its name, display_name and language."""
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def wait_for_counts(page, dilations, kernel_size):
    """Wait until the map shows what hdclib counts."""
    wanted = " ".join(map(str, hdc.tap_counts(dilations, kernel_size).tolist()))
    page.wait_for_function(SHOWS, arg=[MAP, wanted], timeout=lab_driver.PATIENCE)


def check(page, address):
    """Open the notebook at an address; change the widget from Python and by keyboard, and see both agree."""
    lab_driver.open_notebook(page, address)
    lab_driver.run_cell(page, 0)
    wait_for_counts(page, [2, 2, 2], 3)
    lab_driver.run_cell(page, 1)  # Python sets two traits
    wait_for_counts(page, [2, 2, 5], 2)
    page.locator(".widget-slider", has_text="Dilation 1").locator(".noUi-handle").focus()
    page.keyboard.press("ArrowLeft")  # the reader moves one slider
    wait_for_counts(page, [1, 2, 5], 2)
    lab_driver.run_cell(page, 2)
    output = page.locator(f"{lab_driver.NOTEBOOK} >> nth=2").locator(lab_driver.OUTPUT)
    output.wait_for(timeout=lab_driver.PATIENCE)
    assert output.inner_text().strip() == "python sees [1, 2, 5]"
