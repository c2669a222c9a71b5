"""hdclib/widgets/rules/gaps_maths.js against hdclib on thousands of random cases."""

import random

import pytest
from scripts import evaluate

import hdclib as hdc

SEED, CASES = 524, 3000


@pytest.fixture(scope="module")
def stacks():
    rng = random.Random(SEED)
    return [[[rng.randint(1, 9) for _ in range(rng.randint(1, 6))], rng.randint(1, 5)] for _ in range(CASES)]


def on_page(expression, cases):
    prelude = "((stack) => (%s))(given[0].map((dilation) => ({ dilation, kernelSize: given[1] })))"
    return evaluate("rules/gaps_maths.js", prelude % expression, cases)


def test_descents_and_stages_on_the_page_equal_hdclib(stacks):
    found = on_page("[script.descentCounts(stack), script.stageCounts(stack)]", stacks)
    for (dilations, size), (descent, stages) in zip(stacks, found, strict=True):
        assert descent == [counts.tolist() for counts in hdc.gridding.descent_counts(dilations, kernel_size=size)]
        assert stages == [counts.tolist() for counts in hdc.stage_counts(dilations, kernel_size=size)]


def test_pairs_on_the_page_equal_hdclib(stacks):
    for (dilations, size), pairs in zip(stacks, on_page("script.holeFreePairs(stack)", stacks), strict=True):
        assert pairs == hdc.rules.hole_free_pairs(dilations, kernel_size=size).tolist()


def test_widest_steps_on_the_page_equal_hdclib():
    rng = random.Random(SEED)
    cases = [[rng.choice((0, 0, 0, 1, 2)) for _ in range(rng.randint(1, 30))] for _ in range(CASES)]
    for counts, ends in zip(cases, evaluate("rules/gaps_maths.js", "script.widestStep(given)", cases), strict=True):
        assert (tuple(ends) if ends else ends) == hdc.gridding.widest_step(counts)


def test_limits_on_the_page_equal_hdclib():
    cases = [(length * step + 1, step) for length in range(1, 40) for step in range(1, 9)]
    for case, limit in zip(cases, evaluate("rules/gaps_maths.js", "script.latticeLimit(...given)", cases), strict=True):
        assert limit == pytest.approx(hdc.gridding.lattice_limit(*case), rel=1e-12)
