"""What a first visit of a chapter costs when Jupyter Book builds it with its defaults."""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

BIN = Path(sys.executable).parent
ASSET = re.compile(r'<(?:script|link)[^>]+?(?:src|href)="([^"]+\.(?:js|css)[^"]*)"')
NPM = re.compile(r"https?://(?:cdn\.jsdelivr\.net/npm|unpkg\.com)/((?:@[\w.-]+/)?[\w.-]+)@([^/]+)/?(.*)")
CDNJS = {"require.js": ("requirejs", "require.js")}  # files of cdnjs, as they are called on npm
WIDGET_RUNTIME = ("anywidget", "0.11", "dist/index.js")  # asked for by the widget manager, not by the HTML


def first_visit(notebook, folder):
    """Return the gzipped bytes that a first visit of the notebook's page loads, without its figures.

    Fonts and what scripts load later are not counted, so the true figure is larger.
    """
    page = build(notebook, folder)
    html = page.read_text(encoding="utf-8")
    total = len(gzip.compress(html.encode()))
    for address in dict.fromkeys(ASSET.findall(html)):
        total += remote_size(address, folder) if "//" in address else local_size(page, address)
    return total + npm_size(*WIDGET_RUNTIME, folder)


def build(notebook, folder):
    """Build a book of one chapter with nothing set, and return its page."""
    shutil.copy(notebook, folder / notebook.name)
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: {notebook.stem}\n")
    (folder / "_config.yml").write_text('execute:\n  execute_notebooks: "off"\n')
    subprocess.run([BIN / "jupyter-book", "build", folder, "-q"], check=True, capture_output=True)
    return folder / "_build" / "html" / f"{notebook.stem}.html"


def local_size(page, address):
    """Gzipped size of a file beside the page; 0 if the page names one that is not there."""
    path = page.parent / address.split("?")[0]
    return len(gzip.compress(path.read_bytes())) if path.exists() else 0


def remote_size(address, folder):
    """Gzipped size of a CDN's file, taken from its npm package."""
    if match := NPM.match(address):
        package, version, path = match.groups()
        return npm_size(package, version, path, folder)
    for name, (package, path) in CDNJS.items():
        if name.split(".")[0] in address:
            version = re.search(r"/(\d+\.\d+\.\d+)/", address).group(1)
            return npm_size(package, version, path, folder)
    raise ValueError(f"{address} is on no CDN that is known here")


def npm_size(package, version, path, folder):
    """Gzipped size of one file of an npm package; its main file if no path is given."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    command = ["npm", "pack", "--silent", f"{package}@{version}"]
    packed = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        names = archive.getnames()
        wanted = f"package/{path.split('?')[0] or 'lib/index.js'}"
        chosen = next(name for name in (wanted, f"{wanted}.js", wanted.replace(".min.", ".")) if name in names)
        return len(gzip.compress(archive.extractfile(chosen).read()))
