import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hdclib.sizes.formulas import conv_size, conv_transpose_size, effective_size, pool_size, same_padding

SMALL = {
    "size": st.integers(1, 40),
    "kernel_size": st.integers(1, 7),
    "stride": st.integers(1, 6),
    "padding": st.integers(0, 8),
    "dilation": st.integers(1, 6),
}


def recorded(name):
    """The cases of one recorded table, each as ({argument: value}, what the framework answered)."""
    table = json.loads((Path(__file__).parents[1] / "tables" / name).read_text())
    *arguments, _ = table["columns"]
    return [(dict(zip(arguments, case, strict=False)), case[-1]) for case in table["cases"]]


def size_or_none(function, arguments):
    """The size, or None where the call is refused."""
    try:
        return function(**arguments)
    except ValueError:
        return None


# --- against enumeration: no code shared with hdclib ---


def windows(size, kernel_size, stride, padding, dilation):
    """Walk a window over the padded input; yield its first sample and how far it hangs over the padded end."""
    for start in range(-padding, size + padding, stride):
        yield start, start + dilation * (kernel_size - 1) - (size + padding - 1)


@given(**SMALL)
def test_conv_size_is_the_number_of_windows_that_fit(**arguments):
    fitting = sum(overhang <= 0 for _, overhang in windows(**arguments))
    assert size_or_none(conv_size, arguments) == (fitting or None)


@given(ceil_mode=st.booleans(), **SMALL)
def test_pool_size_counts_windows_that_hang_over_by_less_than_a_stride(ceil_mode, **arguments):
    assume(arguments["padding"] <= arguments["kernel_size"] / 2)
    allowed = arguments["stride"] - 1 if ceil_mode else 0
    kept = [
        start
        for start, overhang in windows(**arguments)
        if overhang <= allowed and (overhang <= 0 or start < arguments["size"])
    ]
    assert size_or_none(pool_size, {**arguments, "ceil_mode": ceil_mode}) == (len(kept) or None)


@given(output_padding=st.integers(0, 7), **SMALL)
def test_transposed_size_is_the_spread_of_the_samples_less_the_cut(output_padding, **arguments):
    size, kernel_size, stride, padding, dilation = arguments.values()
    reached = {at * stride + tap * dilation for at in range(size) for tap in range(kernel_size)}
    left = list(range(max(reached) + 1 + output_padding))[padding:]
    left = left[: max(0, len(left) - padding)]
    legal = output_padding < stride or output_padding < dilation
    expected = len(left) if legal and left else None
    assert size_or_none(conv_transpose_size, {**arguments, "output_padding": output_padding}) == expected


@given(SMALL["kernel_size"], SMALL["dilation"])
def test_same_padding_keeps_every_size(kernel_size, dilation):
    before, after = same_padding(kernel_size, dilation=dilation)
    taps = [tap * dilation for tap in range(kernel_size)]
    assert [start for start in range(20 + before + after) if start + taps[-1] < 20 + before + after] == list(range(20))
    assert after - before == taps[-1] % 2


@given(SMALL["kernel_size"], SMALL["dilation"])
def test_effective_size_counts_from_the_first_tap_to_the_last(kernel_size, dilation):
    assert effective_size(kernel_size, dilation=dilation) == len(range(0, dilation * (kernel_size - 1) + 1))


# --- against PyTorch, recorded by tools/record_tables.py ---


