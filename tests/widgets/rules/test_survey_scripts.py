"""hdclib/widgets/rules/survey_maths.js against hdclib."""

import random
from itertools import product

import pytest
from scripts import evaluate

import hdclib as hdc
from hdclib.rules.surveys import DEMANDS, RULES

SEED = 837
CELLS = "c.rightAcceptances, c.falseAcceptances, c.falseRejections, c.rightRejections"
SMALLEST = "s.smallest.falseAcceptances, s.smallest.falseRejections"
AS_LIST = f"((s) => ((c) => [[{CELLS}], {SMALLEST}, s.seen, s.total])(s.counts))"
WHOLE = f"{AS_LIST}(script.wholeSurvey(given))"


def in_python(question):
    found = hdc.survey(
        question["rule"],
        question["kernelSize"],
        depths=question["depths"],
        largest=question["largest"],
        order=question["order"],
        demand=question["demand"],
    )
    cells = [found.right_acceptances, found.false_acceptances, found.false_rejections, found.right_rejections]
    seen = sum(len(hdc.all_stacks(d, question["largest"], question["order"])) for d in question["depths"])
    return [cells, found.smallest_false_acceptance, found.smallest_false_rejection, seen, seen]


def questions():
    """Every rule, order and demand, each with several kernels, depths and largest dilations."""
    rng = random.Random(SEED)
    shapes = list(product(RULES, ("sorted", "any"), DEMANDS)) * 6
    return [
        {"rule": rule, "order": order, "demand": demand, "kernelSize": rng.randint(1, 9),
         "depths": rng.choice([[2], [3], [4], [2, 3], [2, 3, 4]]), "largest": rng.randint(2, 12)}
        for rule, order, demand in shapes
    ]  # fmt: skip


def test_surveys_on_the_page_equal_hdclib():
    cases = questions()
    for case, found in zip(cases, evaluate("rules/survey_maths.js", WHOLE, cases), strict=True):
        assert found == in_python(case), case


@pytest.mark.parametrize("order", ["sorted", "any"])
def test_the_table_of_the_chapter_on_the_page_equals_hdclib(order):
    shape = {"rule": "distance", "depths": [2, 3, 4], "largest": 30, "order": order, "demand": "none"}
    cases = [{**shape, "kernelSize": size} for size in (2, 3, 5, 7)]
    for case, found in zip(cases, evaluate("rules/survey_maths.js", WHOLE, cases), strict=True):
        assert found == in_python(case), case


def test_a_survey_in_small_parts_gives_the_same():
    cases = questions()[:40]
    parts = "((s) => { while (!s.done) script.continueSurvey(s, 17); return s; })(script.startSurvey(given))"
    whole = evaluate("rules/survey_maths.js", WHOLE, cases)
    assert evaluate("rules/survey_maths.js", f"{AS_LIST}({parts})", cases) == whole


def test_verdicts_on_single_stacks_equal_hdclib():
    rng = random.Random(SEED)
    cases = [[[rng.randint(1, 40) for _ in range(rng.randint(2, 6))], rng.randint(1, 9)] for _ in range(4000)]
    rules = "Object.values(script.SURVEY_RULES).map((rule) => rule(...given))"
    numbers = "[script.paperDistance(given[0]), script.repairedDistance(...given)]"
    found = evaluate("rules/survey_maths.js", f"[{rules}, {numbers}]", cases)
    for (stack, size), (verdicts, distances) in zip(cases, found, strict=True):
        assert verdicts == [bool(hdc.rules.accepts(rule, [stack], size)[0]) for rule in RULES], (stack, size)
        second = (
            hdc.rules.gap_chain(stack, size)[1] if size > 1 else max(stack[1:])
        )  # one tap: the bare formula, no gaps
        assert distances == [hdc.second_distance(stack), second], (stack, size)


def test_rules_and_demands_have_the_same_names():
    expression = "[Object.keys(script.SURVEY_RULES), Object.keys(script.SURVEY_DEMANDS)]"
    names = evaluate("rules/survey_maths.js", expression, [0])
    assert names == [[list(RULES), list(DEMANDS)]]


def test_runs_and_first_holes_on_the_page_equal_hdclib():
    rng = random.Random(SEED)
    stacks = [
        [(rng.randint(1, 6), rng.randint(1, 12), rng.choice((1, 1, 2))) for _ in range(rng.randint(1, 5))]
        for _ in range(3000)
    ]
    named = [[{"kernelSize": k, "dilation": d, "stride": s} for k, d, s in stack] for stack in stacks]
    every = [[hdc.ConvLayer(k, d, stride=s) for k, d, s in stack] for stack in stacks]
    cases = [[hdc.tap_counts(layers).tolist(), shapes] for layers, shapes in zip(every, named, strict=True)]
    runs = evaluate("kit/dilation.js", "script.readRuns(given[0])", cases)
    first = evaluate("kit/dilation.js", "script.firstHole(given[1])", cases)
    for stack, layers, page_runs, hole in zip(stacks, every, runs, first, strict=True):
        assert [tuple(run) for run in page_runs] == hdc.gridding.read_runs(hdc.tap_counts(layers)), stack
        assert hole == hdc.rules.first_hole(layers), stack
