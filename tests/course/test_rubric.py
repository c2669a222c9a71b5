"""Items of a rubric have points of their own, which sum to the question's wherever it is counted or shown."""

import courses
import nbformat
import pytest
import small
from bs4 import BeautifulSoup

from course.export import Grades
from course.feedback import page_of, write_feedback
from course.layout import PROJECT, Course, CourseError
from course.plan import Assignment, prepare
from course.release import public_version
from course.results import gradebook
from course.results.pages import FORMGRADER, HarmlessExporter
from course.results.rubric import items_of, keep_rubrics, with_items
from course.results.standing import standing

SCHEME = """\
- 1.5 points: names commutativity, $a + b = b + a$.
- 0.5 points: and associativity.
- No points for "it is obvious".
"""
ITEMS = ["written-item-1", "written-item-2"]
COURSE = Course(PROJECT)


def with_scheme(scheme):
    """Return the small assignment with another rubric."""
    source = small.source()
    cell = courses.at(source, "written")
    before, begin, rest = cell.source.partition("=== BEGIN MARK SCHEME ===\n")
    cell.source = before + begin + scheme + rest[rest.index("=== END") :]
    return source


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = courses.make_course(tmp_path_factory.mktemp("rubric"), ["ada", "ben", "eve", "kim", "zoe"])
    nbformat.write(with_scheme(SCHEME), course.source("small"))
    return course


@pytest.fixture(scope="module")
def assignment(course):
    assignment = Assignment(course, "small")
    gradebook.register(course, "small", assignment.source)
    return assignment


def recorded(assignment, name, written=None):
    """Record a submission whose tests all passed; return how its written question stands."""
    course, student = assignment.course, assignment.roster[name]
    right = courses.solved(course, name)
    blank = courses.at(courses.handout(course, name), "written").source
    courses.hand_in(course, name, courses.changed(right, written=blank if written is None else written))
    job, _, _ = prepare(assignment, student, course.submitted(name, "small"))
    gradebook.save(course, "small", student, job["notebook"])
    return standing(course, "small")[name]["written"]


def give(assignment, name, points, comments=()):
    """Give points to items, and comments, as the formgrader does."""
    with gradebook.open_gradebook(assignment.course) as book:
        for item, value in points.items():
            grade = book.find_grade(item, "small", "small", name)
            grade.manual_score, grade.needs_manual_grade = value, False
        for cell, words in dict(comments).items():
            book.find_comment(cell, "small", "small", name).manual_comment = words
        book.db.commit()
    return standing(assignment.course, "small")[name]["written"]


def test_a_question_waits_until_each_of_its_items_has_points(assignment):
    assert recorded(assignment, "kim", "It commutes.") == (None, None, True, 2.0, 0.0, "")
    found = give(assignment, "kim", {ITEMS[0]: 1.5})
    assert found == (None, 1.5, True, 2.0, 0.0, "") and found.score is None
    assert "Score: 6.0 / 8.0" in page_of(assignment, "kim")
    assert give(assignment, "kim", {ITEMS[1]: 0.0}) == (None, 1.5, False, 2.0, 0.0, "")


def test_points_of_items_hold_for_the_answer_that_was_read(assignment):
    recorded(assignment, "ben", "It commutes.")
    given = give(assignment, "ben", {ITEMS[0]: 1.0, ITEMS[1]: 0.5})
    assert recorded(assignment, "ben", "It commutes.") == given == (None, 1.5, False, 2.0, 0.0, "")
    assert recorded(assignment, "ben", "Something else.") == (None, 1.5, True, 2.0, 0.0, "")
    with gradebook.open_gradebook(assignment.course) as book:  # each item, not only the one right after the answer
        assert all(book.find_grade(item, "small", "small", "ben").needs_manual_grade for item in ITEMS)


def test_an_answer_left_as_it_was_handed_out_is_worth_nothing_at_once(assignment):
    assert recorded(assignment, "eve") == (0.0, None, False, 2.0, 0.0, "")
    assert "No response." in page_of(assignment, "eve")
    give(assignment, "eve", {ITEMS[0]: 1.0})
    assert standing(assignment.course, "small")["eve"]["written"].score == 1.0


def test_the_students_page_shows_each_item_with_its_points_and_comment_and_no_other_line(assignment):
    recorded(assignment, "ada", "It commutes.")
    give(assignment, "ada", dict(zip(ITEMS, (1.0, 0.5), strict=True)),
         {ITEMS[0]: "say of **what**", ITEMS[1]: "<script>x</script>well", "written": "on the whole"})  # fmt: skip
    soup = BeautifulSoup(page_of(assignment, "ada"), "html.parser")
    panels = [panel for panel in soup.find_all(class_="nbgrader_cell") if "Rubric, item" in panel.get_text()]
    told = [" ".join(panel.get_text().split()) for panel in panels]
    assert ["Rubric, item 1 of 2" in told[0], "Rubric, item 2 of 2" in told[1], len(told)] == [True, True, 2]
    assert "Score: 1.0 / 1.5" in told[0] and "say of what" in told[0] and "names commutativity" in told[0]
    assert "Score: 0.5 / 0.5" in told[1] and "well" in told[1] and soup.find_all("script") == []
    assert panels[0].find("math")
    words = soup.get_text()
    assert "on the whole" in words and "it is obvious" not in words and "Score: 7.5 / 8.0" in words
    assert "it is obvious" in page_of(assignment, "ada", hidden=True)


