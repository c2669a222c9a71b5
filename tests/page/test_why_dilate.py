"""The chapter "Why dilate?": every control by keyboard, the numbers read back and held against hdclib."""

import pytest

import hdclib as hdc
from hdclib.signal.figures import small_face
from tools.driving import page_driver

PAGE = "book/why_dilate.html"
POOLING, NETWORK = ".hdc[aria-label='Pooling and what it loses']", ".hdc[aria-label='VGG16 with and without its pools']"
KINDS, WAYS, CHOICES = ("max", "average", "stride"), ("nearest", "bilinear"), ("keep", "remove", "dilate")


@pytest.fixture
def chapter(visit):
    page = visit.open(PAGE)
    yield page
    assert visit.complaints == [] and visit.foreign() == [] and visit.failed == []


def slider(page):
    return page.locator(".widget-box").filter(has=page.locator(POOLING)).first.get_by_role("slider", name="Poolings")


def pick(page, place, label, index):
    """Set a select by keyboard alone: to its first entry, then down."""
    select = page.locator(place).get_by_label(label)
    select.press("Home")
    for _ in range(index):
        select.press("ArrowDown")


def shown(page, place):
    """What the widget put into its data attributes, and its words."""
    page_driver.wait_for_paint(page)
    words = page.locator(f"{place} .hdc-status").inner_text()
    return page.locator(place).evaluate("(el) => ({ ...el.dataset })") | {"words": words}


def pooling_error(times, kind, way):
    face = small_face()
    return hdc.signal.rms_error(face, hdc.signal.enlarge(hdc.signal.pool_image(face, times, kind), 2**times, way))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS)
