"""stepper_maths.js against hdclib, on thousands of random layers, legal and not."""

import random

import numpy as np
import pytest
from scripts import evaluate

from hdclib import unread_samples
from hdclib.sizes import dilated_convolve, fed_outputs, transposed_convolve
from hdclib.sizes.formulas import conv_size, conv_transpose_size
from hdclib.sizes.windows import read_positions, transposed_read_positions

CASES = 6000
SEED = 20182


def random_axes():
    """Layers with small numbers; a good part of them is refused."""
    rng = random.Random(SEED)
    names = {"size": (1, 9), "kernelSize": (1, 5), "stride": (1, 3), "padding": (0, 6), "dilation": (1, 4)}
    axes = []
    for number in range(CASES):
        axis = {name: rng.randint(*allowed) for name, allowed in names.items()}
        axes.append(axis | {"outputPadding": rng.randint(0, 3), "transposed": number % 2 == 1})
    return axes


def layer_of(axis):
    return {"kernel_size": axis["kernelSize"], **{name: axis[name] for name in ("stride", "padding", "dilation")}}


def size_of(axis):
    if axis["transposed"]:
        return conv_transpose_size(axis["size"], output_padding=axis["outputPadding"], **layer_of(axis))
    return conv_size(axis["size"], **layer_of(axis))


@pytest.fixture(scope="module")
def axes():
    return random_axes()


@pytest.fixture(scope="module")
def legal(axes):
    def is_legal(axis):
        try:
            return size_of(axis) > 0
        except ValueError:
            return False

    return [axis for axis in axes if is_legal(axis)]


def on_page(expression, axes):
    return zip(axes, evaluate("sizes/stepper_maths.js", expression, axes), strict=True)


def test_sizes_and_refusals_have_the_words_of_hdclib(axes):
    refused = 0
    for axis, (size, problem) in on_page("[script.walkSize(given), script.walkProblem(given)]", axes):
        try:
            assert (size, problem) == (size_of(axis), ""), axis
        except ValueError as error:
            assert (size, problem) == (0, str(error)), axis
            refused += 1
    assert CASES / 20 < refused < CASES / 2


def test_the_formula_shown_gives_the_size(legal):
    for axis, formula in on_page("script.walkFormula(given)", legal):
        left, right = formula.split(" = ")
        signs = {"−": "-", "·": "*", "⌊(": "((", ") / ": ") // ", "⌋": ")"}
        for sign, python in signs.items():
            left = left.replace(sign, python)
        assert eval(left) == int(right) == size_of(axis), formula  # noqa: S307


def test_reads_are_the_positions_of_hdclib_inside_the_input(legal):
    expression = "Array.from({length: script.walkSize(given)}, (_, index) => script.walkReads(given, index))"
    for axis, reads in on_page(expression, legal):
        positions = transposed_read_positions if axis["transposed"] else read_positions
        for index, read in enumerate(reads):
            wanted = positions(index, **layer_of(axis))
            assert read == [at if at is not None and 0 <= at < axis["size"] else None for at in wanted], (axis, index)


