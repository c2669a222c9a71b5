"""hdclib/widgets/kit/picture.js: how a picture is walked, pointed at, named and kept sharp; without a browser."""

import pytest

from hdclib.widgets import CoverSquare, Neighbours, Stepper

COUNTS = [1, 0, 3, 0, 6, 0, 7, 0, 6, 0, 3, 0, 1]
KEYS = ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "Escape")


def words(row, column):
    """What a cell of the square is said to be; rows and columns from 1."""
    count = COUNTS[row - 1] * COUNTS[column - 1]
    told = {0: "never used, a hole", 1: "used once"}.get(count, f"used {count} times")
    return f"Row {row}, column {column}: {told}."


@pytest.fixture
def square(node_page):
    node_page.show(CoverSquare())
    return node_page


def spoken(page, *keys):
    for key in keys:
        page.ask("key", key=key)
    return page.told()["spoken"]


def test_a_walk_begins_in_the_middle_and_goes_by_the_arrows(square):
    assert spoken(square, "ArrowRight") == words(7, 7)
    assert spoken(square, "ArrowRight") == words(7, 8)
    assert spoken(square, "ArrowDown") == words(8, 8)
    assert spoken(square, "ArrowLeft", "ArrowLeft") == words(8, 6)
    assert spoken(square, "ArrowUp") == words(7, 6)


def test_home_and_end_lead_to_the_ends_of_a_row_and_no_key_beyond_the_map(square):
    assert spoken(square, "ArrowUp", "ArrowUp", "Home") == words(6, 1)
    assert spoken(square, "ArrowLeft") == words(6, 1)
    assert spoken(square, "End", "ArrowRight") == words(6, 13)
    assert spoken(square, *["ArrowDown"] * 20) == words(13, 13)


def test_escape_ends_a_walk_and_other_keys_are_the_pages(square):
    assert spoken(square, "ArrowUp", "Escape") == ""
    assert [square.ask("key", key=key) for key in (*KEYS, "Escape", "a", "Tab")] == [True] * 7 + [False] * 3


def test_the_pointer_finds_the_cell_below_it_and_leaves_it(square):
    cell = 480 // 13
    start = (480 - 13 * cell) // 2
    square.ask("point", x=start + 2.5 * cell, y=start + 5.5 * cell)
    assert square.told()["spoken"] == words(6, 3)
    square.ask("point", x=start + 13 * cell + 0.5, y=start + 5.5 * cell)
    assert square.told()["spoken"] == ""
    square.ask("point", x=start + 2.5 * cell, y=start + 5.5 * cell)
    square.ask("point", x=0, y=0, type="pointerleave")
    assert square.told()["spoken"] == ""


def test_the_cell_walked_to_is_framed_and_a_file_shows_no_frame(square):
    before = square.svg()
    square.ask("drawn")
    spoken(square, "ArrowUp", "ArrowUp")
    drawn = square.ask("drawn")
    frames = [call[1:] for call in drawn if call[0] == "strokeRect"]
    cell = 480 // 13
    start = (480 - 13 * cell) // 2
    assert frames == [[start + 6 * cell, start + row * cell, cell, cell] for row in (6, 6, 5, 5)]
    assert square.svg() == before


def test_a_walk_over_the_output_ends_at_its_border(node_page):
    node_page.show(Stepper(rows=5, columns=5))
    for key in ["ArrowDown", "ArrowRight"] * 6:
        node_page.ask("key", name="Output.", key=key)
    state = node_page.told()["state"]
    assert (state["at_row"], state["at_column"]) == (2, 2)


def test_the_text_of_a_picture_says_what_it_shows(square):
    assert square.told()["pictures"] == [f"The square. {square.told()['words']} Kernel size 3."]


def test_a_canvas_has_a_pixel_for_each_of_the_screen(node_page):
    node_page.ask("screen", pixels=2)
    try:
        node_page.show(CoverSquare())
        assert node_page.ask("canvas") == {"width": 960, "height": 960, "style": "480px 480px"}
    finally:
        node_page.ask("screen", pixels=1)


def test_a_cell_that_is_gone_moves_the_walk_to_the_nearest(node_page):
    node_page.show(Neighbours(right=2, down=0))
    node_page.ask("key", key="ArrowUp")
    node_page.ask("key", key="End")
    assert node_page.told()["spoken"].startswith("Row 7, column 15")
    node_page.set(right=1)
    assert node_page.told()["spoken"].startswith("Row 7, column 14")
