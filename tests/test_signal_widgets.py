import pytest
import traitlets

from hdclib.scenes import KINDS
from hdclib.widgets import BellCurve, FrequencyExplorer, ImageLab, bell_panel, frequency_panel, image_lab_panel
from hdclib.widgets.bell_curve import SCHEDULES
from hdclib.widgets.page_script import SCRIPTS, page_script

WIDGETS = [BellCurve, FrequencyExplorer, ImageLab]


@pytest.mark.parametrize("widget", WIDGETS)
def test_the_script_knows_every_trait(widget):
    text = (SCRIPTS / widget.script).read_text(encoding="utf-8")
    for trait in set(widget.own_traits()) - {"key"}:
        known = f'"{trait}"' in text or f"{trait[:-1]}${{number}}" in text
        assert known, trait


@pytest.mark.parametrize("widget", WIDGETS)
def test_the_joined_script_defines_each_name_once(widget):
    lines = page_script(widget.script).splitlines()
    names = [line.split("(")[0].split()[-1] for line in lines if line.startswith(("function ", "async function "))]
    assert len(names) == len(set(names))


def test_panels_start_where_they_are_told():
    lab = image_lab_panel([1, 2, 5], kind="line", noise=0).picture
    assert repr(lab) == "ImageLab(kind='line', noise=0, dilation_1=1, dilation_2=2, dilation_3=5)"
    two = frequency_panel([2, 4]).picture
    assert (two.layers, two.dilation_1, two.dilation_2, two.display_3) == (2, 2, 4, "none")
    assert bell_panel(5, "tripling").picture.schedules["tripling"][:5] == [1, 3, 9, 27, 81]


def test_sliders_and_traits_move_each_other_in_the_page():
    for panel, count in ((image_lab_panel([2, 2, 2]), 4), (frequency_panel([2, 2, 2]), 4), (bell_panel(), 1)):
        assert len(panel.children[0].children) == count


def test_every_schedule_is_long_enough_and_named_in_the_script():
    text = (SCRIPTS / "bell_curve.js").read_text(encoding="utf-8")
    for name, dilations in SCHEDULES.items():
        assert len(dilations) == 8 and f"  {name}: " in text
    lab = (SCRIPTS / "image_lab.js").read_text(encoding="utf-8")
    assert all(f"  {kind}: " in lab for kind in KINDS)


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda: image_lab_panel([1, 2]), ValueError, "dilations must have 3 entries, got 2"),
        (lambda: image_lab_panel([1, 2, 10]), traitlets.TraitError, "dilation_3"),
        (lambda: image_lab_panel([1, 2, 3], kind="cat"), traitlets.TraitError, "kind"),
        (lambda: frequency_panel([1, 2, 3, 4]), ValueError, "dilations has 4 entries, at most 3"),
        (lambda: bell_panel(9), traitlets.TraitError, "layers"),
        (lambda: bell_panel(schedule="cubes"), traitlets.TraitError, "schedule"),
    ],
)
def test_bad_input_is_named(make, kind, words):
    with pytest.raises(kind, match=words):
        make()
