"""What goes back to a platform bears the names by which it finds each student, and each page its student's name."""

import re
import zipfile

import courses
import pytest

from course.collect import collect
from course.export import Grades
from course.feedback import with_name, write_archives, write_feedback
from course.plan import Assignment, prepare
from course.release import write_release
from course.results import gradebook
from course.results.archives import canvas_name, moodle_name
from course.roster import Student

ADA = Student("ada", "Ada", "Tester")
#: How Moodle 4 and Canvas take a name apart when they get an archive back (their own rules, written down again).
MOODLE_READS = re.compile(r"[^_]*_(\d+)_assignsubmission_file(_[^/]*)?/(.+)")


def canvas_reads(name):
    """Return the numbers of the user and of the file that Canvas finds in a name."""
    return [part for part in name.rpartition(".")[0].split("_") if part.isdigit()][:2]


@pytest.mark.parametrize(
    ("came_as", "participant", "number"),
    [
        ("Ada Tester_10001_assignsubmission_file", "", "10001"),
        ("Ada Tester_10001_assignsubmission_file_", "", "10001"),
        ("Participant_10001_assignsubmission_file", "", "10001"),
        ("Ada Tester_10001_assignsubmission_file", "777", "10001"),  # the roster may be from another assignment
        ("Red-Ada Tester_10001_assignsubmission_file_", "", "10001"),
        ("Red_55_assignsubmission_file", "", None),  # a group's number is no participant's
        ("Red_55_assignsubmission_file", "10001", "10001"),
        ("testerada_1000_777_small.ipynb", "", None),
        ("", "10001", "10001"),
    ],
)
def test_moodle_finds_the_participant(came_as, participant, number):
    student = Student("ada", "Ada", "Tester_x" if not came_as else "Tester", participant=participant)
    name = moodle_name(student, {"came_as": came_as, "platform": "Moodle"}, "small.html")
    found = MOODLE_READS.fullmatch(name) if name else None
    assert (found[1] if found else None) == number and (not found or found[3] == "small.html")


@pytest.mark.parametrize("late", ["", "LATE_"])
def test_canvas_finds_the_user_and_the_file(late):
    receipt = {"came_as": f"testerada_{late}1000_777_my small_2.ipynb", "platform": "Canvas"}
    name = canvas_name(receipt, "html")
    assert canvas_reads(name) == ["1000", "777"] and name.endswith("_my small_2.html")
    assert canvas_name({**receipt, "platform": "Moodle"}, "html") is None  # whatever a student calls a file


