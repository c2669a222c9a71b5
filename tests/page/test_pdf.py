"""The book as a PDF, made of two chapters here; `make pdf` itself compares the outline of all with the chapters."""

import re
import zipfile
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader
from site_pages import SITE

from tools.site import assemble_site, pdf

CHAPTERS = ["gridding", "one_page"]
ADDRESS = "https://example.org/hdc/"
SEEN = """() => {
  const right = document.querySelector(".bd-article").getBoundingClientRect().right + 1;
  const shown = [...document.querySelectorAll(".bd-article *")].filter(part => part.checkVisibility());
  const clips = part => ["auto", "scroll", "hidden"].includes(getComputedStyle(part).overflowX);
  const wide = part => part.scrollWidth > part.clientWidth + 1 && !part.matches("span.math, .katex *") && clips(part);
  const cut = shown.filter(part => !part.closest(".katex-mathml, .hdc-hidden, svg")).filter(part =>
    part.getBoundingClientRect().right > right || wide(part));
  const widgets = [...document.querySelectorAll(".widget-subarea")];
  return {
    cut: cut.map(part => part.outerHTML.slice(0, 200)),
    widgets: widgets.map(widget => ({
      words: widget.innerText.trim(),
      pictures: [...widget.querySelectorAll("img.hdc-still")].map(img => [img.alt, img.naturalWidth, img.src.length]),
      live: widget.nextElementSibling?.querySelector("a")?.getAttribute("href") ?? "",
    })),
    controls: document.querySelectorAll(".bd-article :is(button, canvas, select, input[type=range])").length,
    ids: [...document.querySelectorAll("[id]")].map(part => part.id),
  };
}"""


@pytest.fixture(scope="module")
def printed(chromium, address, tmp_path_factory):
    """Return the PDF of two chapters, the titles of these, and what was seen in the document before it was printed."""
    path, seen = tmp_path_factory.mktemp("pdf") / "two.pdf", []
    titles = pdf.make(chromium, address, path, CHAPTERS, ADDRESS, look=lambda tab: seen.append(tab.evaluate(SEEN)))
    return PdfReader(path), titles, seen[0]


def uris(reader):
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}


def test_it_is_tagged_and_says_its_title_and_language(printed):
    reader, _, _ = printed
    root = reader.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"]) and reader.pdf_header >= "%PDF-1.4"  # the first with tags
    assert root["/StructTreeRoot"]["/K"] and root["/Lang"] == "en"
    assert reader.metadata.title == "Dilated convolution without holes"


def test_the_outline_holds_the_chapters_in_order_with_their_sections(printed):
    reader, titles, _ = printed
    chapters = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry.title for entry in chapters] == titles and len(titles) == len(CHAPTERS)
    starts = [reader.get_destination_page_number(entry) for entry in chapters]
    assert 0 < starts[0] < starts[1] < len(reader.pages)
    sections = reader.outline[reader.outline.index(chapters[0]) + 1]
    assert {"Try it", "Summary", "Exercises"} <= {entry.title for entry in sections if not isinstance(entry, list)}


def test_a_title_that_takes_two_lines_or_has_a_formula_is_whole_in_the_outline(chromium, address, tmp_path):
    titles = pdf.make(chromium, address, tmp_path / "one.pdf", ["rules_sawtooth_divisor"])
    assert titles == pdf.outlined(tmp_path / "one.pdf") == ["Rules 2 and 3: sawtooth and common divisor"]


def test_every_page_has_its_number(printed):
    reader, _, _ = printed
    assert len(reader.pages) > 10
    numbers = [re.findall(r"\d+", page.extract_text())[-1:] for page in reader.pages]
    firsts = [re.findall(r"\d+", page.extract_text())[:1] for page in reader.pages]
    wanted = [[str(number)] for number in range(1, len(reader.pages) + 1)]
    assert all(want in found for want, *found in zip(wanted, numbers, firsts, strict=True))


def test_no_widget_is_empty_and_each_leads_to_the_live_one(printed, visit):
    page = visit.open(f"book/{CHAPTERS[0]}.html")
    _, _, seen = printed
    alive = page.locator(".widget-subarea:not(:has(.hdc-outcome))")
    assert len(seen["widgets"]) == alive.count() > 5
    drawn = [picture for widget in seen["widgets"] for picture in widget["pictures"]]
    assert len(drawn) == page.locator(".widget-subarea canvas:visible").count() > 2
    assert all(len(alt) > 20 and width > 200 and size > 3000 for alt, width, size in drawn)
    assert all(widget["words"] for widget in seen["widgets"]) and seen["controls"] == 0
    assert all(widget["live"].startswith(f"{pdf.LIVE}book/gridding.html#") for widget in seen["widgets"])


def test_nothing_is_clipped_and_names_are_unique(printed):
    _, _, seen = printed
    assert seen["cut"] == []
    assert len(seen["ids"]) == len(set(seen["ids"]))


def test_links_lead_to_pages_of_the_site_or_into_the_pdf(printed):
    reader, _, _ = printed
    found = uris(reader)
    assert not [uri for uri in found if "127.0.0.1" in uri or "invalid" in uri]
    ours = [urlsplit(uri.removeprefix(ADDRESS)) for uri in found if uri.startswith(ADDRESS)]
    assert len(ours) > 3
    assert [part.path for part in ours if not (SITE / part.path).is_file()] == []
    assert len(reader.named_destinations) > 5


def test_the_site_offers_the_pdf_and_the_archive_takes_it_along(tmp_path, monkeypatch):
    page = tmp_path / "site" / "book" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<a href="../{pdf.OUTPUT.name}" download hidden>')
    (tmp_path / pdf.OUTPUT.name).write_bytes(b"%PDF")
    monkeypatch.setattr(assemble_site, "SITE", tmp_path / "site")
    monkeypatch.setattr(assemble_site, "ARCHIVE", tmp_path / "book.zip")
    assemble_site.offer(tmp_path / pdf.OUTPUT.name)
    assert "hidden" not in page.read_text()
    assemble_site.write_archive()
    assert f"book/{pdf.OUTPUT.name}" in zipfile.ZipFile(tmp_path / "book.zip").namelist()
