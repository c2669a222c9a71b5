"""Time from a key to the painted picture, for every widget of the built book in its largest state. Needs `make book`.

Every control is pressed in turn, forth and back, and the one that is painted latest is printed. What moves by itself is
measured by its frames, against frames in which the same canvas is only cleared and filled, in the same run. Give words
of a page's or a widget's name to measure only those.
"""

import sys
import threading
from dataclasses import dataclass

from playwright.sync_api import sync_playwright

from benchmarks.rows import Row, arguments, report
from tools.driving import browser as project_browser
from tools.driving import page_driver
from tools.site import serve

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
MOVING_SHARE = 1.3  # of the time of an empty repaint, at p95
MOTION = """async (widget) => {
  const [canvas, bar] = [widget.querySelector("canvas"), widget.querySelector(".hdc-scrub")];
  const context = canvas.getContext("2d");
  const times = { empty: [], moving: [] };
  const frames = (kind, many, work) => new Promise((done) => {
    let [at, before] = [0, performance.now()];
    const frame = () => {
      const now = performance.now();
      if (at > 2) times[kind].push(now - before);
      before = now;
      work(at / many);
      at += 1;
      if (at < many) requestAnimationFrame(frame);
      else done();
    };
    requestAnimationFrame(frame);
  });
  const clear = () => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
  };
  const move = (share) => {
    bar.value = share * bar.max;
    bar.dispatchEvent(new Event("input"));
  };
  for (let round = 0; round < 5; round += 1) {
    await frames("empty", 120, clear);
    await frames("moving", 240, move);
  }
  return times;
}"""
CONTROLS = "[role=slider], input[type=range], input[type=number], input[type=radio], select"
LARGEST = (  # page, widget, address of a state in which the widget draws or counts as much as it ever does
    ("cascades_and_branches", "Build a module", "module.view=map&module.kernels=13,13,13&module.dilations=1,4,5"),
    ("cascades_and_branches", "Build a module", "module.view=axis&module.kernels=5,5,5,5&module.dilations=511,511,1,1"),
    ("along_time", "A causal network over time", "tree.layers=10&tree.blocks=3&tree.kernel_size=3"),
    ("along_time", "A causal network over time", "tree.layers=6&tree.blocks=3&tree.kernel_size=3"),
    ("designing", "Schedule designer", "design.target=127&design.depth=4&design.kernel_size=4"),
    ("designing", "Schedule designer", "design.target=127&design.depth=6&design.kernel_size=7"),
    ("dilated_convolution", "Stepper", "walk.rows=9&walk.columns=9&walk.kernel_rows=5&walk.kernel_columns=5"
        "&walk.padding=6&walk.dilation=1"),
    ("dilated_convolution", "Stepper", "walk.operation=transposed&walk.rows=9&walk.columns=9&walk.kernel_rows=5"
        "&walk.kernel_columns=5&walk.stride=3&walk.padding=0&walk.dilation=4"),
    ("does_it_matter", "Picture laboratory", "lab.noise=30&lab.dilation_1=9&lab.dilation_2=9&lab.dilation_3=8"),
    ("frequencies", "Frequency response", "frequency.layers=3&frequency.dilation_1=9&frequency.dilation_2=9"
        "&frequency.dilation_3=9&frequency.scale=logarithmic"),
    ("frequencies", "Usage counts and the bell", "bell.layers=8&bell.schedule=doubling"),
    ("gridding", "Cone", "cone.dilations=10,10,10,10&cone.view=side&cone.second=1"),
    ("gridding", "Cone", "cone.dilations=10,10,10,10&cone.view=space&cone.second=1"),
    ("gridding", "Cone", "cone.dilations=7,8,9,10&cone.view=above&cone.second=1"),
    ("gridding", "Usage map", "map.dilation_1=1&map.dilation_2=5&map.dilation_3=9"),
    ("gridding", "Usage map", "map.kernel_size=5&map.layers=4&map.dilation_1=9&map.dilation_2=9&map.dilation_3=9"
        "&map.dilation_4=9"),
    ("gridding", "Two neighbouring outputs", "pair.dilation_1=4&pair.dilation_2=4&pair.dilation_3=4&pair.right=4"
        "&pair.down=4"),
    ("index", "Cover the square", "square.side=29&square.dilation_1=1&square.dilation_2=3&square.dilation_3=9"),
    ("misconceptions", "Usage map", "break.kernel_size=3&break.layers=4&break.dilation_1=1&break.dilation_2=3"
        "&break.dilation_3=9&break.dilation_4=9"),
    ("output_sizes", "Size calculator", ""),
    ("output_sizes", "Size calculator", "size.unknown=size&size.out=64&size.stride=16"),
    ("sizes_elsewhere", "Three ways of padding", "same.size=16&same.kernel_size=6&same.stride=1&same.dilation=3"),
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


IN_MOTION = tuple(
    ("gridding", "Cone", f"cone.dilations={dilations}&cone.view={view}&cone.second=1", width)
    for view in ("side", "space", "above")
    for dilations in ("10,10,10,10", "7,8,9,10")
    for width in (1400, 390)
)  # page, widget, address of a state in which most has to move, width of the window


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
    timings = [Timing(name_of(control), painted(page, control)) for control in controls(page, widget)]
    return max(timings, key=lambda timing: timing.p95)


def controls(page, widget):
    """Yield the controls of a widget that can be driven, at their turn: one that was driven may take others away."""
    place = page.locator(".widget-subarea").filter(has=page.locator(f".hdc[aria-label='{widget}']")).first
    for control in place.locator(CONTROLS).element_handles():
        if control.is_visible() and control.is_enabled():
            yield control


def measure(playwright, address, cases=LARGEST):
    """Yield (page, widget, state, Timing) for each largest state."""
    browser = project_browser.launch(playwright, *UNBOUND)
    for chapter, widget, state in cases:
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(f"{address}/book/{chapter}.html?{state}")
        page_driver.wait_until_ready(page)
        page_driver.open_parts(page)
        if any(refused := page.locator(".hdc-notice").all_inner_texts()):
            raise SystemExit(f"{chapter}: {refused}")
        yield chapter, widget, state, slowest(page, widget)
        page.close()
    browser.close()


def motions(playwright, address, cases=IN_MOTION):
    """Yield (widget, state, width, empty, moving): milliseconds of each frame, cleared only and in motion."""
    browser = project_browser.launch(playwright)  # with the display's frames: that is what a reader sees
    for chapter, widget, state, width in cases:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(f"{address}/book/{chapter}.html?{state}")
        page_driver.wait_until_ready(page)
        shown = page.locator(f".hdc[aria-label='{widget}']").first
        shown.scroll_into_view_if_needed()
        times = shown.evaluate(MOTION)
        yield widget, state, width, times["empty"], times["moving"]
        page.close()
    browser.close()


def chosen(cases, wanted):
    """Return the cases whose page or widget is named by one of the words, or all."""
    return [case for case in cases if not wanted or any(word in f"{case[0]} {case[1]}" for word in wanted)]


def rows(wanted):
    """Yield a row for each largest state and each motion: the slowest control, and frames against empty ones."""
    server = serve.open_server(0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        address = f"http://{serve.HOST}:{server.server_port}"
        for _, widget, state, slow in measure(playwright, address, chosen(LARGEST, wanted)):
            frame = "within a frame" if slow.p95 <= FRAME else "longer than a frame"
            words = f"p95 {slow.p95:.1f} ms, {frame}; median {slow.median:.1f}: {state[:50]}"
            yield Row(f"{widget}, {slow.control}", f"{slow.p95 / FRAME:.2f} frames", words)
        for widget, state, width, empty, moving in motions(playwright, address, chosen(IN_MOTION, wanted)):
            still, moved = percentile(empty, 0.95), percentile(moving, 0.95)
            words = f"p95 of a frame {moved:.1f} ms, {still:.1f} of an empty one: {state}"
            yield Row(f"{widget} in motion, {width} px", f"× {moved / still:.2f}", words, moved <= MOVING_SHARE * still)


if __name__ == "__main__":
    given = arguments(words={"nargs": "*", "help": "pages or widgets to measure; all if left out"})
    sys.exit(report(rows(given.words), given.rows))
