"""What each widget draws and says in a few states is what is stored; without a browser."""

import difflib

import drawings
import pytest
from test_every_model import EVERY


@pytest.mark.parametrize("name", drawings.STATES)
def test_a_widget_draws_and_says_what_is_stored(node_page, name):
    stored = drawings.path_of(name).read_text(encoding="utf-8")
    now = drawings.drawn(node_page, name)
    changes = list(difflib.unified_diff(stored.splitlines(), now.splitlines(), lineterm="", n=0))
    assert not changes, f"`make drawings` stores what is drawn now; it differs from what is stored:\n{changes[:20]}"


def test_every_widget_has_a_drawing_and_every_drawing_a_state():
    shown = {type(make()).__mro__[1].__name__ for make, *_ in drawings.STATES.values()}
    assert shown == {cls.__name__ for cls in EVERY}
    stored = {path.name for path in drawings.FOLDER.iterdir()}
    assert stored == {drawings.path_of(name).name for name in drawings.STATES}
