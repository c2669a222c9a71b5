"""Drive a page of the built book in Chromium: wait for what happens, never for a length of time.

A machine that is busy makes every fixed wait too short. The page's policy refuses text that has to be evaluated, so
what the page is asked is a function.
"""

VIEW = 'script[type="application/vnd.jupyter.widget-view+json"]'
READY = "(view) => document.documentElement.dataset.widgets === 'ready' || !document.querySelector(view)"
IDLE = """() => document.fonts.ready.then(() => new Promise((done) => {
  requestIdleCallback(() => done(), { timeout: 1000 }); // a page that draws no frame is never said to be idle
}))"""
OPEN_PARTS = """() => document.querySelectorAll("details.hdc-closed:has(.widget-subarea)").forEach((part) => {
  part.open = true;
})"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
ADDRESS_HOLDS = """(wanted) => {
  const held = new URLSearchParams(window.location.search);
  return Object.entries(wanted).every(([name, value]) => held.get(name) === value);
}"""


def wait_until_ready(page):
    """Wait until the widgets of the page, if it has any, are shown."""
    page.wait_for_function(READY, arg=VIEW)


def open_parts(page):
    """Open the closed parts that hold a widget: only then can it be seen, and so driven."""
    page.evaluate(OPEN_PARTS)


def wait_until_idle(page):
    """Wait until the page's fonts are there and it has nothing to do."""
    page.evaluate(IDLE)


def wait_for_paint(page):
    """Wait until what the last key or choice changed is drawn: the next frame, and the one after it."""
    page.evaluate(TWO_FRAMES)


def wait_for_address(page, state):
    """Wait until the page's address holds each name of `state` with its value."""
    page.wait_for_function(ADDRESS_HOLDS, arg=state)


def come_back(page):
    """Load the page again by its address, and wait until its widgets are shown."""
    page.reload()
    wait_until_ready(page)


def handle(page, place, name):
    """Return the slider called `name` in the same panel as the picture at the selector `place`."""
    panel = page.locator(".widget-box").filter(has=page.locator(place)).first
    return panel.get_by_role("slider", name=name, exact=True)


def value(page, place, name):
    """Return the whole number that such a slider says."""
    return int(handle(page, place, name).get_attribute("aria-valuetext"))


def data(page, place, name):
    """Return what the picture at `place` keeps in its dataset under `name`, once it is painted."""
    wait_for_paint(page)
    return page.locator(place).get_attribute(f"data-{name}")


def shown(page, place, *names):
    """Return the numbers of these names that the widget at a place shows now."""
    wait_for_paint(page)
    data = page.locator(place).evaluate("(el) => ({ ...el.dataset })")
    return [float(data[name]) for name in names]


def words(page, place):
    """Return the sentence that the picture at `place` says to screen readers."""
    return page.locator(f"{place} .hdc-status").inner_text()


def in_menu(widget, name):
    """Open a widget's menu of exports if it is closed; return its button of that name."""
    menu = widget.locator(".hdc-menu")
    if menu.get_attribute("open") is None:
        menu.locator("summary").press("Enter")
    return menu.get_by_role("button", name=name)
