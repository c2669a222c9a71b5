"""hdclib/widgets/sizes/stepper.js and stepper_words.js on a page without a browser."""

import pytest

from hdclib.widgets import Stepper


def test_a_walk_begins_anew_where_its_output_is_gone(node_page):
    node_page.show(Stepper(rows=7, columns=7, at_row=4, at_column=1))
    node_page.set(rows=5)
    state = node_page.told()["state"]
    assert (state["at_row"], state["at_column"]) == (0, 0)


@pytest.mark.parametrize(("rows", "stride", "unread"), [(7, 1, 0), (7, 3, 13), (8, 3, 28)])
def test_inputs_that_no_output_reads_are_counted(node_page, rows, stride, unread):
    node_page.show(Stepper(rows=rows, columns=rows, stride=stride))
    assert (f"{unread} of {rows**2} inputs are read by no output" in node_page.told()["words"]) == (unread > 0)
    assert ("read by no output" in node_page.told()["words"]) == (unread > 0)
