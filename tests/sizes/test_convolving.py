import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdclib.sizes import dilated_convolve, fed_outputs, spread_kernel, transposed_convolve
from hdclib.sizes.formulas import conv_size
from hdclib.sizes.windows import read_positions

TABLE = json.loads((Path(__file__).parents[1] / "tables" / "torch_convolutions.json").read_text())["cases"]
NUMBERS = st.integers(-9, 9)


def at(values, place):
    """The number at a place, 0 outside: the padding by its definition."""
    inside = all(0 <= position < size for position, size in zip(place, values.shape, strict=True))
    return values[place] if inside else 0


def by_definition(values, kernel, stride, padding, dilation):
    """Walk the kernel over every place where it fits; no code shared with hdclib."""
    starts = []
    for axis in range(values.ndim):
        last = values.shape[axis] + padding[axis] - dilation[axis] * (kernel.shape[axis] - 1)
        starts.append(range(-padding[axis], last, stride[axis]))
    sums = []
    for start in product(*starts):
        total = 0
        for tap in np.ndindex(kernel.shape):
            place = tuple(s + t * d for s, t, d in zip(start, tap, dilation, strict=True))
            total += kernel[tap] * at(values, place)
        sums.append(total)
    return np.reshape(sums, [len(places) for places in starts])


@st.composite
def cases(draw):
    """Values, kernel and one stride, padding and dilation an axis, with a kernel that fits."""
    axes = draw(st.integers(1, 2))
    each = {name: draw(st.lists(st.integers(low, 3), min_size=axes, max_size=axes))
            for name, low in (("stride", 1), ("padding", 0), ("dilation", 1))}  # fmt: skip
    shapes = []
    for axis in range(axes):
        taps = draw(st.integers(1, 4))
        least = max(1, (taps - 1) * each["dilation"][axis] + 1 - 2 * each["padding"][axis])
        shapes.append((draw(st.integers(least, least + 4)), taps))
    sizes, taps = zip(*shapes, strict=True)
    seed = draw(st.integers(0, 10**6))
    rng = np.random.default_rng(seed)
    return rng.integers(-9, 10, sizes), rng.integers(-9, 10, taps), each


@given(cases())
def test_a_dilated_convolution_is_the_sum_of_its_definition(case):
    values, kernel, layer = case
    np.testing.assert_array_equal(dilated_convolve(values, kernel, **layer), by_definition(values, kernel, **layer))


@given(cases())
def test_writing_the_holes_as_zeros_changes_nothing(case):
    values, kernel, layer = case
    ordinary = {**layer, "dilation": 1}
    wide = dilated_convolve(values, spread_kernel(kernel, dilation=layer["dilation"]), **ordinary)
    np.testing.assert_array_equal(wide, dilated_convolve(values, kernel, **layer))


@given(st.lists(NUMBERS, min_size=3, max_size=12), st.lists(NUMBERS, min_size=1, max_size=3))
def test_dilation_1_is_numpys_correlation(values, kernel):
    np.testing.assert_array_equal(dilated_convolve(values, kernel), np.correlate(values, kernel, "valid"))


@given(cases(), st.data())
def test_the_transposed_one_is_the_transpose(case, data):
    """As matrices: the inner product of any two arrays across the layer is the same both ways."""
    values, kernel, layer = case
    answer = dilated_convolve(values, kernel, **layer)
    other = np.random.default_rng(data.draw(st.integers(0, 10**6))).integers(-9, 10, answer.shape)
    back = transposed_convolve(other, kernel, **layer | {"padding": 0})
    padded = np.pad(values, [(padding,) * 2 for padding in layer["padding"]])
    seen = padded[tuple(slice(0, size) for size in back.shape)]  # the stride may leave the far end unread
    assert (answer * other).sum() == (seen * back).sum()


@pytest.mark.parametrize("transposed", [False, True])
def test_numbers_are_pytorchs(transposed):
    chosen = [dict(case) for case in TABLE if case["transposed"] is transposed]
    assert len(chosen) == 80 and {np.ndim(case["values"]) for case in chosen} == {1, 2}
    function = transposed_convolve if transposed else dilated_convolve
    for case in chosen:
        answer = case.pop("answer")
        del case["transposed"]
        np.testing.assert_array_equal(function(**case), answer, err_msg=str(case))


