"""Time from a key to the painted picture, for every widget of the built book in its largest state. Needs `make book`.

Every control is pressed in turn, forth and back, and the one that is painted latest is printed. Give words of a
page's or a widget's name to measure only those.
"""

import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import browser as project_browser
import page_driver
import serve

FRAME = 16.0  # milliseconds
ROUNDS, WARM_UP = 30, 6
UNBOUND = ("--disable-frame-rate-limit", "--disable-gpu-vsync")  # measure work, not the wait for a display's next frame
WATCH = """(control) => {
  window.painted = [];
  control.addEventListener("keydown", (event) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.painted.push(performance.now() - event.timeStamp);
      channel.port2.postMessage(0);
    });
  }, { capture: true });
}"""
CONTROLS = "[role=slider], input[type=range], input[type=number], input[type=radio], select"
LARGEST = (  # page, widget, address of a state in which the widget draws or counts as much as it ever does
    ("cascades_and_branches", "Build a module", "module.view=map&module.kernels=13,13,13&module.dilations=1,4,5"),
    ("cascades_and_branches", "Build a module", "module.view=axis&module.kernels=5,5,5,5&module.dilations=511,511,1,1"),
    ("cascades_and_branches", "A causal network over time", "tree.layers=10&tree.blocks=3&tree.kernel_size=3"),
    ("cascades_and_branches", "A causal network over time", "tree.layers=6&tree.blocks=3&tree.kernel_size=3"),
    ("designing", "Schedule designer", "design.target=127&design.depth=4&design.kernel_size=4"),
    ("designing", "Schedule designer", "design.target=127&design.depth=6&design.kernel_size=7"),
    ("dilated_convolution", "Stepper", "walk.rows=9&walk.columns=9&walk.kernel_rows=5&walk.kernel_columns=5"
        "&walk.padding=6&walk.dilation=1"),
    ("dilated_convolution", "Stepper", "walk.operation=transposed&walk.rows=9&walk.columns=9&walk.kernel_rows=5"
        "&walk.kernel_columns=5&walk.stride=3&walk.padding=0&walk.dilation=4"),
    ("does_it_matter", "Picture laboratory", "lab.noise=30&lab.dilation_1=9&lab.dilation_2=9&lab.dilation_3=8"),
    ("does_it_matter", "Frequency response", "frequency.layers=3&frequency.dilation_1=9&frequency.dilation_2=9"
        "&frequency.dilation_3=9&frequency.scale=logarithmic"),
    ("does_it_matter", "Usage counts and the bell", "bell.layers=8&bell.schedule=doubling"),
    ("gridding", "Usage map", "map.dilation_1=1&map.dilation_2=5&map.dilation_3=9"),
    ("gridding", "Usage map", "map.kernel_size=5&map.layers=4&map.dilation_1=9&map.dilation_2=9&map.dilation_3=9"
        "&map.dilation_4=9"),
    ("gridding", "Two neighbouring outputs", "pair.dilation_1=4&pair.dilation_2=4&pair.dilation_3=4&pair.right=4"
        "&pair.down=4"),
    ("index", "Cover the square", "square.side=27&square.dilation_1=1&square.dilation_2=3&square.dilation_3=9"),
    ("misconceptions", "Usage map", "break.kernel_size=3&break.layers=4&break.dilation_1=1&break.dilation_2=3"
        "&break.dilation_3=9&break.dilation_4=9"),
    ("output_sizes", "Size calculator", ""),
    ("output_sizes", "Size calculator", "size.unknown=size&size.out=64&size.stride=16"),
    ("output_sizes", "Three ways of padding", "same.size=16&same.kernel_size=6&same.stride=1&same.dilation=3"),
    ("rule_distance", "The distances, layer by layer", "walk.layers=5&walk.step=5&walk.dilation_1=9&walk.dilation_2=9"
        "&walk.dilation_3=9&walk.dilation_4=9&walk.dilation_5=9"),
    ("rules_and_truth", "Rule against truth", "survey.layers=4&survey.order=any&survey.largest=30"
        "&survey.kernel_size=3"),
    ("rules_and_truth", "Rule against truth", "survey.layers=4&survey.order=sorted&survey.largest=30"
        "&survey.kernel_size=9&survey.shown=rejection"),
    ("rules_and_truth", "Reach builder", "reach.layers=5&reach.kernel_1=7&reach.kernel_2=7&reach.kernel_3=7"
        "&reach.kernel_4=7&reach.kernel_5=7&reach.dilation_1=1&reach.dilation_2=7&reach.dilation_3=49"
        "&reach.dilation_4=81&reach.dilation_5=81"),
    ("rules_sawtooth_divisor", "Two stacks, layer by layer", "orders.first=9,9,9,9,9,9,9,9&orders.second="
        "9,9,9,9,9,9,9,8"),
    ("rules_sawtooth_divisor", "Sub-grids of a common divisor", "lattice.repeats=3&lattice.dilation_1=8"
        "&lattice.dilation_2=8&lattice.dilation_3=8"),
    ("rules_sawtooth_divisor", "Sub-grids of a common divisor", "lattice.repeats=1&lattice.dilation_1=8"
        "&lattice.dilation_2=8&lattice.dilation_3=8"),
    ("why_dilate", "Pooling and what it loses", "pooling.times=5&pooling.kind=average&pooling.enlarging=bilinear"),
    ("why_dilate", "VGG16 with and without its pools", "vgg.pool_1=dilate&vgg.pool_2=dilate&vgg.pool_3=dilate"
        "&vgg.pool_4=dilate&vgg.pool_5=dilate"),
)  # fmt: skip


