"""The page about a class: its numbers are those of the table of points, and nothing on it acts."""

import statistics

import courses
import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_output

from course import statistics as course_statistics
from course.layout import CourseError, write_whole
from course.plan import Assignment, prepare
from course.results import gradebook
from course.statistics import Class, hints, items, page_of, plot_items, plot_totals

SCORES = [{"a": 2.0, "b": 1.0, "c": 1.0}, {"a": 1.0, "b": 0.0, "c": 1.0}, {"a": 0.0, "b": 0.0, "c": 1.0}, {"b": 1.0}]


def test_difficulty_and_discrimination_are_those_of_their_definitions():
    a, b, c = items(SCORES, {"a": 2.0, "b": 1.0, "c": 1.0})
    assert (a.part, a.count, b.part, c.part) == (0.5, 3, 0.5, 1.0)
    others = [own["b"] + own["c"] for own in SCORES[:3]]
    mean = statistics.mean(others)
    product = sum((x - 1.0) * (y - mean) for x, y in zip([2, 1, 0], others, strict=True))
    size = (2.0 * sum((y - mean) ** 2 for y in others)) ** 0.5
    assert a.discrimination == pytest.approx(product / size)
    assert c.discrimination is None  # everybody has it right


def test_few_submissions_or_none_say_nothing_about_discrimination():
    assert items(SCORES[:2], {"a": 2.0})[0].discrimination is None
    assert items([], {"a": 2.0})[0] == items([{"b": 1.0}], {"a": 2.0})[0]


def test_hints_that_differ_by_numbers_only_are_one():
    def told(words):
        cell = nbformat.v4.new_code_cell("x", metadata={"hdc_role": "test", "nbgrader": {"grade_id": "test_a"}})
        cell.outputs = [new_output("error", ename="E", evalue=words, traceback=[])]
        return nbformat.v4.new_notebook(cells=[cell])

    found = hints([told("12 is not 7"), told("3 is not -1.5"), told("None is not a number"), told("")])
    assert found == {"test_a": [("# is not #", 2), ("None is not a number", 1), ("(no words)", 1)]}


def test_the_figures_draw_the_numbers_they_are_given():
    (axes,) = plot_totals([1.0, 1.0, 7.5], 8.0).axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("points", "submissions")
    assert sum(bar.get_height() for bar in axes.patches) == 3 and axes.patches[-1].get_height() == 1
    found = items(SCORES, {"a": 2.0, "b": 1.0, "c": 1.0})
    (axes,) = plot_items(found).axes
    assert [bar.get_width() for bar in axes.patches] == [item.part for item in found]
    assert [one.get_label() for one in (axes.containers[0], axes.lines[0])] == [
        "part of the points reached", "discrimination"]  # fmt: skip
    assert axes.yaxis_inverted()  # the first question on top
    assert list(axes.lines[0].get_xdata()) == [item.discrimination for item in found if item.discrimination is not None]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which four were graded, of two sections, one of them with a wrong answer that says something evil."""
    course = courses.make_course(tmp_path_factory.mktemp("class"), ["ada", "ben", "eve", "zoe"])
    course.roster.write_text("id,section\nada,A\nben,A\neve,B\nzoe,<b>\n")
    assignment = Assignment(course, "small")
    gradebook.register(course, "small", assignment.source)
    for name in ("ada", "ben", "eve"):
        courses.hand_in(course, name, courses.solved(course, name))
        job, *_ = prepare(assignment, assignment.roster[name], course.submitted(name, "small"))
        notebook = nbformat.reads(job["notebook"], as_version=4)
        if name == "ben":
            evil = "<script>hit</script> 3 is not 4"
            courses.at(notebook, "test_total").outputs = [new_output("error", ename="E", evalue=evil, traceback=[])]
        gradebook.save(course, "small", assignment.roster[name], nbformat.writes(notebook))
        write_whole(course.record(name, "small"), '{"status": "graded", "seconds": 1.5}')
    return course


def test_the_page_has_the_numbers_and_nothing_that_acts(course):
    done = courses.run(course, "statistics")
    assert done.returncode == 0 and done.stdout.strip().endswith("small.html")
    page = (course.root / "statistics" / "small.html").read_text()
    soup = BeautifulSoup(page, "html.parser")
    text = soup.get_text()
    assert "3 of 4 students have points; 3 submissions wait" in text and "from 3 to 6, median 6" in text
    assert "<script>hit</script> # is not #" in text and soup.find_all("script") == []
    rows = {row.td.text: [cell.text for cell in row.find_all("td")][1:4] for row in soup.find("table").find_all("tr")
            if row.td}  # fmt: skip
    assert rows["test_total"] == ["3", "67 %", "–"] and rows["written"] == ["2", "–", "–"]
    assert "4 s in all, median 1.5 s, most 1.5 s" in text and len(soup.find_all("img", alt=True)) == 2


def test_who_waits_is_counted_once_however_many_questions_wait(course, monkeypatch):
    class Waiting(course_statistics.Grades):
        def __init__(self, *chosen):
            super().__init__(*chosen)
            self.questions = {student: {name: one._replace(waits=student != "eve") for name, one in found.items()}
                              for student, found in self.questions.items()}  # fmt: skip

    monkeypatch.setattr(course_statistics, "Grades", Waiting)
    assert Class(course, "small").waiting == 2


def test_the_tables_of_a_section_hold_nobody_else(course):
    done = courses.run(course, "export", "--section", "A")
    assert [line.rpartition("/")[2] for line in done.stdout.split()] == [
        "small-A.csv", "small-questions-A.csv", "small-canvas-A.csv", "small-moodle-A.csv"]  # fmt: skip
    rows = (course.root / "grades" / "small-A.csv").read_text().splitlines()
    assert [row.partition(",")[0] for row in rows] == ["id", "ada", "ben"]


def test_a_section_is_counted_alone(course):
    assert Class(course, "small", "A").totals == [6.0, 3.0]
    assert "section &lt;b&gt;" in page_of(Class(course, "small", "<b>"))
    with pytest.raises(CourseError, match="--section must be one of <b>, A, B, got 'C'"):
        Class(course, "small", "C")
