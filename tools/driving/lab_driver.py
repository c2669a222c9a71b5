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


EMPTIED = """
import sys
if "ipywidgets" in sys.modules:
    sys.modules["ipywidgets"].Widget.close_all()
get_ipython().run_line_magic("reset", "-f")
"""
TAKE = """async ([path, emptied, limit]) => {
  const { serviceManager, shell } = window.jupyterapp;
  const { content, sessionContext } = shell.currentWidget;
  const { content: notebook } = await serviceManager.contents.get(path, { content: true });
  for (const cell of notebook.cells.filter(({ cell_type }) => cell_type === "code")) {
    Object.assign(cell, { execution_count: null, outputs: [] });
  }
  content.model.fromJSON(notebook);
  await sessionContext.ready;
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error("the kernel did not answer")), limit));
  const answer = sessionContext.session.kernel.requestExecute({ code: emptied }).done;
  const { content: reply } = await Promise.race([answer, late]);
  if (reply.status !== "ok") throw new Error(`${reply.ename}: ${reply.evalue}`);
}"""  # the notebook as the app has it, without what it once showed


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


class Desk:
    """A tab of JupyterLab or JupyterLite in which notebooks run one after the other.

    A kernel takes several times as long to start as a notebook to run, most of all in the browser. So one serves all,
    and is emptied before each: what a notebook does not import or compute itself is not there.
    """

    def __init__(self, chromium, address_of):
        """Take a browser, and the function that gives the address and the path in the app of a notebook's file."""
        self._chromium, self._address_of, self._page = chromium, address_of, None

    def run(self, path):
        """Run the notebook at `path`; return in what it differs from what is stored there.

        The tests of an assignment fail until it is solved: of one that is handed out, only the first cell must not.
        """
        try:
            fresh = self._run(*self._address_of(path))
        except Error as error:
            self.close()
            return [f"the browser gave up: {str(error).splitlines()[0]}"]
        if notebook_form.is_handed_out(path):
            return notebook_form.first_error(fresh)
        return notebook_form.differences(json.loads(path.read_text(encoding="utf-8")), fresh)

    def _run(self, address, path):
        if not self._page:
            self._page = self._chromium.new_context(viewport={"width": 1400, "height": 1000}).new_page()
            open_notebook(self._page, address)
        self._page.evaluate(TAKE, [path, EMPTIED, PATIENCE])
        return run_all(self._page)

    def close(self):
        """Leave the tab; the next notebook opens another."""
        if self._page:
            self._page.context.close()
        self._page = None
