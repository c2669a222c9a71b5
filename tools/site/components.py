"""Whose work each file of the built site is: the component it belongs to, with version and licence.

Licences come from the metadata of the packages: npm's ``package.json``, a wheel's ``METADATA``, the lists that
JupyterLab's bundles carry. A file that no rule knows, and a component without a licence, stop the build.
"""

import email.parser
import json
import re
import zipfile
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NPM = ROOT / "web" / "node_modules"
PYODIDE = ROOT / "web" / "lite" / "node_modules" / "pyodide" / "package.json"
BUNDLED = ROOT / "web" / "bundled.json"  # web/build.mjs writes it
OURS, TEXT = "hdclib", "the book's text and figures"
#: Patterns of the site's files, the first that fits counts, and what they belong to: names in `_named`.
FILES = {
    "_static/hdc*/loader.*": "loader.js",
    "_static/hdc*/onnx_reader.js*": "onnx_reader.js",
    "_static/hdc*/katex/*": "katex",
    "_static/hdc*/icons.*": "Font Awesome Free",
    "_static/hdc*/*": OURS,
    "_static/vendor/fontawesome/*": "Font Awesome Free",
    "_static/*/bootstrap.*": "Bootstrap",
    "_static/*/pydata-sphinx-theme.*": "pydata-sphinx-theme",
    "_static/styles/theme.css": "pydata-sphinx-theme",
    "_static/webpack-macros.html": "pydata-sphinx-theme",
    "_static/*/sphinx-book-theme.*": "sphinx-book-theme",
    "_static/sbt-webpack-macros.html": "sphinx-book-theme",
    "_static/images/logo_*": "sphinx-book-theme",
    "_static/locales/*": "sphinx-book-theme",
    "_static/clipboard.min.js": "clipboard.js",
    "_static/copybutton*": "sphinx-copybutton",
    "_static/check-solid.svg": "sphinx-copybutton",
    "_static/copy-button.svg": "sphinx-copybutton",
    "_static/togglebutton.*": "sphinx-togglebutton",
    "_static/design-tabs.js": "sphinx-design",
    "_static/sphinx-design.*": "sphinx-design",
    "_static/proof.css": "sphinx-proof",
    "_static/mystnb.*.css": "myst-nb",
    "_static/sphinx-thebe.*": "sphinx-thebe",
    "_static/play-solid.svg": "sphinx-thebe",
    "_static/katex-math.css": "sphinxcontrib-katex",
    "_static/pygments.css": "pygments",
    "_static/favicon.svg": OURS,
    "_static/trained_scores.csv": OURS,
    **dict.fromkeys(
        (
            f"_static/{name}"
            for name in (
                "basic.css", "doctools.js", "documentation_options.js", "language_data.js", "searchtools.js",
                "sphinx_highlight.js", "file.png", "minus.png", "plus.png",
            )
        ),
        "sphinx",
    ),
    "lite/static/pyodide/*.whl": "a wheel",
    "lite/pypi/*.whl": "a wheel",
    "lite/static/pyodide/openssl-*": "OpenSSL",
    "lite/static/pyodide/python_stdlib.zip": "CPython",
    "lite/static/pyodide/*": "Pyodide",
    "lite/extensions/*": "an extension",
    "lite/files/*": TEXT,
    "lite/pypi/all.json": OURS,
    "lite/check/*": OURS,
    "lite/hdc-*/*": OURS,
    "lite/*": "JupyterLite",
    "_images/*": TEXT,
    "_sources/*": TEXT,
    "book/*": TEXT,
    "*.html": TEXT,
    "sbom.cdx.json": OURS,
    "*.pdf": TEXT,
    "*.zip": TEXT,  # this site once more
    "searchindex.js": TEXT,
    "objects.inv": TEXT,
    ".nojekyll": OURS,
}  # fmt: skip
#: What no metadata says: version (or where it stands) and licence, as SPDX writes it.
FIXED = {
    "Bootstrap": ("5.3.3", "MIT"),
    "Font Awesome Free": ("6.5.2", "CC-BY-4.0 AND OFL-1.1 AND MIT"),
    "clipboard.js": ("2.0.8", "MIT"),
    "CPython": ("3.12", "PSF-2.0"),
    "OpenSSL": ("1.1.1w", "OpenSSL"),
    "sqlite3": ("", "PSF-2.0 AND blessing"),  # Python's module and SQLite in one wheel of Pyodide
    "ssl": ("", "PSF-2.0"),
    TEXT: ("", "CC-BY-4.0"),
    # of which the lists of JupyterLab's bundles name none
    **{
        f"@jupyterlite/app-{app}": ("", "BSD-3-Clause")
        for app in ("consoles", "edit", "lab", "notebooks", "repl", "tree")
    },
    "khroma": ("", "MIT"),
    "localforage-memoryStorageDriver": ("", "Apache-2.0"),
}
#: How packages write their licences, and what SPDX calls it where there is one meaning.
WRITTEN = {
    "MIT License": "MIT",
    "The MIT License": "MIT",
    "BSD License": "BSD",
    "BSD": "BSD",
    "BSD 3-Clause License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
}


