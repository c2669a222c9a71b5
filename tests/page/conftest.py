"""Fixtures for tests of the built site in Chromium.

A page that is opened in a new context costs several times as much as one that follows another in the same tab. So
most tests share one tab, which is put back before each of them; a test that is about a first visit, or that changes
the context, asks for a `fresh_visit`.
"""

import threading
import time
from contextlib import contextmanager

import pytest
import site_pages
from playwright.sync_api import expect

from tools.driving import page_driver
from tools.site import serve

WINDOW = {"width": 1400, "height": 900}
MEDIA = {"media": "null", "color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
PATIENCE = 30  # seconds for what a page asks for to arrive
expect.set_options(timeout=1000 * PATIENCE)  # milliseconds, as for everything else that a test waits for


class Visit:
    """A browser page that remembers what it logged and asked for."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.complaints, self.requests, self.failed, self.downloads, self.open_requests = [], [], [], [], set()
        page.on("download", lambda download: self.downloads.append(download))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        page.on("request", self._note)
        page.on("requestfinished", lambda request: self.open_requests.discard(request))
        page.on("requestfailed", self._miss)
        page.on("response", self._judge)

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _note(self, request):
        self.requests.append(request.url)
        self.open_requests.add(request)

    def _miss(self, request):
        self.open_requests.discard(request)
        if request.failure != "net::ERR_ABORTED":  # what the start page still asked for when it led on
            self.failed.append(f"{request.url}: {request.failure}")

    def _judge(self, response):
        if response.status >= 400:
            self.failed.append(f"{response.url}: {response.status}")

    def open(self, path):
        """Go to a page of the site and wait until its widgets, if any, are shown, those in closed parts as well."""
        self.page.goto(f"{self.address}/{path}")
        page_driver.wait_until_ready(self.page)
        page_driver.open_parts(self.page)
        return self.page

    def settle(self):
        """Wait until the page has nothing left to do and all that it asked for is there."""
        deadline = time.monotonic() + PATIENCE
        page_driver.wait_until_idle(self.page)
        while self.open_requests:
            assert time.monotonic() < deadline, [request.url for request in self.open_requests]
            page_driver.wait_until_idle(self.page)

    def foreign(self):
        """Return the addresses asked for that are not on the site."""
        local = (self.address, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(local)]

    def put_back(self):
        """Forget what the last test did: its page, what that stored, the window and the media that it was shown in."""
        if self.page.url.startswith(self.address):
            self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.page.goto("about:blank")
        self.page.set_viewport_size(WINDOW)
        self.page.emulate_media(**MEDIA)
        for heard in (self.complaints, self.requests, self.failed, self.downloads, self.open_requests):
            heard.clear()


@pytest.fixture(scope="session")
def address():
    """Serve the built site on a free port of this machine; return its address."""
    if not (site_pages.SITE / "index.html").exists():
        pytest.fail("the site is not built: run `make book`")
    server = serve.open_server(0, serve.QuietHandler, site_pages.SITE)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{serve.HOST}:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def new_visit(chromium, address):
    """Return a context manager that gives a fresh Visit: no cookies, no storage, nothing cached."""

    @contextmanager
    def start():
        context = chromium.new_context(viewport=WINDOW)
        yield Visit(context.new_page(), address)
        context.close()

    return start


@pytest.fixture
def fresh_visit(new_visit):
    """Return a Visit of its own for one test."""
    with new_visit() as visit:
        yield visit


@pytest.fixture(scope="session")
def tab(new_visit):
    """Return the Visit that the tests of this process share, one after the other."""
    with new_visit() as visit:
        yield visit


@pytest.fixture
def visit(tab):
    """Return the shared Visit as if nothing had been opened in it."""
    tab.put_back()
    return tab
