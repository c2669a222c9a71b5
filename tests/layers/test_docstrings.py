"""The docstring of every public function says what it takes, returns and raises, and what it raises is tried out."""

import inspect
import pkgutil
import re
import types

import pytest

from hdclib import ConvLayer, tap_counts
from hdclib.names import public_names
from hdclib.networks.backbones import PUBLISHED_FIELDS
from hdclib.rules.surveys import RULES
from hdclib.signal.pictures import KINDS
from hdclib.sizes.unknowns import SEARCHED

PUBLIC = {name: pkgutil.resolve_name(home) for name, home in sorted(public_names().items())}
FUNCTIONS = [name for name, value in PUBLIC.items() if isinstance(value, types.FunctionType)]
BAD = (0, -1, 1.5, True, None, "no such word", [], [0], [1.5], [None], [[1, 2], [3]], {}, object())

#: What the arguments after a bad first one are, by name, so that the first alone is to blame.
GOOD = {
    "anchor": "#", "columns": 2, "depth": 2, "dilation": 1, "dilations": [[1, 2]], "factor": 2, "frequencies": 0.1,
    "kernel": [1], "kernel_size": 3, "largest": 2, "layer": ConvLayer(1), "layers": [ConvLayer(3)], "length": 9,
    "most": 3, "other": [[1]], "out": 3, "part": "ASPP", "second": [0.5], "shift": 1, "side": 1, "size": 9, "step": 1,
    "unknown": "size", "weights": [[1, 1, 1]],
}  # fmt: skip


def sections(name):
    """The docstring of a public function as {heading: text}; the summary has the heading ''."""
    parts = re.split(r"^(\w+)\n-+\n", inspect.getdoc(PUBLIC[name]) or "", flags=re.MULTILINE)
    return dict(zip(["", *parts[1::2]], parts[::2], strict=True))


def refusals(name):
    """The first argument's name and (bad value, error) for each bad value that the function refuses."""
    first, *others = inspect.signature(PUBLIC[name]).parameters.values()
    wanted = [o for o in others if o.kind is not o.VAR_KEYWORD and (o.default is o.empty or o.name == "kernel_size")]
    assert {other.name for other in wanted} <= set(GOOD), "give GOOD a value for the new argument"
    refused = []
    for value in BAD:
        try:
            PUBLIC[name](value, **{other.name: GOOD[other.name] for other in wanted})
        except Exception as error:  # of any kind: the test says which kinds are right
            refused.append((value, error))
    return first.name, refused


PROPERTIES = [
    (f"{name}.{attribute}", value)
    for name in PUBLIC
    if isinstance(PUBLIC[name], type)
    for attribute, value in vars(PUBLIC[name]).items()
    if isinstance(value, property) and not attribute.startswith("_")
]


@pytest.mark.parametrize(("name", "value"), PROPERTIES, ids=[name for name, _ in PROPERTIES])
def test_a_property_is_told_without_a_colon_which_would_make_a_type_of_what_stands_before_it(name, value):
    assert value.__doc__ and ":" not in re.sub("``.*?``", "", value.__doc__.splitlines()[0])


TAKING = [name for name in FUNCTIONS if inspect.signature(PUBLIC[name]).parameters]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_begins_with_one_sentence_and_tells_what_is_returned(name):
    told = sections(name)
    summary = told[""].split("\n\n")[0]
    assert re.fullmatch(r"[A-Z].*[.:]", summary.strip()), f"{name}: the first paragraph must be one line"
    assert told.get("Returns", "").strip(), f"{name}: no section Returns"


@pytest.mark.parametrize("name", TAKING)
def test_it_names_every_argument_and_no_other(name):
    taken = set(inspect.signature(PUBLIC[name]).parameters)
    text = sections(name).get("Parameters", "")
    entries = set(re.findall(r"\w+", " ".join(re.findall(r"^(\S[^:\n]*)", text, re.MULTILINE))))
    assert entries <= taken, f"{name} has no argument {sorted(entries - taken)}"
    unnamed = taken - entries - set(re.findall(r"`(\w+)`", text))  # such as "dilations with `kernel_size`"
    assert not unnamed, f"{name}: Parameters does not name {sorted(unnamed)}"


