import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hdclib.sizes.formulas import conv_size, conv_transpose_size, pool_size
from hdclib.sizes.unknowns import OPERATIONS, input_sizes_with_output, output_padding_for, solve_size

LAYER = {
    "kernel_size": st.integers(1, 6),
    "stride": st.integers(1, 5),
    "padding": st.integers(0, 4),
    "dilation": st.integers(1, 4),
}


@given(operation=st.sampled_from(sorted(OPERATIONS)), size=st.integers(1, 30), data=st.data(), **LAYER)
def test_the_value_that_made_a_size_is_found_again(operation, size, data, **layer):
    case = {"size": size, **layer}
    if operation == "conv_transpose":
        case["output_padding"] = data.draw(st.integers(0, 4))
    try:
        out = OPERATIONS[operation](**case)
    except ValueError:
        return
    for unknown in case:
        known = {name: value for name, value in case.items() if name != unknown}
        found = solve_size(
            operation, unknown, out, within=(1 if unknown not in ("padding", "output_padding") else 0, 40), **known
        )
        assert case[unknown] in found.values
        assert all(OPERATIONS[operation](**known, **{unknown: value}) == out for value in found.values)


def windows_that_fit(size, kernel_size, stride, padding, dilation):
    """The size by enumeration; no code shared with hdclib."""
    span, padded = dilation * (kernel_size - 1) + 1, size + 2 * padding
    return len([start for start in range(0, padded, stride) if start + span <= padded])


@pytest.mark.parametrize("unknown", ["size", "kernel_size", "stride", "padding", "dilation"])
@pytest.mark.parametrize("out", [1, 3, 4, 9])
def test_nothing_in_the_range_is_missed(unknown, out):
    known = {"size": 11, "kernel_size": 3, "stride": 2, "padding": 1, "dilation": 2}
    del known[unknown]
    low = 0 if unknown == "padding" else 1
    expected = tuple(v for v in range(low, 31) if windows_that_fit(**known, **{unknown: v}) == out)
    assert solve_size("conv", unknown, out, within=(low, 30), **known).values == expected


def test_which_padding_gives_64():
    assert solve_size("conv", "padding", 64, size=64, kernel_size=3, dilation=4).values == (4,)
    assert solve_size("conv", "padding", 32, size=64, kernel_size=3, stride=2).values == (1,)
    assert solve_size("conv_transpose", "output_padding", 64, size=32, kernel_size=3, stride=2, padding=1).values == (
        1,
    )
    assert solve_size("pool", "size", 4, kernel_size=2, ceil_mode=True).values == (7, 8)


def test_a_found_answer_is_also_a_sentence():
    found = solve_size("conv", "size", 32, kernel_size=3, stride=2, padding=1)
    assert found.explanation == "size 63, 64: output size 32"


@pytest.mark.parametrize(
    ("unknown", "out", "known", "message"),
    [
        ("padding", 64, {"size": 64, "kernel_size": 2}, "padding 0 gives 63 and padding 1 gives 65"),
        ("dilation", 99, {"size": 64, "kernel_size": 3}, "no dilation from 1 to 1024 gives 99: dilation 1 gives 62"),
        ("padding", 1, {"size": 64, "kernel_size": 3}, "no padding from 0 to 1024 gives 1: padding 0 gives 62"),
    ],
)
def test_an_empty_answer_tells_the_nearest_ones(unknown, out, known, message):
    found = solve_size("conv", unknown, out, **known)
    assert found.values == ()
    assert found.explanation.endswith(message)


def test_an_empty_answer_with_nothing_legal_tells_why():
    found = solve_size("conv", "dilation", 5, size=4, kernel_size=9)
    assert found.values == ()
    assert found.explanation == (
        "no dilation from 1 to 1024 gives 5: the kernel spans 9 samples (kernel_size=9, dilation=1) but the padded "
        "input has 4: lower kernel_size or pad 3 more on each side"
    )


# --- what a stride forgets ---


@given(out=st.integers(1, 12), **LAYER)
def test_input_sizes_with_output_are_all_and_only_those(out, **layer):
    sizes = input_sizes_with_output(out, **layer)
    everything = [size for size in range(1, 120) if windows_that_fit(size, **layer) == out]
    assert list(sizes) == everything


