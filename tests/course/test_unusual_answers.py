"""Right answers in unusual forms pass in all four assignments; what is not taken says why."""

import textwrap

import coursework_cells as cells
import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from hdclib.coursework.fair import NotYet
from hdclib.coursework.judging import wholes
from hdclib.coursework.plots import check_cells, check_points

matplotlib.use("Agg")
ITEMS = {
    "tuple": "tuple(found)",
    "queue": "__import__('collections').deque(found)",
    "iterator": "iter(found)",
    "generator": "(item for item in found)",
    "array": "__import__('numpy').array(found)",
}
NUMBERS = {
    "float": "found if found is None else float(found)",
    "numpy's integer": "found if found is None else __import__('numpy').int32(found)",
    "numpy's float": "found if found is None else __import__('numpy').float64(found)",
    "array of one": "found if found is None else __import__('numpy').array(found)",
}
FLOATS = {
    "floats": "[float(item) for item in found]",
    "floats of numpy": "__import__('numpy').array(found, dtype=float)",
}
PAIRS = {
    "lists of tuples": "[list(map(tuple, part)) for part in found]",
    "sets of tuples": "[set(map(tuple, part)) for part in found]",
    "frozen sets": "tuple(frozenset(map(tuple, part)) for part in found)",
    "queues backwards": "[__import__('collections').deque(part[::-1]) for part in found]",
    "rows of arrays": "[list(map(__import__('numpy').array, part)) for part in found]",
}
FUNCTIONS = {
    ("sizes", "out_size"): NUMBERS,
    ("sizes", "same_padding"): NUMBERS,
    ("sizes", "transposed_size"): NUMBERS,
    ("sizes", "field_of"): NUMBERS,
    ("sizes", "sizes_through"): ITEMS | FLOATS,
    ("gridding", "path_counts"): ITEMS | FLOATS,
    ("gridding", "usage_map"): ITEMS | {"matrix": "__import__('numpy').matrix(found)"},
    ("gridding", "shared"): NUMBERS,
    ("rules", "distances"): ITEMS | FLOATS,
    ("rules", "hole_free"): {"numpy's bool": "__import__('numpy').bool_(found)"},
    ("rules", "survey"): PAIRS,
    ("designing", "grid_of"): ITEMS | FLOATS,
    ("designing", "keep_dense"): ITEMS,
    ("designing", "schedules"): {name: ITEMS[name] for name in ("tuple", "queue", "iterator", "generator")},
}
VALUES = {
    ("sizes", "unknowns"): "padding, largest_dilation = float(padding), np.float64(largest_dilation)\n"
    "possible_sizes = set(possible_sizes)",
    ("sizes", "decoder"): "output_paddings = np.array(output_paddings)\ndecoded_size = float(decoded_size)",
    ("gridding", "missing"): "holes_per_axis, pixels_used = float(holes_per_axis), np.int64(pixels_used)",
    ("gridding", "lattice"): "step, sub_grids, lattice_pixels = map(float, (step, sub_grids, lattice_pixels))",
    ("gridding", "two_stacks"): "full, torn = np.array(full)[::-1], tuple(map(float, torn))",
    ("rules", "chain"): "m2, accepted = float(m2), np.bool_(accepted)",
    ("rules", "counterexamples"): "accepted_wrongly = tuple(map(float, accepted_wrongly))\n"
    "rejected_wrongly = np.array(rejected_wrongly)",
    ("designing", "planning"): "field_before, fewest = float(field_before), np.float64(fewest)",
    ("designing", "design"): "design = np.array(design)\nwhole_field = float(whole_field)",
    ("designing", "branches"): "parallel_span, cascade_read = float(parallel_span), np.int64(cascade_read)",
}
UNUSUAL = [(*where, form, made) for where, forms in FUNCTIONS.items() for form, made in forms.items()]


def solution(name, grade_id):
    """Return the code of a solution, without the indentation of its region."""
    (source,) = (text for meta, text in cells.code_cells(name) if meta["grade_id"] == grade_id)
    region = cells.SOLUTION.search(source).group()
    return textwrap.dedent("\n".join(region.split("\n")[1:-1]))


def test_there_are_at_least_sixty():
    assert len(UNUSUAL) + len(VALUES) >= 60


@pytest.mark.parametrize(("name", "grade_id", "form", "made"), UNUSUAL, ids=lambda value: str(value)[:20])
def test_a_result_may_have_any_form_that_holds_it(name, grade_id, form, made):
    inner = textwrap.indent(solution(name, grade_id), "    ")
    assert cells.outcome_of(name, grade_id, f"def plainly():\n{inner}\n\nfound = plainly()\nreturn {made}") is None


@pytest.mark.parametrize(("name", "grade_id"), VALUES)
def test_a_value_may_have_any_form_that_holds_it(name, grade_id):
    code = f"{solution(name, grade_id)}\nimport numpy as np\n{VALUES[name, grade_id]}"
    assert cells.outcome_of(name, grade_id, code) is None


@pytest.mark.parametrize("value", [[True], [1.5], ["1"], {1: 2}])
def test_true_a_fraction_and_text_are_no_whole_numbers(value):
    with pytest.raises(NotYet, match="a list of whole numbers is asked for"):
        wholes("mine", value, "Which?")


def draw(how):
    """Return the Axes of a plot of 1, 4, 9."""
    ax = plt.subplots()[1]
    how(ax)
    return ax


POINTS = {0: 1, 1: 4, 2: 9}


def test_a_filled_area_gets_a_hint():
    with pytest.raises(NotYet, match="shows a filled area"):
        check_points("mine", draw(lambda ax: ax.fill_between([0, 1, 2], [1, 4, 9])), POINTS, "squares")


def test_a_filled_area_beside_a_line_does_no_harm(capsys):
    ax = draw(lambda ax: (ax.fill_between([0, 1, 2], [1, 4, 9]), ax.plot([1, 4, 9]), ax.set(xlabel="x", ylabel="y")))
    check_points("mine", ax, POINTS, "squares")
    assert "shows squares" in capsys.readouterr().out


def test_words_beside_a_plot_are_no_label_and_the_hint_says_so():
    ax = draw(lambda ax: (ax.plot([1, 4, 9]), ax.figure.text(0, 0, "layer")))
    with pytest.raises(NotYet, match="belongs to no axis; set_xlabel does"):
        check_points("mine", ax, POINTS, "squares")


def test_an_image_of_colours_gets_a_hint():
    with pytest.raises(NotYet, match="colours that are mixed already"):
        check_cells("mine", draw(lambda ax: ax.imshow(np.zeros((2, 2, 3)))), [[1, 2], [3, 4]], "counts")