def test_places_and_kinds_agree_with_the_reads(legal):
    tap = "({ kind: script.walkKind(given, place), place })"
    taps = f"script.walkPlaces(given, index).map((place) => {tap})"
    output = f"(_, index) => [{taps}, script.walkReads(given, index)]"
    expression = f"Array.from({{length: script.walkSize(given)}}, {output})"
    for axis, outputs in on_page(expression, legal):
        for taps, read in outputs:
            jump = axis["stride"] if axis["transposed"] else 1
            found = [tap["place"] // jump if tap["kind"] == "input" else None for tap in taps]
            assert found == read, axis
            assert all(tap["kind"] != "off" for tap in taps)


def test_feeds_are_the_answers_to_a_single_1(legal):
    """Which outputs change when one input is 1 and the weights are 1, 2, 4, …: real convolutions are the witness."""
    expression = """Array.from({length: given.size}, (_, at) =>
        script.walkFeeds(given, given.transposed ? at * given.stride : at))"""
    for axis, feeds in on_page(expression, legal[:1500]):
        weights = 2 ** np.arange(axis["kernelSize"])
        layer = {name: axis[name] for name in ("stride", "padding", "dilation")}
        for at, fed in enumerate(feeds):
            single = np.eye(axis["size"], dtype=int)[at]
            if axis["transposed"]:
                answer = transposed_convolve(single, weights, output_padding=axis["outputPadding"], **layer)
            else:
                answer = dilated_convolve(single, weights, **layer)
            made = np.zeros_like(answer)
            for tap, index in enumerate(fed):
                if index is not None:
                    made[index] += weights[tap]
            assert made.tolist() == answer.tolist(), (axis, at)


def test_feeds_of_a_convolution_are_those_of_hdclib_in_the_padding_too(legal):
    expression = """Array.from({length: given.size + 2 * given.padding}, (_, at) =>
        script.walkFeeds(given, at - given.padding))"""
    plain = [axis for axis in legal if not axis["transposed"]]
    for axis, feeds in on_page(expression, plain):
        for at, fed in enumerate(feeds, -axis["padding"]):
            assert fed == fed_outputs(at, axis["size"], **layer_of(axis)), (axis, at)


def test_unread_inputs_are_those_of_hdclib(legal):
    for axis, unread in on_page("script.walkUnread(given)", legal):
        if axis["transposed"]:
            readings = [transposed_read_positions(index, **layer_of(axis)) for index in range(size_of(axis))]
            read = {at for positions in readings for at in positions}
            assert unread == [at for at in range(axis["size"]) if at not in read], axis
        else:
            assert unread == unread_samples(axis["size"], **layer_of(axis)), axis


def test_the_bounds_hold_every_tap_and_every_input(axes):
    expression = """[script.walkBounds(given), Array.from({length: script.walkSize(given)},
        (_, index) => script.walkPlaces(given, index)).flat()]"""
    for axis, (bounds, places) in on_page(expression, axes):
        jump = axis["stride"] if axis["transposed"] else 1
        needed = [*places, 0, (axis["size"] - 1) * jump]
        assert bounds["low"] <= min(needed) and bounds["high"] >= max(needed), axis
        assert bounds["high"] - bounds["low"] < 70


VALUES = """(() => {
  const [axes, kind, own, out] = given;
  const values = script.stepperNumbers(axes[0].size, axes[1].size);
  const weights = script.stepperWeights(kind, axes[0].kernelSize, axes[1].kernelSize, own);
  const outputs = script.stepperOutputs(axes, values, weights, out);
  const products = script.stepperProducts(axes, values, weights, [0, 0]);
  const words = script.productWords(products, weights.divisor, axes[0].transposed);
  return { values, taps: weights.taps, divisor: weights.divisor, outputs, words };
})()"""


def test_every_output_is_the_sum_of_products_that_hdclib_gives(legal):
    rng = random.Random(SEED)
    cases, layers = [], []
    for _ in range(300):
        rows = rng.choice(legal)
        columns = rng.choice([axis for axis in legal if axis["transposed"] == rows["transposed"]][:400])
        own = [rng.randint(-9, 9) for _ in range(25)]
        cases.append([[rows, columns], rng.choice(["edge", "blur", "own"]), own, [size_of(rows), size_of(columns)]])
        names = ["stride", "padding", "dilation", *(["output_padding"] if rows["transposed"] else [])]
        keys = {"output_padding": "outputPadding"}
        layers.append({name: [axis[keys.get(name, name)] for axis in (rows, columns)] for name in names})
    found = evaluate("sizes/stepper_values.js", VALUES, cases)
    for (axes, kind, own, _), layer, made in zip(cases, layers, found, strict=True):
        convolve = transposed_convolve if axes[0]["transposed"] else dilated_convolve
        shape = [axis["kernelSize"] for axis in axes]
        if kind == "blur":
            assert (made["taps"], made["divisor"]) == (np.ones(shape).tolist(), np.prod(shape))
        if kind == "own":
            assert (made["taps"], made["divisor"]) == (np.reshape(own, (5, 5))[:shape[0], :shape[1]].tolist(), 1)
        wanted = convolve(made["values"], made["taps"], **layer) / made["divisor"]
        np.testing.assert_allclose(made["outputs"], wanted)
        last = made["words"].removesuffix(", since no tap meets an input").split(" ")[-1].replace("−", "-")
        assert abs(float(last) - wanted[0][0]) <= 0.005 + 1e-9, made["words"]


@pytest.mark.parametrize(
    ("products", "divisor", "words"),
    [
        ([[-1, 7], [0, 3], [2, None]], 1, "−1·7 + 0·3 + 2·0 = −7"),
        ([[1, 7], [-1, 3]], 1, "1·7 − 1·3 = 4"),
        ([[1, 1], [1, 1], [1, 2]], 3, "(1·1 + 1·1 + 1·2) / 3 = 4 / 3 ≈ 1.33"),
    ],
)
def test_products_are_written_out_with_their_sum(products, divisor, words):
    expression = "script.productWords(given[0], given[1], false)"
    assert evaluate("sizes/stepper_values.js", expression, [[products, divisor]]) == [words]


def test_the_layer_is_written_as_pytorch_takes_it():
    axis = {"kernelSize": 3, "stride": 1, "padding": 2, "dilation": 2, "outputPadding": 0}
    other = axis | {"kernelSize": 5, "dilation": 1}
    cases = [[[axis, axis], False], [[axis, other], False], [[axis, axis], True]]
    expression = "script.torchWords({ axes: given[0], transposed: given[1] })"
    assert evaluate("sizes/stepper_values.js", expression, cases) == [
        "nn.Conv2d(1, 1, kernel_size=3, stride=1, padding=2, dilation=2)",
        "nn.Conv2d(1, 1, kernel_size=(3, 5), stride=1, padding=2, dilation=(2, 1))",
        "nn.ConvTranspose2d(1, 1, kernel_size=3, stride=1, padding=2, dilation=2, output_padding=0)",
    ]
