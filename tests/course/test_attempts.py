"""What somebody tried who had not seen the grader: no mark is forged, no class stopped, no teacher reached."""

import json

import attempts
import courses
import nbformat
import pytest
from bs4 import BeautifulSoup

from course.guard import Guard
from course.layout import PROJECT, Limits
from course.plan import Assignment, plan, prepare
from course.reading.merge import ADDED, ROLE, STUDENT, TEST
from course.results import gradebook, records
from course.results.harmless import ATTRIBUTES, TAGS, rendered
from course.running import shards

LIMITS = Limits(**courses.QUICK)
HONEST = "honest"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Each attempt → its outcome; an honest submission is graded among them."""
    names = [f"s{at}" for at in range(len(attempts.ALONE))]
    course = courses.make_course(tmp_path_factory.mktemp("attempts"), [*names, HONEST])
    assignment, jobs = Assignment(course, "small"), []
    for student, code in zip([*names, HONEST], [*attempts.ALONE.values(), None], strict=True):
        right = courses.solved(course, student)
        courses.hand_in(course, student, courses.changed(right, total=code) if code else right)
        jobs.append(prepare(assignment, assignment.roster[student], course.submitted(student, "small"))[0])
    outcomes = {outcome["student"]: outcome for outcome in shards.here(jobs, LIMITS, True, 2)}
    return {name: outcomes[student] for student, name in zip([*names, HONEST], [*attempts.ALONE, HONEST], strict=True)}


def passed(outcome):
    """Return the tests that a submission passed."""
    assert outcome["notebook"], outcome["reasons"]
    cells = nbformat.reads(outcome["notebook"], as_version=4).cells
    return {cell.metadata.nbgrader.grade_id for cell in cells if cell.metadata.get(ROLE) == TEST
            and not any(output.output_type == "error" for output in cell.outputs)}  # fmt: skip


@pytest.mark.parametrize("name", attempts.ALONE)
def test_an_attempt_forges_nothing(graded, name):
    assert "test_total" not in passed(graded[name]), graded[name]["reasons"]


def test_an_honest_submission_among_them_gets_its_points(graded):
    assert passed(graded[HONEST]) == {"test_total", "test_scaled", "test_plot"} and graded[HONEST]["reasons"] == []


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """What is planned for each file that was handed in."""
    names = {f"s{at}": name for at, name in enumerate(attempts.FILES)}
    course = courses.make_course(tmp_path_factory.mktemp("files"), [*names])
    for student, name in names.items():
        courses.hand_in(course, student, json.dumps(attempts.FILES[name](courses.solved(course, student))))
    assignment = Assignment(course, "small")
    gradebook.register(course, "small", assignment.source)
    with Guard(assignment) as guard:
        found = {names[one.student.id]: one for one in plan(guard, assignment)}
    for one in found.values():
        records.keep(course, "small", one, {"status": "planned"})
    return {names[student]: (found[names[student]], courses.record_of(course, student)) for student in names}


@pytest.mark.parametrize("name", attempts.FILES)
def test_a_file_stops_nobody_and_is_told_in_few_words(planned, name):
    one, told = planned[name]
    assert "could not be read" not in " ".join(one.reasons)
    assert one.job or one.reasons
    assert all(len(text) < 10 * records.LONGEST for text in told["reasons"] + told["notes"])
    assert len(told["reasons"]) + len(told["notes"]) < 3 * records.MOST


@pytest.mark.parametrize("name", [f"{what} of one's own" for what in ("a role", "a rubric", "an item of a rubric",
                                                                      "a test")])  # fmt: skip
def test_what_a_cell_claims_to_be_is_left_behind(planned, name):
    cells = nbformat.reads(planned[name][0].job["notebook"], as_version=4).cells
    own = [cell for cell in cells if cell.source in ("total = None", "1")]
    assert [dict(cell.metadata) for cell in own] == [{ROLE: STUDENT, ADDED: True}]  # both are the grader's word


@pytest.mark.parametrize("name", attempts.TEXTS)
def test_a_text_is_shown_and_does_nothing(name):
    shown = BeautifulSoup(rendered(attempts.TEXTS[name]), "html.parser")
    for tag in shown.find_all(True):
        assert tag.name in TAGS | {"pre"}
        assert set(tag.attrs) <= ATTRIBUTES.get(tag.name, set()) | {"rel"}
        assert tag.get("href", "https://").startswith(("https://", "http://", "mailto:"))
        assert tag.get("src", "data:image/png;base64,").startswith("data:image/")
    assert rendered(str(shown)).startswith("<div>")


def test_every_attempt_has_a_line_in_the_documents():
    told = (PROJECT / "docs" / "attacks.md").read_text(encoding="utf-8")
    tried = [*attempts.IN_ONE, *attempts.ALONE, *attempts.FILES, *attempts.TEXTS, *attempts.NAMES]
    assert len(tried) >= 40 and [name for name in tried if f"| {name} |" not in told] == []
