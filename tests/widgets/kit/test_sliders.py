"""Sliders joined to a list: the models as the page has them, moved by their script without a kernel."""

import json

import pytest
import traitlets

from hdclib.widgets import UsageMap, stepper_panel, usage_map_panel
from hdclib.widgets.kit.bounds import BoundedList, bounds_of
from hdclib.widgets.kit.sliders import ShownWhen, SliderStack


def moved(stage, target, sliders, depth, *moves):
    given = {"esm": SliderStack._esm, "target": target, "sliders": sliders, "depth": depth, "moves": moves}
    return stage.ask("moveSliders", json.loads(json.dumps(given)))


def test_a_slider_moves_its_entry_and_the_list_moves_the_sliders(stage):
    first, second, left = moved(stage, [2, 2, 2], [2, 2, 2], None, ("slider1", 7), ("target", [1, 5, 9]))
    assert first["list"] == [2, 7, 2] and second["values"] == [1, 5, 9] and second["shown"] == ["flex"] * 3
    assert left == 0  # what closes lets go


def test_the_number_of_layers_cuts_and_lengthens_the_list_and_hidden_sliders_keep_their_value(stage):
    moves = ("slider2", 8), ("depth", 1), ("slider0", 4), ("depth", 4)
    *states, _ = moved(stage, [1, 2, 3], [1, 2, 3, 9], 3, *moves)
    assert [state["list"] for state in states] == [[1, 2, 8], [1], [4], [4, 2, 8, 9]]
    assert states[1]["shown"] == ["flex", "none", "none", "none"] and states[3]["shown"] == ["flex"] * 4


def test_a_list_of_another_length_is_not_cut_by_the_sliders_that_follow_it(stage):
    longer, shorter, _ = moved(stage, [1, 2], [1, 2, 3, 4], 2, ("target", [5, 6, 7, 8]), ("target", [9]))
    assert (longer["list"], longer["depth"], longer["values"]) == ([5, 6, 7, 8], 4, [5, 6, 7, 8])
    assert (shorter["list"], shorter["depth"], shorter["values"]) == ([9], 1, [9, 6, 7, 8])


def test_the_sliders_of_a_panel_have_names_bounds_and_the_starts_of_layers_to_come():
    layers, *_, first, second, third, fourth = usage_map_panel([7, 5]).children[0].children
    assert (layers.description, layers.value, layers.min, layers.max) == ("Layers", 2, 1, 4)
    sliders = [first, second, third, fourth]
    assert [slider.description for slider in sliders] == [f"Dilation {number}" for number in range(1, 5)]
    assert [slider.value for slider in sliders] == [7, 5, 2, 1]
    assert [(slider.min, slider.max) for slider in sliders] == [(1, 9)] * 4
    assert [slider.layout.display for slider in sliders] == [None, None, "none", "none"]


def test_a_slider_is_shown_while_the_trait_has_its_value(stage):
    moves = ["convolution", "transposed", "convolution"]
    assert stage.ask("showOne", {"esm": ShownWhen._esm, "moves": moves}) == ["none", "flex", "none", 0]
    for operation, display in (("convolution", "none"), ("transposed", "flex")):
        sliders = {slider.description: slider for slider in stepper_panel(operation=operation).children[0].children}
        assert sliders["Output padding"].layout.display == display


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1, 10], r"^dilations\[1\] must be a whole number from 1 to 9, got 10$"),
        (["2"], r"^dilations\[0\] must be a whole number from 1 to 9, got '2'$"),
        ([], "length"),
        ([1] * 5, "length"),
        (3, "dilations"),
    ],
)
def test_a_list_that_is_not_allowed_is_refused_by_name(value, message):
    with pytest.raises(traitlets.TraitError, match=message):
        UsageMap(dilations=value)


def test_a_trait_without_both_ends_has_no_bounds():
    assert bounds_of(traitlets.Int(min=1)) == bounds_of(traitlets.Unicode()) == {}
    assert bounds_of(traitlets.Bool()) == {"options": [True, False]}
    words = BoundedList(traitlets.Enum(("a", "b")), ["a"], 1, 2)
    assert bounds_of(words) == {"options": ["a", "b"], "fewest": 1, "most": 2, "spare": ["a"], "formerly": {}}
