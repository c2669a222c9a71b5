"""The parts that all checks share: calling a student's function alone, and reading plots."""

import functools
import subprocess
import sys

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import hdclib as hdc
from hdclib.coursework.fair import NotYet, run_alone
from hdclib.coursework.judging import Slip, judge, plain
from hdclib.coursework.plots import check_cells, check_points

matplotlib.use("Agg")


def by_import_inside(size):
    from hdclib.sizes.formulas import conv_size as mine

    return mine(size, 3)


def by_name_of_its_own(size, helper=hdc.conv_size):
    return helper(size, 3)


def by_text(size):
    return getattr(__import__("importlib").import_module("hdclib"), "conv_" + "size")(size, 3)


def by_swallowed_error(size):
    try:
        return hdc.conv_size(size, 3)
    except Exception:
        return 0


def by_map(size):
    return next(map(functools.partial(hdc.conv_size, kernel_size=3), [size]))


def by_generator(size):
    yield hdc.conv_size(size, 3)


@pytest.mark.parametrize(
    "function", [by_import_inside, by_name_of_its_own, by_text, by_swallowed_error, by_map, by_generator]
)
def test_a_function_that_calls_hdclib_is_refused_whatever_the_way(function):
    with pytest.raises(NotYet, match=r"calls hdclib\.\w+.*not read from hdclib.*\?"):
        run_alone("mine", function, 7)


def test_an_import_of_hdclib_alone_is_no_call():
    def honest(size):
        import hdclib.sizes  # noqa: F401

        return size - 2

    assert run_alone("honest", honest, 7) == 5


def test_names_of_hdclib_that_are_imported_in_a_function_and_not_called_are_no_call():
    code = (
        "import pkgutil\nfrom hdclib.coursework.fair import run_alone\n"
        "def honest(size):\n    from hdclib.names import public_names\n"
        "    return [pkgutil.resolve_name(home) for home in public_names().values()] and size\n"
        "print(run_alone('honest', honest, 7))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "7\n", done.stderr[-300:]


def test_the_arguments_are_copies_and_the_profiler_is_given_back():
    layers = [[3, 1], [1, 1]]
    assert run_alone("mine", lambda given: given.pop() or given.sort(), layers) is not None
    assert layers == [[3, 1], [1, 1]]
    assert sys.getprofile() is None


def test_an_error_of_the_student_keeps_its_lines():
    def broken(size):
        return size / 0

    with pytest.raises(NotYet, match=r"broken\(7\) stops with ZeroDivisionError") as caught:
        run_alone("broken", broken, 7)
    assert "Which value in the lines below is not what you expected?" in str(caught.value)
    shown = "\n".join(caught.value._render_traceback_())
    assert "in broken: return size / 0" in shown
    assert "run_alone" not in shown


@pytest.mark.parametrize(("thing", "words"), [(None, "still None"), (3, "not a function"), (lambda: 0, "with def")])
def test_what_cannot_be_called_is_named(thing, words):
    with pytest.raises(NotYet, match=words):
        run_alone("mine", thing, 7)


def test_the_slip_that_makes_the_same_mistakes_gives_the_hint():
    slips = Slip(lambda n: n, "First?"), Slip(lambda n: n * n, "Second?")
    with pytest.raises(NotYet, match=r"mine\(3\) gives 9, and 6 is right\. Second\?"):
        judge("mine", lambda n: n * n, [(2,), (3,)], lambda n: 2 * n, slips)


@pytest.mark.parametrize("made", [lambda n: 2.0 * n, lambda n: np.float64(2 * n)])
def test_a_whole_float_is_its_number(made):
    judge("mine", made, [(2,), (3,)], lambda n: 2 * n)
    judge("mine", lambda n: [[1.0, made(n)]], [(2,), (3,)], lambda n: [[1, 2 * n]])


def test_a_slip_is_known_in_floats_too():
    with pytest.raises(NotYet, match=r"mine\(3\) gives 9\.0, and 6 is right\. Squared\?"):
        judge("mine", lambda n: float(n * n), [(2,), (3,)], lambda n: 2 * n, [Slip(lambda n: n * n, "Squared?")])


@pytest.mark.parametrize(
    ("answer", "right", "hint"),
    [(1.5, 1, "a fraction: // rounds down"), ([1, [0.5]], [1, [1]], "0.5 is none"), (True, 1, "by hand"),
     (1.0, True, "True or False is asked for"), ([float("nan")], [1], "nan is none")],
)  # fmt: skip
def test_fractions_and_truth_values_are_no_numbers_of_samples(answer, right, hint):
    with pytest.raises(NotYet, match=hint):
        judge("mine", lambda n: answer, [(2,)], lambda n: right)


@given(st.recursive(st.integers() | st.booleans() | st.none(), lambda items: st.lists(items)))
def test_plain_changes_nothing_that_is_plain(value):
    assert plain(value) == value


COUNTS = np.outer([1, 0, 2, 0, 1], [1, 0, 2, 0, 1])


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: ax.imshow(COUNTS),
        lambda ax: ax.pcolormesh(COUNTS),
        lambda ax: ax.pcolormesh(np.arange(5), np.arange(5), COUNTS, shading="nearest"),
        lambda ax: ax.matshow(np.sqrt(COUNTS)),
        lambda ax: ax.pcolor(COUNTS),
        lambda ax: ax.imshow(np.ma.masked_equal(COUNTS, 0)),
        lambda ax: ax.imshow(np.log1p(COUNTS), origin="lower"),
    ],
)
def test_every_way_of_drawing_a_map_passes(draw):
    ax = plt.figure().add_subplot()
    draw(ax)
    check_cells("map_ax", ax, COUNTS, "the map")


@pytest.mark.parametrize(
    ("drawn", "hint"),
    [(COUNTS > 0, "only two values"), (COUNTS[1:], r"shape \(4, 5\), not"), (COUNTS + np.eye(5), "right shape")],
)
def test_another_map_is_told_apart(drawn, hint):
    ax = plt.figure().add_subplot()
    ax.imshow(drawn)
    with pytest.raises(NotYet, match=hint):
        check_cells("map_ax", ax, COUNTS, "the map")


def test_bars_of_no_height_may_be_missing_and_points_may_not():
    heights = {0: 1, 1: 0, 2: 3}
    bars, dots = plt.figure().add_subplot(), plt.figure().add_subplot()
    for ax in bars, dots:
        ax.set(xlabel="sample", ylabel="paths")
    bars.bar([0, 2], [1, 3])
    check_points("ax", bars, heights, "the counts")
    dots.plot([0, 2], [2, 3], "o")
    with pytest.raises(NotYet):
        check_points("ax", dots, heights, "the counts")


@pytest.mark.parametrize(
    ("xlabel", "ylabel", "missing"), [("", "paths", "x"), ("sample", "", "y"), (" ", "paths", "x"), ("", "", "x")]
)
def test_points_without_a_label_on_each_axis_are_not_done(xlabel, ylabel, missing):
    ax = plt.figure().add_subplot()
    ax.plot([1, 3], "o")
    ax.set(xlabel=xlabel, ylabel=ylabel)
    with pytest.raises(NotYet, match=f"the right points, but its {missing}-axis has no label. What does it count\\?"):
        check_points("ax", ax, {0: 1, 1: 3}, "the counts")


def test_labels_of_the_figure_are_labels_too():
    figure, ax = plt.subplots()
    ax.plot([1, 3], "o")
    figure.supxlabel("sample")
    figure.supylabel("paths")
    check_points("ax", ax, {0: 1, 1: 3}, "the counts")
