"""What the reader moves stays where it is, is on the screen with what it changes, and all its words can be read."""

import pytest

import hdclib as hdc
from tools.driving import page_driver

WIDGETS = {  # page, name of the widget
    "designer": ("designing", "Schedule designer"),
    "builder": ("cascades_and_branches", "Build a module"),
    "laboratory": ("does_it_matter", "Picture laboratory"),
    "map": ("gridding", "Usage map"),
}
TOP = "(part) => part.getBoundingClientRect().top + window.scrollY"
# Keeps for each canvas the boxes [words, left, right, middle] of what was written since it was cleared, but for what
# was painted over.
KEEP_WORDS = """(() => {
  const { fillText, fillRect, clearRect } = CanvasRenderingContext2D.prototype;
  const written = window.written = new Map();
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    written.set(this.canvas, []);
    return clearRect.apply(this, box);
  };
  CanvasRenderingContext2D.prototype.fillRect = function (x, y, width, height) {
    const { a, d, e, f } = this.getTransform();
    const [left, right, top, bottom] = [a * x + e, a * (x + width) + e, d * y + f, d * (y + height) + f];
    const covered = ([, from, to, middle]) => from >= left && to <= right && middle > top && middle < bottom;
    written.set(this.canvas, (written.get(this.canvas) ?? []).filter((box) => !covered(box)));
    return fillRect.call(this, x, y, width, height);
  };
  CanvasRenderingContext2D.prototype.fillText = function (words, x, y, ...rest) {
    const { a, d, e, f } = this.getTransform();
    const width = this.measureText(words).width;
    const left = x - width * { left: 0, center: 0.5, right: 1 }[this.textAlign];
    written.get(this.canvas)?.push([String(words), a * left + e, a * (left + width) + e, d * y + f]);
    return fillText.call(this, words, x, y, ...rest);
  };
})()"""
UNREADABLE = """() => [...window.written].filter(([canvas]) => canvas.isConnected).flatMap(([canvas, all]) => {
  const clipped = all.filter(([, left, right]) => left < -1.5 || right > canvas.width + 1.5);
  const apart = (one, other) => Math.max(one[1] - other[2], other[1] - one[2]);
  const meets = (one, other) => Math.abs(one[3] - other[3]) < 6 && apart(one, other) < 2;
  const run = all.filter((one, at) => all.some((other, next) => next > at && meets(one, other)));
  return [...clipped, ...run].map(([words]) => words);
})"""


WORDS = "[...window.written.values()].flat().length"


@pytest.fixture(scope="module")
def written(new_visit):
    """Return a Visit on a narrow screen that keeps what is written on canvases."""
    with new_visit() as visit:
        visit.page.set_viewport_size({"width": 320, "height": 700})
        visit.page.add_init_script(KEEP_WORDS)
        yield visit


def open_widget(visit, which, size=(1400, 900)):
    page, name = WIDGETS[which]
    visit.page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    visit.open(f"book/{page}.html")
    return visit.page.locator(f".hdc[aria-label='{name}']").first


def slider(widget, name):
    panel = widget.page.locator(".widget-box").filter(has=widget).first
    return panel.get_by_role("slider", name=name, exact=True)


@pytest.mark.parametrize("width", [1400, 390])
def test_the_map_of_the_designer_stays_where_it_is(visit, width):
    widget = open_widget(visit, "designer", (width, 844))
    tops, lengths = set(), set()
    for name in ("Layers", "Kernel size", "Target field"):
        for key in ("Home", "End", "ArrowLeft"):
            slider(widget, name).press(key)
            page_driver.wait_for_paint(visit.page)
            tops.add(widget.locator("canvas").evaluate(TOP))
            lengths.add(widget.locator("tbody tr").count())
    assert len(tops) == 1 and len(lengths) > 2


