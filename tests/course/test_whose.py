"""Whose work a download holds is what its platform says, whatever a student calls a file, a login or themselves."""

import attempts
import courses
import pytest
from courses import held, lay

from course.collect import collect
from course.receipts import read_receipt
from course.release import write_archives
from course.results.names import read_names

STUDENTS = ["ada", "ben", "eve"]


@pytest.fixture
def course(tmp_path):
    return courses.make_course(tmp_path, STUDENTS)


def collected(course, folder, *names):
    """Collect files of these names, each of its own name as text; return who was taken and what was unclear."""
    return collect(course, "small", lay(folder, **{name: name for name in names}))


@pytest.mark.parametrize("attempt", attempts.NAMES)
def test_no_name_of_ones_own_makes_a_file_a_classmates(course, tmp_path, attempt):
    course.roster.write_text("id,first_name,last_name,lms_id,group\nada,Ada,Tester,1000,\n"
                             f"ben,Ben,Tester,1001,{'Red' * ('group' in attempt)}\neve,Eve,Tester,1002,\n")  # fmt: skip
    taken, unclear = collected(course, tmp_path / "from", *attempts.NAMES[attempt])
    assert held(course, "ben") == {} and "ben" not in taken
    assert "eve" in taken and len(taken) + len(unclear) == 2  # what was not taken is named


def test_a_name_of_two_platforms_is_in_doubt_where_no_other_tells(course, tmp_path):
    name = "x_1001_99_ada_attempt_2026-05-04-23-10-05_small.ipynb"
    taken, unclear = collected(course, tmp_path / "one", name)
    assert taken == {} and unclear[0].startswith(f"{name}: its name may be of Canvas or Blackboard")
    more = "x_eve_attempt_2026-05-04-23-10-05_small.ipynb"
    assert list(collected(course, tmp_path / "more", name, more)[0]) == ["ada", "eve"]


def test_a_name_that_most_in_the_download_are_not_like_is_named(course, tmp_path):
    _, unclear = collected(course, tmp_path / "from", "ada/small.ipynb", "eve/small.ipynb", "x_y_ben_1/small.ipynb")
    assert unclear == ["x_y_ben_1/small.ipynb: id x_y_ben_1 is nobody on the roster; ILIAS writes such names, but "
                       "most in the download are others"]  # fmt: skip


def test_a_name_of_canvas_with_the_numbers_of_two_students_is_in_doubt(course, tmp_path):
    taken, unclear = collected(course, tmp_path / "from", "testerada_1000_7_x_1001_999_small.ipynb")
    assert taken == {} and "lms_id 1000 is both ada and ben" in unclear[0]
    name = "testerx_4711_7_x_1001_999_small.ipynb"
    assert "lms_id 4711 is nobody" in collected(course, tmp_path / "other", name)[1][0]


def test_what_looks_like_text_typed_in_moodle_is_a_file_elsewhere(course, tmp_path):
    name = "testerada_1000_7_x_assignsubmission_onlinetext_small.ipynb"
    assert list(collected(course, tmp_path / "from", name)[0]) == ["ada"]


@pytest.mark.parametrize(
    "names",
    [("Ben Tester_1_assignsubmission_file/small.ipynb", "Ben Tester_2_assignsubmission_file/other.ipynb"),
     ("1-9 - Ben Tester - May 4, 2026 1110 PM/small.ipynb", "2-9 - Ben Tester - May 5, 2026 1110 PM/small.ipynb")],
)  # fmt: skip
def test_two_accounts_of_one_name_are_for_a_human(course, tmp_path, names):
    taken, unclear = collected(course, tmp_path / "both", *names)
    assert taken == {} and unclear[0].startswith("ben: several names mean this student: Ben Tester 1, Ben Tester 2")
    collected(course, tmp_path / "first", names[0])
    taken, unclear = collected(course, tmp_path / "second", names[1])
    assert taken == {} and unclear[0].startswith("ben: this is by ") and "small.ipynb" in held(course, "ben")


def test_a_name_beside_the_number_of_another_is_in_doubt(course, tmp_path):
    course.roster.write_text("id,first_name,last_name,participant\nada,Ada,Tester,1\nben,Ben,Tester,2\n")
    taken, unclear = collected(course, tmp_path / "from", "Ben Tester_1_assignsubmission_file/small.ipynb")
    assert taken == {} and "full_name Ben Tester is both ben and ada" in unclear[0]
    assert list(collected(course, tmp_path / "x", "Ben Tester_9_assignsubmission_file/small.ipynb")[0]) == ["ben"]


@pytest.mark.parametrize("dates", [("May 4, 2026 905 PM", "May 4, 2026 1010 PM", "Apr 30, 2026 1150 PM"),
                                   ("4 May, 2026 2105", "4 May, 2026 2210", "30 April, 2026 2350"),
                                   ("May 5, 2026 1205 AM", "May 5, 2026 105 AM", "May 4, 2026 1159 PM")])  # fmt: skip
def test_the_newest_try_of_brightspace_counts(course, tmp_path, dates):
    names = [f"12345-67890 - Ada Tester - {date}/small.ipynb" for date in dates]
    taken, unclear = collected(course, tmp_path / "from", *names)
    assert unclear == [] and "2 earlier tries left out" in taken["ada"]
    assert held(course, "ada") == {"small.ipynb": names[1]}
    assert "older than what is in place" in collected(course, tmp_path / "old", names[0])[1][0]


def test_tries_of_brightspace_whose_time_cannot_be_read_are_for_a_human(course, tmp_path):
    paths = "4 mai 2026 23h10/small.ipynb", "5 mai 2026 23h10/new.ipynb"
    names = [f"12345-67890 - Ada Tester - {path}" for path in paths]
    assert list(collected(course, tmp_path / "one", names[0])[0]) == ["ada"]
    taken, unclear = collected(course, tmp_path / "both", *names)
    assert taken == {} and unclear[0].startswith("ada: several names mean this student: Ada Tester 12345, 4 mai 2026")


def test_no_notebook_is_handed_out_to_who_bears_a_classmates_name(course, tmp_path):
    names = "testereve_1002_7_hello.txt", "testerada_1000_8_x-Ben Tester_2_assignsubmission_file_hello.txt"
    made = write_archives(course, "small", lay(tmp_path / "from", **dict.fromkeys(names, "x")))
    assert made == {course.root / "handout" / "small-canvas.zip": ["ben"]}
    both = "Ben Tester_1_assignsubmission_file/x.txt", "Ben Tester_2_assignsubmission_file/x.txt"
    assert write_archives(course, "small", lay(tmp_path / "both", **dict.fromkeys(both, "x"))) == {}


def test_the_receipt_says_from_which_platform_it_is(course, tmp_path):
    collected(course, tmp_path / "from", "12345-67890 - Ada Tester - May 4, 2026 1110 PM/small.ipynb")
    assert read_receipt(course, "ada", "small")["platform"] == "Brightspace"
    (named,) = read_names([("jane_1_2_doe", "x.ipynb")])
    assert (named.by, named.platform) == ("id", "")
