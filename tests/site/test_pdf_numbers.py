"""What Chromium counts on its own is counted anew in the PDF, so that two prints of one book can be compared."""

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from tools.site import pdf


def printed(first):
    """A document with two heads of a table, a cell under the second, and the tree of names; counted from `first`."""
    heads = [TextStringObject(f"node{first + count:08}") for count in (0, 2)]
    cell = DictionaryObject(
        {NameObject("/Headers"): ArrayObject([heads[1]]), NameObject("/T"): TextStringObject("node 7")}
    )
    writer = PdfWriter()
    for head in heads:
        writer._add_object(DictionaryObject({NameObject("/ID"): head}))
    writer._add_object(DictionaryObject({NameObject("/A"): ArrayObject([cell])}))
    writer._add_object(DictionaryObject({NameObject("/Names"): ArrayObject(heads)}))
    return writer


@pytest.mark.parametrize("first", [845, 906, 99_999_990])
def test_nodes_are_numbered_from_one(first):
    writer = printed(first)
    pdf.number_nodes(writer)
    one, other, row, tree = writer._objects[-4:]
    assert (one["/ID"], other["/ID"]) == ("node00000001", "node00000002")
    assert row["/A"][0]["/Headers"] == ["node00000002"] and row["/A"][0]["/T"] == "node 7"
    assert tree["/Names"] == ["node00000001", "node00000002"]
