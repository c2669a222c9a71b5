"""The widgets of the chapters on the rules: traits and bounds."""

import pytest
import traitlets

from hdclib.widgets import compare_orders, distance_drill, distance_walk_panel, lattice_viewer_panel


def test_panels_start_where_they_are_told():
    panel = distance_walk_panel([1, 5, 2, 7])
    assert panel.picture.dilations == [1, 5, 2, 7] and panel.picture.step == 1
    shown = {slider.description: slider.layout.display for slider in panel.children[0].children}
    assert (shown["Dilation 4"], shown["Dilation 5"]) == (None, "none")
    assert repr(lattice_viewer_panel([2, 4, 6])) == ("Panel(LatticeViewer(dilations=[2, 4, 6], repeats=1))")
    assert repr(compare_orders([1, 2], [2, 1])) == "OrderComparer(first=[1, 2], second=[2, 1], view='down', step=9)"
    assert distance_drill([(1, 2, 5)]).stacks == [[1, 2, 5]]


def test_what_is_out_of_range_is_refused():
    with pytest.raises(ValueError, match=r"^dilations must have 2 to 5 entries, got 1$"):
        distance_walk_panel([3])
    with pytest.raises(ValueError, match=r"^dilations must have 3 entries, got 2$"):
        lattice_viewer_panel([1, 2])
    with pytest.raises(ValueError, match=r"^each of stacks must have at least 2 dilations, got \[4\]$"):
        distance_drill([[4]])
    with pytest.raises(traitlets.TraitError):
        compare_orders([1, 10], [1])
    with pytest.raises(traitlets.TraitError):
        distance_walk_panel([1, 10])
    with pytest.raises(ValueError, match="at least 1, got 0"):
        compare_orders([0], [1])
