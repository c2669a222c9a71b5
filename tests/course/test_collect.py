"""Submissions are found under the names that Canvas, Moodle and nbgrader give them."""

import os
import time
import types
import zipfile

import courses
import pytest
from courses import held, lay

from course import collect as collecting
from course import export, groups
from course.collect import collect
from course.grade import summary
from course.layout import CourseError
from course.plan import Assignment, prepare
from course.reading.preflight import Rejected
from course.receipts import TAKING, holder, read_receipt, write_receipt
from course.results.names import read_names, reader_of

STUDENTS = ["ada", "ben", "eve"]


@pytest.fixture
def course(tmp_path):
    return courses.make_course(tmp_path, STUDENTS)


@pytest.mark.parametrize(
    "name",
    [
        "testerada_1000_777_small.ipynb",
        "testerada_LATE_1000_777_small.ipynb",
        "testerada_1000_777_small-3.ipynb",
        "Ada Tester_12345_assignsubmission_file_/small.ipynb",
        "Ada Tester_12345_assignsubmission_file_small.ipynb",
        "Ada Tester_12345_assignsubmission_file/small.ipynb",
        "Small 1_ada_attempt_2026-05-04-23-10-05_small.ipynb",
        "12345-67890 - Ada Tester - May 4, 2026 1110 PM/small.ipynb",
        "12345-67890 - Ada Tester- 4 May, 2026 2310/small.ipynb",
        "Tester_Ada_ada_4711/small.ipynb",
        "small-ada/small.ipynb",
        "small-submissions/small-ada/small.ipynb",
        "Group A-Ada Tester_12345_assignsubmission_file_/small.ipynb",
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


@pytest.mark.parametrize(
    ("names", "taken", "told"),
    [
        (["Small 1_a_da"], {"a_da"}, ""),
        (["Small_1_a_da", "Small_1_ben"], {"a_da", "ben"}, ""),
        (["Small_a_da", "Small_ben", "Small_da", "Small_nobody"], {"a_da", "ben", "da"}, "nobody on the roster"),
        (["Small_a_da"], set(), "the end of Small_a_da is both a_da and da"),  # of a title "Small", or "Small_a"?
        (["Small_ad_a"], set(), "nobody on the roster"),
    ],
)
def test_a_login_of_blackboard_may_hold_what_stands_before_it(course, tmp_path, names, taken, told):
    with open(course.roster, "a") as lines:
        lines.write("a_da,Al,Da,,1010\n" + "da,Di,Da,,1011\n" * (len(names) != 1 or "both" in told))
    files = {f"{name}_attempt_2026-05-04-23-10-05_small.ipynb": "x" for name in names}
    found, unclear = collect(course, "small", lay(tmp_path / "from", **files))
    assert (set(found), len(unclear)) == (taken, 1 if told else 0)
    assert told in "".join(unclear)


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
    for name, words in (
        ("testerx_4711_7_small.ipynb", "lms_id 4711 is nobody on the roster"),
        ("Jo Doe_1_assignsubmission_file_/a.ipynb", "full_name Jo Doe is nobody on the roster"),
    ):
        assert collect(course, "small", lay(tmp_path / words, **{name: "x"})) == ({}, [f"{name}: {words}"])


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
    assert read_names([("notes.txt",)]) == [None]


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
     "testerada_1000_7_x_4711_999_small.ipynb", "submitted/ada/small/x_1001_999_small.ipynb"],
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
     {"ada/small.ipynb": "1", "ADA/small.ipynb": "2"}],
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
    options = types.SimpleNamespace(assignment="small", place=folder, pattern=None)
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


@pytest.mark.parametrize("kind", ["name", "version", "magic"])
def test_a_damaged_list_of_contents_is_told_with_a_way_out(course, tmp_path, kind):
    archive = zipped(tmp_path / "all.zip", {"ada/smäll.ipynb": "a", "ben/small.ipynb": "b"})
    data = bytearray(archive.read_bytes())
    start = data.index(b"PK\x01\x02")
    at = {"name": data.index("ä".encode(), start), "version": start + 6, "magic": start}[kind]
    data[at] = 0xFF
    archive.write_bytes(data)
    with pytest.raises(CourseError, match="list of contents is damaged .* unpack it with another program"):
        collect(course, "small", archive)


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


