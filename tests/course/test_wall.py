"""Between a student's process and the tests stands a wall: only plain data crosses, and nothing that is hidden does."""

import contextlib
import json
import socket

import courses
import forgeries
import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.layout import Limits, open_course
from course.plan import Assignment, prepare
from course.release import read_source
from course.running import sandbox, shards, testing
from course.running.inside import wire
from hdclib.coursework.drawings import Drawing

LIMITS = Limits(**courses.QUICK)
SPY = """\
seen = []
def total(values):
    seen.append(values)
    print("LOUD", values)
    return sum(values)
"""
DUMP = """\
import gc, os, sys
scaled = numbers["factor"] * numbers["values"][0]
import hdclib
library = os.path.dirname(hdclib.__file__)
held = [one.values() if type(one) is dict else one for one in gc.get_objects() if type(one) in (dict, list, tuple)]
found = [text for many in held for text in list(many) if type(text) is str]
places = [os.path.join(folder, name) for top in (os.path.dirname(library), "/tmp")
          for folder, _, names in os.walk(top) if "/." not in folder for name in names]
for place in ["/proc/self/environ", "/proc/self/cmdline", *places]:
    try:
        with open(place, "rb") as stream:
            found.append(stream.read(10**6).decode(errors="replace"))
    except OSError:
        pass
words = ["the sum of " + "five", "hidden_" + "cases", "grading" + "_seed", "span" + "_read", "count" + "_windows"]
print("SEEN", [word for word in words if any(word in text for text in found if "SEEN" not in text)])
print("FILES", sorted(os.path.join(place, name)[len(library) + 1:]
                      for place, _, names in os.walk(library) for name in names))
"""
UNUSED = """\
import hdclib as hdc
from hdclib import tap_counts
from hdclib.coursework.sizes import check_out_size
check_out_size(None)
def total(values):
    return sum(values)
"""
ANSWERS = {**forgeries.FORGERIES, **forgeries.BREAKERS, "spy": SPY, "unused import": UNUSED}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Each answer → (grade_id → outputs of its cell)."""
    names = [f"s{at}" for at in range(len(ANSWERS))]
    course = courses.make_course(tmp_path_factory.mktemp("wall"), names)
    assignment, jobs = Assignment(course, "small"), []
    for student, (name, code) in zip(names, ANSWERS.items(), strict=True):
        extra = {"scaled": DUMP} if name == "spy" else {}
        courses.hand_in(course, student, courses.changed(courses.solved(course, student), total=code, **extra))
        jobs.append(prepare(assignment, assignment.roster[student], course.submitted(student, "small"))[0])
    outcomes = {outcome["student"]: outcome for outcome in shards.here(jobs, LIMITS, True, 2)}
    return {name: outputs(outcomes[student]) for student, name in zip(names, ANSWERS, strict=True)}


def outputs(outcome):
    """Return the outputs of each cell that has a name."""
    assert outcome["notebook"], outcome["reasons"]
    cells = nbformat.reads(outcome["notebook"], as_version=4).cells
    return {cell.metadata.nbgrader.grade_id: cell.outputs for cell in cells
            if cell.cell_type == "code" and "nbgrader" in cell.metadata}  # fmt: skip


def failed(found, test):
    return any(output.output_type == "error" for output in found[test])


@pytest.mark.parametrize("name", forgeries.FORGERIES)
def test_a_forgery_gets_nothing(graded, name):
    assert failed(graded[name], "test_total")


@pytest.mark.parametrize("name", forgeries.BREAKERS)
def test_an_answer_that_only_breaks_costs_its_own_points(graded, name):
    assert failed(graded[name], "test_total")
    assert not failed(graded[name], "test_scaled") and not failed(graded[name], "test_plot")


def test_an_honest_answer_passes_whatever_it_imports_and_checks(graded):
    for name in ("spy", "unused import"):
        assert [test for test in ("test_total", "test_scaled", "test_plot") if failed(graded[name], test)] == []


def test_nothing_that_is_hidden_reaches_the_students_process(graded):
    (said,) = graded["spy"]["scaled"]
    assert "SEEN []" in said.text


def test_the_students_sandbox_holds_of_hdclib_what_draws_and_no_more(graded):
    (said,) = graded["spy"]["scaled"]
    files = [str(place.relative_to(sandbox.LIBRARY)) for place in sandbox.ANSWERS]
    assert f"FILES {sorted(files)}" in said.text
    assert {name.rpartition("/")[2] for name in files} == {"__init__.py", "names.py", "checks.py", "figures.py",
                                                           "drawings.py"}  # fmt: skip


def test_what_is_printed_while_tests_ask_is_dropped(graded):
    assert "LOUD" not in json.dumps(graded["spy"])


def test_each_submission_meets_cases_of_its_own(tmp_path):
    course = courses.make_course(tmp_path, ["ada"])
    assignment, seeds = Assignment(course, "small"), []
    for answer in ("a", "b", "a"):
        courses.hand_in(course, "ada", courses.changed(courses.solved(course, "ada"), written=answer))
        job, _, _ = prepare(assignment, assignment.roster["ada"], course.submitted("ada", "small"))
        seeds.append(job["names"]["grading_seed"])
    assert seeds[0] == seeds[2] != seeds[1]


def test_the_solutions_of_every_assignment_pass_in_the_two_sandboxes(tmp_path):
    course, jobs = open_course(tmp_path), []
    for name in course.names():
        notebook = read_source(course, name)
        folder = course.submitted("ada", name)
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{name}.ipynb")
        assignment = Assignment(course, name)
        (student,) = assignment.students
        job, _, _ = prepare(assignment, student, folder)
        jobs.append({**job, "student": name})
    wrong = {}
    for outcome in shards.here(jobs, Limits(), True, 2):
        found = outputs(outcome)
        wrong |= {(outcome["student"], test): found[test] for test in found if test.startswith("test_")
                  if failed(found, test)}  # fmt: skip
        assert outcome["reasons"] == []
    assert len(jobs) == 4 and wrong == {}


def test_what_is_no_plot_costs_the_plot_alone(tmp_path):
    """The tester looked for Axes in the arguments of the next function, and blamed the student for hdclib's call."""
    course = open_course(tmp_path)
    notebook, folder = read_source(course, "gridding"), course.submitted("ada", "gridding")
    (plot,) = (cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "map_plot")
    plot.source = "map_ax = plt"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "gridding.ipynb")
    assignment = Assignment(course, "gridding")
    (student,) = assignment.students
    (outcome,) = shards.here([prepare(assignment, student, folder)[0]], Limits(), True, 1)
    found = outputs(outcome)
    assert [test for test in found if test.startswith("test_") and failed(found, test)] == ["test_map_plot"]


