"""What `make bench` drives is there to be driven: each widget that it names, by a control that can be seen."""

import pytest

from benchmarks.widgets import IN_MOTION, LARGEST, controls

CHAPTERS = sorted({chapter for chapter, *_ in LARGEST + IN_MOTION})


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_widget_that_is_timed_can_be_driven(visit, chapter):
    page = visit.open(f"book/{chapter}.html")
    timed = {widget for where, widget, *_ in LARGEST + IN_MOTION if where == chapter}
    assert [widget for widget in timed if not any(controls(page, widget))] == []
