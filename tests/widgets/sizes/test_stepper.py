"""The stepper's traits, and the figures of its chapter by what they draw."""

import matplotlib.pyplot as plt
import pytest
import traitlets

from hdclib.sizes.figures import plot_read_panels, plot_tap_panels, plot_taps, plot_worked_rows
from hdclib.widgets import Stepper, stepper_panel


def test_the_output_size_is_that_of_the_layer():
    assert Stepper(dilation=2, padding=1).output_size == (5, 5)
    assert Stepper(rows=4, kernel_rows=2, columns=9, kernel_columns=5, dilation=2).output_size == (2, 1)
    assert Stepper(operation="transposed", rows=4, stride=2, padding=1, output_padding=1).output_size == (8, 14)


@pytest.mark.parametrize(
    ("state", "kind", "message"),
    [
        ({"dilation": 4}, ValueError, "^the kernel spans 9 samples"),
        ({"dilation": 0}, traitlets.TraitError, "dilation"),
        ({"operation": "pool"}, traitlets.TraitError, "operation"),
        ({"at_row": 5}, ValueError, "^at_row=5, at_column=0 is no cell of an output of 5 × 5$"),
        ({"dilations": 2}, TypeError, "^Stepper has no 'dilations'"),
    ],
)
def test_a_start_that_cannot_be_is_refused(state, kind, message):
    with pytest.raises(kind, match=message):
        stepper_panel(**state)


def test_a_slider_moves_the_trait_of_its_name():
    panel = stepper_panel(dilation=2)
    sliders = panel.children[0].children
    names = [slider.description.lower().replace(" ", "_").removeprefix("input_") for slider in sliders]
    assert names == [*Stepper.own_traits()[2:10], "column_stride", "column_padding", "column_dilation"]
    for name, slider in zip(names, sliders, strict=True):
        assert slider.value == getattr(panel.picture, name)
        assert (slider.min, slider.max) == (panel.picture.traits()[name].min, panel.picture.traits()[name].max)


def test_the_largest_output_is_within_the_bounds_of_the_cell():
    traits = Stepper().traits()
    most = {name: traits[name].max for name in Stepper.own_traits() if isinstance(traits[name], traitlets.Int)}
    largest = Stepper(operation="transposed", **most | {"padding": 0}).output_size
    widest = Stepper(**most | {"kernel_rows": 1, "kernel_columns": 1, "stride": 1}).output_size
    assert max(*largest, *widest) == most["at_row"] + 1


def words_in(ax):
    return [text.get_text() for text in ax.texts]


def test_taps_are_numbered_in_reading_order_and_padding_is_open():
    ax = plot_taps([-1, 1], [-1, 1, 3], (4, 5), padding=1)
    assert words_in(ax) == ["1", "2", "3", "4", "5", "6"]
    colours = [text.get_color() for text in ax.texts]
    assert colours == ["black", "black", "black", "black", "white", "white"]
    places = [text.get_position() for text in ax.texts]
    assert places == [(column, row) for row in (-1, 1) for column in (-1, 1, 3)]
    plt.close("all")


def test_a_worked_row_shows_each_weight_under_its_input():
    ax = plot_worked_rows([3, 1, 4], [{0: 1, 2: -1}], [-1])
    assert words_in(ax) == ["3", "1", "4", "+1", "−1", "= −1"]
    assert [text.get_position()[0] for text in ax.texts][:5] == [0, 1, 2, 0, 2]
    plt.close("all")


def test_panels_share_a_scale():
    taps = plot_tap_panels([{"rows": [0], "columns": [0, 2], "shape": (3, 3), "title": "a"}] * 2)
    assert [ax.get_title() for ax in taps] == ["a", "a"]
    reads = plot_read_panels([("a", [[-1, 0, 1], [0, 1, 2]]), ("b", [[0, 1, 2]])], size=3)
    assert reads[0].get_xlim() == reads[1].get_xlim()
    open_marks = [line for line in reads[0].lines if line.get_markerfacecolor() == "white"]
    assert [list(line.get_xdata()) for line in open_marks] == [[-1]]
    plt.close("all")
