"""Drive notebooks in a JupyterLab or JupyterLite page, in a headless Chromium that reaches this machine alone."""

import json
import socketserver
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Error, sync_playwright

from tools.driving import browser
from tools.notebooks import notebook_form

PATIENCE = 120_000  # milliseconds for a page, a kernel or a cell's effect on a busy machine
RUN_TIME = 240_000  # milliseconds for a whole notebook
BROWSERS_OWN = {
    "accounts.google.com",
    "clients2.google.com",
    "content-autofill.googleapis.com",
    "optimizationguide-pa.googleapis.com",
    "update.googleapis.com",
    "www.google.com",
}  # what Chromium asks for by itself, with an empty page too
NOTEBOOK = ".jp-Notebook .jp-CodeCell"
OUTPUT = ".jp-OutputArea-output"
HAS_KERNEL = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
SHOW_ALL = """() => {
  const { content } = window.jupyterapp.shell.currentWidget;
  content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" };
}"""  # else a cell below the window is no part of the page, and nobody can click on it
RUN_ALL = """() => {
  const app = window.jupyterapp;
  const panel = app.shell.currentWidget;
  window.hdcRun = { done: false };
  panel.sessionContext.ready
    .then(() => app.commands.execute("notebook:run-all-cells"))
    .finally(() => { window.hdcRun = { done: true, notebook: JSON.stringify(panel.content.model.toJSON()) }; });
}"""


class _Refuse(socketserver.StreamRequestHandler):
    """A proxy that notes which host is asked for, and reaches none."""

    def handle(self):
        where = self.rfile.readline(4096).decode(errors="replace").split()[1]
        host = urlsplit(where).hostname or where.rsplit(":", 1)[0]  # for http an address, for https host:port
        if host not in BROWSERS_OWN:
            self.server.asked.append(where)
        self.wfile.write(b"HTTP/1.1 503 The network is cut\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@contextmanager
def cut_network():
    """Yield Chromium's arguments that send all but this machine to a dead end, and the list of what was asked for."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Refuse) as proxy:
        proxy.daemon_threads, proxy.asked = True, []
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield [f"--proxy-server=http://127.0.0.1:{proxy.server_address[1]}"], proxy.asked
        proxy.shutdown()


@contextmanager
def lonely_chromium():
    """Yield a headless browser without network, and the list of other hosts that it asked for."""
    with cut_network() as (arguments, asked), sync_playwright() as playwright:
        chromium = browser.launch(playwright, *arguments)
        yield chromium, asked
        chromium.close()


def open_notebook(page, address):
    """Open a notebook in JupyterLab or JupyterLite and wait until it is shown, every cell of it, and has a kernel."""
    page.goto(address)
    page.wait_for_selector(NOTEBOOK, timeout=PATIENCE)
    page.wait_for_function(HAS_KERNEL, timeout=PATIENCE)
    page.evaluate(SHOW_ALL)


def run_all(page):
    """Run every cell of the open notebook; return the notebook as it then is."""
    page.evaluate(RUN_ALL)
    page.wait_for_function("() => window.hdcRun.done", timeout=RUN_TIME)
    return json.loads(page.evaluate("() => window.hdcRun.notebook"))


def run_cell(page, number):
    """Run one code cell of the open notebook by keyboard, counted from 0."""
    page.locator(f"{NOTEBOOK} >> nth={number}").locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")


def first_output(page):
    """Clear the open notebook and run it; return the seconds from the page's load to its first output."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    page.wait_for_selector(OUTPUT, state="detached")
    page.evaluate(RUN_ALL)
    page.wait_for_selector(OUTPUT, state="attached", timeout=PATIENCE)
    return page.evaluate("() => performance.now()") / 1000


def run_notebook(chromium, address, path):
    """Run one notebook at an address in a fresh context; return in what it differs from the stored one at `path`.

    The tests of an assignment fail until it is solved: of one that is handed out, only the first cell must not fail.
    """
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    try:
        page = context.new_page()
        open_notebook(page, address)
        stored, fresh = json.loads(path.read_text(encoding="utf-8")), run_all(page)
        if notebook_form.is_handed_out(path):
            return notebook_form.first_error(fresh)
        return notebook_form.differences(stored, fresh)
    except Error as error:
        return [f"the browser gave up: {str(error).splitlines()[0]}"]
    finally:
        context.close()
