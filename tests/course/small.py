"""A small assignment for the tests of grading: two questions of code, a plot, and a written answer."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

VARIANT = '''"""The numbers of the small assignment."""


def draw(random):
    """Return a list to sum and a factor."""
    return {"values": [random.randint(10, 10**6) for _ in range(3)], "factor": random.randint(3, 10**6)}
'''
TOTAL = "def total(values):\n    ### BEGIN SOLUTION\n    return sum(values)\n    ### END SOLUTION"
TEST_TOTAL = """\
assert total(numbers["values"]) == numbers["values"][0] + numbers["values"][1] + numbers["values"][2]
### BEGIN HIDDEN TESTS
from random import Random
hidden_cases = Random(globals().get("grading_seed", 1))
case = [hidden_cases.randint(1, 10**9) for _ in range(5)]
assert total(case) == case[0] + case[1] + case[2] + case[3] + case[4], "the sum of five numbers"
### END HIDDEN TESTS"""
SCALED = "### BEGIN SOLUTION\nscaled = numbers['factor'] * numbers['values'][0]\n### END SOLUTION"
TEST_SCALED = """\
assert type(scaled) is int, "scaled must be a whole number"
### BEGIN HIDDEN TESTS
assert scaled == numbers["factor"] * numbers["values"][0]
### END HIDDEN TESTS"""
PLOT = "_, ax = plt.subplots()\n### BEGIN SOLUTION\nax.plot(numbers['values'])\n### END SOLUTION"
TEST_PLOT = """\
from hdclib.coursework.plots import drawing_of

assert drawing_of("ax", ax).series[0][:, 1].tolist() == numbers["values"]"""
WRITTEN = """\
Why is the order of a sum of no importance?

=== BEGIN MARK SCHEME ===
2 points for naming commutativity and associativity.
=== END MARK SCHEME ===

### BEGIN SOLUTION
Addition is commutative and associative.
### END SOLUTION"""


def marks(grade_id, points=None, solution=False):
    """Return the metadata of a cell: a test or written answer if it has points, else an answer or a locked cell."""
    found = {"schema_version": 3, "grade_id": grade_id, "grade": points is not None, "solution": solution,
             "locked": not solution, "task": False}  # fmt: skip
    return {"nbgrader": found if points is None else {**found, "points": points}}


def source():
    """Return the source notebook of the assignment, not executed."""
    code = [
        ("imports", "import matplotlib.pyplot as plt", marks("imports")),
        ("numbers", "numbers = {'values': [1, 2, 3], 'factor': 7}", marks("numbers")),
        ("total", TOTAL, marks("total", solution=True)),
        ("test_total", TEST_TOTAL, marks("test_total", 3)),
        ("scaled", SCALED, marks("scaled", solution=True)),
        ("test_scaled", TEST_SCALED, marks("test_scaled", 2)),
        ("plot", PLOT, marks("plot", solution=True)),
        ("test_plot", TEST_PLOT, marks("test_plot", 1)),
    ]
    cells = [new_markdown_cell("# Small\n\nSum numbers.", id="title")]
    cells += [new_code_cell(text, metadata=found, id=name) for name, text, found in code]
    cells.append(new_markdown_cell(WRITTEN, metadata=marks("written", 2, solution=True), id="written"))
    return new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3",
                                                              "language": "python"}})  # fmt: skip


def write(folder):
    """Write the assignment `small` into the folder of assignments `folder`."""
    place = folder / "small"
    place.mkdir(parents=True)
    nbformat.write(source(), place / "small.ipynb")
    (place / "variant.py").write_text(VARIANT, encoding="utf-8")