@pytest.mark.parametrize(("number", "counts"), [(7, True), (6, False)])
def test_a_verdict_on_an_earlier_test_never_counts_for_a_later_one(number, counts):
    ours, theirs = socket.socketpair()
    tester = testing.Tester.__new__(testing.Tester)  # without its process
    tester._control, tester._number = ours, 7
    with ours, theirs:
        wire.send(theirs, {"number": number, "passed": True, "text": "", "error": None})
        assert (tester.verdict() is not None) == counts


VALUES = [None, True, 1, -(10**40), 0.1, "ä", [1, [2]], (1, "a"), {"a": (1,), 2: None}, {1, 2}, [], {}, set(), ()]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_plain_data_arrives_in_its_exact_types(value):
    arrived = wire.decode(json.loads(json.dumps(wire.encode(value))))
    assert arrived == value and type(arrived) is type(value) and repr(arrived) == repr(value)


@pytest.mark.parametrize("value", [np.arange(6).reshape(2, 3), np.array(2.5), np.array([True]), np.zeros((2, 0), "f4"),
                                   np.asfortranarray(np.eye(3)), np.arange(6)[::2]], ids=repr)  # fmt: skip
def test_an_array_arrives_with_its_type_and_shape(value):
    arrived = wire.decode(json.loads(json.dumps(wire.encode(value))))
    assert type(arrived) is np.ndarray and arrived.dtype == value.dtype and arrived.shape == value.shape
    assert (arrived == value).all()


class Liar(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


@pytest.mark.parametrize(
    ("value", "arrives"),
    [(Liar(3), 3), ([Liar(3)], [3]), (np.int32(3), 3), (np.bool_(True), True), (range(2), [0, 1]), (iter([1]), [1])],
)
def test_a_value_of_another_kind_arrives_as_what_it_is_made_of(value, arrives):
    arrived = wire.decode(wire.encode(value))
    assert repr(arrived) == repr(arrives) and type(arrived) is type(arrives)


AGREED = (bool, int, float, str, list, tuple, set, dict, np.ndarray, wire.Other, Drawing)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    | st.sampled_from(["list", "tuple", "set", "dict", "array", "drawing", "function", "other", "|b1", "<i8"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
)  # fmt: skip


@given(anything)
def test_whatever_is_sent_stands_for_plain_data_or_is_refused(tree):
    with contextlib.suppress(wire.Malformed):
        check_plain(wire.decode(tree))


def check_plain(value):
    """Fail if a value is of a type that was not agreed on."""
    assert value is None or type(value) in AGREED
    if type(value) in (list, tuple, set):
        for item in value:
            check_plain(item)
    elif type(value) is dict:
        for pair in value.items():
            check_plain(pair)


@pytest.mark.parametrize("data", [b"\xff\xff\xff\xff", b"\0\0\0\2{]", b"\0\0\0\1\xff", b"\0\1\0\0" + b"[" * 65536])
def test_a_message_that_is_none_is_refused(data):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(data)
        with pytest.raises(wire.Malformed):
            wire.receive(ours)
