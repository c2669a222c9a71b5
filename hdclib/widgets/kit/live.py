"""Give living widgets their script anew when a file changes, for whoever writes one.

Start the notebook front end with ``ANYWIDGET_HMR=1``, the name that anywidget itself reads.
"""

import os
import threading
import warnings
import weakref
from functools import cache

from hdclib.widgets.kit.page_script import SCRIPTS, page_style, script_of

_LIVING = weakref.WeakSet()


def is_asked_for():
    """Tell whether the environment asks for live reload, by the name that anywidget reads."""
    return os.environ.get("ANYWIDGET_HMR") == "1"


def keep_fresh(widget):
    """Give `widget` its script and style anew whenever a file of ``hdclib/widgets`` changes. Needs watchfiles."""
    _LIVING.add(widget)
    _start_watching()


def renew_all():
    """Read all scripts again and hand them to the living widgets; one that cannot be read stays as it is."""
    script_of.cache_clear()
    for widget in list(_LIVING):
        try:
            widget.set_trait("_esm", script_of(widget.script))
            widget.set_trait("_css", page_style())
        except (OSError, ValueError) as error:
            warnings.warn(f"{widget.script} was not loaded again: {error}", stacklevel=2)


@cache
def _start_watching():
    from watchfiles import watch  # not for those who only use widgets

    def follow():
        for _ in watch(SCRIPTS, debounce=100):
            renew_all()

    threading.Thread(target=follow, daemon=True).start()
