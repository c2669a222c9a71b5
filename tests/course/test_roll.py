"""course/roll.py: whom a name means, and who shares what was handed in."""

import pytest

from course.results.names import Named
from course.roll import Roll
from course.roster import Student

ADA = Student("ada", "Ada", "Tester", "ada@b.c", "11", group="Red", participant="901")
BEN = Student("ben", "Ben", "Tester", "ben@b.c", "12", group="Red, Blue", participant="902")
EVE = Student("eve", "Eve", "Twin", "eve@b.c", "13", participant="903")
EVA = Student("eva", "Eve", "Twin", "eva@b.c", "14", participant="904")
ROLL = Roll([ADA, BEN, EVE, EVA])


def found(by, value, **more):
    return [student.id for student in ROLL.find(Named(by, value, (), "small.ipynb", **more))]


def test_a_number_an_id_and_a_name_mean_their_student():
    assert found("lms_id", "12") == ["ben"] and found("id", "ADA") == ["ada"]
    assert found("full_name", "ada tester") == ["ada"] and found("email", "eve@b.c") == ["eve"]


def test_two_of_one_name_are_told_apart_by_the_participants_number_or_named():
    assert found("full_name", "Eve Twin", number="904") == ["eva"]
    with pytest.raises(LookupError, match="Eve Twin is both eve and eva"):
        found("full_name", "Eve Twin")


def test_who_handed_in_stands_first_of_a_group_and_alone_where_it_is_not_the_groups():
    assert found("lms_id", "12", user="red") == ["ben", "ada"]
    assert found("lms_id", "12", user="testerben") == ["ben"]


def test_a_groups_name_means_its_members_and_a_students_name_comes_first():
    assert found("full_name", "Red") == ["ada", "ben"]
    roll = Roll([Student("red", "Red", "", group="Red"), ADA])
    assert [one.id for one in roll.find(Named("full_name", "Red", (), "f"))] == ["red"]
    assert found("full_name", "Blue-Ben Tester") == ["ben"]


def test_hidden_names_are_found_by_the_participants_number():
    assert found("full_name", "Participant", number="902") == ["ben"]
    with pytest.raises(LookupError, match="show the names in Moodle"):
        found("full_name", "Participant", number="999")
    with pytest.raises(LookupError, match="nobody on the roster"):
        found("full_name", "Someone Else")


def test_two_of_one_name_are_in_doubt_though_a_group_bears_it_too():
    twins = [Student(name, "Red", "Team") for name in ("one", "two")]
    roll = Roll([*twins, Student("x", "X", "Y", group="Red Team")])
    with pytest.raises(LookupError, match="both one and two"):
        roll.find(Named("full_name", "Red Team", (), "small.ipynb"))
