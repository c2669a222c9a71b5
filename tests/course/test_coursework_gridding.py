"""The assignment *gridding*: usual mistakes get their own hint, and other right ways pass."""

import coursework_cells as cells
import pytest

import hdclib as hdc

COUNTS = """
counts = [1]
for dilation in dilations:
    wider = [0] * (len(counts) + dilation * (kernel_size - 1))
    for tap in range(kernel_size):
        for at, count in enumerate(counts):
            wider[at + tap * dilation] += count
    counts = wider
"""
MISTAKES = [
    ("path_counts", COUNTS + "return [int(count > 0) for count in counts]", "How many paths lead to each"),
    ("path_counts", COUNTS + "return [count for count in counts if count]", "Which number do they get"),
    ("path_counts", COUNTS.replace("in dilations", "in [d + 1 for d in dilations]") + "return counts", "ordinary conv"),
    ("path_counts", "kernel_size = 3" + COUNTS + "return counts", "What does kernel_size say"),
    ("path_counts", COUNTS.replace("dilation in dilations", "dilation in [1 for _ in dilations]") + "return counts",
     "no notice of the dilations"),
    ("path_counts", "dilations = dilations[:1]" + COUNTS + "return counts", "That is the first layer alone"),
    ("path_counts", "dilations = dilations[-1:]" + COUNTS + "return counts", "That is the last layer alone"),
    ("path_counts", COUNTS + "return counts + [0] * sum(dilations)", "Where does the receptive field end"),
    ("path_counts", COUNTS.replace("range(kernel_size)", "(0, kernel_size - 1)") + "return counts", "two outer copies"),
    ("path_counts", COUNTS + "return [at for at, count in enumerate(counts) if count]", "lists the samples"),
    ("path_counts", COUNTS + "return counts[::2]", "Do your counts sum to that"),
    ("path_counts", COUNTS + "print(counts)", "Nothing comes back"),
    ("path_counts", "import hdclib\nreturn hdclib.tap_counts(dilations, kernel_size)", "calls hdclib"),
    ("usage_map", "c = path_counts(dilations, kernel_size)\nreturn np.add.outer(c, c)", "add, or multiply"),
    ("usage_map", "c = path_counts(dilations, kernel_size)\nreturn np.minimum(np.outer(c, c), 1)", "How often is each"),
    ("usage_map", "c = path_counts(dilations, kernel_size)\nreturn np.minimum.outer(c, c)", "How many pairs are there"),
    ("usage_map", "c = path_counts(dilations, kernel_size)\nreturn [c] * len(c)", "Your rows are all alike"),
    ("usage_map", "return path_counts(dilations, kernel_size)", "That is one axis"),
    ("usage_map", "c = path_counts(dilations, kernel_size)\nreturn 2 * np.outer(c, c)", "What is it for dilations"),
    ("usage_map", "c = path_counts(dilations, kernel_size)\nreturn np.outer(c, c) / 2", "Which line of yours makes"),
    ("path_counts", "import numpy as np\nreturn np.ones(1 + (kernel_size - 1) * sum(dilations)).tolist()",
     "Do your counts sum to that"),
    ("map_plot", "map_ax = plt.subplots()[1]", "shows no image yet"),
    ("map_plot", "map_ax = plt.subplots()[1]\nmap_ax.imshow(usage_map(numbers['mixed'], 3) > 0)", "only two values"),
    ("map_plot", "map_ax = plt.subplots()[1]\nmap_ax.imshow(usage_map(numbers['lattice'], 3))", "array of shape"),
    ("shared", "return max(0, 1 + (kernel_size - 1) * sum(dilations) - shift)", "lie in both receptive fields"),
    ("shared", "return len([c for c in path_counts(dilations, kernel_size) if c])", "What changes"),
    ("shared", "c = path_counts(dilations, kernel_size)\nreturn sum(map(min, c, c[shift:]))", "You count paths"),
    ("shared", "c = path_counts(dilations, kernel_size)\n"
     "return sum(a > 0 and b > 0 for a, b in zip(c, c[shift:])) ** 2", "Along one axis, please"),
    ("shared", "c = path_counts(dilations, kernel_size)\n"
     "return any(a > 0 and b > 0 for a, b in zip(c, c[shift:]))", "whether they share anything"),
    ("shared", "return 0", "Which samples are in both"),
    ("missing", "holes_per_axis = sum(c > 0 for c in path_counts(numbers['mixed'], 3))", "How many are not"),
    ("missing", "holes_per_axis = h**2", "How many are there along one axis"),
    ("missing", "holes_per_axis = h\npixels_used = span**2", "That is the receptive field of the image"),
    ("missing", "holes_per_axis = h\npixels_used = span - h", "pairs of a row and a column"),
    ("missing", "holes_per_axis = h\npixels_used = 3**8", "How many different pixels are there"),
    ("missing", "holes_per_axis = h\npixels_used = span**2 - h**2", "its row or its column is a hole"),
    ("missing", "holes_per_axis = h\npixels_used = (span - h)**2\npixels_missed = h**2", "both holes"),
    ("missing", "holes_per_axis = h\npixels_used = (span - h)**2\npixels_missed = 2 * h * span", "How many are these"),
    ("missing", "holes_per_axis = h\npixels_used = (span - h)**2\npixels_missed = h * span", "What of the columns"),
    ("lattice", "step = 1", "1 divides everything"),
    ("lattice", "step = min(numbers['lattice'])", "That is the smallest dilation"),
    ("lattice", "step = g\nsub_grids = g", "how many mixes are there"),
    ("lattice", "step = g\nsub_grids = g * g\nlattice_pixels = (sum(numbers['lattice']) * 2 + 1)**2", "of the image"),
    ("lattice", "step = g\nsub_grids = g * g\nlattice_pixels = (2 * sum(stack) // g + 1)**2", "lie on the lattice"),
    ("two_stacks", "full = [1, 2, 5]", "Can you give 4 dilations"),
    ("two_stacks", "full = [1, 2, 5, 14]", "What do the dilations sum to"),
    ("two_stacks", "full = [1, 2, 5, total - 8]", "Which of the dilations can make room"),
    ("two_stacks", "full = [1, 1, kept, total - 2 - kept]", "What could reach it"),
    ("two_stacks", "full, torn = good, good", "has no hole"),
    ("two_stacks", "full, torn = good, [2, 2, kept, total - kept - 4]", "has no dilation of 1"),
]  # fmt: skip
KNOWN = """
line = path_counts(numbers["mixed"], 3)
h, span, g = line.count(0), len(line), int(np.gcd.reduce(numbers["lattice"]))
total, kept = numbers["field"] // 2, numbers["kept"]
good, stack = solved_full, numbers["lattice"]
"""
OTHERS = {
    "path_counts": "counts = np.ones(1, dtype=int)\nfor dilation in dilations:\n"
    "    kernel = np.zeros(dilation * (kernel_size - 1) + 1, dtype=int)\n    kernel[::dilation] = 1\n"
    "    counts = np.convolve(counts, kernel)\nreturn counts",
    "usage_map": "row = list(path_counts(dilations, kernel_size))\nreturn [[int(a * b) for b in row] for a in row]",
    "shared": "read = {0}\nfor dilation in dilations:\n"
    "    read |= {at + dilation * tap for at in read for tap in range(kernel_size)}\n"
    "return sum(at + shift in read for at in read)",
    "missing": "line = np.array(path_counts(numbers['mixed'], numbers['kernel_size']))\n"
    "holes_per_axis = np.count_nonzero(line == 0)\npixels_used = np.count_nonzero(np.outer(line, line))\n"
    "pixels_missed = line.size**2 - pixels_used",
}
MAPS = [
    "map_ax.pcolormesh(counts)",
    "map_ax.imshow(counts, cmap='gray')",
    "map_ax.imshow(np.where(counts, counts, np.nan))",
    "map_ax.imshow(np.log1p(counts))\nmap_ax.plot([0], [0], 'x')",
    "from hdclib.gridding.figures import plot_usage_map\nplot_usage_map(counts, ax=map_ax)",
]