def test_every_table_counts_the_sum_and_moodle_gets_the_comments(assignment):
    recorded(assignment, "zoe", "It commutes.")
    give(assignment, "zoe", dict(zip(ITEMS, (1.5, 0.25), strict=True)), {ITEMS[1]: "in part"})
    grades = Grades(assignment.course, "small")
    questions = dict(zip(next(grades.question_rows()), next(row for row in grades.question_rows() if row[0] == "zoe"),
                         strict=True))  # fmt: skip
    totals = dict(zip(next(grades.total_rows()), next(row for row in grades.total_rows() if row[0] == "zoe"),
                      strict=True))  # fmt: skip
    assert questions["written"] == "1.75" and not set(ITEMS) & set(questions)
    found = [totals[head] for head in ("points", "most", "manual", "waits_for_a_human")]
    assert found == ["7.75", "8", "1.75", ""]
    assert [row[-1] for row in grades.moodle_rows("Small") if "zoe" in row] == ["written, item 2: in part"]
    assert "zoe" in write_feedback(assignment.course, "small")[0]


def test_the_formgrader_has_a_box_for_each_item_below_the_answer(assignment):
    recorded(assignment, "zoe", "It commutes.")
    notebook = nbformat.read(assignment.course.autograded("zoe", "small"), as_version=4)
    exporter = HarmlessExporter(template_name="formgrade", extra_template_basedirs=[str(FORMGRADER / "templates")])
    resources = {"base_url": "", "notebook_path": "x", "index": 0, "total": 1}
    soup = BeautifulSoup(exporter.from_notebook_node(notebook, resources)[0], "html.parser")
    assert [box["id"] for box in soup.find_all("input", class_="score")][-2:] == ITEMS
    assert [box["id"] for box in soup.find_all("textarea")][-3:] == [f"{one}-comment" for one in ("written", *ITEMS)]
    assert "Rubric, item 2 of 2" in soup.get_text() and "it is obvious" in soup.get_text()


def test_what_was_written_elsewhere_waits_with_all_its_items(assignment):
    course, student = assignment.course, assignment.roster["eve"]
    notebook = courses.solved(course, "eve")
    courses.at(notebook, "written").source = courses.at(courses.handout(course, "eve"), "written").source
    notebook.cells.append(nbformat.v4.new_markdown_cell("It commutes."))
    courses.hand_in(course, "eve", notebook)
    job, reasons, _ = prepare(assignment, student, course.submitted("eve", "small"))
    gradebook.save(course, "small", student, job["notebook"])
    assert "the answer may stand in" in reasons[0]
    assert standing(course, "small")["eve"]["written"].waits


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        ("- 1 point: a\n- 2 points: b\n", r"of written sum to 3 points \(1 \+ 2\), the question has 2"),
        ("- 1 point: a\n", r"sum to 1 points \(1\), the question has 2"),
        ("- 1.5 points: a\n- .5 points: b\n", r"sum to 1.5 points \(1.5\)"),
    ],
)
def test_a_rubric_that_does_not_sum_to_its_question_is_refused(course, scheme, words):
    with pytest.raises(CourseError, match=words):
        keep_rubrics(with_scheme(scheme), "small")


def test_a_rubric_in_words_stays_one_grade():
    source = small.source()
    keep_rubrics(source, "small")
    assert with_items(source).cells == source.cells


def test_a_grade_named_as_items_are_is_refused():
    source = small.source()
    courses.at(source, "total").metadata["nbgrader"]["grade_id"] = "total-item-1"
    with pytest.raises(CourseError, match="a cell is named total-item-1"):
        keep_rubrics(source, "small")


@pytest.mark.parametrize("name", COURSE.names())
def test_each_assignment_has_a_rubric_of_items_and_hands_out_none_of_it(name, tmp_path):
    source = Assignment(Course(tmp_path, COURSE.assignments), name).source  # refuses sums that do not fit
    (rubric,) = [cell.metadata["rubric"] for cell in source.cells if "rubric" in cell.metadata]
    items, rest = items_of(rubric)
    assert len(items) > 2 and rest and not any("points:" in line for line in rest.splitlines())
    released = nbformat.writes(public_version(COURSE, name))
    assert [words for _, words in items if words[:20] in released] == [] and "hdc_item" not in released
