"""sizes.js and unknowns.js against hdclib, on thousands of random cases for every formula of output sizes."""

import random
import re
from pathlib import Path

import pytest
from scripts import STATIC, evaluate

import hdclib as hdc
from hdclib.unknowns import OPERATIONS, SEARCHED

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
    compare("sizes.js", "script.convSize(given)", layers(), lambda case: or_none(hdc.conv_size, **case))


def test_pooling_sizes_on_the_page_equal_hdclib():
    cases = layers(seed=2, ceil_mode=[True, False])
    for case in cases[::3]:  # legal paddings, or nearly every case would be refused
        case["padding"] = min(case["padding"], case["kernel_size"] // 2)
    compare("sizes.js", "script.poolSize(given)", cases, lambda case: or_none(hdc.pool_size, **case))


def test_a_pool_without_a_stride_steps_by_its_kernel():
    cases = [without(case, "stride", "padding") for case in layers(seed=3)]
    compare("sizes.js", "script.poolSize(given)", cases, lambda case: or_none(hdc.pool_size, **case))


def test_transposed_sizes_on_the_page_equal_hdclib():
    cases = layers(seed=4, output_padding=range(8))
    compare("sizes.js", "script.convTransposeSize(given)", cases, lambda case: or_none(hdc.conv_transpose_size, **case))


def test_spans_and_same_paddings_on_the_page_equal_hdclib():
    shape = "(given.kernelSize, given.dilation)"
    expression = f"[script.effectiveSize{shape}].concat(script.samePadding{shape})"

    def truth(case):
        shape = case["kernel_size"], case["dilation"]
        return [hdc.effective_size(*shape), *hdc.same_padding(*shape)]

    compare("sizes.js", expression, layers(seed=5), truth, refusals=False)


def test_tensorflow_sizes_and_paddings_on_the_page_equal_hdclib():
    expression = "[script.tensorflowSameSize(given)].concat(script.tensorflowSamePadding(given))"

    def truth(case):
        case = without(case, "padding")
        return [hdc.tensorflow_size(**case), *hdc.tensorflow_same_padding(**case)]

    compare("sizes.js", expression, layers(seed=6), truth, refusals=False)


def test_keras_transposed_sizes_on_the_page_equal_hdclib():
    cases = layers(seed=7, same=[True, False], output_padding=[None, 0, 1, 2, 3])
    for case in cases[::3]:
        case["dilation"] = 1

    def truth(case):
        padding = "same" if case["same"] else "valid"
        return or_none(hdc.keras_conv_transpose_size, **without(case, "same", "padding"), padding=padding)

    compare("sizes.js", "script.kerasConvTransposeSize(given)", cases, truth)


def test_positions_on_the_page_equal_hdclib():
    cases = layers(seed=8, index=range(20))
    expression = "[script.readPositions(given.index, given), script.transposedReadPositions(given.index, given)]"

    def truth(case):
        shape = without(case, "size")
        return [hdc.read_positions(**shape), hdc.transposed_read_positions(**shape)]

    compare("sizes.js", expression, cases, truth, refusals=False)


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
        within = (low, min(high, low + 80)) if unknown == "size" else (low, high)
        yield operation, unknown, max(1, out + rng.randint(-1, 1)), within, without(case, unknown)


def test_the_solver_on_the_page_equals_hdclib():
    asked = list(questions())
    sent = [
        [operation, NAMES.get(unknown, unknown), out, on_page(known), list(within)]
        for operation, unknown, out, within, known in asked
    ]
    kinds = set()
    for (operation, unknown, out, within, known), found in zip(
        asked, evaluate("unknowns.js", "script.solveSize(...given)", sent), strict=True
    ):
        truth = hdc.solve_size(operation, unknown, out, within=within, **known)
        below, above = (list(pair) if pair else None for pair in (truth.below, truth.above))
        wanted = {"values": list(truth.values), "below": below, "above": above, "legal": truth.refusal is None}
        assert found == wanted, (operation, unknown, out, known)
        kinds.add((len(truth.values) > 1, truth.refusal is None, truth.below is None, truth.above is None))
    assert len(kinds) >= 5  # one, several, none but nearby on either side, none legal


def test_the_page_searches_where_hdclib_does():
    wanted = {NAMES.get(name, name): list(bounds) for name, bounds in SEARCHED.items()}
    assert evaluate("unknowns.js", "[script.SEARCHED, Object.keys(script.OPERATIONS)]", [0]) == [
        [wanted, list(OPERATIONS)]
    ]


def test_sizes_that_share_an_output_on_the_page_equal_hdclib():
    cases = layers(seed=10)

    def truth(case):
        sizes = hdc.input_sizes_with_output(case["size"], **without(case, "size"))
        return [sizes[0], sizes[-1]] if sizes else None

    compare("unknowns.js", "script.inputSizesWithOutput(given.size, given)", cases, truth)


def test_output_paddings_on_the_page_equal_hdclib():
    cases = layers(seed=11)
    rng = random.Random(11)
    for case in cases:
        bare = or_none(hdc.conv_transpose_size, **case) or 1
        case["out"] = max(1, bare + rng.randint(-1, case["stride"]))
    expression = "script.outputPaddingFor(given.size, given.out, given)"
    compare("unknowns.js", expression, cases, lambda case: or_none(hdc.output_padding_for, **case))


def test_counts_on_the_page_equal_hdclib():
    cases = [
        {**case, "output_padding": rng % 4}
        for rng, case in enumerate(layers(6000, seed=12))
        if case["size"] < 13 and case["stride"] < 6
    ]
    cases = [case for case in cases if or_none(hdc.conv_transpose_size, **case)]
    compare(
        "unknowns.js",
        "script.spreadCounts(given)",
        cases,
        lambda case: hdc.spread_counts(**case).tolist(),
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
        centres = hdc.window_centres(hdc.conv_size(**case), before=case["padding"], **shape)
        return [hdc.unread_samples(**case), centres]

    compare("unknowns.js", expression, cases, truth, refusals=False)


@pytest.mark.parametrize("name", ["sizes.js", "unknowns.js"])
def test_every_function_of_the_page_is_compared_here(name):
    text = (STATIC / name).read_text(encoding="utf-8")
    exported = re.findall(r"^export function (\w+)", text, re.MULTILINE)
    tested = Path(__file__).read_text(encoding="utf-8")
    assert [function for function in exported if f"script.{function}" not in tested] == []
