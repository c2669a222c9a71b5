"""What holds for every test."""

from hypothesis import settings

# A shared machine may pause a test at any time: how long one example takes says nothing about the code.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
