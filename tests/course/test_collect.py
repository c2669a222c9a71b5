"""Submissions are found under the names that Canvas, Moodle and nbgrader give them."""

import os
import types
import zipfile

import courses
import pytest

from course import collect as collecting
from course import export
from course.collect import collect
from course.layout import CourseError
from course.plan import Assignment
from course.receipts import TAKING, read_receipt, write_receipt
from course.results.lms import read_name
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
    assert "1000000 MB, at most 5 MB" in read_receipt(course, "ada", "small")["refused"]
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


def zipped(path, members):
    """Write an archive of these names and texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in members.items():
            out.writestr(name, text)
    return path


@pytest.mark.parametrize(
    "name",
    ["Ada Tester_1_assignsubmission_file_/attack/x_1001_999_small.ipynb",
     "Ada Tester_1_assignsubmission_file_/Ben Tester_2_assignsubmission_file_/small.ipynb",
     "Ada Tester_1_assignsubmission_file_Ben Tester_2_assignsubmission_file_small.ipynb",
     "ada/ben+small+2026-05-04 12:00:00 UTC+x/small.ipynb", "ada/submitted/ben/small/small.ipynb",
     "testerada_1000_7_x_1001_999_small.ipynb", "submitted/ada/small/x_1001_999_small.ipynb"],
)  # fmt: skip
def test_the_outermost_folder_decides_whose_work_it_is(course, tmp_path, name):
    collect(course, "small", lay(tmp_path / "first", **{"ben/small.ipynb": "ben's own"}))
    collect(course, "small", zipped(tmp_path / "all.zip", {name: "not ben's"}))
    assert held(course, "ben") == {"small.ipynb": "ben's own"}
    assert list(held(course, "ada").values()) == ["not ben's"]


def test_a_file_in_a_folder_that_names_nobody_is_nobodys(course, tmp_path):
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **{"attack/x_1001_999_small.ipynb": "x"}))
    assert taken == {} and "attack/x_1001_999_small.ipynb: id attack is nobody on the roster" in unclear


@pytest.mark.parametrize(
    "files",
    [{"ada/one/small.ipynb": "1", "ada/two/small.ipynb": "2"}, {"ada/small.ipynb": "1", "ada/Small.ipynb": "2"},
     {"ada/small.ipynb": "1", "ADA/small.ipynb": "2"}, {"ada/small.ipynb": "1", "a.da/other.ipynb": "2"},
     {"ada/small.ipynb": "1", "testerada_1000_7_small.ipynb": "2"}],
)  # fmt: skip
def test_two_files_that_could_both_count_are_for_a_human(course, tmp_path, files):
    collect(course, "small", lay(tmp_path / "first", **{"ada/small.ipynb": "before"}))
    taken, unclear = collect(course, "small", zipped(tmp_path / "all.zip", {**files, "ben/small.ipynb": "b"}))
    assert list(taken) == ["ben"] and len(unclear) == 1 and unclear[0].startswith("ada: ")
    assert held(course, "ada") == {"small.ipynb": "before"}


@pytest.mark.parametrize(
    ("older", "newer"),
    [("testerada_1000_700_small.ipynb", "testerada_1000_701_small-1.ipynb"),
     ("ada+small+2026-05-04 12:00:00 UTC+a/small.ipynb", "ada+small+2026-05-05 12:00:00 UTC+b/small.ipynb")],
)  # fmt: skip
def test_an_older_download_does_not_replace_a_newer_one(course, tmp_path, older, newer):
    old, new = (zipped(tmp_path / f"{at}.zip", {name: name}) for at, name in enumerate((older, newer)))
    collect(course, "small", new)
    taken, unclear = collect(course, "small", old)
    assert taken == {} and "ada: this is older than what is in place; remove" in unclear[0]
    assert list(held(course, "ada").values()) == [newer]
    assert list(collect(course, "small", new)[0]) == ["ada"]  # the same again is no trouble


def test_an_older_file_without_a_number_is_known_by_its_date(course, tmp_path):
    first, second = (lay(tmp_path / name, **{"ada/small.ipynb": name}) for name in ("old", "new"))
    os.utime(first / "ada" / "small.ipynb", (1_700_000_000,) * 2)
    collect(course, "small", second)
    assert "older than what is in place" in collect(course, "small", first)[1][0]
    assert held(course, "ada") == {"small.ipynb": "new"}


@pytest.mark.parametrize("name", ["王" * 100 + ".ipynb", "x" * 300 + ".ipynb", "é" * 200, "a.ipynb" + "\u202e" * 90])
def test_a_name_longer_than_a_disk_takes_is_cut(course, tmp_path, name):
    taken, unclear = collect(course, "small", zipped(tmp_path / "all.zip", {f"ada/{name}": "x"}))
    assert (list(taken), unclear) == (["ada"], [])
    (stored,) = held(course, "ada")
    assert len(stored.encode()) <= 120 and stored.endswith(".ipynb") == name.endswith(".ipynb")


def test_a_name_that_is_no_text_is_shown_and_taken(course, tmp_path, capsys):
    folder = lay(tmp_path / "from", **{"ben/small.ipynb": "b"})
    (folder / "ada").mkdir()
    (tmp_path / "from" / "ada" / os.fsdecode(b"small\xff.ipynb")).write_text("x")
    (folder / os.fsdecode(b"\xfe")).mkdir()
    (folder / os.fsdecode(b"\xfe") / "small.ipynb").write_text("x")
    options = types.SimpleNamespace(assignment="small", place=folder)
    assert collecting.run(course, options) == 1
    told = capsys.readouterr().out
    assert "ada: small\\udcff.ipynb" in told and "NOT TAKEN \\udcfe/small.ipynb" in told
    assert list(held(course, "ada")) == ["small\\udcff.ipynb"]


def spoil(path, kind):
    """Damage the first member of an archive."""
    data = bytearray(path.read_bytes())
    if kind == "encrypted":  # its mark, in front of the member and in the table at the end
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
    elif kind == "damaged":
        at = 30 + data[26] + data[27] * 256
        data[at : at + 40] = bytes(40)
    else:
        data[8] = data[data.index(b"PK\x01\x02") + 10] = 99  # a way of packing that nobody has
    path.write_bytes(data)


@pytest.mark.parametrize("kind", ["encrypted", "damaged", "packed oddly"])
def test_a_member_that_cannot_be_read_stops_nobody_else(course, tmp_path, kind):
    collect(course, "small", lay(tmp_path / "first", **{"ada/small.ipynb": "before"}))
    text = "".join(map(str, range(5000)))
    archive = zipped(tmp_path / "all.zip", {"ada/small.ipynb": text, "ben/small.ipynb": "b"})
    spoil(archive, kind)
    taken, unclear = collect(course, "small", archive)
    assert list(taken) == ["ben"] and "ada: ada/small.ipynb is damaged or encrypted" in unclear[0]
    assert held(course, "ada") == {"small.ipynb": "before"}


def test_thousands_of_files_of_one_student_are_not_taken(course, tmp_path):
    many = {f"ada/{at}.txt": "x" for at in range(60)}
    taken, unclear = collect(course, "small", zipped(tmp_path / "all.zip", {**many, "ben/small.ipynb": "b"}))
    assert list(taken) == ["ben"] and "ada: 60 files, at most 50 are taken" in unclear[0]


def test_a_student_named_refused_is_no_refusal(course, tmp_path):
    collect(course, "small", lay(tmp_path / "from", **{"ada/refused.json": "[]", "ada/small.ipynb": "x"}))
    assert "refused" in str(sorted(held(course, "ada"))) and not read_receipt(course, "ada", "small")["refused"]


def test_a_collecting_that_was_stopped_is_told(course, tmp_path):
    collect(course, "small", lay(tmp_path / "from", **{"ada/small.ipynb": "x"}))
    write_receipt(course, "ada", "small", TAKING)
    assignment = Assignment(course, "small")
    assert "stopped while collecting" in assignment.irregular(assignment.roster["ada"])
    assert assignment.irregular(assignment.roster["ben"]) == ""


def test_who_is_gone_from_the_roster_stays_in_the_tables(course, tmp_path):
    collect(course, "small", lay(tmp_path / "from", **{"eve/small.ipynb": "x"}))
    course.roster.write_text("".join(course.roster.read_text().splitlines(keepends=True)[:3]))
    export.export(course, "small", "Small")
    rows = (course.root / "grades" / "small.csv").read_text().splitlines()
    assert any(row.startswith("eve,") and "gone from the roster" in row for row in rows)


def test_a_lost_secret_stops_with_what_it_means(course):
    course.secret.unlink()
    with pytest.raises(CourseError, match="is gone. Every student's numbers and the hidden cases are drawn from it"):
        Assignment(course, "small")
    assert not course.secret.exists()
    done = courses.run(course, "release")
    assert done.returncode == 2 and "Put it back from a copy" in done.stderr


@pytest.mark.parametrize(
    ("record", "questions", "words"),
    [({"status": "failed"}, {"q": 1}, "failed after graded"),
     ({"status": "rejected"}, {"q": 1}, "rejected after graded"),
     ({"status": "failed"}, {}, "failed"), ({"status": "graded"}, {"q": 1}, "graded"), ({}, {}, "not handed in")],
)  # fmt: skip
def test_the_status_says_where_points_come_from(record, questions, words):
    assert export.status_of(record, questions) == words
    assert export.status_of(record, questions, "gone from the roster") == f"{words}; gone from the roster"
