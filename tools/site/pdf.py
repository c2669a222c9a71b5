"""Make one PDF of the whole book, ``_build/dilated-convolution.pdf``, from its built pages, with Chromium.

Each page is opened once, its widgets become pictures with a link to the live ones, and all articles are printed as one
document: so there is one outline, one tree of tags and one row of page numbers.
"""

import argparse
import logging
import re
import sys
import threading
from html import escape
from pathlib import Path

import hdc_launch
import yaml
from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tools.driving import browser, page_driver
from tools.notebooks import notebook_form
from tools.site import built, serve

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "_build" / hdc_launch.PDF
STILL = Path(__file__).with_name("pdf_still.js").read_text(encoding="utf-8").split("\n", 1)[1]
STYLE = ROOT / "web" / "pdf.css"
WORDS = """headings => headings.map(heading => {
  const copy = heading.cloneNode(true);
  copy.querySelectorAll(".katex-html, annotation").forEach(part => part.remove());
  return copy.textContent.replace(/\\s+/g, " ").trim();
})"""
PDF_DATE = "D:%Y%m%d%H%M%S+00'00'"
NODE = re.compile(r"node\d{8}")
LIVE = "https://live.invalid/"  # stands for the site until its address is known
MARGIN = {"top": "18mm", "bottom": "20mm", "left": "20mm", "right": "20mm"}
TEXT = {"width": 643, "height": 973}  # CSS pixels of an A4 sheet within the margins
NUMBER = '<div style="width: 100%; font-size: 8pt; text-align: center"><span class="pageNumber"></span></div>'
SMALL_PRINT = {"display_header_footer": True, "header_template": "<span></span>", "footer_template": NUMBER}
BOOK = """\
<!DOCTYPE html>
<html lang="en" data-theme="light" data-mode="light">
<head><meta charset="utf-8"><title>{title}</title>{styles}<style>{style}</style></head>
<body><main class="bd-main"><div class="bd-content"><div class="bd-article-container"><article class="bd-article">
<div class="hdc-cover"><p>{title}</p><p>{author}</p>
<p>Widgets stand here as pictures. Under each is the place where it can be moved.</p><ul>{contents}</ul></div>
{chapters}
</article></div></div></main></body></html>
"""


def names():
    """Return the names of all pages of the book in the order of reading, such as "gridding" or "coursework/sizes"."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    return [name.removeprefix("book/") for name in notebook_form.names(toc)]


def stills(tab, site, chapters):
    """Return what each page of `chapters` becomes on paper: its html, styles and title, by name."""
    found = {}
    for name in chapters:
        tab.goto(f"{site}/book/{name}.html")
        page_driver.wait_until_ready(tab)
        page_driver.wait_until_idle(tab)
        page_driver.wait_for_paint(tab)
        found[name] = tab.evaluate(STILL, name)
    return found


def whole(found):
    """Return one document of all pages in `found`."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    styles = dict.fromkeys(sheet for page in found.values() for sheet in page["styles"])
    contents = [f'<li><a href="#{name}--">{escape(page["title"])}</a></li>' for name, page in found.items()]
    chapters = [f'<div class="hdc-chapter" id="{name}--">{page["html"]}</div>' for name, page in found.items()]
    return BOOK.format(
        title=escape(settings["title"]),
        author=escape(settings["author"]),
        styles="".join(f'<link rel="stylesheet" href="{escape(sheet)}">' for sheet in styles),
        style=STYLE.read_text(encoding="utf-8"),
        contents="".join(contents),
        chapters="\n".join(chapters).replace('"LIVE/', f'"{LIVE}'),
    )


def open_whole(tab, site, found):
    """Show the document of all pages in `tab`, as paper has it."""
    address = f"{site}/book/whole.html"
    tab.route(address, lambda route: route.fulfill(body=whole(found), content_type="text/html; charset=utf-8"))
    tab.goto(address)
    page_driver.wait_until_idle(tab)


