"""What holds for every test."""

import pytest
from hypothesis import settings
from node_page import NodePage

# A shared machine may pause a test at any time: how long one example takes says nothing about the code.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


def pytest_collection_modifyitems(items):
    """Mark the tests that need a browser, so that others can be run without one."""
    for item in items:
        if {"stage", "browser", "chromium", "lonely"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def node_page():
    """A page without a browser."""
    page = NodePage()
    yield page
    page.close()


@pytest.fixture(scope="session")
def chromium():
    """Return a headless browser for the whole run: Playwright takes one at a time in a process."""
    from playwright.sync_api import sync_playwright

    from tools.driving import browser

    with sync_playwright() as playwright:
        launched = browser.launch(playwright)
        yield launched
        launched.close()