@pytest.mark.parametrize(("grade_id", "code", "hint"), MISTAKES)
def test_a_usual_mistake_gets_its_own_hint(grade_id, code, hint):
    if grade_id in ("missing", "lattice", "two_stacks"):
        full = cells.run("gridding", tests=False)[0]["full"]
        code = KNOWN.replace("solved_full", repr(full)) + code
    message = str(cells.outcome_of("gridding", grade_id, code))
    assert hint in message
    assert message.count("?") == 1


def test_other_right_ways_pass():
    assert set(cells.run("gridding", answers=OTHERS)[1].values()) == {None}


FLOATS = """
counts = np.ones(1)
for dilation in dilations:
    kernel = np.zeros(dilation * (kernel_size - 1) + 1)
    kernel[::dilation] = 1
    counts = np.convolve(counts, kernel)
return counts.tolist()
"""


def test_counts_may_be_floats_as_numpy_makes_them_in_the_check_and_in_the_hidden_test():
    maps = "row = np.array(path_counts(dilations, kernel_size))\nassert row.dtype == float\nreturn np.outer(row, row)"
    assert set(cells.run("gridding", answers={"path_counts": FLOATS, "usage_map": maps})[1].values()) == {None}


def first_too_large(dilations):
    """The first dilation in rising order that is larger than the run which those before it fill, and that run."""
    rising = sorted(dilations)
    before = next(at for at in range(1, len(rising) + 1) if not hdc.is_hole_free(rising[: at + 1], 3))
    return rising[before], hdc.coverage(rising[:before], 3).span


def written():
    return "".join(next(cell["source"] for cell in cells.notebook("gridding")["cells"] if cell["id"] == "written"))


def test_the_model_answer_names_the_dilation_that_makes_holes_and_what_stays_unread():
    mixed = cells.draw("gridding", "public")["mixed"]
    rising, (dilation, run) = sorted(mixed), first_too_large(mixed)
    assert run == 1 + 2 * rising[0]
    assert f"in rising order, {', '.join(map(str, rising))}." in written()
    assert f"Dilation {rising[0]} fills a run of {run}. The next is {dilation}, more than {run}," in written()
    assert f"samples {run} to {dilation - 1} stay unread" in written()
    assert set(hdc.tap_counts(mixed, 3)[run:dilation]) == {0}


def test_mostly_the_dilation_that_makes_holes_is_not_the_largest_as_the_mark_scheme_says():
    stacks = [cells.draw("gridding", seed)["mixed"] for seed in range(200)]
    largest = sum(first_too_large(stack)[0] == max(stack) for stack in stacks)
    assert 2 * largest < len(stacks)
    assert "Mostly it is not the largest dilation." in written()


@pytest.mark.parametrize("drawing", MAPS)
def test_every_way_of_drawing_passes(drawing):
    code = "counts = np.array(usage_map(numbers['mixed'], 3))\nmap_ax = plt.subplots()[1]\n" + drawing
    assert cells.outcome_of("gridding", "map_plot", code) is None