def test_the_kernel_is_not_flipped():
    assert dilated_convolve([0, 0, 1, 0, 0], [1, 2, 3]).tolist() == [3, 2, 1]
    assert np.convolve([0, 0, 1, 0, 0], [1, 2, 3], "valid").tolist() == [1, 2, 3]


def test_the_example_of_the_chapter_by_hand():
    values, kernel = [3, 1, 4, 1, 5, 9, 2], [1, 2, -1]
    by_hand = [3 + 2 - 4, 1 + 8 - 1, 4 + 2 - 5, 1 + 10 - 9, 5 + 18 - 2]
    assert dilated_convolve(values, kernel).tolist() == by_hand
    assert dilated_convolve(values, kernel, dilation=2).tolist() == [3 + 8 - 5, 1 + 2 - 9, 4 + 10 - 2]


def test_sums_of_pixels_do_not_overflow():
    pixels = np.full(9, 255, dtype=np.uint8)
    assert dilated_convolve(pixels, np.full(3, 100, dtype=np.uint8)).max() == 76_500
    assert transposed_convolve(pixels, np.full(3, 100, dtype=np.uint8)).max() == 76_500


def test_the_arguments_are_left_alone():
    values, kernel = np.arange(5.0), np.ones(3)
    dilated_convolve(values, kernel, padding=1)[:] = -1
    transposed_convolve(values, kernel)[:] = -1
    spread_kernel(kernel)[:] = -1
    assert values.tolist() == [0, 1, 2, 3, 4] and kernel.tolist() == [1, 1, 1]


@given(cases())
def test_fed_outputs_are_the_readers_of_each_position(case):
    values, kernel, layer = case
    size, taps = values.shape[0], kernel.shape[0]
    numbers = {name: each[0] for name, each in layer.items()}
    reads = [read_positions(index, taps, **numbers) for index in range(conv_size(size, taps, **numbers))]
    for position in range(-numbers["padding"], size + numbers["padding"]):
        readers = [[index for index, read in enumerate(reads) if read[tap] == position] for tap in range(taps)]
        expected = [found[0] if found else None for found in readers]
        assert fed_outputs(position, size, taps, **numbers) == expected


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: dilated_convolve([1, 2], [[1]]), ValueError, "^values has 1 axes and kernel has 2: give them "),
        (lambda: dilated_convolve([], [1]), ValueError, "^values must hold at least one number"),
        (lambda: dilated_convolve([1], 3), ValueError, "^kernel must hold at least one number"),
        (lambda: dilated_convolve(["a"], [1]), TypeError, "^values must hold numbers"),
        (lambda: dilated_convolve([True], [1]), TypeError, "^values must hold numbers, got bool$"),
        (lambda: dilated_convolve([1, 2], [1], dilation=0), ValueError, "^dilation must be at least 1, got 0$"),
        (lambda: dilated_convolve([1, 2], [1], stride=(1, 1)), ValueError, "^stride has 2 entries for 1 axes"),
        (lambda: dilated_convolve([1, 2], [1], padding=0.5), TypeError, "^padding must be a whole number, got 0.5$"),
        (lambda: dilated_convolve([1, 2, 3], [1, 1, 1], dilation=2), ValueError, "^the kernel spans 5 samples"),
        (
            lambda: dilated_convolve(np.ones((9, 3)), np.ones((3, 3)), dilation=2),
            ValueError,
            r"^axis 1: the kernel spans 5 samples .* pad 1 more on each side$",
        ),
        (lambda: transposed_convolve([1], [1], output_padding=1), ValueError, "^output_padding must be less than"),
        (lambda: spread_kernel([1], dilation=(1, 0)), ValueError, "^dilation has 2 entries for 1 axes"),
        (lambda: fed_outputs(-1, 5, 3), ValueError, "^position must be at least 0, got -1$"),
        (lambda: fed_outputs(6, 5, 3, padding=1), ValueError, "^position must be at most 5, got 6$"),
        (lambda: fed_outputs(0, 2, 3), ValueError, "^the kernel spans 3 samples"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, kind, message):
    with pytest.raises(kind, match=message):
        call()
