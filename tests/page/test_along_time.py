"""The chapter on causal networks: its widgets driven by keyboard and held against hdclib."""

import pytest

import hdclib as hdc
from tools.driving import page_driver

PAGE, TREE = "book/along_time.html", ".hdc[aria-label='A causal network over time']"
FIRST, BLOCKS = 0, 1  # of the two pictures: one block, and two blocks


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def data(page, which=FIRST):
    page_driver.wait_for_paint(page)
    return page.locator(TREE).nth(which).evaluate("(el) => ({ ...el.dataset })")


def text(place):
    """The words without the spaces that keep "t − 1" on one line."""
    return place.inner_text().replace("\u00a0", " ")


def handle(page, name, which=FIRST):
    return page.get_by_role("slider", name=name, exact=True).nth(which)


def said(page, which=FIRST):
    return page.locator(TREE).nth(which).locator(".hdc-status")


def value(page, name):
    return int(handle(page, name).get_attribute("aria-valuetext"))


@pytest.mark.parametrize("name", ["Layers a block", "Blocks", "Kernel size", "Steps back"])
def test_each_slider_of_the_tree_moves_it(chapter, name):
    for key in ("End", "ArrowLeft", "Home", "ArrowRight"):
        handle(chapter, name).press(key)
        shown = data(chapter)
        block = [2**level for level in range(value(chapter, "Layers a block"))]
        counts = hdc.tap_counts(block * value(chapter, "Blocks"), value(chapter, "Kernel size"))
        assert (int(shown["span"]), int(shown["most"])) == (len(counts), int(counts.max())), (name, key)
        words = text(said(chapter))
        back = value(chapter, "Steps back")
        assert f"reads {len(counts)} inputs" in words and (f"at time t − {back} reads" in words) == (back > 0)


def test_two_blocks_of_two_layers_read_7_samples(chapter):
    words = text(said(chapter, BLOCKS))
    assert "reads 7 inputs" in words and "it is 2 × 3 + 1 = 7 and not 2 × 4 = 8." in words


def test_three_wavenet_blocks_see_3070_samples(chapter):
    handle(chapter, "Layers a block", BLOCKS).press("End")
    handle(chapter, "Blocks", BLOCKS).press("End")
    words = text(said(chapter, BLOCKS))
    assert "reads 3070 inputs" in words and "it is 3 × 1023 + 1 = 3070 and not 3 × 1024 = 3072." in words


def test_the_ring_walks_in_time_and_through_the_layers(chapter):
    canvas = chapter.locator(f"{TREE} canvas").first
    told = chapter.locator(f"{TREE} .hdc-picture .hdc-cell").first
    canvas.focus()
    canvas.press("ArrowLeft")
    assert text(told) == "Layer 5, time t − 1: reads 16 inputs, from t − 16 to t − 1."
    assert data(chapter)["ring"] == "4 1"
    canvas.press("ArrowDown")
    canvas.press("ArrowDown")
    assert text(told) == "Layer 3, time t − 1: reads 4 inputs, from t − 4 to t − 1."
    canvas.press("ArrowDown")
    canvas.press("ArrowDown")
    assert text(told) == "Input at time t − 1."
    canvas.press("Escape")
    assert data(chapter)["ring"] == "4 0"


def test_the_address_keeps_both_pictures(chapter):
    handle(chapter, "Blocks").press("End")
    handle(chapter, "Kernel size", BLOCKS).press("End")
    page_driver.wait_for_address(chapter, {"tree.blocks": "3", "blocks.kernel_size": "3"})
    page_driver.come_back(chapter)
    assert (data(chapter)["span"], data(chapter, BLOCKS)["span"]) == ("46", "13")


@pytest.mark.parametrize("bad", ["tree.layers=11", "tree.kernel_size=4", "blocks.blocks=x"])
def test_a_bad_address_is_refused_in_words(visit, bad):
    page = visit.open(f"{PAGE}?{bad}")
    assert (data(page)["span"], data(page, BLOCKS)["span"]) == ("16", "7")
    assert "".join(page.locator(f"{TREE} .hdc-notice").all_inner_texts()) != ""
    assert visit.complaints == []
