"""Points that a human gave: they hold for the answer that was read, count everywhere, and no clash is silent."""

import copy

import courses
import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import Autograde, GenerateFeedback
from traitlets.config.loader import PyFileConfigLoader

from course.export import Grades
from course.feedback import page_of
from course.plan import prepare
from course.results import gradebook
from course.results.answers import answers
from course.results.standing import comments, standing
from course.statistics import Class


@pytest.fixture(scope="module")
def assignment(tmp_path_factory):
    students = ["ada", "ben", "eve", "kim", "zoe", "amy"]
    return courses.small_assignment(tmp_path_factory.mktemp("by-hand"), students)


def recorded(assignment, name, notebook, failing=()):
    """Record a submission as if it had been run and all tests but the `failing` ones had passed."""
    course, student = assignment.course, assignment.roster[name]
    courses.hand_in(course, name, notebook)
    job, *_ = prepare(assignment, student, course.submitted(name, "small"))
    made = nbformat.reads(job["notebook"], as_version=4)
    for test in failing:
        courses.at(made, test).outputs = [nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])]
    gradebook.save(course, "small", student, nbformat.writes(made))
    return standing(course, "small")[name]


def give(assignment, name, question, **points):
    """Give points as the formgrader does."""
    with gradebook.open_gradebook(assignment.course) as book:
        grade = book.find_grade(question, "small", "small", name)
        for kind, value in points.items():
            setattr(grade, kind, value)
        grade.needs_manual_grade = False
        book.db.commit()


def test_points_given_to_a_wrong_answer_do_not_pass_silently_to_a_right_one(assignment):
    course, right = assignment.course, courses.solved(assignment.course, "ada")
    wrong = courses.changed(right, total="def total(values):\n    return 0")
    recorded(assignment, "ada", wrong, failing=["test_total"])
    give(assignment, "ada", "test_total", manual_score=1.0)
    assert not recorded(assignment, "ada", wrong, failing=["test_total"])["test_total"].waits
    found = recorded(assignment, "ada", right)
    assert found["test_total"].clashes and found["test_total"][:2] == (3.0, 1.0)
    assert not found["test_scaled"].clashes
    assert recorded(assignment, "ada", right)["test_total"].clashes  # until a human has decided
    assert gradebook.keep_or_take(course, "small", "ada", take=True) == ["test_total"]
    assert standing(course, "small")["ada"]["test_total"].score == 3.0
    assert not recorded(assignment, "ada", right)["test_total"].waits


def test_points_by_hand_that_are_kept_stay_kept(assignment):
    right = courses.solved(assignment.course, "ben")
    recorded(assignment, "ben", courses.changed(right, total="total = None"), failing=["test_total"])
    give(assignment, "ben", "test_total", manual_score=2.0)
    assert recorded(assignment, "ben", right)["test_total"].clashes
    gradebook.keep_or_take(assignment.course, "small", "ben", take=False)
    found = recorded(assignment, "ben", right)["test_total"]
    assert (found.score, found.waits) == (2.0, False)


def test_another_verdict_on_the_same_answer_clashes_too(assignment):
    right = courses.solved(assignment.course, "zoe")
    recorded(assignment, "zoe", right, failing=["test_scaled"])
    give(assignment, "zoe", "test_scaled", manual_score=1.0)
    helper = courses.changed(right, total=f"{courses.at(right, 'total').source}\nhelper = 1")
    assert recorded(assignment, "zoe", helper)["test_scaled"].clashes


def test_extra_credit_counts_in_every_table_as_on_the_page(assignment):
    course = assignment.course
    recorded(assignment, "eve", courses.solved(course, "eve"))
    give(assignment, "eve", "written", manual_score=2.0, extra_credit=1.5)
    give(assignment, "eve", "test_plot", extra_credit=0.5)
    grades = Grades(course, "small")
    row = next(row for row in grades.total_rows() if row[0] == "eve")
    head = next(grades.total_rows())
    found = dict(zip(head, row, strict=True))
    assert (found["points"], found["automatic"], found["manual"]) == ("10", "6", "4")
    assert [row[-1] for row in grades.canvas_rows("Small") if "1002" in row] == ["10"]
    assert [row[5] for row in grades.moodle_rows("Small") if "eve" in row] == ["10"]
    assert next(row[-2:] for row in grades.question_rows() if row[0] == "eve") == ["1.5", "3.5"]
    assert "Score: 10.0 / 8.0" in page_of(assignment, "eve")


