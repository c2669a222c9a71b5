"""Run the cells of an assignment as a grader does, without a kernel."""

import contextlib
import functools
import importlib.util
import json
import random
import re
from pathlib import Path

import matplotlib.pyplot as plt

ASSIGNMENTS = Path(__file__).resolve().parents[2] / "course" / "assignments"
NAMES = sorted(path.parent.name for path in ASSIGNMENTS.glob("*/variant.py"))
SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?### END SOLUTION", re.DOTALL | re.MULTILINE)
HIDDEN = re.compile(r"^ *### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n?", re.DOTALL | re.MULTILINE)


def notebook(name):
    """The stored source of an assignment, as a dict."""
    return json.loads((ASSIGNMENTS / name / f"{name}.ipynb").read_text(encoding="utf-8"))


@functools.cache
def code_cells(name):
    """(metadata of nbgrader, source) of every code cell, in order."""
    cells = [cell for cell in notebook(name)["cells"] if cell["cell_type"] == "code"]
    return [(cell["metadata"]["nbgrader"], "".join(cell["source"])) for cell in cells]


@functools.cache
def variant(name):
    """The module that draws an assignment's numbers."""
    spec = importlib.util.spec_from_file_location(f"variant_{name}", ASSIGNMENTS / name / "variant.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def draw(name, seed):
    """The numbers of one variant."""
    return variant(name).draw(random.Random(seed))


#: A cell's code from its text: the same cells run for hundreds of variants.
compiled = functools.lru_cache(1000)(functools.partial(compile, filename="<cell>", mode="exec"))


def released(source):
    """A cell as a student gets it."""
    return HIDDEN.sub("", SOLUTION.sub(r"\1# YOUR CODE HERE\n\1raise NotImplementedError()", source))


def answered(source, code):
    """A solution cell with `code` in place of the solution, in the indentation of the region."""
    indent = SOLUTION.search(source).group(1)
    lines = "\n".join(indent + line if line else line for line in code.strip("\n").split("\n"))
    return SOLUTION.sub(lambda _: lines, source)


def run(name, numbers=None, answers=None, release=False, tests=True, seed=1):
    """Run a notebook's cells; return its names and what each test cell raised, None where it passed.

    `answers` replaces what stands in the region of a solution, by grade_id. Cells that stop with an error because of
    that do not stop the rest, as in grading. `tests` may be the grade_id of the only test to run, which ends the run.
    """
    space, outcome = {"__name__": "__main__", "grading_seed": seed}, {}
    for meta, source in code_cells(name):
        grade_id = meta["grade_id"]
        if grade_id == "numbers" and numbers is not None:
            source = f"numbers = {numbers!r}"
        if meta["solution"]:
            source = answered(source, answers[grade_id]) if grade_id in (answers or {}) else source
            source = released(source) if release else source
            run_cell(source, space, Exception if release or answers else ())
        elif not meta["grade"]:
            run_cell(source, space, ())
        elif tests in (True, grade_id):
            outcome[grade_id] = graded(source, space)
        if grade_id == tests:
            break
    plt.close("all")
    return space, outcome


def run_cell(source, space, tolerated):
    with contextlib.suppress(tolerated):
        exec(compiled(source), space)


def graded(source, space):
    """What a test cell raises, or None."""
    try:
        exec(compiled(source), space)
    except Exception as error:
        return error
    return None


def tests_that_use_numbers(name):
    """Sources of the test cells that depend on the variant, by grade_id."""
    return {meta["grade_id"]: source for meta, source in code_cells(name) if meta["grade"] and "numbers" in source}


def outcome_of(name, grade_id, code):
    """What the test cell of an answer raises if `code` is the answer, or None."""
    test = f"test_{grade_id}"
    return run(name, answers={grade_id: code}, tests=test)[1][test]
