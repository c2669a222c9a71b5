"""sizes.js and unknowns.js against hdclib, on thousands of random cases for every formula of output sizes."""

import random
import re
from pathlib import Path

import pytest
from scripts import SCRIPTS, evaluate

import hdclib as hdc
from hdclib.sizes.averages import pool_divisors
from hdclib.sizes.formulas import causal_padding
from hdclib.sizes.output_shapes import (
    onnx_conv_transpose_padding,
    tensorflow_conv_transpose_padding,
    tensorflow_conv_transpose_sizes,
)
from hdclib.sizes.unknowns import OPERATIONS, SEARCHED
from hdclib.widgets import SizeCalculator, size_calculator_panel

CASES = 5000
NAMES = {"kernel_size": "kernelSize", "output_padding": "outputPadding", "ceil_mode": "ceilMode"}


def on_page(names):
    """The same case, named as the scripts name it."""
    return {NAMES.get(name, name): value for name, value in names.items()}


def layers(count=CASES, seed=1, **extra):
    """Random cases, half of them small so that refusals are common too; `extra` maps a name to its choices."""
    rng = random.Random(seed)
    cases = []
    for number in range(count):
        large = number % 2
        case = {
            "size": rng.randint(1, 4096 if large else 12),
            "kernel_size": rng.randint(1, 64 if large else 6),
            "stride": rng.randint(1, 64 if large else 5),
            "padding": rng.randint(0, 64 if large else 6),
            "dilation": rng.randint(1, 64 if large else 5),
        }
        case.update({name: rng.choice(choices) for name, choices in extra.items()})
        cases.append(case)
    return cases


def or_none(function, *arguments, **case):
    try:
        return function(*arguments, **case)
    except ValueError:
        return None


def without(case, *names):
    return {name: value for name, value in case.items() if name not in names}


def compare(script, expression, cases, truth, refusals=True):
    """Hold the script against hdclib on every case; both answers and refusals must occur."""
    found = evaluate(script, expression, [on_page(case) for case in cases])
    wanted = [truth(case) for case in cases]
    assert [pair for pair in zip(cases, found, wanted, strict=True) if pair[1] != pair[2]] == []
    assert len(cases) >= 2000 and any(answer is not None for answer in wanted)
    assert (None in wanted) == refusals


def test_convolution_sizes_on_the_page_equal_hdclib():
    compare("sizes/sizes.js", "script.convSize(given)", layers(), lambda case: or_none(hdc.conv_size, **case))


