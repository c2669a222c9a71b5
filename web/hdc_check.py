"""Sphinx extension: the page *Check your network* gets its scripts, a sample, an ONNX file to try, hdclib's bounds.

The sample is the report on the network of that file, made by hdclib when the book is built. Python is beside the page
only where the site has it, which `is_here` writes into the built page.
"""

import shutil
from html import escape
from pathlib import Path

from hdc_onnx import onnx_file

import hdclib as hdc
from hdclib.networks import resnet_graph
from hdclib.networks.inspecting.onnx_graphs import MOST_VALUES
from hdclib.networks.inspecting.words import findings

CHECK = Path(__file__).resolve().parent / "check"
PAGE = "book/check_your_network"
PLACE = '<div class="hdc-check"></div>'
SAMPLE_PLACE = '<div class="hdc-check-sample"></div>'
SAMPLE_PARTS = {"field": "Field", "holes": "Holes", "views": "Views", "repairs": "Repairs"}  # as report.js calls them
PAGE_SCRIPTS = "check.js", "python.js", "report.js"
MOST_BYTES = 2**30  # of a file that a browser is asked to hold
EARLY = 800  # priority: before the page's assets are chosen
ABSENT = 'data-python="absent"'
TOOL = f"""\
<div class="hdc hdc-check" role="group" aria-label="Check a network" {ABSENT}
 data-most-values="{MOST_VALUES}" data-most-bytes="{MOST_BYTES}">
<noscript><p>This page needs JavaScript.</p></noscript>
<p>This copy of the book cannot run Python, so nothing can be checked here. The archive of the whole book has it, and
so has a site that was built with <code>make site</code>. In a clone of the project, a terminal answers the same
question:</p>
<pre>pip install '.[onnx]'
hdclib inspect net.onnx</pre>
</div>
"""


def sample():
    """Return a report as the page shows it, shortened, as HTML: what was found, and the map of the worst view."""
    report = hdc.inspect(resnet_graph(50, 8))
    told = findings(report, *SAMPLE_PARTS)
    told |= {"views": told["views"][:2], "repairs": told["repairs"][1:2]}
    lines = "".join(
        f"<dt>{name}</dt><dd>{''.join(f'<p>{escape(words)}</p>' for words in told[part])}</dd>"
        for part, name in SAMPLE_PARTS.items()
    )
    worst = min((view for view in report.views if max(view.kernel_size) > 1), key=lambda view: view.seen.share)
    picture = _map(worst.seen.window(report.map(worst.path)), worst.path)
    group = '<div class="hdc hdc-sample" role="group" aria-label="A sample report">'
    return f'{group}\n<dl class="hdc-findings">{lines}</dl>\n{picture}\n</div>'


def _map(mask, path):
    """A window as an SVG: a filled cell is read, a cross is not."""
    rows, columns = mask.shape
    read = "".join(f"M{x} {y}h.9v.9h-.9z" for y, x in zip(*mask.nonzero(), strict=True))
    left = "".join(f"M{x + 0.3:.1f} {y + 0.3:.1f}l.3 .3m0 -.3l-.3 .3" for y, x in zip(*(~mask).nonzero(), strict=True))
    words = f"{mask.sum()} of {mask.size} positions are read on the input of {path}"
    return (
        f'<figure><svg viewBox="0 0 {columns} {rows}" role="img" aria-label="{words}">'
        f'<path class="hdc-read" d="{read}"/><path class="hdc-hole" d="{left}"/></svg>'
        f"<figcaption>{words}; a cross is one that is not.</figcaption></figure>"
    )


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
    context["body"] = context["body"].replace(PLACE, TOOL).replace(SAMPLE_PLACE, sample())
    app.add_css_file("hdc/kit/widgets.css")
    app.add_css_file("hdc/check/check.css")
    app.add_js_file("hdc/check/check.js", type="module")


def setup(app):
    """Connect both."""
    app.connect("builder-inited", copy_files)
    app.connect("html-page-context", add_tool, priority=EARLY)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