def test_the_list_of_the_designer_is_beside_the_map_or_above_it_and_a_choice_is_seen_at_once(visit):
    box = "(part) => ['left', 'right', 'top', 'bottom'].map((edge) => part.getBoundingClientRect()[edge])"
    for size in ((1400, 900), (390, 844)):
        widget = open_widget(visit, "designer", size)
        widget.get_by_role("radio").nth(1).scroll_into_view_if_needed()
        _, right, top, low = widget.locator(".hdc-list").evaluate(box)
        left, _, high, bottom = widget.locator("canvas").evaluate(box)
        assert (left > right and high <= top + 8) if size[0] == 1400 else (high >= low)
        assert bottom - top < size[1] - 60  # the header of the page stays on the screen
    widget = open_widget(visit, "designer")
    visit.page.locator(".widget-subarea").filter(has=widget).evaluate(
        "(part) => { part.scrollIntoView({ block: 'center', behavior: 'instant' }); }"
    )
    before = visit.page.evaluate("scrollY")
    for radio in (0, 7):
        widget.get_by_role("radio").nth(radio).click()
        page_driver.wait_for_paint(visit.page)
        assert visit.page.evaluate("scrollY") == before
        _, _, top, bottom = widget.locator("canvas").evaluate(box)
        assert 60 < top < bottom < 900


def test_the_designer_sorts_and_pages_by_keyboard_and_keeps_both_in_the_address(visit):
    widget = open_widget(visit, "designer")
    widget.get_by_label("Sort by:").press("End")  # the last ranking
    radios = widget.get_by_role("radio")
    radios.first.focus()
    for _ in range(9):
        visit.page.keyboard.press("ArrowDown")
        page_driver.wait_for_paint(visit.page)
    assert widget.locator(".hdc-list span").inner_text() == "9 to 10 of 10"
    assert radios.nth(1).evaluate("(part) => part === document.activeElement && part.checked")
    page_driver.wait_for_address(visit.page, {"design.rank": "nearness", "design.choice": "10"})
    wanted = hdc.design(29, 4, 3, rank="nearness")[9].dilations
    assert widget.get_attribute("data-chosen") == " ".join(map(str, wanted))
    page_driver.come_back(visit.page)
    assert widget.get_attribute("data-chosen") == " ".join(map(str, wanted))
    widget.get_by_role("radio").nth(1).focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp"):  # no further than the last
        visit.page.keyboard.press(key)
        page_driver.wait_for_paint(visit.page)
    assert widget.locator(".hdc-list span").inner_text() == "1 to 8 of 10"
    widget.get_by_role("button", name="Reset").press("Enter")
    page_driver.wait_for_paint(visit.page)
    assert widget.get_by_label("Sort by:").input_value() == "evenness" and radios.first.is_checked()


@pytest.mark.parametrize("width", [1400, 390])
def test_the_buttons_for_layers_stay_under_the_finger(visit, width):
    widget = open_widget(visit, "builder", (width, 844))
    for words in ("Add a layer", "Take the last away"):
        button = widget.get_by_role("button", name=words)
        tops = set()
        for _ in range(4):
            tops.add(button.evaluate(TOP))
            button.click()
            page_driver.wait_for_paint(visit.page)
        assert len(tops) == 1, words


def test_sliders_and_pictures_of_the_laboratory_fit_on_a_phone(visit):
    widget = open_widget(visit, "laboratory", (390, 844))
    first = slider(widget, "Noise, in %").evaluate(TOP)
    bottom = widget.locator("canvas").evaluate("(part) => part.getBoundingClientRect().bottom + window.scrollY")
    assert bottom - first < 844 - 60  # the header of the page stays on the screen


