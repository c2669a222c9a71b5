"""The members of a group share what one of them handed in, and lose nothing newer of their own by that."""

import os
import time

import courses
import pytest
from courses import held, lay

from course.collect import collect
from course.receipts import holder, read_receipt

GROUP = {"Red_55_assignsubmission_file/small.ipynb": "the group's"}


@pytest.fixture
def course(tmp_path):
    course = courses.make_course(tmp_path, ["ada", "ben", "eve"])
    course.roster.write_text("id,first_name,last_name,lms_id,group\nada,Ada,Tester,1000,Red\nben,Ben,Tester,1001,Red\n"
                             "zoe,Zoe,Tester,1003,Blue\neve,Eve,Tester,1002,\"Red,Blue\"\n")  # fmt: skip
    return course


def dated(folder, date):
    """Give all files of a folder a date."""
    for path in folder.rglob("*.ipynb"):
        os.utime(path, (date, date))
    return folder


def test_a_groups_submission_does_not_replace_what_a_member_handed_in_later(course, tmp_path):
    now = time.time()
    collect(course, "small", dated(lay(tmp_path / "own", **{"ben/small.ipynb": "ben's"}), now))
    taken, unclear = collect(course, "small", dated(lay(tmp_path / "group", **GROUP), now - 60))
    assert list(taken) == ["ada", "eve"] and held(course, "ben") == {"small.ipynb": "ben's"}
    assert unclear[0].startswith("ben: shares nothing of ada: this is older than what is in place; remove")
    taken, unclear = collect(course, "small", dated(lay(tmp_path / "later", **GROUP), now + 60))
    assert unclear == [] and "took the place of what they handed in alone; that is in" in taken["ben"]
    assert (course.root / "history" / "ben" / "small" / "001" / "small.ipynb").read_text() == "ben's"


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_groups_submission_does_not_replace_what_was_put_by_hand_later(course, tmp_path, is_shared):
    folder = dated(lay(tmp_path / "group", **GROUP), time.time() - 60)
    if is_shared:
        collect(course, "small", folder)
    courses.hand_in(course, "ben", "by hand")
    taken, unclear = collect(course, "small", folder)
    assert list(taken) == ["ada", "eve"] and held(course, "ben") == {"small.ipynb": "by hand"}
    assert "ben: shares nothing of ada: this is older than what was put in place by hand" in unclear[0]
    taken, _ = collect(course, "small", dated(folder, time.time() + 60))
    assert "took the place of a file that was put or mended by hand" in taken["ben"]
    assert read_receipt(course, "ben", "small")["replaced"] in taken["ben"]


def test_a_member_who_handed_in_alone_too_is_named(course, tmp_path):
    files = {"red_1000_8_x.ipynb": "the group's", "testerben_1001_9_y.ipynb": "ben"}
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **files))
    assert set(taken) == {"ada", "ben", "eve"} and list(held(course, "ben").values()) == ["ben"]
    assert unclear == ["ben: shares nothing of ada: the download holds another submission of theirs, too"]


def test_a_member_of_two_groups_is_named(course, tmp_path):
    both = {**GROUP, "Blue_56_assignsubmission_file/small.ipynb": "blue's"}
    taken, unclear = collect(course, "small", lay(tmp_path / "from", **both))
    assert unclear == ["eve: shares nothing of ada and zoe: they are in the groups of both"]
    assert set(taken) == {"ada", "ben", "zoe"}


def test_who_shares_a_submission_of_another_group_is_named(course, tmp_path):
    assert set(collect(course, "small", lay(tmp_path / "red", **GROUP))[0]) == {"ada", "ben", "eve"}
    blue = lay(tmp_path / "blue", **{"x_1003_9_small.ipynb": "x", "blue_1003_10_small-1.ipynb": "y"})
    taken, unclear = collect(course, "small", blue)
    assert list(taken) == ["zoe"] and holder(course, "eve", "small") == "ada"
    assert "eve: shares nothing of zoe: they share the submission of ada, of another group; remove" in unclear[0]