@pytest.mark.parametrize(
    ("function", "table"),
    [
        (conv_size, "torch_conv.json"),
        (pool_size, "torch_pool.json"),
        (conv_transpose_size, "torch_conv_transpose.json"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_sizes_and_refusals_are_pytorchs(function, table):
    cases = recorded(table)
    wrong = [(case, answer) for case, answer in cases if size_or_none(function, case) != answer]
    assert wrong == []
    refused = sum(answer is None for _, answer in cases)
    assert 100 < refused < len(cases) - 500  # the table has both kinds


def test_same_padding_is_pytorchs_even_where_it_is_asymmetric():
    table = json.loads((Path(__file__).parents[1] / "tables" / "torch_same_padding.json").read_text())["cases"]
    assert [[k, d, *same_padding(k, dilation=d)] for k, d, *_ in table] == table
    assert any(before != after for *_, before, after in table)


# --- what the book says ---


@pytest.mark.parametrize("dilation", range(2, 6))
def test_padding_1_keeps_the_size_for_dilation_1_only(dilation):
    assert conv_size(64, 3, padding=1) == 64
    assert conv_size(64, 3, padding=1, dilation=dilation) == 64 - 2 * (dilation - 1)
    assert conv_size(64, 3, padding=dilation, dilation=dilation) == 64


def test_the_source_explainers_dilated_formula_is_wrong_by_one_and_leaves_fractions():
    def explained(size, kernel_size, stride, padding, dilation):
        """As printed there: the -1 is missing, and there is no floor."""
        return (size + 2 * padding - dilation * (kernel_size - 1)) / stride + 1

    assert explained(7, 3, stride=1, padding=0, dilation=1) == 6
    assert conv_size(7, 3) == 5
    assert explained(8, 3, stride=2, padding=0, dilation=2) == 3
    assert conv_size(8, 3, stride=2, dilation=2) == 2
    assert explained(7, 3, stride=2, padding=0, dilation=1) == 3.5  # no size at all
    assert conv_size(7, 3, stride=2) == 3


def test_the_explainers_own_pictures_have_the_sizes_of_the_right_formula():
    assert conv_size(5, 3) == 3
    assert conv_size(7, 3, dilation=2) == 3


def test_a_third_window_that_would_start_in_the_padding_is_dropped():
    assert pool_size(5, 2, stride=3, padding=1) == 2
    assert pool_size(5, 2, stride=3, padding=1, ceil_mode=True) == 2  # it would start at sample 5 of 0 to 4
    assert pool_size(6, 2, stride=3, padding=1, ceil_mode=True) == 3  # here sample 5 is there


# --- errors ---


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: conv_size(7, 3, dilation=4),
            r"^the kernel spans 9 samples \(kernel_size=3, dilation=4\) but the padded input has 7: "
            r"lower dilation or pad 1 more on each side$",
        ),
        (lambda: conv_size(2, 3), r"input has 2: lower kernel_size or pad 1 more on each side$"),
        (lambda: conv_size(0, 3), r"^size must be at least 1, got 0$"),
        (lambda: conv_size(7, 3, stride=0), r"^stride must be at least 1, got 0$"),
        (lambda: conv_size(7, 3, padding=-1), r"^padding must be at least 0, got -1$"),
        (lambda: effective_size(3, dilation=0), r"^dilation must be at least 1, got 0$"),
        (lambda: same_padding(0), r"^kernel_size must be at least 1, got 0$"),
        (
            lambda: pool_size(9, 3, padding=2, dilation=2),
            r"^padding must be at most 1, half of kernel_size=3, got 2: lower it, or pad the input before pooling$",
        ),
        (
            lambda: pool_size(2, 3),
            r"the window spans 3 samples .* input has 2: lower kernel_size or give at least 3 input",
        ),
        (lambda: pool_size(1, 5, stride=2, ceil_mode=True), r"give at least 4 input samples$"),
        (lambda: pool_size(9, 3, stride=0), r"^stride must be at least 1, got 0$"),
        (
            lambda: conv_transpose_size(4, 3, stride=2, output_padding=2),
            r"^output_padding must be less than stride=2 or less than dilation=1, got 2: give at most 1$",
        ),
        (
            lambda: conv_transpose_size(1, 3, padding=2),
            r"^padding=2 cuts 4 samples off a result of 3: lower padding to at most 1, or give more input samples$",
        ),
    ],
)
def test_a_size_that_cannot_be_says_why_and_how_to_mend_it(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("value", [True, np.True_, 2.0, "2", [2]], ids=repr)
@pytest.mark.parametrize("name", ["size", "kernel_size", "stride", "padding", "dilation"])
@pytest.mark.parametrize("function", [conv_size, pool_size, conv_transpose_size])
def test_anything_but_a_whole_number_is_refused_by_name(function, name, value):
    with pytest.raises(TypeError, match=f"^{name} must be a whole number, got "):
        function(**{"size": 9, "kernel_size": 3, name: value})


def test_ceil_mode_must_be_a_truth_value():
    with pytest.raises(TypeError, match=r"^ceil_mode must be True or False, got 1$"):
        pool_size(9, 3, ceil_mode=1)


def test_small_numpy_integers_do_not_overflow():
    assert conv_size(np.int8(120), np.int8(3), stride=np.int8(1), padding=np.int8(100), dilation=np.int8(1)) == 318
    assert pool_size(np.int8(120), np.int8(100), stride=np.int8(2), padding=np.int8(50)) == 61
    assert conv_transpose_size(np.int8(100), np.int8(100), stride=np.int8(100), dilation=np.int8(100)) == 19801


def test_huge_sizes_are_exact():
    assert conv_size(10**30, 3, stride=2, padding=1) == 5 * 10**29
    assert conv_transpose_size(10**30, 3, stride=2, padding=1, output_padding=1) == 2 * 10**30
