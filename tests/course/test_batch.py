"""One submission that breaks what reads it never stops the others: each is named, and an honest one is graded."""

import json
import os

import courses
import nbformat
import pytest
from growing import grows_with_its_input

from course import feedback
from course.attention import reasons_of
from course.guard import Broken, Guard
from course.layout import CourseError, Limits
from course.plan import Assignment, plan, plan_one
from course.reading.matching import match
from course.reading.preflight import Cell
from course.reading.scan import suspicious
from course.results import gradebook
from course.results.standing import standing
from course.running import shards

GOOD = "honest"


def cell_with(text):
    """Return a maker of a submission whose first answer is `text`."""
    return lambda right: courses.changed(right, total=text)


def cells_of_two_ids(right):
    total = courses.at(right, "total")
    return {**right, "cells": [*right.cells, *([total, courses.at(right, "scaled")] * 8000)]}


def with_(**changes):
    return lambda right: {**right, **changes}


def first_cell(**changes):
    return lambda right: {**right, "cells": [{**right.cells[0], **changes}, *right.cells[1:]]}


BREAKS = {
    "half a pair": cell_with("def total(values):\n    return sum(values)  # \ud800"),
    "half a pair in a written answer": lambda right: courses.changed(right, written="because \udfff"),
    "blank lines": cell_with("\n" * 60_000 + "def total(values):\n    return sum(values)"),
    "short lines": cell_with("a\n" * 2_000_000),
    "many cells": cells_of_two_ids,
    "marks of hidden tests": cell_with("### BEGIN HIDDEN TESTS\n" * 20_000),
    "deep code": cell_with("(" * 50_000),
    "a string for execution_count": first_cell(execution_count="one"),
    "a list for metadata": with_(metadata=[1]),
    "a dict for cells": with_(cells={"a": 1}),
    "a number for a version": with_(nbformat=4.5),
    "a null for a version": with_(nbformat=None),
    "a huge whole number": with_(nbformat_minor=10**400),
    "cells of lists": with_(cells=[[], 1, None, "x"]),
    "a deep list as source": first_cell(source=[[["x"]]]),
    "a marker as a name": lambda right: {**right, "metadata": {"hdc": {"assignment": ["small"], "release": {}}}},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which everyone who breaks something, and one who does not, has handed in."""
    names = [name.replace(" ", "-").replace("_", "-") for name in BREAKS]
    course = courses.make_course(tmp_path_factory.mktemp("breaks"), [*names, GOOD])
    for name, make in zip(names, BREAKS.values(), strict=True):
        courses.hand_in(course, name, json.dumps(make(courses.solved(course, name))))
    courses.hand_in(course, GOOD, courses.solved(course, GOOD))
    (course.submitted(GOOD, "small") / "refused.json").write_text("[]")
    return course


@pytest.fixture(scope="module")
def planned(course):
    """What was planned for each student, and how long the slowest took."""
    assignment = Assignment(course, "small")
    gradebook.register(course, "small", assignment.source)
    with Guard(assignment) as guard:
        return {one.student.id: one for one in plan(guard, assignment)}


@pytest.mark.parametrize("name", [*BREAKS, GOOD])
def test_each_is_planned_or_refused_with_a_reason(planned, name):
    one = planned[name.replace(" ", "-").replace("_", "-")]
    assert one.job or (one.reasons and one.reasons[0])
    assert "could not be read" not in " ".join(one.reasons)
    assert one.job or name != GOOD


def test_whoever_was_planned_is_recorded_and_gets_a_page(course, planned):
    assignment = Assignment(course, "small")
    with Guard(assignment) as guard:
        for one in planned.values():
            if one.job:
                guard.run(_save, one.student, spoilt(one.job["notebook"]))
    written, without = feedback.write_feedback(course, "small")
    assert set(written) == {name for name, one in planned.items() if one.job}
    assert set(without) == {name for name, one in planned.items() if not one.job}


def spoilt(text):
    """Return an executed notebook whose outputs and counts are as bad as a kernel can send them."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = "1"
            shown = {"output_type": "display_data", "data": {"text/plain": "\udfff"}, "metadata": {}}
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "half \ud800 a pair"}, shown]
    return json.dumps(notebook)


def _save(assignment, student, text):
    return gradebook.save(assignment.course, assignment.name, student, text)


