"""What holds for every assignment: form, fairness of the variants, a kind start."""

import ast
import random

import coursework_cells as cells
import matplotlib
import pytest

from hdclib.coursework.fair import NotYet

matplotlib.use("Agg")
VARIANTS = 200
MOST_EQUAL = 0.02  # share of test cells that another student's answers may pass by chance
every_assignment = pytest.mark.parametrize("name", cells.NAMES)


def test_there_are_assignments():
    assert len(cells.NAMES) >= 1


@every_assignment
def test_points_sum_to_100(name):
    found = [cell["metadata"].get("nbgrader", {}).get("points", 0) for cell in cells.notebook(name)["cells"]]
    assert sum(found) == 100


@every_assignment
def test_each_graded_cell_is_of_schema_3_and_named_once(name):
    found = [cell["metadata"]["nbgrader"] for cell in cells.notebook(name)["cells"] if "nbgrader" in cell["metadata"]]
    assert {meta["schema_version"] for meta in found} == {3}
    assert len({meta["grade_id"] for meta in found}) == len(found)


@every_assignment
def test_there_is_a_written_answer_with_a_mark_scheme(name):
    texts = [cell for cell in cells.notebook(name)["cells"] if cell["cell_type"] == "markdown"]
    written = [cell for cell in texts if cell["metadata"].get("nbgrader", {}).get("grade")]
    assert len(written) == 1
    source = "".join(written[0]["source"])
    assert "=== BEGIN MARK SCHEME ===" in source and "=== END MARK SCHEME ===" in source


@every_assignment
def test_the_stored_numbers_are_the_public_variant_in_one_locked_cell(name):
    found = [(meta, source) for meta, source in cells.code_cells(name) if meta["grade_id"] == "numbers"]
    assert len(found) == 1
    meta, source = found[0]
    assert meta["locked"] and not meta["grade"] and not meta["solution"]
    (statement,) = ast.parse(source).body
    assert ast.literal_eval(statement.value) == cells.draw(name, "public")


@every_assignment
def test_every_cell_is_executed_in_order_and_no_code_cell_of_a_student_is_long(name):
    code = [cell for cell in cells.notebook(name)["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    shown = [cells.released("".join(cell["source"])) for cell in code]
    assert [source for source in shown if len(source.splitlines()) > 20] == []


@every_assignment
def test_every_picture_has_a_text_in_its_place(name):
    for cell in cells.notebook(name)["cells"]:
        if any("image/png" in output.get("data", {}) for output in cell.get("outputs", [])):
            assert len(cell["metadata"]["mystnb"]["image"]["alt"]) > 10


@every_assignment
def test_the_solution_passes_with_any_seed_of_the_grader(name):
    for seed in (1, "another", 2026):
        _, outcome = cells.run(name, seed=seed)
        assert {test: error for test, error in outcome.items() if error} == {}


@every_assignment
def test_the_release_fails_each_check_kindly(name):
    _, outcome = cells.run(name, release=True)
    assert outcome
    for test, error in outcome.items():
        assert isinstance(error, NotYet), f"{test}: {error!r}"
        assert "?" in str(error) and len(str(error)) < 400


@every_assignment
def test_the_solution_passes_on_every_variant_and_on_no_other(name):
    tests, before, equal, tried = cells.tests_that_use_numbers(name), None, 0, 0
    for seed in range(VARIANTS):
        numbers = cells.draw(name, seed)
        space, _ = cells.run(name, numbers, tests=False)
        failed = {test: error for test, source in tests.items() if (error := cells.graded(source, space))}
        assert failed == {}, f"variant {seed}: {numbers}"
        if before is not None:
            copied = before | {"numbers": numbers}
            equal += sum(cells.graded(source, copied) is None for source in tests.values())
            tried += len(tests)
        before = space
    print(f"{name}: another variant's answers pass {equal} of {tried} test cells")
    assert equal <= MOST_EQUAL * tried


@every_assignment
def test_a_variant_is_the_same_each_time_and_numbers_are_literals(name):
    for seed in map(str, range(20)):
        numbers = cells.draw(name, seed)
        assert numbers == cells.draw(name, seed)
        assert ast.literal_eval(repr(numbers)) == numbers
    assert len({repr(cells.draw(name, random.random())) for _ in range(50)}) > 45
