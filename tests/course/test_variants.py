"""Each student has numbers of their own, the same ones at grading as at release."""

import courses
import nbformat
import pytest

from course import variants
from course.layout import PROJECT, Course
from course.release import public_version

SECRET = b"0123456789abcdef"
ASSIGNMENTS = Course(PROJECT).names()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return courses.make_course(tmp_path_factory.mktemp("variants"), ["ada", "ben"])


def test_numbers_differ_between_students_and_secrets_and_stay_the_same(course):
    folder = course.folder("small")
    drawn = [variants.student_numbers(folder, secret, student) for secret in (SECRET, SECRET[::-1]) for student in "ab"]
    assert len({repr(numbers) for numbers in drawn}) == 4
    assert variants.student_numbers(folder, SECRET, "a") == drawn[0]


def test_names_cannot_be_shifted_into_each_other():
    assert variants.derived_seed(SECRET, "ab", "c") != variants.derived_seed(SECRET, "a", "bc")


def test_a_short_secret_is_refused():
    for secret in (b"abc", SECRET[:15]):
        with pytest.raises(ValueError, match=f"secret must have at least 16 bytes, got {len(secret)}"):
            variants.derived_seed(secret, "x")
    assert variants.derived_seed(SECRET[:16], "x")


def test_hidden_cases_are_those_of_one_student_one_assignment_and_one_file():
    one = variants.grading_seed(SECRET, "small", "ada", b"file")
    others = [("small", "ada", b"other"), ("small", "ben", b"file"), ("large", "ada", b"file")]
    assert one == variants.grading_seed(SECRET, "small", "ada", b"file")
    assert one not in [variants.grading_seed(SECRET, *names) for names in others]


def test_the_secret_is_for_its_owner_only(course):
    assert course.secret.stat().st_mode & 0o077 == 0


def test_the_handout_holds_the_students_own_numbers(course):
    for student in ("ada", "ben"):
        cell = courses.at(courses.handout(course, student), "numbers")
        assert variants.read_numbers(cell.source) == courses.own_numbers(course, student)


def test_the_public_notebook_holds_the_public_numbers(course):
    notebook = nbformat.read(course.root / "release" / "small" / "small.ipynb", as_version=4)
    numbers = variants.read_numbers(courses.at(notebook, "numbers").source)
    assert numbers == variants.public_numbers(course.folder("small"))


@pytest.mark.parametrize("text", ["numbers = [1", "numbers = open('x')", "", "numbers"])
def test_numbers_that_are_no_plain_text_are_none(text):
    assert variants.read_numbers(text) is None


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_nothing_of_a_solution_is_released(name):
    course = Course(PROJECT)
    text = nbformat.writes(public_version(course, name))
    source = nbformat.read(course.source(name), as_version=4)
    for word in ("BEGIN SOLUTION", "END SOLUTION", "HIDDEN", "MARK SCHEME", "hidden_"):
        assert word not in text
    assert "raise NotImplementedError()" in text and "YOUR ANSWER HERE" in text
    assert len(nbformat.reads(text, as_version=4).cells) == len(source.cells)
    written = [cell.source for cell in source.cells if cell.metadata.get("nbgrader", {}).get("grade") and
               cell.cell_type == "markdown"]  # fmt: skip
    assert [line for answer in written for line in answer.splitlines() if len(line) > 40 and line in text] == []
