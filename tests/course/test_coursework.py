"""What holds for every assignment: form, fairness of the variants, a kind start."""

import ast
import importlib
import random
import re
from pathlib import Path

import coursework_cells as cells
import matplotlib
import numpy as np
import pytest

from hdclib.coursework.fair import NotYet
from hdclib.coursework.judging import Slip

matplotlib.use("Agg")
ROOT = Path(__file__).resolve().parents[2]
CHECKS = sorted((ROOT / "hdclib" / "coursework").glob("*.py"))
VARIANTS = 100
MOST_EQUAL = 0.02  # share of test cells that another student's answers may pass by chance
every_assignment = pytest.mark.parametrize("name", cells.NAMES)


def test_there_are_assignments():
    assert len(cells.NAMES) >= 1


@every_assignment
def test_points_sum_to_100(name):
    found = [cell["metadata"].get("nbgrader", {}).get("points", 0) for cell in cells.notebook(name)["cells"]]
    assert sum(found) == 100


def text_of(name, grade_id):
    """The source of one cell."""
    found = [cell for cell in cells.notebook(name)["cells"] if cell["id"] == grade_id]
    assert len(found) == 1
    return "".join(found[0]["source"])


def points_by_question(name):
    """[(heading of a question, points of the graded cells below it)], in order."""
    found = []
    for cell in cells.notebook(name)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            found += [(heading, []) for heading in re.findall(r"^## \d.*", source, re.MULTILINE)]
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade"):
            found[-1][1].append(meta["points"])
    return found


@every_assignment
def test_each_heading_says_the_points_of_its_checks_one_by_one(name):
    for heading, points in points_by_question(name):
        said = [int(number) for number in re.findall(r"\d+", heading.partition("(")[2])]
        assert said == ([sum(points), *points] if len(points) > 1 else points), heading


@every_assignment
def test_the_guide_and_the_first_cell_say_time_and_points(name):
    *checked, (_, by_hand) = points_by_question(name)
    points = sum(sum(points) for _, points in checked), sum(by_hand)
    title = text_of(name, "text-1")
    assert f"questions 1 to {len(checked)} have {points[0]}, the written" in title
    time = re.search(r"\*\*Time\.\*\* (.*) minutes\.", title).group(1)
    row = re.search(rf"^\| `{name}` \|.*", (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8"), re.MULTILINE)
    *_, said_time, after, said_points, _ = row.group().split("|")
    assert (said_time.strip(), said_points.strip()) == (time, f"{points[0]} + {points[1]}")
    (needs,) = re.findall(r"\*\*Needs\.\*\*.*", title)
    assert re.findall(r"\*[^*]+\*", after) == re.findall(r"(?<!\*)\*[^*]+\*(?!\*)", needs)


@every_assignment
def test_hdclib_is_imported_before_matplotlib_which_it_keeps_quiet_in_the_browser(name):
    lines = ast.parse(text_of(name, "setup")).body
    imports = [line for line in lines if isinstance(line, (ast.Import, ast.ImportFrom))]
    modules = [getattr(line, "module", None) or line.names[0].name for line in imports]
    assert modules[0].split(".")[0] == "hdclib"
    assert "matplotlib.pyplot" in modules


@every_assignment
def test_the_model_answer_keeps_to_the_number_of_words(name):
    questions = [cell for cell in cells.notebook(name)["cells"] if "Write at most" in "".join(cell["source"])]
    most = int(re.search(r"Write at most (\d+) words", "".join(questions[0]["source"])).group(1))
    answer, _, scheme = text_of(name, "written").partition("=== BEGIN MARK SCHEME ===")
    assert len(answer.split()) <= most
    assert f"- Over {most} words: mark the first {most}." in scheme


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


def as_arrays(value):
    """An answer with numpy arrays in the place of lists of numbers."""
    if isinstance(value, dict):
        return {key: as_arrays(item) for key, item in value.items()}
    return np.array(value) if isinstance(value, list) and all(type(item) is int for item in value) else value


@every_assignment
@pytest.mark.parametrize("seed", ["public", *range(10)])
def test_answers_may_be_arrays_of_numpy(name, seed):
    numbers = cells.draw(name, seed)
    space, _ = cells.run(name, numbers, tests=False)
    answers = {key: as_arrays(value) for key, value in space.items() if not key.startswith("_")} | {"numbers": numbers}
    for test, source in cells.tests_that_use_numbers(name).items():
        assert cells.graded(source, space | answers) is None, test


def hints_of(module):
    """Every hint that stands in a module: those of its slips, and the values of its dicts of hints."""
    slips = [item for value in vars(module).values() if isinstance(value, tuple) for item in value]
    found = [slip.hint for slip in slips if isinstance(slip, Slip)]
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            texts = [value for value in node.values if isinstance(getattr(value, "value", ""), str)]
            found += [ast.unparse(text) for text in texts if isinstance(text, (ast.Constant, ast.JoinedStr))]
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "fromkeys":
            found.append(ast.unparse(node.args[1]))
    return [hint.replace("{where}", "Where?") for hint in found]


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_each_hint_asks_one_question(path):
    for hint in hints_of(importlib.import_module(f"hdclib.coursework.{path.stem}".removesuffix(".__init__"))):
        assert hint.count("?") == 1, hint


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