@dataclass(frozen=True)
class Timing:
    """Milliseconds from a key on one control to the painted picture."""

    control: str
    times: list

    @property
    def median(self):
        """Half the presses were painted sooner."""
        return percentile(self.times, 0.5)

    @property
    def p95(self):
        """All but one press in twenty were painted sooner."""
        return percentile(self.times, 0.95)


def percentile(values, share):
    """Return the value below which `share` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def painted(page, control, rounds=ROUNDS):
    """Press an arrow key forth and back; return the milliseconds from each press to the painted picture."""
    slider = control.get_attribute("role") == "slider"
    keys = ("ArrowLeft", "ArrowRight") if slider else ("ArrowDown", "ArrowUp")
    control.scroll_into_view_if_needed()
    control.evaluate(WATCH)
    for number in range(rounds + WARM_UP):
        control.press(keys[number % 2])
        page.wait_for_timeout(20)
    return page.evaluate("window.painted")[WARM_UP:]


def name_of(control):
    """Name of a control, as a screen reader says it."""
    words = "(control) => control.ariaLabel || control.closest('label')?.firstChild.textContent || control.type"
    return control.evaluate(words).strip()


def slowest(page, widget):
    """Return the Timing of the control of a widget that is painted latest."""
    place = page.locator(".widget-subarea").filter(has=page.locator(f".hdc[aria-label='{widget}']")).first
    timings = []
    for control in place.locator(CONTROLS).element_handles():
        if control.is_visible() and control.is_enabled():
            timings.append(Timing(name_of(control), painted(page, control)))
    return max(timings, key=lambda timing: timing.p95)


def measure(playwright, address, cases=LARGEST):
    """Yield (page, widget, state, Timing) for each largest state."""
    browser = project_browser.launch(playwright, *UNBOUND)
    for chapter, widget, state in cases:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(f"{address}/book/{chapter}.html?{state}")
        page_driver.wait_until_ready(page)
        if any(refused := page.locator(".hdc-notice").all_inner_texts()):
            raise SystemExit(f"{chapter}: {refused}")
        yield chapter, widget, state, slowest(page, widget)
        page.close()
    browser.close()


def main(wanted):
    """Print a line for each largest state, and whether its slowest control is painted within a frame at p95."""
    server = serve.open_server(0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    cases = [case for case in LARGEST if not wanted or any(word in f"{case[0]} {case[1]}" for word in wanted)]
    print("median    p95   milliseconds from key to paint")
    with sync_playwright() as playwright:
        for _, widget, state, slow in measure(playwright, f"http://{serve.HOST}:{server.server_port}", cases):
            frame = "in a frame" if slow.p95 <= FRAME else "longer"
            times = f"{slow.median:6.1f} {slow.p95:6.1f}   {frame:10}"
            print(f"{times}  {widget}, {slow.control}: {state[:50]}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