@pytest.mark.parametrize("name", ["holes", "largest_gap", "outer_counts", "read_runs", "widest_step"])
def test_what_takes_counts_says_how_to_get_them_from_dilations(name):
    call = f"{name}(tap_counts([2, 2, 2], kernel_size=3))"
    assert f"not dilations: ``{call}``" in sections(name)["Parameters"]
    PUBLIC[name](tap_counts([2, 2, 2], kernel_size=3))  # the call that is told


@pytest.mark.parametrize("name", PUBLIC)
def test_examples_and_references_name_what_a_reader_imports(name):
    words = inspect.getdoc(PUBLIC[name])
    homes = public_names()
    for package, names in re.findall(r"from (hdclib[\w.]*) import (.+)", words):
        assert {f"{package}.{each.strip()}" for each in names.split(",")} <= set(homes.values())
    modules = re.findall(r"`hdclib\.\w+\.\w+\.(\w+)`", words)
    assert not [public for public in modules if public in homes], "name it as a reader finds it"


@pytest.mark.parametrize(
    ("name", "argument", "words"),
    [("accepts", "rule", list(RULES)), ("backbone", "name", list(PUBLISHED_FIELDS)), ("scene", "kind", list(KINDS))],
)
def test_the_words_that_are_allowed_are_told(name, argument, words):
    text = re.search(rf"^{argument} : str.*\n((?: .*\n)+)", sections(name)["Parameters"], re.MULTILINE)[1]
    assert sorted(set(re.findall(r'"(\w+)"', text))) == sorted(words)


def test_the_values_that_are_tried_are_told():
    text = re.search(r"^within .*\n((?: .*\n)+)", sections("solve_size")["Parameters"], re.MULTILINE)[1]
    told = {}
    for limits, names in re.findall(r'([0-9]+ to [0-9]+) for ("\w+"(?:(?:, | and )"\w+")*)', " ".join(text.split())):
        told |= {name: tuple(map(int, limits.split(" to "))) for name in re.findall(r'"(\w+)"', names)}
    assert told == SEARCHED


STACKS = [n for n in TAKING if {"layers", "kernel_size"} <= set(inspect.signature(PUBLIC[n]).parameters)]


@pytest.mark.parametrize("name", STACKS)
def test_a_kernel_size_is_one_number_or_one_a_layer_as_the_page_says(name):
    others = [o for o in inspect.signature(PUBLIC[name]).parameters.values() if o.default is o.empty]
    wanted = {other.name: GOOD[other.name] for other in others if other.name not in ("layers", "image")}
    pictured = "image" in inspect.signature(PUBLIC[name]).parameters
    wanted |= {"image": [[1.0, 2.0, 4.0, 1.0, 3.0, 2.0]]} if pictured else {}
    one, each, layers = (
        PUBLIC[name](layers=layers, **wanted, **sizes)
        for layers, sizes in (
            ([1, 2], {"kernel_size": 3}), ([1, 2], {"kernel_size": [3, 3]}),
            ([ConvLayer(3, 1), ConvLayer(3, 2)], {}),
        )
    )  # fmt: skip
    assert repr(one) == repr(each) == repr(layers)


@pytest.mark.parametrize("name", ["size_chain", "dilate_instead", "apply_stack"])
def test_what_takes_layers_alone_refuses_dilations_as_the_page_says(name):
    wanted = {"size_chain": {"size": 9}, "dilate_instead": {}, "apply_stack": {"signal": [1], "weights": [[1], [1]]}}
    with pytest.raises(TypeError, match=r"^layers\[0\] is 1: plain dilations need a kernel_size"):
        PUBLIC[name](layers=[1, 2], **wanted[name])


@pytest.mark.parametrize("name", TAKING)
def test_what_a_bad_first_argument_raises_is_told_and_names_it(name):
    argument, refused = refusals(name)
    told = sections(name).get("Raises", "")
    kinds = set(re.findall(r"\w+", " ".join(line for line in told.splitlines() if not line.startswith(" "))))
    assert refused, f"{name} accepts every bad {argument}"
    for value, error in refused:
        call = f"{name}({value!r}) raises {error!r}"
        assert type(error).__name__ in kinds, f"{call}, its docstring tells of {sorted(kinds)}"
        assert re.search(rf"\b{argument}\b", str(error)), f"{call}, which does not name {argument}"
