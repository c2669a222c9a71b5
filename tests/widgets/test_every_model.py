"""What holds for every widget: its script follows each trait, allows what Python allows, and lets go when it closes."""

import re
from urllib.parse import urlencode

import pytest
import traitlets
from scripts import SCRIPTS

import hdclib.widgets as widgets
from hdclib.signal.figures import small_face
from hdclib.widgets.kit.base import PageWidget
from hdclib.widgets.kit.bounds import BoundedList
from hdclib.widgets.kit.turns import InTurn
from hdclib.widgets.questions.predictions import Outcome, Prediction
from hdclib.widgets.questions.questions import Question, StackQuestion
from hdclib.widgets.training.seed_pairs import SETTINGS
from hdclib.widgets.training.trained_viewer import CONDITIONS

#: Not the classes that traitlets derives for an instance.
EVERY = [cls for base in (PageWidget, InTurn) for cls in base.__subclasses__() if "script" in vars(cls)]

#: State in which every trait matters, where the class's own does not do.
STARTS = {
    "Cone": {"picture": "photograph", "photograph": widgets.cone_panel([2]).photograph},
    "DistanceWalk": {"dilations": [1, 2, 5]},
    "OrderComparer": {"first": [1, 2, 5], "second": [5, 2, 1]},
    "PredictDistance": {"stacks": [[1, 2, 5], [2, 3], [1, 2, 9]]},
    "Sentences": {"sentences": [[f"{a} is odd.", a % 2 == 1, "Divide."] for a in (1, 2, 3)]},
    "PoolingView": {"pixels": widgets.pooling_panel(small_face()).picture.pixels},
    "RuleExplorer": {"largest": 5},
    "Stepper": {
        "operation": "transposed", "rows": 3, "columns": 3, "stride": 2, "axes": "apart", "column_stride": 2,
        "values": "photograph", "weights": "own", "photograph": widgets.stepper_panel().picture.photograph,
    },
    "SizeCalculator": {"operation": "conv_transpose", "unknown": "size", "stride": 2},
    "UNetSizes": {"padded": False, "join": "crop"},
    "Question": {"label": "How many?", "otherwise": "No.", "feedback": {"3": [True, "Yes."]}},
    "StackQuestion": {"label": "Which?", "conditions": [["holes", "=", 0]], "right": "Yes.", "hint": "No."},
    "Prediction": {"label": "How many?"},
}  # fmt: skip
#: Other values of traits without bounds.
OTHERS = {
    ("BellCurve", "schedules"): {name: [3] * 8 for name in widgets.BellCurve().schedules},
    ("Cone", "photograph"): "AAAA" * 1365 + "AA==",
    ("PredictDistance", "stacks"): [[7, 8]],
    ("Sentences", "sentences"): [["4 is odd.", False, "Divide."]],
    ("Stepper", "photograph"): "AAAA" * 85 + "AA==",
    ("PoolingView", "pixels"): "AAAA" * 1365 + "AA==",
    ("SeedPairs", "settings"): dict.fromkeys(SETTINGS, widgets.SeedPairs().settings["1500-steps"]),
    ("TrainedViewer", "pictures"): dict.fromkeys(CONDITIONS, widgets.TrainedViewer().pictures["thin"]),
    ("Question", "label"): "What?",
    ("Question", "options"): ["yes", "no"],
    ("StackQuestion", "label"): "What?",
    ("Prediction", "label"): "What?",
    ("Prediction", "options"): ["yes", "no"],
}
#: What is said of an answer or a guess: tests/widgets/questions gives one.
HEARD_WHEN_ANSWERED = {
    ("Question", "feedback"), ("Question", "decimals"), ("Question", "otherwise"),
    *(("StackQuestion", name) for name in StackQuestion.own_traits() if name != "label"),
    *(("Outcome", name) for name in Outcome.own_traits()),
}  # fmt: skip


def start(cls, **state):
    return cls(**STARTS.get(cls.__name__, {}) | state)