def test_pooling_sizes_on_the_page_equal_hdclib():
    cases = layers(seed=2, ceil_mode=[True, False])
    for case in cases[::3]:  # legal paddings, or nearly every case would be refused
        case["padding"] = min(case["padding"], case["kernel_size"] // 2)
    compare("sizes/sizes.js", "script.poolSize(given)", cases, lambda case: or_none(hdc.sizes.pool_size, **case))


def test_a_pool_without_a_stride_steps_by_its_kernel():
    cases = [without(case, "stride", "padding") for case in layers(seed=3)]
    compare("sizes/sizes.js", "script.poolSize(given)", cases, lambda case: or_none(hdc.sizes.pool_size, **case))


def test_transposed_sizes_on_the_page_equal_hdclib():
    cases = layers(seed=4, output_padding=range(8))
    expression = "script.convTransposeSize(given)"
    compare("sizes/sizes.js", expression, cases, lambda case: or_none(hdc.sizes.conv_transpose_size, **case))


def test_spans_and_same_paddings_on_the_page_equal_hdclib():
    shape = "(given.kernelSize, given.dilation)"
    expression = f"[script.effectiveSize{shape}].concat(script.samePadding{shape})"

    def truth(case):
        shape = {name: case[name] for name in ("kernel_size", "dilation")}
        return [hdc.sizes.effective_size(**shape), *hdc.same_padding(**shape)]

    compare("sizes/sizes.js", expression, layers(seed=5), truth, refusals=False)


def test_tensorflow_sizes_and_paddings_on_the_page_equal_hdclib():
    expression = "[script.tensorflowSameSize(given)].concat(script.tensorflowSamePadding(given))"

    def truth(case):
        case = without(case, "padding")
        return [hdc.sizes.tensorflow_size(**case), *hdc.sizes.tensorflow_same_padding(**case)]

    compare("sizes/sizes.js", expression, layers(seed=6), truth, refusals=False)


def test_keras_transposed_sizes_on_the_page_equal_hdclib():
    cases = layers(seed=7, same=[True, False], output_padding=[None, 0, 1, 2, 3])
    for case in cases[::3]:
        case["dilation"] = 1

    def truth(case):
        padding = "same" if case["same"] else "valid"
        return or_none(hdc.sizes.keras_conv_transpose_size, **without(case, "same", "padding"), padding=padding)

    compare("sizes/sizes.js", "script.kerasConvTransposeSize(given)", cases, truth)


def test_positions_on_the_page_equal_hdclib():
    cases = layers(seed=8, index=range(20))
    expression = (
        "[script.readPositions(given.index, given), script.transposedReadPositions(given.index, given),"
        " script.lastRead(given.index + 1, given)]"
    )

    def truth(case):
        shape = without(case, "size")
        read = hdc.read_positions(**shape)
        return [read, hdc.sizes.transposed_read_positions(**shape), read[-1]]

    compare("sizes/sizes.js", expression, cases, truth, refusals=False)


def questions():
    """A layer, its output or one nearby, and the quantity that is taken away."""
    rng = random.Random(9)
    for number in range(3000):
        operation = rng.choice(list(OPERATIONS))
        case = layers(1, seed=rng.random())[0] if number % 2 else layers(2, seed=rng.random())[1]
        case["padding"] = rng.randint(0, max(1, case["kernel_size"] // 2))
        if operation == "pool":
            case["ceil_mode"] = rng.random() < 0.5
        if operation == "conv_transpose":
            case["output_padding"] = rng.randint(0, 3)
        unknown = rng.choice([name for name in case if name != "ceil_mode"])
        out = or_none(OPERATIONS[operation], **case) or rng.randint(1, 40)
        low, high = SEARCHED[unknown]
        within = (low, min(high, low + 80))
        yield operation, unknown, max(1, out + rng.randint(-1, 1)), within, without(case, unknown)


def test_the_solver_on_the_page_equals_hdclib():
    asked = list(questions())
    sent = [
        [operation, NAMES.get(unknown, unknown), out, on_page(known), dict(zip(("min", "max"), within, strict=True))]
        for operation, unknown, out, within, known in asked
    ]
    kinds = set()
    for (operation, unknown, out, within, known), found in zip(
        asked, evaluate("sizes/unknowns.js", "script.solveSize(...given)", sent), strict=True
    ):
        truth = hdc.sizes.solve_size(operation, unknown, out, within=within, **known)
        below, above = (list(pair) if pair else None for pair in (truth.below, truth.above))
        wanted = {"values": list(truth.values), "below": below, "above": above, "legal": truth.refusal is None}
        assert found == wanted, (operation, unknown, out, known)
        kinds.add((len(truth.values) > 1, truth.refusal is None, truth.below is None, truth.above is None))
    assert len(kinds) >= 5  # one, several, none but nearby on either side, none legal


def test_the_page_searches_where_hdclib_does():
    bounds = SizeCalculator().bounds
    assert {name: (bounds[name]["min"], bounds[name]["max"]) for name in SEARCHED} == SEARCHED
    assert evaluate("sizes/unknowns.js", "Object.keys(script.OPERATIONS)", [0]) == [list(OPERATIONS)]


def test_sizes_that_share_an_output_on_the_page_equal_hdclib():
    cases = layers(seed=10)

    def truth(case):
        sizes = hdc.sizes.input_sizes_with_output(case["size"], **without(case, "size"))
        return [sizes[0], sizes[-1]] if sizes else None

    compare("sizes/unknowns.js", "script.inputSizesWithOutput(given.size, given)", cases, truth)


def test_output_paddings_on_the_page_equal_hdclib():
    cases = layers(seed=11)
    rng = random.Random(11)
    for case in cases:
        bare = or_none(hdc.sizes.conv_transpose_size, **case) or 1
        case["out"] = max(1, bare + rng.randint(-1, case["stride"]))
    expression = "script.outputPaddingFor(given.size, given.out, given)"
    compare("sizes/unknowns.js", expression, cases, lambda case: or_none(hdc.sizes.output_padding_for, **case))


def test_counts_on_the_page_equal_hdclib():
    cases = [
        {**case, "output_padding": rng % 4}
        for rng, case in enumerate(layers(6000, seed=12))
        if case["size"] < 13 and case["stride"] < 6
    ]
    cases = [case for case in cases if or_none(hdc.sizes.conv_transpose_size, **case)]
    compare(
        "sizes/unknowns.js",
        "script.spreadCounts(given)",
        cases,
        lambda case: hdc.sizes.spread_counts(**case).tolist(),
        refusals=False,
    )


def test_unread_samples_and_centres_on_the_page_equal_hdclib():
    cases = [case for case in layers(8000, seed=13) if case["size"] < 13 and or_none(hdc.conv_size, **case)]
    expression = (
        "[script.readCounts(script.OPERATIONS.conv(given), given).flatMap((n, at) => (n ? [] : [at])),"
        " script.windowCentres(script.OPERATIONS.conv(given), { ...given, before: given.padding })]"
    )

    def truth(case):
        shape = without(case, "size", "padding")
        centres = hdc.sizes.window_centres(hdc.conv_size(**case), before=case["padding"], **shape)
        return [hdc.unread_samples(**case), centres]

    compare("sizes/unknowns.js", expression, cases, truth, refusals=False)


@pytest.mark.parametrize("name", ["sizes/sizes.js", "sizes/unknowns.js"])
def test_every_function_of_the_page_is_compared_here(name):
    text = (SCRIPTS / name).read_text(encoding="utf-8")
    exported = re.findall(r"^export function (\w+)", text, re.MULTILINE)
    tested = Path(__file__).read_text(encoding="utf-8")
    assert [function for function in exported if f"script.{function}" not in tested] == []


def test_zeros_in_front_of_causal_layers_on_the_page_equal_hdclib():
    compare(
        "sizes/sizes.js",
        "script.causalPadding(given)",
        layers(seed=14),
        lambda case: causal_padding(**without(case, "padding")),
        refusals=False,
    )


def test_what_onnx_cuts_off_on_the_page_equals_hdclib():
    cases = [case for case in layers(seed=15, output_padding=range(3)) if case["size"] < 4000]
    cases = [case for case in cases if case["output_padding"] < max(case["stride"], case["dilation"])]
    for upper in (True, False):

        def truth(case, auto_pad="SAME_UPPER" if upper else "SAME_LOWER"):
            pads = or_none(onnx_conv_transpose_padding, **without(case, "padding"), auto_pad=auto_pad)
            return pads and list(pads)

        expression = f"script.onnxTransposedPadding(given, {str(upper).lower()})"
        compare("sizes/sizes.js", expression, cases, truth)


def shaped(seed):
    """Transposed layers that are told their output size, around those that can be had."""
    rng = random.Random(seed)
    cases = layers(6000, seed=seed)
    return [without(case, "padding") | {"out": rng.randint(1, case["size"] * case["stride"] + 3)} for case in cases]


def test_what_onnx_cuts_off_for_a_size_equals_hdclib():
    def truth(case):
        pads = or_none(onnx_conv_transpose_padding, **case, auto_pad="NOTSET")
        return pads and list(pads)

    compare("sizes/sizes.js", "script.onnxTransposedPadding(given, false, given.out)", shaped(18), truth)


def test_what_tensorflow_cuts_off_for_a_size_equals_hdclib():
    def truth(case):
        pads = or_none(tensorflow_conv_transpose_padding, **case)
        return pads and list(pads)

    compare("sizes/sizes.js", "script.tensorflowTransposedPadding(given, given.out)", shaped(19), truth)


def test_the_sizes_that_tensorflow_takes_equal_hdclib():
    cases = [without(case, "padding") for case in layers(seed=20)]
    legal = lambda case: tensorflow_conv_transpose_sizes(**case)  # noqa: E731
    compare(
        "sizes/sizes.js", "script.tensorflowTransposedSizes(given)", cases,
        lambda case: [legal(case)[0], legal(case)[-1]], refusals=False,
    )  # fmt: skip


def test_divisors_on_the_page_equal_hdclib():
    cases = [without(case, "dilation") for case in layers(14000, seed=16, ceil_mode=[True, False])]
    cases = [case for case in cases if or_none(hdc.sizes.pool_size, **case) and case["size"] < 500]
    assert len(cases) > 300
    for included in (True, False):
        out = "script.poolSize(given)"
        one = f"script.poolDivisor(i, {{ ...given, included: {str(included).lower()} }})"
        expression = f"Array.from({{ length: {out} }}, (_, i) => {one})"
        truth = lambda case, i=included: pool_divisors(**case, count_include_pad=i)  # noqa: E731
        compare("sizes/sizes.js", expression, cases, truth, refusals=False)


def test_inputs_that_reach_one_place_are_the_counts_before_the_cut():
    cases = [case | {"padding": 0} for case in layers(4000, seed=17) if case["size"] < 13]
    expression = "Array.from({ length: script.spreadCounts(given).length }, (_, at) => script.spreadCountAt(at, given))"
    compare(
        "sizes/unknowns.js", expression, cases, lambda case: hdc.sizes.spread_counts(**case).tolist(), refusals=False
    )


def test_known_networks_lie_within_the_limits():
    known = [
        ("conv", {"size": 500, "kernel_size": 3, "padding": 100}, 698),  # FCN
        ("conv", {"size": 16000, "kernel_size": 2, "dilation": 512}, 15488),  # WaveNet's widest layer
        ("conv", {"size": 22050, "kernel_size": 2048, "stride": 512, "padding": 1024}, 44),  # frames of an STFT
    ]
    for operation, numbers, out in known:
        assert OPERATIONS[operation](**numbers) == out
        calculator = size_calculator_panel(operation, "out", **numbers)
        assert calculator.answer == out