def test_a_square_picture_is_lower_than_the_window_and_follows_it(visit):
    widget = open_widget(visit, "map", (700, 450))
    canvas = widget.locator("canvas")
    assert canvas.evaluate("(part) => [part.clientWidth, part.clientHeight]") == [337, 337]
    for height, side in ((300, 260), (600, 450), (2000, 620)):
        visit.page.set_viewport_size({"width": 700, "height": height})
        page_driver.wait_for_paint(visit.page)
        assert canvas.evaluate("(part) => part.clientHeight") == side


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_error_has_the_colour_of_the_ground(visit, scheme):
    visit.page.emulate_media(color_scheme=scheme)
    widget = open_widget(visit, "laboratory")
    widget.locator("select").select_option("flat")
    shares = []
    for key in ("Home", "End"):
        slider(widget, "Noise, in %").press(key)
        page_driver.wait_for_paint(visit.page)
        shares.append(
            widget.locator("canvas").evaluate("""(canvas) => {
              const style = getComputedStyle(canvas).getPropertyValue("--hdc-ground").trim();
              const ground = [1, 3, 5].map((at) => parseInt(style.slice(at, at + 2), 16));
              const side = 48 * Math.floor((canvas.clientWidth - 28) / 3 / 48);
              const left = Math.round((canvas.clientWidth - 3 * side - 28) / 2) + 2 * (side + 14);
              const scale = canvas.width / canvas.clientWidth;
              const box = [left, 22, side, side].map((part) => Math.round(part * scale));
              const { data } = canvas.getContext("2d").getImageData(...box);
              const pixels = Array.from({ length: data.length / 4 }, (_, i) => data.slice(4 * i, 4 * i + 3));
              return pixels.filter((pixel) => pixel.every((value, i) => value === ground[i])).length / pixels.length;
            }""")
        )
    assert shares[0] == 1 and shares[1] < 0.3


@pytest.mark.parametrize(
    "name",
    [
        "output_sizes",
        "sizes_elsewhere",
        "along_time",
        "rules_and_truth",
        "trained_networks",
        "does_it_matter",
        "frequencies",
        "why_dilate",
    ],
)
def test_no_words_in_a_picture_are_clipped_or_run_into_each_other(written, name):
    page = written.open(f"book/{name}.html")
    page.wait_for_function(f"() => {WORDS} > 2")  # pictures are painted after the page is ready
    assert page.evaluate(UNREADABLE) == []


@pytest.mark.parametrize("view", ["map", "axis"])
def test_counts_of_a_module_are_apart_or_left_out(written, view):
    state = f"module.view={view}&module.kernels=3,3,3&module.dilations=1,2,4"
    page = written.open(f"book/cascades_and_branches.html?{state}")
    page.wait_for_function(f"() => {WORDS} > 2")
    assert page.evaluate(UNREADABLE) == []


@pytest.mark.parametrize("state", ["layers=3&tree.kernel_size=2", "layers=1&tree.blocks=3", "layers=2&tree.blocks=3"])
def test_path_counts_are_apart_or_left_out(written, state):
    page = written.open(f"book/along_time.html?tree.{state}")
    page.wait_for_function(f"() => {WORDS} > 2")
    assert page.evaluate(UNREADABLE) == []


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.75])
def test_no_line_stands_between_the_rows_of_a_full_map(chromium, address, ratio):
    context = chromium.new_context(viewport={"width": 393, "height": 873}, device_scale_factor=ratio)
    page = context.new_page()
    page.goto(f"{address}/book/designing.html?design.target=101&design.depth=3&design.kernel_size=5")
    page_driver.wait_until_ready(page)
    empty = page.locator(".hdc canvas").first.evaluate("""(canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const wide = 4 * canvas.width;
      const rows = Array.from({ length: canvas.height }, (_, y) => data.subarray(y * wide, (y + 1) * wide));
      const painted = rows.map((row) => row.some((value, i) => i % 4 === 3 && value > 0));
      return painted.slice(painted.indexOf(true), painted.lastIndexOf(true)).filter((row) => !row).length;
    }""")
    context.close()
    assert empty == 0


def test_a_target_out_of_reach_draws_no_map(fresh_visit):
    visit = fresh_visit
    widget = open_widget(visit, "designer")
    for name, key in (("Layers", "Home"), ("Target field", "End")):
        slider(widget, name).press(key)
    page_driver.wait_for_paint(visit.page)
    canvas = widget.locator("canvas")
    assert "at most without a hole" in widget.locator(".hdc-status").inner_text()
    assert canvas.get_attribute("role") == "img" and widget.locator("tbody tr").count() == 0
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page_driver.in_menu(widget, "Copy as Python").click()
    assert "print(hdc.design(" in visit.page.evaluate("() => navigator.clipboard.readText()")