def own(cls):
    return [name for name in cls.own_traits() if name != "key"]


def bounded(cls):
    return [name for name in own(cls) if start(cls).bounds.get(name)]


def ends(widget, name):
    """The least and the largest value of a trait, by its definition."""
    trait = widget.traits()[name]
    if isinstance(trait, BoundedList):
        least, most = ends_of(trait.entry)
        return [least] * trait.fewest, [most] * trait.most
    if name == "turn":
        return 1, widget.bounds[name]["max"]
    return ends_of(trait)


def ends_of(trait):
    if isinstance(trait, traitlets.Enum):
        return trait.values[0], trait.values[-1]
    return (False, True) if isinstance(trait, traitlets.Bool) else (trait.min, trait.max)


def beyond(widget, name):
    """Values of a trait that are not allowed, next to those that are."""
    trait = widget.traits()[name]
    least, most = ends(widget, name)
    if isinstance(trait, BoundedList):
        numbers = isinstance(trait.entry, traitlets.Int)
        wrong = [[least[0] - 1, *least[1:]], [*most[:-1], most[-1] + 1]] if numbers else [["nonsense", *least[1:]]]
        return [*wrong, [*most, most[0]], least[:-1] or [""]]
    return [least - 1, most + 1] if isinstance(least, int) and not isinstance(trait, traitlets.Bool) else ["nonsense"]


def written(value):
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def address(values):
    return "?" + urlencode({f"mine.{name}": written(value) for name, value in values.items()})


def others(widget, name):
    """Allowed values of a trait that differ from the present one."""
    if (type(widget).__mro__[1].__name__, name) in OTHERS:
        return [OTHERS[type(widget).__mro__[1].__name__, name]]
    trait = widget.traits()[name]
    found = list(trait.values) if isinstance(trait, traitlets.Enum) else list(ends(widget, name))
    if isinstance(trait, traitlets.Int) and not isinstance(trait, traitlets.Bool):
        found.append(found[0] + 1)  # where the ends depend on other traits
    return [value for value in found if value != getattr(widget, name)]


def test_every_widget_of_the_book_is_here():
    assert len(EVERY) == 30
    assert {cls.__name__ for cls in EVERY} >= {name for name in widgets.__all__ if name[0].isupper()}


@pytest.mark.parametrize("cls", EVERY)
def test_the_script_follows_each_trait_and_lets_go_when_it_closes(stage, cls):
    widget = start(cls)
    for name in own(cls):
        if (cls.__name__, name) in HEARD_WHEN_ANSWERED:
            continue
        for value in others(widget, name):
            stage.show(widget)
            if stage.ask("change", [name, value]):
                break
        else:
            pytest.fail(f"{cls.__name__} shows nothing new when {name} changes")
    assert stage.ask("closed")


@pytest.mark.parametrize("cls", [cls for cls in EVERY if cls not in (Question, StackQuestion, Prediction, Outcome)])
def test_the_address_may_say_what_python_allows_and_nothing_else(stage, cls):
    widget = start(cls, key="mine")
    for end in (0, 1):
        values = {name: ends(widget, name)[end] for name in bounded(cls)}
        assert values, "a widget without bounds"
        for name, value in values.items():
            setattr(start(cls), name, value)
        sets = stage.show(widget, address(values))
        assert [sets.count([name, value]) > 0 for name, value in values.items()] == [True] * len(values), values
        assert "not followed" not in stage.ask("notice")
    for turn in range(4):
        values = {name: (beyond(widget, name) * 4)[turn] for name in bounded(cls)}
        for name, value in values.items():
            with pytest.raises((traitlets.TraitError, ValueError)):
                setattr(start(cls), name, value)
        sets = stage.show(widget, address(values))
        assert not [name for name, value in values.items() if [name, value] in sets], values
        notice = stage.ask("notice")
        assert [f"mine.{name}=" in notice for name in values] == [True] * len(values), notice


