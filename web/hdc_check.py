"""Sphinx extension: the page *Check your network* gets its scripts, an ONNX file to try, and the bounds of hdclib.

Python is beside the page only where the site has it, which `is_here` writes into the built page.
"""

import shutil
from pathlib import Path

from hdc_onnx import onnx_file

from hdclib.networks import resnet_graph
from hdclib.networks.inspecting.onnx_graphs import MOST_VALUES

CHECK = Path(__file__).resolve().parent / "check"
PAGE = "book/check_your_network"
PLACE = '<div class="hdc-check"></div>'
PAGE_SCRIPTS = "check.js", "python.js", "report.js"
MOST_BYTES = 2**30  # of a file that a browser is asked to hold
EARLY = 800  # priority: before the page's assets are chosen
ABSENT = 'data-python="absent"'
TOOL = f"""\
<div class="hdc hdc-check" role="group" aria-label="Check a network" {ABSENT}
 data-most-values="{MOST_VALUES}" data-most-bytes="{MOST_BYTES}">
<noscript><p>This page needs JavaScript.</p></noscript>
<p class="hdc-absent">Python is not beside this copy of the book, so nothing can be checked here. The archive of the
whole book has it, and so has a site that was built with <code>make site</code>. In a terminal the same question is
<code>hdclib inspect net.onnx</code>.</p>
</div>
"""


def is_here(page):
    """Return the built page with word that Python is beside it."""
    return page.replace(ABSENT, 'data-python="here"')


def copy_files(app):
    """Write the page's scripts, its style and the example to ``_static/hdc/check``."""
    target = Path(app.outdir) / "_static" / "hdc" / "check"
    target.mkdir(parents=True, exist_ok=True)
    for name in (*PAGE_SCRIPTS, "check.css"):
        shutil.copy(CHECK / name, target)
    (target / "example.onnx").write_bytes(onnx_file(resnet_graph(50, 8, width=1)))


def add_tool(app, pagename, templatename, context, doctree):
    """Put the tool into the page, with what it loads."""
    if pagename != PAGE:
        return
    context["body"] = context["body"].replace(PLACE, TOOL)
    app.add_css_file("hdc/kit/widgets.css")
    app.add_css_file("hdc/check/check.css")
    app.add_js_file("hdc/check/check.js", type="module")


def setup(app):
    """Connect both."""
    app.connect("builder-inited", copy_files)
    app.connect("html-page-context", add_tool, priority=EARLY)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
