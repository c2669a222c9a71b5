"""Gradescope's export says beside the folders whose each is; a name that a student chooses decides nothing."""

import shutil
from pathlib import Path

import courses
import pytest
from courses import held, lay

from course.collect import collect
from course.receipts import holder, read_receipt


@pytest.fixture
def course(tmp_path):
    return courses.make_course(tmp_path, ["ada", "ben", "eve"])


GRADESCOPE = """\
submission_71:
  :submitters:
  - :name: Ada Tester
    :sid: ''
    :email: ada@example.org
  :created_at: 2026-05-05 01:00:00.211951000 -07:00
  :score: 0.0
  :status: processed
  :results: &1
    tests: [{name: "a: b", score: 1.0}]
  :history: []
submission_72:
  :submitters:
  - :name: Ben Tester
    :sid: '4712'
    :email: private@example.com
  - :name: Gone Away
    :email: gone@example.org
  - :name: Eve Tester
    :sid:
    :email: EVE@example.org
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2026-05-05 01:00:00.000000000 Z
"""


@pytest.mark.parametrize("is_zip", [False, True])
def test_gradescopes_export_says_beside_the_folders_whose_they_are_and_when(course, tmp_path, is_zip):
    with open(course.roster, "a") as lines:
        lines.write("zoe,Zoe,Tester,zoe@example.org,4712\n")
    course.roster.write_text(course.roster.read_text().replace("lms_id", "id number").replace("1001", "4712"
                             ).replace("zoe@example.org,4712", "zoe@example.org,4713"))  # fmt: skip
    root = "assignment_9100_export"
    files = {f"{root}/submission_metadata.yml": GRADESCOPE, f"{root}/submission_71/small.ipynb": "a",
             f"{root}/submission_71/figures/submission_metadata.yml": "submission_71: {}",
             f"{root}/submission_72/small.ipynb": "b", f"{root}/submission_73/small.ipynb": "x"}  # fmt: skip
    place = lay(tmp_path / "from", **files)
    taken, unclear = collect(course, "small", Path(shutil.make_archive(place, "zip", place)) if is_zip else place)
    assert set(taken) == {"ada", "ben", "eve"} and held(course, "ada")["small.ipynb"] == "a"
    assert held(course, "ben") == {"small.ipynb": "b"} and holder(course, "eve", "small") == "ben"
    assert read_receipt(course, "ada", "small")["handed_in"] == 1777968000  # 08:00 UTC
    assert read_receipt(course, "ben", "small")["handed_in"] is None
    assert [words.partition(": ")[2] for words in unclear] == [
        "submitter Gone Away is nobody on the roster",
        "Gradescope's submission_metadata.yml, which belongs beside the folders, does not say whose it is",
    ]


def test_a_submitter_of_gradescopes_with_the_number_of_another_is_told(course, tmp_path):
    course.roster.write_text("id,id_number,email\nada,1,ada@example.org\nben,2,ben@example.org\n")
    metadata = "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '2'\n    :email: ada@example.org\n"
    files = {"submission_metadata.yml": metadata, "submission_1/small.ipynb": "x"}
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **files))
    assert taken == {} and "submitter Ada is both ada and ben" in unclear[0]


@pytest.mark.parametrize(
    "text",
    ["submission_1: [", "\x00", "a: " + "[" * 5000, "&a [*a]", "- 1", "submission_1: 7",
     "submission_1:\n  :submitters: {}", "!!python/object/apply:os.system ['touch {deed}']"],
)  # fmt: skip
def test_no_metadata_of_gradescopes_ends_in_a_traceback(course, tmp_path, text):
    deed = tmp_path / "deed"
    metadata = text.replace("{deed}", str(deed))
    folder = lay(tmp_path / "from", **{"submission_metadata.yml": metadata, "submission_1/small.ipynb": "x"})
    done = courses.run(course, "collect", str(folder))
    assert not deed.exists()
    assert (done.returncode, done.stdout.count("NOT TAKEN")) in {(1, 1), (2, 0)}
    assert "Traceback" not in done.stderr and ("cannot be read" in done.stderr) == (done.returncode == 2)


def told(*submissions):
    """Return metadata of submissions, each given as the (name, number, address) of its submitters, one a day."""
    lines = []
    for at, people in enumerate(submissions, 1):
        lines += [f"submission_{at}:", f"  :created_at: 2026-05-{at:02d} 01:00:00 Z", "  :submitters:"]
        lines += [f"  - {{':name': {name}, ':sid': '{sid}', ':email': '{email}'}}" for name, sid, email in people]
    return "\n".join(lines)


BEN, LIKE_BEN = ("Ben Tester", "", "ben@example.org"), ("Ben Tester", "", "other@example.com")


def exported(course, folder, *submissions):
    """Collect an export of these submissions."""
    files = {f"submission_{at}/small.ipynb": str(at) for at in range(1, len(submissions) + 1)}
    return collect(course, "small", lay(folder, **files, **{"submission_metadata.yml": told(*submissions)}))


def test_a_name_of_ones_own_does_not_take_the_place_of_a_classmates_submission(course, tmp_path):
    taken, unclear = exported(course, tmp_path / "from", [BEN], [LIKE_BEN])
    assert held(course, "ben") == {"small.ipynb": "1"} and list(taken) == ["ben"]
    assert unclear == ["submission_2/small.ipynb: submitter Ben Tester is nobody on the roster"]
    assert exported(course, tmp_path / "alone", [("Ben Tester", "", "")], [("Red", "", "")])[0] == {}
    assert held(course, "ben") == {"small.ipynb": "1"}


def test_a_name_counts_where_neither_address_nor_number_stands(course, tmp_path):
    assert list(exported(course, tmp_path / "from", [("Ben Tester", "", "")])[0]) == ["ben"]


def test_two_accounts_that_mean_one_student_are_named_and_neither_is_taken(course, tmp_path):
    taken, unclear = exported(course, tmp_path / "two", [BEN], [("Eve", "ben", "other@example.com")])
    assert taken == {} and held(course, "ben") == {}
    assert unclear == ["ben: several names mean this student: Ben Tester ben@example.org, Eve other@example.com ben"]
    taken, unclear = exported(course, tmp_path / "one", [BEN, ("Eve", "ben", "other@example.com")])
    assert taken == {} and "ben is meant by submitter Ben Tester ben@example.org and submitter Eve" in unclear[0]


def test_a_group_is_its_members_whoever_stands_first(course, tmp_path):
    gone = ("Gone", "", "gone@example.org")
    assert list(exported(course, tmp_path / "from", [gone, BEN, ("Eve", "eve", "")])[0]) == ["ben", "eve"]
    assert read_receipt(course, "ben", "small")["account"] == "ben@example.org"
