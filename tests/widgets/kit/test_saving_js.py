"""hdclib/widgets/kit/saving.js: a file holds all pictures of a widget, their names and words; without a browser."""

import xml.etree.ElementTree as ET

from hdclib.widgets import CoverSquare, DistanceWalk

TEXT = "{http://www.w3.org/2000/svg}text"


def texts(svg):
    """(left edge in the file, words) of every line of text at the head of a picture or below it."""
    found = []

    def walk(element, left):
        moved = element.get("transform", "")
        if moved.startswith("translate("):
            left += float(moved[10:-1].split()[0])
        if element.tag == TEXT:
            found.append((left + float(element.get("x")), element.text))
        for child in element:
            walk(child, left)

    walk(ET.fromstring(svg), 0)
    return found


def test_pictures_stand_side_by_side_each_under_its_name(node_page):
    node_page.show(DistanceWalk(dilations=[1, 2]))
    svg = node_page.svg()
    heads = [left for left, words in texts(svg) if words in ("Samples read, layer by layer", "Usage map of this layer")]
    assert [words for _, words in texts(svg)].count("Usage map of this layer") == 1
    root = ET.fromstring(svg)
    assert len(heads) == 2 and heads[0] == 12 and heads[1] > 12 + 24 + 300
    assert float(root.get("width")) > heads[1] + 200


def test_the_words_stand_below_the_picture_within_the_file(node_page):
    node_page.show(CoverSquare())
    root = ET.fromstring(node_page.svg())
    words = [element for element in root.iter(TEXT) if element.get("font-size") == "13"]
    said = " ".join(element.text for element in words)
    assert said.endswith(f"{node_page.told()['words']} Kernel size 3.")
    bottom = max(float(element.get("y")) for element in words)
    assert 12 + 28 + 480 < bottom + 12 < float(root.get("height")) - 12


def test_a_file_is_named_after_its_pictures_and_kind(node_page):
    node_page.show(CoverSquare())
    node_page.svg()
    assert node_page.ask("file") == "the-square.svg"
    node_page.ask("png")
    assert node_page.ask("file") == "the-square.png"


def test_a_png_has_two_pixels_for_one_of_the_page_and_the_same_marks(node_page):
    node_page.show(CoverSquare())
    calls = node_page.ask("png")
    assert ["scale", 2, 2] in calls
    written = [call[1] for call in calls if call[0] == "fillText"]
    assert "The square" in written
