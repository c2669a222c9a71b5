"""book/references.bib: names keep their capitals on the page, and an entry leads to what it names."""

import re
from pathlib import Path

import pytest
from pybtex.database import parse_file
from pybtex.plugin import find_plugin

ENTRIES = parse_file(str(Path(__file__).resolve().parents[2] / "book" / "references.bib"))
FORMATTED = find_plugin("pybtex.style.formatting", "unsrt")().format_bibliography(ENTRIES)
TEXTS = {entry.key: entry.text.render(find_plugin("pybtex.backends", "plaintext")()) for entry in FORMATTED}
PRINTED_ONLY = {"feller1971", "kish1965", "oppenheim2010", "rao1945"}  # books, and a journal that is not in the net


@pytest.mark.parametrize("key", ENTRIES.entries)
def test_a_name_with_capitals_inside_is_printed_as_it_is_written(key):
    title = re.sub("[{}]", "", ENTRIES.entries[key].fields["title"])
    names = re.findall(r"\b\w+[A-Z]\w*", title)  # such as Conv1DTranspose: the style lowers what no braces protect
    assert [name for name in names if name not in TEXTS[key]] == []


@pytest.mark.parametrize("key", ENTRIES.entries)
def test_an_entry_leads_to_what_it_names(key):
    linked = {"doi", "eprint", "url"} & set(ENTRIES.entries[key].fields)
    assert bool(linked) != (key in PRINTED_ONLY)
    assert "arXiv" not in ENTRIES.entries[key].fields.get("note", ""), "write eprint = {...}, which becomes a link"


@pytest.mark.parametrize("key", [key for key in ENTRIES.entries if re.search(r"\d{4}", key)])
def test_a_key_has_the_year_that_is_printed(key):
    year = re.search(r"\d{4}", key)[0]
    assert ENTRIES.entries[key].fields["year"] == year and year in TEXTS[key]
