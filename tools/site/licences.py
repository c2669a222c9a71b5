"""Say whose work the site is: the page ``licences.html``, and a bill of materials (CycloneDX), ``sbom.cdx.json``."""

import uuid
from html import escape

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Entry
from cyclonedx.model.component import ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from tools.site import built, components

PAGE, BILL = "licences.html", "sbom.cdx.json"
#: Where a package tells more, by its kind.
PLACES = {"npm": "https://www.npmjs.com/package/{name}", "pypi": "https://pypi.org/project/{name}/{version}/"}
MARK = '<p class="copyright">'  # of the theme's footer
HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Licences — {title}</title>
<link rel="icon" href="_static/favicon.svg">
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed }}
th, td {{ text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid #8888 }}
th, td {{ overflow-wrap: anywhere; font-weight: normal }}
th:first-child {{ width: 50% }}
</style>
</head>
<body>
<main>
<h1>Licences</h1>
<p><a href="index.html">{title}</a>: its text and figures are licensed under CC BY 4.0, its code under the MIT licence.
Photographs keep the licence that is named beside them. The site also ships the work of others, listed here with the
licence of each. The texts are in the packages, and those of JupyterLite's scripts in third-party-licenses.json beside
them.</p>
"""
ROW = '<tr><th scope="row">{name}</th><td>{version}</td><td>{licence}</td></tr>'
#: The tables of the page, in order: a heading, and how the names of files begin that it is about.
GROUPS = {
    "Python in the browser": ("lite/static/pyodide/", "lite/pypi/"),
    "Notebooks in the browser: JupyterLite and what its scripts hold": ("lite/",),
    "The book's pages": ("",),
}


def page(found, title):
    """Return the page of licences: all components, in a table for each part of the site.

    Parameters
    ----------
    found : dict of Component to list of str
        As `components.components_of` returns it.
    title : str
        Of the book.
    """
    groups = {head: [] for head in reversed(GROUPS)}
    for one, files in found.items():
        for head in {_group(name) for name in files}:
            groups[head].append(one)
    tables = [_table(head, inside) for head, inside in groups.items() if inside]
    return HEAD.format(title=escape(title)) + "".join(tables) + "</main>\n</body>\n</html>\n"


def _group(name):
    """Return the heading that a file of the site stands under."""
    return next(head for head, begins in GROUPS.items() if name.startswith(begins))


def _table(head, inside):
    """Return a heading and the table of some components."""
    rows = []
    for one in inside:
        name = escape(one.name)
        if one.kind:
            name = f'<a href="{escape(PLACES[one.kind].format(name=one.name, version=one.version))}">{name}</a>'
        rows.append(ROW.format(name=name, version=escape(one.version), licence=escape(one.licence)))
    heads = "".join(f'<th scope="col">{column}</th>' for column in ("component", "version", "licence"))
    body = "\n".join(rows)
    return f"<h2>{escape(head)}</h2>\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"


def bill(found, title):
    """Return the bill of materials of the site as JSON; the same components make the same text."""
    made = LicenseFactory()
    book = Entry(name=title, type=ComponentType.APPLICATION, bom_ref="site")
    entries = [
        Entry(
            name=one.name,
            version=one.version or None,
            type=ComponentType.LIBRARY if one.kind else ComponentType.FILE,
            purl=_address(one) if one.kind else None,
            licenses=[made.make_from_string(one.licence)],
            bom_ref=f"{one.kind}/{one.name}@{one.version}",
        )
        for one in found
    ]
    whole = Bom(components=entries)
    whole.metadata.component = book
    whole.metadata.timestamp = built.date()
    whole.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, repr(list(found)))
    whole.register_dependency(book, entries)
    return JsonV1Dot6(whole).output_as_string(indent=1) + "\n"


def _address(one):
    scope, _, name = one.name.rpartition("/")
    return PackageURL(one.kind, scope or None, name, one.version or None)


def link(text, to_root):
    """Return the HTML of a page with a link to the page of licences in its footer."""
    line = f'<p class="hdc-licences"><a href="{to_root}{PAGE}">Licences</a></p>\n'
    return text.replace(MARK, line + MARK, 1)


def add(site, title):
    """Write the page of licences and the bill of materials into a site, and link to the page from all others."""
    found = components.components_of(site)
    for path in site.rglob("*.html"):
        if MARK in (text := path.read_text(encoding="utf-8")):
            path.write_text(link(text, "../" * (len(path.relative_to(site).parts) - 1)), encoding="utf-8")
    (site / PAGE).write_text(page(found, title), encoding="utf-8")
    (site / BILL).write_text(bill(found, title), encoding="utf-8")
