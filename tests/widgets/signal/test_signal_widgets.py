import pytest
import traitlets

from hdclib.signal.pictures import KINDS
from hdclib.widgets import BellCurve, ImageLab, bell_panel, frequency_panel, image_lab_panel
from hdclib.widgets.signal.bell_curve import SCHEDULES


def test_panels_start_where_they_are_told():
    lab = image_lab_panel([1, 2, 5], kind="line", noise=0).picture
    assert repr(lab) == "ImageLab(kind='line', noise=0, dilations=[1, 2, 5])"
    assert frequency_panel([2, 4]).picture.dilations == [2, 4]
    assert bell_panel(5, "tripling").picture.schedules["tripling"][:5] == [1, 3, 9, 27, 81]


@pytest.mark.parametrize(
    ("panel", "sliders"),
    [
        (image_lab_panel([2, 3, 4], noise=7), {"Noise, in %": 7, "Dilation 1": 2, "Dilation 2": 3, "Dilation 3": 4}),
        (frequency_panel([5, 6]), {"Layers": 2, "Dilation 1": 5, "Dilation 2": 6, "Dilation 3": 2}),
        (bell_panel(4), {"Layers": 4}),
    ],
    ids=["lab", "frequency", "bell"],
)
def test_each_slider_says_what_it_moves_and_starts_there(panel, sliders):
    assert {slider.description: slider.value for slider in panel.children[0].children} == sliders


def test_every_schedule_is_long_enough_and_every_kind_can_be_chosen():
    assert {name: len(dilations) for name, dilations in SCHEDULES.items()} == dict.fromkeys(SCHEDULES, 8)
    assert BellCurve().bounds["schedule"]["options"] == list(SCHEDULES)
    assert ImageLab().bounds["kind"]["options"] == list(KINDS)


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda: image_lab_panel([1, 2]), ValueError, "dilations must have 3 entries, got 2"),
        (
            lambda: image_lab_panel([1, 2, 10]),
            traitlets.TraitError,
            r"dilations\[2\] must be a whole number from 1 to 9",
        ),
        (lambda: image_lab_panel([1, 2, 3], kind="cat"), traitlets.TraitError, "kind"),
        (lambda: frequency_panel([1, 2, 3, 4]), ValueError, "dilations has 4 entries, at most 3"),
        (lambda: bell_panel(9), traitlets.TraitError, "layers"),
        (lambda: bell_panel(schedule="cubes"), traitlets.TraitError, "schedule"),
    ],
)
def test_bad_input_is_named(make, kind, words):
    with pytest.raises(kind, match=words):
        make()
