"""The page *Check your network*, from the unpacked archive with the network cut: files, layers, repairs, bad input.

One browser page serves most tests, since Python takes long to start; each asks a network of its own.
"""

import re
import sys
from pathlib import Path

import pytest
from hdc_onnx import onnx_file
from playwright.sync_api import expect

import hdclib as hdc
from hdclib.networks import resnet_graph
from tools.driving import page_driver

sys.path.append(str(Path(__file__).parents[1] / "page"))
import axe  # noqa: E402

PAGE = "book/check_your_network.html"
TOOL, REPORT, WRONG = ".hdc-check", ".hdc-report", ".hdc-check .hdc-notice"
BUILT = resnet_graph(50, 8, width=1, shape=(3, 193, 161))
FALLING = resnet_graph(50, 8, width=1, dilations={"layer3": (4, 4, 2, 2, 2, 2), "layer4": (2, 2, 1)})
FILES = {
    "as built": onnx_file(BUILT),
    "falling": onnx_file(FALLING),
    "open sizes": onnx_file(resnet_graph(50, 16, width=1), open_sizes=True),
    "cut": onnx_file(BUILT)[:9999],
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(999),
    "empty": b"",
}
CELLS = "(body) => [...body.rows].map((row) => [...row.cells].map((cell) => cell.textContent))"
SLOW = 1000 * 300  # milliseconds for Python to start on a busy machine, and to inspect


