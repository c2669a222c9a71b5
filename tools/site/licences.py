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
#: Where the texts of the licences are, by a component's kind.
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
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid #8888 }}
td {{ overflow-wrap: anywhere }}
</style>
</head>
<body>
<main>
<h1>Licences</h1>
<p><a href="index.html">{title}</a>: its text and figures are licensed under CC BY 4.0, its code under the MIT licence.
Photographs keep the licence that is named beside them. The site also ships the work of others, listed here with the
licence of each; the texts of the licences come with the packages.</p>
"""
ROW = '<tr><th scope="row">{name}</th><td>{version}</td><td>{licence}</td><td>{where}</td></tr>'


def page(found, title):
    """Return the page of licences: a table of all components with where they lie on the site.

    Parameters
    ----------
    found : dict of Component to list of str
        As `components.components_of` returns it.
    title : str
        Of the book.
    """
    rows = []
    for one, files in found.items():
        name = escape(one.name)
        if one.kind:
            name = f'<a href="{escape(PLACES[one.kind].format(name=one.name, version=one.version))}">{name}</a>'
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        where = escape(files[0]) + more
        rows.append(ROW.format(name=name, version=escape(one.version), licence=escape(one.licence), where=where))
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("component", "version", "licence", "where"))
    table = f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>\n"
    return HEAD.format(title=escape(title)) + table + "</main>\n</body>\n</html>\n"


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