def test_all_files_of_a_canvas_submission_are_taken(course, tmp_path):
    files = {"testerada_1000_5005_small.ipynb": "answers", "testerada_1000_5006_figure.png": "picture"}
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **files))
    assert unclear == [] and "left out" not in taken["ada"]
    assert held(course, "ada") == {"small.ipynb": "answers", "figure.png": "picture"}


def test_a_later_file_with_another_name_is_no_older_one(course, tmp_path):
    collect(course, "small", lay(tmp_path / "one", **{"testerada_1000_5005_small-3.ipynb": "3"}))
    taken, unclear = collect(course, "small", lay(tmp_path / "two", **{"testerada_1000_6001_final.ipynb": "4"}))
    assert (list(taken), unclear) == (["ada"], [])


def test_lateness_is_kept_and_shown(course, tmp_path):
    files = {"testerada_LATE_1000_7_small.ipynb": "x", "testerben_1001_8_small.ipynb": "x"}
    collect(course, "small", lay(tmp_path / "from", **files))
    rows = {row[0]: row for row in export.Grades(course, "small").total_rows()}
    late = rows["id"].index("late")
    assert [rows[name][late] for name in STUDENTS] == ["late, by how much is not known", "", ""]
    assert "late, by how much is not known: ada" in summary(course, "small", 0, 0.0)[0]


def test_what_another_version_replaced_is_kept(course, tmp_path):
    for at, text in enumerate(["one", "two", "two", "three"]):
        collect(course, "small", lay(tmp_path / str(at), **{f"testerada_1000_{at}_small.ipynb": text}))
    kept = sorted((course.root / "history" / "ada" / "small").glob("*/small.ipynb"))
    assert [path.read_text() for path in kept] == ["one", "two"] and held(course, "ada") == {"small.ipynb": "three"}


def test_a_mended_file_survives_the_same_download_and_is_kept_beside_a_newer_one(course, tmp_path):
    first = lay(tmp_path / "one", **{"testerada_1000_7_small.ipynb": "broken"})
    collect(course, "small", first)
    (course.submitted("ada", "small") / "small.ipynb").write_text("mended")
    taken, unclear = collect(course, "small", first)
    assert "mended by hand since it was taken, and stays so" in taken["ada"] and unclear == []
    assert held(course, "ada") == {"small.ipynb": "mended"}
    taken, _ = collect(course, "small", lay(tmp_path / "two", **{"testerada_1000_8_small-1.ipynb": "new"}))
    assert held(course, "ada") == {"small.ipynb": "new"} and "took the place of a file that was mended" in taken["ada"]
    assert (course.root / "history" / "ada" / "small" / "001" / "small.ipynb").read_text() == "mended"
    text, in_order = summary(course, "small", 0, 0.0)
    assert "ada (not graded): a newer try took the place" in text and not in_order


def test_a_file_put_in_place_by_hand_gives_way_to_a_newer_one_only(course, tmp_path):
    courses.hand_in(course, "ada", "by hand")
    older, newer = (lay(tmp_path / name, **{"ada/small.ipynb": name}) for name in ("older", "newer"))
    os.utime(older / "ada" / "small.ipynb", (1_700_000_000,) * 2)
    assert "older than what was put in place by hand" in collect(course, "small", older)[1][0]
    os.utime(newer / "ada" / "small.ipynb", (time.time() + 10,) * 2)
    assert "mended by hand" in collect(course, "small", newer)[0]["ada"]
    assert held(course, "ada") == {"small.ipynb": "newer"}


def test_a_mended_file_is_graded_where_the_one_handed_in_was_too_large(course, tmp_path):
    (tmp_path / "from" / "ada").mkdir(parents=True)
    with open(tmp_path / "from" / "ada" / "small.ipynb", "wb") as out:
        out.truncate(10**8)
    collect(course, "small", tmp_path / "from")
    assignment, folder = Assignment(course, "small"), course.submitted("ada", "small")
    with pytest.raises(Rejected, match="at most 5 MB"):
        prepare(assignment, assignment.roster["ada"], folder)
    courses.hand_in(course, "ada", courses.solved(course, "ada"))
    assert prepare(assignment, assignment.roster["ada"], folder)[0]["student"] == "ada"


