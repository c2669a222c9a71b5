"""Submissions are found under the names that Canvas, Moodle and nbgrader give them."""

import zipfile

import courses
import pytest

from course.collect import collect
from course.layout import CourseError
from course.lms import read_name
from course.roster import read_roster

STUDENTS = ["ada", "ben", "eve"]


@pytest.fixture
def course(tmp_path):
    return courses.make_course(tmp_path, STUDENTS)


def lay(folder, **files):
    """Write files, given as name=text with / in the names, into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def held(course, student):
    """Return name and text of the files that were collected of a student."""
    folder = course.submitted(student, "small")
    return {path.name: path.read_text() for path in folder.iterdir()} if folder.exists() else {}


@pytest.mark.parametrize(
    "name",
    [
        "testerada_1000_777_small.ipynb",
        "testerada_LATE_1000_777_small.ipynb",
        "testerada_1000_777_small-3.ipynb",
        "Ada Tester_12345_assignsubmission_file_/small.ipynb",
        "Ada Tester_12345_assignsubmission_file_small.ipynb",
        "ada/small.ipynb",
        "ada.ipynb",
        "submitted/ada/small/small.ipynb",
        "small/ada/small.ipynb",
        "ada+small+2026-05-04 12:00:00 UTC+Zm9v/small.ipynb",
    ],
)
def test_a_name_leads_to_its_student(course, tmp_path, name):
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **{name: "x"}))
    assert (list(taken), unclear) == (["ada"], [])
    assert list(held(course, "ada").values()) == ["x"]


def test_a_zip_archive_is_read_like_a_folder(course, tmp_path):
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("Ada Tester_1_assignsubmission_file_/small.ipynb", "a")
        out.writestr("Ben Tester_2_assignsubmission_file_/small.ipynb", "b")
        out.writestr("__MACOSX/Ada Tester_1_assignsubmission_file_/._small.ipynb", "junk")
    taken, unclear = collect(course, "small", archive)
    assert (list(taken), unclear) == (["ada", "ben"], [])
    assert held(course, "ada") == {"small.ipynb": "a"}


def test_an_archive_cannot_write_elsewhere(course, tmp_path):
    archive = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("../../../escaped.ipynb", "x")
        out.writestr("ada/../../../../escaped.ipynb", "x")
        out.writestr("testerben_1001_7_..\\..\\escaped.ipynb", "x")
    collect(course, "small", archive)
    inside = {path for path in tmp_path.rglob("*escaped*")}
    assert all(course.root / "submitted" in path.parents for path in inside)


def test_the_last_try_counts(course, tmp_path):
    files = {
        f"testerada_1000_{700 + at}_small{again}.ipynb": str(at) for at, again in enumerate(["", "-1", "-2", "-10"])
    }
    taken, _ = collect(course, "small", lay(tmp_path / "from", **files))
    assert held(course, "ada") == {"small.ipynb": "3"}
    assert "3 earlier tries left out" in taken["ada"]


def test_collecting_again_replaces_what_was_there(course, tmp_path):
    collect(course, "small", lay(tmp_path / "one", **{"ada/small.ipynb": "old", "ada/more.txt": "old"}))
    collect(course, "small", lay(tmp_path / "two", **{"ada/small.ipynb": "new"}))
    assert held(course, "ada") == {"small.ipynb": "new"}


def test_what_names_nobody_is_told(course, tmp_path):
    folder = lay(
        tmp_path / "from", **{"testerx_4711_7_small.ipynb": "x", "Jo Doe_1_assignsubmission_file_/a.ipynb": "x"}
    )
    taken, unclear = collect(course, "small", folder)
    assert taken == {}
    assert "full_name Jo Doe is nobody on the roster" in unclear[0]
    assert "lms_id 4711 is nobody on the roster" in unclear[1]


def test_a_name_of_two_students_is_told(course, tmp_path):
    with open(course.roster, "a") as lines:
        lines.write("ada2,Ada,Tester,ada2@example.org,1009\n")
    _, unclear = collect(
        course, "small", lay(tmp_path / "from", **{"Ada Tester_1_assignsubmission_file_/a.ipynb": "x"})
    )
    assert "is both ada and ada2" in unclear[0]


def test_a_file_that_is_too_large_is_noted_in_its_place(course, tmp_path):
    (tmp_path / "from" / "ada").mkdir(parents=True)
    with open(tmp_path / "from" / "ada" / "small.ipynb", "wb") as out:
        out.truncate(10**12)
    collect(course, "small", tmp_path / "from")
    assert "1000000 MB, at most 5 MB" in held(course, "ada")["refused.json"]
    done = courses.run(course, "grade")
    assert done.returncode == 1 and "ada (rejected): small.ipynb has 1000000 MB" in done.stdout


def test_links_are_not_followed(course, tmp_path):
    folder = lay(tmp_path / "from", **{"ben/small.ipynb": "x"})
    (folder / "ada").mkdir()
    (folder / "ada" / "small.ipynb").symlink_to(course.secret)
    assert list(collect(course, "small", folder)[0]) == ["ben"]


def test_a_place_that_is_not_there_is_named(course, tmp_path):
    with pytest.raises(CourseError, match="there is no such folder or zip archive"):
        collect(course, "small", tmp_path / "nowhere")


def test_names_without_a_student():
    assert read_name(("notes.txt",)) is None


ROSTERS = {
    "own": "id,first_name,last_name,lms_id\nada,Ada,Tester,7\n",
    "canvas": 'Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"Tester, Ada",7,u1,ada,A\n',
    "moodle": "First name,Last name,ID number,Email address\nAda,Tester,ada,ada@example.org\n",
}


@pytest.mark.parametrize("kind", ROSTERS)
def test_rosters_of_three_kinds_are_read(tmp_path, kind):
    (tmp_path / "roster.csv").write_text("\ufeff" + ROSTERS[kind], encoding="utf-8")
    (student,) = read_roster(tmp_path / "roster.csv")
    assert (student.id, student.first_name, student.last_name) == ("ada", "Ada", "Tester")
    assert student.lms_id == ("" if kind == "moodle" else "7")


@pytest.mark.parametrize("wrong", ["../x", "", "a b", ".hidden"])
def test_an_id_that_is_no_folder_name_is_refused(tmp_path, wrong):
    (tmp_path / "roster.csv").write_text(f"id,first_name\n{wrong},Ada\n")
    with pytest.raises(CourseError, match="id must be made of letters"):
        read_roster(tmp_path / "roster.csv")


def test_an_id_twice_is_refused(tmp_path):
    (tmp_path / "roster.csv").write_text("id\nada\nADA\n")
    with pytest.raises(CourseError, match="ada are listed more than once"):
        read_roster(tmp_path / "roster.csv")
