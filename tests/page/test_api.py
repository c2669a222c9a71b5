"""The page of the API: what an entry names or cites leads there."""

import re
from pathlib import Path

from bs4 import BeautifulSoup
from pybtex.database import parse_file

from hdclib.names import public_names

ROOT = Path(__file__).resolve().parents[2]
PAGE = BeautifulSoup((ROOT / "_build" / "html" / "book" / "api.html").read_text(encoding="utf-8"), "html.parser")
KEYS = set(parse_file(str(ROOT / "book" / "references.bib")).entries)
NAMES = PAGE.select("dl.py code.py-obj")
BIBLIOGRAPHY = re.compile(r"^bibliography\.html#")


def arguments(entry):
    """The parameters of a function or class, and what its lists describe: attributes, results."""
    described = ", ".join(name.get_text() for name in entry.select(".field-list strong"))
    return {*described.split(", "), *(name.get_text() for name in entry.select("dt.sig .sig-param .n:first-child"))}


def test_no_key_of_the_bibliography_is_left_as_text():
    text = PAGE.get_text().replace("hdclib[onnx]", "")  # what pip installs
    assert [key for key in sorted(KEYS) if f"[{key}]" in text] == []


def test_every_entry_with_references_leads_to_the_bibliography():
    rubrics = [rubric for rubric in PAGE.select("dl.py p.rubric") if rubric.get_text() == "References"]
    assert len(rubrics) > 50
    dead = [rubric for rubric in rubrics if not rubric.find_next_sibling("p").find("a", href=BIBLIOGRAPHY)]
    assert [rubric.find_parent("dl").dt["id"] for rubric in dead] == []


def test_every_name_is_a_link_or_an_argument_of_its_entry():
    unknown = [
        (entries[-1].dt["id"], name.get_text())
        for name in NAMES
        if not name.find_parent("a") and (entries := name.find_parents("dl", class_="py"))
        if not any(name.get_text() in arguments(entry) for entry in entries)
    ]
    assert unknown == []


def test_a_name_leads_to_its_own_entry():
    links = [(name.get_text(), name.find_parent("a")["href"]) for name in NAMES if name.find_parent("a")]
    assert len(links) > 100
    assert [(name, href) for name, href in links if not re.search(rf"[#.]{re.escape(name)}$", href)] == []


def test_a_class_in_a_type_is_a_link():
    classes = ["Condition", *(name for name in public_names() if name[0].isupper())]
    pattern = re.compile(rf"\b({'|'.join(classes)})\b")
    types = PAGE.select("dl.py .field-list em")
    assert len(types) > 20
    assert [text.get_text() for text in types if pattern.search(text.get_text())] == []


def test_an_argument_is_no_link():
    taken = [
        (entry.dt["id"], name.get_text())
        for name in NAMES
        if name.find_parent("a") and name.get_text() in arguments(entry := name.find_parent("dl", class_="py"))
    ]
    assert taken == []


def test_no_name_is_set_as_the_title_of_a_work():
    assert [cite.get_text() for cite in PAGE.select("main cite")] == []


def test_on_a_phone_no_name_in_a_signature_is_cut_in_two(visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("book/api.html")
    cut = """names => names.filter(name => name.getClientRects().length > 1).map(name => name.textContent)"""
    names = page.locator("dl.py dt.sig :is(.descname, .sig-param > .n)")
    assert names.count() > 300
    assert names.evaluate_all(cut) == []


def test_on_a_phone_the_page_shows_all_of_every_example(visit):
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("book/api.html")
    hidden = """all => all.filter(block => block.scrollWidth > block.clientWidth).map(block => block.textContent)"""
    examples = page.locator("dl.py pre")
    assert examples.count() > 50
    assert examples.evaluate_all(hidden) == []
