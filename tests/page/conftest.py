"""Fixtures for tests of the built site in Chromium."""

import threading
from contextlib import contextmanager
from pathlib import Path

import browser as project_browser
import page_driver
import pytest
import serve
from playwright.sync_api import expect, sync_playwright

SITE = Path(__file__).resolve().parents[2] / "_build" / "html"
expect.set_options(timeout=30_000)  # milliseconds, as for everything else that a test waits for


class Visit:
    """A browser page that remembers what it logged and asked for."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.complaints, self.requests, self.failed = [], [], []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("requestfailed", self._miss)
        page.on("response", self._judge)

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _miss(self, request):
        if request.failure != "net::ERR_ABORTED":  # what the start page still asked for when it led on
            self.failed.append(f"{request.url}: {request.failure}")

    def _judge(self, response):
        if response.status >= 400:
            self.failed.append(f"{response.url}: {response.status}")

    def open(self, path):
        """Go to a page of the site and wait until its widgets, if any, are shown."""
        self.page.goto(f"{self.address}/{path}", wait_until="networkidle")
        if self.page.locator('script[type$="widget-view+json"]').count():
            page_driver.wait_until_ready(self.page)
        return self.page

    def foreign(self):
        """Return the addresses asked for that are not on the site."""
        local = (self.address, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(local)]


@pytest.fixture(scope="session")
def address():
    """Serve the built site on a free port of this machine; return its address."""
    if not (SITE / "index.html").exists():
        pytest.fail("the site is not built: run `make book`")
    server = serve.open_server(0, serve.QuietHandler, SITE)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{serve.HOST}:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium():
    """Return a headless browser for the whole run."""
    with sync_playwright() as playwright:
        browser = project_browser.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def new_visit(chromium, address):
    """Return a context manager that gives a fresh Visit: no cookies, no storage, nothing cached."""

    @contextmanager
    def start():
        context = chromium.new_context(viewport={"width": 1400, "height": 900})
        yield Visit(context.new_page(), address)
        context.close()

    return start


@pytest.fixture
def visit(new_visit):
    """Return a fresh Visit for one test."""
    with new_visit() as visit:
        yield visit


@pytest.fixture
def page(visit):
    """Return the Playwright page of a fresh visit."""
    return visit.page