def test_an_answer_is_what_stands_since_the_grade_before_and_right_after(assignment):
    notebook = nbformat.read(assignment.course.autograded("eve", "small"), as_version=4)
    before = answers(notebook)
    at = next(at for at, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("points") == 3)
    other = copy.deepcopy(notebook)
    other.cells.insert(at + 1, nbformat.v4.new_code_cell("more = 1", metadata={"hdc_role": "student",
                                                                              "hdc_added": True}))  # fmt: skip
    changed = {name for name, texts in answers(other).items() if texts != before[name]}
    assert changed == {"test_total", "total", "test_scaled", "scaled", "written"}  # a written answer may point there


def comment(assignment, name, **words):
    """Write comments as the formgrader does."""
    with gradebook.open_gradebook(assignment.course) as book:
        for cell, text in words.items():
            book.find_comment(cell, "small", "small", name).manual_comment = text
        book.db.commit()


@pytest.mark.parametrize("later", ["Something else.", None], ids=["another", "none"])
def test_points_of_an_earlier_written_answer_count_nowhere_until_a_human_has_read_the_new_one(assignment, later):
    course, right = assignment.course, courses.solved(assignment.course, "kim")
    recorded(assignment, "kim", right)
    give(assignment, "kim", "written", manual_score=2.0, extra_credit=0.5)
    comment(assignment, "kim", written="Very good.", total="Neat.")
    blank = courses.at(courses.handout(course, "kim"), "written").source
    for _ in range(2):
        recorded(assignment, "kim", courses.changed(right, written=blank if later is None else later))
        grades = Grades(course, "small")
        assert grades.questions["kim"]["written"].score is None and grades.points["kim"] == 6.0
        row = dict(zip(next(grades.total_rows()), next(row for row in grades.total_rows() if row[0] == "kim"),
                       strict=True))  # fmt: skip
        assert (row["points"], row["automatic"], row["manual"]) == ("6", "6", "0")
        assert row["waits_for_a_human"] == "written"
        assert grades.comments["kim"] == {"written": "[on an earlier answer] Very good.", "total": "Neat."}
        page = BeautifulSoup(page_of(assignment, "kim"), "html.parser").get_text()
        assert "Score: 6.0 / 8.0" in page and "Score: 0.0 / 2.0" in page
        assert "waits to be read; until then it counts 0" in page and "[on an earlier answer] Very good." in page
    give(assignment, "kim", "written", manual_score=1.0)
    comment(assignment, "kim", written="Better.")
    page = BeautifulSoup(page_of(assignment, "kim"), "html.parser").get_text()
    assert "Score: 7.5 / 8.0" in page and "waits to be read" not in page and "earlier answer" not in page


def test_a_comment_on_code_that_changed_says_so(assignment):
    right = courses.solved(assignment.course, "ben")
    recorded(assignment, "ben", right)
    comment(assignment, "ben", total="Why?", scaled="Yes.")
    recorded(assignment, "ben", courses.changed(right, total=f"{courses.at(right, 'total').source}  # because"))
    assert comments(assignment.course, "small")["ben"] == {"total": "[on an earlier answer] Why?",
                                                                     "scaled": "Yes."}  # fmt: skip


@pytest.mark.parametrize("make", [new_markdown_cell, new_raw_cell, new_code_cell])
def test_what_a_written_answer_points_to_belongs_to_it(assignment, make):
    points = courses.changed(courses.solved(assignment.course, "eve"), written="See my cell at the top.")
    points.cells.insert(0, make("# It commutes."))
    recorded(assignment, "eve", points)
    give(assignment, "eve", "written", manual_score=1.0)
    assert not recorded(assignment, "eve", points)["written"].waits
    points.cells[0].source = "# It does not."
    assert recorded(assignment, "eve", points)["written"].waits


