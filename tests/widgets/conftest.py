"""A browser in which one script of a widget runs by itself, on a model that a test moves."""

import json
from pathlib import Path

import pytest

HARNESS = (Path(__file__).parent / "harness.js").read_text(encoding="utf-8")
ADDRESS = "http://widgets.test/"


class Stage:
    """An empty page that shows one widget at a time, from its class's joined script and an instance's traits."""

    def __init__(self, page):
        self.page = page

    def show(self, widget, search=None):
        """Render a widget anew; with `search` as on a page of the site with that address. Return the traits set."""
        traits = [*widget.own_traits(), "bounds"]
        state = {name: getattr(widget, name) for name in traits}
        given = {"esm": widget._esm, "state": state, "search": search, "address": ADDRESS}
        return self.page.evaluate("(given) => window.stage.show(given)", json.loads(json.dumps(given)))

    def ask(self, expression, given=None):
        """Return what a function of the stage gives, such as "shown"."""
        return self.page.evaluate(f"(given) => window.stage.{expression}(given)", given)


@pytest.fixture(scope="session")
def stage(chromium):
    context = chromium.new_context(viewport={"width": 900, "height": 900})
    empty = "<!doctype html><html><body></body></html>"
    context.route("**/*", lambda route: route.fulfill(body=empty, content_type="text/html"))
    page = context.new_page()
    page.add_init_script(HARNESS)
    page.goto(ADDRESS)
    yield Stage(page)
    context.close()
