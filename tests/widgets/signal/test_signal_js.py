"""hdclib/widgets/signal/signal_maths.js against hdclib, on thousands of random stacks and some pictures."""

import random

import numpy as np
import pytest
from scripts import evaluate

import hdclib as hdc
from hdclib.signal.pictures import KINDS

SEED = 20169
STACKS = 3000
PICTURES = 40


@pytest.fixture(scope="module")
def stacks():
    rng = random.Random(SEED)
    return [
        [(rng.randint(1, 5), rng.randint(1, 9), rng.choice((1, 1, 1, 2))) for _ in range(rng.randint(1, 5))]
        for _ in range(STACKS)
    ]


def layers_of(stack):
    return [hdc.ConvLayer(size, dilation, stride=stride) for size, dilation, stride in stack]


def on_page(expression, cases):
    return evaluate("signal/signal_maths.js", expression, cases)


def named(stack):
    return [{"kernelSize": k, "dilation": d, "stride": s} for k, d, s in stack]


def test_weights_and_gains_on_the_page_equal_hdclib(stacks):
    rng = random.Random(SEED)
    frequencies = [rng.uniform(-1, 1) for _ in stacks]
    cases = [[named(stack), f] for stack, f in zip(stacks, frequencies, strict=True)]
    expression = "[script.averagingWeights(given[0]), script.frequencyResponse(...given)]"
    for stack, f, (weights, gain) in zip(stacks, frequencies, on_page(expression, cases), strict=True):
        assert weights == pytest.approx(hdc.signal.averaging_weights(layers_of(stack)).tolist()), stack
        assert gain == pytest.approx(float(hdc.signal.frequency_response(layers_of(stack), f)), abs=1e-9), stack


def test_zeros_on_the_page_equal_hdclib(stacks):
    found = on_page("script.responseZeros(given)", [named(stack) for stack in stacks])
    for stack, zeros in zip(stacks, found, strict=True):
        assert zeros == [list(zero.as_integer_ratio()) for zero in hdc.signal.response_zeros(layers_of(stack))], stack


def test_side_lobes_on_the_page_equal_hdclib(stacks):
    some = stacks[:400]
    found = on_page("script.sideLobe(given)", [named(stack) for stack in some])
    for stack, lobe in zip(some, found, strict=True):
        gain, frequency = hdc.signal.side_lobe(layers_of(stack))
        assert lobe["gain"] == pytest.approx(gain, abs=1e-9), stack
        at_page = hdc.signal.frequency_response(layers_of(stack), lobe["frequency"])
        assert abs(at_page) == pytest.approx(gain, abs=1e-9) and 0 < lobe["frequency"] <= 0.5, (stack, frequency)


def test_evenness_and_bell_on_the_page_equal_hdclib(stacks):
    wide = [stack for stack in stacks if any(size > 1 for size, *_ in stack)]
    names = ("effectiveInputs", "usageVariance", "largestVarianceShare", "middleShare", "bellDistance")
    expression = f"[{', '.join(f'script.{name}(given)' for name in names)}]"
    functions = [
        hdc.signal.effective_inputs,
        hdc.signal.usage_variance,
        hdc.signal.largest_variance_share,
        hdc.signal.middle_share,
        hdc.signal.bell_distance,
    ]
    for stack, found in zip(wide, on_page(expression, [named(stack) for stack in wide]), strict=True):
        assert found == pytest.approx([function(layers_of(stack)) for function in functions]), stack


def test_gaussian_on_the_page_equals_hdclib():
    stack = [(3, 1, 1), (4, 2, 1)]
    [found] = on_page("script.gaussianMatch(given)", [named(stack)])
    assert found == pytest.approx(hdc.signal.gaussian_match(layers_of(stack)).tolist())


@pytest.mark.parametrize("seed", [1, 2, 12345, 2**31, 2**32 - 1])
def test_noise_on_the_page_equals_hdclib(seed):
    [found] = on_page("script.whiteNoise(...given)", [[5, 7, seed]])
    np.testing.assert_allclose(found, hdc.white_noise((5, 7), seed), rtol=0, atol=1e-12)


def test_scenes_on_the_page_equal_hdclib():
    cases = [[kind, size] for kind in KINDS for size in (8, 17, 24, 48)]
    for (kind, size), found in zip(cases, on_page("script.makeScene(...given)", cases), strict=True):
        picture, target = hdc.signal.scene(kind, size)
        np.testing.assert_allclose(found["picture"], picture, err_msg=kind)
        np.testing.assert_allclose(found["target"], target, err_msg=kind)


def test_filtered_pictures_and_their_measures_on_the_page_equal_hdclib():
    rng = np.random.default_rng(SEED)
    cases = []
    for _ in range(PICTURES):
        image = rng.normal(size=rng.integers(5, 14, size=2))
        stack = [(int(rng.integers(1, 5)), int(rng.integers(1, 10)), 1) for _ in range(rng.integers(1, 4))]
        cases.append((image, stack, int(rng.integers(1, 5))))
    given = [[image.tolist(), named(stack), step] for image, stack, step in cases]
    expression = (
        "[script.filterImage(given[0], given[1]), script.gridEnergy(given[0], given[2]),"
        " script.grain(given[0], given[2]), script.spreadOf(given[0])]"
    )
    for (image, stack, step), found in zip(cases, on_page(expression, given), strict=True):
        np.testing.assert_allclose(found[0], hdc.signal.filter_image(image, layers_of(stack)), atol=1e-12)
        assert found[1] == pytest.approx(hdc.grid_energy(image, step))
        assert found[2] == pytest.approx(hdc.signal.grain(image, step), abs=1e-7)
        assert [found[3]["mean"], found[3]["deviation"]] == pytest.approx([image.mean(), image.std()])


def test_a_constant_picture_has_no_grid_energy_on_the_page():
    assert on_page("[script.gridEnergy(given, 2), script.grain(given, 2)]", [np.full((6, 6), 0.3).tolist()]) == [[0, 0]]