def test_a_students_name_stands_on_the_page_and_does_nothing():
    page = with_name("<title>small</title><h4>small</h4><h4>x</h4>", Student("ada", "<b>Ada\x1b", "Tester"))
    assert "<title>&lt;b&gt;Ada\\x1b Tester (ada): small</title>" in page
    assert page.count("Tester (ada)") == 2 and "<h4>x</h4>" in page


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course whose students came from Moodle, one by one and as a group, and have been graded."""
    course = courses.make_course(tmp_path_factory.mktemp("archives"), ["ada", "ben", "eve"])
    course.roster.write_text("id,first_name,last_name,group,participant\nada,Ada,Tester,,\n"
                             "ben,Ben,Tester,Red,Participant 10002\neve,Eve,Tester,Red,\n")  # fmt: skip
    write_release(course, "small")
    download = tmp_path_factory.mktemp("download")
    for folder, owner in (("Ada Tester_10001_assignsubmission_file", "ada"), ("Red_55_assignsubmission_file", "eve")):
        (download / folder).mkdir()
        (download / folder / "small.ipynb").write_text(courses.nbformat.writes(courses.solved(course, owner)))
    collect(course, "small", download)
    assignment = Assignment(course, "small")
    gradebook.register(course, "small", assignment.source)
    for name in ("ada", "ben"):
        student = assignment.roster[name]
        job, reasons, _ = prepare(assignment, student, course.submitted(name, "small"))
        assert reasons == []
        gradebook.save(course, "small", student, job["notebook"])
    with gradebook.open_gradebook(course) as book:
        book.find_comment("written", "small", "small", "ben").manual_comment = "well said,\nall of you"
        grade = book.find_grade("written", "small", "small", "ben")
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        book.db.commit()
    return course


def test_each_member_of_a_group_gets_a_page_and_points(course):
    assert write_feedback(course, "small")[0] == ["ada", "ben", "eve"]
    pages = {name: (course.root / "feedback" / name / "small" / "small.html").read_text() for name in ("ben", "eve")}
    assert "<title>Eve Tester (eve): small" in pages["eve"] and "well said" in pages["eve"]
    assert pages["ben"].replace("Ben", "Eve").replace("(ben)", "(eve)") == pages["eve"]
    rows = {row[0]: row for row in Grades(course, "small").total_rows()}
    at = rows["id"].index("points")
    assert [rows[name][at] for name in ("ada", "ben", "eve")] == ["6", "8", "8"]


def test_the_archive_for_moodle_holds_each_page_under_its_name(course):
    write_feedback(course, "small", only=["ada"])
    made = write_archives(course, "small")
    path = course.root / "feedback" / "small-moodle.zip"
    assert made == {path: ["eve"]}  # the number of her group is not hers
    with zipfile.ZipFile(path) as archive:
        found = {MOODLE_READS.fullmatch(name)[1]: archive.read(name).decode() for name in archive.namelist()}
    assert set(found) == {"10001", "10002"} and "Ada Tester (ada)" in found["10001"] and "Ben" in found["10002"]


def test_moodle_gets_the_teachers_comments_and_no_internal_remark(course):
    rows = {row[2]: row for row in Grades(course, "small").moodle_rows("Small")}
    assert rows["ben"][-1] == rows["eve"][-1] == "written: well said, all of you"
    assert rows["ada"][-1] == ""


def test_only_one_assignment_or_student_is_released(course):
    before = {path: path.read_bytes() for path in course.root.glob("handout/*/small.ipynb")}
    for path in before:
        path.write_text("as handed out")
    done = courses.run(course, "release", "small", "--student", "ada")
    assert done.returncode == 0 and "for 1 students" in done.stdout
    assert [path.parent.name for path in before if path.read_text() != "as handed out"] == ["ada"]
    courses.run(course, "release", "small")
    assert {path: path.read_bytes() for path in before} == before
    with zipfile.ZipFile(course.root / "handout" / "small-moodle.zip") as archive:
        assert archive.namelist() == [f"{name}_assignsubmission_file_/small.ipynb" for name in
                                      ("Ada Tester_10001", "Ben Tester_10002")]  # fmt: skip
    assert "zoe" in courses.run(course, "release", "small", "--student", "zoe").stderr
    assert courses.run(course, "release", "other").returncode == 2


def test_canvas_takes_back_what_it_let_one_download(tmp_path):
    course = courses.make_course(tmp_path, ["ada", "ben"])
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        right = {name: courses.nbformat.writes(courses.solved(course, name)) for name in ("ada", "ben")}
        archive.writestr("testerada_LATE_1000_5005_small-2.ipynb", right["ada"])
        archive.writestr("testerada_LATE_1000_5006_figure.png", b"picture")
        archive.writestr("testerben_1001_5007_small.ipynb", right["ben"])
    taken, unclear = collect(course, "small", tmp_path / "submissions.zip")
    assert unclear == [] and taken["ada"].startswith("small.ipynb, figure.png (late)")
    assignment = Assignment(course, "small")
    gradebook.register(course, "small", assignment.source)
    for name in ("ada", "ben"):
        job, reasons, _ = prepare(assignment, assignment.roster[name], course.submitted(name, "small"))
        assert reasons == []
        gradebook.save(course, "small", assignment.roster[name], job["notebook"])
    done = courses.run(course, "feedback")
    path = course.root / "feedback" / "small-canvas.zip"
    assert done.returncode == 0 and f"to upload: {path}\n" in done.stdout
    with zipfile.ZipFile(path) as archive:
        found = {tuple(canvas_reads(name)): archive.read(name).decode() for name in archive.namelist()}
    assert set(found) == {("1000", "5005"), ("1001", "5007")}
    assert "Ada Tester (ada)" in found["1000", "5005"] and "Ben Tester (ben)" in found["1001", "5007"]


@pytest.mark.parametrize(
    ("platform", "files", "left_out", "owner_of"),
    [
        ("canvas", ["testerada_1000_5005_hello.txt", "testerben_LATE_1001_5007_me.pdf"], "eve", canvas_reads),
        ("moodle", ["Ada Tester_10001_assignsubmission_file/x.txt", "Ben Tester_10002_assignsubmission_file_/y.txt"],
         "eve", lambda name: [MOODLE_READS.fullmatch(name)[1]]),
    ],
)  # fmt: skip
def test_a_first_download_lets_the_platform_hand_out_each_students_own_notebook(
    tmp_path, platform, files, left_out, owner_of
):
    course = courses.make_course(tmp_path, ["ada", "ben", "eve"])
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        for file in files:
            archive.writestr(file, "hello")
    done = courses.run(course, "release", "small", "--from", str(tmp_path / "submissions.zip"))
    path = course.root / "handout" / f"small-{platform}.zip"
    assert done.returncode == 0 and f"to upload: {path}, without {left_out}\n" in done.stdout
    with zipfile.ZipFile(path) as archive:
        found = {owner_of(name)[0]: archive.read(name) for name in archive.namelist()}
    own = [(course.root / "handout" / name / "small.ipynb").read_bytes() for name in ("ada", "ben")]
    assert list(found.values()) == own and own[0] != own[1]
    assert list(found) == {"canvas": ["1000", "1001"], "moodle": ["10001", "10002"]}[platform]
    assert [path.name for path in course.root.glob("handout/*.zip")] == [path.name]
    assert not course.submitted("ada", "small").exists()  # nothing is collected by the way


def test_a_download_is_of_one_assignment(tmp_path):
    course = courses.make_course(tmp_path, ["ada"])
    done = courses.run(course, "release", "--from", str(tmp_path))
    assert done.returncode == 2 and "--from is a download of one assignment: name one of small" in done.stderr
