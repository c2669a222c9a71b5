import json

import pytest
import traitlets

import hdclib as hdc
from hdclib.widgets import TrainedViewer, trained_panel
from hdclib.widgets.training.trained_viewer import CONDITIONS, SCHEDULES, VIEWS


def test_every_condition_and_schedule_that_was_trained_can_be_chosen():
    trained = [condition for condition in hdc.training.conditions() if condition["data"] != "flat"]
    centre = trained[0]
    chosen = [{**centre, **({"size": 0} if "data" in keywords else {}), **keywords} for keywords in CONDITIONS.values()]
    assert {frozenset(keywords.items()) for keywords in chosen} == {frozenset(keywords.items()) for keywords in trained}
    assert [tuple(map(int, schedule.split())) for schedule in SCHEDULES] == list(hdc.training.scores())
    pictures = TrainedViewer().pictures
    for name, keywords in CONDITIONS.items():
        there = [" ".join(map(str, dilations)) for dilations in hdc.training.scores(**keywords)]
        assert list(pictures[name]["predicted"]) == list(pictures[name]["scores"]) == there


@pytest.mark.parametrize(
    ("label", "values"), [("Condition", CONDITIONS), ("Dilations on the left", SCHEDULES), ("Show", VIEWS)]
)
def test_the_reader_can_choose_every_condition_schedule_and_view(stage, label, values):
    stage.show(trained_panel())
    options = stage.page.get_by_label(label, exact=True).locator("option")
    assert options.evaluate_all("(options) => options.map((option) => option.value)") == list(values)


def test_the_viewer_starts_where_it_is_told_and_is_small():
    viewer = trained_panel("thin", "2 2 2", "1 2 9")
    assert repr(viewer) == "TrainedViewer(condition='thin', first='2 2 2', second='1 2 9', view='predictions')"
    assert len(json.dumps(viewer.pictures)) < 120_000
    scores = viewer.pictures["thin"]["scores"]["1 2 9"]
    assert scores == [list(hdc.training.scores(size=1)[1, 2, 9][name]) for name in ("mean_iou", "boundary_f", "grain")]


@pytest.mark.parametrize("bad", [{"condition": "loud"}, {"first": "2 2"}, {"second": [1, 2, 3]}])
def test_bad_input_is_named(bad):
    with pytest.raises(traitlets.TraitError, match=next(iter(bad))):
        trained_panel(**bad)