@pytest.mark.parametrize("cls", [cls for cls in EVERY if cls not in (Question, StackQuestion, Prediction, Outcome)])
@pytest.mark.parametrize("end", [0, 1])
def test_reset_leads_back_to_how_the_page_began_also_from_an_address(stage, cls, end):
    widget = start(cls, key="mine")
    values = {name: ends(widget, name)[end] for name in bounded(cls)}
    for search in ("", address(values)):
        stage.show(widget, search)
        state = stage.ask("changeAndPress", [values, "Reset"])
        assert {name: state[name] for name in values} == {name: getattr(widget, name) for name in values}


@pytest.mark.parametrize("cls", EVERY)
def test_the_bounds_stand_in_python_alone(cls):
    widget = start(cls)
    for name in bounded(cls):
        trait = widget.traits()[name]
        least, most = ends_of(trait.entry if isinstance(trait, BoundedList) else trait)
        found = widget.bounds[name]
        if name != "turn":
            assert (found["min"], found["max"]) == (least, most) if "min" in found else least in found["options"]
    assert not re.search(r"\bmin: -?\d+, max: -?\d+|\boptions: \[", (SCRIPTS / cls.script).read_text(encoding="utf-8"))
    with pytest.raises(traitlets.TraitError, match="read-only"):
        widget.bounds = {}


@pytest.mark.parametrize("cls", EVERY)
def test_an_unknown_trait_is_refused_by_name(cls):
    with pytest.raises(TypeError, match=f"^{cls.__name__} has no 'dilaton'; it has key, "):
        start(cls, dilaton=1)
    with pytest.raises(TypeError, match="has no 'bounds'"):
        start(cls, bounds={})


@pytest.mark.parametrize("cls", EVERY)
def test_the_words_for_a_widget_are_those_that_make_it(cls):
    widget = start(cls)
    assert repr(widget) == repr(start(cls))
    assert repr(eval(repr(widget), {cls.__name__: cls})) == repr(widget)
    assert len({id(widget), id(start(cls))}) == 2 and "0x" not in repr(widget)


FORMER = [(cls, name) for cls in EVERY for name in own(cls) if start(cls).bounds.get(name, {}).get("formerly")]


@pytest.mark.parametrize(("cls", "name"), FORMER)
def test_addresses_from_before_lists_were_lists_still_open(stage, cls, name):
    widget = start(cls, key="mine")
    bounds, least_most = widget.bounds[name], ends_of(widget.traits()[name].entry)
    formerly, now = bounds["formerly"], getattr(widget, name)
    for place, value in enumerate(now):
        for end in least_most:
            sets = stage.show(widget, f"?mine.{formerly['entry']}_{place + 1}={end}")
            assert [name, [*now[:place], end, *now[place + 1 :]]] in sets, (place, value)
    if "length" in formerly:
        most = bounds["most"]
        sets = stage.show(widget, f"?mine.{formerly['entry']}_{most}={least_most[1]}&mine.{formerly['length']}={most}")
        assert [name, [*now, *bounds["spare"][len(now) :]][: most - 1] + [least_most[1]]] in sets
        stage.show(widget, f"?mine.{formerly['length']}={bounds['fewest']}")
        assert stage.ask("state", name) == now[: bounds["fewest"]]
        stage.show(widget, f"?mine.{formerly['length']}={most + 1}")
        allowed = f"a whole number from {bounds['fewest']} to {most}"
        assert f"mine.{formerly['length']}={most + 1} is not {allowed}" in stage.ask("notice")
    stage.show(widget, f"?mine.{formerly['entry']}_{bounds['most'] + 1}=1")
    assert "is not known here" in stage.ask("notice")
    stage.show(widget, f"?mine.{formerly['entry']}_1=nonsense&mine.{name}={written(now)}")
    assert f"mine.{formerly['entry']}_1=nonsense is not " in stage.ask("notice")