def test_what_moodle_makes_of_text_typed_in_the_browser_is_no_file(course, tmp_path):
    files = {"Ada Tester_1_assignsubmission_file/small.ipynb": "x",
             "Ada Tester_1_assignsubmission_onlinetext/onlinetext.html": "<p>see the file</p>",
             "Ben Tester_2_assignsubmission_onlinetext_/onlinetext.html": "<p>nothing</p>"}  # fmt: skip
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **files))
    assert (list(taken), unclear) == (["ada"], []) and held(course, "ada") == {"small.ipynb": "x"}


ROSTER = """\
id,first_name,last_name,group,participant
ada,Ada,Tester,Red,Participant 10001
ben,Ben,Tester,Red,Participant 10002
eve,Eve,Tester,Blue-2,Participant 10003
ann,Ann-Lena,Maier,Blue-2,Participant 10004
doe1,Jane,Doe,,Participant 10005
doe2,Jane,Doe,,Participant 10006
"""


@pytest.mark.parametrize(
    ("name", "students"),
    [
        ("Participant_10003_assignsubmission_file/small.ipynb", ["eve"]),
        ("Teilnehmerin_10002_assignsubmission_file_/small.ipynb", ["ben"]),
        ("Jane Doe_10006_assignsubmission_file/small.ipynb", ["doe2"]),
        ("Red-Ben Tester_10002_assignsubmission_file_/small.ipynb", ["ben"]),
        ("Blue-2-Ann-Lena Maier_10004_assignsubmission_file_/small.ipynb", ["ann"]),
        ("Red_10003_assignsubmission_file/small.ipynb", ["ada", "ben"]),
        ("Blue-2_7_assignsubmission_file/small.ipynb", ["eve", "ann"]),
        ("Red/small.ipynb", ["ada", "ben"]),
    ],
)
def test_hidden_names_doubles_and_groups_of_moodle_are_found(course, tmp_path, name, students):
    course.roster.write_text(ROSTER)
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **{name: "x"}))
    assert (list(taken), unclear) == (students, [])
    assert held(course, students[0]) == {"small.ipynb": "x"}
    assert [holder(course, student, "small") for student in students] == students[:1] * len(students)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Participant_99_assignsubmission_file/small.ipynb", "hidden: show the names in Moodle"),
        ("Jane Doe_99_assignsubmission_file/small.ipynb", "both doe1 and doe2"),
        ("Green_10003_assignsubmission_file/small.ipynb", "nobody on the roster"),
        ("Blue-2-Ben Tester_10002_assignsubmission_file_/small.ipynb", "nobody on the roster"),
    ],
)
def test_who_cannot_be_told_is_not_guessed(course, tmp_path, name, words):
    course.roster.write_text(ROSTER)
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **{name: "x"}))
    assert taken == {} and words in unclear[0]


def test_canvas_groups_share_what_one_of_them_handed_in(course, tmp_path):
    course.roster.write_text("id,lms_id,group\nada,1000,Red Team\nben,1001,Red Team\neve,1002,Blue\n")
    taken, _ = collect(course, "small", lay(tmp_path / "one", **{"redteam_1001_7_small.ipynb": "x"}))
    assert list(taken) == ["ben", "ada"] and held(course, "ada") == {}
    collect(course, "small", lay(tmp_path / "two", **{"redteam_1000_8_small-1.ipynb": "y"}))
    assert held(course, "ada") == {"small.ipynb": "y"} and holder(course, "ben", "small") == "ada"
    assert "not handed in: ada, eve" in summary(course, "small", 0, 0.0)[0]  # nothing has been graded yet; ben shares
    _, unclear = collect(course, "small", tmp_path / "one")
    assert "ben: this is older than what is in place" in unclear[0] and holder(course, "ben", "small") == "ada"