@pytest.fixture(scope="module")
def tool(lonely, stick):
    """The page in one tab for the whole file, and what it complained of and asked for."""
    chromium, asked = lonely
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, color_scheme="light")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(SLOW)
    complaints = []
    page.on("console", lambda message: message.type in ("error", "warning") and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{stick}/{PAGE}")
    yield page
    context.close()
    assert complaints == [] and asked == []


def give(page, name):
    """Choose a file of `FILES`."""
    page.locator(f"{TOOL} input[type=file]").set_input_files(
        {"name": f"{name}.onnx", "mimeType": "application/octet-stream", "buffer": FILES[name]}
    )


def title(page, words):
    expect(page.locator(f"{REPORT} h2")).to_have_text(words, timeout=SLOW)


def compare(page, name, report):
    """What the page shows of a file against hdclib's report on the same graph."""
    size = " × ".join(map(str, report.graph.shapes[0][1:]))
    expect(page.locator(f"{REPORT} > p")).to_contain_text(f"{name}.onnx, input {size}", timeout=SLOW)
    holes, wide = len(report.views_with_holes), [view for view in report.views if max(view.kernel_size) > 1]
    seen = f"{holes} of {len(wide)} convolutions of more than one tap with holes."
    without = f"all {len(wide)} convolutions of more than one tap without holes."
    title(page, f"The output sees {seen if holes else without}")
    rows = page.locator(f"{REPORT} tbody").evaluate(CELLS)
    assert [row[0] for row in rows] == [view.path for view in report.views]
    assert [row[3] for row in rows] == [f"{view.seen.read} of {view.seen.positions}" for view in report.views]
    assert [row[4].endswith("✗") for row in rows] == [view.has_holes for view in report.views]
    words = page.locator(f"{REPORT} dl").inner_text()
    for axis in report.axes:
        assert f"{axis.fields[0]} samples, an output every {axis.stride:g} samples" in words


def test_the_example_is_checked_by_keyboard_alone(tool):
    button = tool.get_by_role("button", name="Try the example")
    button.focus()
    button.press("Enter")
    expect(tool.locator(f"{TOOL} [role=status]")).to_contain_text("Starting Python")
    compare(tool, "example", hdc.inspect(resnet_graph(50, 8, width=1)))
    assert tool.evaluate("document.activeElement.textContent").startswith("The output sees 8 of 17")


def test_a_file_with_views_with_holes_gets_maps_and_repairs_to_copy(tool):
    give(tool, "as built")
    report = hdc.inspect(BUILT)
    compare(tool, "as built", report)
    select = tool.locator(f"{REPORT} select")
    for path in ("layer4.1.conv2", "layer4.0.conv2", "layer3.0.conv2"):
        number = next(number for number, view in enumerate(report.views) if view.path == path)
        select.select_option(str(number))
        section = tool.locator(f"{REPORT} section:has(canvas)")
        expect(section).to_have_attribute("data-read", str(report.views[number].seen.read), timeout=SLOW)
        assert f"{report.views[number].seen.read} of" in tool.locator(f"{REPORT} canvas").get_attribute("aria-label")
    expect(tool.locator(f"{REPORT} details").first).to_contain_text("0 instead of 8 views", timeout=SLOW)
    assert tool.locator(f"{REPORT} details pre").all_text_contents() == [repair.patch for repair in report.repairs]
    tool.get_by_role("button", name="Copy repair 1").click()
    expect(tool.get_by_role("button", name="Copy repair 1")).to_have_text("Copied")
    assert tool.evaluate("navigator.clipboard.readText()") == report.repairs[0].patch


def test_the_map_is_walked_with_the_arrow_keys(tool):
    for name, graph in (("falling", FALLING), ("as built", BUILT)):  # so that it is no report of the test before
        give(tool, name)
        compare(tool, name, hdc.inspect(graph))
    drawn = tool.locator(f"{REPORT} section:has(canvas)")
    expect(drawn).to_have_attribute("data-read", re.compile(r"\d"), timeout=SLOW)
    canvas = tool.locator(f"{REPORT} canvas")
    canvas.focus()
    canvas.press("ArrowRight")
    expect(tool.locator(f"{REPORT} .hdc-cell")).to_contain_text("read.")


def test_a_network_without_holes_has_nothing_to_mend(tool):
    give(tool, "falling")
    compare(tool, "falling", hdc.inspect(FALLING))
    expect(tool.locator(f"{REPORT} section").last).to_contain_text("Nothing to mend.", timeout=SLOW)


def test_a_file_that_leaves_its_size_open_asks_for_it(tool):
    give(tool, "open sizes")
    expect(tool.locator(WRONG)).to_contain_text("gives 1 × 3 × ? × ? for its input", timeout=SLOW)
    size = tool.get_by_label("Input size")
    expect(size).to_be_focused()
    assert tool.locator(REPORT).inner_text() == ""
    size.fill("3 x 129 x 97")
    size.press("Enter")
    compare(tool, "open sizes", hdc.inspect(resnet_graph(50, 16, width=1, shape=(3, 129, 97))))
    size.fill("")


@pytest.mark.parametrize(
    ("name", "words"),
    [("cut", "The file ends in the middle"), ("a picture", "no ONNX file"), ("empty", "The file is empty.")],
)
def test_a_bad_file_is_told_kindly_and_the_next_one_is_read(tool, name, words):
    give(tool, name)
    expect(tool.locator(WRONG)).to_contain_text(words)
    expect(tool.locator(WRONG)).to_contain_text(f"{name}.onnx")
    give(tool, "falling")
    compare(tool, "falling", hdc.inspect(FALLING))
    assert tool.locator(WRONG).inner_text() == ""


def test_a_dropped_file_is_read(tool):
    tool.evaluate(
        """async (bytes) => {
          const given = new DataTransfer();
          given.items.add(new File([Uint8Array.from(bytes)], "dropped.onnx"));
          const box = document.querySelector(".hdc-drop");
          box.dispatchEvent(new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true }));
        }""",
        list(FILES["as built"]),
    )
    compare(tool, "dropped", hdc.inspect(BUILT))


def test_layers_are_typed_and_their_repair_is_typed_again(tool):
    box = tool.get_by_label("Or a list of layers")
    box.fill("3p1 3d2p2 3d4p4 3d4p4")
    tool.get_by_role("button", name="Check the layers").click()
    title(tool, "The output sees 3 of 4 convolutions of more than one tap with holes.")
    first = tool.locator(f"{REPORT} details pre").first
    first.wait_for()
    box.fill(first.inner_text())
    tool.get_by_role("button", name="Check the layers").click()
    title(tool, "The output sees all 4 convolutions of more than one tap without holes.")
    box.fill("3 three")
    tool.get_by_role("button", name="Check the layers").click()
    expect(tool.locator(WRONG)).to_contain_text("text has 'three', which is no layer")


def test_on_a_phone_in_the_dark_it_fits_and_axe_finds_nothing(tool):
    give(tool, "as built")
    compare(tool, "as built", hdc.inspect(BUILT))
    tool.locator(f"{REPORT} details").first.wait_for()
    for width, scheme in ((1400, "light"), (390, "dark"), (320, "dark")):
        tool.emulate_media(color_scheme=scheme)
        tool.set_viewport_size({"width": width, "height": 844})
        page_driver.wait_for_paint(tool)
        assert tool.evaluate("document.documentElement.scrollWidth") <= width
        assert axe.violations(tool) == []


def test_a_file_too_large_is_refused_with_what_to_do(tool):
    tool.route("**/check_your_network.html", smaller)
    tool.reload()
    give(tool, "as built")
    expect(tool.locator(WRONG)).to_contain_text("this page reads at most 0 MB")
    expect(tool.locator(WRONG)).to_contain_text("hdclib inspect as built.onnx")
    tool.unroute("**/check_your_network.html")
    tool.reload()


def smaller(route):
    """The page with a small bound."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r'data-most-bytes="\d+"', 'data-most-bytes="1000"', answer.text()))


def test_stop_ends_python_and_it_starts_again(tool):
    give(tool, "as built")
    tool.get_by_role("button", name="Stop").click()
    expect(tool.locator(f"{TOOL} [role=status]")).to_have_text("Stopped.")
    give(tool, "falling")
    compare(tool, "falling", hdc.inspect(FALLING))