def test_error_of_every_pooling_is_that_of_hdclib(chapter, kind, way):
    pick(chapter, POOLING, "One pooling keeps", KINDS.index(kind))
    pick(chapter, POOLING, "Enlarge:", WAYS.index(way))
    for key, times in (("End", 5), ("ArrowLeft", 4), ("Home", 0), ("ArrowRight", 1)):
        slider(chapter).press(key)
        found = shown(chapter, POOLING)
        assert int(found["left"]) == (64 // 2**times) ** 2
        assert float(found["error"]) == pytest.approx(pooling_error(times, kind, way), abs=1e-3)
        if times:
            assert f"off by {pooling_error(times, kind, way):.1f} of 255" in found["words"]
        else:
            assert "nothing is lost" in found["words"]


def test_arrow_keys_tell_what_became_of_a_pixel(chapter):
    canvas = chapter.locator(f"{POOLING} canvas")
    canvas.focus()
    canvas.press("ArrowRight")  # the first key shows the cursor, in the middle
    face = small_face()
    after = hdc.signal.enlarge(hdc.signal.pool_image(face, 2), 4)[31, 31]
    told = chapter.locator(f"{POOLING} .hdc-cell").inner_text()
    assert told == f"Row 32, column 32: grey {face[31, 31]} became {after:.0f}."


def test_the_picture_of_the_pooled_image_changes_with_the_slider(chapter):
    canvas = chapter.locator(f"{POOLING} canvas")
    seen = set()
    for key in ("Home", "ArrowRight", "End"):
        slider(chapter).press(key)
        page_driver.wait_for_paint(chapter)
        seen.add(canvas.evaluate("(canvas) => canvas.toDataURL()"))
    assert len(seen) == 3


@pytest.mark.parametrize("number", range(1, 6))
def test_each_pool_is_kept_removed_and_dilated_by_keyboard(chapter, number):
    for index, choice in ((1, "remove"), (2, "dilate"), (0, "keep")):
        pick(chapter, NETWORK, f"Pool {number}", index)
        pools = ["keep"] * 5
        pools[number - 1] = choice
        check_network(chapter, pools)


def check_network(page, pools):
    """The numbers, the words and the table against hdclib."""
    layers = hdc.networks.vgg16(pools)
    last, (values, products) = hdc.networks.layer_table(layers)[-1], hdc.networks.network_cost(layers)
    found = shown(page, NETWORK)
    assert [int(found[key]) for key in ("size", "stride", "field")] == [last.size, last.stride, last.field], pools
    assert found["cost"] == f"{values} {products}"
    assert f"Output {last.size} × {last.size}" in found["words"]
    assert f"Receptive field {last.field} pixels" in found["words"]
    assert f"{values / 1e6:.1f} million numbers" in found["words"]
    gone = [f"pool{number}removed" for number, choice in enumerate(pools, 1) if choice == "remove"]
    assert [row for row in page.locator(f"{NETWORK} tbody tr").all_text_contents() if "removed" in row] == gone


@pytest.mark.parametrize(
    ("button", "pools"),
    [
        ("Remove all", ["remove"] * 5),
        ("Remove the last two", ["keep"] * 3 + ["remove"] * 2),
        ("Dilate instead of the last two", ["keep"] * 3 + ["dilate"] * 2),
    ],
)
def test_buttons_set_all_five_pools_and_vgg16_sets_them_back(chapter, button, pools):
    place = chapter.locator(NETWORK)
    place.get_by_role("button", name=button, exact=True).press("Enter")
    check_network(chapter, pools)
    assert [place.get_by_label(f"Pool {number}").input_value() for number in range(1, 6)] == pools
    place.get_by_role("button", name="VGG16", exact=True).press("Enter")
    check_network(chapter, ["keep"] * 5)


def test_arrow_keys_tell_each_block(chapter):
    canvas = chapter.locator(f"{NETWORK} canvas")
    canvas.focus()
    for key in ("ArrowRight", "ArrowDown", "End"):
        canvas.press(key)
    assert chapter.locator(f"{NETWORK} .hdc-cell").inner_text() == "pool5: receptive field 212 pixels, dilation 1."
    canvas.press("ArrowUp")
    assert "pool5: output 7 × 7" in chapter.locator(f"{NETWORK} .hdc-cell").inner_text()


WANTED = "vgg.pool_5=dilate&pooling.times=5&pooling.kind=average"


def test_the_address_restores_both_widgets(visit):
    page = visit.open(f"{PAGE}?{WANTED}")
    assert page.locator(NETWORK).get_attribute("data-size") == "14"
    assert float(shown(page, POOLING)["error"]) == pytest.approx(pooling_error(5, "average", "nearest"), abs=1e-3)


def test_an_address_with_nonsense_is_not_followed_in_part(visit):
    start = shown(visit.open(PAGE), POOLING)["error"]
    page = visit.open(f"{PAGE}?{WANTED.replace('times=5', 'times=9')}&vgg.pool_1=%3Cb%3E")
    assert page.locator(NETWORK).get_attribute("data-size") == "7"
    assert shown(page, POOLING)["error"] == start
    assert "vgg.pool_1=<b> is not one of keep, remove, dilate" in page.locator(f"{NETWORK} .hdc-notice").inner_text()
    assert "pooling.times=9 is not a whole number from 0 to 5" in page.locator(f"{POOLING} .hdc-notice").inner_text()


def test_the_address_follows_a_choice(chapter):
    pick(chapter, NETWORK, "Pool 4", 2)
    page_driver.wait_for_address(chapter, {"vgg.pools": "keep,keep,keep,dilate,keep"})


def test_the_stride_turns_into_a_dilation_step_by_step(visit):
    page = visit.open(PAGE)
    place = page.locator(".hdc[aria-label='A stride turns into a dilation']")
    bar = place.get_by_label("From stride to dilation, step")
    strided = [hdc.ConvLayer(3, stride=2), hdc.ConvLayer(3)]
    dense = hdc.networks.dilate_instead(strided)
    stacks = strided, [hdc.ConvLayer(3)] * 2, dense, dense
    for step, layers in enumerate(stacks):
        bar.press("Home" if step == 0 else "ArrowRight")
        page_driver.wait_for_paint(page)
        assert place.get_attribute("data-step") == str(step)
        assert place.get_attribute("data-span") == str(hdc.receptive_field(layers))
        assert f"{hdc.receptive_field(layers)} cells" in place.locator(".hdc-status").inner_text() or step == 3
    page_driver.wait_for_address(page, {"instead.step": "3"})
    seen = set()
    for at in (0, 0.5, 1, 1.5, 2, 2.5, 3):
        bar.evaluate("(bar, at) => { bar.value = at; bar.dispatchEvent(new Event('input')); }", at)
        page_driver.wait_for_paint(page)
        seen.add(place.locator("canvas").evaluate("(canvas) => canvas.toDataURL()"))
    assert len(seen) == 7
    assert visit.complaints == []
