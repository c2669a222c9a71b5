"""Every control of two widgets of each kind, through its ends and its middle: the widget answers and stays whole.

What each widget then shows is held against hdclib by the test of its own chapter.
"""

import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
import widget_kinds

from tools.driving import page_driver

PAGES = list(widget_kinds.chosen())
BROKEN = ("NaN", "undefined", "Infinity", "[object")
LEAVES_PAGE = ("Save", "Copy")  # buttons that make files or use the clipboard


def set_value(control, value):
    control.fill(str(value))
    control.press("Enter")


def through_number(control):
    """A number field at its smallest, middle and largest value; a free one at a plain number."""
    least, most = control.get_attribute("min"), control.get_attribute("max")
    if least is None or most is None:
        set_value(control, 3)
        yield "3"
        return
    low, high = int(float(least)), int(float(most))
    for value in (low, (low + high) // 2, high):
        set_value(control, value)
        yield str(value)


def through_range(control):
    """A range or a slider's handle at both ends and one step inside."""
    for key in ("Home", "ArrowRight", "End", "ArrowLeft"):
        control.press(key)
        yield key


def through_select(control):
    """Every option that can be chosen at its turn: an earlier choice may close some."""
    for value in control.evaluate("(select) => [...select.options].map((option) => option.value)"):
        if control.evaluate("(select, value) => [...select.options].find((o) => o.value === value).disabled", value):
            continue
        control.select_option(value)
        yield value


def through_switch(control):
    for _ in range(2):
        control.press("Space")
        yield "Space"


WORDS_WHEN_DRAWN = """widget => new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() => told({
  text: widget.innerText,
  pictures: [...widget.querySelectorAll("canvas")].map(canvas => canvas.ariaLabel ?? ""),
  states: [...widget.querySelectorAll(".hdc-status")].map(status => status.innerText.trim()),
}))))"""


def whole(widget):
    """No broken text in the widget, and no picture without a text alternative."""
    found = widget.evaluate(WORDS_WHEN_DRAWN)
    assert not [word for word in BROKEN if word in found["text"]], found["text"]
    assert all(len(label) > 10 for label in found["pictures"])
    assert all(found["states"])


def through_text(control):
    """A field for words or numbers: empty, nonsense, and a number."""
    for words in ("", "x", "3"):
        set_value(control, words)
        yield words


KINDS = {
    "[role=slider]": through_range,
    "input[type=range]": through_range,
    "input[type=number]": through_number,
    "select": through_select,
    "input[type=checkbox]": through_switch,
    "input[type=radio]": through_switch,
    "input[type=text]": through_text,
}


def test_each_kind_of_widget_is_driven_twice_where_there_are_two():
    shown = widget_kinds.shown()
    every = Counter(kind for kinds in shown.values() for kind in kinds)
    driven = Counter(shown[path][place] for path, places in widget_kinds.chosen().items() for place in places)
    assert driven == {kind: min(many, 2) for kind, many in every.items()} and len(every) >= 25
    assert every.most_common(1)[0][1] > 20  # questions


@pytest.mark.parametrize("path", PAGES)
def test_every_control_works_through_its_ends_and_middle(visit, path):
    page = visit.open(path)
    driven = 0
    for place in widget_kinds.standing(page, path):
        for selector, drive in KINDS.items():
            for control in place.locator(selector).all():
                if control.is_visible() and control.is_enabled():
                    driven += 1
                    for step in drive(control):
                        whole(place)
                        assert visit.complaints == [], (selector, control.get_attribute("aria-label"), step)
    assert driven > 0
    assert visit.foreign() == []


@pytest.mark.parametrize("path", PAGES)
def test_every_button_can_be_pressed_by_keyboard(visit, path):
    page, pressed = visit.open(path), 0
    places = widget_kinds.standing(page, path)
    for button in [button for place in places for button in place.locator("button").all()]:
        words = button.inner_text()
        if button.is_visible() and button.is_enabled() and not words.startswith(LEAVES_PAGE):
            button.press("Enter")
            page_driver.wait_for_paint(page)
            pressed += 1
    assert pressed > 0
    for place in places:
        whole(place)
    assert visit.complaints == []


LABELS = """(button) => {
  const pictures = [...button.closest(".hdc").querySelectorAll("canvas")];
  return pictures.map((picture) => picture.getAttribute("aria-label"));
}"""


# A second file from one click, which a browser may refuse, would be made before this one.
LAST_FILE = "() => new Promise((done) => document.createElement('canvas').toBlob(() => done()))"
PICTURES = ".hdc:has(> .hdc-body canvas)"


def written_in(svg):
    """The words that a reader of the picture sees, in one line."""
    return " ".join(unescape(words) for words in re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode()))


@pytest.mark.parametrize("path", PAGES)
def test_each_save_button_gives_one_file_of_its_kind(visit, path):
    page, pressed = visit.open(path), 0
    places = widget_kinds.standing(page, path)
    for menu in [menu for place in places for menu in place.get_by_text("Save or copy", exact=True).all()]:
        menu.press("Enter")
    for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        for button in [one for place in places for one in place.get_by_role("button", name=f"Save {kind}").all()]:
            pressed += 1
            with page.expect_download() as waiting:
                button.click()
            assert waiting.value.suggested_filename.endswith(f".{kind.lower()}")
            file = Path(waiting.value.path()).read_bytes()
            assert file.startswith(start)
            if kind == "SVG":
                for label in button.evaluate(LABELS):
                    assert label.split(". ", 1)[1] in written_in(file)
    page.evaluate(LAST_FILE)
    page_driver.wait_for_paint(page)
    assert len(visit.downloads) == pressed == 2 * sum(place.locator(PICTURES).count() for place in places)
    assert visit.complaints == []
