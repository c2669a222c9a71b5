"""The docstring of every public function says what it takes, returns and raises, and what it raises is tried out."""

import inspect
import re
import types

import pytest

import hdclib as hdc

FUNCTIONS = sorted(name for name in hdc.__all__ if isinstance(getattr(hdc, name), types.FunctionType))
BAD = (0, -1, 1.5, True, None, "no such word", [], [0], [1.5], [None], [[1, 2], [3]], {}, object())

#: What the arguments after a bad first one are, by name, so that the first alone is to blame.
GOOD = {
    "columns": 2, "depth": 2, "dilation": 1, "dilations": [[1, 2]], "factor": 2, "frequencies": 0.1, "join": "cascade",
    "kernel": [1], "kernel_size": 3, "largest": 2, "layers": [hdc.ConvLayer(3)], "other": [[1]], "out": 3,
    "part": "ASPP", "shift": 1, "side": 1, "size": 9, "step": 1, "unknown": "size", "weights": [[1, 1, 1]],
}  # fmt: skip


def sections(name):
    """The docstring of a public function as {heading: text}; the summary has the heading ''."""
    parts = re.split(r"^(\w+)\n-+\n", inspect.getdoc(getattr(hdc, name)) or "", flags=re.MULTILINE)
    return dict(zip(["", *parts[1::2]], parts[::2], strict=True))


def refusals(name):
    """The first argument's name and (bad value, error) for each bad value that the function refuses."""
    first, *others = inspect.signature(getattr(hdc, name)).parameters.values()
    wanted = [o for o in others if o.kind is not o.VAR_KEYWORD and (o.default is o.empty or o.name == "kernel_size")]
    assert {other.name for other in wanted} <= set(GOOD), "give GOOD a value for the new argument"
    refused = []
    for value in BAD:
        try:
            getattr(hdc, name)(value, **{other.name: GOOD[other.name] for other in wanted})
        except Exception as error:  # of any kind: the test says which kinds are right
            refused.append((value, error))
    return first.name, refused


TAKING = [name for name in FUNCTIONS if inspect.signature(getattr(hdc, name)).parameters]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_begins_with_one_sentence_and_tells_what_is_returned(name):
    told = sections(name)
    summary = told[""].split("\n\n")[0]
    assert re.fullmatch(r"[A-Z].*[.:]", summary.strip()), f"{name}: the first paragraph must be one line"
    assert told.get("Returns", "").strip(), f"{name}: no section Returns"


@pytest.mark.parametrize("name", TAKING)
def test_it_names_every_argument_and_no_other(name):
    taken = set(inspect.signature(getattr(hdc, name)).parameters)
    text = sections(name).get("Parameters", "")
    entries = set(re.findall(r"\w+", " ".join(re.findall(r"^(\S[^:\n]*)", text, re.MULTILINE))))
    assert entries <= taken, f"{name} has no argument {sorted(entries - taken)}"
    unnamed = taken - entries - set(re.findall(r"`(\w+)`", text))  # such as "dilations with `kernel_size`"
    assert not unnamed, f"{name}: Parameters does not name {sorted(unnamed)}"


@pytest.mark.parametrize("name", ["holes", "largest_gap", "outer_counts", "read_runs", "widest_step"])
def test_what_takes_counts_says_how_to_get_them_from_dilations(name):
    call = f"{name}(tap_counts([2, 2, 2], kernel_size=3))"
    assert f"not dilations: ``{call}``" in sections(name)["Parameters"]
    getattr(hdc, name)(hdc.tap_counts([2, 2, 2], kernel_size=3))  # the call that is told


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
