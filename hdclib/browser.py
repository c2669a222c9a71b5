"""Loaded where Python runs in a browser, by ``import hdclib``."""

import logging

# matplotlib 3.8.4 of Pyodide 0.27.7 comes with a list of fonts made for another version: it makes its own on every
# start, and says so on stderr.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