class Unknown(Exception):
    """A file that belongs to nothing known, or a component without a licence; the message names it."""


@dataclass(frozen=True, order=True)
class Component:
    """Somebody's work on the site: a package, or what is no package.

    Attributes
    ----------
    name, version, licence : str
        The licence as SPDX writes it, or as its makers do.
    kind : str
        "npm", "pypi", or "" for what comes from neither.
    """

    name: str
    version: str
    licence: str
    kind: str = ""

    def __post_init__(self):
        if not self.licence:
            raise Unknown(f"{self.name} {self.version} names no licence: look it up and put it into FIXED")


def rule_of(name):
    """Return what a file of the site, such as ``_static/basic.css``, belongs to; `Unknown` if no rule knows it."""
    for pattern, owner in FILES.items():
        if fnmatchcase(name, pattern):
            return owner
    raise Unknown(f"{name} is shipped and has no entry: say in FILES of tools/site/components.py whose it is")


def components_of(site):
    """Return the components of a built site and the files of each.

    Parameters
    ----------
    site : pathlib.Path

    Returns
    -------
    found : dict of Component to list of str
        Sorted by name; the files as they lie in the site.
    """
    found = {}
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        for component in _named(rule_of(name), site, path):
            found.setdefault(component, []).append(name)
    return dict(sorted(found.items(), key=lambda item: item[0].name.lower()))


def _named(owner, site, path):
    """Return the components that an owner in `FILES` stands for."""
    if owner in ("loader.js", "onnx_reader.js"):
        return [*_bundled()[owner], _python(OURS)]
    if owner == "a wheel":
        return [_wheel(path)]
    if owner == "an extension":
        return _extension(next(at for at in path.parents if (at / "package.json").is_file()))
    if owner == "JupyterLite":
        return [_npm(site / "lite" / "package.json", "jupyterlite"), *_listed(site / "lite" / "build")]
    if owner == "Pyodide":
        return [_npm(PYODIDE)]
    if owner == "katex":
        return [_npm(NPM / owner / "package.json")]
    return [Component(owner, *FIXED[owner])] if owner in FIXED else [_python(owner)]


@cache
def _bundled():
    whole = json.loads(BUNDLED.read_text(encoding="utf-8"))
    return {
        bundle: [Component(one["name"], one["version"], one["licence"], "npm") for one in packages]
        for bundle, packages in whole.items()
    }


def _npm(path, name=""):
    package = json.loads(path.read_text(encoding="utf-8"))
    return Component(name or package["name"], package.get("version", ""), package.get("license", ""), "npm")


def _extension(folder):
    return [_npm(folder / "package.json"), *_listed(folder / "static")]


@cache
def _listed(folder):
    """Return what a bundle of JupyterLab holds, from the list beside it."""
    path = folder / "third-party-licenses.json"
    packages = json.loads(path.read_text(encoding="utf-8"))["packages"] if path.is_file() else []
    return [
        Component(one["name"], one["versionInfo"], one["licenseId"] or FIXED.get(one["name"], ("", ""))[1], "npm")
        for one in packages
    ]


def _wheel(path):
    with zipfile.ZipFile(path) as archive:
        inside = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        headers = email.parser.Parser().parsestr(archive.read(inside).decode())
    return _of_metadata(headers)


@cache
def _python(name):
    return _of_metadata(metadata(name))


def _of_metadata(headers):
    name = re.sub(r"[-_.]+", "-", headers["Name"]).lower()
    licence = FIXED[name][1] if name in FIXED else licence_of(headers)
    return Component(name, headers["Version"], licence, "pypi")


def licence_of(headers):
    """Return the licence that a Python package's metadata names, "" if none: expression, classifiers, short words."""
    if expression := headers["License-Expression"]:
        return expression
    classifiers = [one.split(" :: ")[-1] for one in headers.get_all("Classifier") or [] if one.startswith("License ::")]
    words = (headers["License"] or "").split("\n")[0].strip()
    named = [WRITTEN.get(one, one) for one in classifiers]
    exact = WRITTEN.get(words, words)
    if len(named) == 1 and named[0] == "BSD" and exact.startswith("BSD-"):
        return exact
    return " OR ".join(named) or (exact if len(exact) < 40 else "")