@pytest.mark.parametrize(
    ("command", "words", "kept"),
    [("generate_feedback", "make feedback", "feedback"), ("autograde", "make grade", "autograded")],
)
def test_nbgraders_own_commands_are_refused_and_touch_no_file(assignment, command, words, kept, monkeypatch):
    course = assignment.course
    recorded(assignment, "eve", courses.solved(course, "eve"))
    path = course.root / kept / "eve" / "small" / "small.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("as it was")
    monkeypatch.chdir(course.root)
    for one in (Autograde, GenerateFeedback):  # the settings change them
        monkeypatch.setattr(one, "start", one.start)
    settings = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    done = getattr(NbGraderAPI(config=settings), command)("small", "eve", force=True)
    assert not done["success"] and words in done["log"] + done.get("error", "")
    assert path.read_text() == "as it was" and course.autograded("eve", "small").exists()


#: What stands in the gradebook → what is said of it; the written question has 2 points at most.
IMPOSSIBLE = {
    "more than there are": ({"manual_score": 99.0}, "written: 99.0 points by hand, 0 to 2 are allowed"),
    "less than none": ({"manual_score": -1.0}, "written: -1.0 points by hand, 0 to 2 are allowed"),
    "without end": ({"manual_score": float("inf")}, "written: inf points by hand, 0 to 2 are allowed"),
    "by tests": ({"auto_score": 7.0, "manual_score": 1.0}, "written: 7.0 points by tests, 0 to 2 are allowed"),
    "on top": ({"extra_credit": -5.0}, "written: -5.0 points on top, at least 0 are allowed"),
}


@pytest.mark.parametrize("kind", IMPOSSIBLE)
def test_points_that_nobody_can_give_are_named_and_reach_no_table(assignment, kind):
    course, (points, words) = assignment.course, IMPOSSIBLE[kind]
    recorded(assignment, "amy", courses.solved(course, "amy"))
    give(assignment, "amy", "written", **points)
    grades = Grades(course, "small")
    rows = {row[0]: dict(zip(grades_heads(grades), row, strict=True)) for row in grades.total_rows()}
    assert rows["amy"]["points"] == "" and rows["amy"]["waits_for_a_human"] == "written"
    assert Class(course, "small").waiting >= 1
    assert words in rows["amy"]["remarks"] and "amy" not in grades.points
    assert f"amy: {words}" in " ".join(courses.run(course, "feedback", "--student", "amy").stdout.split("no page for "))
    assert "none that can be given: amy" in courses.run(course, "export").stdout
    give(assignment, "amy", "written", **{**dict.fromkeys(points), "manual_score": 2.0})
    assert Grades(course, "small").points["amy"] == 8.0


def grades_heads(grades):
    """Return the heads of the table of totals."""
    return next(iter(grades.total_rows()))


def test_what_the_source_printed_is_no_output_of_a_student(tmp_path):
    assignment = courses.small_assignment(tmp_path, ["ada"])
    for cell in assignment.source.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", text="of the teacher")], 7
    courses.hand_in(assignment.course, "ada", courses.solved(assignment.course, "ada"))
    job, *_ = prepare(assignment, assignment.roster["ada"], assignment.course.submitted("ada", "small"))
    code = [cell for cell in nbformat.reads(job["notebook"], as_version=4).cells if cell.cell_type == "code"]
    assert code and not any(cell.outputs or cell.execution_count for cell in code)


def test_of_copies_of_the_gradebook_the_newest_stay(tmp_path):
    course = courses.small_assignment(tmp_path, ["ada"]).course
    (course.root / "backups").mkdir()
    older = [course.root / "backups" / f"gradebook-2020010{day}T000000-000000000.db" for day in (1, 2)]
    for path in older:
        path.touch()
    made = [gradebook.back_up(course) for _ in range(gradebook.BACKUPS)]
    assert sorted((course.root / "backups").iterdir()) == made


def test_names_of_copies_sort_as_they_were_made_though_a_second_ends_between(tmp_path, monkeypatch):
    course = courses.small_assignment(tmp_path, ["ada"]).course
    made = []
    for nanoseconds in (1_777_896_000_955_000_000, 1_777_896_001_001_700_000):
        monkeypatch.setattr(gradebook.time, "time_ns", lambda now=nanoseconds: now)
        made.append(gradebook.back_up(course))
    assert made == sorted(made)
