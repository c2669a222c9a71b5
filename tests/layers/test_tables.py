"""A table says the same as text and as HTML, and refuses rows that do not fit its headings."""

import pytest
from bs4 import BeautifulSoup

from hdclib import Table

GIVEN = Table(["name", "read", "share"], [("a < b", 49, "29.0%"), ("c", 169, "100.0%")])


def test_text_is_set_in_columns_with_numbers_to_the_right():
    assert repr(GIVEN).splitlines() == ["name   read   share", "a < b    49   29.0%", "c       169  100.0%"]


def test_html_holds_the_same_cells_and_headings():
    page = BeautifulSoup(GIVEN._repr_html_(), "html.parser")
    assert [cell.text for cell in page.select("thead th[scope=col]")] == ["name", "read", "share"]
    cells = [[cell.text for cell in row.select("td")] for row in page.select("tbody tr")]
    assert cells == [["a < b", "49", "29.0%"], ["c", "169", "100.0%"]]
    sides = [cell["style"].split()[-1] for cell in page.select("tbody td")]
    assert sides == ["left", "right", "right"] * 2


def test_what_looks_like_html_in_a_cell_or_a_heading_is_shown_as_it_is():
    page = BeautifulSoup(Table(["<i>name</i>"], [("<b>1</b> & 2",)])._repr_html_(), "html.parser")
    assert not page.select("i, b")
    assert (page.th.text, page.td.text) == ("<i>name</i>", "<b>1</b> & 2")


def test_the_first_entry_of_a_row_leads_where_its_link_says_and_a_page_learns_of_the_field():
    table = Table(["name", "read"], [("a < b", 49), ("c", 1)], ["#x'", None], "Name of <it>:")
    page = BeautifulSoup(table._repr_html_(), "html.parser")
    assert [(link["href"], link.text) for link in page.select("a")] == [("#x'", "a < b")]
    assert page.table["data-find"] == "Name of <it>:" and page.select("tbody td")[0].a
    assert repr(table) == repr(Table(["name", "read"], [("a < b", 49), ("c", 1)]))
    assert "data-find" not in GIVEN._repr_html_() and "href" not in GIVEN._repr_html_()


def test_links_are_one_a_row():
    with pytest.raises(ValueError, match="^links must have 2 entries, one a row, got 1$"):
        Table(["a"], [(1,), (2,)], ["#x"])


@pytest.mark.parametrize(
    ("more", "told"), [({"links": [1]}, r"^links\[0\] must be a text, got 1$"), ({"find": 3}, "^find must be a text")]
)
def test_links_and_the_name_of_the_field_are_texts(more, told):
    with pytest.raises(TypeError, match=told):
        Table(["a"], [(1,)], **more)


def test_a_column_with_a_word_is_no_column_of_numbers():
    assert repr(Table(["smallest"], [(3,), (None,)])).splitlines() == ["smallest", "3", "None"]


@pytest.mark.parametrize(
    ("columns", "rows", "message"),
    [
        ([], [], "columns is empty: give at least one heading"),
        (["a"], [(1,), (1, 2)], r"rows\[1\] must have 1 entries, got 2: \(1, 2\)"),
        (["a"], [()], r"rows\[0\] must have 1 entries, got 0: \(\)"),
    ],
)
def test_a_row_that_does_not_fit_is_named(columns, rows, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        Table(columns, rows)


@pytest.mark.parametrize(("columns", "rows"), [("ab", []), (["a"], "x"), (["a"], ["x"])])
def test_a_word_is_no_list(columns, rows):
    with pytest.raises(TypeError, match="must be a list or tuple"):
        Table(columns, rows)
