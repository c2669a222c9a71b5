import json

import pytest
import traitlets

import hdclib as hdc
from hdclib.widgets import TrainedViewer, trained_panel
from hdclib.widgets.page_script import SCRIPTS, page_script
from hdclib.widgets.trained_viewer import CONDITIONS, SCHEDULES, VIEWS


def test_every_condition_and_schedule_that_was_trained_can_be_chosen():
    trained = [condition for condition in hdc.trained_conditions() if condition["data"] != "flat"]
    centre = trained[0]
    chosen = [{**centre, **({"size": 0} if "data" in keywords else {}), **keywords} for keywords in CONDITIONS.values()]
    assert {frozenset(keywords.items()) for keywords in chosen} == {frozenset(keywords.items()) for keywords in trained}
    assert [tuple(map(int, schedule.split())) for schedule in SCHEDULES] == list(hdc.trained())


def test_the_script_knows_every_trait_and_choice():
    text = (SCRIPTS / TrainedViewer.script).read_text(encoding="utf-8")
    assert all(f'"{trait}"' in text for trait in set(TrainedViewer.own_traits()) - {"key"})
    assert all(f"  {name}: " in text or f'  "{name}": ' in text for name in CONDITIONS)
    assert all(f'"{schedule}"' in text for schedule in SCHEDULES)
    assert all(f" {view}: " in text for view in VIEWS)


def test_the_joined_script_defines_each_name_once():
    lines = page_script(TrainedViewer.script).splitlines()
    names = [line.split("(")[0].split()[-1] for line in lines if line.startswith(("function ", "async function "))]
    assert len(names) == len(set(names))


def test_the_viewer_starts_where_it_is_told_and_is_small():
    viewer = trained_panel("thin", "2 4 8", "1 3 9")
    assert repr(viewer) == "TrainedViewer(condition='thin', first='2 4 8', second='1 3 9', view='predictions')"
    assert len(json.dumps(viewer.pictures)) < 120_000
    scores = viewer.pictures["thin"]["scores"]["2 4 8"]
    assert scores == [list(hdc.trained(size=1)[2, 4, 8][name]) for name in ("mean_iou", "boundary_f", "grain")]


@pytest.mark.parametrize("bad", [{"condition": "loud"}, {"first": "2 2"}, {"second": [1, 2, 3]}])
def test_bad_input_is_named(bad):
    with pytest.raises(traitlets.TraitError, match=next(iter(bad))):
        trained_panel(**bad)
