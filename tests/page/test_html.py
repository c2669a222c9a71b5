"""What holds for the text of every built page, without a browser."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import hdc_launch
import hdc_versions
import pytest
from bs4 import BeautifulSoup
from site_pages import ROOT, SITE

BOOK = ROOT / "book"
STYLE_CLASSES = {"fa-solid", "fa-regular", "fa-lg"}


@cache
def parsed(path):
    """Return a page as a tree."""
    return BeautifulSoup(Path(path).read_text(encoding="utf-8"), "html.parser")


@cache
def ids(path):
    """Return the ids of a page, each as often as it stands there."""
    return Counter(element["id"] for element in parsed(path).find_all(id=True))


FILES = sorted(path for path in SITE.rglob("*.html") if "_static" not in path.parts)
PAGES = [path for path in FILES if 'http-equiv="Refresh"' not in path.read_text(encoding="utf-8")]
every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(SITE)))


def test_site_has_pages():
    assert len(PAGES) >= 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SITE)))
def test_internal_links_resolve(path):
    broken = [link["href"] for link in parsed(path).find_all("a", href=True) if not resolves(path, link["href"])]
    assert broken == []


def resolves(path, href):
    """Tell whether a link leads to another host, or to a file of the site and a place in it."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return True
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target == SITE / hdc_launch.LITE:  # beside the book on the whole site; tests/anywhere opens it
        return (BOOK / parse_qs(parts.query)["path"][0]).is_file()
    if target in (SITE / hdc_launch.ARCHIVE, SITE / hdc_launch.PDF):  # shown where they are made
        return parsed(path).find("a", href=href).has_attr("hidden")
    if not target.is_file():
        return False
    return not parts.fragment or unquote(parts.fragment) in ids(target)


@every_page
def test_language_title_landmark_and_skip_link(path):
    tree = parsed(path)
    assert tree.html["lang"] == "en"
    assert len(tree.find_all("h1")) == 1
    assert len(tree.find_all("main")) == 1
    assert tree.select_one("#pst-skip-link a[href='#main-content']")


@every_page
def test_headings_skip_no_level(path):
    levels = [int(heading.name[1]) for heading in parsed(path).find("main").find_all(re.compile("^h[1-6]$"))]
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


@every_page
def test_every_picture_has_a_text_in_its_place(path):
    assert [image for image in parsed(path).find_all("img") if not image.get("alt")] == []


@every_page
def test_ids_are_unique(path):
    assert sorted(name for name, times in ids(path).items() if times > 1) == []


@every_page
def test_every_icon_of_the_page_is_in_the_font(path):
    sheet = (hdc_versions.folder(SITE) / "icons.css").read_text(encoding="utf-8")
    classes = {name for element in parsed(path).find_all(class_=True) for name in element["class"]}
    icons = {name for name in classes if name.startswith("fa-")} - STYLE_CLASSES
    assert [name for name in sorted(icons) if f".{name}::before" not in sheet] == []


@every_page
def test_nothing_is_loaded_from_another_host(path):
    tree = parsed(path)
    sources = [element["src"] for element in tree.find_all(src=True)]
    sources += [link["href"] for link in tree.find_all("link", href=True)]
    assert [source for source in sources if urlsplit(source).netloc] == []


@every_page
def test_formulas_are_rendered(path):
    formulas = parsed(path).select(".math")
    assert [formula.get_text() for formula in formulas if not formula.select_one(".katex")] == []
