"""hdclib/rules/report.py and hdclib/rules/exercises.py: rules beside the truth, in words."""

import importlib
from itertools import product

import pytest
from brute_force import path_counts

import hdclib as hdc
from hdclib import layers
from hdclib.rules.exercises import PROPERTIES, Condition, check_stack


def test_the_report_agrees_with_counting_on_every_small_stack():
    for dilations in product(range(1, 7), repeat=3):
        report = hdc.check(dilations, kernel_size=3)
        assert report.hole_free == report.exact.passed == (0 not in path_counts([(3, d, 1) for d in dilations]))


@pytest.mark.parametrize(("most", "is_counted"), [(29, True), (28, False)])
def test_the_largest_span_that_has_room_is_counted(monkeypatch, most, is_counted):
    monkeypatch.setattr(importlib.import_module("hdclib.rules.report"), "MOST_CELLS", most)
    assert (hdc.check([2, 4, 8], kernel_size=3).truth is not None) == is_counted


def test_each_rule_has_value_verdict_and_reason():
    report = hdc.check([2, 4, 8], kernel_size=3)
    verdicts = {finding.rule: (finding.value, finding.passed) for finding in report.rules}
    assert verdicts == {
        "distance M_2 <= K": (4, False),
        "first dilation is 1": (2, False),
        "sawtooth": ([[2, 4, 8]], True),
        "common divisor is 1": (2, False),
    }
    assert all(finding.reason.endswith(".") for finding in (*report.rules, report.exact))
    assert [step.distance for step in report.chain] == [2, 4, 8]
    assert "counted: 14 holes along an axis" in str(report)


def test_the_report_uses_the_second_layers_kernel_size():
    mixed = hdc.check([hdc.ConvLayer(3, 1), hdc.ConvLayer(5, 2), hdc.ConvLayer(3, 9)])
    assert mixed.rules[0].passed is True and "kernel size 5" in mixed.rules[0].reason


def test_advice_stands_apart_from_what_decides():
    advice, decided = str(hdc.check([2, 1, 2], kernel_size=3)).split("what decides:\n")
    head, *rules = advice.splitlines()[1:]
    assert head == "what the published rules advise:"
    assert [line.split(".")[0].strip() for line in rules] == [
        "distance M_2 <= K: pass", "first dilation is 1: fail", "sawtooth: fail", "common divisor is 1: pass",
    ]  # fmt: skip
    assert [line.split(";")[0].split(".")[0] for line in decided.splitlines()] == [
        "  exact criterion: pass", "  counted: no holes",
    ]  # fmt: skip


def test_a_stack_without_holes_may_fail_every_rule_but_the_common_divisor():
    failed = set()
    for size, depth in product((3, 4), (2, 3)):
        for dilations in product(range(1, 7), repeat=depth):
            report = hdc.check(dilations, kernel_size=size)
            if report.hole_free:
                failed |= {finding.rule for finding in report.rules if finding.passed is False}
    assert failed == {"distance M_2 <= K", "first dilation is 1", "sawtooth"}


@pytest.mark.parametrize(
    ("dilations", "words"),
    [
        ([1, 2, 3, 1, 2], "The dilations make 2 rises from 1."),
        ([1, 2, 5, 3], "The layers after the first rise, [1, 2, 5], do not repeat it."),
        ([1, 1, 3, 10], "The second dilation, 1, is not above the first, 1: nothing rises from the start."),
        ([3, 2, 1], "The second dilation, 2, is not above the first, 3: nothing rises from the start."),
    ],
)
def test_the_sawtooth_says_where_it_fails(dilations, words):
    assert words in str(hdc.check(dilations, kernel_size=3))


def test_one_layer_has_rules_that_do_not_apply():
    report = hdc.check([1], kernel_size=3)
    assert [finding.passed for finding in report.rules] == [None, True, None, True]
    assert "does not apply" in str(report)


def test_ordinals_read_well():
    words = {n: hdc.check([n], kernel_size=3).rules[3].reason for n in (2, 3, 4, 11, 22, 113)}
    found = [text.split("every ")[1].split()[0] for text in words.values()]
    assert found == ["2nd", "3rd", "4th", "11th", "22nd", "113th"]


def test_a_stride_is_refused_by_name():
    with pytest.raises(ValueError, match=r"^layers\[1\] has stride 2: the HDC rules need stride 1 throughout"):
        hdc.check([hdc.ConvLayer(3), hdc.ConvLayer(3, stride=2)])


def test_conditions_say_what_is_measured():
    asked = [Condition("holes", "=", 0), Condition("field", ">=", 13), Condition("distance", "<=", 1)]
    assert [(value, met) for _, value, met in check_stack([2, 2, 2], 3, asked)] == [(6, False), (13, True), (2, False)]
    assert {name: PROPERTIES[name][1]([4], 3) for name in PROPERTIES} == {
        "holes": 6, "ends": 1, "field": 9, "distance": 4, "divisor": 4, "first": 4, "largest": 4,
    }  # fmt: skip


def test_ends_with_holes_are_counted_from_each_layer_to_the_last():
    asked = [Condition("holes", "=", 0), Condition("ends", "=", 0)]
    found = {stack: check_stack(stack, 3, asked) for stack in [(1, 2, 5, 5, 2, 1), (1, 2, 2, 5, 5, 1), (1, 2, 5)]}
    assert {stack: [value for _, value, _ in each] for stack, each in found.items()} == {
        (1, 2, 5, 5, 2, 1): [0, 0], (1, 2, 2, 5, 5, 1): [0, 2], (1, 2, 5): [0, 2],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("size", "=", 1), "property must be one of holes"),
        (("holes", "<", 1), "sign must be one of ="),
        (("holes", "=", -1), "wanted must be at least 0, got -1"),
    ],
)
def test_a_bad_condition_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        Condition(*arguments)


def test_layers_with_one_tap_are_left_out_of_the_rules():
    bottlenecks = hdc.check([1, 2, 1, 1, 2, 1], kernel_size=[1, 3, 1, 1, 3, 1])
    alone = hdc.check([2, 2], kernel_size=3)
    assert [(f.value, f.passed) for f in bottlenecks.rules] == [(f.value, f.passed) for f in alone.rules]
    assert bottlenecks.truth == alone.truth and not bottlenecks.hole_free
    assert "kernel sizes [1, 3, 1, 1, 3, 1]" in str(bottlenecks)


def test_without_any_tap_beside_the_first_no_rule_applies():
    report = hdc.check([5, 7], kernel_size=1)
    assert [finding.passed for finding in report.rules] == [None] * 4
    assert report.hole_free and report.exact.passed and report.chain == []


def test_other_kernel_sizes_get_the_distance_with_their_own_factor():
    report = hdc.check([1, 4, 16], kernel_size=4)
    assert report.hole_free and report.rules[0].passed is False
    assert report.rules[0].reason.endswith("the true sizes give the distance 4.")


@pytest.mark.parametrize("stack", [([1, 2, 9], 3), ([1, 4, 2], [3, 5, 2]), ([1, 1], [1, 1])])
def test_a_stack_is_looked_at_once_at_the_door(stack, monkeypatch):
    looks = []
    listed = layers.listed
    monkeypatch.setattr(layers, "listed", lambda *given: looks.append(given) or listed(*given))
    hdc.check(*stack)
    assert len(looks) == 1
