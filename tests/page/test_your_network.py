"""The chapter on whole networks: what its picture shows against hdclib, and the figures of the finding."""

import pytest

import hdclib as hdc
from tools.driving import page_driver

PAGE = "book/your_network.html"
ORDERS = ".hdc[aria-label='Two stacks, layer by layer']"


@pytest.fixture
def chapter(visit):
    yield visit.open(PAGE)
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def test_the_two_orders_show_what_the_output_reads_of_each_map(chapter):
    for side, box in enumerate(chapter.locator(ORDERS).get_by_role("textbox").all(), 1):
        dilations = [int(part) for part in box.input_value().split(",")]
        ends = [hdc.coverage(dilations[start:], kernel_size=3).read for start in range(len(dilations))]
        assert page_driver.data(chapter, ORDERS, f"read{side}") == " ".join(map(str, ends))
    assert sorted(dilations) == [1, 2, 2, 2, 2, 2, 2, 4, 4]


def test_nine_layers_can_be_typed(chapter):
    box = chapter.locator(ORDERS).get_by_role("textbox").nth(1)
    box.fill("1 2 4 5 4 2 1 1 1")
    box.press("Enter")
    for view in ("down", "up"):
        chapter.locator(ORDERS).get_by_label("Look", exact=True).select_option(view)
        page_driver.wait_for_paint(chapter)
        assert "9 of 9 layers" in page_driver.words(chapter, ORDERS).split("Stack B")[1]


def test_the_finding_stands_in_text(chapter):
    text = chapter.locator("article").inner_text()
    assert "121 of 441" in text and "as built: field 427, 8 views with holes" in text
    assert "falling: field 427, 0 views with holes" in text
