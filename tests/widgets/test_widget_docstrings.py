"""What widgets, questions and exercises take and raise stands in their docstrings, and is tried out."""

import inspect
import re

import numpy as np
import pytest
import traitlets

import hdclib.widgets as widgets
from hdclib.rules.exercises import Condition, check_stack

MADE = {name: getattr(widgets, name) for name in widgets.__all__ if name.islower()}
MADE |= {"Condition": Condition, "check_stack": check_stack}
BAD = (0, -1, 1.5, None, 1000, float("nan"), "no such word", [], [0], [1.5], [1, 2, 1000], [[1, 2], [3]], {}, object())

#: Arguments that will do, by name; where a name means different things, by function and name.
GOOD = {
    "dilations": [1, 2, 5], "first": [1, 2], "second": [2, 1], "stacks": [[1, 2, 5]], "kernel_size": 3,
    "image": np.zeros((64, 64), dtype=np.uint8), "label": "?", "answer": 3, "right": "yes", "otherwise": "no",
    "conditions": [("holes", "=", 0)], "example": [1, 2, 5], "hint": "no", "options": {"yes": "so it is"},
    "replies": {3: "so it is"}, "sentences": [("3 is odd.", True, "3 = 2 + 1")],
    "property": "holes", "sign": "=", "wanted": 0,
    ("trained_panel", "first"): "2 2 2", ("trained_panel", "second"): "1 2 3",
    ("seed_pairs_panel", "first"): "2 2 2", ("seed_pairs_panel", "second"): "1 2 3",
    ("neighbours_panel", "dilations"): [1, 2, 4], ("check_stack", "conditions"): [Condition("holes", "=", 0)],
}  # fmt: skip


def sections(function):
    """The docstring as {heading: text}."""
    parts = re.split(r"^(\w+)\n-+\n", inspect.getdoc(function), flags=re.MULTILINE)
    return dict(zip(["", *parts[1::2]], parts[::2], strict=True))


def refusals(name, argument):
    """(bad value, error) for each bad value of one argument that is refused; the other arguments will do."""
    parameters = inspect.signature(MADE[name]).parameters.values()
    needed = [parameter.name for parameter in parameters if parameter.default is parameter.empty]
    good = {other: GOOD.get((name, other), GOOD.get(other)) for other in needed if other not in ("state", "quantities")}
    for value in BAD:
        try:
            MADE[name](**good | {argument: value})
        except Exception as error:  # of any kind: the test says which kinds are right
            yield value, error


ARGUMENTS = [
    (name, parameter.name)
    for name, function in MADE.items()
    for parameter in inspect.signature(function).parameters.values()
    if parameter.kind is not parameter.VAR_KEYWORD
]


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS)
def test_what_a_bad_argument_raises_is_told_and_names_it(name, argument):
    told = sections(MADE[name]).get("Raises", "")
    kinds = set(re.findall(r"\w+", " ".join(line for line in told.splitlines() if not line.startswith(" "))))
    refused = list(refusals(name, argument))
    assert refused, f"{name} accepts every bad {argument}"
    for value, error in refused:
        call = f"{name}({argument}={value!r}) raises {error!r}"
        assert type(error).__name__ in kinds, f"{call}, its docstring tells of {sorted(kinds)}"
        assert re.search(rf"\b{argument}\b", str(error)), f"{call}, which does not name it"


@pytest.mark.parametrize("name", MADE)
def test_it_names_every_argument(name):
    text = sections(MADE[name])["Parameters"]
    entries = set(re.findall(r"\w+", " ".join(re.findall(r"^\**(\w[^:\n]*)", text, re.MULTILINE))))
    assert set(inspect.signature(MADE[name]).parameters) <= entries


@pytest.mark.parametrize(
    ("function", "widget"),
    [(widgets.stepper_panel, widgets.Stepper), (widgets.size_calculator_panel, widgets.SizeCalculator)],
)
def test_limits_of_what_is_given_by_name_are_told(function, widget):
    text = " ".join(sections(function)["Parameters"].split())
    for name in widget.own_traits():
        trait = widget.class_traits()[name]
        if isinstance(trait, traitlets.Int):
            last = "from 0" if name.startswith("at_") else f"to {trait.max:,}".replace(",", " " * (trait.max > 9999))
            assert re.search(rf"``{name}``.*?{last}", text), (name, last)


@pytest.mark.parametrize(
    ("function", "limits"),
    [
        (widgets.same_sampling_panel, {"size": (4, 16), "kernel_size": (1, 6), "stride": (1, 4), "dilation": (1, 3)}),
        (widgets.bell_panel, {"layers": (1, 8)}),
    ],
)
def test_limits_are_told_as_they_are(function, limits):
    for name, (least, most) in limits.items():
        assert re.search(rf"^{name} : int, {least} to {most}$", sections(function)["Parameters"], re.MULTILINE)
        for allowed in (least, most):
            function(**{name: allowed})
        for beyond in (least - 1, most + 1):
            with pytest.raises((ValueError, traitlets.TraitError), match=name):
                function(**{name: beyond})


@pytest.mark.parametrize(
    ("function", "argument", "words"),
    [
        (widgets.bell_panel, "schedule", widgets.BellCurve.class_traits()["schedule"].values),
        (widgets.image_lab_panel, "kind", widgets.ImageLab.class_traits()["kind"].values),
        (widgets.rule_explorer_panel, "rule", widgets.RuleExplorer.class_traits()["rule"].values),
    ],
)
def test_the_words_that_are_allowed_are_told(function, argument, words):
    text = re.search(rf"^{argument} : str\n((?: .*\n)+)", sections(function)["Parameters"], re.MULTILINE)[1]
    assert re.findall(r'"(\w+)"', text) == list(words)


def test_an_answer_is_rounded_to_the_decimals_asked_for_and_is_then_no_mistake():
    question = widgets.ask_number("?", 2 / 7, "yes", "no", hints={0.29: "nearly"}, decimals=3)
    assert question.feedback == {"0.29": [False, "nearly"], "0.286": [True, "yes"]} and question.decimals == 3
    assert widgets.ask_number("?", 7, "yes", "no").decimals == 0
    assert "0.13" in widgets.ask_number("?", 0.125, "yes", "no", decimals=2).feedback  # a tie, as toFixed takes it
    with pytest.raises(ValueError, match=r"^hints has the right answer 0\.29 among the mistakes$"):
        widgets.ask_number("?", 2 / 7, "yes", "no", hints={0.29: "nearly"}, decimals=2)
    with pytest.raises(ValueError, match="^decimals must be at most 4, got 5$"):
        widgets.ask_number("?", 2 / 7, "yes", "no", decimals=5)


def test_the_right_answer_is_no_mistake_and_numbers_are_numbers():
    with pytest.raises(ValueError, match="^hints has the right answer 3 among the mistakes$"):
        widgets.ask_number("?", 3, "yes", "no", hints={3: "?"})
    with pytest.raises(TypeError, match="^hints must be numbers, got 'three'$"):
        widgets.ask_number("?", 3, "yes", "no", hints={"three": "?"})
    with pytest.raises(ValueError, match=r"^right must be one of the options \['yes'\], got 'no'$"):
        widgets.ask_choice("?", {"yes": "so it is"}, "no")
    with pytest.raises(ValueError, match="does not meet"):
        widgets.ask_stack("?", [("holes", "=", 0)], [2, 2, 2], "yes", "no")
