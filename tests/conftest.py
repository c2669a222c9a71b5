"""What holds for every test."""

from hypothesis import settings

# A shared machine may pause a test at any time: how long one example takes says nothing about the code.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


def pytest_collection_modifyitems(items):
    """Mark the tests that need a browser, so that others can be run without one."""
    for item in items:
        if {"stage", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
