"""hdclib/widgets/kit/dilation.js against hdclib, on 10,000 random stacks; and scripts joined for notebooks."""

import random
import re
import subprocess

import pytest
from scripts import SCRIPTS, evaluate, node

import hdclib as hdc
from hdclib.rules.exercises import PROPERTIES, SIGNS, Condition, check_stack
from hdclib.widgets.kit.page_script import script_of

SEED = 20181
STACKS = 10_000


def random_stacks():
    """Kernels 1 to 9, even ones too, 1 to 8 layers, dilations 1 to 12; strides in one stack of four."""
    rng = random.Random(SEED)
    stacks = []
    for number in range(STACKS):
        depth = rng.randint(1, 8)
        strides = (1, 1, 2, 3) if number % 4 == 0 and depth < 5 else (1,)
        stacks.append([(rng.randint(1, 9), rng.randint(1, 12), rng.choice(strides)) for _ in range(depth)])
    return stacks


@pytest.fixture(scope="module")
def stacks():
    return random_stacks()


def on_page(expression, stacks):
    named = [[{"kernelSize": k, "dilation": d, "stride": s} for k, d, s in stack] for stack in stacks]
    return evaluate("kit/dilation.js", expression, named)


def layers_of(stack):
    return [hdc.ConvLayer(size, dilation, stride=stride) for size, dilation, stride in stack]


def test_tap_counts_on_the_page_equal_hdclib(stacks):
    for stack, counts in zip(stacks, on_page("script.tapCounts(given)", stacks), strict=True):
        assert counts == hdc.tap_counts(layers_of(stack)).tolist(), stack


def test_field_spacings_and_coverage_on_the_page_equal_hdclib(stacks):
    expression = "[script.receptiveField(given), script.tapSpacings(given), script.coverage(script.tapCounts(given))]"
    for stack, (field, spacings, found) in zip(stacks, on_page(expression, stacks), strict=True):
        layers = layers_of(stack)
        truth = hdc.coverage(layers)
        assert field == hdc.receptive_field(layers) and spacings == hdc.gridding.tap_spacings(layers), stack
        wanted = {"span": truth.span, "read": truth.read, "holes": truth.holes, "largestGap": truth.largest_gap}
        assert found == wanted, stack


def test_the_criterion_on_the_page_equals_hdclib(stacks):
    expression = "[script.isHoleFree(given), script.reachSteps(given).map((s) => [s.spacing, s.kernelSize, s.reach])]"
    for stack, (free, steps) in zip(stacks, on_page(expression, stacks), strict=True):
        layers = layers_of(stack)
        assert free == hdc.is_hole_free(layers), stack
        assert steps == [[s.spacing, s.kernel_size, s.reach] for s in hdc.rules.reach_steps(layers)], stack


def test_chains_and_divisors_on_the_page_equal_hdclib(stacks):
    lists = [[dilation for _, dilation, _ in stack] for stack in stacks]
    steps = "script.distanceChain(given).map((s) => [s.layer, s.candidates, s.distance])"
    found = evaluate("kit/dilation.js", f"[{steps}, script.commonDivisor(given)]", lists)
    for dilations, (chain, divisor) in zip(lists, found, strict=True):
        wanted = [[s.layer, list(s.candidates), s.distance] for s in hdc.distance_chain(dilations)]
        assert chain == wanted and divisor == hdc.common_divisor(dilations), dilations


def test_shared_inputs_on_the_page_equal_hdclib(stacks):
    cases = [[[d for _, d, _ in stack][:3], stack[0][0], number % 40] for number, stack in enumerate(stacks)]
    expression = "script.sharedInputs(script.tapCounts(script.stackOf(given[0], given[1])), given[2])"
    for (dilations, size, shift), shared in zip(cases, evaluate("kit/dilation.js", expression, cases), strict=True):
        assert shared == hdc.shared_inputs(dilations, shift, kernel_size=size)


def test_what_an_exercise_measures_on_the_page_equals_hdclib():
    rng = random.Random(SEED)
    names, signs = list(PROPERTIES), list(SIGNS)
    cases = [
        [[rng.randint(1, 9) for _ in range(rng.randint(1, 5))], rng.randint(1, 5),
         [[rng.choice(names), rng.choice(signs), rng.randint(0, 12)] for _ in range(3)]]
        for _ in range(2000)
    ]  # fmt: skip
    found = evaluate("kit/dilation.js", "script.checkStack(...given).map((r) => [r.value, r.met])", cases)
    for (dilations, size, conditions), results in zip(cases, found, strict=True):
        wanted = check_stack(dilations, size, [Condition(*condition) for condition in conditions])
        assert results == [[value, met] for _, value, met in wanted], (dilations, size, conditions)


def test_properties_on_the_page_are_those_of_hdclib():
    assert evaluate("kit/dilation.js", "Object.keys(script.PROPERTIES)", [0]) == [list(PROPERTIES)]


WIDGETS = sorted(
    path.relative_to(SCRIPTS).as_posix()
    for path in SCRIPTS.rglob("*.js")
    if "export default" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", WIDGETS)
def test_a_notebook_gets_each_widget_as_one_valid_module(name, tmp_path):
    joined = tmp_path / "joined.mjs"
    joined.write_text(script_of(name), encoding="utf-8")
    done = subprocess.run([str(node()), "--check", str(joined)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    text = joined.read_text(encoding="utf-8")
    assert not re.search(r"^import ", text, re.MULTILINE)
    assert len(re.findall(r"^export ", text, re.MULTILINE)) == 1