def finish(path, address, headings):
    """Let a PDF's links to live pages lead to where the site is, and write each of its headings into the outline.

    Chromium leaves out of the outline what stands between two lines of a heading, and formulas.
    """
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # Chromium miscounts the objects of its file
    reader = PdfReader(path)
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    for page in writer.pages:
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A", {})
            if str(action.get("/URI", "")).startswith(LIVE):
                place = str(action["/URI"]).removeprefix(LIVE)
                action[NameObject("/URI")] = TextStringObject(address + place)
    entries = list(below(writer.root_object["/Outlines"]))
    for entry, words in zip(entries, headings, strict=True):
        entry[NameObject("/Title")] = TextStringObject(words)
    number_nodes(writer)
    writer.add_metadata({"/CreationDate": format(built.date(), PDF_DATE), "/ModDate": format(built.date(), PDF_DATE)})
    writer.write(path)


def number_nodes(writer):
    """Number the elements that heads of tables are named after from 1 on: Chromium counts all that it has ever made."""
    names = sorted({str(name) for _, _, name in _node_names(writer)})
    numbers = {name: f"node{number:08}" for number, name in enumerate(names, start=1)}
    for place, key, name in list(_node_names(writer)):
        place[key] = type(name)(numbers[str(name)])


def _node_names(writer):
    """Yield where the name of a node stands: the array or dictionary, the key, the name."""
    waiting = [value for value in writer._objects if isinstance(value, (ArrayObject, DictionaryObject))]
    while waiting:
        place = waiting.pop()
        for key in range(len(place)) if isinstance(place, ArrayObject) else list(place):
            value = place[key] if isinstance(place, ArrayObject) else place.raw_get(key)
            if isinstance(value, (ArrayObject, DictionaryObject)):
                waiting.append(value)
            elif isinstance(value, TextStringObject) and NODE.fullmatch(value):
                yield place, key, value


def below(entry):
    """Yield the entries of an outline below one of them, in the order of pages."""
    child = entry.get("/First")
    while child is not None:
        yield child.get_object()
        yield from below(child.get_object())
        child = child.get_object().get("/Next")


def make(chromium, site, path, chapters, address="./", look=lambda tab: None):
    """Write the PDF of some chapters to `path` and return their titles.

    Parameters
    ----------
    chromium : playwright Browser
    site : str
        The address at which the built pages are served.
    path : pathlib.Path
    chapters : list of str
        Such as ``["index", "gridding"]``.
    address : str
        Where the links to live pages lead, with a slash at its end; "./" is where the PDF lies.
    look : callable
        Called with the document before it is printed.
    """
    tab = chromium.new_page(viewport=TEXT, device_scale_factor=2, color_scheme="light")
    tab.set_default_timeout(0)  # the whole book takes a while
    tab.emulate_media(media="print")
    found = stills(tab, site, chapters)
    open_whole(tab, site, found)
    look(tab)
    headings = tab.locator(".bd-article :is(h1, h2, h3, h4, h5, h6)").evaluate_all(WORDS)
    tab.pdf(path=path, format="A4", margin=MARGIN, tagged=True, outline=True, print_background=True, **SMALL_PRINT)
    tab.context.close()
    finish(path, address, headings)
    return [page["title"] for page in found.values()]


def outlined(path):
    """Return the titles of a PDF's outline on its first level."""
    return [entry.title for entry in PdfReader(path).outline if not isinstance(entry, list)]


def main():
    """Make the PDF of the whole book; stop if its outline is not the chapters in their order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="", help="where the site is, such as https://example.org/hdc/")
    address = (parser.parse_args().address or ".").removesuffix("/") + "/"
    server = serve.open_server(0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        titles = make(chromium, f"http://{serve.HOST}:{server.server_port}", OUTPUT, names(), address)
    if outlined(OUTPUT) != titles:
        sys.exit(f"the outline of the PDF is {outlined(OUTPUT)}, and the chapters are {titles}")
    pages, size = len(PdfReader(OUTPUT).pages), OUTPUT.stat().st_size / 1e6
    print(f"pdf: {OUTPUT.relative_to(ROOT)}, {pages} pages, {size:.1f} MB")


if __name__ == "__main__":
    main()