@given(size=st.integers(1, 20), **LAYER)
def test_output_padding_goes_back_to_each_size_that_the_stride_cannot_tell_apart(size, **layer):
    for output_padding, original in enumerate(reversed(input_sizes_with_output(size, **layer))):
        last = layer["stride"] - 1
        assert conv_transpose_size(size, output_padding=last - output_padding, **layer) == original
        assert output_padding_for(size, original, **layer) == last - output_padding
        assert conv_size(original, **layer) == size


@pytest.mark.parametrize("output_padding", [0, 1, 2])
def test_a_dilation_makes_room_for_output_padding_as_a_stride_does(output_padding):
    out = conv_transpose_size(3, 3, dilation=3, output_padding=output_padding)
    assert output_padding_for(3, out, 3, dilation=3) == output_padding


def test_an_output_size_out_of_reach_names_those_in_reach():
    message = (
        r"^no output_padding turns size=32 into out=66: 0 to 1 give 63 to 64, so change size, or another argument$"
    )
    with pytest.raises(ValueError, match=message):
        output_padding_for(32, 66, kernel_size=3, stride=2, padding=1)


# --- errors ---


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: solve_size("deconv", "size", 4, kernel_size=3), ValueError, r"^operation must be one of conv, pool, "),
        (
            lambda: solve_size("conv", "output_padding", 4, size=4, kernel_size=3),
            ValueError,
            r"^unknown must be one of ",
        ),
        (
            lambda: solve_size("conv", "padding", 4, size=4, kernel_size=3, padding=1),
            ValueError,
            r"leave padding=1 out$",
        ),
        (lambda: solve_size("conv", "padding", 4, size=4, kernel_size=3, stride=0), ValueError, r"^stride must be at "),
        (lambda: solve_size("conv", "padding", 4, size=4), TypeError, r"^kernel_size is missing: "),
        (
            lambda: solve_size("conv", "padding", 4, size=4, kernel_size=3, strides=2),
            TypeError,
            r"^strides is no argument ",
        ),
        (
            lambda: solve_size("conv", "padding", 0, size=4, kernel_size=3),
            ValueError,
            r"^out must be at least 1, got 0$",
        ),
        (lambda: solve_size("conv", "padding", 4.0, size=4, kernel_size=3), TypeError, r"^out must be a whole number"),
        (lambda: solve_size("conv", "size", 4, kernel_size=3, within=9), TypeError, r"^within must be a pair"),
        (lambda: solve_size("conv", "size", 4, kernel_size=3, within=(0, 9)), ValueError, r"^within\[0\] must be at "),
        (lambda: solve_size("conv", "size", 4, kernel_size=3, within=(5, 4)), ValueError, r"^within\[1\] must be at "),
        (lambda: solve_size("conv", "size", 4, kernel_size=3, within=(1, 10**9)), ValueError, r"at most 100000, got"),
        (lambda: input_sizes_with_output(0, 3), ValueError, r"^out must be at least 1, got 0$"),
        (lambda: output_padding_for(4, True, 3), TypeError, r"^out must be a whole number, got True$"),
    ],
)
def test_a_bad_question_is_an_error_that_names_the_argument(call, kind, message):
    with pytest.raises(kind, match=message):
        call()


def test_numpy_integers_are_numbers():
    assert solve_size("pool", "stride", np.int64(4), size=np.int64(8), kernel_size=np.int64(2)).values == (2,)
    assert pool_size(8, 2, stride=2) == 4
    assert input_sizes_with_output(np.int8(100), np.int8(3), stride=np.int8(100)) == range(9903, 10003)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: solve_size("conv", "padding", 4, size=4), TypeError,
         "^kernel_size is missing: with the unknown padding, conv takes size, kernel_size, stride, dilation$"),
        (lambda: solve_size("conv", "padding", 4, size=4, kernel_size=3, dilatation=2), TypeError,
         "^dilatation is no argument of conv: .* it takes size, kernel_size, stride, dilation$"),
        (lambda: solve_size("conv", "output_padding", 4, size=4, kernel_size=3), ValueError,
         "^unknown must be one of size, kernel_size, stride, padding, dilation, got 'output_padding'$"),
        (lambda: solve_size("pool", "ceil_mode", 4, size=4, kernel_size=3), ValueError,
         "^unknown must be one of size, kernel_size, stride, padding, dilation, got 'ceil_mode'$"),
        (lambda: solve_size(["conv"], "size", 4, kernel_size=3), TypeError, "^operation must be one of conv, pool, "),
    ],
)  # fmt: skip
def test_a_question_that_names_the_wrong_things_is_answered_with_the_right_ones(call, error, message):
    with pytest.raises(error, match=message):
        call()