@pytest.mark.parametrize(
    ("owner", "is_shared", "words"),
    [("ben", True, []), ("ben", False, ["the numbers are those of ben"]),
     ("eve", True, ["the numbers are those of eve"])],
)  # fmt: skip
def test_a_group_is_graded_with_the_numbers_of_the_member_whose_notebook_it_is(course, owner, is_shared, words):
    course.roster.write_text("id,group\nada,Red\nben,Red\neve,Blue\n")
    assignment = Assignment(course, "small")
    if is_shared:
        groups.share(course, "small", "ben", "ada")
    courses.hand_in(course, "ada", courses.solved(course, owner))
    job, reasons, _ = prepare(assignment, assignment.roster["ada"], course.submitted("ada", "small"))
    assert reasons == words
    assert (job["names"]["numbers"] == courses.own_numbers(course, "ben")) == (not words)


def test_blackboard_tells_which_try_is_the_last_and_when(course, tmp_path):
    first, last = "Small 1_ada_attempt_2026-05-04-23-10-05", "Small 1_ada_attempt_2026-05-05-01-00-00"
    files = {f"{first}_small.ipynb": "1", f"{last}_small.ipynb": "2", f"{last}.txt": "about it", f"{first}.txt": "x"}
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **files))
    assert unclear == [] and "2 earlier tries left out" in taken["ada"]
    assert held(course, "ada") == {"small.ipynb": "2", f"{last}.txt": "about it"}
    told = read_receipt(course, "ada", "small")["handed_in"]
    assert time.strftime("%Y-%m-%d %H:%M", time.localtime(told)) == "2026-05-05 01:00"


def test_a_name_within_a_name_of_blackboards_is_the_students(course, tmp_path):
    new, old = "Small 1_ada_attempt_2026-05-05-01-00-00", "Small 1_ada_attempt_2026-05-04-23-10-05"
    files = {f"{new}_small.ipynb": "new", f"{old}_Small 1_ada_attempt_2029-01-01-00-00-00_small.ipynb": "old",
             f"{new.replace('ada', 'ben')}_Small 1_eve_attempt_2029-01-01-00-00-00_small.ipynb": "ben's"}  # fmt: skip
    collect(course, "small", lay(tmp_path / "from", **files))
    assert held(course, "ada") == {"small.ipynb": "new"} and held(course, "eve") == {}
    assert list(held(course, "ben").values()) == ["ben's"]


def test_what_git_keeps_is_not_handed_in(course, tmp_path):
    files = {f"small-ada/.git/objects/{at}": "x" for at in range(60)}
    collect(course, "small", lay(tmp_path / "from", **{**files, "small-ada/small.ipynb": "x"}))
    assert held(course, "ada") == {"small.ipynb": "x"}


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{last_name}, {first_name} [{any}]/{file}", "Tester, Ada [4711]/small.ipynb"),
        ("{any}/{id}", "week 1/ada/answers/small.ipynb"),
        ("{email}-{file}", "ada@example.org-small.ipynb"),
        ("{any}/{any}_{lms_id}", "x/y_1000/small.ipynb"),
    ],
)
def test_names_are_read_by_a_pattern_of_the_teachers(course, tmp_path, pattern, name):
    files = {name: "x", "Ben/other.ipynb": "y"}
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **files), pattern)
    assert list(taken) == ["ada"] and len(unclear) == 1 and unclear[0].startswith("Ben/other.ipynb: ")


@pytest.mark.parametrize("pattern", ["", "{file}", "{id}{id}", "{id}_{email}", "{first_name}", "{nobody}"])
def test_a_pattern_that_names_no_student_is_refused(pattern):
    with pytest.raises(CourseError, match="--pattern must hold one of {id}"):
        reader_of(pattern)


def test_names_without_end_are_cut_in_what_is_told(course, tmp_path):
    names = {f"ada/{'x' * 9000}.ipynb": "x", f"{'y' * 9000}/small.ipynb": "y"}
    done = courses.run(course, "collect", str(zipped(tmp_path / "all.zip", names)))
    assert f"ada: {'x' * 200} …" in done.stdout and f"NOT TAKEN {'y' * 200} …: id" in done.stdout
    assert "is nobody on the roster" in done.stdout and max(map(len, done.stdout.split("\n"))) < 1000
