"""The cone on the built page: views, dragging, keyboard, motion, the address, and no motion for who wants none."""

import pytest
from playwright.sync_api import expect

import hdclib as hdc
from tools.driving import page_driver

PAGE = "book/gridding.html"
CONE = ".hdc[aria-label='Cone'] >> nth=0"
PAIR = ".hdc[aria-label='Cone'] >> nth=1"
LOOK = """() => {
  const canvas = document.querySelector(".hdc[aria-label='Cone'] canvas");
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let sum = 0;
  pixels.forEach((part) => { sum = (sum * 31 + part) % 1000003; });
  return sum;
}"""


@pytest.fixture
def cone(visit):
    visit.open(PAGE)
    return visit.page.locator(CONE)


def painted(cone):
    """A number for what the first cone shows."""
    page_driver.wait_for_paint(cone.page)
    return cone.page.evaluate(LOOK)


def words(cone):
    return cone.locator(".hdc-status").inner_text()


def slider(cone, name):
    return cone.get_by_label(name, exact=True)


def cell(cone, layer, column, halves):
    """The middle of a cell in the side view, in pixels of the canvas: from the layout that the page uses."""
    place = cone.page.evaluate(
        """async ([width, layers, half]) => {
          const script = new URL("gridding/cone_side.js", document.querySelector("script[src*='/loader.js']").src);
          const { coneSideLayout } = await import(script);
          const { cell, high, top, centre } = coneSideLayout(width, layers, half);
          return { cell, high, top: Array.from({ length: layers }, (_, at) => top(at)), middle: centre(0) };
        }""",
        [cone.locator("canvas").first.evaluate("(canvas) => canvas.clientWidth"), len(halves), halves[0]],
    )
    return place["middle"] + column * place["cell"], place["top"][layer] + place["high"] / 2, place["cell"]


def test_each_view_shows_the_same_state_in_a_picture_of_its_own(cone):
    seen = set()
    for view in ("Side", "Space", "Above"):
        cone.get_by_label(view, exact=True).check(force=True)
        seen.add(painted(cone))
        assert cone.get_attribute("data-counts") == "1 0 3 0 6 0 7 0 6 0 3 0 1"
        assert cone.locator(".hdc-head").inner_text() == "Layer 1, seen from Layer 4"
    assert len(seen) == 3


@pytest.mark.parametrize("dilation", [1, 2, 3])
def test_sliders_change_the_stack_and_the_words_follow_hdclib(cone, dilation):
    slider(cone, f"Dilation {dilation}").press("End")
    dilations = [2, 2, 2]
    dilations[dilation - 1] = 10
    found = hdc.coverage(dilations, kernel_size=3)
    expect(cone.locator(".hdc-status")).to_contain_text(f"uses {found.read} of {found.span} cells along a row")
    assert cone.get_attribute("data-counts") == " ".join(map(str, hdc.tap_counts(dilations, kernel_size=3)))


def test_the_outer_taps_of_a_row_can_be_dragged_apart_and_together(cone):
    canvas, page = cone.locator("canvas").first, cone.page
    canvas.scroll_into_view_if_needed()
    for by, wanted in ((1, "2 2 3"), (-2, "2 2 1")):
        dilations = [int(part) for part in cone.get_attribute("data-dilations").split()]
        halves = [3 + sum(dilations[at:]) for at in range(4)]
        x, y, wide = cell(cone, 2, dilations[2], halves)
        box = canvas.bounding_box()
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.mouse.down()
        page.mouse.move(box["x"] + x + by * wide, box["y"] + y, steps=4)
        page.mouse.up()
        expect(cone).to_have_attribute("data-dilations", wanted)


@pytest.mark.parametrize("chapter", ["rule_distance", "rules_and_truth"])
def test_dragging_the_outer_cells_of_layer_3_inwards_closes_the_holes_of_129(visit, chapter):
    page = visit.open(f"book/{chapter}.html")
    shown = page.locator(CONE)
    canvas = shown.locator("canvas").first
    canvas.scroll_into_view_if_needed()
    for last in (9, 8, 7):
        expect(shown).to_have_attribute("data-dilations", f"1 2 {last}")
        assert shown.get_attribute("data-counts").split().count("0") == 2 * (last - 7)
        x, y, wide = cell(shown, 2, last, [3 + last + 3, 3 + last + 2, 3 + last, 3])
        box = canvas.bounding_box()
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.mouse.down()
        page.mouse.move(box["x"] + x - wide, box["y"] + y, steps=4)
        page.mouse.up()


def test_the_output_can_be_dragged_along_its_row_and_is_kept_in_the_address(cone):
    canvas, page = cone.locator("canvas").first, cone.page
    canvas.scroll_into_view_if_needed()
    x, y, wide = cell(cone, 3, 0, [9, 7, 5, 3])
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.down()
    page.mouse.move(box["x"] + x + 2 * wide, box["y"] + y, steps=4)
    page.mouse.up()
    expect(slider(cone, "Output column")).to_have_value("6")
    page_driver.wait_for_address(page, {"cone.column": "2"})


