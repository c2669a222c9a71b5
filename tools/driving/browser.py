"""The Chromium that tests and screenshots use: the machine's own, else Playwright's."""

import os
import shutil

SHELL = "chromium-headless-shell"  # the same engine without a window's own pages: it costs half
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome")
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


def system_chromium():
    """Return the path of a Chromium on PATH, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright, *more):
    """Return a headless browser that talks to no host but the ones a page asks for; `more` are further arguments."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = QUIET + (["--no-sandbox"] if is_root else [])
    return playwright.chromium.launch(executable_path=system_chromium(), args=[*arguments, *more])
