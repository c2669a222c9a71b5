"""Drive a page of the built book in Chromium: wait for what happens, never for a length of time.

A machine that is busy makes every fixed wait too short. The page's policy refuses text that has to be evaluated, so
what the page is asked is a function.
"""

READY = "() => document.documentElement.dataset.widgets === 'ready'"
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
ADDRESS_HOLDS = """(wanted) => {
  const held = new URLSearchParams(window.location.search);
  return Object.entries(wanted).every(([name, value]) => held.get(name) === value);
}"""


def wait_until_ready(page):
    """Wait until the widgets of the page are shown."""
    page.wait_for_function(READY)


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