def test_pointing_at_a_cell_lights_it_and_tells_what_it_reads_and_what_reads_it(cone):
    canvas, page = cone.locator("canvas").first, cone.page
    canvas.scroll_into_view_if_needed()
    before = painted(cone)
    x, y, _ = cell(cone, 1, 2, [9, 7, 5, 3])
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + x, box["y"] + y)
    told = cone.locator(".hdc-picture .hdc-cell").first
    expect(told).to_contain_text("Layer 2, cell 10. The output uses it 2 times.")
    expect(told).to_contain_text("It reads cell 10, 12, 14 of Layer 1.")
    expect(told).to_contain_text("It is read by cell 6, 8, 10 of Layer 3.")
    assert painted(cone) != before


def test_arrow_keys_walk_from_the_output_down_through_the_layers(cone):
    canvas = cone.locator("canvas").first
    canvas.focus()
    told = cone.locator(".hdc-picture .hdc-cell").first
    canvas.press("ArrowDown")
    expect(told).to_contain_text("Layer 3, cell 6.")
    canvas.press("ArrowRight")
    expect(told).to_contain_text("Layer 3, cell 7. The output never uses it: a hole.")
    canvas.press("End")
    canvas.press("ArrowUp")
    expect(told).to_contain_text("Layer 4, cell 7. Another output.")
    canvas.press("Escape")
    expect(told).to_have_text("")


def test_play_goes_down_layer_by_layer_and_tells_each(cone):
    cone.get_by_label("Speed").select_option("fast")
    cone.get_by_role("button", name="Play").press("Enter")
    for title in ("Layer 3, seen from Layer 4", "Layer 2, seen from Layer 4", "Layer 1, seen from Layer 4"):
        expect(cone.locator(".hdc-status")).to_contain_text(title)
    expect(cone.get_by_role("button", name="Play")).to_be_visible()
    assert cone.get_attribute("data-step") == "3"


def test_between_two_steps_the_picture_moves(cone):
    scrub = cone.get_by_label("The way down, step")
    seen = set()
    for at in (1.2, 1.4, 1.6, 1.8):
        scrub.evaluate("(bar, at) => { bar.value = at; bar.dispatchEvent(new Event('input')); }", at)
        seen.add(painted(cone))
    assert len(seen) == 4


def test_steps_by_keyboard_and_the_address_brings_one_back(cone):
    scrub = cone.get_by_label("The way down, step")
    scrub.press("Home")
    scrub.press("ArrowRight")
    scrub.press("ArrowRight")
    assert "Step 2 of 3. Layer 2, seen from Layer 4" in scrub.get_attribute("aria-valuetext")
    page_driver.wait_for_address(cone.page, {"cone.step": "2"})
    page_driver.come_back(cone.page)
    assert cone.get_attribute("data-counts") == "1 0 2 0 3 0 2 0 1"


def test_who_asked_for_no_motion_gets_the_steps_at_once(new_visit):
    with new_visit() as visit:
        visit.page.emulate_media(reduced_motion="reduce")
        visit.open(PAGE)
        cone = visit.page.locator(CONE)
        cone.get_by_label("The way down, step").press("Home")
        cone.get_by_role("button", name="Next").click()
        assert cone.get_by_label("The way down, step").evaluate("(bar) => bar.valueAsNumber") == 1
        expect(cone).to_have_attribute("data-step", "1")


def test_two_neighbours_of_222_share_nothing_and_of_123_nearly_all(visit):
    page = visit.open(PAGE)
    pair = page.locator(PAIR)
    assert "they share 0 along the row, 0 on the image. They do not meet in any layer." in words(pair)
    slider(pair, "Dilation 1").press("ArrowLeft")
    slider(pair, "Dilation 3").press("ArrowRight")
    expect(pair.locator(".hdc-status")).to_contain_text("they share 12 along the row, 156 on the image. They meet.")


def test_the_stack_can_be_applied_to_noise_and_to_a_photograph_and_both_can_be_put_away(cone):
    for picture, told in (("noise", "4 pictures, shuffled together"), ("a photograph", "Applied to the photograph")):
        cone.get_by_label("Apply it to").select_option(picture)
        expect(cone.locator("canvas")).to_have_count(2)
        expect(cone.get_by_text(told)).to_be_visible()
    slider(cone, "Dilation 1").press("ArrowLeft")
    expect(cone.get_by_text("the output is one picture")).to_be_visible()
    cone.get_by_label("Apply it to").select_option("no picture")
    expect(cone.locator("canvas")).to_have_count(1)


@pytest.mark.parametrize("bad", ["cone.dilations=11", "cone.dilations=1,1,1,1,1", "cone.view=below", "cone.step=9"])
def test_a_bad_address_is_refused_in_words(visit, bad):
    page = visit.open(f"{PAGE}?{bad}")
    assert "The address was not followed" in page.locator(f"{CONE} >> .hdc-notice").inner_text()
    assert page.locator(CONE).get_attribute("data-dilations") == "2 2 2"
    assert visit.complaints == []