def _loops(assignment):
    while True:
        pass


def _dies(assignment):
    os._exit(3)


def _hoards(assignment):
    return len([bytes(10**8) for _ in range(10**3)])


def _fails(assignment):
    raise KeyError("\ud800")


def _fills(assignment):
    raise OSError(28, "No space left on device")


def _locked(assignment):
    raise RuntimeError("(sqlite3.OperationalError) database is locked")


def _right(assignment):
    return assignment.name


def test_a_step_that_comes_to_no_end_is_given_up_and_the_next_is_taken(course):
    with Guard(Assignment(course, "small"), seconds=20) as guard:
        assert guard.run(_right) == "small"
        for step, words in ((_dies, "broke the process"), (_hoards, "MB of memory"), (_fails, "KeyError")):
            with pytest.raises(Broken, match=words):
                guard.run(step)
            assert guard.run(_right) == "small"
        guard.seconds = 3
        with pytest.raises(Broken, match="longer than 3 s"):
            guard.run(_loops)
        guard.seconds = 60
        assert guard.run(_right) == "small"


@pytest.mark.parametrize(
    ("step", "error", "words"), [(_fills, OSError, "disk is full"), (_locked, CourseError, "in use")]
)
def test_what_a_teacher_has_to_mend_stops_the_run(course, step, error, words):
    with Guard(Assignment(course, "small")) as guard, pytest.raises(error, match=words):
        guard.run(step)


def test_what_cannot_be_read_is_named_and_the_others_go_on(course, monkeypatch):
    class Breaks:
        def run(self, step, student, before):
            if student.id == "deep-code":
                raise Broken("it broke the process that worked on it")
            return plan_one(assignment, student, before)

    assignment = Assignment(course, "small")
    found = {one.student.id: one for one in plan(Breaks(), assignment)}
    assert found["deep-code"].job is None and "could not be read" in found["deep-code"].reasons[0]
    assert found[GOOD].job


class Deadly(dict):
    """A job that ends the process which grades it."""

    def __getitem__(self, key):
        if key == "notebook":
            os._exit(3)
        return super().__getitem__(key)


def test_a_submission_that_kills_a_process_of_the_grader_costs_no_other():
    others = [{"student": f"s{at}", "notebook": "no JSON", "names": {}} for at in range(5)]
    found = {outcome["student"]: outcome["reasons"][0]
             for outcome in shards.here([Deadly(student="bad"), *others], Limits(), True, 2)}  # fmt: skip
    assert found.pop("bad") == "the grader's process died 3 times"
    assert len(found) == 5 and all(reason.startswith("the grader failed: NotJSONError") for reason in found.values())


def test_twice_as_much_takes_about_twice_as_long():
    def twins(cells):
        release = [Cell("code", "1", {"grade_id": "a"}), Cell("code", "2", {"grade_id": "b"})]
        return [match(release * (cells // 2), release).of(at) for at in (0, 1)]

    for work in (lambda lines: suspicious("\n" * lines), twins):
        assert grows_with_its_input(work, 20_000, 80_000)


def test_a_locked_gradebook_is_told_after_seconds(course, monkeypatch):
    import sqlite3

    monkeypatch.setattr(gradebook, "PATIENCE", 0.2)
    with sqlite3.connect(course.gradebook) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CourseError, match="locked; close what uses it"):
            gradebook.refuse_locked(course)
        other.rollback()
    gradebook.refuse_locked(course)


def test_points_set_by_hand_for_another_answer_are_named(course, planned):
    assignment = Assignment(course, "small")
    student, text = planned[GOOD].student, planned[GOOD].job["notebook"]
    gradebook.save(course, "small", student, text)
    with gradebook.open_gradebook(course) as book:
        book.find_grade("test_total", "small", "small", GOOD).manual_score = 1.0
        book.db.commit()
    gradebook.save(course, "small", student, text)
    assert not standing(course, "small")[GOOD]["test_total"].clashes
    notebook = nbformat.reads(text, as_version=4)
    courses.at(notebook, "total").source += "\n# otherwise"
    gradebook.save(course, "small", student, nbformat.writes(notebook))
    told = reasons_of(assignment, student, {}, standing(course, "small")[GOOD])
    assert "test_total: 1 points were set by hand for another answer" in told[0]
