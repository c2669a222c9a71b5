"""hdclib/widgets/gridding/cone.js and cone_drag.js: keys and the pointer move the cone; without a browser."""

import pytest

from hdclib.widgets import Cone

CELL, MIDDLE, TOP = 34, 128 + (600 - 128) / 2, 4  # of the picture from the side: pixels of a cell, its middle, its top


def place(column, layer, layers, half):
    """Where a cell is drawn from the side; layers from 0, the input."""
    cell = min(CELL, (600 - 128 - 2) / (2 * half + 1))
    high = max(13, min(cell, 30))
    return MIDDLE + column * cell, TOP + (layers - 1 - layer) * (high + 58) + high / 2


@pytest.fixture
def cone(node_page):
    node_page.show(Cone(dilations=[1, 2], picture="none"))
    return node_page


def drag(page, start, *ways):
    page.ask("point", x=start[0], y=start[1], type="pointerdown")
    for x, y in ways:
        page.ask("point", x=x, y=y)
    page.ask("point", x=0, y=0, type="pointerup")
    return page.told()["state"]


def test_the_space_key_plays_and_does_not_scroll(cone):
    assert cone.ask("key", key=" ") is True
    cone.ask("frames", count=400)
    assert [value for name, value in cone.told()["sets"] if name == "step"] == [0, 1, 2]
    assert cone.told()["state"]["step"] == 2


def test_without_motion_the_next_step_is_there_at_once(node_page):
    node_page.show(Cone(dilations=[1, 2], picture="none", step=0), still=True)
    node_page.ask("press", name="Next")
    assert node_page.told()["state"]["step"] == 1
    node_page.show(Cone(dilations=[1, 2], picture="none", step=0))
    node_page.ask("press", name="Next")
    assert node_page.told()["state"]["step"] == 0


def test_the_output_is_dragged_along_its_row_within_its_room(cone):
    half = 3 + 2 + 1
    start = place(0, 2, 3, half)
    assert drag(cone, start, place(2, 2, 3, half))["column"] == 2
    assert drag(cone, place(2, 2, 3, half), place(2, 2, 3, half), (599, start[1]))["column"] == 3


@pytest.mark.parametrize(("column", "by", "wanted"), [(1, 2, 3), (-1, -2, 3), (1, -3, 1), (-1, 2, 1), (1, 99, 10)])
def test_the_taps_of_one_convolution_are_dragged_apart_and_together(node_page, column, by, wanted):
    node_page.show(Cone(dilations=[1, 1], picture="none"))
    half = 3 + 2
    cell = min(CELL, 470 / (2 * half + 1))
    x, y = place(column, 1, 3, half)
    assert drag(node_page, (x, y), (x + by * cell, y))["dilations"] == [1, wanted]


def test_a_cell_straight_below_or_unused_is_not_held(cone):
    half = 6
    for column in (0, 1):
        start = place(column, 1, 3, half)
        assert drag(cone, start, (start[0] + 60, start[1]))["dilations"] == [1, 2]


def test_the_walk_starts_at_the_output_and_space_and_above_at_theirs(node_page):
    for view, words in (("side", "Layer 3, cell 5."), ("above", "Layer 1, row 7, column 8.")):
        node_page.show(Cone(dilations=[1, 2], picture="none", view=view, column=1))
        node_page.ask("key", key="ArrowRight")
        node_page.ask("key", key="ArrowLeft")
        assert node_page.told()["spoken"].startswith(words)


def test_the_pointer_finds_the_cell_of_its_own_layer(cone):
    for layer, words in enumerate(("Layer 1, cell 8.", "Layer 2, cell 7.", "Layer 3, cell 5.")):
        x, y = place(1, layer, 3, 6)
        cone.ask("point", x=x, y=y)
        assert cone.told()["spoken"].startswith(words)
