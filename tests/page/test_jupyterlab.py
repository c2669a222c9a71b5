"""A real JupyterLab: the view follows Python, and Python follows the view."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

import hdclib as hdc

CELLS = [
    "from hdclib.widgets import usage_map_panel\npanel = usage_map_panel([2, 2, 2])\npanel",
    "panel.picture.dilation_3 = 5\npanel.picture.kernel_size = 2",
    "print('python sees', panel.picture.dilation_1, panel.picture.layers, panel.picture.dilations)",
]
PATIENCE = 120_000  # milliseconds; a kernel takes its time to start on a busy machine
MAP = ".hdc[aria-label='Usage map']"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def notebook(sources):
    empty = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [{**empty, "id": f"cell-{at}", "source": source} for at, source in enumerate(sources)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def lab(tmp_path):
    """Start JupyterLab on a folder with one notebook; return the notebook's address."""
    (tmp_path / "sync.ipynb").write_text(notebook(CELLS))
    port = free_port()
    options = [f"--ServerApp.port={port}", f"--ServerApp.root_dir={tmp_path}", "--IdentityProvider.token="]
    options += ["--no-browser", "--allow-root"]
    home = {**os.environ, "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings")}
    home["JUPYTERLAB_WORKSPACES_DIR"] = str(tmp_path / "workspaces")
    with open(tmp_path / "log", "w") as log:
        server = subprocess.Popen([sys.executable, "-m", "jupyterlab", *options], env=home, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/api/status", timeout=1)
            break
        except OSError:
            time.sleep(0.25)
    else:
        pytest.fail(f"JupyterLab did not start: {(tmp_path / 'log').read_text()[-2000:]}")
    yield f"{address}/lab/tree/sync.ipynb?reset"
    server.terminate()
    server.wait(timeout=30)


def run_cell(page, number):
    """Run one cell of the open notebook with the keyboard."""
    page.locator(f".jp-Notebook .jp-CodeCell >> nth={number}").locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")


def wait_for_counts(page, dilations, kernel_size):
    """Wait until the map shows what hdclib counts."""
    wanted = " ".join(map(str, hdc.tap_counts(dilations, kernel_size).tolist()))
    shows = "([place, wanted]) => document.querySelector(place)?.dataset.counts === wanted"
    page.wait_for_function(shows, arg=[MAP, wanted], timeout=PATIENCE)


def test_the_view_and_python_follow_each_other(chromium, lab):
    page = chromium.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(lab)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=PATIENCE)
    for _ in range(6):  # a key that comes before the kernel is ready is lost
        run_cell(page, 0)
        page.wait_for_timeout(5000)
        if page.locator(MAP).count():
            break
    wait_for_counts(page, [2, 2, 2], 3)
    run_cell(page, 1)  # Python sets two traits
    wait_for_counts(page, [2, 2, 5], 2)
    sliders = page.locator(".widget-slider", has_text="Dilation 1").locator(".noUi-handle")
    sliders.focus()
    page.keyboard.press("ArrowLeft")  # the reader moves one slider
    wait_for_counts(page, [1, 2, 5], 2)
    run_cell(page, 2)
    output = page.locator(".jp-CodeCell >> nth=2").locator(".jp-OutputArea-output")
    output.wait_for(timeout=PATIENCE)
    assert output.inner_text().strip() == "python sees 1 3 [1, 2, 5]"
    page.close()
